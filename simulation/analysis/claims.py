"""The effect of taking a mechanism away: differences with common random numbers, by chance and over the ranges."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.precision import Precision, precisions_of
from simulation.experiment.claims import Claim, Outcome
from simulation.results.ensemble import Ensemble

MATERIAL: Mapping[Outcome, float] = {
    Outcome.GAP: 1.0,
    Outcome.POSITION: 1.0,
    Outcome.TRUST: 0.01,
    Outcome.DELIVERED: 0.01,
    Outcome.EIGHT_WEEKS: 0.01,
}
"""The smallest difference that counts: £m a year, £m, trust, and shares of the plan."""


class Verdict(StrEnum):
    """The result of a claim in one scenario."""

    SHOWN = "as said"
    NONE = "no clear difference"
    OPPOSITE = "the other way"
    ABSENT = "not in use here"
    UNKNOWN = "not known"


@dataclass(frozen=True, kw_only=True)
class OverRanges:
    """Differences at points of the ranges of all parameters."""

    median: float
    low: float
    """One point in twenty lies below."""
    high: float
    """One point in twenty lies above."""
    as_said: int
    """Number of points in which the difference has the claimed sign and counts."""
    opposite: int
    """Number of points in which it has the other sign and counts."""
    points: int
    """Number of points at which the outcome exists, both with it and without it."""
    unknown: int
    """Number of points at which it doesn't, such as the delivered part where nothing was agreed."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The difference that one mechanism makes to one outcome: without it less with it."""

    outcome: Outcome
    mean_with: float
    mean_without: float
    difference: Precision
    over_ranges: OverRanges | None
    """None if no points were drawn."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The effects of taking a mechanism away from one scenario."""

    claim: Claim
    effects: tuple[Effect, ...]
    """One for each outcome; none if the switch changes nothing that a rule reads in this scenario."""

    @property
    def judged(self) -> Effect:
        """The effect on the outcome by which the claim is judged."""
        return next(effect for effect in self.effects if effect.outcome is self.claim.outcome)

    @property
    def verdict(self) -> Verdict:
        """No clear difference where the 95% interval spans 0 or the mean is too small to count."""
        if not self.effects:
            return Verdict.ABSENT
        difference, outcome = self.judged.difference, self.claim.outcome
        if np.isnan(difference.mean):
            return Verdict.UNKNOWN
        if not (abs(difference.mean) > difference.half_width and abs(difference.mean) >= MATERIAL[outcome]):
            return Verdict.NONE
        return Verdict.SHOWN if difference.mean * self.claim.without > 0 else Verdict.OPPOSITE


def outcomes_of(ensemble: Ensemble) -> dict[Outcome, Floats]:
    """Return each outcome, `[replicate]`: the last month's, and the plan agreed after eight weeks.

    The delivered share is the value on paper of the milestones met over that of what was agreed; NaN if nothing was.
    """
    programmes = ensemble.axes.programmes
    value = np.array([ensemble.axes.programme(index).paper_value for index in programmes])
    agreed = np.isfinite(ensemble.agreement("agreed")[:, list(programmes)]) @ value
    delivered = ensemble["milestones_value"][:, -1]
    return {
        Outcome.GAP: ensemble["gap"][:, -1],
        Outcome.POSITION: ensemble["cumulative_position"][:, -1],
        Outcome.TRUST: ensemble["trust"][:, -1],
        Outcome.DELIVERED: np.divide(delivered, agreed, out=np.full(len(ensemble), np.nan), where=agreed > 0),
        Outcome.EIGHT_WEEKS: ensemble["plan_coverage"][:, min(1, len(ensemble.axes.months) - 1)],
    }


def effect(
    claim: Claim,
    outcome: Outcome,
    with_it: Floats,
    without_it: Floats,
    over_ranges: tuple[Floats, Floats] | None,
) -> Effect:
    """Return the effect of a mechanism on one outcome, from pairs with common random numbers.

    Replicates in which either has no such outcome, such as what was delivered where nothing was agreed, are left out of
    both, so that the difference of the means is the mean difference. If that leaves none, there is no difference, and
    each mean is of the replicates that have the outcome.

    Args:
        claim: The claim.
        outcome: The outcome.
        with_it: `[replicate]`, with the mechanism.
        without_it: `[replicate]`, without it.
        over_ranges: `[point, replicate]`, with and without it; None if no points were drawn.
    """
    differences = without_it - with_it
    known = ~np.isnan(differences)
    shared = known if known.any() else np.ones_like(known)
    (precision,) = precisions_of(differences[np.newaxis])
    return Effect(
        outcome=outcome,
        mean_with=_mean(with_it[shared]),
        mean_without=_mean(without_it[shared]),
        difference=precision,
        over_ranges=over_ranges and _over_ranges(claim, outcome, *over_ranges),
    )


def _over_ranges(claim: Claim, outcome: Outcome, with_it: Floats, without_it: Floats) -> OverRanges:
    differences = np.array([_mean(each) for each in without_it - with_it])
    known = differences[~np.isnan(differences)]
    low, median, high = np.quantile(known, (0.05, 0.5, 0.95)) if known.size else (np.nan,) * 3
    signed = known * claim.without
    return OverRanges(
        median=float(median),
        low=float(low),
        high=float(high),
        as_said=int((signed >= MATERIAL[outcome]).sum()),
        opposite=int((signed <= -MATERIAL[outcome]).sum()),
        points=known.size,
        unknown=differences.size - known.size,
    )


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")
