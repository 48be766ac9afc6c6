"""Choices over a grid of two assumptions and along one, by hand, and turning points that are there or not."""

import numpy as np
import pytest

from simulation.analysis.along_assumption import lines_of, turning_point
from simulation.analysis.assumption_cells import bins_of, cells_of
from simulation.analysis.boxes import Limits, Rule, single_cut
from simulation.analysis.choices import choices_of
from simulation.analysis.deciding import deciding
from tests.analysis.test_deciding import in_a_box, noise, points_at, two_choices

pytestmark = pytest.mark.unit


def test_parts_are_of_equal_width_over_the_table_s_range():
    found = bins_of("opening_trust", np.array([0.25, 0.29, 0.4, 0.55]), 2)
    assert found.edges == pytest.approx((0.25, 0.4, 0.55))
    assert found.index.tolist() == [0, 0, 1, 1]
    assert found.middles == pytest.approx((0.325, 0.475))
    assert bins_of("opening_trust", np.linspace(0.2, 0.6, 9), 2, 2.0).edges == pytest.approx((0.1, 0.4, 0.7))


def test_a_few_values_are_a_part_each():
    found = bins_of("trust_rule", np.array([1.0, 0, 0, 1]), 4)
    assert (found.values, found.index.tolist(), len(found)) == ((0, 1), [1, 0, 0, 1], 2)


def test_cells_by_hand():
    """Four corners with one point each, and two replicates; the last corner is a tie and the first has two points."""
    parameters = {"exposure": np.array([0.1, 0.5, 0.1, 0.5, 0.12]), "quorum": np.array([0.55, 0.55, 0.85, 0.85, 0.56])}
    gains = np.array([[9, 9], [9, -9], [-9, -9], [1, 1], [-9, 9]], float)
    both = two_choices(parameters, gains)
    found = cells_of(both, deciding(both, "partnership", "no joint action"), 2)
    by_name = {found.across.parameter: 1, found.up.parameter: 0}
    shares = found.shares if by_name["exposure"] == 1 else found.shares.T
    points = found.points if by_name["exposure"] == 1 else found.points.T
    assert shares.tolist() == [[0.75, 0.5], [0, 0]]
    assert points.tolist() == [[2, 1], [1, 1]]


def test_a_cell_without_a_point_has_no_number():
    parameters = {"exposure": np.linspace(0.1, 0.5, 40), "quorum": np.linspace(0.55, 0.85, 40)}
    both = two_choices(parameters, np.full((40, 1), 9.0))
    found = cells_of(both, deciding(both, "partnership", "no joint action"), 2)
    assert np.isnan(found.shares).sum() == 2


def test_the_best_single_limit():
    points = np.column_stack([np.sin(np.arange(100.0)), np.arange(100.0)])
    assert single_cut(points, points[:, 1] > 29) == Rule(({1: Limits(above=29.5)},))
    assert single_cut(points, points[:, 1] <= 29) == Rule(({1: Limits(above=29.5)},), inside=False)
    assert single_cut(np.ones((50, 2)), np.arange(50) > 20) is None


def along_trust(below, above, at=0.4, count=600):
    """Partnership gains `below` up to a value of opening trust and `above` beyond; every tenth is turned round."""
    parameters = points_at(count)
    gains = np.where(parameters["opening_trust"] > at, above, below)
    gains[::10] = -gains[::10]
    return two_choices(parameters, np.repeat(gains[:, np.newaxis], 2, axis=1))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_turning_point_that_is_there_is_found(sign):
    found = lines_of(along_trust(-8.0 * sign, 8.0 * sign), 8)
    assert found.bins.parameter == "opening_trust"
    assert found.turning.value == pytest.approx(0.4, abs=0.01)
    above, below = found.turning.above, found.turning.below
    assert (above.better > 0.8, below.better > 0.8) == (sign > 0, sign < 0)
    base, other = (found.medians[found.labels.index(each)] for each in ("no joint action", "partnership"))
    assert ((other < base) == (np.array(found.bins.middles) > 0.4))[[0, 1, 6, 7]].all() == (sign > 0)


def test_no_different_on_one_side_is_no_change_of_order():
    """Up to the value the two are within £1m: partnership is better above it, and neither below."""
    first, second = reversed(choices_of(along_trust(-0.5, 8.0)))
    assert turning_point(first, second) is None


def test_no_turning_point_in_noise():
    for seed in range(12):
        assert lines_of(noise(seed=seed), 8).turning is None


def test_medians_by_hand():
    parameters = {"quorum": np.linspace(0.55, 0.85, 8)}
    gains = np.array([1, 2, 3, 4, 5, 6, 7, 8], float)[:, np.newaxis]
    found = lines_of(two_choices(parameters, gains), 2)
    assert found.medians.shape == (2, 2)
    assert found.medians[0].tolist() == [90, 90]
    assert found.medians[1].tolist() == [90 - 2.5, 90 - 6.5]


def test_the_assumption_that_goes_furthest_is_shown_if_none_turns_the_order():
    both = in_a_box(600)
    assert lines_of(both, 8).bins.parameter in {"opening_trust", "accountability_pressure"}
