"""The worth of uncertain numbers: known slopes are found, and numbers that do nothing are recognised."""

import numpy as np
import pytest

from simulation.analysis.worths import find_worths, find_worths_within

pytestmark = pytest.mark.unit


def sample(points: int, columns: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((points, 1, columns))


def test_straight_lines_are_found_exactly():
    portions = sample(50, 3)
    results = 7 + 3 * portions[:, :, 0] - 2 * portions[:, :, 1]
    found = find_worths(portions, results)
    assert found.worth == pytest.approx([3, -2, 0])
    assert found.explained == pytest.approx(1)
    assert found.half_width == pytest.approx([0, 0, 0], abs=1e-9)


def test_a_number_that_does_nothing_seldom_stands_out():
    clear = 0
    for seed in range(60):
        portions = sample(200, 20, seed)
        noise = np.random.default_rng(1000 + seed).normal(size=(200, 1))
        clear += find_worths(portions, noise).is_clear.any()
    assert clear <= 8  # 5 in 100 places have one at all: 3 of 60 expected, 9 or more once in 300


def test_a_number_that_does_something_stands_out_and_its_interval_holds_its_worth():
    within = 0
    for seed in range(60):
        portions = sample(200, 20, seed)
        noise = np.random.default_rng(1000 + seed).normal(size=(200, 1))
        found = find_worths(portions, 2 * portions[:, :, 4] + noise)
        assert found.is_clear[4]
        assert np.argmax(np.abs(found.worth)) == 4
        within += abs(found.worth[4] - 2) <= found.half_width[4]
    assert within >= 52  # 95 of 100: 57 of 60 expected


def test_leaving_out_each_point_by_hand_gives_the_same_interval():
    portions = sample(30, 2)
    results = portions[:, :, 0] ** 2
    without = [
        find_worths(np.delete(portions, point, axis=0), np.delete(results, point, axis=0)).worth for point in range(30)
    ]
    by_hand = 1.96 * np.sqrt(29 / 30 * ((np.array(without) - np.mean(without, axis=0)) ** 2).sum(axis=0))
    assert find_worths(portions, results).half_width == pytest.approx(by_hand, rel=0.1)


def test_differences_within_points_tell_what_varies_there():
    chance = np.random.default_rng(3)
    portions = chance.random((40, 6, 2))
    own = chance.normal(size=(40, 1))
    found, freed = find_worths_within(portions, own + 4 * portions[:, :, 1])
    assert found.worth == pytest.approx([0, 4])
    assert freed - freed.mean() == pytest.approx(own - own.mean())


def test_a_result_that_never_varies_has_no_worths():
    found = find_worths(sample(20, 2), np.ones((20, 1)))
    assert found.worth == pytest.approx([0, 0])
    assert (found.explained, found.is_clear.any()) == (0, False)


def test_too_few_points_are_refused():
    with pytest.raises(ValueError, match="10 points are too few for 9 uncertain numbers; take at least 11"):
        find_worths(sample(10, 9), np.ones((10, 1)))


def test_two_numbers_of_equal_worth_are_seldom_distinguished_and_a_larger_one_is():
    equal = larger = 0
    for seed in range(60):
        portions = sample(200, 5, seed)
        noise = np.random.default_rng(1000 + seed).normal(size=(200, 1))
        found = find_worths(portions, noise + 2 * portions[:, :, 0] - 2 * portions[:, :, 1] + 4 * portions[:, :, 2])
        size = np.abs(found.worth)
        equal += abs(size[0] - size[1]) > found.between[0, 1]
        larger += size[2] - size[1] > found.between[1, 2]
    assert equal <= 8  # 5 in 100: 3 of 60 expected, 9 or more once in 300
    assert larger >= 57


def test_leaving_out_each_point_by_hand_gives_the_same_interval_of_a_difference():
    portions = sample(30, 2)
    results = portions[:, :, 0] ** 2 - portions[:, :, 1]
    without = np.abs(
        [
            find_worths(np.delete(portions, point, axis=0), np.delete(results, point, axis=0)).worth
            for point in range(30)
        ]
    )
    differences = without[:, 0] - without[:, 1]
    by_hand = 1.96 * np.sqrt(29 / 30 * ((differences - differences.mean()) ** 2).sum())
    between = find_worths(portions, results).between
    assert between[0, 1] == pytest.approx(by_hand, rel=0.1)
    assert between[0, 0] == pytest.approx(0, abs=1e-9)
