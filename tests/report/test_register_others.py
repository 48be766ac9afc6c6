"""The register of compared scenarios says whose numbers it shows, and lists every number in which others differ."""

import csv
import shutil
from functools import cache
from io import StringIO

import pytest

from simulation import load_comparison, load_experiment, load_scenario, run_comparison
from simulation.analysis.detail import case_in_detail
from simulation.execution.batch import run_batch
from simulation.execution.plan import plan_batch
from simulation.report.content import build_paper
from simulation.report.register import register_table
from simulation.report.register_others import Others, others_words, register_others
from simulation.report.workbook.book import build_sheets
from simulation.report.write import REGISTER, _beside_papers
from simulation.results.comparison import as_comparison
from simulation.scenario.register import Entry
from simulation.scenario.schema import Scenario
from tests.cli.test_run import TWO_TRUSTS
from tests.places import SCENARIOS, place

pytestmark = pytest.mark.unit

BASES = {
    "plain": place(months=6, population=300_000),
    "larger": place(months=6, population=350_000, parameters={"opening_trust": 0.6}),
    "coached": place(months=6, population=300_000, levers={"coaching": {"strength": 1.0, "cost": 0.5}}),
}


@cache
def compared():
    scenarios = {name: Scenario.model_validate(each) for name, each in BASES.items()}
    return run_comparison(scenarios, replicates=4, seed=1, made="2026-01-01")


def registered(comparison):
    text = _beside_papers(comparison)[REGISTER].decode("utf-8-sig")
    return list(csv.DictReader(line for line in StringIO(text) if not line.startswith("#")))


def test_a_register_of_compared_scenarios_says_whose_numbers_it_shows():
    whose = case_in_detail(compared()).label
    register = build_paper(compared()).register
    assert register.caption.startswith(f"“{whose}”: ")
    others = register_others(compared())
    assert register.note.startswith(f"These are the numbers of “{whose}”; others differ: ")
    for label in {*BASES} - {whose}:
        assert f"“{label}” in {len(others.differing[label])}" in register.note
    assert {row["scenario"] for row in registered(compared())} == {whose}


def test_every_number_that_differs_is_listed_by_one_rule():
    others = register_others(compared())
    populations = {name: each["population"] for name, each in BASES.items()}
    differing = {label for label in others.differing if populations[label] != populations[others.whose]}
    assert {label for label, each in others.differing.items() if "population" in each} == differing
    rows = {row["where"]: row["other_scenarios"] for row in registered(compared())}
    for label, each in others.differing.items():
        assert {where for where, cell in rows.items() if f"{label}: " in cell} == {*each}
    for label in differing:
        assert f"{label}: {populations[label]}" in rows["population"].replace(",", "")


def test_the_workbook_lists_the_same():
    paper = build_paper(compared())
    sheet = next(each for each in build_sheets(compared(), paper) if each.name == "Assumptions")
    assert sheet.columns[-1].heading == "In other scenarios"
    shown = {row[1]: row[-1] or "" for row in sheet.rows}
    assert shown == {row["where"]: row["other_scenarios"] for row in registered(compared())}
    assert sheet.holds.startswith(f"These are the numbers of “{register_others(compared()).whose}”")


def test_a_scenario_by_itself_is_compared_with_none():
    alone = as_comparison(next(iter(compared().studies.values())))
    assert register_others(alone) is None
    assert "scenario" not in registered(alone)[0]
    assert "These are the numbers of" not in build_paper(alone).register.note


def test_the_paper_calls_no_weight_a_share_of_the_gap():
    rows = register_table(load_scenario(SCENARIOS / "two-trusts.yaml"), None).rows
    (weights,) = [row for row in rows if "before any savings" in row[0] and row[0].startswith("Organisations")]
    assert weights[:2] == (
        "Organisations: weight in the gap before any savings",
        "1 weight, only proportions count (2)",
    )


DATES = """\
compare:
  as it is: {}
  coached: {levers: {coaching: {strength: 1, cost: 0.5, from: 2024-04}}}
vary: {levers.*.from: {values: [2024-05, 2024-09], choice: true}}
"""
STRENGTHS = """\
compare:
  as it is: {}
  by block: {contracts: {'*': {payment: block}}}
vary:
  levers.coaching.strength: {values: [0.25, 1], choice: true}
  parameters.opening_trust: [0.3, 0.5]
"""


def batch_of(folder, rest):
    shutil.copy(TWO_TRUSTS, folder / "place.yaml")
    (folder / "e.yaml").write_text(f"title: A\nscenario: place.yaml\nreplicates: 4\n{rest}")
    run_batch(plan_batch(load_experiment(folder / "e.yaml")), folder / "out")
    return load_comparison(folder / "out")


def test_a_register_is_of_the_scenario_in_detail_where_its_tables_were_not_kept(tmp_path):
    found = batch_of(tmp_path, DATES)
    detail = case_in_detail(found)
    assert not found.studies
    register = build_paper(found).register
    assert register.caption.startswith(f"“{detail.label}”: ")
    assert {row["scenario"] for row in registered(found)} == {detail.label}
    rows = {row["where"]: row for row in registered(found)}
    cost, begins = rows["levers.coaching.cost"], rows["levers.coaching.from"]
    assert detail.variant == "coached"
    assert float(cost["value"]) == 0.5
    assert cost["other_scenarios"] == "as it is: no such number"
    assert begins["value"] == detail.values["levers.*.from"]
    other = next(case for case in found.cases if case.variant == "coached" and case is not detail)
    of_other = f"{other.label}: {other.values['levers.*.from']}"
    assert begins["other_scenarios"] == f"as it is: left out; {of_other}"
    assert "(with dates and other settings)" in register.note


def test_a_register_of_sets_of_assumptions_says_whose_it_is_and_what_is_varied(tmp_path):
    found = batch_of(tmp_path, STRENGTHS)
    assert case_in_detail(found) is None
    register = build_paper(found).register
    whose = "as it is, coaching strength 0.25"
    assert register.caption.startswith(f"“{whose}”: ")
    assert f"These are the numbers of “{whose}”; others differ: " in register.note
    assert "; sets of assumptions differ in 1, as " in register.note
    rows = {row["where"]: row for row in registered(found)}
    assert {row["scenario"] for row in rows.values()} == {whose}
    assert rows["parameters.opening_trust"]["other_scenarios"] == "sets of assumptions: 0.3 and 0.5"
    strength = rows["levers.coaching.strength"]
    assert float(strength["value"]) == 0.25
    assert strength["other_scenarios"] == "as it is, coaching strength 1: 1; by block, coaching strength 1: 1"
    payments = [row for where, row in rows.items() if where.endswith(".payment")]
    assert payments
    assert all("by block, coaching strength 0.25: block" in row["other_scenarios"] for row in payments)
    sheet = next(each for each in build_sheets(found, build_paper(found)) if each.name == "Assumptions")
    assert sheet.holds.startswith(f"These are the numbers of “{whose}”; ")
    assert "“In other scenarios” lists" in sheet.holds


def test_a_single_scenario_with_sets_of_assumptions_says_which_numbers_they_move(tmp_path):
    found = batch_of(tmp_path, "vary: {parameters.opening_trust: [0.2, 0.6], levers.coaching.strength: [0, 1]}\n")
    register = build_paper(found).register
    assert "; sets of assumptions differ in 2, as " in register.note
    rows = {row["where"]: row for row in registered(found)}
    assert rows["levers.coaching.strength"]["other_scenarios"] == "sets of assumptions: 0 and 1"
    assert rows["levers.coaching.strength"]["unit"] == "0 to 1"


def test_many_scenarios_with_the_same_number_are_counted():
    strength = Entry("a", 1.0, None, None, "assumed")
    others = Others(whose="x", differing={f"y{number}": {"a": strength} for number in range(30)}, added={})
    assert others.cell("a") == "30 scenarios: 1"
    assert "others differ: 30 scenarios, each in 1, as" in others_words(others, "the file")
