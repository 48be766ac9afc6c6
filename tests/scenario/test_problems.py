"""The text of a problem, and the order of many."""

import pickle

import pytest

from simulation.known_names import closest
from simulation.scenario.problems import (
    Finding,
    Location,
    Problem,
    ScenarioError,
    Sheet,
    describe_given,
    either,
    where_of,
)

pytestmark = pytest.mark.unit


def test_a_problem_in_full() -> None:
    problem = Problem(Location("a.yaml", 3, 7), "levers.coaching[1].strength", "must be at most 1", "1.5", "0.5")
    assert str(problem) == (
        "a.yaml:3:7: levers.coaching[1].strength: must be at most 1 (given: 1.5); did you mean 0.5?"
    )


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem(Location("a.yaml"), "", "no such file"), "a.yaml: no such file"),
        (Problem(Location("a.yaml", 1, 1), "", "is empty"), "a.yaml:1:1: is empty"),
        (Problem(Location("a.xlsx", 7, 3, Sheet(5, "Programmes")), "", "is empty"), "a.xlsx: Programmes!C7: is empty"),
        (Problem(Location("a.xlsx", sheet=Sheet(5, "Levers")), "", "is missing"), "a.xlsx: Levers: is missing"),
        (Problem(Location("a.yaml", 1, 1), "title", "is missing"), "a.yaml:1:1: title: is missing"),
        (Problem(Location("a.yaml", 1, 1), "x", "unknown", None, "y"), "a.yaml:1:1: x: unknown; did you mean y?"),
        (Problem(Location("a.yaml", 1, 1), "x", "bad", "3"), "a.yaml:1:1: x: bad (given: 3)"),
    ],
)
def test_parts_that_do_not_apply_are_left_out(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_an_error_lists_all_problems_by_file_line_and_column() -> None:
    problems = [
        Problem(Location("b.yaml", 1, 1), "", "four"),
        Problem(Location("a.yaml", 10, 2), "", "three"),
        Problem(Location("a.yaml", 2, 9), "", "two"),
        Problem(Location("a.yaml", 2, 3), "", "one"),
        Problem(Location("a.yaml"), "", "zero"),
    ]
    error = ScenarioError(problems)
    assert [problem.what for problem in error.problems] == ["zero", "one", "two", "three", "four"]
    assert str(error).splitlines()[1] == "a.yaml:2:3: one"


def test_the_cells_of_a_workbook_are_in_the_order_of_its_sheets_and_rows() -> None:
    places, levers = Sheet(2, "Place"), Sheet(9, "Levers")
    cells = [Location("a.xlsx", 4, 2, levers), Location("a.xlsx", 10, 3, places), Location("a.xlsx", 4, 27, places)]
    error = ScenarioError(Problem(cell, "", "bad") for cell in cells)
    assert str(error).splitlines() == ["a.xlsx: Place!AA4: bad", "a.xlsx: Place!C10: bad", "a.xlsx: Levers!B4: bad"]


def test_a_location_is_reported_once() -> None:
    twice = [Problem(Location("a.yaml", 1, 1), "x", "first"), Problem(Location("a.yaml", 1, 1), "x", "second")]
    assert str(ScenarioError(twice)) == "a.yaml:1:1: x: first"


def test_what_was_given_never_breaks_a_line() -> None:
    """A reader of files may pass the text as it stands there."""
    error = ScenarioError([Problem(Location("a.xlsx", 5, 1), "Month", "is that of row 4 too", "a\nb")])
    assert str(error) == 'a.xlsx:5:1: Month: is that of row 4 too (given: "a\\nb")'


def test_an_error_travels_between_processes() -> None:
    error = ScenarioError([Problem(Location("a.yaml", 1, 1), "x", "bad")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("organisations", "meht", "income"), "organisations.meht.income"),
        (("levers", "coaching", 1, "only", 0), "levers.coaching[1].only[0]"),
        (("organisations", "two\nlines"), 'organisations."two\\nlines"'),
        (("organisations", ""), 'organisations.""'),
    ],
)
def test_a_path_is_one_line(path: tuple[str | int, ...], text: str) -> None:
    assert where_of(path) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12", '"12"'),
        ("£94m", '"£94m"'),
        ("a\nb", '"a\\nb"'),
        (12, "12"),
        (0.5, "0.5"),
        (True, "true"),
        (None, "nothing"),
        ({"a": 1}, "a mapping"),
        ([], "a list"),
        ("x" * 100, '"' + "x" * 58 + "…"),
    ],
)
def test_what_is_given_is_short(value: object, text: str) -> None:
    assert describe_given(value) == text


def test_close_matches_do_not_mind_capitals() -> None:
    assert closest("INCOME", ["income", "role"]) == "income"
    assert closest("incmoe", ["income", "role"]) == "income"
    assert closest("name", ["income", "role"]) is None
    assert closest(3, ["income"]) is None


def test_a_choice_reads_as_english() -> None:
    assert either(["a"]) == "a"
    assert either(["a", "b"]) == "a or b"
    assert either(["a", "b", "c"]) == "a, b or c"


def test_a_finding_reads_like_a_problem_without_its_file() -> None:
    assert str(Finding(("shares", "a"), "unknown", '"a"', "b")) == 'shares.a: unknown (given: "a"); did you mean b?'
