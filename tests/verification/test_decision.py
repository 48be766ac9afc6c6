"""Two searches for one decision come to the same front, and two samples of points to one within their error."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation.analysis.decided import Decided
from simulation.analysis.decided_sections import loser_words, stretch_sentence
from simulation.analysis.decided_words import delay_sentence, first_step_lines, gain_words, rule_lines
from simulation.analysis.money_words import money_sentence
from simulation.execution.deciding.decide import decide
from simulation.experiment.loading import load_experiment
from simulation.formatting import pounds
from tests.docs.blocks import ROOT

pytestmark = pytest.mark.verification

SEVEN_MILLION = ROOT / "scenarios/experiments/seven-million.yaml"
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


def test_the_how_to_says_of_seven_million_what_the_search_finds(found):
    how_to = " ".join((ROOT / "docs/how-to/decide.md").read_text(encoding="utf-8").replace("**", "").split())
    decided = found(1, 1)
    option = decided.options[decided.recommended]
    _, by_mean, _, by_often = rule_lines(decided)
    tied, often = by_mean.partition("; ")[2], by_often.partition(", ")[2].partition(";")[0]
    cheapest = min(decided.costs[index] for index in decided.rules[0].tied)
    for words in (
        stretch_sentence(decided).removesuffix("."),
        f"Nine levers for {pounds(option.cost)} {gain_words(decided, option).replace('closes', 'close', 1)}",
        f"By the mean, {tied.replace('it.', 'it')}, the cheapest for {pounds(cheapest)}",
        f"most often within £1m of the best, {often}",
        money_sentence(decided),
        first_step_lines(decided)[0].partition(" are in ")[0],
        delay_sentence(decided, decided.delays[0]),
        loser_words(decided, option),
    ):
        assert words in how_to
