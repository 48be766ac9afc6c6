"""Mistakes in a file: where each is, what it is and how to fix it, in plain English."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

Path = tuple[str | int, ...]

_LONGEST_GIVEN = 60
_LEAST_LIKENESS = 0.65


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
        file: The file as the user named it, or as the file that extends it does.
        line: Counted from 1; None where the file as a whole is at fault.
        column: Counted from 1.
        where: The location as a dotted path, such as `levers.coaching[1].strength`; empty for the file.
        what: The mistake, and how to fix it.
        given: The value that the file gives, if that helps.
        suggestion: The word that was probably meant.
    """

    file: str
    line: int | None
    column: int | None
    where: str
    what: str
    given: str | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        location = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{location}: {_sentence(self.where, self.what, self.given, self.suggestion)}"


class ScenarioError(Exception):
    """An error for a file that cannot be used; `problems` holds all its mistakes, by file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sort_problems(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file, line and column, each mistake once."""
    once: dict[tuple[Any, ...], Problem] = {}
    for problem in problems:
        once.setdefault((problem.file, problem.line or 0, problem.column or 0, problem.where), problem)
    return sorted(once.values(), key=lambda problem: (problem.file, problem.line or 0, problem.column or 0))


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
    return _shorten(json.dumps(value) if isinstance(value, bool) else repr(value))


def closest(word: Any, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was probably meant, or None if nothing comes close."""
    if not isinstance(word, str):
        return None
    by_lower_case = {candidate.lower(): candidate for candidate in candidates}
    found = difflib.get_close_matches(word.lower(), by_lower_case, n=1, cutoff=_LEAST_LIKENESS)
    return by_lower_case[found[0]] if found else None


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
        text += f" (given: {given})"
    if suggestion is not None:
        text += f"; did you mean {one_line(suggestion)}?"
    return text


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_GIVEN else text[: _LONGEST_GIVEN - 1] + "…"
