"""The scalars of a YAML file: their values, and those that YAML 1.1 reads differently from what people mean.

Such traps are `no`, `12:30`, `010`, `1_000`, `1e3` and full dates, unless they are in quotes.
"""

import re
from decimal import Decimal
from typing import Any

import yaml

from simulation.limits import MOST_DIGITS

TAG = "tag:yaml.org,2002:"
"""The prefix of YAML's own tags."""

_BOOLEANS = frozenset({"y", "n", "yes", "no", "on", "off"})
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?|[-+]?\.[0-9_]+")
_BASE_SIXTY = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_OTHER_BASE = re.compile(r"[-+]?0(b[01_]+|x[0-9a-fA-F_]+|o[0-7_]+)")
_EXPONENT = re.compile(r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)[eE][-+]?[0-9]+")
_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-[0-9]{1,2}([Tt \t].*)?")
_MOST_PLACES = 15


def find_trap(text: str, *, read_as_text: bool) -> str | None:
    """Return the mistake in an unquoted word or number and how to fix it; None if it is read as it is meant.

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
        trap = f"YAML reads a leading 0 as octal; write {_without_zeros(bare)}, or put it in quotes"
    elif _OTHER_BASE.fullmatch(text):
        trap = "write the number in decimal, or put it in quotes"
    elif "_" in text and _NUMBER.fullmatch(text):
        trap = f"write numbers without _, as {bare}" if len(bare) <= MOST_DIGITS else "write numbers without _"
    elif read_as_text and _EXPONENT.fullmatch(text):
        trap = f"YAML reads this as text; write {_written_out(text)}, or put it in quotes"
    return trap


def read_key(raw: yaml.Node) -> tuple[str | None, str | None]:
    """Return a key as text (None if it has none) and what is wrong with it."""
    if not isinstance(raw, yaml.ScalarNode):
        return None, "names must be text, not lists or mappings"
    if raw.tag == TAG + "merge":
        return None, "<< is not used here; to build on another file write `extends: path`"
    value, fix = read_scalar(raw)
    if fix is not None:
        return raw.value, fix
    if isinstance(value, str):
        return value, None
    hint = f", or write a month as {value}-04" if isinstance(value, int) and 1000 <= value <= 9999 else ""
    return raw.value, f"names must be text; put it in quotes{hint}"


def read_scalar(raw: yaml.ScalarNode) -> tuple[Any, str | None]:
    """Return a scalar's value and what is wrong with it (the value is then None)."""
    kind = raw.tag.removeprefix(TAG)
    if raw.style is None and (trap := find_trap(raw.value, read_as_text=kind == "str")):
        return None, trap
    value: Any = raw.value
    fix = None
    try:
        match kind:
            case "str":
                pass
            case "null":
                value = None
            case "bool":
                value = value.lower() == "true"
            case "int" if len(value) > MOST_DIGITS:
                fix = f"is a whole number of more than {MOST_DIGITS} digits, which nothing here can be"
            case "int":
                value = int(value)
            case "float":
                value = float(value.lower().replace(".inf", "inf").replace(".nan", "nan"))
            case "value" | "merge":
                fix = "put it in quotes"
            case _:
                fix = f"unknown tag {short_tag(raw.tag)}; remove it"
    except ValueError:
        fix = "cannot be read as a number"
    return (value, None) if fix is None else (None, fix)


def short_tag(tag: str) -> str:
    """Return a tag as files write it."""
    return "!!" + tag.removeprefix(TAG) if tag.startswith(TAG) else tag


def _without_zeros(number: str) -> str:
    """Return a whole number without leading zeros."""
    sign, digits = ("-" if number[0] == "-" else ""), number.lstrip("+-0") or "0"
    return f"{sign}{digits}" if len(digits) <= MOST_DIGITS else "it without them"


def _date_trap(date: re.Match[str]) -> str:
    month = int(date["month"])
    written = f"{date['year']}-{month:02d}" if 1 <= month <= 12 else "YYYY-MM"
    return f"this is a full date; write the month as {written}"


def _written_out(text: str) -> str:
    """Return the number without an exponent, unless that would be very long."""
    number = Decimal(text.replace("_", ""))
    if abs(number.adjusted()) > _MOST_PLACES:
        return "the number in full"
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
