"""The table of levers: the worth of each within a package, by chance and over the ranges."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import run_comparison
from simulation.charts.attribution import attribution
from simulation.formatting import millions
from simulation.levers import Lever
from simulation.report.levers import alone_of, levers_table
from simulation.results.comparison import LeverCombinations
from simulation.scenario.schema import Scenario
from tests.charts.conftest import PLACES, comparison_of, with_levers

pytestmark = pytest.mark.unit


def test_the_worth_of_a_lever_over_the_ranges_stands_beside_that_by_chance():
    run = with_levers("no joint action", 8)
    gaps = np.stack([run.cases[0].gaps, run.cases[0].gaps - np.arange(8)], axis=1)
    split = LeverCombinations(first="as it is", second="with levers", levers=("menu_framing",), gaps=gaps)
    plain = replace(run, attribution=split)
    assert "was not run over the ranges" in levers_table(plain).note
    over = replace(plain.attribution, points=8, stretch=1.5)
    table = levers_table(replace(plain, attribution_over_ranges=over))
    assert [row[-2:] for row in table.rows if row[0] == "All of these together"] == [("3.5 (0.35 to 6.6)",) * 2]
    assert table.heads[-2:] == ("Closes, £m a year (chance)", "Closes, £m a year (assumptions)")
    assert "over 8 sets of assumptions (ranges stretched by a factor of 1.5)" in table.note
    assert "was not run" not in table.note


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
    rows, alone = rows_of(found), alone_of(found)[Lever.COACHING]
    years = found["coached"].scenario.months / 12
    assert alone.label == "coached"
    assert rows["Coaching"]["Cost, £m"] == millions(10 * years)
    assert rows["Coaching"]["Closes, £m a year (chance)"].startswith(millions(-alone.chance.precision.mean))
    assert rows[Lever.MENU_FRAMING.label]["Closes, £m a year (chance)"] == "not run"


def test_the_cost_is_of_the_choice_that_the_paper_is_about_and_the_note_says_what_its_worth_is_of():
    """The package has weak coaching for a tenth of the cost of the strong one, which alone shows what it closes."""
    package = {"levers": {"coaching": use(0.1, 1)}}
    found = compared(
        coached={"levers": {"coaching": use(1, 10)}}, package=package | {"do_nothing": {PLAIN["start"]: 21}}
    )
    years = found["package"].scenario.months / 12
    assert rows_of(found)["Coaching"]["Cost, £m"] == millions(10 * years)
    (about,) = (case for case in found.cases if case.label == "package")
    assert rows_of(found, [about])["Coaching"]["Cost, £m"] == millions(0.1 * years)
    note = levers_table(found, [about]).note
    assert note.startswith("Costs over the run as “package” assumes them, nominal, undiscounted.")
    assert (
        f"What they close is of “coached”, where these cost something else: Coaching £{millions(10 * years)}m." in note
    )
    assert "where these cost something else" not in levers_table(found).note


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
    assert rows["All of these together"]["Cost, £m"] == millions(3 * years)
    for head in ("Closes, £m a year (chance)", "Closes, £m a year (assumptions)"):
        assert float(rows["All of these together"][head].partition(" (")[0]) == 4
        assert float(rows["Everything else that differs"][head].partition(" (")[0]) == 6
    assert "over the ranges all differences together close £5.8m to £14m" in attribution(found).headline
    assert " and 1 other" not in attribution(found).headline
