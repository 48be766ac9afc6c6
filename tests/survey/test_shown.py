"""Trust from a workbook is that of the answers that its sheet shows, and doubtful dates and codes are reported."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from simulation.scenario.problems import ScenarioError
from simulation.survey.results import SurveyOfTrust, survey_trust
from tests.survey.made_up import LONG, long_rows, long_text, make_place

pytestmark = pytest.mark.unit

BY_HAND = {("board", "hospital"): 1 / 3, ("hospital", "board"): 5 / 6}
"""The trust of the made-up answers."""


def typed_rows() -> list[list[Any]]:
    """The made-up answers as Excel holds them."""
    rows = [row.split(",") for row in long_rows()]
    return [LONG.split(","), *([*row[:4], int(row[4]), date.fromisoformat(row[5])] for row in rows)]


def read_workbook(folder: Path, change: Callable[[Any], object]) -> SurveyOfTrust:
    """Read a workbook of the made-up answers after a change."""
    book = openpyxl.Workbook()
    book.active.title = "Answers"
    for row in typed_rows():
        book.active.append(row)
    change(book)
    book.save(folder / "answers.xlsx")
    return survey_trust(folder / "answers.xlsx", make_place(folder))


def means(survey: SurveyOfTrust) -> dict[tuple[str, str], float]:
    """The mean of each pair that is shown."""
    assert survey.opening is not None
    return {group.pairs[0]: group.mean for group, _ in survey.opening.groups}


def fill(sheet: Any, score: int | None = None) -> None:
    """Fill a sheet with the answers, all with one score if it is given."""
    head, *rows = typed_rows()
    sheet.append(head)
    for row in rows:
        sheet.append([*row[:4], score or row[4], row[5]])


def add_hidden(book: Any) -> None:
    old = book.create_sheet("Old", 0)
    fill(old, 7)
    old.sheet_state = "hidden"


def add_second(book: Any) -> None:
    fill(book.create_sheet("June"), 7)


@pytest.mark.parametrize(("change", "name"), [(add_hidden, "Old"), (add_second, "June")])
def test_only_the_first_sheet_that_is_shown_is_read_and_others_are_named(change, name, tmp_path):
    survey = read_workbook(tmp_path, change)
    assert means(survey) == pytest.approx(BY_HAND)
    assert survey.notices == (f"not read: sheet “{name}”",)


def hide_rows(book: Any) -> None:
    for row in range(2, 12):
        book["Answers"].row_dimensions[row].hidden = True


def put(**cells: Any) -> Callable[[Any], object]:
    return lambda book: [book["Answers"].__setitem__(cell, value) for cell, value in cells.items()]


def show(cell: str, number: float, number_format: str) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        book["Answers"][cell] = number
        book["Answers"][cell].number_format = number_format

    return change


SCORE = "must be a whole number from 1 to 7, or empty for no answer"
REFUSED = {
    "filtered rows": (
        hide_rows,
        "A2: column respondent: is in a hidden row, and would be read; show the row, or delete it; so in 9 more lines, "
        "the next being 3",
    ),
    "a hidden column": (
        lambda book: setattr(book["Answers"].column_dimensions["E"], "hidden", True),
        "E1: column score: is in a hidden column, and would be read; show the column, or delete it",
    ),
    "a formula without a value": (
        put(E2="=1+1"),
        "E2: column score: has a formula without a stored value; open the workbook and save it again",
    ),
    "a format that shows 5": (
        show("E2", 2, '"5"'),
        "E2: column score: has a format that shows another number than it holds; type it again",
    ),
    "true or false": (put(E2=False), f"E2: column score: {SCORE}"),
    "0 per cent": (show("E2", 0, "0%"), f'E2: column score: {SCORE} (given: "0.0")'),
}


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_answers_that_the_sheet_does_not_show_are_refused(change, said, tmp_path):
    with pytest.raises(ScenarioError) as caught:
        read_workbook(tmp_path, change)
    assert [str(each).replace(f"{tmp_path}/", "") for each in caught.value.problems] == [
        f"answers.xlsx: Answers!{said}"
    ]


def from_text(folder: Path, text: str) -> SurveyOfTrust:
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    return survey_trust(folder / "answers.csv", make_place(folder))


@pytest.mark.parametrize(
    ("written", "of", "apart"),
    [("26/05/11", "May 2011", "179 months before"), ("2062-05-11", "May 2062", "433 months after")],
)
def test_a_survey_far_from_the_start_of_the_place_is_reported(written, of, apart, tmp_path):
    """The first is 11 May 2026 with the year in front, which two digits don't show."""
    survey = from_text(tmp_path, long_text(date=written))
    said = f"opening trust is that of {of}, {apart} the place's start: are the dates of the answers right?"
    assert survey.notices == (said,)


@pytest.mark.parametrize("written", ["0026-05-11", "2206-05-11"])
def test_dates_beyond_all_limits_are_refused(written, tmp_path):
    with pytest.raises(ScenarioError, match="must be within 1900 to 2199"):
        from_text(tmp_path, long_text(date=written))


@pytest.mark.parametrize("code", ["n/a", "None", "-", "no code", "?"])
def test_people_who_give_no_code_are_not_taken_for_one(code, tmp_path):
    text = long_text()
    for who in ("b1", "b2", "b3"):
        text = text.replace(f"{who},", f"{code},")
    with pytest.raises(ScenarioError, match="is missing: any code that no other respondent has"):
        from_text(tmp_path, text)


def test_of_two_answers_of_one_person_the_notice_says_which_counts(tmp_path):
    """The one further down, also if its date is earlier."""
    rows = long_rows()
    other = [row.replace("2026-05-11", "2026-05-20").replace(",2,", ",7,").replace(",6,", ",1,") for row in rows[:10]]
    survey = from_text(tmp_path, "\n".join([LONG, *other, *rows]))
    assert means(survey) == pytest.approx(BY_HAND)
    assert survey.notices == ("given twice by one respondent: 10 answers; the one further down counts",)
