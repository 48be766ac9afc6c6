"""Rows and columns of totals, and rows of notes, which people put below and beside their tables; they are not read."""

from collections.abc import Iterator
from math import fsum

from simulation.scenario.problems import describe_given
from simulation.scenario.workbook.cells import as_text
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.grids import Cell
from simulation.scenario.workbook.sheets import CONTRACTS, ORGANISATIONS, PROGRAMMES, SAVING
from simulation.scenario.workbook.tables import Table

_WORDS = frozenset({"total", "totals", "grand total", "subtotal", "sub-total", "sub total", "sum", "sums"})
_NOTE = "note:"
_PRECISION = 0.02
"""The part of a sum by which a total may differ from it, as typed totals are rounded."""

_TOTAL = "a total does not belong here; delete the row, or begin its first cell with Note:"


def is_total(text: str) -> bool:
    """Return True if the name of a row, or the heading of a column, says that it holds totals."""
    return plain(text).rstrip(":") in _WORDS


def drop_totals(tables: dict[str, Table]) -> None:
    """Take the rows of totals and of notes out of the sheets with amounts, and report those of totals.

    Args:
        tables: The tables of a workbook, by sheet.
    """
    for sheet in (ORGANISATIONS, PROGRAMMES, CONTRACTS, SAVING):
        if sheet.name not in tables:
            continue
        table = tables[sheet.name]
        programmes = set(_names_in(tables.get(PROGRAMMES.name))) if sheet is SAVING else set()
        kept = []
        for row in table.rows:
            name = _name_of(table, row)
            if name.casefold().startswith(_NOTE):
                continue
            if plain(name) not in programmes and _holds_totals(table, row, name):
                location = table.at(row, table.sheet.columns[0].heading)
                table.report(location, _TOTAL, describe_given(name) if name else None)
                continue
            kept.append(row)
        table.rows = kept


def _names_in(table: Table | None) -> Iterator[str]:
    """Yield the ids and titles of the rows of a table, as they are compared; none without a table."""
    if table is not None:
        cells = (table.cell(row, column.heading) for row in table.rows for column in table.sheet.columns[:2])
        yield from (plain(as_text(cell)) for cell in cells if cell is not None)


def _name_of(table: Table, row: int) -> str:
    """Return the id of a row, or its name if it has no id; empty if it has neither."""
    cells = (table.cell(row, column.heading) for column in table.sheet.columns[:2])
    return next((as_text(cell) for cell in cells if cell is not None and cell.kind == "text"), "")


def _holds_totals(table: Table, row: int, name: str) -> bool:
    """Return True if a row is called a total, or has no name, and its numbers are the sums of those in other rows."""
    if name and not is_total(name):
        return False
    names = {table.columns.get(column.heading) for column in table.sheet.columns[:2]}
    amounts = {*table.columns.values(), *table.across} - names
    cells = {column: cell for column in amounts if column and (cell := table.grid.cells.get((row, column))) is not None}
    if any(cell.kind not in {"number", "formula", "error"} for cell in cells.values()):
        return False
    is_sum = [cell.kind != "number" or _is_sum(table, row, column, cell) for column, cell in cells.items()]
    return (not is_sum or any(is_sum)) if name else (bool(is_sum) and all(is_sum))


def _is_sum(table: Table, row: int, column: int, cell: Cell) -> bool:
    """Return True if a number is about the sum of the numbers in the other rows of its column."""
    others = [table.grid.cells.get((other, column)) for other in table.rows if other != row]
    numbers = [float(each.value) for each in others if each is not None and isinstance(each.value, float)]
    together = fsum(numbers)
    return bool(numbers) and isinstance(cell.value, float) and abs(cell.value - together) <= _PRECISION * abs(together)
