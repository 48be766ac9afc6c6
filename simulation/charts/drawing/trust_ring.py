"""A ring of organisations, with a line for each pair that deals with each other, and its key and names."""

from typing import Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from simulation.analysis.trust_map import TrustMap
from simulation.charts.drawing.chart import WIDTH, letter, letter_block
from simulation.charts.drawing.lettering import line_height
from simulation.charts.drawing.palette import Palette
from simulation.charts.text.trust_words import CLASSES, class_of

RING = 2.3
"""Radius, cm."""

CLASSES_HEIGHT = 0.75
"""Height of the key, cm."""

COLUMNS = 2
"""The number of columns of full names."""

_LOOKS: tuple[dict[str, Any], ...] = (
    {"linewidths": 0.8, "linestyles": (0, (1, 2.2)), "zorder": 1},
    {"linewidths": 1.2, "linestyles": (0, (5, 2)), "zorder": 2},
    {"linewidths": 1.9, "linestyles": "-", "zorder": 3},
)
"""The look of a line by class of trust: the more trust, the thicker and the less broken."""


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
    for index, name in enumerate(names):
        at = ring[index]
        out = (at - middle) / (np.hypot(*(at - middle)) or 1.0)
        side = "center" if abs(out[0]) < 0.2 else ("left" if out[0] > 0 else "right")
        letter(sheet, at[0] + 0.2 * out[0], at[1] + 0.33 * out[1], name, ha=side, zorder=6)


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
