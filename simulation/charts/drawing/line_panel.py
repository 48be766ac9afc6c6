"""A panel for lines, with the labels of their ends in the margin right of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes

from simulation.charts.drawing.chart import WIDTH, Chart
from simulation.charts.drawing.labels import Label, label_ends, room_for
from simulation.charts.drawing.lettering import measure

_LEFT, _FOOT, _TOP = 1.35, 0.65, 0.15
_EDGE, _LEADS = 0.15, 0.6
"""cm: right of the labels, and all that is beside them in the margin."""


@dataclass(frozen=True)
class LinePanel:
    """A panel for lines.

    Attributes:
        chart: The chart that it is in.
        axes: The axes to draw on.
        margin: Width of the margin right of it, cm.
        height: Height of the axes, cm.
        foot: Room below them for the names on the horizontal axis, cm.
    """

    chart: Chart
    axes: Axes
    margin: float
    height: float
    foot: float

    @property
    def width(self) -> float:
        """Width of the axes, cm."""
        return panel_width(self.margin)

    def label(self, labels: Sequence[Label]) -> None:
        """Write labels in the margin. Do so last, since the scale of the vertical axis places them.

        Args:
            labels: The labels; `at` is in units of the vertical axis.
        """
        low, high = self.axes.get_ylim()
        placed = [replace(each, at=self.foot + (each.at - low) / (high - low) * self.height) for each in labels]
        label_ends(self.chart.add_sheet(), placed, WIDTH - self.margin, WIDTH - _EDGE, 0.1, self.chart.body_height)


def panel_width(margin: float) -> float:
    """Return the width of the axes next to a margin of some width, cm."""
    return WIDTH - _LEFT - margin


def add_line_panel(chart: Chart, margin: float, foot: float = _FOOT) -> LinePanel:
    """Add a panel for lines that fills the body of a chart.

    Args:
        chart: The chart.
        margin: Width of the margin for labels, cm.
        foot: Room below the axes for the names on the horizontal axis, cm.
    """
    height = chart.body_height - foot - _TOP
    chart.marks_width = panel_width(margin)
    return LinePanel(chart, chart.add_panel(_LEFT, foot, panel_width(margin), height), margin, height, foot)


def margin_for(labels: Sequence[Label]) -> float:
    """Return the margin in which each label has room on one line, cm.

    Args:
        labels: The labels.
    """
    return max(measure(label.text, bold=label.weight == "bold") for label in labels) + _LEADS + 0.05


def body_height_for(labels: Sequence[Label], margin: float) -> float:
    """Return the height of a body in which all labels have room, cm.

    Args:
        labels: The labels.
        margin: Width of the margin, cm.
    """
    return room_for(labels, margin - _LEADS) + _FOOT + 0.3
