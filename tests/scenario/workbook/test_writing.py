"""A scenario as a workbook: exact entries, the same bytes each time, and input cells that guard against slips."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.sheets import HEADING_ROW, SHEETS
from simulation.scenario.workbook.writing import write_template, write_workbook
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit

REFERENCE = "scenarios/mid-south-essex-as-it-happened.yaml"


def opened(scenario: Scenario) -> Workbook:
    return openpyxl.load_workbook(BytesIO(write_workbook(scenario)))


def entries(sheet: Worksheet) -> list[tuple[object, ...]]:
    rows = sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True)
    return [row for row in rows if any(entry is not None for entry in row)]


def place(write: Write, old: str = "", new: str = "") -> Scenario:
    assert old in VALID
    return load_scenario(write(VALID.replace(old, new, 1)))


def test_sheets_stand_in_order_with_their_headings(write: Write) -> None:
    book = opened(place(write))
    assert book.sheetnames == ["Read me", *(sheet.name for sheet in SHEETS)]
    for sheet in SHEETS[1:]:
        row = [cell.value for cell in book[sheet.name][HEADING_ROW]]
        assert row[: len(sheet.columns)] == [column.heading for column in sheet.columns]
        assert book[sheet.name]["A1"].value == sheet.title


def test_saving_is_a_table_of_programmes_and_organisations(write: Write) -> None:
    sheet = opened(place(write))["Saving in cost"]
    assert [cell.value for cell in sheet[HEADING_ROW]][:4] == ["Programme", "meht", "btuh", "ccg"]
    assert [row[:4] for row in entries(sheet)] == [("frailty", 0.4, None, 0.6), ("surgery", 0.5, 0.5, None)]


def test_evidence_stands_on_the_sheet_of_sources(write: Write) -> None:
    sourced = "income: {value: 300, low: 290, high: 310, unit: £m, source: accounts}}"
    sheet = opened(place(write, "income: 300}", sourced))["Sources"]
    assert entries(sheet) == [("Organisations", "meht", "Income", "£m", "accounts", "sourced", 290, 310)]


def test_repeated_rows_have_numbers_among_the_sources(write: Write) -> None:
    twice = "[{strength: 0.5}, {strength: {value: 0.7, source: minutes}, from: 2017-04}]"
    sheet = opened(place(write, "{strength: 0.5}", twice))["Sources"]
    assert entries(sheet)[0][:3] == ("Levers", "Coaching 2", "Strength")


@pytest.mark.parametrize("text", ["=1+1", "+441245", "-", "@home", "007", "1e5", "TRUE", "2016-04", "two\nlines", "🏥"])
def test_text_stays_text_and_is_never_a_formula(write: Write, text: str) -> None:
    scenario = place(write).model_copy(update={"title": text})
    cell = opened(scenario)["Place"]["B4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.number_format == "@"


@pytest.mark.parametrize("number", ["0.1", "0.30000000000000004", "1e-07", "123456.12345678", "-0.0", "1e-300"])
def test_numbers_are_stored_as_they_are(write: Write, number: str) -> None:
    scenario = place(write, "start:", f"target: {number.replace('e', '.0e')}\nstart:")
    with ZipFile(BytesIO(write_workbook(scenario))) as book:
        assert f"<v>{number}</v>" in book.read("xl/worksheets/sheet2.xml").decode()


def test_a_text_too_long_for_a_cell_is_reported_with_its_cell(write: Write) -> None:
    long = place(write, "income: 300}", f"income: 300, name: {'n' * 32_768}}}")
    with pytest.raises(ScenarioError) as caught:
        write_workbook(long, "place.xlsx")
    assert str(caught.value) == (
        "place.xlsx: Organisations!B4: has 32,768 characters; a cell holds at most 32,767, so shorten it "
        f'(given: "{"n" * 58}…)'
    )
    write_workbook(place(write, "income: 300}", f"income: 300, name: {'n' * 32_767}}}"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "income: 300}",
            "income: 300, skills: {Notes: 0.5}}",
            "Skills!B3: is a field of skill that no programme needs and would be taken for a note; rename or remove it "
            '(given: "Notes")',
        ),
    ],
)
def test_what_a_workbook_cannot_hold_is_reported(write: Write, old: str, new: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        write_workbook(place(write, old, new), "place.xlsx")
    assert str(caught.value) == f"place.xlsx: {message}"


def test_the_same_scenario_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys; from simulation.scenario.loading import load_scenario; "
        "from simulation.scenario.workbook.writing import write_workbook; "
        f"sys.stdout.buffer.write(write_workbook(load_scenario({REFERENCE!r})))"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert other.stdout == write_workbook(load_scenario(Path(REFERENCE)))


def test_only_input_cells_are_unlocked(write: Write) -> None:
    for sheet in opened(place(write)):
        guard = sheet.protection
        assert guard.sheet
        assert guard.password is None
        assert [guard.insertRows, guard.deleteRows, guard.sort, guard.formatColumns] == [False] * 4
        for row in (1, 2):
            assert sheet.cell(row, 1).protection.locked
    organisations = opened(place(write))["Organisations"]
    assert organisations.cell(HEADING_ROW, 1).protection.locked
    assert not organisations.cell(HEADING_ROW + 1, 1).protection.locked
    assert not organisations.cell(60, 5).protection.locked


def test_headings_say_unit_range_and_example(write: Write) -> None:
    sheet = opened(place(write))["Organisations"]
    income = next(cell for cell in sheet[HEADING_ROW] if cell.value == "Income")
    words = income.comment.text.splitlines()
    assert words[0] == "Income in £m a year."
    assert "Must be given." in words
    assert "Unit: £m a year" in words
    assert "Range: above 0 to 1,000,000" in words
    assert "Example: 210" in words
    assert words[-1].startswith("Typical: ")


def test_every_heading_has_a_comment() -> None:
    book = openpyxl.load_workbook(BytesIO(write_template("A place")))
    for sheet in SHEETS[1:]:
        cells = [cell for cell in book[sheet.name][HEADING_ROW] if cell.value is not None]
        assert [cell.coordinate for cell in cells if cell.comment is None] == []


def test_every_list_has_an_error_message_that_excel_can_show() -> None:
    book = openpyxl.load_workbook(BytesIO(write_template("A place")))
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert len(rules) > 40
    for rule in rules:
        assert rule.showErrorMessage
        assert 0 < len(rule.error) <= 225
        assert 0 < len(rule.errorTitle) <= 32
        assert rule.formula1 is None or len(rule.formula1) <= 255


def test_the_empty_workbook_holds_nothing_but_a_title_and_three_years() -> None:
    book = openpyxl.load_workbook(BytesIO(write_template("A place")))
    assert [row[:2] for row in entries(book["Place"]) if row[1] is not None] == [("Title", "A place"), ("Months", 36)]
    assert [sheet.name for sheet in SHEETS[1:] if entries(book[sheet.name])] == []
