"""The sheet *Sources*: one row for each number that has a unit, a source, a status or a range of its own."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.rows import Row, Table
from simulation.scenario.workbook.sheets import SAVING, SOURCES
from simulation.scenario.workbook.sources import ALL
from simulation.scenario.workbook.tables import MOST_ROWS
from simulation.scenario.workbook.texts import row_names

_PARTS = ("unit", "source", "status", "low", "high")
"""The parts that follow a number, in the order of the columns after sheet, row and column."""


def sources_of(tables: Sequence[Table]) -> Table:
    """Return the sheet *Sources* of a workbook's other tables, in their order.

    If that would be too many rows, the savings of a programme that all have the same source share one.
    """
    rows = tuple(row for table in tables for row in _rows_of(table, shared=False))
    if len(rows) > MOST_ROWS:
        rows = tuple(row for table in tables for row in _rows_of(table, shared=table.sheet is SAVING))
    return Table(SOURCES, rows)


def without_evidence(value: Any) -> Any:
    """Return a number without its evidence; anything else as it is."""
    return value["value"] if isinstance(value, dict) else value


def _rows_of(table: Table, *, shared: bool) -> Iterator[Row]:
    names = row_names(_key_of(row) for row in table.rows)
    times = Counter(plain(name) for name in [*names, *table.across])
    for name, row in zip(names, table.rows, strict=True):
        numbers: dict[int, Any] = {
            column: value for column, value in row.items() if isinstance(value, dict | int | float)
        }
        if shared and times[plain(name)] == 1 and ALL not in times and _has_one_source([*numbers.values()]):
            yield {0: table.sheet.name, 1: name, 2: ALL, **_evidence_of(next(iter(numbers.values())))}
            continue
        for column, value in sorted(numbers.items()):
            if isinstance(value, dict):
                yield {0: table.sheet.name, 1: name, 2: table.headings[column], **_evidence_of(value)}


def _has_one_source(numbers: list[Any]) -> bool:
    """Return True if numbers all have the same evidence, and no range, which is of one number alone."""
    found = [_evidence_of(number) if isinstance(number, dict) else {} for number in numbers]
    return len(found) > 1 and found.count(found[0]) == len(found) and bool(found[0]) and "low" not in numbers[0]


def _evidence_of(number: Mapping[str, Any]) -> dict[int, Any]:
    return {column: number.get(part) for column, part in enumerate(_PARTS, start=3)}


def _key_of(row: Row) -> str:
    """Return the entry by which a row is named: that of its first column, or of the next if the first is empty."""
    return str(next((row[column] for column in (0, 1) if row.get(column) is not None), ""))
