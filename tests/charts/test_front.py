"""Letters of a front: those of two options that cost nearly the same stand on either side."""

import numpy as np
import pytest

from simulation.analysis.front_points import FrontPoint, FrontPoints
from simulation.analysis.options import Amount
from simulation.charts.front import _letters_below

pytestmark = pytest.mark.unit


def some(*options):
    """Return options of these costs; True for one that another beats."""
    none = Amount(mean=0.0, half_width=0.0)
    points = [
        FrontPoint(label="", cost=cost, closes=none, worst_off="", change=none, beaten=beaten)
        for cost, beaten in options
    ]
    return FrontPoints(points=tuple(points), others=np.empty((0, 2)), cases=16)


@pytest.mark.parametrize(
    ("options", "below"),
    [
        ([(1.0, False), (3.0, False)], [False, False]),
        ([(2.0, True), (2.1, False)], [True, False]),
        ([(2.0, False), (2.1, True)], [False, True]),
        ([(6.8, False), (7.0, False)], [False, True]),
        ([(1.0, False), (2.0, True), (2.1, False)], [False, True, False]),
        ([(2.0, False), (2.1, False), (2.2, False)], [False, True, False]),
    ],
)
def test_of_two_that_cost_nearly_the_same_one_letter_stands_below_and_off_the_steps(options, below):
    assert _letters_below(some(*options), crowded=0.4) == below
