"""Each organisation against its own plan."""

import numpy as np
import pytest

from simulation.analysis.own_plan import against_own_plan, run_income
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit


def test_an_organisation_on_its_plan_is_neither_better_nor_worse_off():
    # the place plans £24m a year: by income a third of it, £8m, is a's, and £16m is b's
    ensemble = by_hand(1, outturns=[[[-8.0, -16.0]]], do_nothing={"2020-04": 24.0}, plan={"2020-04": 24.0})
    assert against_own_plan(ensemble) == pytest.approx(np.zeros((1, 2)))


def test_financial_years_add_up_to_the_run():
    ensemble = by_hand(
        1, months=24, outturns=[[[-3.0, 0.0], [-5.0, 0.0]]], do_nothing={"2020-04": 0.0}, plan={"2020-04": 0.0}
    )
    assert against_own_plan(ensemble)[0].tolist() == pytest.approx([-8.0, 0.0])


def test_deficit_shares_that_are_given_go_before_income():
    organisations = {
        "a": {"role": "commissioner", "income": 100.0, "deficit_share": 3},
        "b": {"role": "provider", "income": 900.0, "deficit_share": 1},
    }
    ensemble = by_hand(1, organisations=organisations, do_nothing={"2020-04": 8.0}, plan={"2020-04": 8.0})
    assert against_own_plan(ensemble)[0].tolist() == pytest.approx([6.0, 2.0])


def test_income_over_the_run():
    assert run_income(by_hand(1, months=6).axes).tolist() == [50.0, 100.0]


def test_the_second_year_is_discounted():
    years = [[[-3.0, 0.0], [-5.0, 0.0]]]
    ensemble = by_hand(1, months=24, outturns=years, do_nothing={"2020-04": 24.0}, plan={"2020-04": 24.0})
    own = against_own_plan(ensemble, discount=3.5)[0]  # it plans −8 in either year
    assert own[0] == pytest.approx((-3 + 8) + (-5 + 8) / 1.035)
