"""The look of cells: fonts, fills, formats, and protection against accidents."""

from copy import copy
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_BLUE = "003087"
_GREY = "425563"
_MUST_FILL = "FFF2CC"
_MAY_FILL = "FFFBEF"
_FREE_FILL = "D6E4F5"

_INK = "212B32"

NEEDED_TAB = "FFC000"
"""The colour of the tab of a sheet that almost every place needs."""

MONEY = "#,##0.0####"
"""The format of money: at least one decimal, at most five."""

_MOST_DECIMALS = 5

TEXT = "@"
"""The format that keeps what is typed as text, so that 2026-04 does not become a date."""

_WHOLE = ("0", "#,##0")
_FORMATS = MappingProxyType({"£m a year": MONEY, "£m": MONEY, "people": "#,##0", "months": "0"})


class Look(StrEnum):
    """The looks that a cell can have."""

    TITLE = "title"
    HINT = "hint"
    HEADING = "heading"
    FREE_HEADING = "free heading"
    MUST = "must"
    MAY = "may"
    NOTE = "note"
    STRONG = "strong"
    COMMAND = "command"


def body_font(color: str = _INK, *, size: int = 11, bold: bool = False, name: str = "Arial") -> Font:
    """Return the font of entries, or a variant of it."""
    return Font(name=name, size=size, bold=bold, color=color)


_FONTS = MappingProxyType(
    {
        Look.TITLE: body_font(_BLUE, size=16, bold=True),
        Look.HINT: body_font(_GREY),
        Look.HEADING: body_font("FFFFFF", bold=True),
        Look.FREE_HEADING: body_font(_BLUE, bold=True),
        Look.STRONG: body_font(_BLUE, bold=True),
        Look.COMMAND: body_font(name="Courier New"),
    }
)
_FILLS = MappingProxyType(
    {Look.HEADING: _BLUE, Look.FREE_HEADING: _FREE_FILL, Look.MUST: _MUST_FILL, Look.MAY: _MAY_FILL}
)
_LINES = MappingProxyType(
    {Look.HEADING: "FFFFFF", Look.FREE_HEADING: "AEB7BD", Look.MUST: "C8CDD1", Look.MAY: "C8CDD1"}
)
_INPUTS = frozenset({Look.FREE_HEADING, Look.MUST, Look.MAY})
_HEADINGS = frozenset({Look.HEADING, Look.FREE_HEADING})


class Style(NamedTuple):
    """The style of a cell.

    Attributes:
        look: Its look.
        number_format: The format of its entries.
        is_wrapped: True if long text goes on in the next line of the cell.
        is_right: True if text stands at the right, as the heading of numbers does.
        is_left: True if numbers stand at the left.
    """

    look: Look
    number_format: str = "General"
    is_wrapped: bool = False
    is_right: bool = False
    is_left: bool = False


class Styles:
    """The styles of a workbook, each made once and then shared by its cells."""

    def __init__(self, book: Workbook) -> None:
        self._sheet = Worksheet(book)
        self._made: dict[Style, Cell] = {}

    def put(self, sheet: Worksheet, row: int, column: int, style: Style, text: str | None = None) -> Cell:
        """Return a cell of a sheet, in a style and with a text of ours.

        Args:
            sheet: The sheet.
            row: Its row, counted from 1.
            column: Its column, counted from 1.
            style: The style.
            text: The text; None to leave the cell as it is.
        """
        if style not in self._made:
            self._made[style] = self._make(style)
        cell = sheet.cell(row, column)
        if not isinstance(cell, Cell):
            message = "no cells are merged"
            raise TypeError(message)
        cell._style = copy(self._made[style]._style)  # type: ignore[attr-defined]  # a hundred times faster than each part
        if text is not None:
            cell.value = text
        return cell

    def _make(self, style: Style) -> Cell:
        look = style.look
        cell = Cell(self._sheet, row=1, column=1)
        cell.font = _FONTS.get(look, body_font())
        if look in _FILLS:
            cell.fill = PatternFill("solid", start_color=_FILLS[look], end_color=_FILLS[look])
        if look in _LINES:
            side = Side(style="thin", color=_LINES[look])
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        is_text = look in _HEADINGS or (look in _INPUTS and style.number_format == TEXT)
        is_number = look in _INPUTS and style.number_format != TEXT
        at_right = style.is_right or (is_number and not style.is_left)
        horizontal = "right" if at_right else "left" if is_text or style.is_left else "general"
        cell.alignment = Alignment(
            horizontal=horizontal,
            vertical="center" if look in _HEADINGS or look is Look.HINT else "top",
            indent=0 if horizontal == "general" else 1,
            wrap_text=style.is_wrapped or look in _HEADINGS,
        )
        cell.number_format = style.number_format
        cell.protection = Protection(locked=look not in _INPUTS)
        return cell


def format_of(unit: str | None) -> str:
    """Return the format of numbers of a unit."""
    return _FORMATS.get(unit or "", "General")


def exact_format(value: object, number_format: str) -> str:
    """Return the format for one entry: that of its column, unless it has more decimals than that shows."""
    decimals = {MONEY: _MOST_DECIMALS, **dict.fromkeys(_WHOLE, 0)}.get(number_format)
    shown = decimals is None or not isinstance(value, float) or round(value, decimals) == value
    return number_format if shown else "General"


def protect(sheet: Worksheet) -> None:
    """Lock what is not for input, without a password; rows can be inserted, deleted and sorted, columns formatted."""
    guard = sheet.protection
    guard.sheet = True
    # Each of these says what is forbidden.
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False
    guard.formatCells = guard.formatColumns = guard.formatRows = False
