"""The outcomes of candidates against the same place without their levers, with common random numbers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.decide import Candidate, Decision
from simulation.model.replicate_sets import PlacePoint
from simulation.model.run import Engine, run_points
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble

Floats = NDArray[np.float64]

GAIN_OBJECTIVES = ("gap", "position", "position_at_horizon")
"""The objectives that have a number in each replicate, in the order of `Outcome.gains`."""

OnEvaluated = Callable[[int], None]
"""Called with the number of replicates done since the last call."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """The outcome of one candidate in each replicate, against the place without its levers.

    Attributes:
        gains: `[objective, replicate]`: by how much it closes the gap in the last month, £m a year; improves the
            place's position over the run, £m; and its position in the last month, as £m a year.
        organisations: `[organisation, replicate]`, by how much it improves each one's position over the run, £m.
    """

    gains: Floats
    organisations: Floats


class Evaluator:
    """Runs candidates of a decision: one replicate for each row, a row being a point and the number of a replicate.

    Row r is replicate r with the parameters of point r modulo the number of points, so that the first rows are of as
    many points as there are rows.
    """

    def __init__(self, decision: Decision, seed: int, *, stretch: float = 1.0, engine: Engine = "auto") -> None:
        """Draw the points.

        Args:
            decision: What may be chosen.
            seed: Random seed of the points and of all that happens in a replicate.
            stretch: Factor by which the range of each parameter is stretched about its default.
            engine: The engine.
        """
        self.decision, self.seed, self.engine = decision, seed, engine
        points = sample_assumptions(decision.points, seed, stretch)
        self.rows: list[Parameters] = points * decision.replicates

    def run(self, candidates: Sequence[Candidate], rows: int, progress: OnEvaluated | None = None) -> Iterator[Outcome]:
        """Yield what each candidate comes to.

        Args:
            candidates: The candidates.
            rows: How many rows of each are run, the first ones; at most as many as there are.
            progress: Called as replicates are done.
        """
        scenarios = [self.decision.scenario_of(each) for each in candidates]
        point = PlacePoint(scenarios, self.rows[:rows])
        gains, organisations = (each[:, :rows] for each in self._without)
        for ensemble in run_points([point], seed=self.seed, engine=self.engine, progress=progress):
            found, positions = _measure(ensemble)
            yield Outcome(gains=found - gains, organisations=positions - organisations)

    @cached_property
    def _without(self) -> tuple[Floats, Floats]:
        """The place without the levers, in every row: the same two arrays, of their own values."""
        point = PlacePoint([self.decision.place], self.rows)
        return _measure(next(run_points([point], seed=self.seed, engine=self.engine)))


def _measure(ensemble: Ensemble) -> tuple[Floats, Floats]:
    """Return the objectives `[objective, replicate]`, more being better, and positions `[organisation, replicate]`."""
    gains = np.array([-ensemble.gap[:, -1], ensemble.position.sum(axis=1), 12 * ensemble.position[:, -1]])
    return gains, np.ascontiguousarray(ensemble.outturns.sum(axis=1).T)
