"""Fronts that are known, and a few candidates that stand for them."""

from itertools import pairwise, product

import numpy as np
import pytest

from simulation.analysis.budget import budget_steps, money_spans, money_steps
from simulation.analysis.first_steps import delay_of, in_common, near_front
from simulation.analysis.front import best_within, choose_few, is_on_front, layers_of
from simulation.levers import Lever

pytestmark = pytest.mark.unit


def test_a_front_that_is_known():
    values = np.array([[0, 0], [1, -5], [1, -4], [2, -5], [3, -9], [3, -9], [4, -10]], dtype=float)
    # (1, −4) and (2, −5) are beaten by (1, −5); two that are equal are both on it.
    assert is_on_front(values).tolist() == [True, True, False, False, True, True, True]
    assert layers_of(values).tolist() == [0, 0, 1, 1, 0, 0, 0]


def test_the_best_for_a_budget_is_the_cheapest_of_equals():
    costs, gains = np.array([0.0, 3.0, 2.0, 5.0]), np.array([0.0, 7.0, 7.0, 6.0])
    assert best_within(costs, gains, [0, 1.9, 2, 9]) == [0, 0, 2, 2]


def test_few_candidates_stand_for_a_front():
    costs = np.arange(11.0)
    gains = np.minimum(costs * 4, 20.0) + 0.01 * costs  # a bend at 5
    chosen = choose_few(costs, gains, [10], 3)
    assert 10 in chosen
    assert chosen == sorted(chosen)
    assert any(4 <= index <= 5 for index in chosen)
    assert choose_few(costs, gains, [3, 4, 5, 6], 2) == [3, 4]
    assert choose_few(np.array([1.0, 1.0]), np.array([5.0, 5.0]), [], 7) == [0], "one that adds nothing stands for none"


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (7, range(8)),
        (8, range(9)),
        (6.5, (0, 1, 2, 3, 4, 5, 6, 6.5)),
        (2.5, (0, 0.5, 1, 1.5, 2, 2.5)),
        (40, range(0, 41, 5)),
        (0.3, (0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)),
    ],
)
def test_budgets_go_up_in_round_steps(most, steps):
    assert budget_steps(most) == pytest.approx(tuple(steps))


def test_the_worth_of_more_money():
    spread = np.linspace(-5, 5, 100)
    gains = np.array([np.zeros(100), 10 + spread, 14 + spread, 14 + spread])
    steps = money_steps(gains, np.array([0.0, 1.0, 3.0, 4.0]), [0, 1, 2, 3, 4])
    assert [each.gain for each in steps] == pytest.approx([10, 0, 4, 0], abs=1e-9)
    assert [each.is_clear for each in steps] == [True, False, True, False]
    assert steps[0].half_width == pytest.approx(1.96 * spread.std(ddof=1) / 10)
    assert steps[2].half_width == pytest.approx(0, abs=1e-9), "a difference that is the same at every point is known"


def test_what_was_picked_for_its_number_is_not_valued_by_it():
    """Of many candidates of no worth, the best at these points seems worth something; more money buys nothing."""
    noise = np.random.default_rng(3).normal(0, 10, (200, 400))
    gains = np.vstack([np.zeros(400), noise])
    (step,) = money_steps(gains, np.array([0.0, *np.ones(200)]), [0, 1])
    picked = gains.mean(axis=1).max()
    assert picked > 1
    assert abs(step.gain) < picked
    assert not step.is_clear


def test_first_steps_are_the_levers_that_all_near_the_front_have():
    costs, gains = np.array([0.0, 1.0, 2.0, 4.0, 4.0]), np.array([0.0, 20.0, 30.0, 40.0, 38.9])
    near = near_front(costs, gains, recommended=3)
    assert near == [2, 3], "the second costs less than half of it, the last is more than a million behind"
    starts = [
        {Lever.COACHING: "2016-04", Lever.GAIN_SHARE: "2016-04"},
        {Lever.COACHING: "2015-12"},
    ]
    common = in_common(starts)
    assert [(each.lever, each.having, each.of, each.in_every_one) for each in common] == [
        (Lever.COACHING, 2, 2, True),
        (Lever.GAIN_SHARE, 1, 2, False),
    ]
    assert common[0].months == ("2015-12", "2016-04")


def test_what_a_delay_costs():
    without = np.linspace(0, 10, 50)
    gains = np.array([without + worth for worth in (12.0, 9.0, 0.0)])
    found = delay_of(Lever.COACHING, ["2016-04", "2016-07", "2017-04"], [0, 3, 12], gains, without)
    assert [each.mean for each in found.worth] == pytest.approx([12, 9, 0])
    assert found.per_month.mean == pytest.approx(1.0)
    assert found.per_month.half_width == pytest.approx(0, abs=1e-9)


def test_all_pairs_of_a_small_grid_have_the_front_of_their_sums():
    """Costs and gains that add up: the front is where no lever with a better price is left out."""
    price, worth = np.array([1.0, 2.0, 4.0]), np.array([5.0, 6.0, 7.0])
    rows = np.array(list(product((0, 1), repeat=3)), dtype=float)
    values = np.column_stack([rows @ price, -(rows @ worth)])
    on = {tuple(map(int, row)) for row, front in zip(rows, is_on_front(values), strict=True) if front}
    assert on == {(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 1, 1)}


@pytest.mark.parametrize("seed", range(20))
def test_steps_that_are_joined_add_up_and_were_not_clear_one_by_one(seed):
    chance = np.random.default_rng(seed)
    budgets = np.arange(8.0)
    gains = np.concatenate([np.zeros((1, 60)), chance.normal(chance.uniform(0, 9, (11, 1)), 3, (11, 60))])
    costs = np.concatenate([[0.0], chance.uniform(0, 7, 11)])
    steps, spans = (find(gains, costs, budgets) for find in (money_steps, money_spans))
    assert [each.start for each in spans] + [spans[-1].end] == sorted({0.0, 7.0, *(each.end for each in spans)})
    for span in spans:
        inside = [each for each in steps if span.start <= each.start and each.end <= span.end]
        assert span.gain == pytest.approx(sum(each.gain for each in inside), abs=1e-9)
        if len(inside) > 1:
            assert not any(each.is_clear for each in inside)
        else:
            assert span == inside[0]
    joined = [len([each for each in steps if span.start <= each.start < span.end]) for span in spans]
    assert sum(joined) == len(steps)
    for before, after in pairwise(spans):  # two that follow each other and are not clear one by one would be one
        ends = [each for each in steps if each.end == before.end or each.start == after.start]
        assert any(each.is_clear for each in ends)
