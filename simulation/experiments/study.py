"""Run a scenario with its bounds and with its assumptions varied."""

from simulation.experiments.assumptions import sample_assumptions
from simulation.experiments.bounds import with_everyone
from simulation.model.run import Progress, run_ensemble, run_with_parameters
from simulation.results.ensemble import DETAIL, Ensemble
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Stance

BOUND_HISTORIES = 10
"""How many histories show a bound; with stances fixed only delivery is left to luck."""


def histories_in_study(replicates: int) -> int:
    """How many histories a study runs in all."""
    return replicates + 2 * min(replicates, BOUND_HISTORIES) + _assumption_points(replicates)


def run_study(ensemble: Ensemble, *, seed: int, version: str, made: str, progress: Progress | None = None) -> Study:
    """Put a scenario's histories in perspective: its bounds, and as many histories with the assumptions varied.

    A single history is an anecdote; its assumptions are not varied.

    Args:
        ensemble: The scenario's histories, with monthly detail.
        seed: Names the luck.
        version: Version of the software, for the charts' source line.
        made: The day of the run, for the same.
        progress: Told of each history that is done.
    """
    scenario, replicates = ensemble.scenario, len(ensemble)
    points = _assumption_points(replicates)
    return Study(
        ensemble=ensemble,
        all_population_first=_bound(scenario, Stance.POPULATION_FIRST, replicates, seed, progress),
        all_institutional=_bound(scenario, Stance.INSTITUTIONAL, replicates, seed, progress),
        assumptions=run_with_parameters(scenario, sample_assumptions(points, seed), seed=seed, progress=progress)
        if points
        else None,
        version=version,
        made=made,
    )


def run_in_detail(scenario: Scenario, *, replicates: int, seed: int, progress: Progress | None = None) -> Ensemble:
    """Run a scenario's histories and keep every monthly table, as charts need them."""
    return run_ensemble(scenario, replicates=replicates, seed=seed, detail=DETAIL, progress=progress)


def _assumption_points(replicates: int) -> int:
    return replicates if replicates > 1 else 0


def _bound(scenario: Scenario, stance: Stance, replicates: int, seed: int, progress: Progress | None) -> Ensemble:
    everyone = with_everyone(scenario, stance)
    return run_ensemble(everyone, replicates=min(replicates, BOUND_HISTORIES), seed=seed, progress=progress)
