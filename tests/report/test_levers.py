"""The table of levers: the worth of each within a package, by chance and over the ranges."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import run_comparison
from simulation.analysis.attribution import attribute
from simulation.charts.attribution import attribution
from simulation.formatting import millions
from simulation.levers import Lever
from simulation.report.content import build_paper
from simulation.report.lever_uses import alone_of, closes_by_setting
from simulation.report.levers import levers_table
from simulation.report.workbook.book import build_sheets
from simulation.results.lever_combinations import LeverCombinations
from simulation.scenario.schema import Scenario
from tests.charts.conftest import PLACES, comparison_of, with_levers

pytestmark = pytest.mark.unit


def test_the_worth_of_a_lever_over_the_ranges_stands_beside_that_by_chance():
    run = with_levers("no joint action", 8)
    gaps = np.stack([run.cases[0].gaps, run.cases[0].gaps - np.arange(8)], axis=1)
    split = LeverCombinations(first="as it is", second="with levers", levers=("menu_framing",), gaps=gaps)
    plain = replace(run, attribution=split)
    said = "was not run over the ranges of assumptions: its bands are of chance alone."
    assert levers_table(plain).note.endswith(said)
    (caution,) = (
        each
        for each in build_paper(comparison_of("partnership", varied=False), with_charts=False).cautions
        if "Every band here" in each
    )
    assert "is of chance alone: uncertain assumptions are not in it. Do not decide by it." in caution
    over = replace(plain.attribution, points=8, stretch=1.5)
    table = levers_table(replace(plain, attribution_over_ranges=over))
    assert [row[-2:] for row in table.rows if row[0] == "Sum of these levers"] == [("3.5 (0.35 to 6.7)",) * 2]
    assert table.heads[-2:] == ("Closes, £m a year (chance)", "Closes, £m a year (assumptions)")
    assert "over 8 sets of assumptions (ranges stretched by a factor of 1.5)" in table.note
    assert "was not run" not in table.note


def split_of_some(runs):
    """Return eight runs of which some were made of each lever combination, and five sets of assumptions."""
    run = with_levers("no joint action", 8)
    gaps = np.stack([run.cases[0].gaps, run.cases[0].gaps - np.arange(8)], axis=1)[:runs]
    split = LeverCombinations(first="as it is", second="with levers", levers=("menu_framing",), gaps=gaps)
    return replace(run, attribution=split, attribution_over_ranges=replace(split, points=5))


def test_worths_that_rest_on_fewer_runs_say_so_wherever_they_are_shown():
    said = "Worths within “with levers” are of 4 simulated runs of each lever combination, not of 8."
    for runs, is_said in ((4, True), (8, False)):
        found = split_of_some(runs)
        paper = build_paper(found, with_charts=False)
        assert (said in paper.levers.note) == is_said
        assert (said in paper.method[-1]) == is_said
        (sheet,) = (each for each in build_sheets(found, paper) if each.name == "Levers")
        heads = [column.heading for column in sheet.columns]
        (row,) = sheet.rows
        assert row[heads.index("Closes: simulated runs")] == runs
        assert row[heads.index("Closes: sets of assumptions")] == 5


def test_a_package_other_than_the_choice_in_detail_is_named_in_the_heading():
    run = with_levers("no joint action", 8)
    gaps = np.stack([run.cases[0].gaps, run.cases[0].gaps - 1], axis=1)
    split = LeverCombinations(first="as it is", second="with levers", levers=("menu_framing",), gaps=gaps)
    found = replace(run, attribution=split)
    assert levers_table(found, run.cases[1:]).caption.endswith("what it costs and what it is worth")
    assert levers_table(found, run.cases[:1]).caption.endswith("what it is worth in with levers")


def test_the_chart_of_attribution_says_how_many_points_its_ranges_rest_on():
    plain = comparison_of("no joint action", 8)
    drawn = attribution(replace(plain, attribution_over_ranges=replace(plain.attribution, points=8)))
    assert "the mean of 8 sets of assumptions" in drawn.note
    assert {"varied_mean", "varied_median", "varied_low_90", "varied_high_90"} <= {*drawn.data}


PLAIN = PLACES["no joint action"]


def compared(**scenarios):
    """Return a place as it is and changed: a mapping of fields for each changed scenario."""
    written = {"as it is": PLAIN} | {name: PLAIN | fields for name, fields in scenarios.items()}
    read = {name: Scenario.model_validate(each) for name, each in written.items()}
    return run_comparison(read, replicates=4, seed=1)


def use(strength, cost):
    return {"strength": strength, "cost": cost}


def rows_of(comparison, focus=()):
    table = levers_table(comparison, focus)
    return {row[0]: dict(zip(table.heads, row, strict=True)) for row in table.rows}


@pytest.mark.parametrize(
    "more",
    [
        {"do_nothing": {PLAIN["start"]: 3}},
        {"parameters": {"loss_ratio": 3}},
        {"events": [{"event": "cost_shock", "month": PLAIN["start"], "size": 4}]},
        {"levers": {"coaching": use(1, 2), "celebration": use(1, 1)}},
    ],
    ids=["gap", "parameter", "shock", "lever"],
)
def test_a_lever_beside_something_else_is_not_that_lever_alone(more):
    found = compared(changed={"levers": {"coaching": use(1, 2)}} | more)
    assert alone_of(found) == {}
    assert "was not run" in levers_table(found).note
    assert [*alone_of(compared(changed={"levers": {"coaching": use(1, 2)}, "title": "Another"}))] == [Lever.COACHING]


def test_cost_and_worth_of_a_row_are_of_one_setting():
    """The package comes first and has weak coaching for a tenth of the cost; the worth is of the strong one."""
    package = {"levers": {"coaching": use(0.1, 1), "menu_framing": use(1, 0)}}
    found = compared(package=package, coached={"levers": {"coaching": use(1, 10)}})
    rows, alone = rows_of(found), alone_of(found)[Lever.COACHING]["coached"]
    years = found["coached"].scenario.months / 12
    assert alone.label == "coached"
    assert rows["Coaching"]["Cost, £m"] == millions(10 * years)
    assert rows["Coaching"]["Closes, £m a year (chance)"].startswith(millions(-alone.chance.precision.mean))
    assert rows[Lever.MENU_FRAMING.label]["Closes, £m a year (chance)"] == "not run"


def test_the_cost_is_of_the_choice_that_the_paper_is_about_and_the_note_says_what_its_worth_is_of():
    """The package has coaching for a tenth of the cost at which it was run alone."""
    package = {"levers": {"coaching": use(1, 1)}}
    found = compared(
        coached={"levers": {"coaching": use(1, 10)}}, package=package | {"do_nothing": {PLAIN["start"]: 21}}
    )
    years = found["package"].scenario.months / 12
    assert rows_of(found)["Coaching"]["Cost, £m"] == millions(10 * years)
    (about,) = (case for case in found.cases if case.label == "package")
    assert rows_of(found, [about])["Coaching"]["Cost, £m"] == millions(years)
    note = levers_table(found, [about]).note
    assert note.startswith("Costs over the run as “package” assumes them, nominal, undiscounted.")
    assert (
        f"What they close is of “coached”, where these cost something else: Coaching £{millions(10 * years)}m." in note
    )
    assert "where these cost something else" not in levers_table(found).note


def closes_of(label, found):
    """Return the mean that a scenario closes beyond the baseline, as a table writes it."""
    return millions(float((found.cases[0].gaps - case_of(label, found).gaps).mean()))


def case_of(label, found):
    (case,) = (case for case in found.cases if case.label == label)
    return case


def test_the_worth_of_a_lever_is_of_the_strength_that_the_paper_is_about():
    found = compared(half={"levers": {"coaching": use(0.5, 0)}}, full={"levers": {"coaching": use(1, 0)}})
    assert closes_of("half", found) != closes_of("full", found)
    for label in ("half", "full"):
        shown = rows_of(found, [case_of(label, found)])["Coaching"]["Closes, £m a year (chance)"]
        assert shown.partition(" (")[0] == closes_of(label, found)
    assert "with the same settings" in levers_table(found).note


LATE = {"from": f"{int(PLAIN['start'][:4]) + 1}{PLAIN['start'][4:]}"}
NOW = {"from": PLAIN["start"]}


@pytest.mark.parametrize(
    ("other", "is_known"),
    [({"strength": 0.1}, False), (LATE, False), ({"ramp": 6}, False), (NOW, True), ({"cost": 7}, True)],
    ids=["weaker", "later", "slower", "the same start", "cheaper"],
)
def test_the_worth_of_another_setting_is_not_shown(other, is_known):
    """Coaching alone was run; the paper is of a package with it, whose start may be written out or not."""
    package = {"levers": {"coaching": use(1, 2) | other, "menu_framing": use(1, 0)}}
    found = compared(
        alone={"levers": {"coaching": use(1, 2)}}, menu={"levers": {"menu_framing": use(1, 0)}}, package=package
    )
    about = case_of("package", found)
    shown = rows_of(found, [about])["Coaching"]["Closes, £m a year (chance)"]
    assert shown.partition(" (")[0] == (closes_of("alone", found) if is_known else "not run")
    note = levers_table(found, [about]).note
    assert ("no scenario shows what that lever closes by itself with these settings" in note) != is_known


def from_order_to_coach(**coach):
    """Return a comparison that was split from a scenario with an instruction to one with coaching and a menu."""
    order = {"levers": {"top_down_instruction": use(1, 0.2), "menu_framing": use(0.5, 1)}}
    levers = {"coaching": use(1, 2), "menu_framing": use(1, 1)}
    written = {"order": PLAIN | order, "coach": PLAIN | {"levers": levers} | coach}
    read = {name: Scenario.model_validate(each) for name, each in written.items()}
    return run_comparison(read, replicates=4, seed=1, attribution=("order", "coach"))


def test_a_lever_that_is_dropped_or_changed_is_called_so_and_rows_add_up():
    """An instruction for £0.2m a year is dropped, and a menu for £0.5m is doubled."""
    found = from_order_to_coach()
    years, rows = found["coach"].scenario.months / 12, rows_of(found)
    levers = ["Coaching", "Changing menu of contributions", "Dropping instruction from above"]
    names = [*levers, "Sum of these levers"]
    assert [*rows] == names
    assert [rows[name]["Cost, £m"] for name in names] == [
        millions(years * cost) for cost in (2, 0.5, -0.2, 2 + 0.5 - 0.2)
    ]
    worths = {each.lever: each for each in attribute(found.attribution).worths}
    closes = {name: rows[name]["Closes, £m a year (chance)"].partition(" (")[0] for name in names}
    assert closes["Dropping instruction from above"] == millions(worths["top_down_instruction"].shapley.mean)
    assert closes["Sum of these levers"] == millions(sum(each.shapley.mean for each in worths.values()))
    assert rows["Dropping instruction from above"]["What it does"].startswith("Not in “coach”: a programme is agreed")
    note = levers_table(found).note
    assert "Of a lever that “coach” drops and changes, cost and worth are of that difference from “order”" in note


def test_costs_of_a_package_add_up_where_the_choice_in_detail_pays_more_for_a_lever():
    """Gain share for £0.5m a year was split; the choice in detail pays £2m for the same one."""
    goal, coaching = use(1, 0.2), {"coaching": use(1, 0.1)}
    small = {"superordinate_goal": goal, "gain_share": use(1, 0.5)}
    large = {"superordinate_goal": goal, "gain_share": use(1, 2)} | coaching
    written = {"none": PLAIN, "small": PLAIN | {"levers": small}, "large": PLAIN | {"levers": large}}
    read = {name: Scenario.model_validate(each) for name, each in written.items()}
    found = run_comparison(read, replicates=4, seed=1, attribution=("none", "small"))
    about, years = [case_of("large", found)], found["large"].scenario.months / 12
    rows = rows_of(found, about)
    names = ("Shared goal", "Gain share", "Sum of these levers")
    assert [rows[name]["Cost, £m"] for name in names] == [millions(years * cost) for cost in (0.2, 0.5, 0.7)]
    note = levers_table(found, about).note
    assert "as “large” assumes them; Gain share as “small” does" in note
    assert f"In “large” levers cost £{millions(2.3 * years)}m in all." in note


def test_the_workbook_has_what_a_dropped_lever_closes_where_it_is_pulled():
    found = from_order_to_coach()
    worths = {each.lever: each.shapley.mean for each in attribute(found.attribution).worths}
    known = {setting: closes.mean for setting, closes in closes_by_setting(found)}
    assert known == {
        ("order", Lever.TOP_DOWN_INSTRUCTION): -worths["top_down_instruction"],
        ("coach", Lever.COACHING): worths["coaching"],
    }


def test_the_chart_of_attribution_names_what_is_dropped():
    found = from_order_to_coach()
    drawn = attribution(found)
    assert dict(zip(drawn.data["lever"], drawn.data["change"], strict=True)) == {
        "coaching": "added",
        "menu_framing": "changed",
        "top_down_instruction": "dropped",
    }
    assert "dropping instruction from above" in drawn.alt
    assert "What each difference between “order” and “coach” closes" in drawn.subtitle


def test_levers_of_other_choices_are_named_with_whose_cost_it_is():
    found = compared(coached={"levers": {"coaching": use(1, 2)}}, cheered={"levers": {"celebration": use(1, 1)}})
    about = [case for case in found.cases if case.label in {"as it is", "cheered"}]
    assert levers_table(found, about).note.startswith(
        "Costs over the run as “cheered” assumes them; Coaching as “coached” does, nominal, undiscounted. “as it is” "
        "pulls no lever."
    )


def test_all_levers_together_hold_nothing_else_that_differs():
    """Of 10 that are closed, 6 are of something else: the levers close 1 and 3, together 4 in every order."""
    changed = {"levers": {"coaching": use(1, 2), "menu_framing": use(1, 1)}, "do_nothing": {PLAIN["start"]: 3}}
    run = compared(changed=changed)
    parts = np.array([1.0, 3.0, 6.0])
    closed = np.tensordot(parts, np.indices((2, 2, 2)), 1) * np.array([0.5, 1, 1, 1.5]).reshape(-1, 1, 1, 1)
    split = LeverCombinations(
        first="as it is", second="changed", levers=("coaching", "menu_framing", "everything_else"), gaps=50 - closed
    )
    found = replace(run, attribution=split, attribution_over_ranges=replace(split, points=4))
    rows = rows_of(found)
    years = found["changed"].scenario.months / 12
    assert rows["Sum of these levers"]["Cost, £m"] == millions(3 * years)
    for head in ("Closes, £m a year (chance)", "Closes, £m a year (assumptions)"):
        assert float(rows["Sum of these levers"][head].partition(" (")[0]) == 4
        assert float(rows["Everything else that differs"][head].partition(" (")[0]) == 6
    drawn = attribution(found)
    assert (
        "ver the ranges all differences together leave £5.8m to £14m less (9 in 10)" in f"{drawn.headline} {drawn.note}"
    )
    assert " and 1 other" not in drawn.headline
