"""The steps from the gap before any savings to the gap that is left."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.analysis.bands import Interval, interval_of
from simulation.results.ensemble import Ensemble

if TYPE_CHECKING:
    import pandas as pd

NAMED_GROUPS = 4


@dataclass(frozen=True)
class ProgrammeGroup:
    """The programmes of one domain, and the part of the gap that they close."""

    domain: str | None
    """The domain; None for all domains that are not named."""
    programmes: tuple[str, ...]
    """Ids of the programmes."""
    closes: Interval
    """Part of the gap closed at the horizon, £m a year."""


@dataclass(frozen=True)
class Bridge:
    """The parts of the gap at the horizon, £m a year; their means add up: gap = do_nothing − efficiency − Σ groups."""

    month: str
    """The last month, YYYY-MM."""
    do_nothing: float
    efficiency: Interval
    groups: tuple[ProgrammeGroup, ...]
    """The largest first; the domains that are not named come last."""
    gap: Interval
    target: float

    @property
    def programmes(self) -> float:
        """Amount that all programmes close together, mean over replicates, £m a year."""
        return sum(group.closes.mean for group in self.groups)

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each step: its name, domain, programmes (ids) and interval, £m a year; below 0 it closes."""
        import pandas as pd

        steps = [
            ("before any savings", "", "", _fixed(self.do_nothing)),
            ("efficiency", "", "", _minus(self.efficiency)),
            *(
                ("programmes", group.domain or "other programmes", " ".join(group.programmes), _minus(group.closes))
                for group in self.groups
            ),
            ("gap that is left", "", "", self.gap),
            ("target", "", "", _fixed(self.target)),
        ]
        columns = ["step", "domain", "programmes", *Interval._fields]
        return pd.DataFrame([(*names, *amounts) for *names, amounts in steps], columns=columns)


def build_bridge(ensemble: Ensemble, named: int = NAMED_GROUPS) -> Bridge:
    """Split the gap at the horizon into what closes it and what is left.

    Args:
        ensemble: The replicates.
        named: The most domains to name, 1 or more; the rest are one group.
    """
    return Bridge(
        month=ensemble.axes.months[-1],
        do_nothing=float(ensemble["do_nothing"][:, -1].mean()),
        efficiency=interval_of(ensemble["efficiency"][:, -1]),
        groups=_groups(ensemble, named),
        gap=interval_of(ensemble["gap"][:, -1]),
        target=ensemble.target,
    )


_NO_DOMAIN = "no_domain"


def _groups(ensemble: Ensemble, named: int) -> tuple[ProgrammeGroup, ...]:
    """Group programmes by domain: those that close most first; of equals, the most valuable on paper."""
    axes, worth = ensemble.axes, ensemble.agreement("worth")
    by_domain: dict[str, list[int]] = {}
    for index in axes.programmes:
        by_domain.setdefault(axes.programme(index).domain or _NO_DOMAIN, []).append(index)

    def importance(domain: str) -> tuple[float, float, str]:
        paper = sum(axes.programme(index).paper_value for index in by_domain[domain])
        return -float(worth[:, by_domain[domain]].sum(axis=1).mean()), -paper, domain

    order = sorted(by_domain, key=importance)
    members: list[tuple[str | None, list[int]]] = [(domain, by_domain[domain]) for domain in order[:named]]
    if order[named:]:
        members.append((None, sorted(index for domain in order[named:] for index in by_domain[domain])))
    return tuple(
        ProgrammeGroup(
            domain,
            tuple(axes.opportunities[index] for index in indices),
            interval_of(worth[:, indices].sum(axis=1)),
        )
        for domain, indices in members
    )


def _fixed(amount: float) -> Interval:
    return Interval(*[amount] * len(Interval._fields))


def _minus(interval: Interval) -> Interval:
    """Return the interval of the negative: what is taken off the gap."""
    mean, median, low_50, high_50, low_90, high_90 = (0.0 - limit for limit in interval)
    return Interval(mean, median, high_50, low_50, high_90, low_90)
