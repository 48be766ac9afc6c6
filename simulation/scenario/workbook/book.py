"""A place's workbook while it is read: its tables, its ids, and the place of each number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulation.scenario.document import Node
from simulation.scenario.problems import Location, Problem, describe_given
from simulation.scenario.workbook.columns import Choices, Column, Sheet
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.file_words import called_in_workbook
from simulation.scenario.workbook.names import Names
from simulation.scenario.workbook.sheets import LIST_SEPARATOR, SAVING
from simulation.scenario.workbook.tables import Table

_SECTIONS = {
    Choices.ORGANISATIONS: ("organisations",),
    Choices.COMMISSIONERS: ("organisations",),
    Choices.PROVIDERS: ("organisations",),
    Choices.PROGRAMMES: ("programmes",),
}
"""The sections that a column with such a drop-down list names an entry of."""


@dataclass(slots=True)
class Book:
    """A place's workbook while it is read.

    Attributes:
        file: The name of the file in messages.
        tables: The table of each sheet that is there, by its name.
        problems: The mistakes so far.
        names: The ids of organisations, programmes and contracts.
        numbers: The mapping and the key that hold each number, by sheet, row and heading.
        rows: The names of the rows of each sheet.
        whole: False if a sheet may be there under another name, so that what is missing is not a mistake.
        unknown_headings: Headings of organisations that are unknown, by sheet, as they are compared.
        unknown_sources: How many rows of the sheet *Sources* named no number so far.
    """

    file: str
    tables: dict[str, Table]
    problems: list[Problem]
    names: Names = field(default_factory=Names)
    numbers: dict[tuple[str, str, str], tuple[dict[str, Node], str]] = field(default_factory=dict)
    rows: dict[str, set[str]] = field(default_factory=dict)
    whole: bool = True
    unknown_headings: set[tuple[str, str]] = field(default_factory=set)
    unknown_sources: int = 0
    _by_plain: dict[tuple[str, str, str], list[tuple[str, str, str]]] = field(default_factory=dict)

    def table(self, sheet: Sheet) -> Table | None:
        """Return the table of a sheet; None if the workbook has no such sheet."""
        return self.tables.get(sheet.name)

    def fill(self, node: Node, table: Table, row: int, name: str, columns: Sequence[Column]) -> None:
        """Fill a mapping with the fields in a row.

        Args:
            node: The mapping.
            table: The sheet.
            row: The row.
            name: The name of the row in messages and in the sheet *Sources*.
            columns: The columns with the fields.
        """
        self.rows.setdefault(table.sheet.name, set()).add(name)
        for column in columns:
            node.keys[column.field] = table.at(row, column.heading, name)
            value = self.field(table, row, column, name)
            if value is not None:
                self.put(node, column.field, value, (table.sheet.name, name, column.heading))

    def put(self, node: Node, key: str, value: Node, place: tuple[str, str, str]) -> None:
        """Put a value into a mapping; a number can then be found by its sheet, row and heading."""
        node.value[key] = value
        node.keys.setdefault(key, value.location)
        if isinstance(value.value, int | float) or value.flagged:
            self.numbers[place] = node.value, key

    def find_number(self, place: tuple[str, str, str]) -> tuple[str, str, str] | None:
        """Return the sheet, row and heading of the number that is called so; spaces and capitals may differ."""
        if place in self.numbers:
            return place
        if not self._by_plain:
            for each in self.numbers:
                self._by_plain.setdefault(_plain(each), []).append(each)
        found = self._by_plain.get(_plain(place), [])
        return found[0] if len(found) == 1 else None

    def field(self, table: Table, row: int, column: Column, name: str) -> Node | None:
        """Return the cell of a field as a node, with ids in place of names; None if it is empty."""
        node = table.node(row, column, name)
        sections = _SECTIONS.get(column.choices) if column.choices else None
        if node is None or node.flagged:
            return node
        if column.several:
            only_organisations = table.sheet.name in {"Outturns", "Events"}
            return self._several(node, ("organisations",) if only_organisations else tuple(_OF_ONLY))
        return node if sections is None else self.refer(node, sections)

    def refer(self, node: Node, sections: Sequence[str]) -> Node:
        """Return the node of an id or name as that of its id; a name that is unknown is reported.

        Args:
            node: A text.
            sections: The sections in which it may be.
        """
        found, what, suggestion = self.names.find(str(node.value), sections)
        if found is not None:
            return Node("scalar", found, node.location)
        # Without any organisations, or with one id twice, that is the mistake.
        needed = "organisations" if "organisations" in sections else sections[0]
        if self.whole and self.names.is_sure(needed):
            self.report(node.location, what or "", describe_given(node.value), suggestion)
        return Node("scalar", None, node.location, flagged=True)

    def report(self, location: Location, what: str, given: str | None = None, suggestion: str | None = None) -> None:
        """Add a mistake."""
        self.problems.append(Problem(location, called_in_workbook(location), what, given, suggestion))

    def _with_commas(self, parts: Sequence[str], sections: Sequence[str]) -> str | None:
        """Return names that are separated by something else, with commas; None unless such a part names one."""
        split = [self._split(part, sections) for part in parts]
        known = any(self.names.find(name, sections)[0] for names in split if len(names) > 1 for name in names)
        return f"{LIST_SEPARATOR} ".join(name for names in split for name in names) if known else None

    def _split(self, text: str, sections: Sequence[str]) -> list[str]:
        """Return the names in a text, split where a name comes before or after a separator; the text if it is one."""
        if self.names.find(text, sections)[0] is not None:
            return [text]
        for separator in _OTHER_SEPARATORS:
            for found in separator.finditer(text):
                sides = [text[: found.start()].strip(), text[found.end() :].strip()]
                if any(self.names.find(side, sections)[0] for side in sides):
                    return [each for side in sides if side for each in self._split(side, sections)]
        return [text]

    def _several(self, node: Node, sections: Sequence[str]) -> Node:
        """Return the node of a cell that names several as a list of ids."""
        text = str(node.value)
        whole, _, _ = self.names.find(text, sections)
        parts = [text] if whole is not None else [part.strip() for part in text.split(LIST_SEPARATOR)]
        if separated := self._with_commas(parts, sections):
            what = f"separate names with a comma: write {separated}"
            self.report(node.location, what, describe_given(text))
            return Node("scalar", None, node.location, flagged=True)
        items = [self.refer(Node("scalar", part, node.location), sections) for part in parts if part]
        if not items:
            self.report(node.location, "names nothing; name at least one, or empty the cell", describe_given(text))
            return Node("scalar", None, node.location, flagged=True)
        return Node("list", items, node.location, flagged=any(item.flagged for item in items))


_OTHER_SEPARATORS = (re.compile(r"[;\n|]"), re.compile(r"\s(?:and|&|\+)\s", re.I), re.compile("/"))
"""Separators of names in place of a comma; the first is tried first, because names themselves have the others too."""

_OF_ONLY = ("organisations", "programmes", "contracts")


def _plain(place: tuple[str, str, str]) -> tuple[str, str, str]:
    return place[0], plain(place[1]), plain(place[2])


def empty_mapping(location: Location) -> Node:
    """Return a mapping without entries."""
    return Node("mapping", {}, location)


def values_across(table: Table, row: int, name: str, annotation: Any) -> Iterator[tuple[int, str, Node]]:
    """Yield the entries of a row in the further columns of a sheet: column, heading and value.

    Args:
        table: The sheet.
        row: The row.
        name: The name of the row in messages.
        annotation: The type of the entries.
    """
    for column, heading in table.across.items():
        empty = "it takes no part" if table.sheet is SAVING else "it is not known"
        node = table.node_at(table.location(row, column, f"{name}, {heading}"), annotation, empty)
        if node is not None:
            yield column, heading, node
