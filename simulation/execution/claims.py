"""Take mechanisms away from a scenario, one at a time, with common random numbers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.claims import Finding, effect, outcomes_of
from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.claims import Claim, Outcome
from simulation.model.run import run_designs
from simulation.parameters import Parameters
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
        if place == self.scenario and rows == self._rows:
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
