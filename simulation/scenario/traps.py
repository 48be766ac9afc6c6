"""What YAML 1.1 reads otherwise than people mean it: `no`, `12:30`, `010`, `1_000`, `1e3` and full dates, unquoted."""

import re
from decimal import Decimal

_BOOLEANS = frozenset({"y", "n", "yes", "no", "on", "off"})
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?|[-+]?\.[0-9_]+")
_BASE_SIXTY = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_OTHER_BASE = re.compile(r"[-+]?0(b[01_]+|x[0-9a-fA-F_]+|o[0-7_]+)")
_EXPONENT = re.compile(r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)[eE][-+]?[0-9]+")
_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-[0-9]{1,2}([Tt \t].*)?")
_MOST_PLACES = 15


def find_trap(text: str, *, read_as_text: bool) -> str | None:
    """What is wrong with an unquoted word or number, and the mend; None if it is read as it is meant.

    Args:
        text: The scalar as the file writes it.
        read_as_text: True if YAML 1.1 takes it for text.
    """
    bare = text.replace("_", "")
    trap = None
    if text.lower() in _BOOLEANS:
        trap = "YAML reads this as true or false; put it in quotes"
    elif date := _DATE.fullmatch(text):
        trap = _date_trap(date)
    elif _BASE_SIXTY.fullmatch(text):
        trap = "YAML reads this as a number to the base of sixty; put it in quotes"
    elif _LEADING_ZERO.fullmatch(text):
        trap = f"YAML reads a leading 0 as octal; write {int(bare)}, or put it in quotes"
    elif _OTHER_BASE.fullmatch(text):
        trap = "write the number in decimal, or put it in quotes"
    elif "_" in text and _NUMBER.fullmatch(text):
        trap = f"write numbers without _, as {bare}"
    elif read_as_text and _EXPONENT.fullmatch(text):
        trap = f"YAML reads this as text; write {_written_out(text)}, or put it in quotes"
    return trap


def _date_trap(date: re.Match[str]) -> str:
    month = int(date["month"])
    written = f"{date['year']}-{month:02d}" if 1 <= month <= 12 else "YYYY-MM"
    return f"this is a full date; write the month as {written}"


def _written_out(text: str) -> str:
    """The number without an exponent, unless that would be very long."""
    number = Decimal(text.replace("_", ""))
    if abs(number.adjusted()) > _MOST_PLACES:
        return "the number in full"
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
