"""Run a scenario with its bounds, with its assumptions varied, and with each organisation that never moves."""

from collections.abc import Sequence

import numpy as np

from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.schema import AssumptionSample
from simulation.model.run import Engine, Progress, run_designs, run_ensemble
from simulation.parameters import Parameters
from simulation.results.axes import chosen_months
from simulation.results.ensemble import Ensemble
from simulation.results.replicates import VARIED, Replicates
from simulation.results.study import Study
from simulation.scenario.changes import with_stance
from simulation.scenario.schema import Scenario

BOUND_REPLICATES = 10
"""How many replicates show a bound; with stances fixed only delivery is left to chance."""

HOLDING_OUT_REPLICATES = 200
MOST_HOLDING_OUT = 40
"""Organisations beyond which nobody asks what each of them alone would gain by not moving."""

_FULL = 1000
"""Replicates from which the assumptions are sampled in full; with fewer, each point has fewer replicates."""


def replicates_in_study(scenario: Scenario, replicates: int) -> int:
    """How many replicates a study runs in all."""
    points, each = _assumption_sample(replicates)
    held = len(_who_may_hold_out(scenario, replicates)) * min(replicates, HOLDING_OUT_REPLICATES)
    return replicates + 2 * min(replicates, BOUND_REPLICATES) + points * each + held


def run_study(
    ensemble: Ensemble,
    *,
    seed: int,
    version: str,
    made: str,
    engine: Engine = "auto",
    progress: Progress | None = None,
) -> Study:
    """Put a scenario's replicates in perspective.

    A single replicate is an anecdote; its assumptions are not varied, nor is anyone held out.

    Args:
        ensemble: The scenario's replicates, with what charts need.
        seed: Random seed.
        version: Version of the software, for the charts' source line.
        made: The day of the run, for the same.
        engine: Which engine runs them.
        progress: Told of each replicate that is done.
    """
    scenario, replicates = ensemble.scenario, len(ensemble)
    everyone = tuple(scenario.organisations)
    few = min(replicates, BOUND_REPLICATES)
    bounds = [
        run_ensemble(
            with_stance(scenario, everyone, population_first=which),
            replicates=few,
            seed=seed,
            engine=engine,
            progress=progress,
        )
        for which in (True, False)
    ]
    return Study(
        ensemble=ensemble,
        all_population_first=Replicates(columns={"gap": bounds[0]["gap"]}),
        all_institutional=Replicates(columns={"gap": bounds[1]["gap"]}),
        assumptions=_vary_assumptions(scenario, replicates, seed, engine, progress),
        holding_out=_hold_out(scenario, replicates, seed, engine, progress),
        version=version,
        made=made,
    )


def run_for_charts(
    scenario: Scenario,
    *,
    replicates: int,
    seed: int,
    tables: Sequence[str] = (),
    engine: Engine = "auto",
    progress: Progress | None = None,
) -> Ensemble:
    """Run a scenario's replicates and keep what charts need: trust at the months that the map shows.

    Args:
        scenario: The place.
        replicates: How many replicates.
        seed: Random seed.
        tables: Monthly tables to keep besides; then trust too is kept month by month.
        engine: Which engine runs them.
        progress: Told of replicates as they are done.
    """
    return run_ensemble(
        scenario,
        replicates=replicates,
        seed=seed,
        engine=engine,
        detail=tuple(dict.fromkeys((*tables, "relationships"))),
        detail_months=None if tables else chosen_months(scenario.months),
        progress=progress,
    )


def _vary_assumptions(
    scenario: Scenario, replicates: int, seed: int, engine: Engine, progress: Progress | None
) -> Replicates | None:
    points, each = _assumption_sample(replicates)
    if not points:
        return None
    rows = sample_assumptions(points, seed)
    columns = {name: np.empty((points * each, scenario.months)) for name in VARIED}
    runs = run_designs(rows, place=scenario, replicates=each, seed=seed, engine=engine, progress=progress)
    for point, ensemble in enumerate(runs):
        for name, values in columns.items():
            values[point * each : (point + 1) * each] = ensemble[name]
    drawn = np.asarray(rows)
    return Replicates(columns=columns, parameters={name: drawn[:, p] for p, name in enumerate(Parameters._fields)})


def _hold_out(
    scenario: Scenario, replicates: int, seed: int, engine: Engine, progress: Progress | None
) -> dict[str, Replicates]:
    who = _who_may_hold_out(scenario, replicates)
    places = (with_stance(scenario, (organisation,), population_first=False) for organisation in who)
    count = min(replicates, HOLDING_OUT_REPLICATES)
    runs = run_designs(places, replicates=count, seed=seed, engine=engine, progress=progress)
    return {
        organisation: Replicates(columns={"gap": ensemble["gap"][:, -1:]}, outturns=ensemble.outturns.sum(axis=1))
        for organisation, ensemble in zip(who, runs, strict=True)
    }


def _who_may_hold_out(scenario: Scenario, replicates: int) -> tuple[str, ...]:
    organisations = tuple(sorted(scenario.organisations))
    return organisations if replicates > 1 and len(organisations) <= MOST_HOLDING_OUT else ()


def _assumption_sample(replicates: int) -> tuple[int, int]:
    """How many points, and replicates of each; none for a single replicate."""
    if replicates == 1:
        return 0, 0
    full = AssumptionSample()
    share = full.replicates * replicates // _FULL
    return min(full.points, replicates), max(1, min(full.replicates, share))
