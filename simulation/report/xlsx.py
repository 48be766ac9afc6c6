"""Sheets of results as an Excel workbook: numbers are numbers, and no text is ever a formula."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from itertools import accumulate
from math import isfinite
from textwrap import wrap
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from simulation.formatting import as_written, without_joiners
from simulation.report.office import dated_time, without_clock
from simulation.report.workbook.sheet import HEADING_ROW, Cell, Column, Format, Sheet
from simulation.scenario.workbook.texts import write_text

MOST_ROWS = 1_048_576
"""Rows of a sheet, its headings among them."""

MOST_LETTERS = 32_767
"""Letters of a cell."""

_FONT, _SIZE, _TITLE_SIZE = "Arial", 11, 14
_A4, _A3 = "9", "8"
_NARROW, _WIDE, _LONG = 10.0, 44.0, 60.0
_LINE_HEIGHT = 14.5
"""Points."""
_LETTERS_IN_WIDTH = 1.25
"""Letters of a usual text in the width of a digit."""
_TITLE_WIDTH = 120.0
"""Letters over which the rows above the headings run."""
_HIGHEST = 400.0
"""Points; a row can be no higher than 409."""
_MOST_PRINTED = 215.0
"""Letters across a page of A4 that can be read; a wider sheet is printed on A3."""
_SAMPLE = 200
"""Rows that are looked at to find how wide a column is."""

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CUT = " … (cut: a cell holds no more)"
_make_cell: Any = WriteOnlyCell  # as any: a cell's style is set whole, which its types do not know
_TEXTS = (Format.TEXT, Format.LONG_TEXT)
_CORE = "docProps/core.xml"


def write_xlsx(sheets: Sequence[Sheet], *, title: str, made: str, colour: str, most_rows: int = MOST_ROWS) -> bytes:
    """Return sheets as the bytes of an .xlsx file; the same sheets give the same bytes.

    Args:
        sheets: The sheets, in order.
        title: The title of the file.
        made: The day on which the results were made, YYYY-MM-DD, which the file carries as its date.
        colour: Of the headings' ground, #RRGGBB; white letters stand on it.
        most_rows: The most rows of a sheet; of more, the first are written and the second line of the sheet says so.
    """
    book = Workbook(write_only=True)
    properties = book.properties
    properties.title, properties.creator, properties.language = write_text(title), "trust between trusts", "en-GB"
    properties.lastModifiedBy = "trust between trusts"
    properties.created = dated_time(made)
    for sheet in sheets:
        _write_sheet(book, sheet, colour.lstrip("#"), most_rows - HEADING_ROW)
    buffer = BytesIO()
    book.save(buffer)
    return without_clock(_without_saving_time(buffer.getvalue()))


def _without_saving_time(archive: bytes) -> bytes:
    """Replace the time at which the file was saved by the day of the results."""
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == _CORE:
                created = re.search(rb"<dcterms:created[^>]*>([^<]*)<", content)
                day = created[1] if created else b"2000-01-01T00:00:00Z"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day, content)
            target.writestr(member, content)
    return written.getvalue()


def _write_sheet(book: Any, sheet: Sheet, colour: str, room: int) -> None:
    page = book.create_sheet(sheet.name)
    widths = [column.width or _width_of(column, number, sheet.rows) for number, column in enumerate(sheet.columns)]
    _set_up(page, sheet, widths, min(len(sheet.rows), room), colour)
    make = _Cells(page, colour)
    _merge_titles(page, sheet, widths)
    page.append([make.text(sheet.title, "title")])
    page.append([make.text(sheet.holds + _left_out(len(sheet.rows), room), "line")])
    page.append([make.text(sheet.rests, "line")])
    page.append([make.text(column.heading, make.look_of_heading(column)) for column in sheet.columns])
    makers = [make.of(column) for column in sheet.columns]
    for row in sheet.rows[:room]:
        page.append([maker(cell) for maker, cell in zip(makers, row, strict=True)])
    page.close()


def _left_out(rows: int, room: int) -> str:
    if rows <= room:
        return ""
    return f" Only the first {room:,} of {rows:,} rows fit on a sheet; --format csv and trustsim chart write all."


def _set_up(page: Any, sheet: Sheet, widths: Sequence[float], rows: int, colour: str) -> None:
    """Set widths and heights, the rows and columns that stay in sight, the filter, and the printed page."""
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    _set_heights(page, sheet, widths)
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{HEADING_ROW + 1}"
    if sheet.is_data:
        page.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(sheet.columns))}{HEADING_ROW + rows}"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.sheet_properties.tabColor = colour if not sheet.name.startswith("Chart ") else "BFBFBF"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4 if sum(widths) <= _MOST_PRINTED else _A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    if sheet.frozen:
        page.print_title_cols = f"A:{get_column_letter(sheet.frozen)}"
    page.oddFooter.left.text = "trust between trusts: not a forecast"
    page.oddFooter.right.text = "&A, page &P of &N"


def _merge_titles(page: Any, sheet: Sheet, widths: Sequence[float]) -> None:
    """Merge each of the three rows above the headings over as many columns as can be read, and set their heights."""
    across = list(accumulate(widths))
    columns = next((number for number, width in enumerate(across, 1) if width >= _TITLE_WIDTH), len(widths))
    for row, text in enumerate((sheet.title, sheet.holds, sheet.rests), 1):
        size = _TITLE_SIZE / _SIZE if row == 1 else 1.0
        lines = _lines(text, _LETTERS_IN_WIDTH * across[columns - 1] / size / 1.1)
        page.row_dimensions[row].height = min((_LINE_HEIGHT * lines + 1) * size, _HIGHEST)
        page.merged_cells.add(f"A{row}:{get_column_letter(columns)}{row}")


def _set_heights(page: Any, sheet: Sheet, widths: Sequence[float]) -> None:
    """Set the heights of rows whose texts are wrapped, which not every program finds by itself."""
    heads = [_lines(column.heading, 0.95 * width) for column, width in zip(sheet.columns, widths, strict=True)]
    page.row_dimensions[HEADING_ROW].height = _LINE_HEIGHT * max(heads) + 3
    long = [number for number, column in enumerate(sheet.columns) if column.format is Format.LONG_TEXT]
    for number, row in enumerate(sheet.rows if long else (), HEADING_ROW + 1):
        lines = max(_lines(str(row[column] or ""), _LETTERS_IN_WIDTH * widths[column]) for column in long)
        page.row_dimensions[number].height = min(_LINE_HEIGHT * lines + 3, _HIGHEST)


def _lines(text: str, width: float) -> int:
    return max(1, len(wrap(text, max(1, int(width)))))


def _width_of(column: Column, number: int, rows: Sequence[Sequence[Cell]]) -> float:
    if column.format is Format.LONG_TEXT:
        return _LONG
    longest_word = 1.1 * max((len(word) for word in column.heading.split()), default=0) + 1
    content = max((len(_shown(row[number], column.format)) for row in rows[:_SAMPLE]), default=0) + 2
    return min(max(_NARROW, longest_word, content), _WIDE)


def _shown(cell: Cell, look: Format) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return as_written(round(cell, 2)) if look is Format.MONEY else as_written(cell, 6)
    return "Sep 2020" if isinstance(cell, date) else str(cell)


def _fitted(text: str) -> str:
    """Return a text as a cell holds it, cut to what a cell can hold."""
    written, kept = write_text(text), text
    while len(written.encode("utf-16-le")) // 2 > MOST_LETTERS:
        kept = kept[: min(len(kept) - 1, MOST_LETTERS) * 9 // 10]
        written = write_text(kept) + _CUT
    return written


class _Cells:
    """Makes the cells of one sheet; each look is set up once, since that is slow.

    Args:
        page: The sheet.
        colour: Of the headings' ground, RRGGBB.
    """

    def __init__(self, page: Any, colour: str) -> None:
        line = Side(style="thin", color="FFFFFF")
        above = Alignment(wrap_text=True, vertical="top")
        self._page = page
        self._styles = {
            "title": self._style(Font(name=_FONT, size=_TITLE_SIZE, bold=True, color=colour), alignment=above),
            "line": self._style(Font(name=_FONT, size=_SIZE), alignment=above),
        }
        for look, side in (("heading", "left"), ("heading of numbers", "right")):
            self._styles[look] = self._style(
                Font(name=_FONT, size=_SIZE, bold=True, color="FFFFFF"),
                fill=PatternFill("solid", fgColor=colour),
                alignment=Alignment(wrap_text=True, vertical="top", horizontal=side, indent=int(side == "left")),
                border=Border(left=line, right=line),
            )
        for look in Format:
            is_text = look in _TEXTS
            code = Format.PLAIN.value if is_text else look.value
            place = Alignment(
                vertical="top",
                wrap_text=look is Format.LONG_TEXT,
                horizontal="left" if is_text else None,
                indent=int(is_text),
            )
            self._styles[look] = self._style(Font(name=_FONT, size=_SIZE), number_format=code, alignment=place)

    def _style(self, font: Font, **looks: Any) -> tuple[Any, Any]:
        """Return a style, and the same for a text that begins like a formula."""
        made = []
        for quoted in (False, True):
            cell = _make_cell(self._page)
            cell.font = font
            for name, value in looks.items():
                setattr(cell, name, value)
            cell.quotePrefix = quoted
            made.append(cell._style)
        return made[0], made[1]

    def look_of_heading(self, column: Column) -> str:
        """Return the look of a column's heading: over numbers it stands right, as they do."""
        return "heading" if column.format in _TEXTS else "heading of numbers"

    def text(self, text: str, look: str) -> Any:
        """Return a text as a cell, which is never a formula."""
        shown = without_joiners(text)
        cell = _make_cell(self._page)
        cell._value, cell.data_type = _fitted(shown), "s"
        cell._style = self._styles[look][shown.lstrip(" ").startswith(_RUNS)]
        return cell

    def of(self, column: Column) -> Callable[[Cell], Any]:
        """Return what makes the cells of a column."""
        look, style = column.format, self._styles[column.format][0]

        def make(content: Cell) -> Any:
            if isinstance(content, str):
                return self.text(content, look) if content else None
            if content is None or (isinstance(content, float) and not isfinite(content)):
                return None
            if isinstance(content, date):
                cell = _make_cell(self._page, content)
                cell._style = self._styles[Format.MONTH][0]
                return cell
            cell = _make_cell(self._page)
            cell._value, cell.data_type = repr(content), "n"  # openpyxl would write 16 digits of 17
            cell._style = style
            return cell

        return make
