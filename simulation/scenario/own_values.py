"""A place with other values for its own uncertain numbers, held together as its file must be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from pydantic import BaseModel

from simulation.scenario.evidence import Count, Figure
from simulation.scenario.fields import FrozenDict
from simulation.scenario.own_numbers import UncertainNumber, shares_of
from simulation.scenario.problems import Path
from simulation.scenario.schema import Scenario

_LARGEST_SHARE = 10.0

Values = dict[str, float]
"""Numbers of one programme, by organisation."""


class OwnValues:
    """A scenario whose own uncertain numbers can be set, quickly and many times.

    Shares keep their sum: what one gains is taken from the other uncertain ones in proportion to their sizes, and all
    move only so far from those of the file as each uncertain one stays within its range. Where the savings of a
    programme would no longer hold together, they move only part of the way.
    """

    def __init__(self, scenario: Scenario, numbers: Sequence[UncertainNumber]) -> None:
        """Prepare a scenario.

        Args:
            scenario: The scenario.
            numbers: The numbers that are to be set, of `find_own_numbers`.
        """
        self._scenario = scenario
        self._numbers = tuple(numbers)
        self._members: dict[Path, list[int]] = {}
        for index, each in enumerate(self._numbers):
            together = shares_of(each.path) or _savings_of(each.path)
            if together:
                self._members.setdefault(together, []).append(index)

    def at(self, values: Sequence[float]) -> Scenario:
        """Return the scenario with its numbers at some values.

        Args:
            values: One for each number, within its range.
        """
        found: dict[Path, float] = {each.path: value for each, value in zip(self._numbers, values, strict=True)}
        for together, members in self._members.items():
            found |= self._held_together(together, {self._numbers[m].path[-1]: values[m] for m in members})
        tree: dict[str | int, Any] = {}
        for path, value in found.items():
            here = tree
            for part in path[:-1]:
                here = here.setdefault(part, {})
            here[path[-1]] = value
        changed: Scenario = _rebuilt(self._scenario, tree)
        return changed

    def _held_together(self, path: Path, drawn: Mapping[Any, float]) -> dict[Path, float]:
        """Return the shares or savings of a programme, by path, with the drawn ones in place of the file's."""
        entry = self._scenario.programmes[str(path[1])]
        balanced = path[2] == "shares"
        own = {name: float(value) for name, value in ((entry.shares if balanced else entry.saves) or {}).items()}
        new = self._within_ranges(path, own, _with_sum_kept(own, drawn)) if balanced else {**own, **drawn}
        holds = _are_shares if balanced else _are_savings
        return {(*path, name): value for name, value in _part_of_the_way(own, new, holds).items()}

    def _within_ranges(self, path: Path, own: Values, new: Values) -> Values:
        """Return shares as far on the way from the file's to new ones as all that are drawn are within their ranges."""
        part = 1.0
        for index in self._members[path]:
            number = self._numbers[index]
            name = str(number.path[-1])
            change = new[name] - own[name]
            room = (number.high if change > 0 else number.low) - own[name]
            if abs(change) > abs(room):
                part = min(part, room / change)
        return {name: own[name] + part * (new[name] - own[name]) for name in own}


def _savings_of(path: Path) -> Path | None:
    return path[:-1] if path[0] == "programmes" and path[2] == "saves" else None


def _with_sum_kept(own: Values, drawn: Mapping[Any, float]) -> Values:
    """Return shares in which each drawn change is taken from the others: the drawn ones, or all if there is none."""
    new = dict(own)
    for name, value in drawn.items():
        change = value - own[name]
        others = [each for each in drawn if each != name and own[each]] or [each for each in own if each != name]
        sizes = [abs(own[each]) for each in others]
        whole = fsum(sizes)
        new[name] += change
        for other, size in zip(others, sizes, strict=True):
            new[other] -= change * (size / whole if whole else 1 / len(others))
    return new


def _part_of_the_way(own: Values, new: Values, holds: Callable[[Iterable[float]], bool]) -> Values:
    """Return the new values, or the first that hold together half of the way back, a quarter and so on."""
    part = 1.0
    found = new
    while not holds(found.values()):
        part /= 2
        found = {name: own[name] + part * (new[name] - own[name]) for name in own}
    return found


def _are_shares(values: Iterable[float]) -> bool:
    return all(abs(share) <= _LARGEST_SHARE for share in values)


def _are_savings(values: Iterable[float]) -> bool:
    listed = list(values)
    whole = fsum(listed)
    return whole > 0 and all(abs(saving) <= _LARGEST_SHARE * whole for saving in listed)


def _rebuilt(part: Any, tree: Any) -> Any:
    """Return a part of a scenario with the values of a tree of names and indices in place of its own."""
    if not isinstance(tree, dict):
        return Count(round(tree)) if isinstance(part, int) else Figure(tree)
    if isinstance(part, BaseModel):
        return part.model_copy(update={name: _rebuilt(getattr(part, name), rest) for name, rest in tree.items()})
    if isinstance(part, tuple):
        return tuple(_rebuilt(each, tree[index]) if index in tree else each for index, each in enumerate(part))
    return FrozenDict({**part, **{name: _rebuilt(part.get(name), rest) for name, rest in tree.items()}})
