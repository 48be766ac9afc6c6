"""What each lever is worth: the Shapley value over all coalitions, which no ordering of the levers can change.

A lever's worth is what it adds to those that are there already, averaged over every order in which all of them could
have come (Shapley 1953). Worths add up to the whole difference, in every single history.
"""

from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.precision import Precision, precisions_of
from simulation.results.comparison import Coalitions

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What one player closes of the gap in the last month, £m a year."""

    player: str
    shapley: Precision
    """Averaged over all orders: what it is worth; with half the width of its 95% interval."""
    band: Interval
    """The same in single histories."""
    first: Precision
    """If it alone is added to the first scenario."""
    last: Precision
    """If it alone is taken from the second scenario: what dropping it costs."""


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """What two players close together beyond what each does, averaged over what others are there, £m a year.

    Above 0 they are complements, below 0 they stand in for each other (Grabisch and Roubens 1999).
    """

    players: tuple[str, str]
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
                "player": each.player,
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

        rows = [(*each.players, each.amount.mean, each.amount.half_width) for each in self.interactions]
        return pd.DataFrame(rows, columns=["player", "with", "interaction", "half_width_95"])


def attribute(coalitions: Coalitions) -> Attribution:
    """Take the difference between two scenarios apart.

    Args:
        coalitions: The gap under every mix of the two, on the same luck.
    """
    players = len(coalitions.players)
    nobody, everybody = (coalitions.gaps[_at(*[joined] * players)] for joined in (0, 1))
    closed = nobody.reshape(-1, *[1] * players) - coalitions.gaps
    worths = [_worth(closed, number, player) for number, player in enumerate(coalitions.players)]
    pairs = [
        Interaction(
            players=(coalitions.players[one], coalitions.players[other]),
            amount=precisions_of(_interaction(closed, one, other)[np.newaxis])[0],
        )
        for one, other in combinations(range(len(coalitions.players)), 2)
    ]
    return Attribution(
        first=coalitions.first,
        second=coalitions.second,
        gap_first=interval_of(nobody),
        gap_second=interval_of(everybody),
        closes=precisions_of((nobody - everybody)[np.newaxis])[0],
        worths=tuple(sorted(worths, key=lambda each: (-each.shapley.mean, each.player))),
        interactions=tuple(sorted(pairs, key=lambda each: (-abs(each.amount.mean), each.players))),
    )


def shapley_values(closed: Floats) -> Floats:
    """Each player's Shapley value, `[player, history]`.

    Args:
        closed: What every coalition closes, `[history, in or out, in or out, …]`, an axis of two for each player.
    """
    return np.stack([_shapley(closed, player) for player in range(closed.ndim - 1)])


def _shapley(closed: Floats, player: int) -> Floats:
    """What a player adds, averaged over all orders in which all could come."""
    players = closed.ndim - 1
    adds = np.diff(closed, axis=player + 1)
    weights = [factorial(others) * factorial(players - others - 1) / factorial(players) for others in range(players)]
    return _weighed(adds, weights)


def _interaction(closed: Floats, one: int, other: int) -> Floats:
    """What two add together beyond what each adds, averaged over orders in which the two come as one."""
    players = closed.ndim - 1
    beyond = np.diff(np.diff(closed, axis=one + 1), axis=other + 1)
    weights = [
        factorial(others) * factorial(players - others - 2) / factorial(players - 1) for others in range(players - 1)
    ]
    return _weighed(beyond, weights)


def _weighed(differences: Floats, weights: list[float]) -> Floats:
    """A sum over coalitions of the others, `[history]`, each weighed by how many they are."""
    there = np.indices(differences.shape[1:]).sum(axis=0)
    return np.asarray((differences * np.asarray(weights)[there]).reshape(len(differences), -1).sum(axis=1))


def _worth(closed: Floats, number: int, player: str) -> Worth:
    value = _shapley(closed, number)
    players = range(closed.ndim - 1)
    alone = closed[_at(*(int(player == number) for player in players))]
    without = closed[_at(*(int(player != number) for player in players))]
    dropped = closed[_at(*(1 for _ in players))] - without
    shapley, first, last = precisions_of(np.stack([value, alone, dropped]))
    return Worth(player=player, shapley=shapley, band=interval_of(value), first=first, last=last)


def _at(*joined: int) -> Any:
    """The place of one coalition on the axes of the players, in every history."""
    return (slice(None), *joined)
