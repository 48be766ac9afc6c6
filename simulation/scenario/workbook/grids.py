"""The entries of a workbook's sheets: each cell's value, and what its format says about it.

openpyxl reads either formulas or stored values, drops `x005F_` from texts and keeps every empty cell; here both are
read at once, exactly, and only cells with an entry are kept.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Literal, NamedTuple

from openpyxl.utils.datetime import from_excel

from simulation.scenario.workbook.opening import DAMAGED, Package, UnreadableError
from simulation.scenario.workbook.parts import LONGEST_TEXT, Book
from simulation.scenario.workbook.texts import read_text

MOST_CELLS = 200_000
"""The most cells with an entry that are read."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_MOST_MERGED = 10_000
_TOO_LONG = f"a text of more than {LONGEST_TEXT:,} characters; shorten it"


class Cell(NamedTuple):
    """A cell with an entry.

    Attributes:
        value: A number, text, date, or true or false; the text of an error such as `#REF!`; None where a formula has no
            stored value.
        kind: Which of these it is.
        percent: True if a number is shown as per cent.
        number_format: The format of a number.
    """

    value: float | str | bool | date | None
    kind: Literal["number", "text", "boolean", "date", "error", "formula"]
    percent: bool = False
    number_format: str = "General"


@dataclass(slots=True)
class Grid:
    """The entries of one sheet.

    Attributes:
        name: The name on its tab.
        cells: Its cells with an entry, by row and column, both counted from 1.
        merged: The first and last row and column of each merged area: row, column, row, column.
        is_hidden: True if the sheet is hidden.
        hidden_rows: The rows that are hidden, filtered or folded away.
        hidden_columns: The first and the last of each run of columns that are.
    """

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def hides_column(self, column: int) -> bool:
        """Return True if a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def read_grids(package: Package) -> list[Grid]:
    """Return the sheets of a workbook in the order of their tabs, hidden ones too.

    Args:
        package: The file.

    Raises:
        UnreadableError: If it is no workbook, or too much.
    """
    book = Book(package)
    grids: list[Grid] = []
    for name, part, is_hidden in book.sheets:
        left = MOST_CELLS - sum(len(grid.cells) for grid in grids)
        reader = _SheetReader(Grid(name, is_hidden=is_hidden), book, left)
        try:
            package.parse(part, reader)
        except UnreadableError as error:
            error.sheet = name
            raise
        grids.append(reader.grid)
    return grids


class _SheetReader:
    """A listener that collects the cells of a sheet."""

    def __init__(self, grid: Grid, book: Book, most: int) -> None:
        self.grid, self.book, self.most = grid, book, most
        self.row = self.column = 0
        self.attributes: dict[str, str] = {}
        self.parts: list[str] = []
        self.length = 0
        self.is_open = self.is_phonetic = self.has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.attributes = attributes
            self.parts, self.length, self.has_formula = [], 0, False
            self.row, self.column = _position(attributes.get("r"), self.row, self.column + 1)
        elif name == "row":
            self.row, self.column = _row_number(attributes.get("r"), self.row + 1), 0
            if _is_hidden(attributes):
                self.grid.hidden_rows.add(self.row)
        elif name == "col" and _is_hidden(attributes) and len(self.grid.hidden_columns) < _MOST_MERGED:
            self.grid.hidden_columns.append(
                (_row_number(attributes.get("min"), 1), _row_number(attributes.get("max"), 1))
            )
        elif name == "f":
            self.has_formula = True
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "mergeCell" and len(self.grid.merged) < _MOST_MERGED:
            self.grid.merged.append(_area(attributes.get("ref", "")))
        self.is_open = name in {"v", "t"} and not self.is_phonetic

    def end(self, name: str) -> None:
        self.is_open = False
        if name == "rPh":
            self.is_phonetic = False
        elif name == "c":
            cell = self._cell()
            if cell is not None:
                if len(self.grid.cells) >= self.most:
                    message = f"holds more than {MOST_CELLS:,} entries; remove those that do not describe the place"
                    raise UnreadableError(message)
                self.grid.cells[self.row, self.column] = cell

    def text(self, text: str) -> None:
        if self.is_open:
            self.length += len(text)
            if self.length <= LONGEST_TEXT:
                self.parts.append(text)

    def _cell(self) -> Cell | None:
        """Return the cell that ends here; None if it is empty."""
        kind, written = self.attributes.get("t", "n"), "".join(self.parts).strip()
        if self.length > LONGEST_TEXT:
            return Cell(_TOO_LONG, "error")
        if not written:
            # A formula that gives an empty text has the type str.
            return Cell(None, "formula") if self.has_formula and kind != "str" else None
        readers: dict[str, Callable[[str], Cell | None]] = {
            "s": self._shared,
            "n": self._number,
            "b": lambda word: Cell(word not in {"0", "false"}, "boolean"),
            "e": lambda word: Cell(word, "error"),
            "d": _iso_date,
            "str": _text_cell,
            "inlineStr": _text_cell,
        }
        if kind not in readers:
            raise UnreadableError(DAMAGED)
        return readers[kind](written)

    def _shared(self, written: str) -> Cell | None:
        if not (written.isascii() and written.isdigit() and len(written) < 9 and int(written) < len(self.book.texts)):
            raise UnreadableError(DAMAGED)
        text = self.book.texts[int(written)]
        return Cell(_TOO_LONG, "error") if text is None else _text_cell(text)

    def _number(self, written: str) -> Cell:
        style = self.attributes.get("s", "0")
        try:
            number = float(written)
        except ValueError as error:
            raise UnreadableError(DAMAGED) from error
        if not isfinite(number):
            return Cell("#NUM!", "error")
        if style in self.book.dates:
            return _date_cell(number, self.book.epoch)
        return Cell(number, "number", style in self.book.percents, self.book.formats.get(style, "General"))


def _text_cell(written: str) -> Cell | None:
    text = read_text(written)
    return Cell(text, "text") if text else None


def _date_cell(number: float, epoch: datetime) -> Cell:
    """Return the cell of a number that is shown as a date."""
    try:
        when = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return Cell("a date that does not exist; type it again", "error")
    return _as_date(when)


def _iso_date(written: str) -> Cell:
    try:
        return _as_date(datetime.fromisoformat(written))
    except ValueError as error:
        raise UnreadableError(DAMAGED) from error


def _as_date(when: datetime | date | time | timedelta | None) -> Cell:
    """Return the cell of a date; one that holds only a time of day is an error."""
    if isinstance(when, datetime):
        return Cell(when.date(), "date")
    return Cell("a time of day; give the cell the format that is meant and type it again", "error")


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Return True if a row or column is hidden."""
    return attributes.get("hidden") in {"1", "true"}


def _row_number(written: str | None, following: int) -> int:
    if written is None:
        return following
    if not written.isascii() or not written.isdigit() or len(written) > 7:
        raise UnreadableError(DAMAGED)
    return int(written)


def _position(written: str | None, row: int, column: int) -> tuple[int, int]:
    """Return the row and column that a cell names; those that follow where it names none."""
    if written is None:
        return row, column
    found = _REFERENCE.fullmatch(written)
    if found is None:
        raise UnreadableError(DAMAGED)
    return int(found[2]), _column_number(found[1])


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _area(written: str) -> tuple[int, int, int, int]:
    first, _, last = written.partition(":")
    return (*_position(first, 0, 0), *_position(last or first, 0, 0))
