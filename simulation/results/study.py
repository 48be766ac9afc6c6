"""A scenario's replicates together with its supporting runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from simulation.results.ensemble import Ensemble
from simulation.results.left_out import LeftOut, Unjudged
from simulation.results.replicates import Replicates
from simulation.scenario.own_numbers import UncertainNumber, find_own_numbers


@dataclass(frozen=True, kw_only=True)
class Study:
    """One scenario's replicates and the supporting runs with which a board compares them.

    Attributes:
        ensemble: The scenario's replicates, with trust at the months that charts show; they differ by chance alone.
        all_population_first: The same place if every organisation always asks the population's question.
        all_institutional: The same place if every organisation always asks its own question.
        assumptions: Replicates with every parameter drawn from its range; they differ by chance and by assumptions.
        stretched: The same over narrower and wider ranges, by the factor that stretched them; the last month alone.
        holding_out: By organisation, replicates in which it never moves, with the same random draws as the ensemble.
        version: Version of the software that ran it.
        made: The day on which it was first run, YYYY-MM-DD.
        discount: Rate at which analyses discount money over several years, % a year, see `analysis.discounting`; 0 for
            nominal, undiscounted amounts. The results themselves are always nominal.
        is_checked: False if it was read without checking that its files are as they were written.
        other_model: The versions of the model that made it and that reads it, in words, if they differ.
        left_out: What is left out because replicates of it, or of a scenario that it is compared with, failed.
        unjudged: The reason why nothing allows for uncertain assumptions, although these were to be varied; else None.
    """

    ensemble: Ensemble
    all_population_first: Replicates | None = None
    all_institutional: Replicates | None = None
    assumptions: Replicates | None = None
    stretched: Mapping[float, Replicates] = field(default_factory=dict)
    holding_out: Mapping[str, Replicates] = field(default_factory=dict)
    version: str = ""
    made: str = ""
    discount: float = 0.0
    is_checked: bool = True
    other_model: str = ""
    left_out: tuple[LeftOut, ...] = ()
    unjudged: Unjudged | None = None

    @property
    def has_sets_of_assumptions(self) -> bool:
        """False: a scenario's own replicates all have the same assumptions."""
        return False

    @cached_property
    def own_numbers(self) -> Mapping[str, UncertainNumber]:
        """The place's own numbers that can be varied, by name, which takes long to find in a large place."""
        return {each.where: each for each in find_own_numbers(self.ensemble.scenario) if each.is_varied}
