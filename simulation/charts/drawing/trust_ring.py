"""A ring of organisations, with a line for each pair that deals with each other, and its key and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from simulation.analysis.trust_map import TrustMap
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter, letter_block
from simulation.charts.drawing.lettering import line_height, wrap
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import TEXT_SIZE, Theme
from simulation.charts.text.trust_words import CLASSES, class_of

if TYPE_CHECKING:
    import pandas as pd

RING = 2.3
"""Radius, cm."""

CLASSES_HEIGHT = 0.75
"""Height of the key, cm."""

MOST_SHORT_NAMES = 20
"""Organisations up to which short names have room around a ring; more have numbers."""

_NUMBER_SIZE = 9.0
"""Points of the numbers around a ring."""

COLUMNS = 2
"""The number of columns of full names."""

_TITLE = 0.9
_MORE = 0.32
"""cm further out at which numbers stand around a ring, so that many have room."""


_LOOKS: tuple[dict[str, Any], ...] = (
    {"linewidths": 0.8, "linestyles": (0, (1, 2.2)), "zorder": 1},
    {"linewidths": 1.2, "linestyles": (0, (5, 2)), "zorder": 2},
    {"linewidths": 1.9, "linestyles": "-", "zorder": 3},
)
"""The look of a line by class of trust: the more trust, the thicker and the less broken."""


@dataclass(frozen=True)
class Ring:
    """One ring.

    Attributes:
        title: The lines above it; the first is bold.
        trust: Trust in some months.
        number: Index of the month to draw.
    """

    title: Sequence[str]
    trust: TrustMap
    number: int = 0


def ring_chart(
    texts: Texts,
    data: "pd.DataFrame",
    theme: Theme,
    names: list[tuple[str, str]],
    rings: Sequence[Ring],
) -> Chart:
    """Draw rings side by side, each under its title, and below them their key and the full names.

    Args:
        texts: The texts of the chart.
        data: The numbers that it shows.
        theme: The fonts and colours.
        names: Short and full name of each organisation, in id order.
        rings: The rings, from left to right.
    """
    with theme.applied():
        if len(names) > MOST_SHORT_NAMES:
            marks = [str(number) for number in range(1, len(names) + 1)]
            named = [(mark, full) for mark, (_, full) in zip(marks, names, strict=True)]
        else:
            marks, named = [short for short, _ in names], sorted(names)
        lines = [wrap(f"{mark}: {full}", WIDTH / COLUMNS - 0.5) for mark, full in named]
        key = columns_height(lines)
        panel = 2 * (RING + 0.5 + (_MORE if len(names) > MOST_SHORT_NAMES else 0.0)) + _TITLE
        chart = Chart(texts, data, theme, body_height=panel + CLASSES_HEIGHT + key + 0.1)
        sheet = chart.add_sheet()
        for number, ring in enumerate(rings):
            middle = (WIDTH * (number + 0.5) / len(rings), chart.body_height - panel / 2 - _TITLE / 2)
            top = chart.body_height - line_height() / 2
            for line, weight in zip(ring.title, ("bold", "normal"), strict=False):
                letter(sheet, middle[0], top, line, ha="center", weight=weight)
                top -= line_height()
            draw_ring(sheet, ring.trust, ring.number, middle, marks, theme.palette)
        draw_classes(sheet, key + 0.1 + CLASSES_HEIGHT / 2, theme.palette)
        draw_names(sheet, lines, key)
    return chart


def draw_ring(
    sheet: Axes, trust: TrustMap, number: int, middle: tuple[float, float], names: list[str], palette: Palette
) -> None:
    """Draw the ring of one month: lines by class of mutual trust, then the organisations over them."""
    network = nx.Graph()
    network.add_nodes_from(range(len(names)))
    network.add_edges_from(trust.pairs)
    ring = nx.circular_layout(network, scale=RING, center=middle) if len(names) > 1 else {0: np.array(middle)}
    for which, look in enumerate(_LOOKS):
        ends = [(ring[i], ring[j]) for i, j in trust.pairs if class_of(trust.mutual[number, i, j]) == which]
        sheet.add_collection(LineCollection(ends, colors=palette.lead, capstyle="butt", **look), autolim=False)
    dots = np.array([ring[index] for index in range(len(names))])
    sheet.plot(*dots.T, marker="o", ms=7, ls="", color=palette.ink, mec=palette.ground, mew=1.2, zorder=5)
    are_numbers = len(names) > MOST_SHORT_NAMES
    size, more = (_NUMBER_SIZE, _MORE) if are_numbers else (TEXT_SIZE, 0.0)
    for index, name in enumerate(names):
        at = ring[index]
        out = (at - middle) / (np.hypot(*(at - middle)) or 1.0)
        side = "center" if are_numbers or abs(out[0]) < 0.2 else ("left" if out[0] > 0 else "right")
        beside = at[0] + (0.33 + more if are_numbers else 0.2) * out[0]
        letter(sheet, beside, at[1] + (0.33 + more) * out[1], name, ha=side, size=size, zorder=6)


def draw_classes(sheet: Axes, at: float, palette: Palette) -> None:
    """Draw the key of the lines."""
    width = (WIDTH - 0.3) / len(CLASSES)
    for number, (label, look) in enumerate(zip(CLASSES, _LOOKS, strict=True)):
        left = 0.15 + number * width
        key = [((left, at), (left + 1.1, at))]
        sheet.add_collection(LineCollection(key, colors=palette.lead, capstyle="butt", **look), autolim=False)
        letter(sheet, left + 1.25, at, label)


def columns_height(lines: list[list[str]]) -> float:
    """Return the height of the longest column of names, cm."""
    rows = -(-len(lines) // COLUMNS)
    return max(sum(len(each) for each in lines[start : start + rows]) for start in range(0, len(lines), rows)) * (
        line_height()
    )


def draw_names(sheet: Axes, lines: list[list[str]], height: float) -> None:
    """Write the organisations' short and full names, in columns."""
    rows = -(-len(lines) // COLUMNS)
    for number, each in enumerate(lines):
        column, row = divmod(number, rows)
        if row == 0:
            top = height
        block = len(each) * line_height()
        letter_block(sheet, 0.15 + column * WIDTH / COLUMNS, top - block / 2, each)
        top -= block
