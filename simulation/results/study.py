"""A scenario's run together with what puts it in perspective."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulation.results.ensemble import Ensemble
from simulation.results.histories import Histories


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a board needs to see beside one scenario's histories.

    Attributes:
        ensemble: The scenario's histories, with trust at the months that charts show: what luck alone does.
        all_population_first: The same place if every organisation always asked the population's question.
        all_institutional: The same place if every organisation always asked its own.
        assumptions: Histories in which every parameter is drawn from its range: what luck and assumptions do together.
        holding_out: By organisation, histories in which it never moves, on the same luck as the first of the ensemble.
        version: Version of the software that ran it.
        made: The day on which it was first run, YYYY-MM-DD.
    """

    ensemble: Ensemble
    all_population_first: Histories | None = None
    all_institutional: Histories | None = None
    assumptions: Histories | None = None
    holding_out: Mapping[str, Histories] = field(default_factory=dict)
    version: str = ""
    made: str = ""
