"""The robust choice by three rules, on tables that can be worked out by hand."""

import numpy as np
import pytest

from simulation.analysis.precision import half_widths
from simulation.analysis.regret import regrets
from simulation.analysis.robust_choice import Rule, choose_by_rules

pytestmark = pytest.mark.unit

POINTS = 200
COSTS = np.array([3.0, 2.0, 1.0])


def test_regret_is_the_distance_from_the_best_at_each_point():
    assert regrets(np.array([[1.0, 5.0], [4.0, 2.0]])).tolist() == [[3.0, 0.0], [0.0, 3.0]]


def test_three_rules_that_differ():
    """The first gains most on average, the second is never far behind, the third is most often the best."""
    bold, steady, often = np.full(POINTS, 30.0), np.full(POINTS, 20.0), np.full(POINTS, -30.0)
    bold[:20] = -40.0
    often[:120] = 20.0
    often[20:120], bold[20:120] = 30.0, 28.0
    gains = np.array([bold, steady, often])
    # Means: (20 x −40 + 100 x 28 + 80 x 30)/200 = 22; 20; (20 x 20 + 100 x 30 + 80 x −30)/200 = 5.
    # At their worst points, more than one in twenty: 60, 10 and 60 behind. Near the best at 80, 20 and 120 of 200.
    by_rule = {each.rule: each for each in choose_by_rules(gains, COSTS, seed=1)}
    assert [by_rule[rule].index for rule in Rule] == [0, 1, 2]
    assert [by_rule[rule].value for rule in Rule] == pytest.approx([22, 10, 0.6])
    assert by_rule[Rule.LOWEST_REGRET].tied == (1,)
    assert by_rule[Rule.MOST_OFTEN].tied == (2,)
    for each in by_rule.values():
        assert each.low <= each.value <= each.high
    highest = by_rule[Rule.HIGHEST_MEAN]
    # as the table of options gives it
    half = float(half_widths(gains)[0])
    assert (highest.low, highest.high) == pytest.approx((22 - half, 22 + half))


def test_equal_candidates_are_tied_and_the_cheapest_is_chosen():
    gains = np.tile(np.linspace(0, 20, POINTS), (3, 1))
    for each in choose_by_rules(gains, COSTS, seed=1):
        assert each.index == 2
        assert each.tied == (0, 1, 2)


def test_a_difference_of_at_most_a_million_is_a_tie_and_a_larger_one_is_not():
    base = np.linspace(0, 20, POINTS)
    within, beyond = base - 0.9, base - 1.1
    mean, *_ = choose_by_rules(np.array([base, within, beyond]), COSTS, seed=1)
    assert (mean.index, mean.tied) == (0, (0, 1))


def test_a_difference_that_chance_may_explain_is_a_tie():
    noise = np.random.default_rng(1).normal(0, 30, POINTS)
    noise -= noise.mean()
    mean, *_ = choose_by_rules(np.array([np.zeros(POINTS), noise - 1.5]), COSTS[:2], seed=1)
    assert (mean.index, mean.tied) == (0, (0, 1))  # 1.5 behind, and the standard error is 30/√200 = 2.1
