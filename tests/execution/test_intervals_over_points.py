"""Intervals over drawn points, or over runs at chosen settings, are as wide as what they are of moves between seeds."""

import numpy as np
import pytest

from simulation import load_scenario, with_levers
from simulation.analysis.verdict import find_verdict
from simulation.execution.plan import plan_batch
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Experiment, Variant
from simulation.results.load import load_comparison
from tests.execution.small import TWO_TRUSTS, experiment, run
from tests.places import SCENARIOS

pytestmark = pytest.mark.unit

SEEDS = range(1, 17)
_IN_SPREADS = 1.96
"""Half the width of a 95% interval, in standard deviations."""


def test_a_share_moves_between_seeds_as_its_interval_says():
    """With the same random events at all points, it moved about three times as much.

    The standard deviation of 16 seeds is known to ± 35% (95%).
    """
    place = load_scenario(SCENARIOS / "two-trusts.yaml")
    variants = (
        Variant(name="as it is", scenario=place),
        Variant(name="levers", scenario=with_levers(place, menu_framing=0.5, superordinate_goal=0.5)),
    )
    shares = [share_of_better_cases(variants, seed) for seed in SEEDS]
    moved = np.std([each.share for each in shares], ddof=1)
    said = np.mean([each.high - each.low for each in shares]) / 2 / _IN_SPREADS
    assert 0.5 < moved / said < 1.6


def share_of_better_cases(variants, seed):
    experiment = Experiment(
        name="seeds",
        title="Seeds",
        seed=seed,
        replicates=1,
        variants=variants,
        assumptions=AssumptionSample(points=200, replicates=1, also_stretched=()),
    )
    comparison = run_in_memory(experiment, supporting_experiments(experiment))
    return find_verdict(comparison).between("levers", "as it is").shares.better


SETTINGS = (0.2, 0.35, 0.5, 0.65)
RUNS = 100


def test_a_share_over_a_grid_moves_between_seeds_as_its_interval_says(tmp_path):
    """Four settings that were chosen stay as they are; 100 runs at each are what chance may move.

    Over points as if they were drawn, the interval would be seven times as wide.
    """
    pairs = [over_settings(seed, tmp_path / str(seed)) for seed in SEEDS]
    shares = [pair.shares.better for pair in pairs]
    assert {(pair.points, pair.runs) for pair in pairs} == {(len(SETTINGS), RUNS)}
    moved = np.std([each.share for each in shares], ddof=1)
    said = np.mean([each.high - each.low for each in shares]) / 2 / _IN_SPREADS
    assert 0.5 < moved / said < 1.6


def over_settings(seed, folder):
    variants = (
        Variant(name="as it is", scenario=TWO_TRUSTS),
        Variant(name="levers", scenario=with_levers(TWO_TRUSTS, menu_framing=0.5, superordinate_goal=0.5)),
    )
    grid = experiment({"parameters.opening_trust": SETTINGS}, replicates=RUNS, seed=seed, variants=variants)
    run(plan_batch(grid), folder)
    return find_verdict(load_comparison(folder)).between("levers", "as it is")
