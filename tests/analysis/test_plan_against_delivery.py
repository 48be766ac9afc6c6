"""The plan stage by stage, and when it was agreed."""

from math import isnan

import pytest

from simulation.analysis.plan_against_delivery import plan_against_delivery
from simulation.charts.plan_against_delivery import plan_against_delivery as chart
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit

NAN = float("nan")
REPLICATES = by_hand(
    4,
    agreements={
        ("care", "agreed"): [2, 5, NAN, NAN],
        ("care", "milestones_met"): [4, 1, 0, 0],
        ("care", "worth"): [3.0, 1.0, 0.0, 0.0],
        ("home", "agreed"): [NAN, NAN, NAN, 0],
    },
)


def test_the_place_stage_by_stage():
    place_stages = plan_against_delivery(REPLICATES).place
    # on paper 6 + 4; agreed (6 + 6 + 0 + 4)/4 = 4; delivered (6·4/4 + 6·1/4)/4 = 1.875; realised (3 + 1)/4 = 1
    assert place_stages.means == (10.0, 4.0, 1.875, 1.0)


def test_half_of_the_replicates_agree_by_the_month_that_is_named():
    care, home = plan_against_delivery(REPLICATES).programmes
    assert (care.agreed_by, care.never_agreed) == ("2020-09", 2)
    assert (home.agreed_by, home.never_agreed) == (None, 3)


def test_the_table_begins_with_the_place():
    frame = plan_against_delivery(REPLICATES).to_pandas()
    assert frame["programme"].tolist() == ["", "care", "home"]
    assert frame["delivered"].tolist() == [1.875, 1.875, 0.0]
    assert frame["agreed_by"].tolist()[1] == "2020-09"
    assert frame["replicates"].tolist() == [4, 4, 4]


def test_a_place_without_programmes_has_an_empty_plan():
    plan = plan_against_delivery(by_hand(2, programmes={}))
    assert plan.programmes == ()
    assert plan.place.means == (0.0, 0.0, 0.0, 0.0)
    assert len(plan.to_pandas()) == 1


def test_how_much_is_late():
    """Nothing is in delivery at first; then half of it is behind, then all, in one replicate; the other has nothing."""
    behind = [[NAN, NAN, 0.5, 1.0] + [NAN] * 8, [NAN] * 12]
    plan = plan_against_delivery(by_hand(2, system={"behind": behind}))
    assert plan.behind == (0.75, 1)
    assert plan.to_pandas().iloc[0][["behind", "in_delivery_in"]].tolist() == [0.75, 1]
    assert "75% of programmes in delivery are behind" in (said := chart(by_hand(2, system={"behind": behind})).note)
    assert "in an average month in which any is, in 1 of 2 simulated runs." in said


def test_each_month_in_which_any_is_in_delivery_counts_alike():
    """All are behind in the one month of one replicate, none in the three of the other: a quarter, and not a half."""
    behind = [[1.0] + [NAN] * 11, [0.0] * 3 + [NAN] * 9]
    ensemble = by_hand(2, system={"behind": behind})
    assert plan_against_delivery(ensemble).behind == (0.25, 2)
    assert "25% of programmes in delivery are behind their promised pace in an average month." in chart(ensemble).note


def test_what_is_saved_is_the_part_of_what_is_delivered_that_the_bars_show():
    """Not the mean of each replicate's part: one that delivers little would count as much as one that delivers much."""
    plan = plan_against_delivery(REPLICATES)
    _, _, delivered, realised = plan.place.means
    assert plan.realised_part == plan.to_pandas().iloc[0]["realised_part"] == realised / delivered
    nothing = plan_against_delivery(by_hand(2, programmes={}))
    assert isnan(nothing.realised_part)
