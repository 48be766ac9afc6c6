"""Vertical axes of money and of shares."""

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from simulation.charts.drawing.lettering import drawable
from simulation.formatting import percent, pounds, two_decimals

TICK_STEPS = (1, 2, 5, 10)
"""Distances between ticks, times any power of ten. There is no 2.5, since a tick at £12.5m would be written £12m."""


def scale_money(panel: Axes, lowest: float, highest: float) -> tuple[float, float]:
    """Set a vertical axis of £m a year that shows zero.

    Args:
        panel: The panel whose axis it is.
        lowest: The lowest number that is drawn, £m a year.
        highest: The highest, £m a year.

    Returns:
        The ends of the axis, which include zero.
    """
    room = 0.06 * (max(highest, 0.0) - min(lowest, 0.0) or 1.0)
    low, high = (lowest - room if lowest < 0 else 0.0), max(highest, 0.0) + room
    panel.set_ylim(low, high)
    panel.yaxis.set_major_locator(MaxNLocator(6, steps=TICK_STEPS))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: drawable(pounds(amount))))
    panel.tick_params(axis="y", length=0)
    panel.axhline(0.0, color="#767676", lw=1.0, zorder=1.5)
    return low, high


def scale_trust(panel: Axes) -> None:
    """Set a vertical axis of trust from 0 to 1.

    Args:
        panel: The panel whose axis it is.
    """
    panel.set_ylim(0, 1)
    panel.yaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda trust, _: two_decimals(trust)))
    panel.tick_params(axis="y", length=0)


def scale_shares(panel: Axes) -> None:
    """Set a vertical axis of shares from 0% to 100%.

    Args:
        panel: The panel whose axis it is.
    """
    panel.set_ylim(0, 1)
    panel.yaxis.set_major_locator(FixedLocator([0, 0.25, 0.5, 0.75, 1]))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    panel.tick_params(axis="y", length=0)
