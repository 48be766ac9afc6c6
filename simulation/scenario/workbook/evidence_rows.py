"""The sheet *Sources*: one row for each number that has a unit, a source, a status or a range of its own."""

from collections.abc import Iterable, Iterator
from typing import Any

from simulation.scenario.workbook.rows import Row, Table
from simulation.scenario.workbook.sheets import SOURCES
from simulation.scenario.workbook.texts import row_names

_PARTS = ("unit", "source", "status", "low", "high")
"""The parts beside a number, in the order of the columns after sheet, row and column."""


def sources_of(tables: Iterable[Table]) -> Table:
    """Return the sheet *Sources* of a workbook's other tables, in their order."""
    return Table(SOURCES, tuple(row for table in tables for row in _rows_of(table)))


def without_evidence(value: Any) -> Any:
    """Return a number without its evidence; anything else as it is."""
    return value["value"] if isinstance(value, dict) else value


def _rows_of(table: Table) -> Iterator[Row]:
    headings = table.headings
    for name, row in zip(row_names(_key_of(row) for row in table.rows), table.rows, strict=True):
        for position, value in sorted(row.items()):
            if isinstance(value, dict):
                evidence = {column: value.get(part) for column, part in enumerate(_PARTS, start=3)}
                yield {0: table.sheet.name, 1: name, 2: headings[position], **evidence}


def _key_of(row: Row) -> str:
    """Return the entry by which a row is named: that of its first column, or of the next if the first is empty."""
    return str(next((row[column] for column in (0, 1) if row.get(column) is not None), ""))
