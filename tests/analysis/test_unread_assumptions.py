"""A parameter that no rule reads has no worth, however well chance makes a gap go with it."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation import run_comparison
from simulation.analysis.along_assumption import lines_of
from simulation.analysis.assumptions import study_swings
from simulation.analysis.choices import choices_of, points_of
from simulation.analysis.deciding import deciding
from simulation.analysis.information import find_information
from simulation.charts.catalogue import reason_unavailable
from simulation.charts.deciding import heat_maps
from simulation.charts.tornado import tornado
from simulation.parameters import TABLE
from simulation.report.register import register_to_pandas
from simulation.report.requests import requests_of
from simulation.report.risks import risks_of
from simulation.report.subject import subject_of
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.unread_parameters import unread_parameters
from simulation.scenario.schema import Scenario
from tests.places import month_after, place

pytestmark = pytest.mark.unit

POINTS = 300
NAMES = ("menu_effect", "opening_trust", "loss_ratio", "goal_effect")
RANGES = {row.name: (row.low, row.high) for row in TABLE}
DRAWN = dict(zip(NAMES, np.random.default_rng(3).uniform(size=(len(NAMES), POINTS)), strict=True))
GOAL, MENU = {"superordinate_goal": {"strength": 1}}, {"menu_framing": {"strength": 1}}


def of(**changes) -> Scenario:
    return Scenario.model_validate(place(months=6, **changes))


@cache
def plain(second: str) -> Comparison:
    levers = {"goal": GOAL, "menu": MENU}[second]
    return run_comparison({"nothing": of(), second: of(levers=levers)}, replicates=4, seed=1)


def sample(by_menu: float, by_trust: float, held: tuple[str, ...] = ()) -> Replicates:
    """Gaps of which chance, or a rule, makes a part go with the effect of a menu, and a part with opening trust."""
    drawn = {name: np.full(POINTS, 0.5) if name in held else DRAWN[name] for name in NAMES}
    moved = by_menu * DRAWN["menu_effect"] + by_trust * drawn["opening_trust"]
    gap = (40 + moved + np.random.default_rng(4).normal(size=POINTS) / 10)[:, None]
    values = {name: RANGES[name][0] + (RANGES[name][1] - RANGES[name][0]) * part for name, part in drawn.items()}
    return Replicates(columns={"gap": gap, "cumulative_position": -gap}, parameters=values)


def compared(second: str, nothing: Replicates, other: Replicates) -> Comparison:
    cases = tuple(
        replace(case, study=replace(case.study, assumptions=each))
        for case, each in zip(plain(second).cases, (nothing, other), strict=True)
    )
    return replace(plain(second), cases=cases)


def without_menu(**held) -> Comparison:
    """The gap of the goal, and so the difference, goes with the effect of a menu that nobody has."""
    return compared("goal", sample(0, 4), sample(30, -4))


def test_the_gap_is_moved_by_what_a_rule_reads_alone():
    comparison = without_menu()
    study = comparison.studies["goal"]
    assert {each.parameter for each in study_swings(study).ranked} == set(NAMES) - {"menu_effect"}
    assert {each.parameter for each in study_swings(comparison.studies["nothing"]).ranked} == {
        "opening_trust",
        "loss_ratio",
    }
    chart = tornado(study)
    assert chart.headline.startswith(("Opening trust", "No single assumption", "Which of 3 assumptions"))
    assert "menu_effect" not in set(chart.data["parameter"])
    worth = register_to_pandas(study.ensemble.scenario, study).set_index("where")["worth"]
    assert "parameters.menu_effect" not in worth.dropna().index
    assert "menu" not in " ".join(requests_of(comparison, subject_of(comparison)))


def test_the_difference_is_not_moved_by_what_neither_reads():
    said = risks_of(subject_of(without_menu()))
    assert any("the difference between" in each for each in said)
    assert not any("menu" in each for each in said)


def test_the_difference_is_moved_by_what_one_of_them_reads():
    said = risks_of(subject_of(compared("menu", sample(0, 4), sample(30, -4))))
    (moving,) = [each for each in said if "the difference between" in each]
    assert moving.startswith("What moves the difference between nothing and menu most: effect of a menu")


def test_what_the_one_that_reads_it_holds_moves_nothing_in_the_other():
    found = compared("menu", sample(0, 4), sample(30, -4, held=("menu_effect",)))
    assert not any("effect of a menu" in each for each in risks_of(subject_of(found)))
    assert points_of(*choices_of(found))[0] == ("opening_trust", "loss_ratio")


def test_no_rule_no_line_and_no_question_is_about_it():
    comparison = without_menu()
    found = deciding(comparison, "goal", "nothing")
    assert set(found.parameters) == set(NAMES) - {"menu_effect"}
    assert lines_of(comparison, 4).bins.parameter != "menu_effect"
    assert "menu_effect" not in {each.name for each in find_information(comparison).single}
    assert all("menu_effect" not in (each.across.parameter, each.up.parameter) for each in heat_maps(comparison))


def test_without_two_that_matter_nothing_is_drawn_by_the_two_that_decide_most():
    held = ("opening_trust", "goal_effect")
    comparison = compared("goal", sample(0, 4, held), sample(30, -4, held))
    assert deciding(comparison, "goal", "nothing").parameters == ("loss_ratio",)
    assert heat_maps(comparison) == []
    assert reason_unavailable("deciding", comparison) == "fewer than two of the model’s assumptions were varied"
    neither = compared("goal", sample(0, 4, (*held, "loss_ratio")), sample(30, -4, (*held, "loss_ratio")))
    assert lines_of(neither, 4) is None
    assert reason_unavailable("information", neither) == "no assumption was varied"


@pytest.mark.parametrize(
    ("changes", "name", "unread"),
    [
        ({}, "menu_effect", True),
        ({"levers": MENU}, "menu_effect", False),
        ({"levers": {"menu_framing": {"strength": 0}}}, "menu_effect", True),
        ({"levers": {"coaching": {"strength": 1, "from": month_after(6)}}}, "coaching_skill", True),
        ({"levers": {"coaching": {"strength": 1, "from": month_after(5)}}}, "coaching_skill", False),
        ({"programmes": {}}, "quorum", True),
        ({}, "quorum", False),
    ],
)
def test_the_effect_of_a_lever_is_read_where_the_lever_acts_in_some_month(changes, name, unread):
    assert (name in unread_parameters(of(**changes))) is unread


def test_own_savings_that_are_0_and_varied_too_may_be_found():
    entries = {name: {**entry, "efficiency_pool": 0} for name, entry in place()["organisations"].items()}
    subject = of(organisations=entries)
    assert "efficiency_rate" in unread_parameters(subject)
    assert "efficiency_rate" not in unread_parameters(subject, {"organisations.a.efficiency_pool"})
