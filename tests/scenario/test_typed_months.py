"""Months and financial years as people type them, and the message that says how to write each."""

import pytest

from simulation.scenario.loading import find_problems
from simulation.scenario.typed_months import how_to_write_date
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "on_a_path", "as_a_month"),
    [
        ("2026-27", "write 2026/27", "write 2026-04 for the first month of 2026/27"),
        ("2026/2027", "write 2026/27", "write 2026-04 for the first month of 2026/27"),
        ("26/27", "write 2026/27", "write 2026-04 for the first month of 2026/27"),
        ("FY26/27", "write 2026/27", "write 2026-04 for the first month of 2026/27"),
        ("2026 – 27", "write 2026/27", "write 2026-04 for the first month of 2026/27"),
        ("2099-00", "write 2099/00", "write 2099-04 for the first month of 2099/00"),
        ("FY28", "write 2027/28 for the year that ends in March 2028", "write 2027-04 for the first month of 2027/28"),
        ("2027", "write 2027/28 for the year that begins in April 2027", None),
        ("Oct 2026", "write 2026-10", "write 2026-10"),
        ("october 2026", "write 2026-10", "write 2026-10"),
        ("Sept 26", "write 2026-09", "write 2026-09"),
        ("Apr-26", "write 2026-04", "write 2026-04"),
        ("Apr '26", "write 2026-04", "write 2026-04"),
        ("1 April 2026", "write 2026-04", "write 2026-04"),
        ("2016-4", "write 2016-04", "write 2016-04"),
        ("04/2026", "write 2026-04", "write 2026-04"),
        ("01/04/2026", "write 2026-04", "write 2026-04"),
        ("2026-04-01", "write 2026-04", "write 2026-04"),
    ],
)
def test_what_was_meant(text: str, on_a_path: str, as_a_month: str | None) -> None:
    assert how_to_write_date(text, years=True) == on_a_path
    assert how_to_write_date(text) == as_a_month


@pytest.mark.parametrize("text", ["soon", "", "Octember 2026", "13/2026", "2026-29", "year 2", "ma 2026", "Q3 26/27"])
def test_what_cannot_be_guessed_has_no_advice(text: str) -> None:
    assert how_to_write_date(text, years=True) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{2016-04: 10,", "{2016-17: 10,", "or a financial year, such as 2015/16; write 2016/17"),
        ("{2016-04: 10,", "{FY17: 10,", "; write 2016/17 for the year that ends in March 2017"),
        ("{2016-04: 10,", "{Apr-16: 10,", "; write 2016-04"),
        ("start: 2016-04", "start: April 2016", 'such as 2015-12; write 2016-04 (given: "April 2016")'),
        ("start: 2016-04", "start: 2016/17", "; write 2016-04 for the first month of 2016/17"),
    ],
)
def test_the_advice_stands_in_the_message(write: Write, old: str, new: str, said: str) -> None:
    assert VALID.count(old) == 1
    (problem,) = find_problems(write(VALID.replace(old, new)))
    assert said in str(problem)
