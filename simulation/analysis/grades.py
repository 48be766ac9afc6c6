"""The strength of a finding on two choices: shares of cases with their intervals, and the words for them."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from math import nan
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.resampling import Sampled, draw_again
from simulation.formatting import as_written, listed

HOLDS_FROM = 0.6
"""The share of cases in which a choice must be better for a finding to hold."""

HOLDS_IN = f"{round(100 * HOLDS_FROM)} of 100"
"""The same in words."""

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
    """A share of all cases, 0–1, with its 95% interval over the part of them that is a sample."""

    share: float
    low: float
    """Lower end; NaN where a single run at each chosen setting shows nothing of chance."""
    high: float
    """Upper end, or NaN."""


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
    """The stretch up to which ranges may be wider and a choice still be better in 60 of 100 cases."""

    stretch: float
    at_least: bool
    """True if it still is at the largest stretch that was tried."""
    widest: float = 2.0
    """The largest stretch that was tried."""
    fewer_at: tuple[float, ...] = ()
    """The stretches that were tried at which it is better in fewer: wider ones, and narrower ones too."""

    def fewer(self, *, wider: bool) -> float | None:
        """Return the stretch nearest to the verdict's own at which it is better in fewer cases; None if there is none.

        Args:
            wider: True for wider ranges, False for narrower ones.
        """
        some = [each for each in self.fewer_at if (each > self.stretch) == wider]
        return (min if wider else max)(some, default=None)


def grade_of(shares: Shares) -> Grade:
    """Return the strength of a finding. Where an interval crosses a bound, the word is not used, but one further down.

    Top down: within the threshold in 80 of 100 cases or more, no clear difference. Better in 90 or more and worse in
    5 or fewer, better nearly everywhere. Worse in 5 or fewer, better or no different. Better in 60 or more, better in
    most cases. Then the same for worse; else not established, as is all that has no interval.

    Args:
        shares: Of the cases, with their intervals.
    """
    if shares.same.low >= 0.8:
        return Grade.NO_CLEAR_DIFFERENCE
    better = _grade_better(shares)
    worse = _grade_better(shares.mirrored)
    return better or (_MIRROR[worse] if worse else Grade.NOT_ESTABLISHED)


def holds_to(shares: Sequence[tuple[float, float]], own: float = 1.0) -> HoldsTo | None:
    """Return the stretch up to which a choice is better in 60 of 100 cases, interpolated between those that were run.

    Args:
        shares: Pairs of stretch and share of cases in which it is better, by stretch.
        own: The stretch of the verdict, from which it goes outwards.

    Returns:
        None if it is better in fewer cases at the verdict's own stretch, or that was not tried.
    """
    outwards = [each for each in shares if each[0] >= own]
    if not outwards or outwards[0][0] != own or outwards[0][1] < HOLDS_FROM:
        return None
    widest, fewer = shares[-1][0], tuple(stretch for stretch, share in shares if share < HOLDS_FROM)
    for inside, outside in pairwise(outwards):
        if outside[1] < HOLDS_FROM:
            part = (inside[1] - HOLDS_FROM) / (inside[1] - outside[1])
            return HoldsTo(inside[0] + part * (outside[0] - inside[0]), False, widest, fewer)
    return HoldsTo(widest, True, widest, fewer)


WITHIN_LIMITS = " within hard limits"
"""The words for wider ranges: an end that meets its hard limit stays there, so that few are as wide as said."""


def times_as_wide(*stretches: float) -> str:
    """Say how wide stretched ranges are: half, twice, or 3 times as wide, of wider ones that hard limits bound them.

    Args:
        stretches: The factors, one or more.
    """
    named = {"0.5": "half", "2": "twice"}
    factors = [as_written(each, 2) for each in stretches]
    often = listed(f"{named.get(factor, f'{factor} times')} as wide" for factor in factors)
    return f"{often}{WITHIN_LIMITS if max(stretches) > 1 else ''}"


def up_to_words(stretch: float) -> str:
    """Say up to how wide ranges are: up to 1.8 times as wide; no wider, if that is hardly wider than they are.

    Args:
        stretch: The factor.
    """
    return "no wider" if is_hardly_wider(stretch) else f"up to {times_as_wide(stretch)}"


def is_hardly_wider(stretch: float) -> bool:
    """Return True if stretched ranges are written as wide as they are.

    Args:
        stretch: The factor.
    """
    return as_written(stretch, 2) == "1"


def shares_of(by_unit: Floats, seed: int) -> list[Share]:
    """Return the mean of each column with its 95% interval by bootstrap over points or runs (Field and Welsh 2007).

    A bootstrap of units that each hold in full or not at all is a binomial distribution. There its quantiles are
    exact and nothing is drawn again, so the page, which has one case at each point, gives the same interval.

    Units drawn again never show what none of them shows. So no interval ends nearer to 0 or 1 than `share_unseen`.

    Args:
        by_unit: `[unit, column]`, shares of the cases of each point or run, 0–1; equally many cases of each.
        seed: Random seed of the bootstrap, 0 or more.
    """
    means = by_unit.mean(axis=0)
    low, high = np.empty_like(means), np.empty_like(means)
    exact = ((by_unit == 0) | (by_unit == 1)).all(axis=0)
    low[exact], high[exact] = _binomial_limits(len(by_unit), means[exact])
    if not exact.all():
        low[~exact], high[~exact] = _bootstrap_limits(by_unit[:, ~exact], seed)
    unseen = share_unseen(len(by_unit))
    low, high = np.minimum(low, 1 - unseen), np.maximum(high, unseen)
    return [Share(*map(float, each)) for each in zip(means, low, high, strict=True)]


def shares_of_gains(gains: Floats, threshold: float, seed: int, sampled: Sampled = Sampled.POINTS) -> list[Shares]:
    """Return in how many cases each of several differences is above a threshold, within it and below, by one bootstrap.

    It draws again what is a sample: points that were drawn, or the runs at settings that were chosen. Points that were
    drawn in steps are neither, so their shares have no interval, NaN, and nothing is established by them.

    Args:
        gains: By how much one choice is better than another, `[difference, point, replicate]`, in any unit.
        threshold: Differences of up to this count as none, in the same unit, 0 or more.
        seed: Random seed of the bootstrap, 0 or more.
        sampled: The part of the cases that is a sample.
    """
    parts = (gains > threshold, np.abs(gains) <= threshold, gains < -threshold)
    by_runs = sampled is Sampled.RUNS
    columns = np.stack([part.mean(axis=-2 if by_runs else -1) for part in parts], axis=1)
    by_unit = columns.reshape(-1, columns.shape[-1]).T
    if sampled is Sampled.STEPS:
        found = [Share(float(share), nan, nan) for share in by_unit.mean(axis=0)]
    else:
        found = _shares_at_settings(by_unit, seed) if by_runs else shares_of(by_unit, seed)
    return [Shares(*found[first : first + 3]) for first in range(0, len(found), 3)]


def _shares_at_settings(by_run: Floats, seed: int) -> list[Share]:
    """Return shares over settings that were chosen, with intervals of the runs: `[run, column]`, over all settings.

    Runs that all agree may do so in a share of the settings. Those that were not seen, up to `share_unseen` of all, may
    agree in none of the settings or in all of them, and the interval leaves room for that.
    """
    found, runs = shares_of(by_run, seed), len(by_run)
    if runs == 1:
        return [each._replace(low=nan, high=nan) for each in found]
    unseen = share_unseen(runs)
    return [
        Share(share, min(low, (1 - unseen) * share), max(high, (1 - unseen) * share + unseen))
        for share, low, high in found
    ]


def most_off(share: Share) -> float:
    """Return how far a share may be off: how far the farther end of its interval is from it.

    Args:
        share: With its 95% interval.
    """
    return max(share.high - share.share, share.share - share.low)


def share_unseen(units: int) -> float:
    """Return the largest share of all points or runs that, with a probability of 5% or more, none of some shows.

    That is 3 divided by their number, nearly (the rule of three: Hanley and Lippman-Hand 1983). It is rounded to a
    millionth, so that the page gives the same.

    Args:
        units: Number of points or runs, 1 or more.

    >>> share_unseen(64)
    0.04573
    """
    return float(round(1e6 * (1 - 0.05 ** (1 / units))) / 1e6)


def _binomial_limits(units: int, means: Floats) -> Floats:
    """Return the limits of the 95% interval, `[limit, column]`, where each unit holds in full or not at all."""
    from scipy.stats import binom

    limits: Floats = binom.ppf(np.array(_LIMITS)[:, np.newaxis], units, means) / units
    return limits


def _bootstrap_limits(by_unit: Floats, seed: int) -> Floats:
    """Return the limits of the 95% interval, `[limit, column]`, from points or runs that are drawn again."""
    units = len(by_unit)
    drawn = draw_again(units, _RESAMPLES, seed)
    limits: Floats = np.quantile(drawn @ by_unit / units, _LIMITS, axis=0)
    return limits


def _grade_better(shares: Shares) -> Grade | None:
    better, _, worse = shares
    if better.low >= 0.9 and worse.high <= 0.05:
        return Grade.ROBUSTLY_BETTER
    if worse.high <= 0.05:
        return Grade.BETTER_OR_NO_DIFFERENT
    return Grade.BETTER_IN_MOST if better.low >= HOLDS_FROM else None
