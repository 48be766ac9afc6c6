"""What both engines are asked to run: replicates of one place, each with its number and its set of parameters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from simulation.model.system import System, build_system
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble
from simulation.scenario.schema import Scenario

_REPLICATES = 128
"""Designs with few replicates are put together until there are about so many."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Replicates of one place."""

    system: System
    rows: Sequence[Parameters]
    """Sets of parameters, one or more."""
    assumed: NDArray[np.int64]
    """`[replicate]`, the set that each assumes."""
    numbers: NDArray[np.int64]
    """`[replicate]`, which replicate each is."""
    designs: int = 1
    """How many designs these are; each has as many replicates, one after the other."""

    def __len__(self) -> int:
        """How many replicates."""
        return len(self.numbers)

    def split(self, replicates: Ensemble) -> Iterator[Ensemble]:
        """An ensemble for each design."""
        each = len(self) // self.designs
        if self.designs == 1:
            yield replicates
        else:
            for design in range(self.designs):
                yield replicates.select(slice(design * each, (design + 1) * each))


def batch_of_scenario(scenario: Scenario, numbers: NDArray[np.int64]) -> Batch:
    """Replicates of a scenario."""
    return _batch_of_system(build_system(scenario), numbers)


def batch_of_rows(scenario: Scenario, rows: Sequence[Parameters], numbers: NDArray[np.int64]) -> Batch:
    """One replicate to a set of parameters."""
    return Batch(system=build_system(scenario), rows=rows, assumed=np.arange(len(rows)), numbers=numbers)


def batches_of_scenarios(scenarios: Iterable[Scenario], numbers: NDArray[np.int64]) -> Iterator[Batch]:
    """The same replicates of each scenario; what they share is built once."""
    system: System | None = None
    for scenario in scenarios:
        system = (system and system.under(scenario)) or build_system(scenario)
        yield _batch_of_system(system, numbers)


def batches_of_rows(scenario: Scenario, rows: Iterable[Parameters], numbers: NDArray[np.int64]) -> Iterator[Batch]:
    """The same replicates under each set of parameters."""
    system, rest = build_system(scenario), iter(rows)
    together = max(1, _REPLICATES // len(numbers))
    while chosen := list(islice(rest, together)):
        designs = len(chosen)
        yield Batch(
            system=system,
            rows=chosen,
            assumed=np.repeat(np.arange(designs, dtype=np.int64), len(numbers)),
            numbers=np.tile(numbers, designs),
            designs=designs,
        )


def _batch_of_system(system: System, numbers: NDArray[np.int64]) -> Batch:
    return Batch(
        system=system, rows=[system.parameters], assumed=np.zeros(len(numbers), dtype=np.int64), numbers=numbers
    )
