"""The value of information against closed forms: linear-Gaussian decisions, and what must hold for any decision."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from simulation.analysis.judged_together import judge_together
from simulation.analysis.survey_worth import survey_worths
from simulation.analysis.value_of_information import (
    PartialWorth,
    PerfectWorth,
    at_most_all,
    best_of,
    increments,
    partial_worth,
    perfect_worth,
)
from simulation.survey.form import ASSUMED_SPREAD

pytestmark = pytest.mark.unit

POINTS = 2000


def unit_normal_loss(mean, deviation):
    """The expected gain of choosing after seeing a normal increment with this mean and standard deviation."""
    apart = abs(mean) / deviation
    return deviation * (norm.pdf(apart) - apart * norm.sf(apart))


def normals(count, points=POINTS, seed=1):
    return np.random.default_rng(seed).normal(size=(points, count))


def benefits_of(*choices, replicates=1, noise=0.0, seed=9):
    """Net benefits `[choice, point, replicate]` with chance of its own in each replicate."""
    means = np.stack(np.broadcast_arrays(*choices))
    chance = np.random.default_rng(seed).normal(size=(*means.shape, replicates))
    return means[:, :, np.newaxis] + noise * chance


def two_choices(points=POINTS, seed=1, **chance):
    """The decision of the overview of the R package voi: nothing, or p1 − p2 with p1 ~ N(1, 1) and p2 ~ N(0, 2)."""
    drawn = normals(2, points, seed) * [1, 2] + [1, 0]
    return drawn, benefits_of(np.zeros(points), drawn[:, 0] - drawn[:, 1], seed=seed + 1000, **chance)


def within(worth, truth, errors=3.0):
    assert 0 < worth.standard_error < 0.2 * (1 + truth)
    assert abs(worth.value - truth) < errors * worth.standard_error
    return True


def test_a_part_is_worth_at_most_the_whole():
    whole = PerfectWorth(value=0.55, standard_error=0.1, changes=0.3, uncorrected=0.6)
    parts = [PartialWorth(value=value, standard_error=0.1, changes=0.2) for value in (0.5, 0.55, 0.56)]
    shown = at_most_all(parts, whole)
    assert [(each.value, each.above_all) for each in shown] == [(0.5, None), (0.55, None), (0.55, 0.56)]


def test_knowing_everything_is_worth_the_unit_normal_loss():
    _, benefits = two_choices()
    truth = unit_normal_loss(1, np.sqrt(5))
    assert truth == pytest.approx(0.4798107)  # as the overview of voi prints it
    found = perfect_worth(benefits)
    assert within(found, truth)
    assert found.changes == pytest.approx(norm.cdf(-1 / np.sqrt(5)), abs=0.03)


@pytest.mark.parametrize(("column", "deviation", "printed"), [(0, 1, 0.08210074), (1, 2, 0.39029827)])
def test_knowing_one_number_is_worth_the_unit_normal_loss(column, deviation, printed):
    drawn, benefits = two_choices(replicates=4, noise=1.0)
    found = partial_worth(drawn[:, [column]], increments(benefits), 1)
    truth = unit_normal_loss(1, deviation)
    assert truth == pytest.approx(printed, abs=0.006)  # what voi prints for a sample of its own
    assert within(found, truth)
    assert found.changes == pytest.approx(norm.cdf(-1 / deviation), abs=0.04)
    assert found.is_clear


def test_knowing_both_numbers_is_worth_as_much_as_knowing_everything():
    drawn, benefits = two_choices()
    both = partial_worth(drawn, increments(benefits), 1, shuffles=0)
    assert both.value == pytest.approx(perfect_worth(benefits).value, abs=0.005)


def test_a_number_that_says_all_about_the_other_is_worth_as_much_as_everything():
    drawn = normals(1)
    benefits = benefits_of(np.zeros(POINTS), 0.5 + 3 * drawn[:, 0])
    alone = partial_worth(np.exp(drawn), increments(benefits), 1, shuffles=0)
    assert alone.value == pytest.approx(perfect_worth(benefits).value, abs=0.01)


def test_a_product_of_two_is_worth_nothing_alone_and_all_together():
    drawn = normals(2)
    against = increments(benefits_of(np.zeros(POINTS), drawn[:, 0] * drawn[:, 1] - 0.2))
    one, other = (partial_worth(drawn[:, [column]], against, 1) for column in (0, 1))
    both = partial_worth(drawn, against, 1)
    assert not one.is_clear
    assert not other.is_clear
    assert both.is_clear
    assert both.value == pytest.approx(np.maximum(against, 0).mean(), rel=0.03)


def test_three_choices_are_judged_together():
    drawn = normals(2, 4000)
    benefits = benefits_of(np.zeros(4000), drawn[:, 0], drawn[:, 1], replicates=2, noise=0.5)
    # The mean of the largest of 0 and two standard normals: the integral of 1 − Φ² from 0 on.
    expected = 1 / np.sqrt(2 * np.pi) + 1 / (2 * np.sqrt(np.pi)) - benefits.mean(axis=(1, 2)).max()
    assert within(perfect_worth(benefits), expected)
    assert within(partial_worth(drawn, increments(benefits), 1, shuffles=0), expected)


def test_a_number_without_effect_is_worth_no_more_than_when_shuffled():
    _, benefits = two_choices(500, noise=1.0)
    against = increments(benefits)
    for seed in range(8):
        assert not partial_worth(normals(1, 500, 50 + seed), against, seed).is_clear


def test_shuffled_numbers_are_worth_little_and_differ():
    drawn, benefits = two_choices(300)
    found = partial_worth(drawn[:, [1]], increments(benefits) + 0.9, 1)
    assert len(found.shuffled) == 40
    assert len(set(found.shuffled)) > 10
    assert found.by_chance == sorted(found.shuffled)[-2]


def test_where_the_choice_never_changes_nothing_is_worth_anything():
    drawn = np.random.default_rng(1).uniform(size=(200, 2))
    benefits = benefits_of(np.zeros(200), 1 + drawn[:, 0], replicates=3)
    perfect, partial = perfect_worth(benefits), partial_worth(drawn, increments(benefits), 1)
    assert (perfect.value, perfect.changes, perfect.uncorrected) == (0, 0, 0)
    assert (partial.value, partial.changes, partial.shuffled, partial.is_clear) == (0, 0, (), False)
    assert judge_together([partial], [2]) == [partial]


def without_effect(seed, numbers=40, points=200):
    """Two choices that are as good on average, and numbers that have nothing to do with them: their worths."""
    drawn = np.random.default_rng(seed)
    against, columns = drawn.normal(size=(points, 1)), drawn.uniform(size=(points, numbers))
    return against, [partial_worth(column[:, np.newaxis], against, seed) for column in columns.T]


def test_of_many_numbers_without_effect_few_are_named():
    """Of 40 numbers each by itself at 5%, some are named in most samples; together in 1 of 20 samples."""
    alone = together = 0
    for seed in range(20):
        _, found = without_effect(seed)
        alone += any(each.is_clear for each in found)
        together += any(each.is_clear for each in judge_together(found, [1] * len(found)))
    assert together <= 2 < alone


def test_among_many_without_effect_what_decides_is_still_named():
    for seed in range(5):
        against, found = without_effect(seed)
        decides = against + np.random.default_rng(seed + 50).normal(size=against.shape)
        worths = [*found, partial_worth(decides, against, seed)]
        judged = judge_together(worths, [1] * len(worths))
        assert judged[-1].is_clear
        assert judged[-1].value == worths[-1].value


def test_what_chance_shows_in_many_is_the_largest_of_each_shuffle():
    """By hand, of three and three shuffles: the largest are 3, 2 and 4, of which 4 is reached in none.

    Two columns show ten times as much; nothing is known of three columns, which gain nothing.
    """
    given = [(1.0, 2.0, 1.0), (3.0, 0.0, 4.0), (20.0, 10.0, 5.0), ()]
    worths = [PartialWorth(value=1.0, standard_error=0.1, changes=0.5, shuffled=each) for each in given]
    one = np.sqrt((1 + 4 + 1 + 9 + 0 + 16) / 6)
    two = np.sqrt((400 + 100 + 25) / 3)
    most = max(3 / one, 20 / two, 4 / one)
    judged = judge_together(worths, [1, 1, 2, 3])
    assert [each.by_chance for each in judged] == pytest.approx([most * one, most * one, most * two, 0])


def test_equal_choices_change_nothing():
    same = normals(1)[:, 0]
    benefits = benefits_of(same, same, same, replicates=2)
    assert perfect_worth(benefits).changes == 0
    assert partial_worth(same[:, np.newaxis], increments(benefits), 1).value == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("replicates", [2, 5, 10])
def test_chance_in_the_mean_of_replicates_is_taken_out(replicates):
    _, benefits = two_choices(4000, replicates=replicates, noise=3.0)
    found, truth = perfect_worth(benefits), unit_normal_loss(1, np.sqrt(5))
    assert found.uncorrected > truth + 2 * found.standard_error
    # With two replicates the bias is larger than what grows with one over their number.
    assert within(found, truth, 4.0 if replicates > 2 else 12.0)
    assert truth - found.value < found.uncorrected - truth
    assert found.value - truth < (found.uncorrected - truth) / 2


def test_the_standard_error_is_about_right_over_repeated_samples():
    found = []
    for seed in range(60):
        drawn, benefits = two_choices(300, seed, replicates=4, noise=2.0)
        partial = partial_worth(drawn[:, [1]], increments(benefits), seed, shuffles=0)
        perfect = perfect_worth(benefits)
        found.append((partial.value, partial.standard_error, perfect.value, perfect.standard_error))
    table = np.array(found)
    for value, error, truth in ((0, 1, unit_normal_loss(1, 2)), (2, 3, unit_normal_loss(1, np.sqrt(5)))):
        assert 0.7 < table[:, error].mean() / table[:, value].std(ddof=1) < 1.4
        assert abs(table[:, value].mean() - truth) < 3 * table[:, value].std(ddof=1) / np.sqrt(len(table))


@pytest.mark.parametrize("respondents", [1, 10, 100])
def test_a_survey_is_worth_the_unit_normal_loss_of_what_it_moves(respondents):
    deviation, slope, mean = 0.1, 30.0, 1.0
    trust = 0.5 + deviation * normals(1)[:, 0]
    against = increments(benefits_of(np.zeros(POINTS), mean + slope * (trust - 0.5)))
    (found,) = survey_worths(trust, against, [respondents], 1)
    learned = deviation**2 / np.sqrt(deviation**2 + ASSUMED_SPREAD**2 / respondents)
    assert within(found, unit_normal_loss(mean, slope * learned))


def test_a_larger_survey_is_worth_more_and_none_more_than_knowing():
    trust = 0.5 + 0.1 * normals(1)[:, 0]
    against = increments(benefits_of(np.zeros(POINTS), 1 + 30 * (trust - 0.5)))
    found = survey_worths(trust, against, [5, 20, 80], 1, cost=0.02)
    worths = [each.value for each in found]
    assert worths == sorted(worths)
    assert worths[-1] < partial_worth(trust[:, np.newaxis], against, 1).value
    assert [each.net for each in found] == pytest.approx([worth - 0.02 for worth in worths])
    assert survey_worths(trust, against, [5], 1)[0].net is None


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    slopes=st.lists(st.floats(-3, 3), min_size=6, max_size=6),
    means=st.lists(st.floats(-2, 2), min_size=2, max_size=2),
    noise=st.floats(0, 2),
    constant=st.floats(-500, 500),
)
def test_bounds_and_order_hold_for_any_decision(seed, slopes, means, noise, constant):
    drawn = np.random.default_rng(seed).uniform(-1, 1, size=(250, 3))
    choices = [mean + drawn @ slopes[3 * k : 3 * k + 3] for k, mean in enumerate(means)]
    benefits = benefits_of(np.zeros(250), *choices, replicates=4, noise=noise, seed=seed)
    against = increments(benefits)
    perfect = perfect_worth(benefits)
    one, two, three = (partial_worth(drawn[:, :count], against, seed, shuffles=0) for count in (1, 2, 3))
    for each in (one, two, three):
        assert each.value >= -1e-9
        assert 0 <= each.changes <= 1
        assert each.value <= perfect.value + 3 * np.hypot(each.standard_error, perfect.standard_error) + 1e-6
    for part, whole in ((one, two), (two, three)):
        assert part.value <= whole.value + 3 * np.hypot(part.standard_error, whole.standard_error) + 1e-6
    turned = benefits[[2, 0, 1]] + constant
    assert turned[best_of(turned)].mean() == pytest.approx(benefits[best_of(benefits)].mean() + constant)
    assert perfect_worth(turned).value == pytest.approx(perfect.value, abs=1e-6)
    again = partial_worth(drawn[:, :2], increments(turned), seed, shuffles=0)
    assert again.value == pytest.approx(two.value, abs=1e-5 + 1e-3 * two.value)
