"""Numbers as people type them, and the message that says how to write each."""

import pytest

from simulation.scenario.loading import find_problems
from simulation.scenario.typed_numbers import how_to_write
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit

MONEY, SHARE = "£m a year", "share of value"


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("6,5", MONEY, "write 6.5"),
        ("0,5", SHARE, "write 0.5"),
        ("-0,5", SHARE, "write -0.5"),
        ("50%", SHARE, "write 0.5"),
        ("12.5 %", "0 to 1", "write 0.125"),
        ("50%", MONEY, "write the amount itself; this field takes no per cent"),
        ("1,234", MONEY, "write 1234, or 1.234 if the comma is a decimal one"),
        ("1,234.5", MONEY, "write 1234.5"),
        ("1,234,567", "", "write 1234567"),
        ("1 234", MONEY, "write 1234"),
        ("1.234.567,8", MONEY, "write 1234567.8, or 1.2345678 if these are pounds: money is in £m"),
        ("£22,000,000", MONEY, "write 22000000, or 22 if these are pounds: money is in £m"),
        ("£1,2m", MONEY, "write 1.2, or 12 if the comma is a slip"),
        ("£94m", MONEY, "write 94"),
        ("£1,200m", MONEY, "write 1200, or 1.2 if the comma is a decimal one"),
        ("£1.2bn", MONEY, "write 1200"),
        ("£640k", MONEY, "write 0.64"),
        ("(3.4)", MONEY, "write -3.4"),
        ("(£2,6m)", MONEY, "write -2.6, or -26 if the comma is a slip"),
        ("\u22123.4", MONEY, "write -3.4"),
        ("+5", MONEY, "write 5"),
        (".5", SHARE, "write 0.5"),
    ],
)
def test_what_was_meant(text: str, unit: str, words: str) -> None:
    assert how_to_write(text, unit) == words


def test_a_whole_number_has_no_decimals() -> None:
    assert how_to_write("1,000", "people", whole=True) == "write 1000"
    assert how_to_write("1.2 million", "people", whole=True) == "write 1200000"
    assert how_to_write("250k", "people", whole=True) == "write 250000"
    assert how_to_write("6,5", "people", whole=True) is None
    assert how_to_write("0,1m", "people", whole=True) == "write 100000, or 1000000 if the comma is a slip"


@pytest.mark.parametrize("text", ["", "two years", "1,2,3", "1.2.3", "12 months", "£", "%", "1,23,456", "2016-04"])
def test_what_is_no_number(text: str) -> None:
    assert how_to_write(text) is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("6,5", "a comma separates entries here, so this is not one number; write 6.5"),
        ("£1,2m", "a comma separates entries here, so this is not one number; write 1.2, or 12 if the comma is a slip"),
        ("1,234", "a comma separates entries here, so this is not one number; write 1234, or 1.234 if the comma is a "
         "decimal one"),
        ("1,234,567.8", "a comma separates entries here, so this is not one number; write 1234567.8"),
    ],
)  # fmt: skip
def test_a_comma_within_braces_cuts_a_number_in_two(write: Write, written: str, message: str) -> None:
    (problem,) = find_problems(write(VALID.replace("income: 300", f"income: {written}")))
    assert (problem.where, problem.what) == ("organisations.meht.income", message)


def test_two_entries_without_a_space_between_them_stay_two(write: Write) -> None:
    assert find_problems(write(VALID.replace("role: provider, income: 300", "role: provider,income: 300"))) == []
