"""The scenario in detail follows from the verdict, and from the gaps at the defaults only where there is none."""

from dataclasses import replace

import pytest

from simulation.analysis.detail import case_in_detail
from tests.charts.test_leaving_least import case, comparison

pytestmark = pytest.mark.unit


def test_the_only_unbeaten_choice_is_shown_although_another_leads_at_the_defaults():
    """By order leaves less over the ranges in 70 of 100 cases; in partnership leaves least at the defaults."""
    found = comparison(case(0, 130, [120.0] * 100), case(1, 78, [80.0] * 100), case(2, 46, [132.0] * 70 + [20.0] * 30))
    assert case_in_detail(found).label == "by order"


def test_of_several_unbeaten_choices_the_one_with_the_smallest_regret_is_shown():
    """Regrets by hand: by order 0, 2 and 20; in partnership 20, 0 and 0. The medians are 2 and 0."""
    found = comparison(case(0, 40, (90, 90, 90)), case(1, 30, (10, 22, 50)), case(2, 35, (30, 20, 30)))
    assert case_in_detail(found).label == "in partnership"


def test_of_equal_medians_the_smaller_regret_in_19_of_20_decides():
    found = comparison(case(0, 40, [50] * 4), case(1, 40, [50] * 4), case(2, 45, [50, 50, 50, 50.5]))
    assert case_in_detail(found).label == "no joint action"


def test_without_a_verdict_the_smallest_median_gap_at_the_defaults_is_shown():
    assert case_in_detail(comparison(case(0, 40), case(1, 30), case(2, 35))).label == "by order"


def test_no_set_of_assumptions_is_shown_in_detail():
    found = comparison(case(0, 40), case(1, 30))
    assert case_in_detail(replace(found, factors=("parameters.exposure",))) is None
