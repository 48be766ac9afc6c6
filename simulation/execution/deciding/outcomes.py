"""The outcomes of candidates against the same place without their levers, with common random numbers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.precision import half_widths
from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.decide import Candidate, Decision
from simulation.experiment.decide_entries import Objective
from simulation.interrupts import let_interrupts_in
from simulation.model.replicate_sets import PlacePoint
from simulation.model.run import Engine, run_points
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble
from simulation.scenario.held import held_parameters

Floats = NDArray[np.float64]

OF_REPLICATES: tuple[Objective, ...] = ("gap", "position", "position_at_horizon")
"""The objectives that have a number in each replicate, in the order of `Outcome.gains`."""

OnEvaluated = Callable[[int], None]
"""Called with the number of replicates done since the last call."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The outcome of one candidate over some rows, against the place without its levers.

    Attributes:
        gains: The mean of each of `OF_REPLICATES`: by how much the candidate closes the gap in the last month, £m a
            year; improves the place's position over the run, £m; and that in the last month, as £m a year.
        gain_half_widths: Half the width of the 95% interval of each, over points.
        organisations: By how much it improves each organisation's position over the run, mean, £m.
        organisation_half_widths: Half the width of the 95% interval of each, over points.
        by_point: The main objective at each point, the mean of its replicates; empty where that is not kept.
    """

    gains: tuple[float, ...]
    gain_half_widths: tuple[float, ...]
    organisations: tuple[float, ...]
    organisation_half_widths: tuple[float, ...]
    by_point: tuple[float, ...] = ()

    def value(self, objective: Objective) -> float:
        """Return the mean of an objective; more is better."""
        if objective == "worst_off":
            return min(self.organisations)
        return self.gains[OF_REPLICATES.index(objective)]

    def half_width(self, objective: Objective) -> float:
        """Return half the width of the 95% interval of that mean."""
        if objective == "worst_off":
            return self.organisation_half_widths[self.organisations.index(min(self.organisations))]
        return self.gain_half_widths[OF_REPLICATES.index(objective)]


class Evaluator:
    """Runs candidates of a decision: one replicate for each row, a row being a point and the number of a replicate.

    Row r is replicate r with the parameters of point r modulo the number of points, so that the first rows are of as
    many points as there are rows.
    """

    def __init__(self, decision: Decision, seed: int, *, stretch: float = 1.0, engine: Engine = "auto") -> None:
        """Draw the points.

        Args:
            decision: The choices and their limits.
            seed: Random seed of the points and of all that happens in a replicate.
            stretch: Factor by which the range of each parameter is stretched about its default.
            engine: The engine.
        """
        self.decision, self.seed, self.engine = decision, seed, engine
        points = sample_assumptions(decision.points, seed, stretch, held=held_parameters(decision.place))
        self.rows: list[Parameters] = points * decision.replicates

    @property
    def organisations(self) -> tuple[str, ...]:
        """The ids of the organisations, in the order of outcomes."""
        return self._without.axes.organisations

    def run(
        self,
        candidates: Sequence[Candidate],
        rows: int,
        *,
        by_point: bool = False,
        progress: OnEvaluated | None = None,
    ) -> Iterator[Outcome]:
        """Yield the outcome of each candidate.

        Args:
            candidates: The candidates.
            rows: How many rows of each are run, the first ones; at most as many as there are.
            by_point: True to keep the main objective at each point; then rows are a multiple of the points.
            progress: Called as replicates are done.
        """
        scenarios = [self.decision.scenario_of(each) for each in candidates]
        gains, organisations = (each[..., :rows] for each in _measure(self._without))
        main = OF_REPLICATES.index(self.decision.objectives[0])
        points = min(rows, self.decision.points)
        for ensemble in run_points(
            [PlacePoint(scenarios, self.rows[:rows])], seed=self.seed, engine=self.engine, progress=progress
        ):
            let_interrupts_in()
            found, positions = _measure(ensemble)
            gained, improved = (_by_point(each, points) for each in (found - gains, positions - organisations))
            outcome = Outcome(
                gains=_floats(gained.mean(axis=1)),
                gain_half_widths=_floats(half_widths(gained)),
                organisations=_floats(improved.mean(axis=1)),
                organisation_half_widths=_floats(half_widths(improved)),
            )
            yield replace(outcome, by_point=_floats(gained[main])) if by_point else outcome

    @cached_property
    def _without(self) -> Ensemble:
        """The place without the levers, in every row."""
        point = PlacePoint([self.decision.place], self.rows)
        return next(run_points([point], seed=self.seed, engine=self.engine))


def _measure(ensemble: Ensemble) -> tuple[Floats, Floats]:
    """Return the objectives `[objective, replicate]`, more being better, and positions `[organisation, replicate]`."""
    gains = np.array([-ensemble.gap[:, -1], ensemble.position.sum(axis=1), 12 * ensemble.position[:, -1]])
    return gains, np.ascontiguousarray(ensemble.outturns.sum(axis=1).T)


def _by_point(values: Floats, points: int) -> Floats:
    """Return the mean of the replicates of each point, `[number, point]`, of `[number, row]`.

    Rows that are left over after whole rounds of points count as none.
    """
    whole = values.shape[1] // points * points
    return np.asarray(values[:, :whole].reshape(len(values), -1, points).mean(axis=1), dtype=np.float64)


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(map(float, values))
