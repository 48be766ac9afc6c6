"""The gap at every point of a grid of two assumptions: one small heat map for each choice, on one scale."""

from math import ceil

import numpy as np
from matplotlib.axes import Axes

from simulation.analysis.bands import Floats
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
    more_words,
    span_headline,
    spans_words,
    value_words,
)
from simulation.charts.text.words import ONE_RUN
from simulation.formatting import capital, millions
from simulation.results.comparison import Comparison

_EDGE, _APART, _KEY = 0.15, 0.5, 0.55
_ROW, _TALLEST, _NARROWEST, _WIDEST = 0.62, 1.1, 0.95, 5.0
_PALEST, _DARKEST = 0.05, 0.5
"""Strength of the tint at the smallest and at the largest gap; dark letters can be read on both."""


def gap_by_point(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the median gap of each choice at every point of two assumptions.

    Args:
        results: A batch whose grid varies two assumptions.
        theme: The fonts and colours.

    Raises:
        ValueError: If it does not.
    """
    comparison = comparison_of(results)
    grid = grid_of(comparison)
    if grid is None or len(grid.assumptions) != 2:
        message = "this needs an experiment whose grid varies two assumptions"
        raise ValueError(message)
    texts = _texts(comparison, grid)
    with theme.applied():
        panels = _Panels(grid)
        chart = Chart(texts, grid.to_pandas(), theme, body_height=panels.height)
        panels.draw(chart)
    return chart


def _texts(comparison: Comparison, grid: Grid) -> Texts:
    several = comparison.replicates > 1
    return Texts(
        name="gap_by_point",
        headline=span_headline(grid),
        subtitle=(
            f"Gap in {horizon_of(comparison)}, £m a year, at {grid.points} sets of assumptions."
            + (f" Medians of {replicates_of(comparison)}." if several else "")
        ),
        note=(
            f"{chance_words(grid) if several else ONE_RUN} The darker, the larger the gap. The sets are "
            f"chosen, not equally likely. {more_words(grid)}"
        ).rstrip(),
        source=source_of(comparison),
        alt=(
            f"Median gap in {horizon_of(comparison)}, £m a year, at {grid.points} combinations of "
            f"{both_words(grid)}, lowest to highest: {spans_words(grid)}."
        ),
    )


class _Panels:
    """The places of the heat maps: as many side by side as fit, the names of the rows left of the first."""

    def __init__(self, grid: Grid) -> None:
        """Lay out the heat maps with the assumption across that needs less height."""
        self.grid = grid
        self.across = min((0, 1), key=lambda axis: (self._height(axis), axis == 0))
        self.names, self.columns, self.per_band, self.width = self._layout(self.across)

    @property
    def height(self) -> float:
        """The least height of the picture, cm."""
        return self._height(self.across)

    def draw(self, chart: Chart) -> None:
        """Draw all heat maps downwards, in bands."""
        sheet, palette = chart.add_sheet(), chart.theme.palette
        rows = len(self.grid.levels[1 - self.across]) * self._bands(self.per_band)
        least = self._row(self.across)
        row = min(max(_TALLEST, least), least + (chart.body_height - self.height) / rows)
        key = axes_words(self.grid, self.across)
        letter(sheet, _EDGE, chart.body_height - line_height() / 2, capital(key), color=palette.quiet)
        medians = self.grid.medians if self.across == 1 else self.grid.medians.swapaxes(1, 2)
        top = chart.body_height - _KEY
        for first in range(0, len(medians), self.per_band):
            shown = range(first, min(first + self.per_band, len(medians)))
            top -= self._heads(self.across, self.width, shown)
            for place, choice in enumerate(shown):
                left = self.names + place * (self.width * len(self.columns) + _APART)
                place_of = HeatMap(left=left, top=top, width=self.width, height=row)
                self._draw_one(sheet, place_of, choice, medians, palette, names=place == 0)
            top -= row * medians.shape[1] + _APART / 2

    def _draw_one(
        self, sheet: Axes, at: HeatMap, choice: int, medians: Floats, palette: Palette, *, names: bool
    ) -> None:
        at.draw(sheet, [[_cell(median, medians, palette) for median in line] for line in medians[choice]], palette)
        at.name_columns(sheet, self.columns, palette)
        if names:
            at.name_rows(sheet, [value_words(value) for value in self.grid.levels[1 - self.across]], palette)
        title = self._title(choice, self.width * len(self.columns))
        foot = at.top + heads_height(self.columns, self.width)
        letter_block(sheet, at.left, foot + len(title) * line_height() / 2, title, weight="bold")

    def _layout(self, across: int) -> tuple[float, list[str], int, float]:
        """Return the room for the names of rows, the names of columns, the maps in a band and a column's width."""
        columns, rows = ([value_words(value) for value in self.grid.levels[axis]] for axis in (across, 1 - across))
        names = _EDGE + names_width(rows)
        room = WIDTH - _EDGE - names
        narrow = min(max(_NARROWEST, max(map(measure, columns)) + 0.2), room / len(columns))
        fit = max(1, int((room + _APART) / (narrow * len(columns) + _APART)))
        per_band = ceil(len(self.grid.labels) / self._bands(fit))
        width = ((room + _APART) / per_band - _APART) / len(columns)
        return names, columns, per_band, min(_WIDEST, width)

    def _row(self, across: int) -> float:
        return max(_ROW, row_height([value_words(value) for value in self.grid.levels[1 - across]]))

    def _height(self, across: int) -> float:
        _, _, per_band, width = self._layout(across)
        choices = range(len(self.grid.labels))
        bands = [choices[first : first + per_band] for first in choices[::per_band]]
        heads = sum(self._heads(across, width, band) for band in bands)
        rows = len(self.grid.levels[1 - across])
        return _KEY + heads + len(bands) * (rows * self._row(across) + _APART / 2)

    def _heads(self, across: int, width: float, shown: range) -> float:
        """Return the room above a band of heat maps for their titles and the names of their columns."""
        columns = [value_words(value) for value in self.grid.levels[across]]
        titles = [self._title(choice, width * len(columns)) for choice in shown]
        return max(map(len, titles)) * line_height() + heads_height(columns, width)

    def _title(self, choice: int, width: float) -> list[str]:
        """Return the lines of a heat map's title; a single one needs none."""
        alone = len(self.grid.labels) == 1
        return [] if alone else wrap(capital(self.grid.labels[choice]), width, bold=True)

    def _bands(self, per_band: int) -> int:
        return ceil(len(self.grid.labels) / per_band)


def _cell(median: float, medians: Floats, palette: Palette) -> Cell:
    """Return a cell in which the number is written; a dash where no replicate was run."""
    if np.isnan(median):
        return Cell(lines=("–",), fill=palette.ground)
    low, high = float(np.nanmin(medians)), float(np.nanmax(medians))
    strength = (median - low) / (high - low) if high > low else 0.0
    return Cell(
        lines=(millions(median),), fill=tint(palette.lead, _PALEST + strength * (_DARKEST - _PALEST), palette.ground)
    )
