"""A headline is computed from the data, so it can't contradict the picture."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from simulation import charts
from simulation.analysis.bands import Interval
from simulation.analysis.bridge import Bridge, ProgrammeGroup
from simulation.analysis.plan_against_delivery import Stages
from simulation.analysis.question_mix import QuestionEnds
from simulation.charts.bridge import headline as bridge_headline
from simulation.charts.plan_against_delivery import headline as plan_headline
from simulation.charts.question_mix import headline as question_headline
from simulation.charts.text.gap_words import GapOutcome
from simulation.charts.text.trust_words import class_of
from simulation.formatting import MINUS
from tests.charts.conftest import study_of

OURS = "Organisations ask “our population”"

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
        (230, 216, 0, "The gap hardly changes: £230m remains in March 2019, £216m before any savings"),
        # the target is near to the gap before any savings: a part of the way to it says nothing of the gap
        (20, 15, 18, "The gap grows beyond that before any savings: £20m against £15m in March 2019"),
        (30.4, 32, 29.5, "The gap hardly changes: £30m of £32m remains in March 2019"),
        (
            -3,
            216,
            -10,
            f"The gap closes, but the target is not met: {MINUS}£3m against a target of {MINUS}£10m in March 2019",
        ),
        (
            -18,
            -3,
            -4,
            f"There is no gap to close before any savings: it is {MINUS}£18m in March 2019, and the target {MINUS}£4m",
        ),
        (0.004, 104, 0, "£104m of the £104m gap is closed; under £5,000 remains in March 2019"),
        (0.004, 0.02, 0.01, "The target of £0.01m is met: under £5,000 of £0.02m remains in March 2019"),
    ],
)
def test_where_the_gap_goes(gap, do_nothing, target, words):
    assert GapOutcome(gap, do_nothing, target).sentence("March 2019") == words


@pytest.mark.parametrize(
    ("left", "before", "target", "cell"),
    [
        (90, 213, 90, "mostly closes, 58% closed; target met"),
        (103, 213, 90, "mostly closes, 52% closed"),
        (17, 32, 15, "stays open, 47% closed"),
        (17, 32, 30, "stays open, 47% closed; target met"),
        (30, 32, 29.5, "hardly changes, 6% closed"),
        (106.5, 213, 0, "stays open, 50% closed"),
        (10, 213, 0, "nearly closes, 95% closed"),
        (0.1, 213, 0, "nearly closes, over 99% closed"),
        (0, 213, 0, "closes"),
        (-3, 213, 0, "closes"),
        (-3, 213, -10, "closes; target not met"),
        (216, 213, 0, "hardly changes"),
        (300, 213, 0, "grows"),
        (300, 213, 300, "grows; target met"),
        (3, 0, 0, "grows"),
        (3, -2, 0, "grows"),
        (float("nan"), 213, 0, "not known"),
    ],
)
def test_a_gap_mostly_closes_only_if_most_of_the_gap_itself_is_closed(left, before, target, cell):
    assert GapOutcome(left, before, target).cell == cell


@pytest.mark.parametrize(
    ("early", "late", "words"),
    [
        (0.5, 0.25, "Organisations put themselves first in 75% of decisions in the last half-year"),
        (0.5, 0.98, f"{OURS} in 50% of decisions in the first half-year, in 98% in the last"),
        (0.1, 0.4, f"{OURS} in 10% of decisions in the first half-year, in 40% in the last"),
        (0.9, 0.6, f"{OURS} in 90% of decisions in the first half-year, in 60% in the last"),
        (0.52, 0.52, "The question hardly changes: organisations put themselves first in 48% of decisions"),
        (0.5, 0.52, "The question hardly changes: organisations put themselves first in 50% of decisions, then in 48%"),
        (float("nan"), float("nan"), "No questions are asked: there is nothing to meet about"),
        (0.88, float("nan"), f"{OURS} in 88% of decisions in the first half-year; in the last nobody meets"),
        (float("nan"), 0.88, f"{OURS} in 88% of decisions in the last half-year; in the first nobody meets"),
    ],
)
def test_where_the_question_goes(early, late, words):
    met_early, met_late = (int(not isnan(share)) for share in (early, late))
    found = QuestionEnds(
        early=always(early),
        late=always(late),
        met_early=met_early,
        met_late=met_late,
        met=met_early or met_late,
        replicates=1,
        months=24,
    )
    assert question_headline(found) == words
    if not found.met:
        said = "Nobody meets in the first half-year or in the last"
        assert question_headline(replace(found, met=1)) == said


def always(amount):
    return Interval(*[amount] * 6)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((145, 145, 105, 80), "Agreed is not delivered: 100% of the plan agreed, 72% delivered"),
        ((145, 145, 145, 145), "The whole plan is delivered, and is worth £145m, as it said"),
        ((145, 145, 145, 106), "The whole plan is delivered, but that is worth £106m, not £145m"),
        ((145, 145, 144.97, 106), "Over 99% of the plan is delivered, but that is worth £106m, not £145m"),
        ((145, 145, 128, 94), "88% of the plan is delivered, but that is worth £94m, not £128m"),
        ((145, 20, 15, 10), "Most of it stays on paper: 14% of the plan agreed, 10% delivered"),
        ((145, 90, 60, 40), "Part of the plan moves: 62% of the plan agreed, 41% delivered"),
        ((145, 0, 0, 0), "Nothing of the plan is agreed: £145m stays on paper"),
        ((0, 0, 0, 0), "There is no plan: the place has no programmes"),
    ],
)
def test_where_the_plan_goes(amounts, words):
    paper, agreed, delivered, realised = amounts
    stages = Stages(paper, always(agreed), always(delivered), always(realised))
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


def test_amounts_of_the_bridge_are_rounded_one_by_one():
    """65.49 and 15.79 add up to 81.28: neither is shifted so that the written ones do."""
    groups = (ProgrammeGroup("it", ("menu",), always(10.4)), ProgrammeGroup(None, ("home",), always(5.39)))
    built = Bridge(
        month="2019-03", do_nothing=216.0, efficiency=always(65.49), groups=groups, gap=always(134.72), target=0.0
    )
    assert bridge_headline(built) == (
        "Savings close £81m of £216m: £65m from own efficiency, £16m from joint programmes"
    )


@pytest.mark.parametrize("replicates", [1, 32, 60, 1000])
def test_a_mean_of_many_times_the_border_is_not_below_it(replicates):
    means = [float(np.full(replicates, trust).mean()) for trust in (0.4, 0.6, 0.3949, 0.5949)]
    assert [class_of(mean) for mean in means] == [1, 2, 0, 1]
    assert [class_of(float(sum([trust] * 1000) / 1000)) for trust in (0.4, 0.6)] == [1, 2]


def test_a_surplus_is_no_gap_that_savings_close():
    built = Bridge(month="2019-03", do_nothing=-6.0, efficiency=always(3.0), groups=(), gap=always(-9.0), target=0.0)
    said = "There is no gap to close before any savings; these bring £3m, £3m from own efficiency, £0m from programmes"
    assert bridge_headline(built) == f"{said}; the target of £0m is met"


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


def test_lines_that_begin_when_the_first_programme_opens_say_in_how_many_runs_organisations_meet():
    """A place without contracts, whose one programme opens in the sixth month."""
    study = study_of("not yet open")
    chart = charts.question_mix(study)
    months = "in each month of those in which organisations meet: none in the first, 8 in the last."
    assert months in f"{chart.subtitle} {chart.note}"
    cases = f"9 in 10 of those of {len(study.assumptions):,} in which organisations meet, allowing for uncertain"
    assert cases in chart.note
