"""Regret: how far each choice is from the best of all, point by point."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.analysis.bands import Floats

OFTEN = 0.95
"""The part of the points, 19 of 20, of which a high regret speaks."""


class Regret(NamedTuple):
    """How far a choice is from the best of all at each point, by the means of the replicates there, £m a year or £m."""

    label: str
    median: float
    high: float
    """The regret of some point that is not passed at 19 of 20 points or more."""
    highest: float
    """The largest at any point."""

    @property
    def often(self) -> str:
        """The points at which it is `high` at most, in words."""
        return "all" if self.high == self.highest else "19 of 20"


def regrets_of(labels: Sequence[str], gains: Floats) -> tuple[Regret, ...]:
    """Return how far each choice is from the best of all.

    Args:
        labels: The choices.
        gains: `[choice, point]`, means over the replicates of a point, £m a year or £m; more is better.
    """
    behind = regrets(gains)
    rows = zip(labels, np.median(behind, axis=1), not_passed(behind), behind.max(axis=1), strict=True)
    return tuple(Regret(label, *map(float, numbers)) for label, *numbers in rows)


def regrets(gains: Floats) -> Floats:
    """Return how far each choice is from the best of all at each point, `[choice, point]`, 0 or more.

    Args:
        gains: `[choice, point]`, means over the replicates of a point; more is better.
    """
    return np.asarray(gains.max(axis=0) - gains, dtype=np.float64)


def not_passed(behind: Floats) -> Floats:
    """Return the regret of each choice that is not passed at 19 of 20 points or more, `[choice]`.

    It is the least regret of some point of which that is so, and no number between two of them. Of fewer than 20 points
    it is the largest.

    Args:
        behind: Regrets, `[choice, point]`.

    >>> not_passed(np.array([[0.0] * 19 + [7.0], [0.0] * 18 + [3.0, 7.0], [0.0] * 18 + [3.0, 3.0]])).tolist()
    [0.0, 3.0, 3.0]
    """
    return np.asarray(np.quantile(behind, OFTEN, axis=1, method="inverted_cdf"), dtype=np.float64)
