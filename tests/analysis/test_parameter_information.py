"""The value of knowing a parameter, from a sensitivity sample, against closed forms."""

import numpy as np
import pytest

from simulation.analysis.parameter_information import find_parameter_information
from tests.analysis.sensitivity_samples import sample_of, with_chance

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("method", "points"), [("sobol", 256), ("pawn", 1024)])
def test_the_value_of_a_straight_line_is_its_integral(method, points):
    """The second choice is better by d = 10 x1 + 2 x2 − 5, £1m on average, and is taken now.

    Known x1, u = 10 x1 − 4 is uniform from −4 to 6: the other is taken below 0, which is worth 4² / (2 · 10) = £0.8m.
    Known x2, d is at least 0 on average: the choice never changes.
    """
    sample, names = sample_of(method, 6, points)
    difference = 10 * sample[:, 0] + 2 * sample[:, 1] - 5
    positions = np.stack([np.zeros((len(sample), 4)), with_chance(difference, 1.0, 4)])
    found = find_parameter_information(method, sample, positions, names, seed=1)
    value, error, by_chance = found["x1"]
    assert value == pytest.approx(0.8, abs=3 * error)
    assert 0 < error < 0.15
    assert by_chance < 0.1
    assert found["x1"].is_clear
    assert not any(found[f"x{n}"].is_clear for n in range(2, 7))
    assert [found[f"x{n}"][0] for n in range(2, 7)] == pytest.approx([0] * 5, abs=0.02)


def test_a_single_choice_and_the_steps_of_morris_have_none():
    sample, names = sample_of("morris", 3, 8)
    assert find_parameter_information("morris", sample, np.zeros((2, len(sample), 2)), names, 1) == {}
    sample, names = sample_of("sobol", 3, 8)
    assert find_parameter_information("sobol", sample, np.zeros((1, len(sample), 2)), names, 1) == {}
