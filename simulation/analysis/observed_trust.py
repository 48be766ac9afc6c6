"""The mean trust of a place as observed, beside the simulated mean of the same month."""

from dataclasses import dataclass
from math import isfinite

from simulation.analysis.bands import Interval, interval_of
from simulation.results.ensemble import Ensemble
from simulation.scenario.evidence import Evidence
from simulation.scenario.schema import Scenario


@dataclass(frozen=True, kw_only=True)
class ObservedTrust:
    """Mean trust as observed in a month of the run, and as simulated.

    Attributes:
        month: YYYY-MM.
        index: The month, counted from 0.
        trust: As observed, 0 to 1.
        evidence: Its source, and the range within which it lies if the scenario gives one.
        simulated: Mean over relationships at the end of the month, bands by chance alone.
    """

    month: str
    index: int
    trust: float
    evidence: Evidence
    simulated: Interval

    @property
    def is_within(self) -> bool | None:
        """True if the simulated median lies in the range of what was observed; None if there is no range."""
        low, high = self.evidence.low, self.evidence.high
        return None if low is None or high is None else low <= self.simulated.median <= high


def compare_with_observed_trust(ensemble: Ensemble) -> tuple[ObservedTrust, ...]:
    """Return the observed means of the place in months of the run, each with the simulated one, in order of months.

    Args:
        ensemble: Replicates of a scenario that holds what was observed.
    """
    found = []
    for month, trust in sorted(pooled_trust(ensemble.scenario).items()):
        if month not in ensemble.axes.months:
            continue
        index = ensemble.axes.months.index(month)
        simulated = interval_of(ensemble["trust"][:, index])
        if isfinite(simulated.median):
            evidence = getattr(trust, "evidence", Evidence())
            figure = ObservedTrust(month=month, index=index, trust=float(trust), evidence=evidence, simulated=simulated)
            found.append(figure)
    return tuple(found)


def pooled_trust(scenario: Scenario) -> dict[str, float]:
    """Return the mean trust of the place as observed by month, each with its evidence; none if nothing was."""
    entries = scenario.observed.trust if scenario.observed else ()
    return next((dict(entry.by_month) for entry in entries if entry.of is None), {})
