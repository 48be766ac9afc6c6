"""Money as a board reads it: the table by year, and sentences on pay-back, on who pays, and on who never moves."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.discounting import discounted
from simulation.analysis.holding_out import holding_out
from simulation.analysis.organisation_changes import WHOLE_RUN, organisation_changes
from simulation.analysis.pay_back import pay_back
from simulation.charts.text.finance_words import never_moving, pay_back_words
from simulation.charts.text.who_pays_words import who_pays, who_pays_in_short
from simulation.formatting import MINUS
from simulation.money_unit import THOUSANDS
from simulation.report.content import build_paper
from simulation.report.finance import finance_tables
from simulation.report.key_figures import key_figures
from simulation.report.money import costs_words, money_of
from simulation.report.subject import subject_of
from simulation.results.comparison import side_by_side
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.charts.conftest import comparison_of
from tests.report.conftest import paper_of

pytestmark = pytest.mark.unit

MONTHS = np.arange(24)
TOGETHER = by_hand(
    2,
    months=24,
    levers={"coaching": {"strength": 1, "cost": 6.0}},
    system={
        "do_nothing": 24.0,
        "programmes": np.where(MONTHS < 12, 0.0, 36.0),
        "position": np.where(MONTHS < 12, -2.5, 0.5) + np.array([[-0.1], [0.1]]),
    },
)
"""£2m a month to close; levers at £0.5m a month; programmes worth £3m a month from the second year."""

PAIR = {
    "no joint action": Study(ensemble=by_hand(2, months=24, system={"do_nothing": 24.0, "position": -2.0})),
    "together": Study(ensemble=TOGETHER),
}

NEVER = "never moving, that is always asking “my organisation”"


def test_the_lines_of_each_year_are_in_the_table():
    """The position is −2.5 × 12 = −30 and 0.5 × 12 = 6; over the run ±2.4 by replicate."""
    table, *_ = finance_tables(side_by_side(PAIR))
    assert table.heads == ("Scenario and line", "2020/21", "2021/22", "Whole run")
    assert [tuple(cell.replace(MINUS, "-") for cell in row) for row in table.rows] == [
        ("No joint action",),
        ("Gap before any savings", "-24", "-24", "-48"),
        ("Position", "-24", "-24", "-48"),
        ("Together",),
        ("Gap before any savings", "-24", "-24", "-48"),
        ("Saved by programmes", "0", "36", "36"),
        ("Levers", "-6", "-6", "-12"),
        ("Position", "-30", "6", "-24 (-26 to -22)"),
    ]
    assert sum(table.widths) == pytest.approx(1.0)
    assert table.note.startswith("Means, nominal, undiscounted; in brackets 9 in 10 simulated runs, by chance alone.")
    assert "Means add up, medians do not" in table.note


def test_the_table_is_discounted_and_says_so():
    table, *_ = finance_tables(discounted(side_by_side(PAIR), 3.5))
    programmes = next(row for row in table.rows if row[0] == "Saved by programmes")
    assert programmes[1:] == ("0", "35", "35")
    assert "discounted at 3.5% a year" in table.note
    assert "undiscounted" not in table.note


def test_a_table_of_many_scenarios_and_years_stays_readable():
    long = by_hand(1, months=80, system={"position": -1.0}, levers={"coaching": {"strength": 1, "cost": 6.0}})
    comparison = side_by_side({f"choice {number}": Study(ensemble=long) for number in range(12)})
    over_run, by_year, _ = finance_tables(comparison, ("choice 7",))
    assert over_run.heads[-3:] == ("Set-up", "Levers", "Position")
    assert [row[0] for row in over_run.rows] == [f"Choice {number}" for number in range(12)]
    assert over_run.rows[0][-2:] == (f"{MINUS}40", f"{MINUS}80")
    assert by_year.heads == (
        "Scenario and line",
        "2020/21",
        "2021/22",
        "2022/23",
        "2023/24 to 2026/27 (part)",
        "Whole run",
    )
    assert [row for row in by_year.rows if len(row) == 1] == [("Choice 7",)]
    assert by_year.rows[2][1:] == tuple(f"{MINUS}{each}" for each in (6, 6, 6, 22, 40))
    assert over_run.note == "Means, nominal, undiscounted."
    assert "The other scenarios by year are in costs-and-position.csv." in by_year.note


def test_places_that_run_over_other_months_do_not_share_a_table():
    table, *_ = finance_tables(comparison_of("gap closes"))
    assert [row for row in table.rows if len(row) == 1] == [("As it is",)]
    assert "“the other” runs over other months and is not here." in table.note


def test_scenarios_that_have_no_row_are_counted():
    run = by_hand(1, months=24, system={"position": -1.0})
    over_run, by_year, *_ = finance_tables(
        side_by_side({f"choice {number}": Study(ensemble=run) for number in range(26)})
    )
    assert len(over_run.rows) == 24
    assert "2 more are in costs-and-position.csv." in by_year.note


def test_sets_of_assumptions_have_no_table():
    assert paper_of("sobol").finance == ()
    assert any(table.caption.startswith("Costs and position") for table in paper_of("compared").finance)


def test_pay_back_is_said_with_its_spread():
    """£7.2m or £4.8m behind after a year, then £2.4m or £2.6m a month better: paid back in three months or two."""
    (found,) = pay_back(side_by_side(PAIR))
    assert pay_back_words(found) == (
        "Against no joint action, together pays back by May 2021 in the middle simulated run (May 2021 to June 2021 in "
        "9 of 10), and within the run in 2 of 2 simulated runs."
    )
    never = replace(found, by_chance=replace(found.by_chance, median=None, paid=0))
    assert pay_back_words(never).endswith("together does not pay back within the run in any of 2 simulated runs.")
    some = replace(found, by_chance=replace(found.by_chance, paid=1, same=1))
    assert pay_back_words(some).endswith(
        "within the run in 1 of 2 simulated runs that differ (and costs and saves the same in 1 of 3 simulated runs)."
    )
    seldom = replace(found, by_chance=replace(found.by_chance, median=None, paid=1))
    assert pay_back_words(seldom).endswith("together pays back within the run in 1 of 2 simulated runs only.")


def test_a_choice_that_changes_nothing_does_not_pay_back():
    """It is equal to the bit: it is neither better nor worse, and there is no month in which it has paid back."""
    compared = side_by_side({"no joint action": PAIR["no joint action"], "celebration": PAIR["no joint action"]})
    (found,) = pay_back(compared)
    assert (found.by_chance.same, found.by_chance.of, found.by_chance.is_same) == (2, 0, True)
    said = "celebration costs and saves the same in 2 of 2 simulated runs."
    assert pay_back_words(found) == f"Against no joint action, {said}"
    _, table = finance_tables(compared)
    assert table.rows == (("Celebration", "no difference", "–", "–", "–"),)
    subject = replace(subject_of(compared), case=compared.cases[1], against=compared.cases[0])
    said = " ".join(money_of(compared, subject))
    assert "position with celebration, costs included, is the same. Both cost and save the same in 2 of 2 sim" in said
    figure = next(each for each in key_figures(compared, subject) if "position" in each.label)
    assert figure.value == "£0m"
    assert figure.label.startswith("difference in position over the run with celebration")
    assert "no joint action (£0m); nothing to pay back" in figure.label


def test_a_table_says_when_each_scenario_catches_up():
    _, table = finance_tables(side_by_side(PAIR))
    assert table.caption == "When the position over the run catches up with no joint action"
    assert table.rows == (("Together", "May 2021 (May 2021 to Jun 2021)", "2 of 2", "–", "–"),)
    assert "nominal, undiscounted" in table.note
    assert len(finance_tables(side_by_side({"together": PAIR["together"]}))) == 1


def changes_of(outturns, **study):
    base = Study(ensemble=by_hand(3, months=24))
    both = {"alone": base, "together": Study(ensemble=by_hand(3, months=24, outturns=outturns), **study)}
    return [each for each in organisation_changes(side_by_side(both)) if each.period == WHOLE_RUN]


def test_one_sentence_says_who_pays_and_what_would_make_it_whole():
    """On average a gains (4 + 3 + 5) / 3 and b loses (2 + 1.5 + 2.5) / 3: by intervals of ±2.5 and ±1.2, both do."""
    found = changes_of([[[1.0, -2.0], [3.0, 0.0]], [[1.0, -1.0], [2.0, -0.5]], [[1.0, -3.0], [4.0, 0.5]]])
    said = (
        "With together, at our central assumptions, 1 of 2 organisations gains £4m (a) and 1 pays £2m{} against alone "
        "({}): b £2m. It loses in 3 of 3 simulated runs. £2m from the one that gains £4m would make it whole."
    )
    assert who_pays(found, 0.0) == said.format(" over the run", "means, nominal, undiscounted")
    assert who_pays(found) == said.format("", "means")


def test_nobody_is_named_as_paying_whose_interval_holds_0():
    """On average b loses (1 + 0 + 5) / 3 = £2m ± 6.6: more simulated runs might show that it gains."""
    found = changes_of([[[1.0, -2.0], [3.0, 1.0]], [[1.0, 1.0], [2.0, -1.0]], [[1.0, -3.0], [4.0, -2.0]]])
    assert who_pays(found) == (
        "With together, at our central assumptions, 1 of 2 organisations gains £4m (a) and none clearly pays against "
        "alone (means). Of b it is not clear: its 95% interval holds 0."
    )
    paid = changes_of([[[-4.0, -2.0]] * 2, [[-4.0, 0.0]] * 2, [[-4.0, 1.0]] * 2])
    assert who_pays(paid).endswith(
        "none clearly gains and 1 pays £8m against alone (means): a £8m. It loses in 3 of 3 simulated runs. Of b it is "
        "not clear: its 95% interval holds 0. No organisation clearly gains, so who could make it whole is not clear."
    )
    neither = changes_of([[[-4.0, -2.0]] * 2, [[4.0, 0.0]] * 2, [[0.0, 1.0]] * 2])
    assert who_pays(neither) == (
        "With together, at our central assumptions, it is not clear of any of 2 organisations if it gains or pays, by "
        "95% intervals, against alone (means)."
    )


def test_amounts_under_5000_pounds_are_not_called_nothing():
    """In every run a gains £2,000 and b pays £1,000: in £m both would be 0."""
    found = changes_of([[[0.001, -0.0005]] * 2] * 3)
    assert who_pays(found) == (
        "With together, at our central assumptions, 1 of 2 organisations gains under £5,000 (a) and 1 pays under "
        "£5,000 against alone (means): b under £5,000. It loses in 3 of 3 simulated runs. Under £5,000 from the one "
        "that gains under £5,000 would make it whole."
    )
    assert who_pays(found, unit=THOUSANDS).endswith(
        "1 of 2 organisations gains £2,000 (a) and 1 pays £1,000 against alone (means): b £1,000. It loses in 3 of 3 "
        "simulated runs. £1,000 from the one that gains £2,000 would make it whole."
    )
    assert who_pays(changes_of(0.0)) == (
        "With together, at our central assumptions, no organisation gains or pays against alone (means)."
    )


def test_it_is_not_clear_if_what_is_gained_suffices_where_chance_decides():
    """One gains 3, 4, 5. The other pays 3, 5, 5, so that 0.33 more is paid; or 3, 4.5, 4, so that 0.17 less is."""
    for paid in ((3, 5, 5), (3, 4.5, 4)):
        found = changes_of(
            [[[1.0, -amount], [gained - 1.0, 0.0]] for gained, amount in zip((3, 4, 5), paid, strict=True)]
        )
        assert who_pays(found).endswith(
            " It is not clear if the one that gains £4m could make it whole: the 95% interval of what is gained less "
            "what is paid holds 0."
        )


def test_what_is_gained_may_not_suffice():
    assert who_pays(changes_of([[[1.0, -3.0]] * 2] * 3), 3.5).endswith(
        "(means, discounted at 3.5% a year): b £6m. It loses in 3 of 3 simulated runs. The one "
        "that gains £2m could not make it whole, since that is £4m less than is paid."
    )
    both = who_pays(changes_of([[[-1.0, -3.0]] * 2] * 3), 0.0)
    assert both == (
        "With together, at our central assumptions, none gains and 2 pay £8m over the run against alone (means, "
        "nominal, undiscounted): b £6m; a £2m. "
        "Each loses in 3 of 3 simulated runs. No organisation gains, so nobody could make "
        "them whole."
    )
    nobody = who_pays(changes_of([[[1.0, 0.0]] * 2] * 3), 0.0)
    assert nobody == (
        "With together, at our central assumptions, 1 of 2 organisations gains £2m (a) and none pays over the run "
        "against alone (means, nominal, undiscounted)."
    )


def test_a_headline_on_who_pays_ends_with_a_word_whatever_the_runs_show():
    """It is the sentence as far as its first amounts, whatever a scenario is called."""
    every = {
        "1 of 2 organisations gains £4m (a) and 1 pays £4m": [[[2.0, -2.0]] * 2] * 3,
        "1 of 2 organisations gains £2m (a) and none pays": [[[1.0, 0.0]] * 2] * 3,
        "no organisation gains or pays": 0.0,
        "it is not clear of any of 2 organisations if it gains or pays, by 95% intervals": [
            [[-4.0, -2.0]] * 2,
            [[4.0, 0.0]] * 2,
            [[0.0, 1.0]] * 2,
        ],
        "no organisation clearly gains or pays: of 1 of 2 organisations it is not clear, by 95% intervals": [
            [[-4.0, 0.0]] * 2,
            [[4.0, 0.0]] * 2,
            [[0.0, 0.0]] * 2,
        ],
    }
    for said, outturns in every.items():
        found = [replace(each, scenario="half over the run") for each in changes_of(outturns)]
        short = who_pays_in_short(found)
        assert short == f"With half over the run, at our central assumptions, {said}"
        assert who_pays(found, 0.0).startswith(short)


def test_those_that_pay_are_named_with_how_often_the_one_that_loses_in_fewest_runs_does():
    found = changes_of([[[-1.0, -3.0]] * 2, [[-1.0, -3.0]] * 2, [[-1.2, -3.0]] * 2])
    found = [replace(each, loses_in=2) if each.organisation == "a" else each for each in found]
    assert "b £6m; a £2.1m. Each loses in at least 2 of 3 simulated runs." in who_pays(found)
    wide = [replace(each, varied=each.band, varied_loses_in=30, varied_of=40) for each in found]
    assert "simulated runs, and in 30 of 40 over the ranges of assumptions." in who_pays(wide)


def held_out(own, other):
    """What a never moving brings a and b, in three replicates, against 0 each."""
    outturns = np.stack([np.array(own, float), np.array(other, float)], axis=-1)[:, np.newaxis]
    held = Replicates(columns={"gap": np.zeros((3, 1))}, outturns=outturns)
    return holding_out(Study(ensemble=by_hand(3), holding_out={"a": held}))


def test_one_sentence_says_who_gains_by_never_moving_and_what_it_costs():
    assert never_moving(held_out([3, 3, 3], [-5, -5, -5])) == (
        f"A alone gains by {NEVER}: £3m over the run, at a cost to the others of £5m (nominal, undiscounted, means)."
    )
    assert "£3m over the run, at no clear cost to the others (" in never_moving(held_out([3, 3, 3], [-5, 9, -8]))
    both = never_moving(held_out([3, 3, 3], [5, 5, 5]))
    assert "£3m over the run, and the others gain £5m too: the joint work that it stops costs more" in both
    unsure = never_moving(held_out([9, -8, 0], [0, 0, 0]))
    assert unsure == f"No organisation clearly gains by {NEVER} (by 95% intervals; nominal, undiscounted)."
    assert never_moving(()) == ""


def test_one_gains_alone_by_never_moving_only_where_the_others_clearly_do_not():
    (first,) = held_out([3, 3, 3], [-5, -5, -5])
    unclear, loses, none = (
        replace(first, organisation=name, name=name.upper(), gain=held_out(own, [0, 0, 0])[0].gain)
        for name, own in (("b", [1, -0.5, 1]), ("c", [-1, -1, -1]), ("d", [0, 0, 0]))
    )
    assert never_moving((first, loses, none)).startswith(f"A alone gains by {NEVER}: £3m")
    said = never_moving((first, unclear, loses))
    assert said.startswith(f"A clearly gains by {NEVER}: £3m over the run")
    assert said.endswith("(nominal, undiscounted, means). Of B it is not clear: its 95% interval holds 0.")
    second = replace(first, name="E")
    assert never_moving((first, second, loses)).startswith(f"2 of 3 organisations gain by {NEVER}, a most")
    assert never_moving((first, second, unclear)).startswith(f"2 of 3 organisations clearly gain by {NEVER}, a most")


def test_the_front_sheet_says_both():
    comparison = side_by_side(PAIR)
    held = Replicates(columns={"gap": np.zeros((2, 24))}, outturns=np.full((2, 2, 2), 1.0))
    case = comparison.cases[1]
    focus = replace(case, gaps=case.gaps - 5.0, study=replace(case.study, holding_out={"a": held}))
    paper = build_paper(replace(comparison, cases=(comparison.cases[0], focus)))
    assert any(
        said
        == "With together, at our central assumptions, no organisation gains or pays against no joint action (means)."
        for said in paper.money
    )
    assert any(f"A alone gains by {NEVER}: £2m over the run, and the others gain £2m too" in r for r in paper.risks)


def test_each_choice_says_for_what_it_spends():
    """Where the baseline pulls levers and the choice does not, the baseline's sum is not one for setting up."""
    comparison = side_by_side(PAIR)
    none, together = comparison.cases
    subject = replace(subject_of(comparison), case=none, against=together)
    assert costs_words(subject, none.study) == "No joint action spends £0m; together £12m on its levers."


def test_the_first_page_has_the_costs_by_hand():
    """Levers at £0.5m a month over 24 months; £7.2m or £4.8m behind after a year, £24m ahead of it at the end."""
    comparison = side_by_side(PAIR)
    focus = replace(comparison.cases[1], gaps=comparison.cases[1].gaps - 5.0)
    paper = build_paper(replace(comparison, cases=(comparison.cases[0], focus)))
    assert paper.money[0] == (
        "Money is over the run, nominal, undiscounted. Together spends £12m on its levers; no joint action £0m."
    )
    assert paper.money[1].startswith(
        "Against no joint action the place’s position with together, costs included, is £24m better (£22m to £26m by "
        "chance alone). It pays back by May 2021 in the middle simulated run"
    )
    assert paper.figures[2] == (
        "£12m",
        "spent on levers (steps a board can take) and set-up over the run with together; no joint action spends £0m "
        "(nominal, undiscounted)",
    )
    assert paper.figures[3].value == "£24m"
    assert paper.figures[3].label.startswith("better position over the run")
    assert paper.figures[3].label.endswith("paid back by May 2021 (nominal, undiscounted)")
