"""The smallest advantage of a rule that a number of held-out points can show, and how many points it would take."""

from math import ceil, log10, sqrt

from simulation.analysis.rule_search import HELD_OUT

MARGIN = 0.05
"""By how much a rule must be right more often than the commoner answer, on points that were held out."""

_NORMAL = 1.645 + 0.842
"""Standard errors between no advantage and one that a sign test at 95% finds in 80 of 100 samples."""

_SURE = 0.05


def smallest_advantage(held_out: int, rarer: float) -> float:
    """Return the smallest advantage over the commoner answer that is found in 80 of 100 samples, 0–1.

    It is that of a rule which gives the rarer answer as often as it occurs. Only there do the two differ, so the sign
    test has that many points.

    Args:
        held_out: Number of held-out points, 1 or more.
        rarer: Share of points with the rarer answer, 0–0.5.
    """
    return _NORMAL * sqrt(max(rarer, MARGIN) / held_out)


def is_nothing_to_gain(points: int, rarer: float) -> bool:
    """Return True if the rarer answer is so rare that no rule could be right at 5 in 100 points more.

    Args:
        points: Number of points.
        rarer: Share of them with the rarer answer, 0–0.5.
    """
    from scipy.stats import binom

    return bool(binom.cdf(round(rarer * points), points, MARGIN) <= _SURE)


def are_enough(points: int, held_out: int, rarer: float) -> bool:
    """Return True if a rule that counts would well have been found, or no rule could gain so much.

    Args:
        points: Number of points.
        held_out: Number of them that were held out.
        rarer: Share of points with the rarer answer, 0–0.5.
    """
    return smallest_advantage(max(1, held_out), rarer) <= MARGIN or is_nothing_to_gain(points, rarer)


def points_for(advantage: float, rarer: float) -> int:
    """Return how many points it takes to find an advantage, rounded up to two significant figures.

    Args:
        advantage: Over the commoner answer, 0–1.
        rarer: Share of points with the rarer answer, 0–0.5.
    """
    points = HELD_OUT * max(rarer, MARGIN) * (_NORMAL / advantage) ** 2
    step = 10 ** (int(log10(points)) - 1)
    return int(step * ceil(points / step))
