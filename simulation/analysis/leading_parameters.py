"""The parameters that move an outcome most, as far as the intervals of their indices allow that to be said."""

from collections.abc import Sequence
from math import ceil, inf, log2
from typing import NamedTuple

from simulation.limits import MOST_POINTS
from simulation.results.indices import OutcomeIndices, ParameterIndices, Sensitivity

_NAMED = 3


class Leading(NamedTuple):
    """The parameters with the largest index, and whether they are established to be those."""

    first: tuple[ParameterIndices, ...]
    """One to three that can be distinguished from no effect, and whose intervals lie above all others'; else none."""
    rivals: tuple[ParameterIndices, ...]
    """The one with the largest index, and all whose intervals reach its own, the largest first."""


def find_leading(outcome: OutcomeIndices, main: str, most: int = _NAMED) -> Leading:
    """Return the parameters that move an outcome most.

    Args:
        outcome: The indices of every parameter.
        main: The index by which they are ordered.
        most: How many may be said to move it most together.
    """
    every = outcome.parameters
    leader = every[0]
    rivals = tuple(each for each in every if each is leader or _high(each, main) >= _low(leader, main))
    lengths = [count for count in range(1, min(most, len(every)) + 1) if _is_apart(every, count, main)]
    return Leading(every[: max(lengths, default=0)], rivals)


def find_points(outcome: OutcomeIndices, found: Sensitivity, *, apart: bool = True) -> int | None:
    """Return how many points would establish what moves an outcome most if the indices stayed as they are.

    Intervals and limits narrow with the square root of the number of points.

    Args:
        outcome: The indices of every parameter.
        found: All indices.
        apart: False if it is enough to distinguish any parameter from one without effect.

    Returns:
        More points than were run (Sobol: base points, Morris: trajectories), a power of 2 for Sobol and two significant
        figures else; None if that is more than can be run.
    """
    every, main = outcome.parameters, found.main
    if apart:
        times = min(_times_apart(every, count, main) for count in range(1, min(_NAMED, len(every)) + 1))
    else:
        times = min(_times_clear(each, main) for each in every)
    if times * found.points > MOST_POINTS:
        return None
    least = max(found.points + 1, ceil(times * found.points))
    step = 10 ** max(0, len(str(least)) - 2)
    more = int(2 ** ceil(log2(least))) if found.method == "sobol" else -(-least // step) * step
    return more if more <= MOST_POINTS else None


def _is_apart(every: Sequence[ParameterIndices], count: int, main: str) -> bool:
    """Return True if the first of the parameters have an effect, and more than any other."""
    first, others = every[:count], every[count:]
    lowest = min(_low(each, main) for each in first)
    return all(each.is_clear for each in first) and all(_high(each, main) < lowest for each in others)


def _times_apart(every: Sequence[ParameterIndices], count: int, main: str) -> float:
    """Return how many times the points would set the first of the parameters apart; infinite if none would."""
    first, others = every[:count], every[count:]
    pairs = ((each, other) for each in first for other in others)
    apart = [
        _ratio(each.half_widths[main] + other.half_widths[main], each.values[main] - other.values[main]) ** 2
        for each, other in pairs
    ]
    return max([*apart, *(_times_clear(each, main) for each in first)])


def _times_clear(each: ParameterIndices, main: str) -> float:
    """Return how many times the points would distinguish a parameter from one without effect."""
    return _ratio(max(each.half_widths[main], each.dummy), each.values[main]) ** 2


def _ratio(width: float, gap: float) -> float:
    return width / gap if gap > 0 else inf


def _low(each: ParameterIndices, main: str) -> float:
    return each.values[main] - each.half_widths[main]


def _high(each: ParameterIndices, main: str) -> float:
    return each.values[main] + each.half_widths[main]
