"""Sets of replicates, which both engines run: replicates of one place, each with a number and a set of parameters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from simulation.model.replicate_numbers import replicate_number
from simulation.model.system import System, build_system
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble
from simulation.scenario.schema import Scenario

_TOGETHER = 128
"""Target size of a set: designs with few replicates are run together until they have about as many."""


class PlacePoint(NamedTuple):
    """Scenarios of one place with one set of its own numbers, and the sets of parameters that each assumes in turn."""

    scenarios: Sequence[Scenario]
    rows: Sequence[Parameters]


@dataclass(frozen=True, kw_only=True)
class ReplicateSet:
    """Replicates of one place that an engine runs together."""

    system: System
    rows: Sequence[Parameters]
    """Sets of parameters, one or more."""
    assumed: NDArray[np.int64]
    """`[replicate]`, the index of the set of parameters that each assumes."""
    numbers: NDArray[np.int64]
    """`[replicate]`, the number of each."""
    designs: int = 1
    """How many designs there are; each has equally many replicates, which lie together."""
    scenarios: Sequence[Scenario] = ()
    """The scenario of each design; none if all are of the system's own."""

    def __len__(self) -> int:
        """Return the number of replicates."""
        return len(self.numbers)

    @classmethod
    def of_system(cls, system: System, numbers: NDArray[np.int64]) -> Self:
        """Return replicates of a system that all assume its own parameters."""
        assumed = np.zeros(len(numbers), dtype=np.int64)
        return cls(system=system, rows=[system.parameters], assumed=assumed, numbers=numbers)

    @classmethod
    def of_rows(cls, scenario: Scenario, rows: Sequence[Parameters], numbers: NDArray[np.int64]) -> Self:
        """Return one replicate for each set of parameters."""
        return cls(system=build_system(scenario), rows=rows, assumed=np.arange(len(rows)), numbers=numbers)

    def split(self, replicates: Ensemble) -> Iterator[Ensemble]:
        """Yield an ensemble for each design."""
        each = len(self) // self.designs
        if self.designs == 1:
            yield replicates
        else:
            for design in range(self.designs):
                found = replicates.select(slice(design * each, (design + 1) * each))
                if self.scenarios:
                    found = replace(found, axes=replace(found.axes, scenario=self.scenarios[design]))
                yield found


def sets_of_scenarios(
    scenarios: Iterable[Scenario], numbers: NDArray[np.int64], points: Iterable[int | None]
) -> Iterator[ReplicateSet]:
    """Yield the replicates of each scenario, those of its point; arrays that scenarios share are built once.

    Scenarios that follow each other and differ in nothing but their parameters and titles are run together.
    """
    system: System | None = None
    numbered = _numbered(points, numbers)
    for alike in _alike(scenarios, max(1, _TOGETHER // len(numbers))):
        system = (system and system.under(alike[0])) or build_system(alike[0])
        of_each = list(islice(numbered, len(alike)))
        if len(alike) == 1:
            yield ReplicateSet.of_system(system, of_each[0])
        else:
            rows = [scenario.resolve_parameters() for scenario in alike]
            yield replace(_together(system, rows, of_each), scenarios=alike)


def sets_of_rows(
    scenario: Scenario, rows: Iterable[Parameters], numbers: NDArray[np.int64], points: Iterable[int | None]
) -> Iterator[ReplicateSet]:
    """Yield the replicates under each set of parameters, those of its point."""
    system, rest, numbered = build_system(scenario), iter(rows), _numbered(points, numbers)
    together = max(1, _TOGETHER // len(numbers))
    while chosen := list(islice(rest, together)):
        yield _together(system, chosen, list(islice(numbered, len(chosen))))


def sets_of_points(points: Iterable[PlacePoint]) -> Iterator[ReplicateSet]:
    """Yield the replicates of each scenario of each point; those of one point share their arrays where they can.

    The replicates of the first point are numbered from 0, those of the next follow, so that no two points share random
    draws and all scenarios of one point do.
    """
    first = 0
    for point in points:
        numbers = np.arange(first, first + len(point.rows), dtype=np.int64)
        assumed = np.arange(len(point.rows), dtype=np.int64)
        system: System | None = None
        for scenario in point.scenarios:
            system = (system and system.under(scenario)) or build_system(scenario)
            yield ReplicateSet(system=system, rows=point.rows, assumed=assumed, numbers=numbers)
        first += len(point.rows)


def _together(system: System, rows: Sequence[Parameters], numbers: Sequence[NDArray[np.int64]]) -> ReplicateSet:
    """Return the replicates under each set of parameters, equally many of each."""
    return ReplicateSet(
        system=system,
        rows=rows,
        assumed=np.repeat(np.arange(len(rows), dtype=np.int64), len(numbers[0])),
        numbers=np.concatenate(numbers),
        designs=len(rows),
    )


def _numbered(points: Iterable[int | None], numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield the numbers of the replicates of each point."""
    return (numbers + replicate_number(point) for point in points)


def _alike(scenarios: Iterable[Scenario], most: int) -> Iterator[list[Scenario]]:
    """Yield scenarios in order, those together that share every field but their title and parameters."""
    found: list[Scenario] = []
    try:
        for scenario in scenarios:
            if found and (len(found) >= most or not _differ_in_parameters_alone(found[0], scenario)):
                yield found
                found = []
            found.append(scenario)
    except Exception:
        # A scenario that cannot be made loses none before it.
        if found:
            yield found
        raise
    if found:
        yield found


def _differ_in_parameters_alone(one: Scenario, other: Scenario) -> bool:
    fields = [name for name in Scenario.model_fields if name not in {"title", "parameters"}]
    return all(getattr(one, name) is getattr(other, name) for name in fields)
