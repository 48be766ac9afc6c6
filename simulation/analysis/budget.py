"""The worth of more money: by how much the best that a larger budget pays for is better than that of a smaller one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.front import MATERIAL, best_within

_MOST_STEPS = 8


@dataclass(frozen=True, kw_only=True)
class MoneyStep:
    """The gain from a larger budget.

    Attributes:
        start: The smaller budget, £m over the run.
        end: The larger one.
        gain: By how much the best candidate of the larger one gains more, by the mean over points.
        half_width: Half the width of its 95% interval; NaN with fewer than two points in a half.
    """

    start: float
    end: float
    gain: float
    half_width: float

    @property
    def is_clear(self) -> bool:
        """True if the interval leaves out 0, and it is a sum on which a finance director acts."""
        return abs(self.gain) > max(self.half_width, MATERIAL)


def budget_steps(most: float) -> tuple[float, ...]:
    """Return round budgets from 0 up to a largest one, in steps of £1m where that gives eight steps at most.

    >>> budget_steps(7.0)
    (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)
    >>> budget_steps(2.5)
    (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)

    Args:
        most: £m, more than 0.
    """
    step = _step(most)
    inside = [number * step for number in range(int(most / step + 1e-9) + 1)]
    return tuple(inside if most - inside[-1] < 1e-9 * most else [*inside, most])


def money_steps(gains: Floats, costs: Floats, budgets: Sequence[float]) -> tuple[MoneyStep, ...]:
    """Return what each step of a budget adds to the best that can be had for it.

    The best candidate of each budget is chosen by one half of the points and valued by the other, so that what was
    picked for its number isn't valued by the same number; then the other way round.

    Args:
        gains: `[candidate, point]`, means over the replicates of a point, two points or more; more is better.
        costs: `[candidate]`, £m; one of them is within the smallest budget.
        budgets: Rising budgets, £m.
    """
    return _gains_between(_best(gains, costs, budgets), budgets)


def money_spans(gains: Floats, costs: Floats, budgets: Sequence[float]) -> tuple[MoneyStep, ...]:
    """Return the same steps, but join those that follow each other and add nothing clear: together they may.

    Args:
        gains: `[candidate, point]`, means over the replicates of a point, two points or more; more is better.
        costs: `[candidate]`, £m; one of them is within the smallest budget.
        budgets: Rising budgets, £m.
    """
    best = _best(gains, costs, budgets)
    steps = _gains_between(best, budgets)
    kept = [0]
    for number, (before, after) in enumerate(pairwise(steps), 1):
        if before.is_clear or after.is_clear:
            kept.append(number)
    kept.append(len(steps))
    return _gains_between(best[kept], [budgets[number] for number in kept])


def _best(gains: Floats, costs: Floats, budgets: Sequence[float]) -> Floats:
    """Return what the best candidate of each budget gains at each point, `[budget, point]`, by halves."""
    best = np.empty((len(budgets), gains.shape[1]))
    for half in (0, 1):
        chosen = best_within(costs, gains[:, half::2].mean(axis=1), budgets)
        best[:, 1 - half :: 2] = gains[chosen][:, 1 - half :: 2]
    return best


def _gains_between(best: Floats, budgets: Sequence[float]) -> tuple[MoneyStep, ...]:
    """Return by how much the best of each budget gains more than that of the one before."""
    differences = np.diff(best, axis=0)
    wide = 1.96 * differences.std(axis=1, ddof=1) / np.sqrt(best.shape[1])
    return tuple(
        MoneyStep(start=float(start), end=float(end), gain=float(gain), half_width=float(half))
        for start, end, gain, half in zip(budgets, budgets[1:], differences.mean(axis=1), wide, strict=False)
    )


def _step(most: float) -> float:
    """Return a round step: £1m if it gives two to eight steps, else 1, 2 or 5 times a power of ten."""
    if 3 <= most <= _MOST_STEPS:
        return 1.0
    power = 10.0 ** floor(log10(most / _MOST_STEPS))
    return float(next(factor * power for factor in (1, 2, 5, 10, 20) if most / (factor * power) <= _MOST_STEPS))
