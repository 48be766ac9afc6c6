"""Which choice leaves least at every point of a grid of two assumptions; ties are named as ties."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from simulation.analysis.grid import Grid, grid_of
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter, letter_block
from simulation.charts.drawing.heat_map import Cell, HeatMap, heads_height, names_width, row_height
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.palette import Palette, tint
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, replicates_of, source_of
from simulation.charts.text.grid_words import (
    axes_words,
    both_words,
    chance_words,
    least_headline,
    tie_words,
    value_words,
)
from simulation.charts.text.words import ONE_RUN
from simulation.formatting import capital
from simulation.results.comparison import Comparison

_EDGE, _KEY, _ROW, _TALLEST, _WIDEST = 0.15, 0.55, 0.62, 1.3, 7.5
_MOST_LINES = 4
_TINTED = 0.3
"""Strength of a choice's colour in a cell; dark letters can be read on it."""


def best_by_point(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw which choice leaves least at every point of two assumptions.

    Args:
        results: A batch whose grid varies two assumptions and has two choices or more.
        theme: The fonts and colours.

    Raises:
        ValueError: If it does not.
    """
    comparison = comparison_of(results)
    grid = grid_of(comparison)
    if grid is None or len(grid.assumptions) != 2 or len(grid.labels) < 2:
        message = "this needs an experiment whose grid varies two assumptions, and two choices or more"
        raise ValueError(message)
    with theme.applied():
        picture = _Picture(grid)
        chart = Chart(_texts(comparison, grid), grid.to_pandas(), theme, body_height=picture.height)
        picture.draw(chart)
    return chart


def _texts(comparison: Comparison, grid: Grid) -> Texts:
    several = comparison.replicates > 1
    return Texts(
        name="best_by_point",
        headline=least_headline(grid),
        subtitle=(
            f"The choice with the smallest gap in {horizon_of(comparison)}"
            + (f", by medians of {replicates_of(comparison)}." if several else ".")
        ),
        note=(
            f"{tie_words(grid)}. The sets are chosen, not equally likely. {chance_words(grid) if several else ONE_RUN}"
        ),
        source=source_of(comparison),
        alt=(
            f"The choice with the smallest gap in {horizon_of(comparison)} at {grid.points} combinations of "
            f"{both_words(grid)}, alone or tied with others. {'; '.join(_counts(grid))}."
        ),
    )


def _counts(grid: Grid) -> list[str]:
    """Say at how many points each choice leaves least, alone or with others."""
    least = grid.leaves_least.reshape(len(grid.labels), -1)
    alone = (least & (least.sum(axis=0) == 1)).sum(axis=1)
    tied = least.sum(axis=1) - alone
    return [
        f"{label}: least at {one}{f', tied at {more}' if more else ''}"
        for label, one, more in zip(grid.labels, alone, tied, strict=True)
    ]


class _Picture:
    """One heat map with names in its cells; numbers and a list of the choices where the names have no room."""

    def __init__(self, grid: Grid) -> None:
        """Put the assumption with fewer values across, so that its cells have most room for names."""
        self.grid = grid
        across = 0 if len(grid.levels[0]) <= len(grid.levels[1]) else 1
        self.across = across
        self.columns, self.rows = ([value_words(value) for value in grid.levels[axis]] for axis in (across, 1 - across))
        least = grid.leaves_least
        self.least = least if across == 1 else least.swapaxes(1, 2)
        self.left = _EDGE + names_width(self.rows)
        self.width = min(_WIDEST, (WIDTH - _EDGE - self.left) / len(self.columns))
        self.cells = self._cells(grid.labels, "Tie: ")
        self.is_named = self._fit(self.cells)
        if not self.is_named:
            self.cells = self._cells([str(number) for number in range(1, len(grid.labels) + 1)], "")
        most = max(map(len, self.cells.values()))
        self.row = max(_ROW, most * line_height() + 0.2, row_height(self.rows))

    @property
    def list_lines(self) -> list[list[str]]:
        """The numbered choices with how often each leaves least; none if the cells name them."""
        if self.is_named:
            return []
        counted = [f"{number}: {words}" for number, words in enumerate(_counts(self.grid), 1)]
        return [wrap(each, WIDTH - 2 * _EDGE) for each in counted]

    @property
    def height(self) -> float:
        """The least height of the picture, cm."""
        listed = sum(map(len, self.list_lines)) * line_height()
        return _KEY + heads_height(self.columns, self.width) + len(self.rows) * self.row + listed + 0.3

    def draw(self, chart: Chart) -> None:
        """Draw it downwards: the axes' names, the cells, the list."""
        sheet, palette = chart.add_sheet(), chart.theme.palette
        row = min(max(_TALLEST, self.row), self.row + (chart.body_height - self.height) / len(self.rows))
        key = capital(axes_words(self.grid, self.across))
        letter(sheet, _EDGE, chart.body_height - line_height() / 2, key, color=palette.quiet)
        top = chart.body_height - _KEY - heads_height(self.columns, self.width)
        at = HeatMap(left=self.left, top=top, width=self.width, height=row)
        at.draw(
            sheet,
            [[self._cell(r, c, palette) for c in range(len(self.columns))] for r in range(len(self.rows))],
            palette,
        )
        at.name_columns(sheet, self.columns, palette)
        at.name_rows(sheet, self.rows, palette)
        self._write_list(sheet, top - row * len(self.rows) - 0.2)

    def _write_list(self, sheet: Axes, top: float) -> None:
        for lines in self.list_lines:
            tall = len(lines) * line_height()
            letter_block(sheet, _EDGE, top - tall / 2, lines)
            top -= tall

    def _cell(self, row: int, column: int, palette: Palette) -> Cell:
        here = np.flatnonzero(self.least[:, row, column])
        colour = palette.ground
        if len(here) == 1:
            few = len(self.grid.labels) <= len(palette.categorical)
            colour = tint(palette.categorical[here[0]] if few else palette.lead, _TINTED, palette.ground)
        elif len(here):
            colour = tint(palette.quiet, 0.12, palette.ground)
        return Cell(lines=self.cells[row, column], fill=colour)

    def _cells(self, names: Sequence[str], tie: str) -> dict[tuple[int, int], list[str]]:
        """Return the lines of every cell, by row and column."""
        shape = self.least.shape[1:]
        words = {(r, c): _cell_words(self.least[:, r, c], names, tie) for r, c in np.ndindex(shape)}
        return {place: wrap(text, self.width - 0.2) for place, text in words.items()}

    def _fit(self, cells: dict[tuple[int, int], list[str]]) -> bool:
        """True if no cell has too many lines, and no name was broken within a word."""
        words = {word for label in self.grid.labels for word in label.split()}
        return max(map(len, cells.values())) <= _MOST_LINES and max(map(measure, words)) <= self.width - 0.3


def _cell_words(least: NDArray[np.bool_], names: Sequence[str], tie: str) -> str:
    here = [name for name, is_least in zip(names, least, strict=True) if is_least]
    if not here:
        return "–"
    if len(here) == len(names) > 2:
        return "All tie" if tie else "all"
    return capital(here[0]) if len(here) == 1 else f"{tie}{', '.join(here)}"
