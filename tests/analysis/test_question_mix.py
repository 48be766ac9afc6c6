"""The shares of the two questions add up to 1."""

import numpy as np
import pytest

from simulation.analysis.question_mix import first_and_last, question_mix
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit


def test_the_questions_are_all_that_is_asked():
    mix = question_mix(by_hand(2, system={"population_first": [[0.2], [0.4]]}))
    assert mix.our_population.mean == pytest.approx(0.3)
    assert mix.our_population.mean + mix.my_organisation.mean == pytest.approx(1)
    assert mix.my_organisation.low_90 == pytest.approx(1 - mix.our_population.high_90)


def test_the_table_has_a_row_for_each_question_and_month():
    frame = question_mix(by_hand(2, months=3)).to_pandas()
    assert frame.groupby("question").size().to_dict() == {"my organisation": 3, "our population": 3}


def test_half_years_at_both_ends():
    share = np.repeat([0.1, 0.5, 0.9], [6, 8, 6])
    early, late = first_and_last(by_hand(2, months=20, system={"population_first": share}))
    assert (early.mean, late.mean) == (pytest.approx(0.1), pytest.approx(0.9))


@pytest.mark.parametrize(("months", "early", "late"), [(1, 0.0, 0.0), (2, 0.0, 1.0), (3, 0.0, 2.0), (4, 0.5, 2.5)])
def test_a_run_of_less_than_a_year_is_halved(months, early, late):
    ensemble = by_hand(1, months=months, system={"population_first": np.arange(months) / 10})
    found = first_and_last(ensemble)
    assert [interval.mean for interval in found] == pytest.approx([early / 10, late / 10])


@pytest.mark.filterwarnings("error")
def test_months_in_which_nobody_met_are_left_out():
    share = np.where(np.arange(14) < 3, np.nan, 0.4)
    early, _ = first_and_last(by_hand(2, months=14, system={"population_first": share}))
    assert early.mean == pytest.approx(0.4)
    never, _ = first_and_last(by_hand(2, system={"population_first": np.nan}))
    assert np.isnan(never.mean)
