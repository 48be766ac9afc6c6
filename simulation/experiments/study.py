"""Run a scenario with its bounds and with its assumptions varied."""

from collections.abc import Sequence

from simulation.analysis.trust_map import chosen_months
from simulation.experiments.assumptions import sample_assumptions
from simulation.experiments.bounds import with_everyone
from simulation.model.run import Engine, Progress, run_ensemble, run_with_parameters
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Stance

BOUND_HISTORIES = 10
"""How many histories show a bound; with stances fixed only delivery is left to luck."""


def histories_in_study(replicates: int) -> int:
    """How many histories a study runs in all."""
    return replicates + 2 * min(replicates, BOUND_HISTORIES) + _assumption_points(replicates)


def run_study(
    ensemble: Ensemble,
    *,
    seed: int,
    version: str,
    made: str,
    engine: Engine = "auto",
    progress: Progress | None = None,
) -> Study:
    """Put a scenario's histories in perspective: its bounds, and as many histories with the assumptions varied.

    A single history is an anecdote; its assumptions are not varied.

    Args:
        ensemble: The scenario's histories, with what charts need.
        seed: Names the luck.
        version: Version of the software, for the charts' source line.
        made: The day of the run, for the same.
        engine: Which engine runs them.
        progress: Told of each history that is done.
    """
    scenario, replicates = ensemble.scenario, len(ensemble)
    points = _assumption_points(replicates)
    bounds = {
        stance: run_ensemble(
            with_everyone(scenario, stance),
            replicates=min(replicates, BOUND_HISTORIES),
            seed=seed,
            engine=engine,
            progress=progress,
        )
        for stance in Stance
    }
    varied = sample_assumptions(points, seed) if points else []
    return Study(
        ensemble=ensemble,
        all_population_first=bounds[Stance.POPULATION_FIRST],
        all_institutional=bounds[Stance.INSTITUTIONAL],
        assumptions=run_with_parameters(scenario, varied, seed=seed, engine=engine, progress=progress)
        if varied
        else None,
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
    """Run a scenario's histories and keep what charts need: trust at the months that the map shows.

    Args:
        scenario: The place.
        replicates: How many histories.
        seed: Names the luck.
        tables: Monthly tables to keep besides; then trust too is kept month by month.
        engine: Which engine runs them.
        progress: Told of histories as they are done.
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


def _assumption_points(replicates: int) -> int:
    return replicates if replicates > 1 else 0
