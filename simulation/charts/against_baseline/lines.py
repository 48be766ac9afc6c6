"""Two lines over the months with their bands: the baseline dashed with marks, the changed scenario solid."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from simulation.analysis.bands import Bands
from simulation.charts.drawing.palette import Palette, tint
from simulation.charts.drawing.time_axis import draw_bands, draw_line, draw_varied

BASELINE_LOOK = 2
"""Index of the baseline's colour among the palette's categories."""

_PALE = 0.14


def draw_pair(
    panel: Axes, baseline: Bands, changed: Bands, varied: Bands | None, palette: Palette, *, several: bool
) -> None:
    """Draw the baseline, and over it the changed scenario.

    Args:
        panel: A panel with months on its horizontal axis.
        baseline: Bands of the baseline.
        changed: Bands of the changed scenario.
        varied: Bands of the changed scenario allowing for uncertain assumptions; None if they were not varied.
        palette: The colours.
        several: True to draw bands, since there are several replicates.
    """
    months = np.arange(len(changed.median))
    colour = palette.categorical[BASELINE_LOOK]
    if varied is not None:
        draw_varied(panel, varied, palette)
    if several:
        panel.fill_between(months, baseline.low_90, baseline.high_90, fc=tint(colour, _PALE), ec="none", zorder=1.45)
        draw_bands(panel, changed, palette.lead, palette)
        for limit in (baseline.low_90, baseline.high_90):
            panel.plot(months, limit, color=colour, lw=0.7, zorder=1.6)
    every = max(1, len(months) // 6)
    look: dict[str, Any] = {"marker": "^", "ms": 5, "markevery": every, "ls": (0, (5, 2)), "lw": 1.6}
    draw_line(panel, baseline.median, colour, palette, **look)
    draw_line(panel, changed.median, palette.lead, palette, lw=2.4)
