"""The plan stage by stage: on paper, agreed, delivered and realised, and who held each programme up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of, month_of_half
from simulation.columns import MEMBERSHIPS
from simulation.results.ensemble import Ensemble

if TYPE_CHECKING:
    import pandas as pd

STAGES = ("paper", "agreed", "delivered", "realised")


@dataclass(frozen=True)
class Stages:
    """The value of a plan at each stage at the horizon, £m a year.

    Attributes:
        paper: Value of what was opened.
        agreed: Value of what was agreed.
        delivered: Value on paper of the milestones that were met.
        realised: Money that these milestones save.
    """

    paper: float
    agreed: Interval
    delivered: Interval
    realised: Interval

    @property
    def means(self) -> tuple[float, float, float, float]:
        """Means over replicates in the order of the stages."""
        return self.paper, self.agreed.mean, self.delivered.mean, self.realised.mean


@dataclass(frozen=True)
class HeldUp:
    """The participant that most often asked the institutional question while a programme was on the table."""

    organisation: str
    share: float
    """Of the months on the table, over all replicates, 0–1."""


@dataclass(frozen=True)
class ProgrammeDelivery:
    """One programme, stage by stage."""

    programme: str
    stages: Stages
    agreed_by: str | None
    """YYYY-MM by which half of all replicates have agreed it; None if half never do."""
    never_agreed: int
    """Replicates in which it is never agreed."""
    held_up: HeldUp | None
    """None if nobody ever asked the institutional question."""


@dataclass(frozen=True)
class PlanAgainstDelivery:
    """The place's plan and each programme of it, in id order."""

    month: str
    """The last month, YYYY-MM."""
    replicates: int
    place: Stages
    realised_part: Interval
    """Worth as a share of the paper value of the milestones met, 0–1; NaN if none is met."""
    behind: Interval
    """Share of the programmes in delivery that are behind their promised pace, over the months in which any is."""
    programmes: tuple[ProgrammeDelivery, ...]

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for the place and one for each programme: stages with 90% bands, agreement, who held it up.

        The row of the place also has the part of the delivered value that is saved, and of programmes that are behind.
        """
        import pandas as pd

        shares = {"realised_part": self.realised_part.mean, "behind": self.behind.mean}
        rows: list[dict[str, object]] = [{"programme": "", **_flat(self.place), **shares}]
        for each in self.programmes:
            agreement = {"agreed_by": each.agreed_by, "never_agreed_in": each.never_agreed}
            held_up = each.held_up and {"held_up_by": each.held_up.organisation, "share": each.held_up.share}
            rows.append({"programme": each.programme, **_flat(each.stages), **agreement, **(held_up or {})})
        order = [*rows[0], "agreed_by", "never_agreed_in", "replicates", "held_up_by", "share"]
        return pd.DataFrame(rows).assign(replicates=self.replicates).reindex(columns=order)


def plan_against_delivery(ensemble: Ensemble) -> PlanAgainstDelivery:
    """Compare the plan on paper with what was agreed, delivered and realised by the horizon.

    Args:
        ensemble: The replicates.
    """
    axes = ensemble.axes
    programmes = list(axes.programmes)
    value = np.array([axes.programme(index).paper_value for index in programmes])
    met = ensemble.agreement("milestones_met")[:, programmes]
    milestones = np.array([axes.programme(index).milestones for index in programmes])
    agreed = ensemble.agreement("agreed")[:, programmes]
    worth = ensemble.agreement("worth")[:, programmes]
    amounts = (value * ~np.isnan(agreed), value * met / milestones, worth)
    held_up = _held_up(ensemble)
    return PlanAgainstDelivery(
        month=axes.months[-1],
        replicates=len(ensemble),
        place=_stages(float(value.sum()), *(amount.sum(axis=1) for amount in amounts)),
        realised_part=interval_of(ensemble["realised"][:, -1]),
        behind=interval_of(part_behind(ensemble)),
        programmes=tuple(
            ProgrammeDelivery(
                programme=axes.opportunities[index],
                stages=_stages(float(value[k]), *(amount[:, k] for amount in amounts)),
                agreed_by=month_of_half(agreed[:, k], axes.months),
                never_agreed=int(np.isnan(agreed[:, k]).sum()),
                held_up=held_up.get(axes.opportunities[index]),
            )
            for k, index in enumerate(programmes)
        ),
    )


def part_behind(ensemble: Ensemble) -> Floats:
    """Return the share of programmes in delivery that are behind, as a mean over the months in which any is.

    Args:
        ensemble: The replicates.

    Returns:
        `[replicate]`, 0–1; NaN where nothing ever was in delivery.
    """
    monthly = ensemble["behind"]
    in_delivery = ~np.isnan(monthly)
    behind, months = np.nansum(monthly, axis=1), in_delivery.sum(axis=1)
    shares: Floats = np.divide(behind, months, out=np.full(len(monthly), np.nan), where=months > 0)
    return shares


def _stages(paper: float, agreed: Floats, delivered: Floats, realised: Floats) -> Stages:
    return Stages(paper, interval_of(agreed), interval_of(delivered), interval_of(realised))


def _held_up(ensemble: Ensemble) -> dict[str, HeldUp]:
    """Return for each opportunity the participant that was institutional most often; of equals, the first by id."""
    counts = ensemble.memberships.sum(axis=0)
    found: dict[str, HeldUp] = {}
    for (opportunity, organisation), months in zip(ensemble.axes.memberships, counts, strict=True):
        on_table = months[MEMBERSHIPS.months_on_table]
        share = float(months[MEMBERSHIPS.months_institutional] / on_table) if on_table > 0 else 0.0
        if share > 0 and (opportunity not in found or share > found[opportunity].share):
            found[opportunity] = HeldUp(organisation, share)
    return found


def _flat(stages: Stages) -> dict[str, float]:
    """Return the stages as columns: the mean, and the limits of the 90% band."""
    flat = {"paper": stages.paper}
    for name in STAGES[1:]:
        interval: Interval = getattr(stages, name)
        flat |= {name: interval.mean, f"{name}_low_90": interval.low_90, f"{name}_high_90": interval.high_90}
    return flat
