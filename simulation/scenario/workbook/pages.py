"""The size of columns and rows, and the printed page."""

from collections.abc import Sequence
from math import ceil

from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from simulation.scenario.workbook.evidence_rows import without_evidence
from simulation.scenario.workbook.looks import ColumnLook
from simulation.scenario.workbook.rows import Table
from simulation.scenario.workbook.sheets import HEADING_ROW
from simulation.scenario.workbook.styling import body_font

_LAST_COLUMN = 16_384
_LINE = 14.5
_TALLEST = 400
_CHARACTERS = 1.3
"""Letters of running text in one unit of width, which is as wide as a digit."""

_WIDEST_PAGE = 190
"""Characters on one line of a printed page at the smallest size that is easy to read."""

_HINT_WIDTH = 110


def fit_widths(sheet: Worksheet, widths: Sequence[float], *, open_below: bool) -> None:
    """Set the widths of columns, and whether the cells below the headings may be typed in.

    Every cell of a row must be unlocked before Excel lets anyone delete the row, those beside the table too.

    Args:
        sheet: The sheet.
        widths: Widths in characters, from the left.
        open_below: True if rows below the headings can be inserted, deleted and sorted.
    """
    spans = [(column, column, width) for column, width in enumerate(widths, start=1)]
    for first, last, width in [*spans, (len(widths) + 1, _LAST_COLUMN, 13.0)]:
        letter = get_column_letter(first)
        dimension = ColumnDimension(sheet, index=letter, width=width, customWidth=True, min=first, max=last)
        dimension.font = body_font()
        dimension.protection = Protection(locked=not open_below)
        sheet.column_dimensions[letter] = dimension
    for row in range(1, HEADING_ROW + 1) if open_below else ():
        sheet.row_dimensions[row].font = body_font()
        sheet.row_dimensions[row].protection = Protection(locked=True)


def fit_heights(sheet: Worksheet, table: Table, looks: Sequence[ColumnLook]) -> None:
    """Make rows as tall as their longest text needs; rows without long text are left to the program that opens them."""
    widths = [look.width for look in looks]
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[2].height = 20
    sheet.row_dimensions[HEADING_ROW].height = 8 + _LINE * max(
        2, lines_in(table.headings, [width * 0.75 for width in widths])
    )
    for row, entries in enumerate(table.rows, start=HEADING_ROW + 1):
        texts = [without_evidence(entries.get(column)) if look.is_wrapped else "" for column, look in enumerate(looks)]
        lines = lines_in([text if isinstance(text, str) else "" for text in texts], widths)
        if lines > 1:
            sheet.row_dimensions[row].height = min(_TALLEST, 4 + _LINE * lines)


def lines_in(texts: Sequence[str], widths: Sequence[float]) -> int:
    """Return how many lines the longest of some texts takes in columns of these widths."""
    return max(
        (
            sum(max(1, ceil(len(line) / (width * _CHARACTERS))) for line in text.splitlines() or [""])
            for text, width in zip(texts, widths, strict=False)
        ),
        default=1,
    )


def set_page(sheet: Worksheet, columns: int, rows: int, *, repeat: bool = True) -> None:
    """Print on landscape A4, as wide as the page, with the headings and the first column on each page.

    A table that would be too small to read goes over several pages side by side.

    Args:
        sheet: The sheet; its widths are set.
        columns: How many columns are printed.
        rows: How many rows are printed.
        repeat: True if the rows down to the headings are printed on each page.
    """
    widths = [sheet.column_dimensions[get_column_letter(column)].width for column in range(1, columns + 1)]
    page = sheet.page_setup
    page.orientation, page.paperSize = "landscape", 9
    page.fitToWidth, page.fitToHeight = ceil(sum(widths) / _WIDEST_PAGE), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
    footer = sheet.oddFooter
    if footer is not None:
        footer.left.text, footer.right.text = "&A", "Page &P of &N"
        footer.left.font = footer.right.font = "Arial,Regular"
    beside = max(0, ceil((_HINT_WIDTH - sum(widths)) / 13))
    sheet.print_area = f"A1:{get_column_letter(columns + beside)}{rows}"
    if repeat:
        sheet.print_title_rows = f"1:{HEADING_ROW}"
        if page.fitToWidth > 1:
            sheet.print_title_cols = "A:A"
