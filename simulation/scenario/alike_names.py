"""Names that readers cannot distinguish: by capitals, spaces, letters that are not seen, or shapes of letters."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from simulation.scenario.problems import Finding, Path, one_line
from simulation.scenario.raw_data import mapping_of

_DASHES = "‐‑‒–—―−⁃˗"
_QUOTES = "‘’‛ʼʹ′`´"
_SMALL = str.maketrans(
    "авеіјкорсѕтухһԁԛԝүӏ" + "αγεικνορυχϲϳ",
    "abeijkopcstyxhdqwyl" + "ayeikvopuxcj",
)
"""Small letters of Cyrillic and Greek that have the shape of a Latin one (Unicode Technical Standard 39)."""
_CAPITAL = str.maketrans(
    "АВЕІЈКМНОРСЅТУХҺԌԚԜҮӀ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ",
    "ABEIJKMHOPCSTYXHGQWYI" + "ABEZHIKMNOPTYXCJ",
)
"""Capitals of Cyrillic and Greek that have the shape of a Latin one."""
_STROKES = str.maketrans(_DASHES + _QUOTES, "-" * len(_DASHES) + "'" * len(_QUOTES))
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_NAME_OF = {"organisations": ("name", "organisation"), "programmes": ("title", "programme")}
"""The field that names an entry of a section, and the word for an entry."""


@lru_cache(maxsize=4096)
def shapes_of(name: str) -> frozenset[str]:
    """Return how a name looks, in small letters and in capitals; names that share a look cannot be distinguished.

    >>> shapes_of("Menu a-b") == shapes_of("menu  a‐b"), shapes_of("menu") == shapes_of("many")
    (True, False)

    Args:
        name: Any text.
    """
    seen = "".join(letter for letter in name.translate(_STROKES) if not _is_unseen(letter))
    plain = " ".join(unicodedata.normalize("NFKC", seen).translate(_STROKES).split())
    small = unicodedata.normalize("NFKC", plain.casefold()).translate(_SMALL)
    capital = unicodedata.normalize("NFKC", plain.upper()).translate(_CAPITAL)
    return frozenset({f"small: {small}", f"capital: {capital}"})


class NamesSeen:
    """The names that have been read, to find those that look like an earlier one."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def add(self, name: str) -> str | None:
        """Add a name and return the first that looks like it; None if none does.

        Args:
            name: Any text.
        """
        found = None
        for shape in sorted(shapes_of(name)):
            before = self._first.setdefault(shape, name)
            found = found or (before if before is not name else None)
        return found


def say_alike(before: str) -> str:
    """Say that a name looks like an earlier one.

    Args:
        before: The earlier one.
    """
    return f"cannot be distinguished from {one_line(before)!r} in charts and tables; give it another name"


def find_alike_names(data: dict[str, Any]) -> Iterator[Finding]:
    """Find organisations and programmes with the name of another, or named by another's id.

    Args:
        data: The scenario as its file would write it; parts that are not well formed are passed over.
    """
    for section, (field, kind) in _NAME_OF.items():
        entries = {each: entry for each, entry in mapping_of(data, section).items() if isinstance(each, str)}
        names = {each: _given(entry, field) for each, entry in entries.items()}
        seen: dict[str, str] = {}
        owners: dict[str, set[str]] = {}
        for each in entries:
            for shape in shapes_of(each):
                owners.setdefault(shape, set()).add(each)
        for each, given in sorted(names.items(), key=lambda item: item[1] is None):
            shapes = shapes_of(each if given is None else given)
            before = next((seen[shape] for shape in sorted(shapes) if shape in seen), None)
            if before is not None and names[before] is not None:
                path: Path = (section, each) if given is None else (section, each, field)
                what = f"looks the same as the name of {before}, {one_line(names[before] or before)!r}"
                yield Finding(path, f"{what}; give each {kind} a name that readers can distinguish", at_key=not given)
            elif given is not None and any(
                not shapes & shapes_of(names[other] or other)
                for other in {owner for shape in shapes for owner in owners.get(shape, ())} - {each}
            ):
                what = f"is the id of another {kind}, so it could mean either; give it another name"
                yield Finding((section, each, field), what)
            seen = dict.fromkeys(shapes, each) | seen


def _given(entry: Any, field: str) -> str | None:
    name = entry.get(field) if isinstance(entry, dict) else None
    return name if isinstance(name, str) and name.strip() else None


def _is_unseen(letter: str) -> bool:
    """Return True for a letter without a shape: zero-width spaces, marks of direction, variants of what is before."""
    return (
        letter in _UNSEEN
        or unicodedata.category(letter) == "Cf"
        or "VARIATION SELECTOR" in unicodedata.name(letter, "")
    )
