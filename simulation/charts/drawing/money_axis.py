"""A money axis that shows zero."""

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulation.charts.text.words import pounds


def scale_money(panel: Axes, lowest: float, highest: float) -> tuple[float, float]:
    """Lay £m a year on the vertical axis of a panel.

    Args:
        panel: Where.
        lowest: The lowest number that is drawn, £m a year.
        highest: The highest.

    Returns:
        The ends of the axis, which hold zero.
    """
    room = 0.06 * (max(highest, 0.0) - min(lowest, 0.0) or 1.0)
    low, high = (lowest - room if lowest < 0 else 0.0), max(highest, 0.0) + room
    panel.set_ylim(low, high)
    panel.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    panel.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: pounds(amount)))
    panel.tick_params(axis="y", length=0)
    panel.axhline(0.0, color="#767676", lw=1.0, zorder=1.5)
    return low, high
