"""The register of compared scenarios says whose numbers it shows, and lists every number in which others differ."""

import csv
from functools import cache
from io import StringIO

import pytest

from simulation import load_scenario, run_comparison
from simulation.analysis.detail import case_in_detail
from simulation.report.content import build_paper
from simulation.report.register import register_table
from simulation.report.register_others import register_others
from simulation.report.workbook.book import build_sheets
from simulation.report.write import REGISTER, _beside_papers
from simulation.results.comparison import as_comparison
from simulation.scenario.schema import Scenario
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
