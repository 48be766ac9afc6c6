"""Candidates that no other beats in everything: the front, the layers behind it, and a few that stand for it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats

Indices = NDArray[np.int64]

MATERIAL = 1.0
"""£m a year of gap, £m of position: differences of up to this count as none."""


_BY_MAIN = 4
"""How many survivors come from the front by cost and main objective for each from that by all objectives."""


def is_on_front(values: Floats) -> NDArray[np.bool_]:
    """Return which candidates no other beats: none is as good in everything and better in something.

    Args:
        values: `[candidate, objective]`; less is better.
    """
    order = np.lexsort(values.T[::-1])
    kept = np.zeros(len(values), dtype=np.bool_)
    front, size = np.empty_like(values), 0
    for index in order:  # a candidate can only be beaten by one before it in this order
        each, before = values[index], front[:size]
        beaten = bool(((before <= each).all(axis=1) & (before < each).any(axis=1)).any())
        if not beaten:
            kept[index] = True
            front[size] = each
            size += 1
    return kept


def layers_of(values: Floats) -> NDArray[np.int64]:
    """Return the layer of each candidate: 0 on the front, 1 on the front of the others, and so on.

    Args:
        values: `[candidate, objective]`; less is better.
    """
    layers = np.full(len(values), -1, dtype=np.int64)
    left, layer = np.arange(len(values)), 0
    while len(left):
        on = is_on_front(values[left])
        layers[left[on]] = layer
        left, layer = left[~on], layer + 1
    return layers


def survivors(values: Floats, most: int) -> list[int]:
    """Return the candidates to look at more closely, by index.

    Four times from the layers by cost and the main objective, then once from those by all objectives, the front first;
    within a layer evenly over the costs.

    Args:
        values: `[candidate, objective]`: the cost, the main objective, then the others; less is better.
        most: How many are taken.
    """
    if len(values) <= most:
        return list(range(len(values)))
    by_main, by_all = iter(_in_turn(values[:, :2])), iter(_in_turn(values))
    taken: dict[int, None] = {}
    while len(taken) < most:
        for queue in (*[by_main] * _BY_MAIN, by_all):
            new = next((index for index in queue if index not in taken), None)
            if new is not None and len(taken) < most:
                taken[new] = None
    return sorted(taken)


def best_within(costs: Floats, gains: Floats, budgets: Sequence[float]) -> list[int]:
    """Return the candidate with the largest gain that each budget pays for, the cheapest of equals, by index.

    Args:
        costs: `[candidate]`, £m.
        gains: `[candidate]`; more is better.
        budgets: £m; each pays for one candidate at least.
    """
    order = np.lexsort((np.arange(len(costs)), costs, -gains))
    return [next(int(index) for index in order if costs[index] <= budget + 1e-9) for budget in budgets]


def choose_few(costs: Floats, gains: Floats, first: Sequence[int], most: int) -> list[int]:
    """Return a few candidates that stand for a front, by cost: some that are given, and those that add most to it.

    Each further one is that which makes the area under the front of the chosen largest.

    Args:
        costs: `[candidate]`, £m.
        gains: `[candidate]`; more is better.
        first: Candidates that are in it at any rate, by index; the first of them, if there are more than `most`.
        most: How many.
    """
    chosen = list(dict.fromkeys(first))[:most]
    highest = float(costs.max())
    while len(chosen) < most:
        rest = [index for index in range(len(costs)) if index not in chosen]
        if not rest:
            break
        before = _area(costs, gains, chosen, highest)
        added = [_area(costs, gains, [*chosen, index], highest) - before for index in rest]
        best = int(np.argmax(added))
        if added[best] <= 1e-9:
            break
        chosen.append(rest[best])
    return sorted(chosen, key=lambda index: (costs[index], -gains[index], index))


def _in_turn(values: Floats) -> list[int]:
    """Return all candidates, layer by layer; within one, evenly over the costs, which are in the first column."""
    layers = layers_of(values)
    found: list[int] = []
    for layer in range(int(layers.max()) + 1):
        here = np.flatnonzero(layers == layer)
        here = here[np.lexsort((here, values[here, 1], values[here, 0]))]
        found += [int(here[place]) for place in _spread(len(here))]
    return found


def _spread(count: int) -> list[int]:
    """Return the places 0 to count − 1 so that the first few of them lie evenly: both ends, the middle, quarters."""
    order = dict.fromkeys([0, count - 1]) if count else {}
    step = count
    while len(order) < count:
        step = max(1, (step + 1) // 2)
        order |= dict.fromkeys(range(0, count, step))
    return list(order)


def _area(costs: Floats, gains: Floats, chosen: Sequence[int], highest: float) -> float:
    """Return the area under the steps of some candidates' gains over their costs, up to the highest cost."""
    area, level, at = 0.0, 0.0, 0.0
    for index in sorted(chosen, key=lambda each: (costs[each], -gains[each])):
        area += level * (float(costs[index]) - at)
        at, level = float(costs[index]), max(level, float(gains[index]))
    return area + level * (highest * 1.0001 + 1e-6 - at)
