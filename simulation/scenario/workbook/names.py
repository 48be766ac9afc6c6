"""Ids in a workbook, and names in their place: where only one entry has a name, it stands for the id."""

import re
import unicodedata
from collections.abc import Iterable

from simulation.known_names import closest
from simulation.scenario.problems import either
from simulation.scenario.workbook.compared_words import plain

_KINDS = {"organisations": "organisation", "programmes": "programme", "contracts": "contract"}

_MOST_COMPARISONS = 50_000
"""The most words that are compared with unknown ones, to suggest what was probably meant."""


class Names:
    """The ids of the organisations, programmes and contracts of a workbook, and the names that stand for them."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, None]] = {section: {} for section in _KINDS}
        self._named: dict[tuple[str, str], list[str]] = {}
        self._comparisons = 0
        self._words: dict[str, dict[str, None]] = {section: {} for section in _KINDS}
        self._unsure: set[str] = set()

    def add(self, section: str, name: str, title: str | None) -> None:
        """Add an id.

        Args:
            section: organisations, programmes or contracts.
            name: The id.
            title: The name that people use; None if there is none.
        """
        self._ids[section][name] = self._words[section][name] = None
        if title is not None:
            self._named.setdefault((section, plain(title)), []).append(name)
            self._words[section][title] = None

    def find(self, text: str, sections: Iterable[str] = _KINDS) -> tuple[str | None, str | None, str | None]:
        """Return the id that a text stands for; None, what is wrong and what was probably meant if it stands for none.

        Args:
            text: An id or a name.
            sections: The sections in which it may be.
        """
        within = [section for section in _KINDS if section in set(sections)]
        if any(text in self._ids[section] for section in within):
            return text, None, None
        found = [name for section in within for name in self._named.get((section, plain(text)), [])]
        if len(found) == 1:
            return found[0], None, None
        if found:
            return None, f"is the name of {' and '.join(found)}; write the id", None
        words: list[str] = []
        if self._comparisons < _MOST_COMPARISONS:
            words = [word for section in within for word in self._words[section]]
            self._comparisons += len(words)
        kinds = [_KINDS[section] for section in within if self._ids[section]] or [_KINDS[within[0]]]
        return None, f"unknown {either(kinds)}", closest(text, words)

    def doubt(self, section: str) -> None:
        """Note that ids of a section are missing by another mistake, so that an unknown one is no further mistake.

        Args:
            section: organisations, programmes or contracts.
        """
        self._unsure.add(section)

    def is_sure(self, section: str) -> bool:
        """Return True if the ids of a section are all there; organisations, of which a place has two, if there are any.

        Args:
            section: organisations, programmes or contracts.
        """
        return section not in self._unsure and (bool(self._ids[section]) or section != "organisations")


def make_id(name: str) -> str:
    """Return an id made from a name: its letters and digits, with hyphens between words; empty if it has none.

    >>> make_id("St. Mary’s Hospital (acute)")
    'st-marys-hospital-acute'
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", letters))
