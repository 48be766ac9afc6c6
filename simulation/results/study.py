"""A scenario's run together with what puts it in perspective."""

from dataclasses import dataclass

from simulation.results.ensemble import Ensemble


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a board needs to see beside one scenario's histories.

    Attributes:
        ensemble: The scenario's histories, with monthly detail: what luck alone does.
        all_population_first: The same place if every organisation always asked the population's question.
        all_institutional: The same place if every organisation always asked its own.
        assumptions: Histories in which every parameter is drawn from its range: what luck and assumptions do together.
        version: Version of the software that ran it.
        made: The day on which it was first run, YYYY-MM-DD.
    """

    ensemble: Ensemble
    all_population_first: Ensemble | None = None
    all_institutional: Ensemble | None = None
    assumptions: Ensemble | None = None
    version: str = ""
    made: str = ""

    @property
    def beside(self) -> dict[str, Ensemble]:
        """The ensembles beside the scenario's own, by name, as far as they were run."""
        names = ("all_population_first", "all_institutional", "assumptions")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}
