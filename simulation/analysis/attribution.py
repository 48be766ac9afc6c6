"""The worth of each lever: its Shapley value over all lever combinations.

A lever's worth is its effect when it is added to other levers, averaged over every order in which levers can be added
(Shapley 1953). Worths add up to the whole difference, in every single replicate. Of a lever that the second scenario
drops, or pulls with other settings, they have the effect of dropping or changing it.
"""

from dataclasses import dataclass, field, replace
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.precision import Precision, precisions_of
from simulation.results.lever_combinations import LeverCombinations
from simulation.scenario.changes import EVERYTHING_ELSE, LeverChange

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Worth:
    """The amount of the gap in the last month that one lever closes, £m a year, by the way in which it differs.

    Of a lever that the second scenario drops it is what dropping it closes: below 0 if the lever closes something.
    """

    lever: str
    change: LeverChange = LeverChange.ADDED
    """The way in which it differs in the second scenario; everything else is changed."""
    shapley: Precision
    """The effect of that, averaged over all orders, with half the width of its 95% interval."""
    band: Interval
    """The same in single replicates."""
    first: Precision
    """Effect if this alone differs from the first scenario."""
    last: Precision
    """Effect that is lost if this alone is as in the first scenario, and all else as in the second."""
    by_replicate: Floats = field(default_factory=lambda: np.empty(0), repr=False, compare=False)
    """The same in each replicate, `[replicate]`, so that worths of several levers can be added."""
    varied: Interval | None = None
    """Its worth over uncertain assumptions; None if they were not varied."""


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """The effect of two levers beyond the sum of their own, averaged over combinations of the others, £m a year.

    Above 0 they are complements, below 0 substitutes (Grabisch and Roubens 1999). Of a lever that the second scenario
    drops it is the effect of pulling it, as of one that is added; of one that is changed, the effect of the change.
    """

    levers: tuple[str, str]
    amount: Precision


@dataclass(frozen=True, kw_only=True)
class VariedEnds:
    """The difference between two scenarios over uncertain assumptions, £m a year."""

    gap_first: Interval
    gap_second: Interval
    closes: Interval
    """Amount that the second closes beyond the first."""
    points: int
    """Number of sets of assumptions, one replicate each."""
    stretch: float = 1.0
    """Factor by which the ranges of assumptions were stretched."""


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """The difference between two scenarios, split among the levers that differ; the worths add up to it."""

    first: str
    second: str
    gap_first: Interval
    gap_second: Interval
    closes: Precision
    """Amount that the second closes beyond the first."""
    worths: tuple[Worth, ...]
    """The largest first."""
    interactions: tuple[Interaction, ...]
    """Every pair, the strongest first."""
    varied: "VariedEnds | None" = None
    """The difference over uncertain assumptions; None if they were not varied."""

    def to_pandas(self) -> "pd.DataFrame":
        """Return a row for each lever: Shapley value with its 95% interval and band, effect alone, and if left out.

        Column `change` says if the second scenario adds the lever, drops it or changes its settings. The numbers are of
        that, so that they add up: of a lever that is dropped, what dropping it closes.

        Where assumptions were varied, columns that begin with `varied_` have the worth over their ranges.
        """
        import pandas as pd

        rows = [
            {
                "lever": each.lever,
                "change": str(each.change),
                "closes": each.shapley.mean,
                "half_width_95": each.shapley.half_width,
                "low_90": each.band.low_90,
                "high_90": each.band.high_90,
                "alone": each.first.mean,
                "alone_half_width_95": each.first.half_width,
                "if_dropped": each.last.mean,
                "if_dropped_half_width_95": each.last.half_width,
                "replicates": each.shapley.replicates,
                **({} if each.varied is None else {f"varied_{name}": x for name, x in each.varied._asdict().items()}),
                **({} if self.varied is None else {"varied_points": self.varied.points}),
            }
            for each in self.worths
        ]
        return pd.DataFrame(rows)

    def interactions_to_pandas(self) -> "pd.DataFrame":
        """Return a row for each pair of levers: what the two do beyond the sum of their own, if both are pulled."""
        import pandas as pd

        rows = [(*each.levers, each.amount.mean, each.amount.half_width) for each in self.interactions]
        return pd.DataFrame(rows, columns=["lever", "with", "interaction", "half_width_95"])


def attribute(lever_combinations: LeverCombinations, over_ranges: LeverCombinations | None = None) -> Attribution:
    """Split the difference between two scenarios among the levers that differ.

    Args:
        lever_combinations: The gap under every lever combination, with common random numbers.
        over_ranges: The same at points spread over the ranges of all parameters, if that was run.

    Raises:
        ValueError: If the two are not of the same scenarios and levers.
    """
    without, with_all, closed = _closed(lever_combinations)
    varied = _varied_worths(lever_combinations, over_ranges)
    values = zip(lever_combinations.levers, shapley_values(closed), strict=True)
    worths = [
        replace(
            _worth(closed, number, lever, value), change=lever_combinations.change_of(lever), varied=varied.get(lever)
        )
        for number, (lever, value) in enumerate(values)
    ]
    pairs = [
        Interaction(
            levers=(lever_combinations.levers[one], lever_combinations.levers[other]),
            amount=precisions_of(_pulled_together(lever_combinations, closed, one, other)[np.newaxis])[0],
        )
        for one, other in combinations(range(len(lever_combinations.levers)), 2)
    ]
    return Attribution(
        first=lever_combinations.first,
        second=lever_combinations.second,
        gap_first=interval_of(without),
        gap_second=interval_of(with_all),
        closes=precisions_of((without - with_all)[np.newaxis])[0],
        worths=tuple(sorted(worths, key=lambda each: (-each.shapley.mean, each.lever))),
        interactions=tuple(sorted(pairs, key=lambda each: (-abs(each.amount.mean), each.levers))),
        varied=None if over_ranges is None else _varied_ends(over_ranges),
    )


def leading_levers(found: Attribution, share: float = 0.6, most: int = 3) -> tuple[Worth, ...]:
    """Return the levers that bring most of what is closed, the largest first.

    A lever whose 95% interval overlaps with that of one of them is one of them too.

    Args:
        found: The difference split among levers.
        share: The share of what is closed that counts as most of it, 0–1.
        most: The most levers that are named.

    Returns:
        Nothing if it takes more levers than that, or none brings anything.
    """
    leading: list[Worth] = []
    for each in (worth for worth in found.worths if worth.shapley.mean > 0):
        brought = sum(worth.shapley.mean for worth in leading)
        is_apart = not any(_overlap(worth.shapley, each.shapley) for worth in leading)
        if leading and brought >= share * found.closes.mean and is_apart:
            break
        leading.append(each)
    return tuple(leading) if len(leading) <= most else ()


def _overlap(larger: Precision, smaller: Precision) -> bool:
    """Return True if the 95% intervals of two means overlap; False of a single replicate, which has none."""
    return larger.mean - larger.half_width <= smaller.mean + smaller.half_width


def is_strongest(found: Attribution) -> bool:
    """Return True if the first interaction is larger than every other one by more than chance.

    Args:
        found: The difference split among levers, with an interaction at least.
    """
    sizes = [each.amount._replace(mean=abs(each.amount.mean)) for each in found.interactions]
    first, *others = sizes
    return not any(_overlap(first, other) for other in others)


def shapley_values(closed: Floats) -> Floats:
    """Return each lever's Shapley value, `[lever, replicate]`.

    Args:
        closed: Amount that every lever combination closes, `[replicate, without or with, …]`, an axis for each lever.
    """
    return np.stack([_shapley(closed, lever) for lever in range(closed.ndim - 1)])


def close_together(lever_combinations: LeverCombinations) -> Floats:
    """Return what all levers close together, `[replicate]`, £m a year: the sum of their Shapley values.

    What else differs between the two scenarios is left out.

    Args:
        lever_combinations: The gap under every lever combination.
    """
    without, with_all, closed = _closed(lever_combinations)
    if EVERYTHING_ELSE not in lever_combinations.levers:
        return np.asarray(without - with_all)
    values = zip(lever_combinations.levers, shapley_values(closed), strict=True)
    levers = [value for name, value in values if name != EVERYTHING_ELSE]
    return np.asarray(np.sum(levers or [0 * without], axis=0), dtype=np.float64)


def _closed(lever_combinations: LeverCombinations) -> tuple[Floats, Floats, Floats]:
    """Return the gap without and with all levers, `[replicate]`, and what every combination closes."""
    levers = len(lever_combinations.levers)
    without, with_all = (lever_combinations.gaps[_at(*[joined] * levers)] for joined in (0, 1))
    return without, with_all, without.reshape(-1, *[1] * levers) - lever_combinations.gaps


def _varied_worths(central: LeverCombinations, over_ranges: LeverCombinations | None) -> dict[str, Interval]:
    if over_ranges is None:
        return {}
    if (central.first, central.second, central.levers) != (over_ranges.first, over_ranges.second, over_ranges.levers):
        message = "an attribution over the ranges must be of the same two scenarios and levers"
        raise ValueError(message)
    values = shapley_values(_closed(over_ranges)[2])
    return {lever: interval_of(value) for lever, value in zip(over_ranges.levers, values, strict=True)}


def _varied_ends(over_ranges: LeverCombinations) -> VariedEnds:
    without, with_all, _ = _closed(over_ranges)
    return VariedEnds(
        gap_first=interval_of(without),
        gap_second=interval_of(with_all),
        closes=interval_of(without - with_all),
        points=over_ranges.points,
        stretch=over_ranges.stretch,
    )


def _shapley(closed: Floats, lever: int) -> Floats:
    """Return a lever's effect, averaged over all orders in which levers can be added."""
    levers = closed.ndim - 1
    adds = np.diff(closed, axis=lever + 1)
    weights = [factorial(others) * factorial(levers - others - 1) / factorial(levers) for others in range(levers)]
    return _weighted_sum(adds, weights)


def _interaction(closed: Floats, one: int, other: int) -> Floats:
    """Return the effect of two levers beyond the sum of theirs, averaged over orders that add the two together."""
    levers = closed.ndim - 1
    beyond = np.diff(np.diff(closed, axis=one + 1), axis=other + 1)
    weights = [
        factorial(others) * factorial(levers - others - 2) / factorial(levers - 1) for others in range(levers - 1)
    ]
    return _weighted_sum(beyond, weights)


def _pulled_together(lever_combinations: LeverCombinations, closed: Floats, one: int, other: int) -> Floats:
    """Return the interaction of two levers where both are pulled: dropping one of them has the opposite sign."""
    both = [lever_combinations.levers[number] for number in (one, other)]
    dropped = sum(lever_combinations.change_of(lever) is LeverChange.DROPPED for lever in both)
    return _interaction(closed, one, other) * (-1.0) ** dropped


def _weighted_sum(differences: Floats, weights: list[float]) -> Floats:
    """Return the sum over combinations of the other levers, `[replicate]`, weighted by how many levers each has."""
    used = np.indices(differences.shape[1:]).sum(axis=0)
    return np.asarray((differences * np.asarray(weights)[used]).reshape(len(differences), -1).sum(axis=1))


def _worth(closed: Floats, number: int, lever: str, value: Floats) -> Worth:
    levers = range(closed.ndim - 1)
    alone = closed[_at(*(int(lever == number) for lever in levers))]
    without = closed[_at(*(int(lever != number) for lever in levers))]
    dropped = closed[_at(*(1 for _ in levers))] - without
    shapley, first, last = precisions_of(np.stack([value, alone, dropped]))
    return Worth(lever=lever, shapley=shapley, band=interval_of(value), first=first, last=last, by_replicate=value)


def _at(*joined: int) -> Any:
    """Return the index of one lever combination in every replicate."""
    return (slice(None), *joined)
