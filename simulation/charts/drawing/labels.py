"""Labels at the ends of lines, moved apart until none overlaps another."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from simulation.charts.drawing.chart import letter
from simulation.charts.drawing.lettering import line_height, wrap

_GAP = 0.1


@dataclass(frozen=True)
class Label:
    """The text at the end of a line.

    Attributes:
        text: The name of the line and its value.
        at: Where the line ends, cm from the foot, or in units of the axis until a `LinePanel` places it.
        colour: The colour of the line that leads to it.
        more: Further lines of text, in normal weight.
        weight: The weight of the first line of text.
    """

    text: str
    at: float
    colour: str
    more: tuple[str, ...] = ()
    weight: str = "normal"

    def lines(self, width: float) -> list[tuple[str, str]]:
        """Break the text to a width in cm, and return the text and weight of each line."""
        first = [(line, self.weight) for line in wrap(self.text, width, bold=self.weight == "bold")]
        return first + [(line, "normal") for text in self.more for line in wrap(text, width)]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Move intervals apart as little as possible, and keep their order.

    Args:
        wanted: The best middle of each.
        sizes: The length of each.
        low: Where the first may begin.
        high: Where the last must end; they reach beyond it if there is too little room.

    Returns:
        The middles, in the order given.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    blocks: list[tuple[list[int], float, float]] = []
    for index in order:
        block, start, size = [index], wanted[index] - sizes[index] / 2, sizes[index]
        start = max(low, min(start, high - size))
        while blocks and blocks[-1][1] + blocks[-1][2] > start:
            before, before_start, before_size = blocks.pop()
            whole = before_size + size
            start = (before_start * len(before) + (start - before_size) * len(block)) / (len(before) + len(block))
            block, size = before + block, whole
            start = max(low, min(start, high - size))
        blocks.append((block, start, size))
    middles = [0.0] * len(wanted)
    for block, start, _ in blocks:
        foot = start
        for index in block:
            middles[index] = foot + sizes[index] / 2
            foot += sizes[index]
    return middles


def room_for(labels: Sequence[Label], width: float) -> float:
    """Return the height that labels need, one above the other, cm."""
    return sum(_height(label, width) for label in labels)


def label_ends(sheet: Axes, labels: Sequence[Label], left: float, right: float, low: float, high: float) -> None:
    """Write labels in the margin, each with a thin line to the end of its own line.

    Args:
        sheet: A sheet, in cm.
        labels: The labels.
        left: Where the lines end, cm.
        right: Where the margin ends, cm.
        low: The foot of the lowest label, cm.
        high: The top of the highest label, cm.
    """
    begin = left + 0.45
    width = right - begin
    middles = spread([label.at for label in labels], [_height(label, width) for label in labels], low, high)
    for label, middle in zip(labels, middles, strict=True):
        lines = label.lines(width)
        top = middle + (len(lines) - 1) / 2 * line_height()
        sheet.plot(
            [left + 0.08, left + 0.2, begin - 0.06],
            [label.at, middle, middle],
            color=label.colour,
            lw=0.8,
            clip_on=False,
        )
        for number, (line, weight) in enumerate(lines):
            letter(sheet, begin, top - number * line_height(), line, weight=weight)


def _height(label: Label, width: float) -> float:
    return len(label.lines(width)) * line_height() + _GAP
