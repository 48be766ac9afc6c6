"""Messages about a workbook name what its reader sees: headings, and levers and assumptions as its lists have them."""

import re

import pytest

from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.loading import find_cells_left_empty, find_locations, load_scenario, locate_warnings
from simulation.scenario.oddities import find_oddities
from simulation.scenario.workbook.file_words import in_words_of_workbooks
from simulation.scenario.workbook.sheets import SHEETS
from tests.scenario.workbook.books import YAML, make_book
from tests.scenario.workbook.changes import typed

pytestmark = pytest.mark.unit


def _both(*changes):
    def change(book):
        for each in changes:
            each(book)

    return change


CHANGES = {
    "plan": _both(typed("Gap", C4=10, C5=30), typed("Programmes", F4=5000)),
    "dates": typed("Gap", A4="2010-04", A5="2011-04"),
    "alone": typed("Saving in cost", B5=1, D5=0),
    "by skill": _both(typed("Levers", A4="Lead chosen by skill", G4=None), typed("Skills", A4=None, B4=None)),
    "skill": typed("Skills", B3="frail"),
    "many savings": typed("Organisations", G4=40),
}
EXPECTED = {
    "plan": ["Gap!C3: Planned gap: is above the gap before any savings from"],
    "dates": ["so it stays at £20m; check its years, and the first month"],
    "alone": ["count it in meht's own savings"],
    "by skill": ["0.5 is taken for every skill, and “Lead chosen by skill” chooses among equals"],
    "skill": ["Skills!B4: meht, frail: no programme has this field of skill; did you mean frailty?"],
    "many savings": ["programmes £6m, own savings £40m a year"],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_warning_about_a_workbook_has_no_word_of_a_text_file(name, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_book(change=CHANGES[name]))
    said = "\n".join(locate_warnings(path, find_oddities(load_scenario(path))))
    for part in [*EXPECTED[name], "no part of the gap is given, so the gap of £20m"]:
        assert part in said
    names = {column.field for sheet in SHEETS for column in sheet.columns}
    names |= {str(lever) for lever in Lever} | {row.name for row in TABLE}
    assert {word for word in re.findall(r"\w+", said) if "_" in word} & names == set()


def test_every_field_of_a_file_has_a_heading_that_stands_for_it():
    fields = [column.field for sheet in SHEETS for column in sheet.columns if "_" in column.field]
    assert {"do_nothing", "deficit_share", "efficiency_pool", "set_up_cost"} <= {*fields}
    for field in fields:
        assert field not in in_words_of_workbooks(f"no {field} is given")
        assert in_words_of_workbooks(f"no part ({field}) is given") == "no part is given"


def test_names_and_addresses_are_left_as_they_are():
    for text in (
        "organisations.a.do_nothing: x",
        "lead_by_skills",
        "my_set_up_cost",
        "set_up_cost.yaml",
        "a-gain_share",
    ):
        assert in_words_of_workbooks(text) == text


def test_a_number_that_is_left_out_has_the_cell_in_which_to_type_it(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_book())
    paths = [
        ("programmes", "surgery", "benefit"),
        ("organisations", "btuh", "efficiency_pool"),
        ("organisations", "btuh", "skills", "frailty"),
    ]
    assert find_locations(path, paths) == [None, None, None]
    assert find_cells_left_empty(path, paths) == [
        "Programmes, row 5, Benefit",
        "Organisations, row 5, Own savings",
        "Skills, row btuh, frailty",
    ]
    (tmp_path / "a.yaml").write_text(YAML)
    assert find_cells_left_empty(tmp_path / "a.yaml", paths) == [None, None, None]
