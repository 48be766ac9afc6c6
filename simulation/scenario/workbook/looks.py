"""How the columns of each sheet look: heading, comment, fill, format and width."""

from types import MappingProxyType
from typing import NamedTuple

from simulation.scenario.evidence import Number
from simulation.scenario.workbook.columns import Choices, Column
from simulation.scenario.workbook.comments import comment_across, comment_on, is_required, number_across
from simulation.scenario.workbook.rows import Table
from simulation.scenario.workbook.sheets import (
    ASSUMPTIONS,
    CONTRACTS,
    GAP,
    ORGANISATIONS,
    OUTTURNS,
    PLACE,
    PROGRAMMES,
    SAVING,
    SKILLS,
)
from simulation.scenario.workbook.styling import TEXT, Look, format_of

NEEDED = (PLACE, GAP, ORGANISATIONS, PROGRAMMES, SAVING, CONTRACTS)
"""The sheets that almost every place needs."""

_MORE_AFTER = 2
_MORE_COLUMNS = MappingProxyType({SKILLS.name: 6, SAVING.name: 8, OUTTURNS.name: 5})
"""Further columns that an empty workbook offers, and one of a place."""

_WIDE = frozenset({"Title", "Name", "Source", "Only", "Organisations"})
_FREE = (ASSUMPTIONS.name, "Value")
"""The column that holds a number of any size, or a word."""


class ColumnLook(NamedTuple):
    """How the cells of a column look, and what they hold; widths are in characters."""

    heading: str
    comment: str
    look: Look
    number_format: str
    width: float
    is_wrapped: bool = False
    number: Number | None = None
    choices: Choices | None = None
    heading_look: Look = Look.HEADING


def looks_of(table: Table) -> list[ColumnLook]:
    """Return the looks of a sheet's columns from the left, with room for more where it is a table of two kinds."""
    if table.sheet is PLACE:
        return [
            ColumnLook("Item", "", Look.STRONG, "General", 20),
            ColumnLook("Value", "", Look.MAY, TEXT, 62, is_wrapped=True),
            ColumnLook("Note", "Free text; it is not read.", Look.MAY, TEXT, 62, is_wrapped=True),
        ]
    looks = [_look_of(table, column) for column in table.sheet.columns]
    return looks + _looks_across(table) if table.sheet.across else looks


def _look_of(table: Table, column: Column) -> ColumnLook:
    is_free, is_wide = (table.sheet.name, column.heading) == _FREE, column.heading in _WIDE
    return ColumnLook(
        column.heading,
        comment_on(column),
        Look.MUST if is_required(column) else Look.MAY,
        format_of(column.unit) if column.number else "General" if is_free else TEXT,
        44 if is_wide else 15 if column.number or is_free else 26 if column is table.sheet.columns[0] else 20,
        is_wrapped=is_wide,
        number=column.number,
        choices=column.choices,
    )


def _looks_across(table: Table) -> list[ColumnLook]:
    number, comment = number_across(table.sheet), comment_across(table.sheet)
    room = [""] * (_MORE_AFTER if table.across else _MORE_COLUMNS[table.sheet.name])
    return [
        ColumnLook(
            heading,
            comment if heading or (position == 0 and not table.across) else "",
            Look.MAY,
            format_of(number.unit if number else None),
            15,
            number=number,
            heading_look=Look.FREE_HEADING,
        )
        for position, heading in enumerate([*table.across, *room])
    ]
