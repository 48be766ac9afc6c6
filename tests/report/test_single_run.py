"""A run of one scenario with levers against no joint action: both have a name and a row, in paper and workbook."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation import run_comparison
from simulation.analysis.finance_frames import finance_to_pandas
from simulation.analysis.measure import Measure
from simulation.formatting import MINUS
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.report.content import build_paper
from simulation.report.money import contracts_words
from simulation.report.subject import subject_of
from simulation.report.workbook.book import build_sheets
from simulation.results.comparison import Comparison, as_comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_parameters
from tests.places import place

pytestmark = pytest.mark.unit

TITLE = "Marlshire and the Vale"
LEVERS = {Lever.COACHING: {"strength": 1.0, "cost": 0.6}, Lever.MENU_FRAMING: {"strength": 1.0}}


def varied(study: Study, gap_by_trust: float) -> Study:
    """Give a study made-up gaps at 40 points: 30 from end to end of own savings, and some by opening trust."""
    drawn = np.random.default_rng(1).uniform(size=(2, 40))
    rows = [next(row for row in TABLE if row.name == name) for name in ("efficiency_rate", "opening_trust")]
    parameters = {row.name: row.low + (row.high - row.low) * part for row, part in zip(rows, drawn, strict=True)}
    gap = np.repeat((40 - 30 * drawn[0] + gap_by_trust * drawn[1])[:, None], 24, axis=1)
    columns = {"gap": gap, "cumulative_position": -gap}
    return replace(study, assumptions=Replicates(columns=columns, parameters=parameters))


@cache
def run_of(levers: bool = True) -> Comparison:
    """Return a run as `trustsim run` makes and reads it: named by its place's title, no joint action beside it."""
    scenarios = {
        "with": Scenario.model_validate(place(title=TITLE, months=24, levers=LEVERS if levers else {})),
        "without": Scenario.model_validate(place(title=TITLE, months=24)),
    }
    runs = {
        name: run_comparison({name: each}, replicates=8, seed=1, made="2026-01-01") for name, each in scenarios.items()
    }
    own, other = (varied(runs[name].studies[name], by) for name, by in (("with", -8.0), ("without", 0.0)))
    return as_comparison(own, no_joint_action=other if levers else None)


@cache
def paper():
    return build_paper(run_of())


def words_of() -> list[str]:
    return [
        *(text for row in paper().front for text in (*row.texts, *row.items)),
        *(text for figure in paper().figures for text in figure),
        *(f"{table.caption} {table.note} {' '.join(map(' '.join, table.rows))}" for table in paper().tables),
        *(finding.chart.headline for finding in paper().findings),
    ]


def test_the_choice_is_called_joint_action_and_the_title_names_the_place_alone():
    assert [case.label for case in run_of().cases_in_tables] == ["no joint action", "joint action"]
    for text in words_of():
        assert f"{TITLE} leaves" not in text
        assert f"and {TITLE}" not in text
        assert f"with {TITLE}" not in text.lower()
    assert paper().title == TITLE
    assert paper().answer[0].startswith(("Joint action leaves less than no joint action", "No clear difference"))


def test_a_run_without_levers_keeps_the_title_of_its_place():
    assert [case.label for case in run_of(levers=False).cases_in_tables] == [TITLE]


def test_a_scenario_with_a_name_of_its_own_keeps_it():
    """Experiments name their scenarios, and one may be alone beside no joint action."""
    scenario = Scenario.model_validate(place(title=TITLE, months=6, levers=LEVERS))
    found = run_comparison({"a menu": scenario}, replicates=2, seed=1, supporting_runs=True)
    assert [case.label for case in found.cases_in_tables] == ["no joint action", "a menu"]


def test_both_have_a_row_in_every_table():
    assert [row[0] for row in paper().scenarios.rows] == ["No joint action", "Joint action"]
    costs = paper().finance[0]
    assert [row[0] for row in costs.rows if len(row) == 1] == ["No joint action", "Joint action"]
    for name in ("Scenarios", "Costs"):
        (sheet,) = (each for each in build_sheets(run_of(), paper()) if each.name == name)
        assert list(dict.fromkeys(str(row[0]).lower() for row in sheet.rows)) == ["no joint action", "joint action"]
    assert list(finance_to_pandas(run_of())["scenario"].unique()) == ["no joint action", "joint action"]


def test_the_lines_of_costs_add_up_to_the_position():
    means = finance_to_pandas(run_of()).query("scenario == 'joint action' and period == 'whole run'")
    by_item = means.set_index("item")["mean"]
    lines = ["do_nothing", "efficiency", "programmes", "contracts", "cost_shifts", "set_up", "levers"]
    assert by_item[lines].sum() == pytest.approx(by_item["position"])
    (start,) = (n for n, row in enumerate(paper().finance[0].rows) if row == ("Joint action",))
    names = [row[0] for row in paper().finance[0].rows[start + 1 :]]
    assert names[:2] == ["Gap before any savings", "Own savings"]
    assert names[-1] == "Position"


def test_it_says_that_programmes_are_agreed_without_levers_too():
    assert "Joint action: the scenario with its levers." in paper().scenarios.note
    assert "of 1 programme are agreed all the same (mean)" in paper().scenarios.note


def test_savings_in_contracts_are_said_to_be_assumed_and_why_the_gap_leaves_them_out():
    """Below the table of costs, which has the line; not on the first page, which is short."""
    (said,) = (each.note for each in paper().finance if "saved in contracts" in each.note)
    assert "saved in contracts with joint action (no joint action £" in said
    assert "the model assumes that the two sides of a contract save 1% of its amount a year" in said
    assert said.endswith("the gap counts recurrent savings alone.")
    assert not any("saved in contracts" in each for each in paper().money)


def test_what_both_scenarios_assume_of_contracts_is_said_where_it_differs():
    """Else the difference of what is saved seems to come from trust."""
    subject = subject_of(run_of())
    assert subject is not None
    assert subject.against is not None
    ensemble = subject.against.study.ensemble
    axes = replace(ensemble.axes, scenario=with_parameters(ensemble.scenario, contract_saving=0.002))
    study = replace(subject.against.study, ensemble=replace(ensemble, axes=axes))
    other = replace(subject.against, study=study)
    assert "save 1% (no joint action 0.2%) of its amount a year" in contracts_words(replace(subject, against=other))
    assert "save 1% of its amount a year" in contracts_words(subject)


def test_what_moves_the_gap_and_what_moves_the_difference_are_told_apart():
    """Own savings move both gaps by 30, and so not their difference, which opening trust moves by 8."""
    first, second = paper().risks[:2]
    assert first.startswith("The assumption that moves the gap most, whichever is chosen: how fast own savings are fo")
    assert "by £30m a year" in first
    assert second.startswith("What moves the difference between joint action and no joint action most: opening trust, ")
    assert "by £8m a year" in second


def test_a_position_is_said_to_be_worse_without_a_minus_sign():
    figure = next(each for each in paper().figures if "position" in each.label)
    assert MINUS not in f"{figure.value}{figure.label}"
    assert figure.label.startswith(("better position", "worse position"))


def test_there_is_a_verdict_by_both_measures():
    assert set(subject_of(run_of()).verdicts) == set(Measure)
