"""Unquoted words and numbers that YAML 1.1 reads otherwise than meant."""

import pytest

from simulation.scenario.scalars import find_trap

pytestmark = pytest.mark.unit

TRAPS = {
    "no": "YAML reads this as true or false; put it in quotes",
    "Yes": "YAML reads this as true or false; put it in quotes",
    "ON": "YAML reads this as true or false; put it in quotes",
    "off": "YAML reads this as true or false; put it in quotes",
    "y": "YAML reads this as true or false; put it in quotes",
    "N": "YAML reads this as true or false; put it in quotes",
    "1e3": "YAML reads this as text; write 1000, or put it in quotes",
    "1.5e-3": "YAML reads this as text; write 0.0015, or put it in quotes",
    "-2.50E2": "YAML reads this as text; write -250, or put it in quotes",
    "1e400": "YAML reads this as text; write the number in full, or put it in quotes",
    "12:30": "YAML reads this as a number to the base of sixty; put it in quotes",
    "1:30.5": "YAML reads this as a number to the base of sixty; put it in quotes",
    "010": "YAML reads a leading 0 as octal; write 10, or put it in quotes",
    "-08": "YAML reads a leading 0 as octal; write -8, or put it in quotes",
    "0x1F": "write the number in decimal, or put it in quotes",
    "0b11": "write the number in decimal, or put it in quotes",
    "1_000": "write numbers without _, as 1000",
    "1_000.5": "write numbers without _, as 1000.5",
    "2016-03-01": "this is a full date; write the month as 2016-03",
    "2016-3-1": "this is a full date; write the month as 2016-03",
    "2016-03-01 10:00:00": "this is a full date; write the month as 2016-03",
    "2016-13-01": "this is a full date; write the month as YYYY-MM",
}


@pytest.mark.parametrize(("text", "said"), TRAPS.items())
def test_trap_is_reported_with_its_fix(text: str, said: str) -> None:
    assert find_trap(text, read_as_text=True) == said


@pytest.mark.parametrize(
    "text",
    ["2016-03", "0", "0.5", "-0.5", "10", "1200000", "1.5e+3", "meht", "none", "norfolk", "true", "~", "", ".inf"],
)
def test_what_is_read_as_it_is_meant_is_no_trap(text: str) -> None:
    assert find_trap(text, read_as_text=not text.startswith("1.5e")) is None
