"""A place with other values for its own uncertain numbers, held together as its file must be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from pydantic import BaseModel

from simulation.scenario.evidence import Count, Figure
from simulation.scenario.fields import FrozenDict
from simulation.scenario.own_numbers import UncertainNumber, find_own_numbers, savings_of, shares_of
from simulation.scenario.problems import Path
from simulation.scenario.schema import Scenario

_LARGEST_SHARE = 10.0

Values = dict[str, float]
"""Numbers of one programme, by organisation."""


class OwnValues:
    """A scenario whose own uncertain numbers can be set, quickly and many times.

    Shares keep their sum: what one gains, the one of its programme that follows loses, and all move only so far from
    those of the file as each uncertain one stays within its range. Where the savings of a programme would no longer
    hold together, they move only part of the way.
    """

    def __init__(self, scenario: Scenario, numbers: Sequence[UncertainNumber]) -> None:
        """Prepare a scenario.

        Args:
            scenario: The scenario.
            numbers: The numbers that are to be set, of `find_own_numbers`.
        """
        self._scenario = scenario
        self._numbers = tuple(numbers)
        self._following = {shares_of(each.path): each for each in find_own_numbers(scenario) if each.follows}
        self._members: dict[Path, list[UncertainNumber]] = {}
        for each in self._numbers:
            together = shares_of(each.path) or savings_of(each.path)
            if together:
                self._members.setdefault(together, []).append(each)
        self._own = {path: self._own_of(path) for path in self._members}

    def at(self, values: Sequence[float]) -> Scenario:
        """Return the scenario with its numbers at some values.

        Args:
            values: One for each number, within its range.
        """
        tree: dict[str | int, Any] = {}
        for path, value in self._held(values).items():
            here = tree
            for part in path[:-1]:
                here = here.setdefault(part, {})
            here[path[-1]] = value
        changed: Scenario = _rebuilt(self._scenario, tree)
        return changed

    def used(self, values: Sequence[float]) -> list[float]:
        """Return the values that the numbers have in the scenario: those given, where they hold together.

        Args:
            values: One for each number, within its range.
        """
        found = self._held(values)
        return [found[each.path] for each in self._numbers]

    def _held(self, values: Sequence[float]) -> dict[Path, float]:
        """Return the values of numbers by path, shares and savings of each programme held together."""
        found: dict[Path, float] = {each.path: value for each, value in zip(self._numbers, values, strict=True)}
        for together, members in self._members.items():
            found |= self._held_together(together, {str(each.path[-1]): found[each.path] for each in members})
        return found

    def _held_together(self, path: Path, drawn: Mapping[str, float]) -> dict[Path, float]:
        """Return the shares or savings of a programme, by path, with the drawn ones in place of the file's."""
        balanced, own = path[2] == "shares", self._own[path]
        new = {**own, **drawn}
        if balanced:
            new = self._within_ranges(path, own, _with_sum_kept(own, drawn, self._giving_way(path, own, drawn)))
        holds = _are_shares if balanced else _are_savings
        return {(*path, name): value for name, value in _part_of_the_way(own, new, holds).items()}

    def _own_of(self, path: Path) -> Values:
        """Return the shares or savings of a programme in the file, by organisation."""
        entry = self._scenario.programmes[str(path[1])]
        given = entry.shares if path[2] == "shares" else entry.saves
        return {name: float(value) for name, value in (given or {}).items()}

    def _giving_way(self, path: Path, own: Values, drawn: Mapping[str, float]) -> list[str]:
        """Return which shares of a programme make up for the drawn ones: the one that follows, else all others."""
        following = self._following.get(path)
        if following is not None and str(following.path[-1]) not in drawn:
            return [str(following.path[-1])]
        return [each for each in own if each not in drawn] or list(own)

    def _within_ranges(self, path: Path, own: Values, new: Values) -> Values:
        """Return shares as far on the way from the file's to new ones as uncertain ones are within their ranges."""
        part = 1.0
        following = self._following.get(path)
        for number in (*self._members[path], *([following] if following is not None else [])):
            name = str(number.path[-1])
            change = new[name] - own[name]
            room = (number.high if change > 0 else number.low) - own[name]
            if abs(change) > abs(room):
                part = min(part, room / change)
        return {name: own[name] + part * (new[name] - own[name]) for name in own}


def places_used(
    scenario: Scenario, numbers: Mapping[str, UncertainNumber], portions: Mapping[str, Iterable[float]]
) -> dict[str, list[float]]:
    """Return where the numbers that are used for those drawn lie within their ranges, 0–1, `[point]` by name.

    A whole number lies at one of a few places; shares and savings of a programme lie where they are held together.

    Args:
        scenario: The place.
        numbers: Some of its own uncertain numbers, by name.
        portions: Where each was drawn, 0–1, `[point]` by name.
    """
    columns: dict[str, Iterable[float]] = {name: [*map(each.at, portions[name])] for name, each in numbers.items()}
    together = {name: each for name, each in numbers.items() if each.is_held_together}
    if together:
        place = OwnValues(scenario, [*together.values()])
        rows = zip(*(columns[name] for name in together), strict=True)
        columns |= dict(zip(together, zip(*map(place.used, rows), strict=True), strict=True))
    return {name: [*map(each.place_of, columns[name])] for name, each in numbers.items()}


def _with_sum_kept(own: Values, drawn: Mapping[str, float], giving_way: Sequence[str]) -> Values:
    """Return shares in which some make up for what the drawn ones gain or lose, in proportion to their sizes."""
    new = {**own, **drawn}
    change = fsum(new.values()) - fsum(own.values())
    sizes = [abs(own[each]) for each in giving_way]
    whole = fsum(sizes)
    for name, size in zip(giving_way, sizes, strict=True):
        new[name] -= change * (size / whole if whole else 1 / len(giving_way))
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
