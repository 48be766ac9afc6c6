"""A workbook gives the same scenario as the YAML file of the same place."""

from pathlib import Path

import pytest

from simulation.execution.inputs import files_of, load_experiments
from simulation.scenario.loading import load_scenario, locate_warnings
from simulation.scenario.oddities import find_oddities
from simulation.scenario.paths import lever_costs
from simulation.scenario.problems import ScenarioError
from simulation.scenario.register import assumptions_register
from simulation.scenario.workbook.sheets import LEVERS
from simulation.scenario.writing import scenario_hash, scenario_to_yaml
from tests.scenario.workbook.books import YAML, make_book, rows
from tests.scenario.workbook.changes import typed

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.xlsx").write_bytes(make_book())
    (tmp_path / "a.yaml").write_text(YAML)
    return tmp_path


def test_it_is_the_same_place_with_the_same_sources(folder):
    read, written = load_scenario(folder / "a.xlsx"), load_scenario(folder / "a.yaml")
    assert scenario_to_yaml(read) == scenario_to_yaml(written)
    assert scenario_hash(read) == scenario_hash(written)
    assert assumptions_register(read) == assumptions_register(written)


def test_a_file_extends_it(folder):
    (folder / "more.yaml").write_text("extends: a.xlsx\ntitle: More\norganisations: {meht: {income: 320}}\n")
    more = load_scenario(folder / "more.yaml")
    assert (more.title, more.organisations["meht"].income) == ("More", 320)
    assert more.organisations["btuh"].income == 310


def test_a_folder_lists_workbooks_but_not_the_locks_of_excel(folder):
    (folder / "~$a.xlsx").write_bytes(b"somebody")
    assert files_of(str(folder)) == [str(folder / "a.xlsx"), str(folder / "a.yaml")]
    assert set(load_experiments([str(folder)])) == {str(folder / "a.xlsx"), str(folder / "a.yaml")}


def test_an_experiment_starts_from_it(folder):
    (folder / "e.yaml").write_text(
        "title: Which way?\nseed: 1\nreplicates: 10\nscenario: a.xlsx\ncompare: {more: {levers: {coaching: null}}}\n"
    )
    (experiment,) = load_experiments([str(folder / "e.yaml")]).values()
    assert experiment.variants[0].scenario.title == "A small place: more"


def test_a_value_that_is_left_out_where_shares_are_given_is_said_with_the_cell_of_its_savings(folder):
    path = folder / "a.xlsx"
    path.write_bytes(make_book(change=typed("Programmes", D5=None)))
    (said,) = [each for each in locate_warnings(path, find_oddities(load_scenario(path))) if "as shares do" in each]
    assert said.startswith("Saving in cost!A5: surgery: the amounts are each from 0 to 1 and add up to 1, as shares do")
    path.write_bytes(make_book())
    assert not [each for each in find_oddities(load_scenario(path)) if "as shares do" in each]


def test_a_warning_names_the_cell_that_it_is_about(folder):
    (folder / "odd.xlsx").write_bytes(make_book(change=typed("Programmes", I5="2030-04")))
    path = folder / "odd.xlsx"
    warnings = locate_warnings(path, find_oddities(load_scenario(path)))
    expected = "Programmes!A5: surgery: is dropped, because it opens in 2030-04, after the last month (2018-03)"
    assert expected in warnings
    assert locate_warnings(folder / "a.yaml", ["programmes.surgery: is odd"]) == ["programmes.surgery: is odd"]


def test_one_row_of_sources_can_be_of_all_rows_or_columns_and_a_narrower_one_stands_against_it(folder):
    change = typed(
        "Sources", A5="Organisations", B5="all", C5="Income", E5="accounts of all",
        A6="Saving in cost", B6="frailty", C6="all", E6="costing sheet",
        A7="Saving in cost", B7="all", C7="all", E7="letter",
    )  # fmt: skip
    (folder / "all.xlsx").write_bytes(make_book(change=change))
    place = load_scenario(folder / "all.xlsx")
    sources = {row.where: row.source for row in assumptions_register(place)}
    assert sources["organisations.meht.income"] == "accounts"
    assert sources["organisations.ccg.income"] == "accounts of all"
    assert sources["programmes.frailty.saves.meht"] == "costing sheet"
    assert sources["programmes.surgery.shares.meht"] == "letter"


def test_a_row_of_sources_about_all_that_is_of_no_number_or_has_a_range_is_reported(folder):
    change = typed(
        "Sources", A5="Organisations", B5="all", C5="Incomes", E5="x",
        A6="Contracts", B6="all", C6="Amount", G6=1, H6=2,
    )  # fmt: skip
    (folder / "all.xlsx").write_bytes(make_book(change=change))
    with pytest.raises(ScenarioError) as raised:
        load_scenario(folder / "all.xlsx")
    assert 'Sources!C5: Column: the sheet Organisations has no number in this column (given: "Incomes")' in str(
        raised.value
    )
    assert "is of one number; name its row and its column" in str(raised.value)


@pytest.mark.parametrize("named", ["Shared goal", "superordinate_goal", "SHARED GOAL"])
@pytest.mark.parametrize("source", ["Shared goal", "superordinate_goal"])
def test_a_lever_is_named_by_its_label_or_as_in_files(folder, named, source):
    content = rows()
    content["Levers"].append({"Lever": named, "Strength": 1})
    content["Sources"].append({"Sheet": "Levers", "Row": source, "Column": "Strength", "Source": "minutes"})
    (folder / "b.xlsx").write_bytes(make_book(content))
    (setting,) = load_scenario(folder / "b.xlsx").levers["superordinate_goal"]
    assert setting.strength.evidence.source == "minutes"


@pytest.mark.parametrize("named", ["Opening trust", "opening_trust", "OPENING TRUST"])
@pytest.mark.parametrize("source", ["Opening trust", "opening_trust"])
def test_an_assumption_is_named_by_its_label_or_as_in_files(folder, named, source):
    content = rows()
    content["Assumptions"] = [{"Assumption": named, "Value": 0.4}]
    content["Sources"].append({"Sheet": "Assumptions", "Row": source, "Column": "Value", "Source": "survey"})
    content["Sources"].append({"Sheet": "assumptions", "Row": source, "Column": "all", "Status": "derived"})
    (folder / "b.xlsx").write_bytes(make_book(content))
    value = load_scenario(folder / "b.xlsx").parameters.opening_trust
    assert value == 0.4
    assert value.evidence.source == "survey"


def test_the_cost_of_a_lever_is_charged_by_its_strength_as_its_hint_says(folder):
    assert "at strength 0.5 half of it is charged" in LEVERS.hint
    content = rows()
    content["Levers"] = [{"Lever": "Coaching", "Strength": 0.5, "Cost": 0.8}]
    (folder / "b.xlsx").write_bytes(make_book(content))
    assert set(lever_costs(load_scenario(folder / "b.xlsx"))) == {0.4}
