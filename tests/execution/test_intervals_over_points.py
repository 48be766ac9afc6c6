"""Intervals over drawn points are as wide as what they are of moves from one seed to the next."""

import numpy as np
import pytest

from simulation import load_scenario, with_levers
from simulation.analysis.verdict import find_verdict
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Experiment, Variant
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
