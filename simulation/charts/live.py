"""Pictures of one replicate while it runs, for Mesa's page: lines by month, and the network of trust."""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from simulation.analysis.trust_map import map_trust
from simulation.charts.drawing.chart import WIDTH
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import name_months
from simulation.charts.drawing.trust_ring import MOST_SHORT_NAMES, draw_classes, draw_ring
from simulation.charts.text.trust_words import short_and_full
from simulation.formatting import month_words, two_decimals
from simulation.results.ensemble import Ensemble, Keep
from simulation.results.trajectory import Trajectory

_CM = 2.54
_HEIGHT = 8.5
"""cm"""


def live_lines(
    trajectory: Trajectory,
    month: int,
    lines: Mapping[str, str],
    *,
    title: str,
    unit: str,
    limits: tuple[float, float] | None = None,
    theme: Theme = ANALYSIS_FUNCTION,
) -> Figure:
    """Draw columns of the system table up to a month, on an axis of all months.

    Args:
        trajectory: The replicate, of which later months are still empty.
        month: How many months have been simulated.
        lines: The label of each column.
        title: Title of the picture.
        unit: Unit of its values.
        limits: Lower and upper end of the value axis; chosen by the values if left out.
        theme: The fonts and colours.
    """
    with theme.applied():
        figure = Figure(figsize=(WIDTH / _CM, _HEIGHT / _CM), layout="constrained")
        panel = figure.subplots()
        for (column, label), colour in zip(lines.items(), theme.palette.categorical, strict=False):
            values = trajectory[column][:month]
            panel.plot(np.arange(month), values, color=colour, label=label, marker="o", markevery=[-1] if month else [])
        name_months(panel, trajectory.axes.months, WIDTH - 2.0)
        panel.set_title(title, loc="left", fontweight="bold")
        panel.set_ylabel(unit)
        if limits is not None:
            panel.set_ylim(*limits)
        if len(lines) > 1:
            panel.legend(frameon=False, loc="best")
    return figure


def live_network(trajectory: Trajectory, month: int, theme: Theme = ANALYSIS_FUNCTION) -> Figure:
    """Draw organisations in a ring, with a line for each two that have dealings, by their mutual trust.

    Args:
        trajectory: The replicate, of which later months are still empty.
        month: How many months have been simulated, 1 or more.
        theme: The fonts and colours.
    """
    axes, at = trajectory.axes, month - 1
    trust = map_trust(Ensemble.gather([trajectory], Keep.of(len(axes.months), ("relationships",))), [at])
    names = short_and_full(axes)
    are_short = len(names) <= MOST_SHORT_NAMES
    marks = [short if are_short else str(number) for number, (short, _) in enumerate(names, 1)]
    with theme.applied():
        figure = Figure(figsize=(WIDTH / _CM, _HEIGHT / _CM))
        sheet = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        sheet.set(xlim=(0, WIDTH), ylim=(0, _HEIGHT))
        sheet.axis("off")
        mean = two_decimals(float(trust.overall[0]))
        title = f"Trust at the end of {month_words(trust.months[0])}: {mean} on average, 0 to 1"
        sheet.text(0.3, _HEIGHT - 0.5, title, fontweight="bold", va="center")
        draw_ring(sheet, trust, 0, (WIDTH / 2, _HEIGHT / 2), marks, theme.palette)
        draw_classes(sheet, 0.35, theme.palette)
    return figure
