"""Check a name that a caller gives against the names that there are, and say which one was probably meant."""

import difflib
from collections.abc import Iterable
from itertools import islice
from typing import Any

_LEAST_LIKENESS = 0.65
_MOST_COMPARED = 200
"""How many names a misspelt one is compared with."""
_FEW = 12
"""Names that are listed even where one of them was probably meant."""


def closest(word: Any, candidates: Iterable[str]) -> str | None:
    """Return the candidate that was probably meant, or None if nothing comes close.

    >>> closest("gaps", ["gap", "trust"])
    'gap'
    """
    if not isinstance(word, str):
        return None
    by_lower_case = {candidate.lower(): candidate for candidate in candidates}
    likely: Iterable[str] = by_lower_case
    if len(by_lower_case) > _MOST_COMPARED:  # comparing takes long, and mistakes may be many
        likely = islice((each for each in by_lower_case if each[:1] == word[:1].lower()), _MOST_COMPARED)
    found = difflib.get_close_matches(word.lower(), likely, n=1, cutoff=_LEAST_LIKENESS)
    return by_lower_case[found[0]] if found else None


def unknown_name(what: str, given: Any, known: Iterable[str]) -> str:
    """Say that there is no such name, which one was probably meant, and which there are.

    >>> unknown_name("measure", "gaps", ["gap", "position"])
    "there is no measure 'gaps'; did you mean gap? There are gap, position"

    Args:
        what: What the names name, such as "measure".
        given: What was given instead.
        known: The names that there are.
    """
    names = list(map(str, known))
    meant = closest(given, names)
    if meant is None:
        return f"there is no {what} {given!r}; there are {', '.join(names) or 'none'}"
    there_are = f" There are {', '.join(names)}" if len(names) <= _FEW else ""
    return f"there is no {what} {given!r}; did you mean {meant}?{there_are}"


def check_name(what: str, given: Any, known: Iterable[str]) -> None:
    """Raise an error unless a name is one of those that there are.

    Args:
        what: What the names name, such as "measure".
        given: The name to check.
        known: The names that there are.

    Raises:
        ValueError: If it is none of them; the message names them and the one that was probably meant.
    """
    names = list(map(str, known))
    if not isinstance(given, str) or given not in names:
        raise ValueError(unknown_name(what, given, names))
