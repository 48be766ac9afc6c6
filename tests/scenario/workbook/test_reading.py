"""A workbook gives the same scenario as the YAML file of the same place."""

from pathlib import Path

import pytest

from simulation.execution.inputs import files_of, load_experiments
from simulation.scenario.loading import load_scenario, locate_warnings
from simulation.scenario.oddities import find_oddities
from simulation.scenario.register import assumptions_register
from simulation.scenario.writing import scenario_hash, scenario_to_yaml
from tests.scenario.workbook.books import YAML, make_book
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


def test_a_warning_names_the_cell_that_it_is_about(folder):
    (folder / "odd.xlsx").write_bytes(make_book(change=typed("Programmes", I5="2030-04")))
    path = folder / "odd.xlsx"
    warnings = locate_warnings(path, find_oddities(load_scenario(path)))
    expected = "Programmes!A5: surgery: is dropped, because it opens in 2030-04, after the last month (2018-03)"
    assert expected in warnings
    assert locate_warnings(folder / "a.yaml", ["programmes.surgery: is odd"]) == ["programmes.surgery: is odd"]
