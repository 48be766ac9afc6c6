"""What each lever is worth: the Shapley value over all lever combinations, which no ordering of the levers can change.

A lever's worth is what it adds to those that are there already, averaged over every order in which all of them could
have come (Shapley 1953). Worths add up to the whole difference, in every single replicate.
"""

from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.precision import Precision, precisions_of
from simulation.results.comparison import LeverCombinations

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What one player closes of the gap in the last month, £m a year."""

    lever: str
    shapley: Precision
    """Averaged over all orders: what it is worth; with half the width of its 95% interval."""
    band: Interval
    """The same in single replicates."""
    first: Precision
    """If it alone is added to the first scenario."""
    last: Precision
    """If it alone is taken from the second scenario: what dropping it costs."""


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """What two players close together beyond what each does, averaged over what others are there, £m a year.

    Above 0 they are complements, below 0 they stand in for each other (Grabisch and Roubens 1999).
    """

    levers: tuple[str, str]
    amount: Precision


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """The difference between two scenarios, taken apart; the worths add up to it."""

    first: str
    second: str
    gap_first: Interval
    gap_second: Interval
    closes: Precision
    """What the second closes beyond the first."""
    worths: tuple[Worth, ...]
    """What closes most first."""
    interactions: tuple[Interaction, ...]
    """Every pair, the strongest first."""

    def to_frame(self) -> "pd.DataFrame":
        """A row for each player: Shapley value with its 95% interval and its band, alone, and if it is dropped."""
        import pandas as pd

        rows = [
            {
                "lever": each.lever,
                "closes": each.shapley.mean,
                "half_width_95": each.shapley.half_width,
                "low_90": each.band.low_90,
                "high_90": each.band.high_90,
                "alone": each.first.mean,
                "alone_half_width_95": each.first.half_width,
                "if_dropped": each.last.mean,
                "if_dropped_half_width_95": each.last.half_width,
            }
            for each in self.worths
        ]
        return pd.DataFrame(rows)

    def interactions_to_frame(self) -> "pd.DataFrame":
        """A row for each pair."""
        import pandas as pd

        rows = [(*each.levers, each.amount.mean, each.amount.half_width) for each in self.interactions]
        return pd.DataFrame(rows, columns=["lever", "with", "interaction", "half_width_95"])


def attribute(lever_combinations: LeverCombinations) -> Attribution:
    """Take the difference between two scenarios apart.

    Args:
        lever_combinations: The gap under every mix of the two, with common random numbers.
    """
    levers = len(lever_combinations.levers)
    nobody, everybody = (lever_combinations.gaps[_at(*[joined] * levers)] for joined in (0, 1))
    closed = nobody.reshape(-1, *[1] * levers) - lever_combinations.gaps
    worths = [_worth(closed, number, lever) for number, lever in enumerate(lever_combinations.levers)]
    pairs = [
        Interaction(
            levers=(lever_combinations.levers[one], lever_combinations.levers[other]),
            amount=precisions_of(_interaction(closed, one, other)[np.newaxis])[0],
        )
        for one, other in combinations(range(len(lever_combinations.levers)), 2)
    ]
    return Attribution(
        first=lever_combinations.first,
        second=lever_combinations.second,
        gap_first=interval_of(nobody),
        gap_second=interval_of(everybody),
        closes=precisions_of((nobody - everybody)[np.newaxis])[0],
        worths=tuple(sorted(worths, key=lambda each: (-each.shapley.mean, each.lever))),
        interactions=tuple(sorted(pairs, key=lambda each: (-abs(each.amount.mean), each.levers))),
    )


def shapley_values(closed: Floats) -> Floats:
    """Each lever's Shapley value, `[lever, replicate]`.

    Args:
        closed: What every lever combination closes, `[replicate, in or out, …]`, an axis of two for each lever.
    """
    return np.stack([_shapley(closed, lever) for lever in range(closed.ndim - 1)])


def _shapley(closed: Floats, lever: int) -> Floats:
    """What a player adds, averaged over all orders in which all could come."""
    levers = closed.ndim - 1
    adds = np.diff(closed, axis=lever + 1)
    weights = [factorial(others) * factorial(levers - others - 1) / factorial(levers) for others in range(levers)]
    return _weighed(adds, weights)


def _interaction(closed: Floats, one: int, other: int) -> Floats:
    """What two add together beyond what each adds, averaged over orders in which the two come as one."""
    levers = closed.ndim - 1
    beyond = np.diff(np.diff(closed, axis=one + 1), axis=other + 1)
    weights = [
        factorial(others) * factorial(levers - others - 2) / factorial(levers - 1) for others in range(levers - 1)
    ]
    return _weighed(beyond, weights)


def _weighed(differences: Floats, weights: list[float]) -> Floats:
    """A sum over lever combinations of the others, `[replicate]`, each weighed by how many they are."""
    there = np.indices(differences.shape[1:]).sum(axis=0)
    return np.asarray((differences * np.asarray(weights)[there]).reshape(len(differences), -1).sum(axis=1))


def _worth(closed: Floats, number: int, lever: str) -> Worth:
    value = _shapley(closed, number)
    levers = range(closed.ndim - 1)
    alone = closed[_at(*(int(lever == number) for lever in levers))]
    without = closed[_at(*(int(lever != number) for lever in levers))]
    dropped = closed[_at(*(1 for _ in levers))] - without
    shapley, first, last = precisions_of(np.stack([value, alone, dropped]))
    return Worth(lever=lever, shapley=shapley, band=interval_of(value), first=first, last=last)


def _at(*joined: int) -> Any:
    """The place of one lever combination on the axes of the players, in every replicate."""
    return (slice(None), *joined)
