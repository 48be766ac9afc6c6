"""SALib's problems from the table of parameters, and the function that evaluates their samples on a place."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.outcomes import OUTCOMES, outcomes_of
from simulation.execution.evaluation import PARAMETERS, check_names, set_values
from simulation.levers import Lever
from simulation.model.run import Engine, run_designs
from simulation.scenario.given import scenario_of
from simulation.scenario.held import held_parameters
from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]


def salib_problem(
    names: Iterable[str] | None = None, *, place: Scenario | str | os.PathLike[str] | None = None
) -> dict[str, Any]:
    """Return a problem for SALib: the names that vary and their ranges.

    A parameter that counts has a range wider by half a step at each end, so that each whole number is equally likely
    once it is rounded, by a sampler that takes all of a range alike. The four levels of SALib's Morris don't: they may
    miss a whole number, and its effects are of two thirds of the range however far the number moved. `trust_rule`
    counts: 0 linear, 1 confirmatory.

    Args:
        names: Parameters by name, and levers, whose strength varies from 0 to 1; by default all parameters. What is
            named varies, also if a place sets it.
        place: The place, or the path of its file, whose own parameters are left out if there are no names.

    Returns:
        A dictionary with num_vars, names and bounds, for `SALib.ProblemSpec` and for every sampler of SALib.

    Raises:
        ScenarioError: If there is a mistake in the file.
        ValueError: If there is no name, or no such parameter or lever.
    """
    held = held_parameters(scenario_of(place)).values if place is not None else {}
    drawn = [name for name in PARAMETERS if name not in held]
    varied = check_names(drawn if names is None else names, (*PARAMETERS, *Lever), "parameter or lever")
    if not varied:
        raise ValueError("name one parameter or lever at least")
    return {"num_vars": len(varied), "names": list(varied), "bounds": [_bounds(name) for name in varied]}


@dataclass(frozen=True, kw_only=True)
class SALibFunction:
    """A function of a sample that runs a place at each of its points, for `ProblemSpec.evaluate`.

    It can be pickled, so that `evaluate(…, nprocs=2)` works.
    """

    place: Scenario
    names: tuple[str, ...]
    outcomes: tuple[str, ...]
    replicates: int
    seed: int
    engine: Engine

    def __call__(self, sample: Floats) -> Floats:
        """Return the outcomes at each point, means over replicates with common random numbers.

        Args:
            sample: `[point, name]`.

        Returns:
            `[point]` for one outcome, else `[point, outcome]`.
        """
        points = (set_values(self.place, dict(zip(self.names, row, strict=True))) for row in np.atleast_2d(sample))
        runs = run_designs(points, replicates=self.replicates, seed=self.seed, engine=self.engine)
        found = np.array([[outcomes_of(run)[name] for name in self.outcomes] for run in runs])
        return found[:, 0] if len(self.outcomes) == 1 else found


def salib_function(
    place: Scenario | str | os.PathLike[str],
    problem: Any,
    *,
    outcomes: Iterable[str] = ("gap",),
    replicates: int = 16,
    seed: int = 1,
    engine: Engine = "auto",
) -> SALibFunction:
    """Return the function that evaluates a sample of a problem on a place.

    Args:
        place: The place, or the path of its file; what the problem does not name stays as it is.
        problem: A problem of `salib_problem`, or a `ProblemSpec` made from one.
        outcomes: Of `gap`, `position`, `trust`, `population_first` and `worst_off`.
        replicates: Replicates at each point, 1 or more; all points have common random numbers.
        seed: Random seed.
        engine: The engine.

    Raises:
        ScenarioError: If there is a mistake in the file.
        ValueError: If there is no such name or outcome.
    """
    wanted = [outcomes] if isinstance(outcomes, str) else outcomes
    return SALibFunction(
        place=scenario_of(place),
        names=check_names(problem["names"], (*PARAMETERS, *Lever), "parameter or lever"),
        outcomes=check_names(wanted, [each.name for each in OUTCOMES], "outcome"),
        replicates=replicates,
        seed=seed,
        engine=engine,
    )


def _bounds(name: str) -> list[float]:
    if name not in PARAMETERS:
        return [0.0, 1.0]
    row = PARAMETERS[name]
    half = 0.5 if row.whole else 0.0
    return [row.low - half, row.high + half]
