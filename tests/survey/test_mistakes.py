"""Each mistake in a file of answers is reported with its line and column, all of them at once, and never a person."""

from pathlib import Path

import pytest

from simulation.limits import MOST_ENTRIES
from simulation.scenario.problems import ScenarioError
from simulation.survey.results import survey_trust
from tests.survey.made_up import LONG, forms_text, long_text, make_place

pytestmark = pytest.mark.unit


def complaints(folder: Path, content: str | bytes, name: str = "answers.csv", month: str | None = None) -> list[str]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ScenarioError) as caught:
        survey_trust(path, make_place(folder), month)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


ROW = "b1,board,hospital,q1,5,2026-05-11"

WHOLE = "must be a whole number from 1 to 7"
NO_SCORE = f"score: {WHOLE}, or empty for no answer"
OTHER_SCALE = "score: is not from 1 to 7; a survey on another scale, such as 0 to 10, cannot be read"

MISTAKES = [
    ("b1,board,hospital,q1,9,2026-05-11", OTHER_SCALE + ' (given: "9")'),
    ("b1,board,hospital,q1,0,2026-05-11", OTHER_SCALE + ' (given: "0")'),
    ("b1,board,hospital,q1,5.5,2026-05-11", NO_SCORE + ' (given: "5.5")'),
    ('b1,board,hospital,q1,"5,0",2026-05-11', f'score: {WHOLE}, without a comma: write 5 (given: "5,0")'),
    ("b1,board,hospital,q1,Jane Smith,2026-05-11", NO_SCORE),
    ("b1,board,hospital,q1,7 - Disagree,2026-05-11", NO_SCORE),
    ("b1,bord,hospital,q1,5,2026-05-11", 'from: unknown organisation (given: "bord"); did you mean board?'),
    ("b1,board,General hospital,q1,5,2026-05-11",
     'to: unknown organisation (given: "General hospital"); did you mean The general hospital?'),
    ("b1,a@b.org,hospital,q1,5,2026-05-11", "from: unknown organisation"),
    ("b1,,hospital,q1,5,2026-05-11", "from: is missing: the organisation of the respondent"),
    ("b1,board,,q1,5,2026-05-11", "to: is missing: the organisation that the answers are about"),
    ("b1,board,hospital,q11,5,2026-05-11", 'item: unknown statement (given: "q11"); did you mean q1?'),
    ("b1,board,hospital,q1,5,", "date: is missing: the day of the answer; write it as 2026-06-30"),
    ("b1,board,hospital,q1,5,2026-02-30", 'date: is not a date; write it as 2026-06-30 (given: "2026-02-30")'),
    ("b1,board,hospital,q1,5,Monday", "date: is not a date; write it as 2026-06-30"),
    (",board,hospital,q1,5,2026-05-11",
     "respondent: is missing: any code that no other respondent has; it is not kept"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said"), MISTAKES)
def test_a_mistake_in_a_row_has_one_message(tmp_path: Path, row: str, said: str) -> None:
    assert complaints(tmp_path, f"{LONG}\n{ROW}\n{row}\n") == [f"answers.csv:3: column {said}"]


def test_a_file_with_too_many_entries_is_refused_at_the_line_that_is_too_much(tmp_path: Path) -> None:
    width, most = LONG.count(",") + 1, MOST_ENTRIES
    rows = most // width  # the headings are one of them
    assert complaints(tmp_path, "\n".join([LONG, *[ROW] * rows])) == [
        f"answers.csv:{rows + 1}: the file has more than 1,000,000 entries up to here; give the answers of one wave at "
        "a time"
    ]


def test_all_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    text = "\n".join([LONG, *(row for row, _ in MISTAKES)])
    assert len(complaints(tmp_path, text)) == len(MISTAKES)


def test_a_name_that_is_wrong_throughout_is_reported_once(tmp_path: Path) -> None:
    rows = [f"b{n},board,hospitl,q{n},5,2026-05-11" for n in range(1, 11)]
    text = "\n".join([LONG, *rows, "b1,board,elsewhere,q1,5,2026-05-11"])
    assert complaints(tmp_path, text) == [
        "answers.csv:2: column to: unknown organisation; so in 9 more lines, the next being 3 "
        '(given: "hospitl"); did you mean hospital?',
        'answers.csv:12: column to: unknown organisation (given: "elsewhere")',
    ]


HEADS = [
    ("respondent,from,to,q1,1. They have the people and the skills to do what they agree to do,date",
     ["column 1. They have the people and the skills …: asks the same as column 4; remove one of the two"]),
    (LONG.replace("score", "scroe"), ["column scroe: unknown heading; did you mean score?",
                                      "column score: is missing; add it"]),
    (LONG.replace(",to", ",about"), ["column to: is missing; add it"]),
    (LONG.replace(",date", ",when"), ["column date: is missing; add it (or give --month)"]),
    (LONG.replace(",date", ",item"), ["column item: is the heading of column 4 too; rename or remove one",
                                      "column date: is missing; add it (or give --month)"]),
    (LONG.replace(",date", ","), ["column 6: has entries and no heading; give it one",
                                  "column date: is missing; add it (or give --month)"]),
    ("who,from,to,why,how,date", ["has no answers: neither columns item and score, nor a column for each statement"]),
    ("respondent,from,hospitl: q1,hospital: q99,What they promise us is what happens2,date",
     ["column hospitl: q1: unknown organisation; did you mean hospital?",
      "column hospital: q99: unknown statement after the organisation; did you mean q9?",
      "column What they promise us is what happens2: repeats a statement without its organisation; begin each with "
      "its name: “The hospital: They …”",
      "has no answers: neither columns item and score, nor a column for each statement"]),
]  # fmt: skip


@pytest.mark.parametrize(("head", "said"), HEADS)
def test_a_mistake_in_the_headings_has_a_message(tmp_path: Path, head: str, said: list[str]) -> None:
    assert complaints(tmp_path, f"{head}\n{ROW}\n") == [f"answers.csv:1: {each}" for each in said]


def test_files_that_are_no_table_are_refused(tmp_path: Path) -> None:
    empty = "answers.csv: is empty; the first line must hold the headings, and each line below it answers"
    assert complaints(tmp_path, "") == [empty]
    assert complaints(tmp_path, " \n\n,,\n") == [empty]
    assert complaints(tmp_path, f"{LONG}\n") == ["answers.csv: has headings and no answers"]
    what = "is not a text file; save it as CSV UTF-8, or give the workbook (.xlsx) itself"
    assert complaints(tmp_path, b"PK\x03\x04\x00\x00") == [f"answers.csv: {what}"]
    assert "is of a kind (.xls) that is not read" in complaints(tmp_path, b"x", "answers.xls")[0]
    assert complaints(tmp_path, b"x", "answers.xlsx") == [
        "answers.xlsx: is not a workbook; save it from Excel or LibreOffice as Excel Workbook (.xlsx)"
    ]


def test_a_row_with_too_many_entries_is_not_read(tmp_path: Path) -> None:
    assert complaints(tmp_path, f"{LONG}\n{ROW}\nb1,board,hospital,q2,5,0,2026-05-11\n") == [
        "answers.csv:3: has 7 entries for 6 columns; put an entry in quotes if it holds the separator, such as a "
        "decimal comma"
    ]


def test_dates_that_can_be_read_in_two_ways_are_refused(tmp_path: Path) -> None:
    said = "answers.csv:2: column Completion time: can be read in two ways ({}); write dates as 2026-06-30, "
    said += "or give --month"
    found = complaints(tmp_path, forms_text(dates="5/11/26 19:17:10"))
    assert found == [said.format("day or month may come first") + ' (given: "5/11/26 19:17:10")']
    mixed = forms_text(dates="5/13/26").replace("5/13/26", "13/5/26", 2)
    assert said.format("some dates have the day first and others the month") in complaints(tmp_path, mixed)[0]


def test_no_message_names_a_person(tmp_path: Path) -> None:
    text = forms_text().replace("Agree", "Name b1").replace("board", "b1@example.org")
    assert all("b1" not in each for each in complaints(tmp_path, text))


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    said = [("h1", "hospital", "hospital", 7), ("x1", "hospice", "board", 5)]
    rows = long_text([*((f"b{each}", "board", "hospital", 4) for each in range(3)), *said]).splitlines()
    rows += [rows[1], rows[2].replace(",q2,4", ",q2,")]
    few = [
        row for row in rows if not (row.startswith("b2") and row.split(",")[3] in {"q1", "q2", "q3", "q4", "q5", "q6"})
    ]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(few), encoding="utf-8")
    survey = survey_trust(path, make_place(tmp_path))
    assert survey.opening is None
    assert list(survey.notices) == [
        "1 of 46 answers are missing",
        "not used: 10 answers of respondents about their own organisation",
        "given twice by one respondent: 1 answer; the one further down counts",
        "not used: 1 set of answers about one organisation, with fewer than half of the statements answered",
        "not used, because they share no programme or contract: hospice about board",
        "May 2026: fewer than 3 people, and too few to pool, so not used: board about hospital",
    ]
