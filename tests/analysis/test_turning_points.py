"""The month in which most stances become population-first, and vicious circles of pressure and stance."""

import numpy as np
import pytest

from simulation.analysis.first_crossing import first_crossing
from simulation.analysis.vicious_circle import vicious_circle
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit


def crossing_of(*shares):
    return first_crossing(by_hand(len(shares), system={"population_first": np.array(shares)}, months=len(shares[0])))


def test_a_place_crosses_in_the_month_from_which_most_ask_for_the_population():
    found = crossing_of([0.2, 0.6, 0.4, 0.6, 0.9], [0.6, 0.7, 0.7, 0.7, 0.7], [0.6, 0.7, 0.7, 0.7, 0.5])
    assert found.months.tolist()[:2] == [3, 0]
    assert np.isnan(found.months[2])
    assert (found.crossed, found.replicates, found.by) == (2, 3, "2020-07")


def test_half_is_no_majority_and_a_month_without_meetings_is_passed_over():
    found = crossing_of([0.5, 0.5, 0.5], [0.4, np.nan, 0.6], [np.nan, np.nan, np.nan])
    assert np.isnan(found.months[[0, 2]]).all()
    assert found.months[1] == 2
    assert found.by is None


def circle_of(pressure, share):
    system = {"pressure": np.array([pressure], float), "population_first": np.array([share], float)}
    return vicious_circle(by_hand(1, system=system, months=len(pressure)))


def test_a_circle_is_half_a_year_of_more_pressure_and_fewer_who_ask_for_all():
    """Both move from month 2 on: from month 3 to month 9 each is beyond its value a quarter before."""
    found = circle_of([1, 1, 1, 2, 3, 4, 5, 6, 7, 8], [9, 9, 9, 8, 7, 6, 5, 4, 3, 2])
    assert (found.caught, found.begins[0], found.lasts[0], found.usual_length) == (1, 3, 7, 7)


def test_five_months_are_no_circle_nor_is_pressure_alone():
    assert circle_of([1, 1, 1, 2, 3, 4, 5, 6], [9, 9, 9, 8, 7, 6, 5, 4]).caught == 0
    assert circle_of(range(12), [5] * 12).caught == 0
    assert np.isnan(circle_of(range(12), range(12)).usual_length)
