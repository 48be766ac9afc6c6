"""The strength of a finding on two choices: shares of cases with their intervals, and the words for them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.resampling import draw_again

HOLDS_FROM = 0.6
"""The share of cases in which a choice must be better for a finding to hold."""

_RESAMPLES = 2000
_LIMITS = (0.025, 0.975)


class Grade(StrEnum):
    """The strength of a finding on two choices, seen from the first."""

    NO_CLEAR_DIFFERENCE = "no clear difference"
    ROBUSTLY_BETTER = "better nearly everywhere"
    BETTER_OR_NO_DIFFERENT = "better or no different"
    BETTER_IN_MOST = "better in most cases"
    ROBUSTLY_WORSE = "worse nearly everywhere"
    WORSE_OR_NO_DIFFERENT = "worse or no different"
    WORSE_IN_MOST = "worse in most cases"
    NOT_ESTABLISHED = "not established"

    @property
    def says_better(self) -> bool:
        """True if the first is found better, at least in part of the cases and hardly ever worse."""
        return self in {Grade.ROBUSTLY_BETTER, Grade.BETTER_OR_NO_DIFFERENT, Grade.BETTER_IN_MOST}

    @property
    def is_settled(self) -> bool:
        """True if hardly any case speaks against the finding."""
        return self not in {Grade.BETTER_IN_MOST, Grade.WORSE_IN_MOST, Grade.NOT_ESTABLISHED}

    @property
    def says_worse(self) -> bool:
        """True if the first is found worse."""
        return _MIRROR[self].says_better


_MIRROR = {
    Grade.NO_CLEAR_DIFFERENCE: Grade.NO_CLEAR_DIFFERENCE,
    Grade.ROBUSTLY_BETTER: Grade.ROBUSTLY_WORSE,
    Grade.BETTER_OR_NO_DIFFERENT: Grade.WORSE_OR_NO_DIFFERENT,
    Grade.BETTER_IN_MOST: Grade.WORSE_IN_MOST,
    Grade.ROBUSTLY_WORSE: Grade.ROBUSTLY_BETTER,
    Grade.WORSE_OR_NO_DIFFERENT: Grade.BETTER_OR_NO_DIFFERENT,
    Grade.WORSE_IN_MOST: Grade.BETTER_IN_MOST,
    Grade.NOT_ESTABLISHED: Grade.NOT_ESTABLISHED,
}


class Share(NamedTuple):
    """A share of all cases, 0–1, with its 95% interval over points."""

    share: float
    low: float
    high: float


class Shares(NamedTuple):
    """The cases in which the first of two choices is better, no different, and worse; they add up to 1."""

    better: Share
    same: Share
    worse: Share

    @property
    def mirrored(self) -> "Shares":
        """The same, seen from the second choice."""
        return Shares(self.worse, self.same, self.better)


class HoldsTo(NamedTuple):
    """The stretch of the ranges up to which a choice is better in 60 of 100 cases."""

    stretch: float
    """0 if it is not even at the smallest stretch that was tried."""
    at_least: bool
    """True if it still is at the largest stretch that was tried."""


def grade_of(shares: Shares) -> Grade:
    """Return the strength of a finding. Where an interval crosses a bound, the word is not used, but one further down.

    Top down: within the threshold in 80 of 100 cases or more, no clear difference. Better in 90 or more and worse in
    5 or fewer, better nearly everywhere. Worse in 5 or fewer, better or no different. Better in 60 or more, better in
    most cases. Then the same for worse; else not established.

    Args:
        shares: Of the cases, with their intervals.
    """
    if shares.same.low >= 0.8:
        return Grade.NO_CLEAR_DIFFERENCE
    better = _grade_better(shares)
    worse = _grade_better(shares.mirrored)
    return better or (_MIRROR[worse] if worse else Grade.NOT_ESTABLISHED)


def holds_to(shares: Sequence[tuple[float, float]]) -> HoldsTo | None:
    """Return the stretch up to which a choice is better in 60 of 100 cases, interpolated between those that were run.

    Args:
        shares: Pairs of stretch and share of cases in which it is better, by stretch; at least one.
    """
    if not shares:
        return None
    inside = shares[0]
    if inside[1] < HOLDS_FROM:
        return HoldsTo(0.0, at_least=False)
    for outside in shares[1:]:
        if outside[1] < HOLDS_FROM:
            part = (inside[1] - HOLDS_FROM) / (inside[1] - outside[1])
            return HoldsTo(inside[0] + part * (outside[0] - inside[0]), at_least=False)
        inside = outside
    return HoldsTo(inside[0], at_least=True)


def shares_of(by_point: Floats, seed: int) -> list[Share]:
    """Return the mean of each column with its 95% interval by bootstrap over points (Field and Welsh 2007).

    A bootstrap of points that each hold in full or not at all is a binomial distribution. There its quantiles are
    exact and nothing is drawn again, so the page, which has one case at each point, gives the same interval.

    Points drawn again never show what none of them shows. So no interval ends nearer to 0 or 1 than `share_unseen`.

    Args:
        by_point: `[point, column]`, shares of the cases at each point, 0–1; equally many cases at each.
        seed: Random seed of the bootstrap, 0 or more.
    """
    means = by_point.mean(axis=0)
    low, high = np.empty_like(means), np.empty_like(means)
    exact = ((by_point == 0) | (by_point == 1)).all(axis=0)
    low[exact], high[exact] = _binomial_limits(len(by_point), means[exact])
    if not exact.all():
        low[~exact], high[~exact] = _bootstrap_limits(by_point[:, ~exact], seed)
    unseen = share_unseen(len(by_point))
    low, high = np.minimum(low, 1 - unseen), np.maximum(high, unseen)
    return [Share(*map(float, each)) for each in zip(means, low, high, strict=True)]


def shares_of_gains(gains: Floats, threshold: float, seed: int) -> list[Shares]:
    """Return in how many cases each of several differences is above a threshold, within it and below, by one bootstrap.

    Args:
        gains: By how much one choice is better than another, `[difference, point, replicate]`, in any unit.
        threshold: Differences of up to this count as none, in the same unit, 0 or more.
        seed: Random seed of the bootstrap, 0 or more.
    """
    parts = (gains > threshold, np.abs(gains) <= threshold, gains < -threshold)
    columns = np.stack([part.mean(axis=-1) for part in parts], axis=1)
    found = shares_of(columns.reshape(-1, columns.shape[-1]).T, seed)
    return [Shares(*found[first : first + 3]) for first in range(0, len(found), 3)]


def half_width(share: Share) -> float:
    """Return half the width of a share's interval; its whole width where the share is 0 or 1, and lies at one end.

    Args:
        share: With its 95% interval.
    """
    width = share.high - share.low
    return width if share.share in {0, 1} else width / 2


def share_unseen(points: int) -> float:
    """Return the largest share of all points that, with a probability of 5% or more, none of some points shows.

    That is 3 divided by their number, nearly (the rule of three: Hanley and Lippman-Hand 1983). It is rounded to a
    millionth, so that the page gives the same.

    Args:
        points: Number of points, 1 or more.

    >>> share_unseen(64)
    0.04573
    """
    return float(round(1e6 * (1 - 0.05 ** (1 / points))) / 1e6)


def _binomial_limits(points: int, means: Floats) -> Floats:
    """Return the limits of the 95% interval, `[limit, column]`, where each point has one case."""
    from scipy.stats import binom

    limits: Floats = binom.ppf(np.array(_LIMITS)[:, np.newaxis], points, means) / points
    return limits


def _bootstrap_limits(by_point: Floats, seed: int) -> Floats:
    """Return the limits of the 95% interval, `[limit, column]`, from points that are drawn again."""
    points = len(by_point)
    drawn = draw_again(points, _RESAMPLES, seed)
    limits: Floats = np.quantile(drawn @ by_point / points, _LIMITS, axis=0)
    return limits


def _grade_better(shares: Shares) -> Grade | None:
    better, _, worse = shares
    if better.low >= 0.9 and worse.high <= 0.05:
        return Grade.ROBUSTLY_BETTER
    if worse.high <= 0.05:
        return Grade.BETTER_OR_NO_DIFFERENT
    return Grade.BETTER_IN_MOST if better.low >= HOLDS_FROM else None
