"""Who trusts whom: a network of the organisations at chosen months."""

from collections.abc import Sequence
from math import isnan
from typing import Any

import networkx as nx
import numpy as np
from matplotlib.axes import Axes

from simulation.analysis.bands import interval_of
from simulation.analysis.trust_map import TrustMap, map_trust
from simulation.charts.chart import WIDTH, Chart, Texts, letter, letter_block
from simulation.charts.lettering import line_height, wrap
from simulation.charts.palette import Palette
from simulation.charts.study_words import as_study, place_words, source_line
from simulation.charts.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.trust_words import CLASSES, alt, class_of, headline, short_and_full, varied_words
from simulation.charts.words import histories_words, month_words, two_places
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

_RING = 2.3
_TITLE = 0.9
_PANEL = 2 * (_RING + 0.5) + _TITLE
_KEY = 0.75
_COLUMNS = 2
_LOOKS: tuple[dict[str, Any], ...] = (
    {"lw": 0.8, "ls": (0, (1, 2.2)), "zorder": 1},
    {"lw": 1.2, "ls": (0, (5, 2)), "zorder": 2},
    {"lw": 1.9, "ls": "-", "zorder": 3},
)
"""How a line is drawn, by class of trust: the stronger, the thicker and the less broken."""


def trust_map(
    results: Study | Ensemble, *, months: Sequence[int] | None = None, theme: Theme = ANALYSIS_FUNCTION
) -> Chart:
    """Organisations in a ring, with a line for each two that have dealings, by their mutual trust.

    Args:
        results: A study, an ensemble alone, or a comparison of one, that kept the table relationships.
        months: Two months from the start, 0 to the last; the first and the last if left out.
        theme: How it is lettered and coloured.

    Raises:
        ValueError: If the table relationships was not kept.
    """
    study = as_study(results)
    ensemble = study.ensemble
    last = len(ensemble.axes.months) - 1
    trust = map_trust(ensemble, sorted({0, last}) if months is None else months)
    texts = Texts(
        name="trust_map",
        headline=headline(trust),
        subtitle=(
            f"Mutual trust of organisations that have dealings, 0 to 1, at the end of the month. "
            f"{place_words(ensemble)}.{_luck_words(ensemble)}{varied_words(study)}"
        ),
        source=source_line(study),
        alt=alt(ensemble, trust),
    )
    names = short_and_full(ensemble.axes)
    titles = [_title(ensemble, trust, number) for number in range(len(trust.months))]
    with theme.applied():
        lines = [wrap(f"{short}: {full}", WIDTH / _COLUMNS - 0.5) for short, full in sorted(names)]
        key = _columns_height(lines)
        chart = Chart(texts, trust.to_frame(), theme, body_height=_PANEL + _KEY + key + 0.1)
        sheet = chart.add_sheet()
        for number, title in enumerate(titles):
            middle = (WIDTH * (number + 0.5) / len(titles), chart.body_height - _PANEL / 2 - _TITLE / 2)
            top = chart.body_height - line_height() / 2
            for line, weight in zip(title, ("bold", "normal"), strict=False):
                letter(sheet, middle[0], top, line, ha="center", weight=weight)
                top -= line_height()
            _draw_month(sheet, trust, number, middle, [short for short, _ in names], theme.palette)
        _draw_classes(sheet, key + 0.1 + _KEY / 2, theme.palette)
        _draw_names(sheet, lines, key)
    return chart


def _luck_words(ensemble: Ensemble) -> str:
    if len(ensemble) == 1:
        return " One simulated history, so luck is not shown."
    return f" Mean of {histories_words(len(ensemble))}; in brackets: 9 in 10 of them, by luck alone."


def _title(ensemble: Ensemble, trust: TrustMap, number: int) -> list[str]:
    """Month, and under it mean trust and where luck puts it."""
    month, overall = trust.months[number], trust.overall[number]
    if isnan(overall):
        return [month_words(month)]
    band = interval_of(ensemble["trust"][:, ensemble.axes.months.index(month)])
    within = f" ({two_places(band.low_90)} to {two_places(band.high_90)})" if band.low_90 < band.high_90 else ""
    return [month_words(month), f"mean trust {two_places(overall)}{within}"]


def _draw_month(
    sheet: Axes, trust: TrustMap, number: int, middle: tuple[float, float], names: list[str], palette: Palette
) -> None:
    """One month's ring: lines by class of mutual trust, then the organisations over them."""
    network = nx.Graph()
    network.add_nodes_from(range(len(names)))
    network.add_edges_from(trust.pairs)
    ring = nx.circular_layout(network, scale=_RING, center=middle) if len(names) > 1 else {0: np.array(middle)}
    for i, j in network.edges:
        look = _LOOKS[class_of(trust.mutual[number, i, j])]
        sheet.plot(*zip(ring[i], ring[j], strict=True), color=palette.lead, solid_capstyle="butt", **look)
    for position, name in enumerate(names):
        at = ring[position]
        sheet.plot(*at, marker="o", ms=7, color=palette.ink, mec=palette.ground, mew=1.2, zorder=5)
        out = (at - middle) / (np.hypot(*(at - middle)) or 1.0)
        side = "center" if abs(out[0]) < 0.2 else ("left" if out[0] > 0 else "right")
        letter(sheet, at[0] + 0.2 * out[0], at[1] + 0.33 * out[1], name, ha=side, zorder=6)


def _draw_classes(sheet: Axes, at: float, palette: Palette) -> None:
    """What thickness and dash stand for."""
    width = (WIDTH - 0.3) / len(CLASSES)
    for number, (label, look) in enumerate(zip(CLASSES, _LOOKS, strict=True)):
        left = 0.15 + number * width
        sheet.plot([left, left + 1.1], [at, at], color=palette.lead, solid_capstyle="butt", **look)
        letter(sheet, left + 1.25, at, label)


def _columns_height(lines: list[list[str]]) -> float:
    """Height in cm of the longest column of names."""
    rows = -(-len(lines) // _COLUMNS)
    return max(sum(len(each) for each in lines[start : start + rows]) for start in range(0, len(lines), rows)) * (
        line_height()
    )


def _draw_names(sheet: Axes, lines: list[list[str]], height: float) -> None:
    """The organisations' short names and what they stand for, in columns."""
    rows = -(-len(lines) // _COLUMNS)
    for number, each in enumerate(lines):
        column, row = divmod(number, rows)
        if row == 0:
            top = height
        block = len(each) * line_height()
        letter_block(sheet, 0.15 + column * WIDTH / _COLUMNS, top - block / 2, each)
        top -= block
