"""Mistakes in a file: where each is, what it is and how to fix it, in plain English."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import log10
from typing import Any, NamedTuple

Path = tuple[str | int, ...]

_LONGEST_GIVEN = 60
_MOST_WRITTEN = 10**40
"""Size from which a whole number is described and not written."""


class Sheet(NamedTuple):
    """A sheet of a workbook: its position, counted from 1, and its name."""

    number: int
    name: str


class Location(NamedTuple):
    """A location in a file, as messages write it: `place.yaml:12:3`, or a cell, `place.xlsx: Programmes!C7`.

    Attributes:
        file: The file as the user named it, or as the file that extends it does.
        line: Line, or row of a sheet, counted from 1; None where the file or sheet as a whole is at fault.
        column: Counted from 1.
        sheet: The sheet of a workbook; None in any other file.
        name: The name of a cell in messages, such as `hospital, Income`; None where its path in the data names it.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: Sheet | None = None
    name: str | None = None

    def __str__(self) -> str:
        if self.sheet is None:
            return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        if self.line is None:
            return f"{self.file}: {self.sheet.name}"
        return f"{self.file}: {self.sheet.name}!{column_letters(self.column or 1)}{self.line}"

    @property
    def of_file(self) -> bool:
        """True if the file as a whole is meant."""
        return self.line is None and self.sheet is None

    @property
    def order(self) -> tuple[str, int, int, int]:
        """The key by which mistakes are sorted."""
        return self.file, self.sheet.number if self.sheet else 0, self.line or 0, self.column or 0


def column_letters(column: int) -> str:
    """Return the letters of a column of a sheet.

    >>> column_letters(3), column_letters(28)
    ('C', 'AB')

    Args:
        column: Counted from 1.
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


class Finding(NamedTuple):
    """A mistake at a path in a file's data, before its file and line are known.

    `at_key` is True if the name is at fault and not its value.
    """

    path: Path
    what: str
    given: str | None = None
    suggestion: str | None = None
    at_key: bool = False

    def __str__(self) -> str:
        return _sentence(where_of(self.path), self.what, self.given, self.suggestion)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a scenario or experiment file.

    Its text is `file:line:column: where: what (given: …); did you mean …?` without the parts that don't apply.

    Attributes:
        location: The file, and the location in it.
        where: The location as a dotted path, such as `levers.coaching[1].strength`, or as the name of a cell, such as
            `coaching 2, Strength`; empty for the file.
        what: The mistake, and how to fix it.
        given: The value that the file gives, if that helps.
        suggestion: The word that was probably meant.
    """

    location: Location
    where: str
    what: str
    given: str | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        return f"{self.location}: {_sentence(self.where, self.what, self.given, self.suggestion)}"


class ScenarioError(Exception):
    """An error for a file that cannot be used; `problems` holds all its mistakes, in the order of their locations."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sort_problems(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file, sheet, line and column, each mistake once."""
    once: dict[tuple[Any, ...], Problem] = {}
    for problem in problems:
        once.setdefault((*problem.location.order, problem.where), problem)
    return sorted(once.values(), key=lambda problem: problem.location.order)


def called(location: Location) -> str:
    """Return the name of a cell in messages, on one line; empty if it has none."""
    return one_line(location.name) if location.name else ""


def where_of(path: Path) -> str:
    """Return a path as text: names joined by dots, indices in brackets.

    >>> where_of(("levers", "coaching", 1, "strength"))
    'levers.coaching[1].strength'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + one_line(part)
    return text


def describe_given(value: Any) -> str:
    """Return a value for one line of a message: text in quotes, a mapping or list by its kind."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return _shorten(json.dumps(value, ensure_ascii=not value.isprintable()))
    if isinstance(value, int) and abs(value) >= _MOST_WRITTEN:
        return f"a whole number of about {int(value.bit_length() * log10(2)) + 1:,} digits"
    return _shorten(json.dumps(value) if isinstance(value, bool) else repr(value))


def either(words: Iterable[str]) -> str:
    """Return words as a choice.

    >>> either(["sourced", "derived", "assumed"])
    'sourced, derived or assumed'
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def one_line(text: str) -> str:
    """Return text for one line of a message: cut short, and in quotes if it would be invisible otherwise."""
    return _shorten(text if text.isprintable() and text else json.dumps(text))


def _sentence(where: str, what: str, given: str | None, suggestion: str | None) -> str:
    text = f"{where}: {what}" if where else what
    if given is not None:
        text += f" (given: {one_line(given)})"
    if suggestion is not None:
        text += f"; did you mean {one_line(suggestion)}?"
    return text


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_GIVEN else text[: _LONGEST_GIVEN - 1] + "…"
