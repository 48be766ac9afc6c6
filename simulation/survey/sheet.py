"""The sheet of answers of a workbook as texts, and what it holds that its user doesn't see as it is read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from simulation.extras import check_installed
from simulation.scenario.problems import Location, Problem, ScenarioError, Sheet

if TYPE_CHECKING:
    from simulation.scenario.workbook.grids import Cell, Grid


class SheetTable(NamedTuple):
    """A sheet as texts.

    Attributes:
        sheet: The sheet.
        rows: The number of each row with entries, and its texts from the left.
        mistakes: The row, the column counted from 0, and what is wrong there.
        not_read: The names of other sheets with entries.
    """

    sheet: Sheet
    rows: list[tuple[int, list[str]]]
    mistakes: list[tuple[int, int, str]]
    not_read: tuple[str, ...]


def sheet_of(content: bytes, file: str) -> SheetTable:
    """Return the first sheet with entries that is not hidden.

    Args:
        content: The workbook.
        file: Its name in messages.

    Raises:
        ScenarioError: If it is no workbook.
    """
    check_installed("a workbook", "openpyxl")
    from simulation.scenario.workbook.grids import Grid, read_grids
    from simulation.scenario.workbook.opening import Package, UnreadableError

    try:
        grids = read_grids(Package(content))
    except UnreadableError as error:
        raise ScenarioError([Problem(Location(file), "", str(error))]) from error
    filled = [(number, each) for number, each in enumerate(grids, start=1) if each.cells]
    (number, grid), *others = [each for each in filled if not each[1].is_hidden] or [(1, Grid(""))]
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        rows.setdefault(row, {})[column] = _text_of(cell)
    found = [(line, [held.get(column, "") for column in range(1, max(held) + 1)]) for line, held in rows.items()]
    not_read = tuple(each.name for _, each in [*others, *(each for each in filled if each[1].is_hidden)])
    return SheetTable(Sheet(number, grid.name), found, [*_mistakes(grid)], not_read)


def _text_of(cell: "Cell") -> str:
    """Return the entry of a cell as text; empty if it has none to be read."""
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    if isinstance(cell.value, float) and not cell.percent and cell.value.is_integer():
        return str(int(cell.value))
    return "" if cell.value is None else str(cell.value).strip()


def _mistakes(grid: "Grid") -> Iterator[tuple[int, int, str]]:
    """Yield each hidden row and column, and each cell that has no number, or shows another one."""
    from simulation.scenario.workbook.number_formats import shows_another_number

    hidden: set[tuple[str, int]] = set()
    for (row, column), cell in sorted(grid.cells.items()):
        kind, number = ("row", row) if row in grid.hidden_rows else ("column", column)
        if (kind == "row" or grid.hides_column(column)) and (kind, number) not in hidden:
            hidden.add((kind, number))
            yield row, column - 1, f"is in a hidden {kind}, and would be read; show the {kind}, or delete it"
        if cell.kind == "formula":
            yield row, column - 1, "has a formula without a stored value; open the workbook and save it again"
        elif isinstance(cell.value, float) and shows_another_number(cell.number_format, cell.value, "people"):
            yield row, column - 1, "has a format that shows another number than it holds; type it again"
