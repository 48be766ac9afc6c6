"""A sheet as a table: its headings, the rows with entries, and each cell as a node with its location."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from simulation.known_names import closest
from simulation.scenario.document import Node
from simulation.scenario.months import financial_year_of
from simulation.scenario.problems import Location, Problem, column_letters
from simulation.scenario.problems import Sheet as SheetPosition
from simulation.scenario.workbook.cells import as_text, given_in, read_cell
from simulation.scenario.workbook.columns import Column, Sheet
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.file_words import called_in_workbook
from simulation.scenario.workbook.grids import Cell, Grid
from simulation.scenario.workbook.sheets import HEADING_ROW, SHEETS

MOST_ROWS = 3_000
"""The most rows with entries in a sheet."""

PLACE_COLUMN = "Value"
"""The heading of the entries of the sheet *Place*."""

_LAST_HEADING_ROW = 10
_PLACE_NOTE = 3
_NOTE = "note"
_IGNORE = "or begin it with Note if the column is not to be read"
_UNKNOWN = "it is not known"
_MOST_MERGED = 100


class Area(NamedTuple):
    """An area of a sheet."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, location: Location) -> bool:
        """Return True if a cell is in it."""
        row, column = location.line or 0, location.column or 0
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(slots=True)
class Table:
    """The entries of one sheet.

    Attributes:
        sheet: The sheet, as the table of sheets has it.
        file: The name of the file in messages.
        grid: Its cells.
        problems: The list to which mistakes are added.
        heading_row: The row of its headings.
        columns: The number of the column under each heading.
        across: The headings of the further columns, in a sheet that is a table of two kinds of names, by column.
        rows: The rows with entries, the first at the top.
        merged: The merged areas that have been reported.
        is_sure: False if a heading is unknown, so that a missing column may be there under another name.
    """

    sheet: Sheet
    file: str
    grid: Grid
    problems: list[Problem]
    heading_row: int = HEADING_ROW
    columns: dict[str, int] = field(default_factory=dict)
    across: dict[int, str] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    is_sure: bool = True
    merged: list["Area"] = field(default_factory=list)

    def location(self, row: int | None = None, column: int | None = None, name: str = "") -> Location:
        """Return the location of a cell, or of the sheet."""
        return Location(self.file, row, column, position_of(self.sheet), name)

    def at(self, row: int, heading: str, of: str = "") -> Location:
        """Return the location of the cell in a row under a heading.

        Args:
            row: The row.
            heading: The heading.
            of: The name of the row in messages.
        """
        return self.location(row, self.columns.get(heading, 1), f"{of}, {heading}" if of else heading)

    def heading(self, heading: str) -> Location:
        """Return the location of a heading; of the sheet if it is missing."""
        column = self.columns.get(heading)
        return self.location(self.heading_row, column, heading) if column else self.location(name=heading)

    def report(self, location: Location, what: str, given: str | None = None, suggestion: str | None = None) -> None:
        """Add a mistake."""
        self.problems.append(Problem(location, called_in_workbook(location), what, given, suggestion))

    def cell(self, row: int, heading: str) -> Cell | None:
        """Return the cell in a row under a heading; None if it is empty or there is no such column."""
        return self.grid.cells.get((row, self.columns.get(heading, 0)))

    def node(self, row: int, column: Column, of: str = "") -> Node | None:
        """Return a cell as a node; None if it is empty.

        Args:
            row: The row.
            column: The column.
            of: The name of the row in messages.
        """
        location = self.at(row, column.heading, of)
        if column.heading not in self.columns:
            return None if self.is_sure else Node("scalar", None, location, flagged=True)
        return self.node_at(location, column.annotation, "" if column.is_needed else _UNKNOWN)

    def node_at(self, location: Location, annotation: Any, empty: str = "") -> Node | None:
        """Return the cell at a location as a node; None if it is empty.

        Args:
            location: The location.
            annotation: The type of its entries.
            empty: When the cell may be left empty; empty if it may not be.
        """
        cell = self.grid.cells.get((location.line or 0, location.column or 0))
        if cell is None:
            is_covered = any(area.has(location) for area in self.merged)
            return Node("scalar", None, location, flagged=True) if is_covered else None
        entry = read_cell(cell, annotation, empty)
        if entry.what is not None:
            self.report(location, entry.what, entry.given)
        return Node("scalar", entry.value, location, flagged=entry.what is not None)

    def drop_across(self, ignored: Callable[[str], bool]) -> None:
        """Take further columns with such headings out of a table of two kinds of names; they are not read."""
        self.across = {column: heading for column, heading in self.across.items() if not ignored(heading)}

    def key(self, row: int, column: Column) -> str | None:
        """Return the text in the column that names a row; None if it is empty or has been reported."""
        node = self.node(row, column)
        return None if node is None or node.flagged else str(node.value)


def position_of(sheet: Sheet) -> SheetPosition:
    """Return a sheet with its position in the table of sheets, which is the order of messages."""
    return SheetPosition(SHEETS.index(sheet) + 1, sheet.name)


def build_table(sheet: Sheet, file: str, grid: Grid, problems: list[Problem]) -> Table:
    """Return a sheet as a table, and add what is wrong with its headings.

    Args:
        sheet: The sheet, as the table of sheets has it.
        file: The name of the file in messages.
        grid: Its cells.
        problems: The list to which mistakes are added.
    """
    table = Table(sheet, file, grid, problems)
    table.heading_row = _find_heading_row(sheet, grid)
    used = {column for row, column in grid.cells if row > table.heading_row}
    ignored = _read_headings(table, used)
    _report_without_heading(table, used - ignored - {*table.columns.values()} - {*table.across})
    _report_missing(table, used)
    _report_merged(table)
    read = {*table.columns.values(), *(column for column, text in table.across.items() if not is_note(text))}
    table.rows = sorted({row for row, column in grid.cells if row > table.heading_row and column in read})
    if len(table.rows) > MOST_ROWS:
        table.report(table.location(), f"must have at most {MOST_ROWS:,} rows with entries", f"{len(table.rows):,}")
        table.rows = []
    return table


def build_place_table(sheet: Sheet, file: str, grid: Grid, problems: list[Problem]) -> Table:
    """Return the sheet *Place*, which has an item in each row, its value beside it and then a note."""
    table = Table(sheet, file, grid, problems, columns={PLACE_COLUMN: 2})
    for (row, column), cell in grid.cells.items():
        if row > table.heading_row and column > _PLACE_NOTE:
            what = "is to the right of the notes, where nothing is read; move or remove it"
            table.report(table.location(row, column), what, given_in(cell))
    _report_merged(table)
    return table


def is_note(text: str) -> bool:
    """Return True for the heading of a column, or the name of a sheet, that is free text."""
    return plain(text).startswith(_NOTE)


def _find_heading_row(sheet: Sheet, grid: Grid) -> int:
    """Return the row among the first ones that has most of the headings; the usual row if none has any."""
    known = {plain(column.heading) for column in sheet.columns}
    found = dict.fromkeys(range(1, _LAST_HEADING_ROW + 1), 0)
    for (row, _), cell in grid.cells.items():
        if row in found and plain(as_text(cell)) in known:
            found[row] += 1
    best = max(found, key=lambda row: (found[row], row == HEADING_ROW))
    return best if found[best] else HEADING_ROW


def _read_headings(table: Table, used: set[int]) -> set[int]:
    """Set the columns of a table, and return those that are not to be read."""
    known = {plain(column.heading): column.heading for column in table.sheet.columns}
    ignored: set[int] = set()
    across: dict[str, int] = {}
    free = bool(table.sheet.across)
    for column, text in sorted(_headings(table)):
        location = table.location(table.heading_row, column, text)
        heading = known.get(plain(text))
        if free and heading in table.columns:
            heading = None  # an organisation or a field of skill of that name
        first = table.columns.get(heading) if heading else across.get(text)
        if first is not None:
            what = f"is the heading of column {column_letters(first)} too; remove one of the two columns"
            table.report(location, what)
            ignored.add(column)
        elif heading is not None:
            table.columns[heading] = column
        elif free:
            table.across[column] = text
            across[text] = column
        elif is_note(text):
            ignored.add(column)
        else:
            ignored.add(column)
            if column in used:
                missing = [each for each in known.values() if each not in table.columns]
                table.report(location, f"unknown heading; correct it, {_IGNORE}", None, closest(text, missing))
                table.is_sure = False
    return ignored


def _headings(table: Table) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each heading."""
    for (row, column), cell in table.grid.cells.items():
        if row != table.heading_row:
            continue
        if cell.kind in {"error", "formula"}:
            what = read_cell(cell, None).what or ""
            table.report(table.location(row, column), f"the heading {what}")
            table.is_sure = False
        yield column, _year_of(cell) or as_text(cell)


def _year_of(cell: Cell) -> str | None:
    """Return the financial year that a program has taken for a month, as 2010/11 for November 2010."""
    text = as_text(cell)
    year = f"{text[:4]}/{text[5:7]}"
    return year if cell.kind == "date" and financial_year_of(year) is not None else None


def _report_missing(table: Table, used: set[int]) -> None:
    """Report a column that must be there, in a sheet with entries."""
    if not used or not table.is_sure:
        return
    missing = [column for column in table.sheet.columns if column.heading not in table.columns]
    for column in missing:
        names_rows = column is table.sheet.columns[0] and column.heading != "Id"
        if not column.is_needed and not names_rows:
            continue
        table.is_sure = False
        location = table.location(table.heading_row, 1, column.heading)
        table.report(location, f"there is no column with this heading in row {table.heading_row}; add it")


def _report_without_heading(table: Table, columns: set[int]) -> None:
    first: dict[int, int] = {}
    for row, column in table.grid.cells:
        if column in columns and row > table.heading_row:
            first[column] = min(row, first.get(column, row))
    for column, row in sorted(first.items()):
        heading = f"{column_letters(column)}{table.heading_row}"
        what = f"is in a column without a heading; write one in {heading}, {_IGNORE}"
        table.report(table.location(row, column), what, given_in(table.grid.cells[row, column]))
        table.is_sure = table.is_sure and len(table.columns) == len(table.sheet.columns)


def _report_merged(table: Table) -> None:
    """Report each merged area that covers more than one cell for an entry; only its first cell holds one."""
    read = {*table.columns.values(), *table.across}
    for top, left, bottom, right in table.grid.merged:
        if bottom < table.heading_row or (top, left) not in table.grid.cells:
            continue
        covered = sum(left <= column <= right for column in read) * (bottom - max(top, table.heading_row) + 1)
        if covered > 1:
            area = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            what = f"the cells {area} are merged; unmerge them and fill in each"
            table.report(table.location(top, left), what)
            table.merged.append(Area(top, left, bottom, right))
            if len(table.merged) >= _MOST_MERGED:
                return
