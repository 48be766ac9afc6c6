"""The sheet *Trust as observed*: one row for each pair of organisations, or for the place, and month."""

from simulation.scenario.document import Node
from simulation.scenario.workbook.book import Book, empty_mapping
from simulation.scenario.workbook.cells import as_text
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.sheets import OBSERVED_TRUST, POOLED
from simulation.scenario.workbook.tables import Table
from simulation.scenario.workbook.texts import row_names

_TRUSTING, _TRUSTED, _MONTH, _TRUST = OBSERVED_TRUST.columns


def read_trust(book: Book) -> Node | None:
    """Return trust as observed, as a list with an entry for each pair of organisations and one for the place.

    Args:
        book: The workbook; its ids are known.

    Returns:
        None if there is none.
    """
    table = book.table(OBSERVED_TRUST)
    if table is None or not table.rows:
        return None
    entries: dict[tuple[str, str], Node] = {}
    labels = row_names([_typed(book, table, row) for row in table.rows])
    for row, label in zip(table.rows, labels, strict=True):
        pair = _typed(book, table, row), _typed(book, table, row, _TRUSTED.heading)
        if pair not in entries:
            entries[pair] = _entry(book, table, row, label)
        _add_month(book, table, row, label, entries[pair].value["by_month"])
    return Node("list", list(entries.values()), table.location())


def _typed(book: Book, table: Table, row: int, heading: str = _TRUSTING.heading) -> str:
    """Return the id of an organisation in a row; the text as it is typed if it is none."""
    cell = table.cell(row, heading)
    text = "" if cell is None else as_text(cell)
    return book.names.find(text, ("organisations",))[0] or text


def _entry(book: Book, table: Table, row: int, label: str) -> Node:
    """Return the entry of a pair, or of the place, without its months."""
    location = table.at(row, _TRUSTING.heading, label)
    entry = empty_mapping(location)
    is_pooled = plain(_typed(book, table, row)) == plain(POOLED)
    if not is_pooled:
        book.fill(entry, table, row, label, (_TRUSTING, _TRUSTED))
    elif table.cell(row, _TRUSTED.heading) is not None:
        table.report(table.at(row, _TRUSTED.heading, label), "must be empty for the mean of the place")
    entry.value["by_month"], entry.keys["by_month"] = empty_mapping(location), location
    return entry


def _add_month(book: Book, table: Table, row: int, label: str, months: Node) -> None:
    """Add the trust of one row to its entry's months, or report what is missing or given twice."""
    month, trust = table.node(row, _MONTH, label), table.node(row, _TRUST, label)
    location = table.at(row, _MONTH.heading, label)
    if month is None or trust is None:
        column, what = (_MONTH, "the month") if month is None else (_TRUST, "the trust, from 0 to 1")
        table.report(table.at(row, column.heading, label), f"is missing: {what} of this row")
        months.flagged = True
    elif month.flagged:
        months.flagged = True
    elif month.value in months.value:
        table.report(location, "has an earlier row for the same organisations; make one row of the two", month.value)
    else:
        book.put(months, str(month.value), trust, (OBSERVED_TRUST.name, label, _TRUST.heading))
        months.keys[str(month.value)] = location
