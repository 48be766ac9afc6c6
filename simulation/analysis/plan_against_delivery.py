"""The plan stage by stage: on paper, agreed, delivered and realised, and when each programme was agreed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of, month_of_half
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


class Behind(NamedTuple):
    """The share of the programmes in delivery that are behind their promised pace, and in how many replicates any is.

    Each month in which any is in delivery counts alike, in whichever replicate.
    """

    mean: float
    """Mean over these months of all replicates, 0–1; NaN if nothing ever is in delivery."""
    replicates: int
    """Replicates in which any programme is ever in delivery."""


@dataclass(frozen=True)
class ProgrammeDelivery:
    """One programme, stage by stage."""

    programme: str
    stages: Stages
    agreed_by: str | None
    """YYYY-MM by which half of all replicates have agreed it; None if half never do."""
    never_agreed: int
    """Replicates in which it is never agreed."""


@dataclass(frozen=True)
class PlanAgainstDelivery:
    """The place's plan and each programme of it, in id order."""

    month: str
    """The last month, YYYY-MM."""
    replicates: int
    place: Stages
    behind: Behind
    programmes: tuple[ProgrammeDelivery, ...]

    @property
    def realised_part(self) -> float:
        """Mean worth as a share of the mean paper value of the milestones met; NaN if none is met."""
        delivered = self.place.delivered.mean
        return self.place.realised.mean / delivered if delivered > 0 else float("nan")

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for the place and one for each programme: stages with 90% bands, and agreement.

        The row of the place also has the part of the delivered value that is saved, and of programmes that are behind,
        with the number of replicates in which any is ever in delivery.
        """
        import pandas as pd

        shares = {
            "realised_part": self.realised_part,
            "behind": self.behind.mean,
            "in_delivery_in": self.behind.replicates,
        }
        rows: list[dict[str, object]] = [{"programme": "", **_flat(self.place), **shares}]
        for each in self.programmes:
            agreement = {"agreed_by": each.agreed_by, "never_agreed_in": each.never_agreed}
            rows.append({"programme": each.programme, **_flat(each.stages), **agreement})
        order = [*rows[0], "agreed_by", "never_agreed_in", "replicates"]
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
    return PlanAgainstDelivery(
        month=axes.months[-1],
        replicates=len(ensemble),
        place=_stages(float(value.sum()), *(amount.sum(axis=1) for amount in amounts)),
        behind=part_behind(ensemble),
        programmes=tuple(
            ProgrammeDelivery(
                programme=axes.opportunities[index],
                stages=_stages(float(value[k]), *(amount[:, k] for amount in amounts)),
                agreed_by=month_of_half(agreed[:, k], axes.months),
                never_agreed=int(np.isnan(agreed[:, k]).sum()),
            )
            for k, index in enumerate(programmes)
        ),
    )


def part_behind(ensemble: Ensemble) -> Behind:
    """Return the share of programmes in delivery that are behind, as a mean over the months in which any is.

    Args:
        ensemble: The replicates.
    """
    monthly = ensemble["behind"]
    in_delivery = ~np.isnan(monthly)
    mean = float(monthly[in_delivery].mean()) if in_delivery.any() else float("nan")
    return Behind(mean=mean, replicates=int(in_delivery.any(axis=1).sum()))


def _stages(paper: float, agreed: Floats, delivered: Floats, realised: Floats) -> Stages:
    return Stages(paper, interval_of(agreed), interval_of(delivered), interval_of(realised))


def _flat(stages: Stages) -> dict[str, float]:
    """Return the stages as columns: the mean, and the limits of the 90% band."""
    flat = {"paper": stages.paper}
    for name in STAGES[1:]:
        interval: Interval = getattr(stages, name)
        flat |= {name: interval.mean, f"{name}_low_90": interval.low_90, f"{name}_high_90": interval.high_90}
    return flat
