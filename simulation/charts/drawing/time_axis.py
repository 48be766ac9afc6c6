"""A horizontal axis of months, and lines and bands over it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FixedFormatter, FixedLocator

from simulation.analysis.bands import Bands, Floats
from simulation.charts.drawing.lettering import measure
from simulation.charts.drawing.palette import Palette, tint
from simulation.formatting import month_words
from simulation.scenario.months import month_number

MEDIUM, PALE = 0.58, 0.18
"""Strength of the tints of the 50% and the 90% band, 0 to 1."""

_APRIL = "04"


def month_ticks(months: Sequence[str], width: float) -> list[int]:
    """Choose the months to name on an axis: each April if there are several, else evenly spread; as many as fit.

    Args:
        months: YYYY-MM, in order.
        width: cm along the axis.
    """
    aprils = [index for index, month in enumerate(months) if month.endswith(f"-{_APRIL}")]
    wanted = aprils if len(aprils) > 1 else list(range(len(months)))
    fits = max(1, int(width / (measure("Mmm 2000") + 0.3)))
    return wanted[:: -(-len(wanted) // fits)]


def name_months(panel: Axes, months: Sequence[str], width: float) -> None:
    """Name months on the horizontal axis of a panel.

    Args:
        panel: The panel.
        months: YYYY-MM, in order, without gaps.
        width: Width of the panel, cm.
    """
    ticks = month_ticks(months, width)
    panel.set_xlim(-0.5 if len(months) == 1 else 0, max(len(months) - 1, 0.5))
    panel.xaxis.set_major_locator(FixedLocator(ticks))
    panel.xaxis.set_major_formatter(FixedFormatter([month_words(months[tick], short=True) for tick in ticks]))
    panel.tick_params(axis="x", length=3, pad=7)


def name_dates(panel: Axes, months: Sequence[str], width: float) -> list[int]:
    """Place some months on the horizontal axis by their dates, and name as many as fit.

    Args:
        panel: The panel.
        months: YYYY-MM, in order; there may be gaps.
        width: Width of the panel, cm.

    Returns:
        The place of each month on the axis.
    """
    at = [month_number(month) for month in months]
    span = max(1, at[-1] - at[0])
    panel.set_xlim(at[0] - 0.05 * span, at[-1] + 0.05 * span)
    step = -(-len(at) // max(1, int(width / (measure("Mmm 2000") + 0.35))))
    panel.xaxis.set_major_locator(FixedLocator(at[::step]))
    panel.xaxis.set_major_formatter(FixedFormatter([month_words(month, short=True) for month in months[::step]]))
    panel.tick_params(axis="x", length=3, pad=7)
    return at


def halo(width: float, ground: str) -> list[Any]:
    """Return a rim in the colour of the ground, so that a line stands out from what it crosses.

    Args:
        width: Width of the line, points.
        ground: #RRGGBB.
    """
    return [withStroke(linewidth=width + 2.0, foreground=ground)]


def draw_line(panel: Axes, values: Floats, colour: str, palette: Palette, **look: Any) -> None:
    """Draw a line over the months with a rim; a single month is a dot."""
    width = look.setdefault("lw", 1.6)
    if len(values) == 1:
        look |= {"marker": "o", "ls": ""}
    rim = halo(width, palette.ground)
    panel.plot(np.arange(len(values)), values, color=colour, path_effects=rim, clip_on=False, **look)


def draw_bands(panel: Axes, bands: Bands, colour: str, palette: Palette) -> None:
    """Draw the 90% band pale within thin lines and the 50% band darker within white rims; one month has bars."""
    months = np.arange(len(bands.median))
    if len(months) == 1:
        panel.vlines(0, bands.low_90, bands.high_90, color=colour, lw=1.0)
        panel.vlines(0, bands.low_50, bands.high_50, color=colour, lw=4.0)
        return
    pale, medium = tint(colour, PALE, palette.ground), tint(colour, MEDIUM, palette.ground)
    panel.fill_between(months, bands.low_90, bands.high_90, fc=pale, ec="none", zorder=1.6)
    for limit in (bands.low_90, bands.high_90):
        panel.plot(months, limit, color=colour, lw=0.7, zorder=1.65)
    panel.fill_between(months, bands.low_50, bands.high_50, fc=medium, ec=palette.ground, lw=1.0, zorder=1.7)


def draw_varied(panel: Axes, bands: Bands, palette: Palette) -> None:
    """Draw the limits of the 90% band allowing for uncertain assumptions, dotted."""
    for limit in (bands.low_90, bands.high_90):
        panel.plot(np.arange(len(limit)), limit, color=palette.quiet, lw=1.0, ls=(0, (1.5, 2.5)), zorder=1.55)
