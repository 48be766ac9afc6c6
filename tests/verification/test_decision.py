"""Two searches for one decision come to the same front, and two samples of points to one within their error."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulation.analysis.decided import Decided
from simulation.execution.deciding.decide import decide
from simulation.experiment.loading import load_experiment

pytestmark = pytest.mark.verification

SEVEN_MILLION = Path(__file__).parents[2] / "scenarios/experiments/seven-million.yaml"
BUDGETS = np.arange(0.25, 7.01, 0.25)
"""£m over the run at which fronts are compared."""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The result of a search by its seed and that of the points, made once."""

    @cache
    def search(seed: int, points: int) -> Decided:
        experiment = load_experiment(SEVEN_MILLION)
        decision = replace(experiment.decision, seed=seed)
        folder = tmp_path_factory.mktemp(f"decision-{seed}-{points}")
        return decide(replace(experiment, seed=points, decision=decision), folder)

    return search


def front_of(decided: Decided) -> np.ndarray:
    """What the best option for each budget closes, with its standard error: `[budget, 2]`, £m a year."""
    best = [
        max((each for each in decided.options if each.cost <= budget + 1e-9), key=lambda each: each.gains["gap"].mean)
        for budget in BUDGETS
    ]
    return np.array([(each.gains["gap"].mean, each.gains["gap"].half_width / 1.96) for each in best])


def test_two_seeds_of_the_search_differ_by_less_than_a_million(found):
    one, other = (front_of(found(seed, 1))[:, 0] for seed in (1, 2))
    apart = np.abs(one - other)
    print(f"\ntwo seeds: at most £{apart.max():.2f}m a year apart, £{apart.mean():.2f}m on average")
    assert apart.max() < 1


def test_two_samples_of_points_differ_by_less_than_twice_the_standard_error(found):
    one, other = (front_of(found(1, points)) for points in (1, 2))
    error = np.hypot(one[:, 1], other[:, 1])
    apart = np.abs(one[:, 0] - other[:, 0])
    print(f"\ntwo samples: at most {(apart / error).max():.2f} standard errors of the difference apart")
    assert (apart < 2 * error).all()
    assert (apart < 2 * one[:, 1]).all(), "by the error that one search states of itself, too"
