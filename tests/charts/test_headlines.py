"""A headline is computed from the data, so it can't contradict the picture."""

import pytest

from simulation import charts
from simulation.analysis.bands import Interval
from simulation.analysis.plan_against_delivery import Stages
from simulation.charts.plan_against_delivery import headline as plan_headline
from simulation.charts.question_mix import headline as question_headline
from simulation.charts.trajectory import headline as gap_headline
from simulation.formatting import MINUS
from tests.charts.conftest import study_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("gap", "do_nothing", "target", "words"),
    [
        (139, 216, 0, "£77m of the £216m gap is closed; £139m remains in March 2019"),
        (60, 216, 0, "£156m of the £216m gap is closed; £60m remains in March 2019"),
        (10, 216, 0, "£206m of the £216m gap is closed; £10m remains in March 2019"),
        (0, 216, 0, "The gap closes: £0m against a target of £0m in March 2019"),
        (-3, 216, 0, f"The gap closes: {MINUS}£3m against a target of £0m in March 2019"),
        (39, 104, 40, "The target of £40m is met: £39m of £104m remains in March 2019"),
        (0.001, 104, 40, "The gap closes: £0m against a target of £40m in March 2019"),
        (35, 30, 40, "The target of £40m is met, but the gap grows: £35m remains in March 2019"),
        (210, 216, 0, "The gap hardly changes: £210m of £216m remains in March 2019"),
        (260, 216, 0, "The gap grows beyond that before any savings: £260m against £216m in March 2019"),
        (20, 15, 18, "The gap hardly changes: £20m of £15m remains in March 2019"),
    ],
)
def test_where_the_gap_goes(gap, do_nothing, target, words):
    assert gap_headline(gap, do_nothing, target, "March 2019") == words


@pytest.mark.parametrize(
    ("early", "late", "words"),
    [
        (0.5, 0.25, "Organisations put themselves first in 75% of decisions in the last half-year"),
        (0.5, 0.98, "Organisations ask “our population” from 50% to 98% of decisions, first to last half-year"),
        (0.1, 0.4, "Organisations ask “our population” from 10% to 40% of decisions, first to last half-year"),
        (0.9, 0.6, "Organisations ask “our population” from 90% to 60% of decisions, first to last half-year"),
        (0.5, 0.52, "The question hardly changes: organisations put themselves first in 48% of decisions"),
        (float("nan"), float("nan"), "No questions are asked: there is nothing to meet about"),
    ],
)
def test_where_the_question_goes(early, late, words):
    assert question_headline(early, late) == words


def always(amount):
    return Interval(*[amount] * 6)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((145, 145, 105), "Agreed is not delivered: 100% of the plan agreed, 72% delivered"),
        ((145, 145, 145), "The whole plan is delivered, and is worth £145m, as it said"),
        ((145, 145, 140), "97% of the plan is delivered, but it is worth £140m, not £145m"),
        ((145, 20, 15), "Most of it stays on paper: 14% of the plan agreed, 10% delivered"),
        ((145, 90, 60), "Part of the plan moves: 62% of the plan agreed, 41% delivered"),
        ((145, 0, 0), "Nothing of the plan is agreed: £145m stays on paper"),
        ((0, 0, 0), "There is no plan: the place has no programmes"),
    ],
)
def test_where_the_plan_goes(amounts, words):
    paper, agreed, delivered = amounts
    stages = Stages(paper, always(agreed), always(delivered), always(delivered))
    assert plan_headline(stages) == words


def test_the_picture_shows_what_the_headline_says():
    study = study_of("no joint action")
    chart = charts.trajectory(study)
    simulated = chart.data[chart.data["series"] == "simulated"]
    assert float(simulated["value"].iloc[-1]) == pytest.approx(sorted(study.ensemble["gap"][:, -1])[3:5][0], rel=0.5)
    assert set(chart.data["series"]) >= {"before any savings", "plan", "target", "all ask our population"}


def test_the_bridge_adds_up():
    chart = charts.bridge(study_of("partnership"))
    steps = chart.data.set_index("step")["mean"]
    closed = steps.loc[["efficiency", "programmes"]].sum()
    assert float(steps["before any savings"]) + closed == pytest.approx(float(steps["gap that is left"]))


def test_trust_that_rises_and_trust_that_falls():
    assert charts.trust_map(study_of("partnership")).headline.startswith("Trust grows: from 0.4")
    assert charts.trust_map(study_of("no joint action")).headline.startswith("Trust wears down: from 0.")


@pytest.mark.parametrize(("name", "statistic"), [("trajectory", "medians"), ("bridge", "means")])
def test_a_title_says_of_what_statistic_its_amounts_are_where_there_are_several_runs(name, statistic):
    """The two differ, and stand in one paper."""
    study = study_of("no joint action")
    chart = getattr(charts, name)
    assert chart(study).headline.endswith(f" ({statistic})")
    assert statistic not in chart(study.ensemble.select(slice(0, 1))).headline
