"""Take mechanisms away from a scenario, one at a time, with common random numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.claims import Finding, effect, outcomes_of
from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.claims import Claim, Outcome
from simulation.model.run import run_designs
from simulation.model.system import System, build_system
from simulation.parameters import Parameters
from simulation.results.unread_parameters import unread_parameters
from simulation.scenario.held import held_parameters
from simulation.scenario.schema import Scenario

_AT_EACH_POINT = 2
"""Replicates at each point of the ranges."""

Outcomes = dict[Outcome, Floats]


@dataclass(frozen=True, kw_only=True)
class WithAndWithout:
    """One scenario, in which mechanisms are switched off one at a time.

    Args:
        scenario: The scenario.
        replicates: Replicates at the scenario's own assumptions, 2 or more.
        points: Points drawn by a Latin hypercube from the ranges of all parameters that the scenario does not set
            itself, two replicates each; 0 draws none.
        seed: Random seed, 0 to 2⁶⁴ − 1; the same for all that are compared.
    """

    scenario: Scenario
    replicates: int
    points: int
    seed: int

    def without(self, claim: Claim) -> Finding:
        """Switch off the mechanism of a claim, and return the differences.

        Args:
            claim: The claim.
        """
        place = claim.place(self.scenario)
        rows = [claim.assumptions(row) for row in self._rows]
        if self._changes_nothing(place, rows):
            return Finding(claim=claim, effects=())
        by_chance, over_ranges = self._by_chance(place, rows), self._over_ranges(place, rows)
        return Finding(
            claim=claim,
            effects=tuple(
                effect(
                    claim,
                    outcome,
                    self._with_it[0][outcome],
                    by_chance[outcome],
                    (self._with_it[1][outcome], over_ranges[outcome]) if self.points else None,
                )
                for outcome in Outcome
            ),
        )

    def _changes_nothing(self, place: Scenario, rows: list[Parameters]) -> bool:
        """True if a switch changes nothing that any rule reads, such as the effect of a lever that never acts."""
        unread = dict.fromkeys(unread_parameters(self.scenario), 0.0)
        read = ([row._replace(**unread) for row in some] for some in (rows, self._rows))
        return next(read) == next(read) and (place == self.scenario or _is_same(self._system, build_system(place)))

    @cached_property
    def _system(self) -> System:
        return build_system(self.scenario)

    @cached_property
    def _rows(self) -> list[Parameters]:
        """The scenario's own parameters, then those of each point."""
        held = held_parameters(self.scenario)
        drawn = sample_assumptions(self.points, self.seed, held=held) if self.points else []
        return [self.scenario.resolve_parameters(), *drawn]

    @cached_property
    def _with_it(self) -> tuple[Outcomes, Outcomes]:
        return self._by_chance(self.scenario, self._rows), self._over_ranges(self.scenario, self._rows)

    def _by_chance(self, place: Scenario, rows: list[Parameters]) -> Outcomes:
        (only,) = run_designs(rows[:1], replicates=self.replicates, seed=self.seed, place=place)
        return outcomes_of(only)

    def _over_ranges(self, place: Scenario, rows: list[Parameters]) -> Outcomes:
        """Return each outcome `[point, replicate]`."""
        each = [
            outcomes_of(ensemble)
            for ensemble in run_designs(
                rows[1:], replicates=_AT_EACH_POINT, seed=self.seed, place=place, points=range(self.points)
            )
        ]
        return {outcome: np.array([point[outcome] for point in each]) for outcome in Outcome}


_NAMES = frozenset({"scenario", "axes", "parameters"})
"""Fields of a system that hold what its arrays are made from, and the assumptions, which are compared by themselves."""


def _is_same(one: Any, other: Any) -> bool:
    """Return True if two systems, or two of their parts, hold the same numbers."""
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(_is_same(one[name], other[name]) for name in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    if is_dataclass(one):
        names = [each.name for each in fields(one) if each.name not in _NAMES]
        return all(_is_same(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)
