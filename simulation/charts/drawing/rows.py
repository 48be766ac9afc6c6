"""Charts of rows: each has a name, a mark on a common axis, and cells in columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from simulation.analysis.bands import Interval
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, draw_whisker, letter, letter_block
from simulation.charts.drawing.key import KEY_HEIGHT, KeyEntry, draw_key, key_lines
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.palette import Palette, tint
from simulation.charts.drawing.theme import Theme
from simulation.charts.drawing.value_axis import TICK_STEPS
from simulation.formatting import pounds

if TYPE_CHECKING:
    import pandas as pd

_EDGE, _PAD = 0.15, 0.14
_LEAST, _BAR = 0.5, 0.3
_HILL = 0.62
_FOOT = 0.7
_BINS = 36


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The mark of a row on the axis.

    Attributes:
        value: Where its dot stands or its bar ends; NaN for none.
        start: Where its bar begins.
        low: Where its thin line begins, which the key names; NaN for none.
        high: Where its thin line ends.
        inner: The ends of a thick line within, if there is one.
        wide: The ends of a dotted line below, which is a wider band, if there is one.
        hill: Numbers whose distribution is drawn above, if it is.
        look: A dot or a bar.
        second: A second number, as a diamond; NaN for none.
        colour: Index among the palette's categories.
    """

    value: float
    start: float = 0.0
    low: float = float("nan")
    high: float = float("nan")
    inner: tuple[float, float] | None = None
    wide: tuple[float, float] | None = None
    hill: NDArray[np.float64] | None = field(default=None, repr=False)
    look: Literal["dot", "bar"] = "dot"
    second: float = float("nan")
    colour: int = 0

    @classmethod
    def of(cls, interval: Interval, *, several: bool, **more: Any) -> "Mark":
        """Return a dot at the median, with a thin line over the 90% band and a thick one over the 50% band.

        Args:
            interval: Where the number lies over replicates.
            several: False to leave the lines out, since there is a single replicate.
            more: Further attributes.
        """
        if not several:
            return cls(value=interval.median, **more)
        inner = (interval.low_50, interval.high_50)
        return cls(value=interval.median, low=interval.low_90, high=interval.high_90, inner=inner, **more)

    @property
    def numbers(self) -> list[float]:
        """Every number that the axis must include."""
        ends = [*(self.inner or ()), *(self.wide or ()), *(() if self.hill is None else self.hill.tolist())]
        begins = self.start if self.look == "bar" else self.value
        return [each for each in (begins, self.value, self.low, self.high, self.second, *ends) if isfinite(each)]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        name: Its name.
        mark: Its mark.
        cells: Its cell in each column.
        weight: The weight of its letters.
        below: What is said about it, in grey below its name.
        is_heading: True if it has a name alone, which reaches across the axis.
    """

    name: str
    mark: Mark
    cells: tuple[str, ...] = ()
    weight: str = "normal"
    below: str = ""
    is_heading: bool = False

    @classmethod
    def heading(cls, name: str, columns: int) -> "Row":
        """Return the heading of the rows that follow.

        Args:
            name: What they have in common.
            columns: The number of columns.
        """
        nothing = Mark(value=float("nan"), start=float("nan"))
        return cls(name=name, mark=nothing, cells=("",) * columns, weight="bold", is_heading=True)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The layout of a chart of rows.

    Attributes:
        names: Width of the names, cm.
        columns: Head and width, cm, of each column right of the axis.
        head: The head over the names.
        axis: The head over the axis.
        show: Writes a number on the axis.
        reference: A number with a dashed line of its own, and its name, if there is one.
        key: The marks that need a name, each with it, in the order in which to read them.
    """

    names: float = 4.4
    columns: tuple[tuple[str, float], ...] = ()
    head: str = ""
    axis: str = ""
    show: Callable[[float], str] = pounds
    reference: tuple[float, str] | None = None
    key: tuple[KeyEntry, ...] = ()

    @property
    def left(self) -> float:
        """Where the axis begins, cm."""
        return _EDGE + self.names + 0.2

    @property
    def right(self) -> float:
        """Where the axis ends, cm."""
        return WIDTH - _EDGE - sum(width for _, width in self.columns) - 0.35


def row_chart(texts: Texts, data: "pd.DataFrame", theme: Theme, rows: Sequence[Row], layout: Layout) -> Chart:
    """Draw rows from the top down.

    Args:
        texts: The texts of the chart.
        data: The numbers that it shows.
        theme: The fonts and colours.
        rows: The rows.
        layout: The layout.
    """
    with theme.applied():
        heads = [wrap(text, width - 0.1, bold=True) for text, width in _heads(layout)]
        top = max(len(lines) for lines in heads) * line_height() + 0.18 if any(map(any, heads)) else 0.1
        key = key_lines(layout.key)
        top += len(key) * KEY_HEIGHT
        blocks = [_blocks(row, layout) for row in rows]
        heights = [_height(row, block) for row, block in zip(rows, blocks, strict=True)]
        chart = Chart(texts, data, theme, body_height=top + sum(heights) + _FOOT + 0.1, height=0.0)
        stretch = (chart.body_height - top - _FOOT - 0.1) / sum(heights)
        heights = [height * stretch for height in heights]
        chart.marks_width = layout.right - layout.left
        sheet = chart.add_sheet()
        scale = _Scale.of(rows, layout)
        draw_key(sheet, key, chart.body_height, theme.palette)
        _draw_heads(sheet, heads, layout, chart.body_height - len(key) * KEY_HEIGHT)
        foot = chart.body_height - top - sum(heights)
        _draw_axis(sheet, scale, layout, foot, chart.body_height - top, theme.palette)
        level = chart.body_height - top
        for row, block, height in zip(rows, blocks, heights, strict=True):
            _draw_row(sheet, row, block, layout, scale, level, height, theme.palette)
            level -= height
    return chart


@dataclass(frozen=True)
class _Scale:
    """The scale of the axis, from numbers to cm."""

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def of(cls, rows: Sequence[Row], layout: Layout) -> "_Scale":
        numbers = [number for row in rows for number in row.mark.numbers]
        numbers += [0.0, *([layout.reference[0]] if layout.reference else [])]
        low, high = min(numbers), max(numbers)
        room = 0.04 * ((high - low) or 1.0)
        return cls(low - (room if low < 0 else 0.0), high + room, layout.left, layout.right)

    def __call__(self, number: float) -> float:
        return self.left + (number - self.low) / (self.high - self.low) * (self.right - self.left)


def _heads(layout: Layout) -> list[tuple[str, float]]:
    return [(layout.head, layout.names), (layout.axis, layout.right - layout.left), *layout.columns]


def _lefts(layout: Layout) -> list[float]:
    """Return where each column begins, cm: the names, the axis, and the cells."""
    lefts, at = [_EDGE, layout.left], layout.right + 0.35
    for _, width in layout.columns:
        lefts.append(at)
        at += width
    return lefts


def _blocks(row: Row, layout: Layout) -> list[list[str]]:
    """Break the name, with what stands below it, and every cell into lines."""
    bold = row.weight == "bold"
    below = wrap(row.below, layout.names) if row.below else []
    cells = [wrap(cell, width - 0.1, bold=bold) for cell, (_, width) in zip(row.cells, layout.columns, strict=True)]
    width = layout.right - _EDGE if row.is_heading else layout.names
    return [wrap(row.name, width, bold=bold) + below, *cells]


def _height(row: Row, blocks: list[list[str]]) -> float:
    lines = max(map(len, blocks)) * line_height() + _PAD
    hill = _HILL if row.mark.hill is not None else 0.0
    wide = 0.2 if row.mark.wide else 0.0
    return max(lines, _LEAST + hill + wide)


def _draw_heads(sheet: Axes, heads: list[list[str]], layout: Layout, top: float) -> None:
    for lines, left in zip(heads, _lefts(layout), strict=True):
        if any(lines):
            letter_block(sheet, left, top - 0.05 - len(lines) * line_height() / 2, lines, weight="bold")


def _draw_axis(sheet: Axes, scale: _Scale, layout: Layout, foot: float, top: float, palette: Palette) -> None:
    """Draw light lines with their numbers at the foot, zero darker, and the reference with its name."""
    fits = max(2, int((layout.right - layout.left) / 1.6))
    ticks = [
        float(tick)
        for tick in MaxNLocator(min(6, fits), steps=TICK_STEPS).tick_values(scale.low, scale.high)
        if scale.low - 1e-9 <= tick <= scale.high + 1e-9
    ]
    for tick in ticks:
        is_zero = abs(tick) < 1e-9
        colour, wide = ("#767676", 1.0) if is_zero else (palette.grid, 0.6)
        sheet.plot([scale(tick)] * 2, [foot, top], color=colour, lw=wide, zorder=0.5)
        reaches = measure(layout.show(tick)) / 2
        if layout.left - 0.5 <= scale(tick) - reaches and scale(tick) + reaches <= layout.right + 0.5:
            letter(sheet, scale(tick), foot - 0.2, layout.show(tick), ha="center")
    if layout.reference is not None:
        at, name = layout.reference
        sheet.plot([scale(at)] * 2, [foot, top], color=palette.ink, lw=1.2, ls=(0, (4, 2)), zorder=0.8)
        if name:
            half = measure(name) / 2
            middle = min(max(scale(at), layout.left + half), layout.right - half)
            letter(sheet, middle, foot - 0.2 - line_height(), name, ha="center")


def _draw_row(
    sheet: Axes,
    row: Row,
    blocks: list[list[str]],
    layout: Layout,
    scale: _Scale,
    top: float,
    height: float,
    palette: Palette,
) -> None:
    mark, middle = row.mark, top - height / 2
    lefts = _lefts(layout)
    _draw_name(sheet, row, blocks[0], layout, middle, palette)
    for lines, left in zip(blocks[1:], lefts[2:], strict=True):
        letter_block(sheet, left, middle, lines, weight=row.weight)
    colour = palette.categorical[mark.colour]
    at = middle - (_HILL / 2 if mark.hill is not None else 0.0) + (0.1 if mark.wide else 0.0)
    if mark.hill is not None:
        _draw_hill(sheet, mark.hill, scale, at + 0.12, palette, colour)
    if mark.wide:
        ends = [scale(end) for end in mark.wide]
        sheet.plot(ends, [at - 0.2] * 2, color=palette.quiet, lw=1.6, ls=(0, (1, 1.2)), zorder=2)
    if mark.look == "bar" and isfinite(mark.value):
        start, end = sorted((scale(mark.start), scale(mark.value)))
        sheet.barh(at, end - start, _BAR, left=start, color=colour, ec=palette.ground, lw=0.8, zorder=2)
    _draw_interval(sheet, mark, scale, at, palette, colour)
    if mark.look == "dot" and isfinite(mark.value):
        sheet.plot([scale(mark.value)], [at], marker="o", ms=7, color=colour, mec=palette.ground, mew=1.0, zorder=4)
    if isfinite(mark.second):
        ring: dict[str, Any] = {"mfc": palette.ground, "mec": palette.categorical[2], "mew": 1.8}
        sheet.plot([scale(mark.second)], [at], marker="D", ms=6, ls="", zorder=3.5, **ring)


def _draw_name(sheet: Axes, row: Row, lines: list[str], layout: Layout, middle: float, palette: Palette) -> None:
    """Write a row's name, and below it in grey what is said about it."""
    below = len(wrap(row.below, layout.names)) if row.below else 0
    name = len(lines) - below
    look = {"bbox": {"fc": palette.ground, "ec": "none", "pad": 1.0}} if row.is_heading else {}
    letter_block(sheet, _EDGE, middle + below / 2 * line_height(), lines[:name], weight=row.weight, **look)
    letter_block(sheet, _EDGE, middle - name / 2 * line_height(), lines[name:], color=palette.quiet)


def _draw_interval(sheet: Axes, mark: Mark, scale: _Scale, at: float, palette: Palette, colour: str) -> None:
    """Draw a thin line with ends, thick within; over a bar it is dark on a light rim."""
    if isfinite(mark.low) and isfinite(mark.high) and mark.high > mark.low:
        ink = palette.ink if mark.look == "bar" else colour
        draw_whisker(sheet, scale(mark.low), scale(mark.high), at, ink=ink, ground=palette.ground, rim=2.6)
    if mark.inner is not None and mark.inner[1] > mark.inner[0]:
        ends = [scale(end) for end in mark.inner]
        sheet.plot(ends, [at] * 2, color=colour, lw=4.0, solid_capstyle="butt", zorder=3)


def _draw_hill(
    sheet: Axes, numbers: NDArray[np.float64], scale: _Scale, foot: float, palette: Palette, colour: str
) -> None:
    """Draw the distribution of numbers as a stepped outline."""
    known = numbers[np.isfinite(numbers)]
    if len(known) < 2 or np.ptp(known) == 0:
        return
    counts, edges = np.histogram(known, bins=np.linspace(scale.low, scale.high, _BINS + 1))
    heights = foot + counts / counts.max() * (_HILL - 0.1)
    places = [scale(edge) for edge in edges]
    sheet.stairs(heights, places, baseline=foot, fill=True, color=tint(colour, 0.7, palette.ground), zorder=1.5)
    sheet.stairs(heights, places, baseline=foot, fill=False, color=colour, lw=1.0, zorder=1.6)
