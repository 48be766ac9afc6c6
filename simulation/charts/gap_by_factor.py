"""The gap of each choice over the values of one assumption."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator

from simulation.analysis.bands import Floats, Interval, interval_of
from simulation.analysis.grid import Grid, grid_of
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.line_panel import add_line_panel, body_height_for, panel_width
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.value_axis import scale_money
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, replicates_of, source_of
from simulation.charts.text.grid_words import (
    assumption_words,
    least_headline,
    span_headline,
    spans_words,
    tie_words,
    value_words,
)
from simulation.charts.text.words import ONE_RUN
from simulation.formatting import capital, pounds
from simulation.results.comparison import Comparison

_MARGIN = 4.9
_MARKERS = ("o", "s", "^", "D")
_OTHERS = "#767676"
"""The grey of choices beyond the fourth, which their labels name."""
_INSET = 0.7
_SPACED = 1.1
"""The most that matplotlib sets the lines of a label apart, in heights of a line."""
_CROWDED = 0.9
"""cm: values that are nearer than this on the axis are spaced evenly."""


def gap_by_factor(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the gap of each choice over the values of one assumption, a line each.

    Args:
        results: A batch whose grid varies one assumption.
        theme: The fonts and colours.

    Raises:
        ValueError: If it does not.
    """
    comparison = comparison_of(results)
    grid = grid_of(comparison)
    if grid is None or len(grid.assumptions) != 1:
        message = "this needs an experiment whose grid varies one assumption"
        raise ValueError(message)
    bands = [[interval_of(gaps) for gaps in some] for some in grid.gaps]
    with theme.applied():
        labels = _labels(grid, bands, theme.palette)
        axis = _Axis.of(grid)
        height = max(5.0 + axis.foot, body_height_for(labels, _MARGIN))
        chart = Chart(_texts(comparison, grid), grid.to_pandas(), theme, body_height=height)
        _draw(chart, axis, bands, labels)
    return chart


def _texts(comparison: Comparison, grid: Grid) -> Texts:
    several, of = comparison.replicates > 1, assumption_words(grid.assumptions[0])
    at_end = f"Amounts: at {value_words(grid.levels[0][_last(grid)])}. No other assumption is varied."
    return Texts(
        name="gap_by_factor",
        headline=least_headline(grid) if len(grid.labels) > 1 else span_headline(grid),
        subtitle=(
            f"Gap in {horizon_of(comparison)}, £m a year, by {of}."
            + (f" Marks: medians of {replicates_of(comparison)}." if several else "")
        ),
        note=(
            f"Upright lines: 9 in 10 of the runs, by chance alone. {at_end}{_ties(grid)}"
            if several
            else f"{ONE_RUN} {at_end}"
        ),
        source=source_of(comparison),
        alt=(
            f"Gap in {horizon_of(comparison)}, £m a year, at {grid.points} values of {of}, medians, lowest to "
            f"highest: {spans_words(grid)}."
        ),
    )


def _last(grid: Grid) -> int:
    """Return the index of the last value at which all choices are known; of the last if there is none."""
    return int(max(np.flatnonzero(grid.is_known), default=len(grid.levels[0]) - 1))


def _ties(grid: Grid) -> str:
    return f" {tie_words(grid)}." if len(grid.labels) > 1 else ""


def _labels(grid: Grid, bands: Sequence[Sequence[Interval]], palette: Palette) -> list[Label]:
    """Return the label at each line's end: the choice and what it leaves there."""
    last = _last(grid)
    return [
        Label(
            f"{capital(label)}: {pounds(some[last].median)}",
            some[last].median if not np.isnan(some[last].median) else 0.0,
            _colour(number, palette),
            weight="bold" if number < len(palette.categorical) else "normal",
        )
        for number, (label, some) in enumerate(zip(grid.labels, bands, strict=True))
    ]


def _draw(chart: Chart, axis: "_Axis", bands: Sequence[Sequence[Interval]], labels: Sequence[Label]) -> None:
    place, palette = add_line_panel(chart, _MARGIN, axis.foot), chart.theme.palette
    known = [limit for some in bands for each in some for limit in (each.low_90, each.high_90) if not np.isnan(limit)]
    scale_money(place.axes, min(known, default=0.0), max(known, default=1.0))
    axis.name_values(place.axes)
    at = axis.at
    nearest = float(np.diff(at).min()) if len(at) > 1 else 1.0
    step = min(0.12, 0.6 * nearest / len(bands))
    for number, some in enumerate(bands):
        colour, is_named = _colour(number, palette), number < len(palette.categorical)
        here = at + (number - (len(bands) - 1) / 2) * step
        line, size, order = (2.0, 6.0, 4.0) if is_named else (1.2, 4.0, 2.0)
        medians = [each.median for each in some]
        marker = _MARKERS[number % len(_MARKERS)]
        place.axes.plot(here, medians, color=colour, marker=marker, mec=palette.ground, lw=line, ms=size, zorder=order)
        for x, each in zip(here, some, strict=True):
            if each.low_90 < each.high_90:
                place.axes.plot([x, x], [each.low_90, each.high_90], color=colour, lw=1.0, marker="_", ms=5)
    place.label(labels)


@dataclass(frozen=True)
class _Axis:
    """The horizontal axis, in cm: where each value is, and the lines of its name."""

    at: Floats
    names: list[list[str]]
    step: int
    """Every how many values is named, where the names of numbers have no room."""

    @classmethod
    def of(cls, grid: Grid) -> "_Axis":
        """Place numbers by their size and words evenly; numbers that would be crowded evenly too."""
        (levels,) = grid.levels
        words, width = [value_words(value) for value in levels], panel_width(_MARGIN)
        if len(levels) == 1:
            return cls(np.array([width / 2]), [wrap(words[0], width)], 1)
        at = np.linspace(_INSET, width - _INSET, len(levels))
        numbers = [value for value in levels if isinstance(value, int | float)]
        if len(numbers) == len(levels):
            true = np.interp(numbers, [numbers[0], numbers[-1]], [at[0], at[-1]])
            at = true if float(np.diff(true).min()) >= _CROWDED else at
        room = float(np.diff(at).min()) - 0.15
        step = ceil((max(map(measure, words)) + 0.05) / room) if numbers else 1
        return cls(at, [wrap(each, room * step) for each in words], step)

    @property
    def foot(self) -> float:
        """Room below the axes, cm."""
        return 0.25 + max(map(len, self.names)) * line_height() * _SPACED

    def name_values(self, panel: Axes) -> None:
        """Write the names of the values below the axes."""
        panel.set_xlim(0, panel_width(_MARGIN))
        panel.xaxis.set_major_locator(FixedLocator(self.at[:: self.step].tolist()))
        names = ["\n".join(lines) for lines in self.names[:: self.step]]
        panel.xaxis.set_major_formatter(FixedFormatter(names))
        panel.tick_params(axis="x", length=3, pad=7)


def _colour(number: int, palette: Palette) -> str:
    return palette.categorical[number] if number < len(palette.categorical) else _OTHERS
