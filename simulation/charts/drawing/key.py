"""The key of a chart of rows: each mark as it is drawn, with its name, above the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from simulation.charts.drawing.chart import WIDTH, draw_whisker, letter
from simulation.charts.drawing.lettering import line_height, measure
from simulation.charts.drawing.palette import Palette, tint

KEY_HEIGHT = line_height() + 0.06
"""cm of one line of the key."""

_EDGE, _SYMBOL, _GAP = 0.15, 0.62, 0.4


@dataclass(frozen=True)
class KeyEntry:
    """A mark and its name.

    Attributes:
        look: How the mark is drawn in a row.
        name: What it stands for.
        colour: Index among the palette's categories.
    """

    look: Literal["dot", "thick", "thin", "dotted", "diamond", "bar", "hill"]
    name: str
    colour: int = 0

    @property
    def width(self) -> float:
        """Width of the mark and its name, cm."""
        return _SYMBOL + 0.12 + measure(self.name)


def chance_key(replicates: int, *, dot: str = "median", varied: bool = False) -> tuple[KeyEntry, ...]:
    """Return the key of a row's dot and its bands; of a single replicate the dot alone is drawn.

    Args:
        replicates: How many simulated runs there are.
        dot: What the dot stands for.
        varied: True if a dotted line shows uncertain assumptions.
    """
    dots = (KeyEntry("dot", dot),)
    if replicates == 1:
        return () if dot in {"median", "mean"} else dots
    lines = (KeyEntry("thick", "half of the runs, by chance"), KeyEntry("thin", "9 in 10, by chance"))
    wide = (KeyEntry("dotted", "9 in 10, assumptions uncertain too"),) if varied else ()
    return (*dots, *lines, *wide)


def key_lines(key: Sequence[KeyEntry]) -> list[list[KeyEntry]]:
    """Break a key into lines that fit the chart; none if it has no entries."""
    lines: list[list[KeyEntry]] = []
    used = WIDTH
    for entry in key:
        if used + _GAP + entry.width > WIDTH - _EDGE:
            lines.append([])
            used = _EDGE - _GAP
        lines[-1].append(entry)
        used += _GAP + entry.width
    return lines


def draw_key(sheet: Axes, lines: Sequence[Sequence[KeyEntry]], top: float, palette: Palette) -> None:
    """Draw the lines of a key downwards.

    Args:
        sheet: A sheet, in cm.
        lines: See `key_lines`.
        top: The top of the first line, cm.
        palette: The colours.
    """
    for number, line in enumerate(lines):
        middle, left = top - (number + 0.5) * KEY_HEIGHT, _EDGE
        for entry in line:
            _draw_symbol(sheet, entry, left, middle, palette)
            letter(sheet, left + _SYMBOL + 0.12, middle, entry.name, color=palette.quiet)
            left += entry.width + _GAP


def _draw_symbol(sheet: Axes, entry: KeyEntry, left: float, middle: float, palette: Palette) -> None:
    colour, centre, right = palette.categorical[entry.colour], left + _SYMBOL / 2, left + _SYMBOL
    if entry.look == "dot":
        sheet.plot([centre], [middle], marker="o", ms=7, color=colour, mec=palette.ground, mew=1.0)
    elif entry.look == "diamond":
        sheet.plot([centre], [middle], marker="D", ms=6, ls="", mfc=palette.ground, mec=palette.categorical[2], mew=1.8)
    elif entry.look == "thick":
        sheet.plot([left, right], [middle] * 2, color=colour, lw=4.0, solid_capstyle="butt")
    elif entry.look == "thin":
        draw_whisker(sheet, left, right, middle, ink=colour, ground=palette.ground, rim=2.6)
    elif entry.look == "dotted":
        sheet.plot([left, right], [middle] * 2, color=palette.quiet, lw=1.6, ls=(0, (1, 1.2)))
    elif entry.look == "bar":
        sheet.barh(middle, _SYMBOL, 0.24, left=left, color=colour, ec=palette.ground, lw=0.8)
    else:
        places = [left + _SYMBOL * part for part in (0, 0.25, 0.5, 0.75, 1)]
        heights = [middle + part for part in (-0.06, 0.12, 0.04, -0.08)]
        sheet.stairs(heights, places, baseline=middle - 0.14, fill=True, color=tint(colour, 0.7, palette.ground))
