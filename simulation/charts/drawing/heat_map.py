"""Heat maps with words or numbers in their cells: rows and columns with names, all in cm."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from simulation.charts.drawing.chart import letter_block
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.palette import Palette

MOST_NAMES = 4.0
"""cm: the most room for the names of the rows."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: its lines of text, and its colour as #RRGGBB."""

    lines: Sequence[str]
    fill: str


@dataclass(frozen=True, kw_only=True)
class HeatMap:
    """Where a heat map's cells are.

    Attributes:
        left: The left edge of its first column, cm.
        top: The top of its first row, cm; the names of the columns stand above.
        width: Width of a column, cm.
        height: Height of a row, cm.
    """

    left: float
    top: float
    width: float
    height: float

    def draw(self, sheet: Axes, cells: Sequence[Sequence[Cell]], palette: Palette) -> None:
        """Draw the cells with a gap in the colour of the ground between them.

        Args:
            sheet: A sheet, in cm.
            cells: `[row][column]`.
            palette: The colours.
        """
        shapes, fills = [], []
        for row, line in enumerate(cells):
            foot = self.top - (row + 1) * self.height
            for column, cell in enumerate(line):
                left = self.left + column * self.width
                shapes.append(Rectangle((left, foot), self.width, self.height))
                fills.append(cell.fill)
                middle = foot + self.height / 2
                letter_block(sheet, left + self.width / 2, middle, list(cell.lines), ha="center", color=palette.ink)
        sheet.add_collection(PatchCollection(shapes, facecolors=fills, edgecolors=palette.ground, linewidths=1.5))

    def name_columns(self, sheet: Axes, names: Sequence[str], palette: Palette) -> None:
        """Write the names of the columns above them."""
        lines = [wrap(name, self.width - 0.1) for name in names]
        tallest = max(map(len, lines))
        for column, name in enumerate(lines):
            middle = self.top + 0.08 + tallest * line_height() / 2
            at = self.left + (column + 0.5) * self.width
            letter_block(sheet, at, middle, name, ha="center", color=palette.quiet)

    def name_rows(self, sheet: Axes, names: Sequence[str], palette: Palette) -> None:
        """Write the names of the rows left of them."""
        for row, name in enumerate(names):
            middle = self.top - (row + 0.5) * self.height
            letter_block(sheet, self.left - 0.15, middle, _row_lines(name), ha="right", color=palette.quiet)


def names_width(names: Sequence[str]) -> float:
    """Return the room for the names of rows, cm."""
    return min(MOST_NAMES, max(map(measure, names)) + 0.3)


def row_height(names: Sequence[str]) -> float:
    """Return the least height of rows in which their names have room, cm."""
    return max(len(_row_lines(name)) for name in names) * line_height() + 0.1


def _row_lines(name: str) -> list[str]:
    return wrap(name, MOST_NAMES - 0.3)


def heads_height(names: Sequence[str], width: float) -> float:
    """Return the room for the names of columns above them, cm.

    Args:
        names: The names.
        width: Width of a column, cm.
    """
    return max(len(wrap(name, width - 0.1)) for name in names) * line_height() + 0.16
