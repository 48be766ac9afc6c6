"""Fill one sheet of a workbook: title, hint, headings with comments, entries, and styled room for more."""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from simulation.scenario.problems import Location, Problem, describe_given
from simulation.scenario.workbook.choices import add_bounds, add_list, rows_from_headings
from simulation.scenario.workbook.columns import Choices
from simulation.scenario.workbook.comments import comment_on, is_required, money_units
from simulation.scenario.workbook.evidence_rows import without_evidence
from simulation.scenario.workbook.looks import NEEDED, ColumnLook, looks_of
from simulation.scenario.workbook.pages import fit_heights, fit_widths, set_page
from simulation.scenario.workbook.parts import LONGEST_TEXT
from simulation.scenario.workbook.rows import Row, Table
from simulation.scenario.workbook.sheets import HEADING_ROW, PLACE, SAVING
from simulation.scenario.workbook.styling import NEEDED_TAB, TEXT, Look, Style, Styles, exact_format, format_of, protect
from simulation.scenario.workbook.tables import MOST_ROWS, position_of
from simulation.scenario.workbook.texts import write_text

_LAST_ROW = 60
_MORE_ROWS = 30
_PRINTED_ROWS = 20


def fill_sheet(
    sheet: Worksheet, table: Table, styles: Styles, listed: dict[Choices, str], file: str
) -> Iterator[Problem]:
    """Write a table to its sheet; yield a problem for each entry that a workbook cannot hold.

    Args:
        sheet: The empty sheet.
        table: The entries.
        styles: The styles of the workbook.
        listed: The cells that hold the words of drop-down lists.
        file: The name of the workbook in messages.
    """
    is_place = table.sheet is PLACE
    looks = looks_of(table)
    _write_top(sheet, table, looks, styles)
    last = HEADING_ROW + len(table.rows) if is_place else max(_LAST_ROW, HEADING_ROW + len(table.rows) + _MORE_ROWS)
    location = Location(file, sheet=position_of(table.sheet))
    if len(table.rows) > MOST_ROWS:
        yield Problem(location, "", f"must have at most {MOST_ROWS:,} rows with entries", f"{len(table.rows):,}")
    for row in range(HEADING_ROW + 1, last + 1):
        entries = table.rows[row - HEADING_ROW - 1] if row - HEADING_ROW <= len(table.rows) else {}
        yield from _write_row(sheet, row, entries, looks, styles, location)
    if is_place:
        _finish_place(sheet, table, styles)
    else:
        _add_rules(sheet, table, looks, last, listed)
    sheet.sheet_properties.tabColor = NEEDED_TAB if table.sheet in NEEDED else None
    sheet.freeze_panes = "A4" if is_place else "B4"
    fit_widths(sheet, [look.width for look in looks], open_below=not is_place)
    fit_heights(sheet, table, looks)
    protect(sheet)
    columns = len(table.headings) if table.rows else len(looks)
    set_page(sheet, columns, HEADING_ROW + (len(table.rows) or _PRINTED_ROWS))


def put(cell: Cell, value: Any) -> None:
    """Put a text or number into a cell exactly: text is never a formula, and a number is not rounded."""
    if isinstance(value, str):
        written, kind = write_text(value), "s"
    elif value is not None:
        # As text of the XML, because openpyxl itself would write no more than 16 digits.
        written, kind = repr(value).removesuffix(".0") if value else repr(value), "n"
    else:
        return
    cell._value, cell.data_type = written, kind  # type: ignore[attr-defined]  # its setter would refuse or change both


def _write_top(sheet: Worksheet, table: Table, looks: Sequence[ColumnLook], styles: Styles) -> None:
    styles.put(sheet, 1, 1, Style(Look.TITLE), table.sheet.title)
    hint = f"{table.sheet.hint} {'' if '£m' in table.sheet.title + table.sheet.hint else money_units(table.sheet)}"
    styles.put(sheet, 2, 1, Style(Look.HINT), hint.replace("`", "").strip())
    for column, look in enumerate(looks, start=1):
        cell = styles.put(sheet, HEADING_ROW, column, Style(look.heading_look, TEXT, is_right=look.number is not None))
        put(cell, look.heading or None)
        if look.comment:
            cell.comment = _comment(look.comment)


def _write_row(
    sheet: Worksheet, row: int, entries: Row, looks: Sequence[ColumnLook], styles: Styles, location: Location
) -> Iterator[Problem]:
    for column, look in enumerate(looks, start=1):
        value = without_evidence(entries.get(column - 1))
        style = Style(look.look, exact_format(value, look.number_format), is_wrapped=look.is_wrapped)
        cell = styles.put(sheet, row, column, style)
        if what := _what_is_lost(value):
            yield Problem(location._replace(line=row, column=column), "", what, describe_given(value))
        else:
            put(cell, value)


def _what_is_lost(value: Any) -> str | None:
    """Return what of an entry a workbook cannot hold, and how to fix it; None if it can hold it all."""
    if isinstance(value, str) and _length(value) > LONGEST_TEXT:
        return f"has {_length(value):,} characters; a cell holds at most {LONGEST_TEXT:,}, so shorten it"
    return None


def _finish_place(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Give each item of the sheet *Place* its own format, bounds and comment."""
    for row, (item, entries) in enumerate(zip(PLACE.columns, table.rows, strict=True), start=HEADING_ROW + 1):
        look, number = Look.MUST if is_required(item) else Look.MAY, item.number
        value = without_evidence(entries.get(1))
        number_format = exact_format(value, format_of(number.unit)) if number else TEXT
        cell = styles.put(sheet, row, 2, Style(look, number_format, is_wrapped=number is None, is_left=True))
        if number:
            add_bounds(sheet, cell.coordinate, number)
        sheet.cell(row, 1).comment = _comment(comment_on(item))


def _comment(text: str) -> Comment:
    lines = sum(1 + len(line) // 44 for line in text.splitlines())
    return Comment(text, "trustsim", height=24 + 19 * lines, width=360)


def _add_rules(
    sheet: Worksheet, table: Table, looks: Sequence[ColumnLook], last: int, listed: dict[Choices, str]
) -> None:
    for column, look in enumerate(looks, start=1):
        cells = rows_from_headings(column, last)
        if table.sheet is SAVING and look.heading_look is Look.FREE_HEADING:
            add_list(sheet, sheet.cell(HEADING_ROW, column).coordinate, Choices.ORGANISATIONS, listed)
        if look.choices:
            add_list(sheet, cells, look.choices, listed)
        elif look.number:
            add_bounds(sheet, cells, look.number)


def _length(text: str) -> int:
    """Return the length of a text as a workbook holds it, in UTF-16 code units."""
    return len(write_text(text).encode("utf-16-le", "surrogatepass")) // 2
