"""The sheet *Sources*: where each number comes from, and the range within which it lies."""

import re
from typing import Any

from pydantic_core import PydanticCustomError

from simulation.known_names import closest
from simulation.scenario.document import Node
from simulation.scenario.evidence import range_of
from simulation.scenario.fields import Month
from simulation.scenario.problems import Location, describe_given
from simulation.scenario.workbook.book import Book
from simulation.scenario.workbook.cells import Entry, as_text, match_word, read_cell
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.entries_in_lists import LEVER_NAMES, PARAMETER_NAMES, middle_of_year
from simulation.scenario.workbook.grids import Cell
from simulation.scenario.workbook.sheets import ASSUMPTIONS, LEVERS, PLACE, SHEETS, SOURCES
from simulation.scenario.workbook.tables import PLACE_COLUMN, Table

_MOST_EXPLAINED = 100
_NUMBERED = re.compile("(.+) ([0-9]+)")
_NAMED = ("Sheet", "Row", "Column")
ALL = "all"
"""The word that names every row, or every column, of a sheet."""
_EVIDENCE = {"Unit": "unit", "Source": "source", "Status": "status", "Low": "low", "High": "high"}


def read_sources(book: Book) -> None:
    """Put what the sheet *Sources* says of each number beside it.

    Args:
        book: The workbook; its numbers are known.
    """
    table = book.table(SOURCES)
    if table is None:
        return
    seen: dict[tuple[str, str, str], int] = {}
    for row in [each for each in table.rows if not _count_all(book, table, each)]:
        named = _named(book, table, row)
        if named is None:
            continue
        location = table.at(row, "Row", " ".join(named))
        if named in seen:
            table.report(location, f"is given in row {seen[named]} too; make one row of the two")
            continue
        seen[named] = row
        _add_evidence(table, row, *book.numbers[named])
    # A number keeps what is said of it alone, or of its row or column, against what is said of more.
    for count in (1, 2):
        for row in [each for each in table.rows if _count_all(book, table, each) == count]:
            _add_to_all(book, table, row, seen)


def _count_all(book: Book, table: Table, row: int) -> int:
    """Return how many of the row and the column that a row of the sheet names are all of them."""
    cells = {heading: table.cell(row, heading) for heading in _NAMED}
    typed = {heading: plain(as_text(cell)) for heading, cell in cells.items() if cell is not None}
    names = {plain(name) for name in book.rows.get(as_text(cells["Sheet"]) if cells["Sheet"] else "", ())}
    return sum(typed.get(heading) == ALL and ALL not in names for heading in _NAMED[1:])


def _add_to_all(book: Book, table: Table, row: int, seen: dict[tuple[str, str, str], int]) -> None:
    """Put what a row says of all rows or columns beside each number that nothing narrower is said of."""
    typed = {heading: as_text(cell) for heading in _NAMED if (cell := table.cell(row, heading)) is not None}
    for heading in _NAMED:
        if heading not in typed:
            table.report(table.at(row, heading), f"is missing: the {heading.lower()} of the number")
            return
    for heading in ("Low", "High"):
        if table.cell(row, heading) is not None:
            table.report(table.at(row, heading), "is of one number; name its row and its column")
            return
    names = {heading: {plain(typed[heading])} for heading in _NAMED}
    for heading in _NAMED[1:]:
        found, _, _ = book.names.find(typed[heading])
        names[heading] |= {plain(found)} if found else set()
    if word := _word_in(typed["Sheet"], typed["Row"]):
        names["Row"].add(plain(word))
    matching = [
        number
        for number in book.numbers
        if all(
            ALL in names[heading] or plain(part) in names[heading] for heading, part in zip(_NAMED, number, strict=True)
        )
    ]
    if not matching:
        _report_unknown_all(book, table, row, typed, names)
    for number in matching:
        if seen.setdefault(number, row) == row:
            _add_evidence(table, row, *book.numbers[number])


def _report_unknown_all(book: Book, table: Table, row: int, typed: dict[str, str], names: dict[str, set[str]]) -> None:
    """Report a row of which the sheet, or the row or column that it names beside `all`, holds no number."""
    sheet = _sheet_in(table, row, typed["Sheet"])
    is_reported = (sheet, plain(typed["Column"])) in book.unknown_headings
    if sheet is None or is_reported or not book.whole or not (sheet in book.tables and book.tables[sheet].is_sure):
        return
    there = {
        "Row": [name for each, name, _ in book.numbers if each == sheet],
        "Column": [column for each, _, column in book.numbers if each == sheet],
    }
    here = book.tables[sheet]
    empty = {
        "Row": {plain(name) for name in book.rows.get(sheet, ())},
        "Column": {plain(heading) for heading in (*here.columns, *here.across.values())},
    }
    for heading, known in there.items():
        if ALL not in names[heading] and not names[heading] & {plain(name) for name in known}:
            what = f"the sheet {sheet} has no number in this {heading.lower()}"
            given, suggestion = describe_given(typed[heading]), closest(typed[heading], known)
            if names[heading] & empty[heading]:
                what, suggestion = f"{what}; type one, or remove this row", None
            table.report(table.at(row, heading), what, given, suggestion)
            return
    table.report(table.at(row, "Sheet"), "this sheet has no numbers; type them, or remove this row", sheet)


def _sheet_in(table: Table, row: int, text: str) -> str | None:
    """Return the sheet that a text names; None if there is none, which is reported."""
    sheet = match_word(text, [(each.name, "") for each in SHEETS])
    if sheet is None:
        suggestion = closest(text, [each.name for each in SHEETS])
        table.report(table.at(row, "Sheet"), "unknown sheet", describe_given(text), suggestion)
    return sheet


def _named(book: Book, table: Table, row: int) -> tuple[str, str, str] | None:
    """Return the number that a row of the sheet names; None if there is none, which is reported."""
    cells: dict[str, Cell | None] = {heading: table.cell(row, heading) for heading in _NAMED}
    if not all(heading in table.columns for heading in _NAMED):
        return None
    typed = {heading: as_text(cell) for heading, cell in cells.items() if cell is not None}
    if cells["Column"] is None and match_word(typed.get("Sheet", ""), [(PLACE.name, "")]):
        typed["Column"] = PLACE_COLUMN
    for heading in _NAMED:
        if heading not in typed:
            table.report(table.at(row, heading), f"is missing: the {heading.lower()} of the number")
            return None
    sheet = _sheet_in(table, row, typed["Sheet"])
    if sheet is None:
        return None
    number = _find(book, sheet, typed["Row"], typed["Column"], _month_in(cells["Row"]))
    if number is not None:
        return number
    if book.whole and sheet in book.tables and book.tables[sheet].is_sure:
        _report_unknown(book, table, row, sheet, typed)
    return None


def _find(book: Book, sheet: str, row: str, column: str, month: str | None) -> tuple[str, str, str] | None:
    """Return the number in a row and column, each named as in its sheet, or by a name in place of an id."""
    rows = [row, book.names.find(row)[0], month, _word_in(sheet, row)]
    columns = [column, book.names.find(column, ("organisations",))[0]]
    found = (book.find_number((sheet, name, heading)) for name in rows if name for heading in columns if heading)
    return next((number for number in found if number is not None), None)


def _word_in(sheet: str, row: str) -> str | None:
    """Return the name of a row of levers or assumptions by its name in files; None if it names none of them."""
    if plain(sheet) == plain(ASSUMPTIONS.name):
        return match_word(row, PARAMETER_NAMES.items())
    if plain(sheet) != plain(LEVERS.name):
        return None
    lever, number = row, ""
    if (found := _NUMBERED.fullmatch(row.strip())) is not None:
        lever, number = found[1], f" {found[2]}"
    word = match_word(lever, LEVER_NAMES.items())
    return f"{word}{number}" if word else None


def _month_in(cell: Cell | None) -> str | None:
    """Return the month that a cell names as a date, as text or by a financial year; None if it names none."""
    entry = Entry() if cell is None else read_cell(cell, Month)
    return None if entry.value is None else middle_of_year(str(entry.value))


def _report_unknown(book: Book, table: Table, row: int, sheet: str, typed: dict[str, str]) -> None:
    """Report a row that names no number, at the cell that is wrong, unless its heading has been reported."""
    if (sheet, plain(typed["Column"])) in book.unknown_headings:
        return
    book.unknown_sources += 1
    if book.unknown_sources > _MOST_EXPLAINED:
        table.report(table.at(row, "Row"), f"the sheet {sheet} has no such number", describe_given(typed["Row"]))
        return
    there = [(name, column) for each, name, column in book.numbers if each == sheet]
    found, _, _ = book.names.find(typed["Row"])
    names = {plain(typed["Row"]), plain(found or ""), plain(_word_in(sheet, typed["Row"]) or "")}
    columns = [column for name, column in there if plain(name) in names]
    here = book.tables[sheet]
    headings = {plain(heading) for heading in (*here.columns, *here.across.values())}
    if plain(typed["Column"]) in headings and names & {plain(name) for name in book.rows.get(sheet, ())}:
        column = next((each for each in here.sheet.columns if plain(each.heading) == plain(typed["Column"])), None)
        if column is None or not column.is_needed:  # one that is needed is reported where it is missing
            table.report(table.at(row, "Row"), "the number is missing; type it in its sheet, or remove this row")
        return
    heading, known = ("Column", columns) if columns else ("Row", [name for name, _ in there])
    what = f"the sheet {sheet} has no number in this {heading.lower()}"
    suggestion = closest(typed[heading], known)
    table.report(table.at(row, heading), what, describe_given(typed[heading]), suggestion)


def _add_evidence(table: Table, row: int, held: dict[str, Node], key: str) -> None:
    """Replace a number by a mapping of the number and its evidence."""
    number = held[key]
    if number.kind != "scalar":
        return
    mapping = Node("mapping", {"value": number}, number.location, {"value": number.location})
    name = f"{as_text(cell)}" if (cell := table.cell(row, "Row")) is not None else ""
    for column in table.sheet.columns:
        field = _EVIDENCE.get(column.heading)
        node = table.node(row, column, name) if field is not None else None
        if field is not None and node is not None and not (node.flagged and column.heading not in table.columns):
            mapping.value[field], mapping.keys[field] = node, node.location
    _check_range(table, mapping, table.at(row, "Low", name))
    held[key] = mapping


def _check_range(table: Table, mapping: Node, location: Location) -> None:
    """Report a range that has one end only, or that the number is not in; take it out."""
    written: dict[str, Any] = {field: node.value for field, node in mapping.value.items()}
    ends = [field for field in ("low", "high") if field in mapping.value]
    if any(mapping.value[field].flagged for field in ("value", *ends)):
        for field in ends:
            del mapping.value[field]
        return
    try:
        range_of(written)
    except PydanticCustomError as error:
        table.report(location, error.message())
        for field in ends:
            del mapping.value[field]
