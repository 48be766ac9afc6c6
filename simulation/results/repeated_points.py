"""The points of a design at which every choice is the same scenario as at an earlier point, which count once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from simulation.experiment.addresses import Value

P = TypeVar("P")

_Moved = Mapping[str, Value]


def find_repeated(points: Iterable[P], moved: Sequence[Mapping[P, _Moved | None]]) -> set[P]:
    """Return the points at which every choice is the same scenario as at an earlier point.

    Args:
        points: The points, in order.
        moved: For each choice, by point, the values that are not the scenario's own already; None if not known.
    """
    found: set[P] = set()
    seen: set[tuple[frozenset[tuple[str, Value]], ...]] = set()
    for point in points:
        at = [each.get(point) for each in moved]
        known = tuple(frozenset(each.items()) for each in at if each is not None)
        if len(known) == len(at):
            found |= {point} if known in seen else set()
            seen.add(known)
    return found
