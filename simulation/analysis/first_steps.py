"""First steps without regret: levers that all good candidates have in common; and what a delay of one lever costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.front import MATERIAL
from simulation.analysis.precision import Precision, precisions_of
from simulation.levers import Lever

LEAST_SPENT = 0.5
"""The part of what the recommended candidate costs that one near the front costs at least to be looked at."""


@dataclass(frozen=True, kw_only=True)
class Commonness:
    """How many of the candidates near the front have a lever.

    Attributes:
        lever: The lever.
        having: Those that have it.
        of: All near the front.
        months: The start months that they give it, in order.
    """

    lever: Lever
    having: int
    of: int
    months: tuple[str, ...]

    @property
    def in_every_one(self) -> bool:
        """True if each of them has it."""
        return self.having == self.of > 0


@dataclass(frozen=True, kw_only=True)
class Delay:
    """The worth of one lever in a candidate, by the month in which it starts.

    Attributes:
        lever: The lever.
        months: The start months, YYYY-MM, in order.
        after: Months from the first of them to each.
        worth: By how much the candidate with the lever from each month is better than without it.
        per_month: What is lost for each month from the first start to the last: above 0, waiting costs.
    """

    lever: Lever
    months: tuple[str, ...]
    after: tuple[int, ...]
    worth: tuple[Precision, ...]
    per_month: Precision


def near_front(costs: Floats, gains: Floats, recommended: int, threshold: float = MATERIAL) -> list[int]:
    """Return the candidates near the front, by index.

    One is near it if no candidate for the same money or less gains more than the threshold beyond it, and if it costs
    at least half of what the recommended one costs.

    Args:
        costs: `[candidate]`, £m.
        gains: `[candidate]`, means; more is better.
        recommended: The recommended one, by index.
        threshold: Differences of up to this count as none.
    """
    best = np.array([gains[costs <= cost + 1e-9].max() for cost in costs])
    is_near = (best - gains <= threshold) & (costs >= LEAST_SPENT * costs[recommended] - 1e-9)
    return [int(index) for index in np.flatnonzero(is_near)]


def in_common(starts: Sequence[Mapping[Lever, str]]) -> tuple[Commonness, ...]:
    """Return how common each lever is among candidates, the most common first.

    Args:
        starts: For each candidate the start month of each of its levers, YYYY-MM.
    """
    found = []
    for lever in Lever:
        months = [each[lever] for each in starts if lever in each]
        if months:
            found.append(Commonness(lever=lever, having=len(months), of=len(starts), months=tuple(sorted(set(months)))))
    return tuple(sorted(found, key=lambda each: -each.having))


def delay_of(lever: Lever, months: Sequence[str], after: Sequence[int], gains: Floats, without: Floats) -> Delay:
    """Return what a lever is worth by its start month, with the 95% interval over points.

    Args:
        lever: The lever.
        months: The start months, YYYY-MM, in order; two or more.
        after: Months from the first of them to each.
        gains: `[start month, point]`, of the candidate with the lever from each month; more is better.
        without: `[point]`, of the candidate without it.
    """
    lost = (gains[0] - gains[-1]) / (after[-1] - after[0])
    return Delay(
        lever=lever,
        months=tuple(months),
        after=tuple(after),
        worth=tuple(precisions_of(gains - without)),
        per_month=precisions_of(lost[np.newaxis])[0],
    )
