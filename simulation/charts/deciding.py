"""The two assumptions that decide most between each choice and another: how often it is better, where."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from simulation.analysis.assumption_cells import Bins, Cells, cells_of
from simulation.analysis.choices import choices_of
from simulation.analysis.deciding import Deciding, deciding, stretches_tried
from simulation.analysis.deciding_words import (
    deciding_headline,
    label_of,
    none_decide_words,
    searched_assumptions,
    smallest_words,
    themselves_words,
    value_words,
)
from simulation.analysis.drawn_words import HELD, drawn_and_held, drawn_words
from simulation.analysis.verdict import THRESHOLD
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter
from simulation.charts.drawing.fitting import fits_headline
from simulation.charts.drawing.lettering import line_height, measure, wrap
from simulation.charts.drawing.palette import Palette, tint
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, source_of
from simulation.formatting import (
    as_written,
    capital,
    counted,
    is_with_place,
    pounds,
    range_words,
    searched_words,
    stretch_words,
)
from simulation.known_names import closest
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

MOST, FEW = 0.6, 0.4
"""Shares of cases from which, and up to which, a cell is coloured."""

_ROW, _EDGE, _GAP, _AXIS = 0.62, 0.15, 0.4, 0.64
_STRENGTH = 0.35


def deciding_chart(
    results: Results, *, first: str | None = None, second: str | None = None, theme: Theme = ANALYSIS_FUNCTION
) -> Chart:
    """Draw for each choice in how many cases it leaves less than another, by the two assumptions that decide most.

    If nothing decides over the ranges, but something does over ranges stretched by a factor of 2, those are shown.

    Args:
        results: A comparison of two choices or more, of which two assumptions or more were varied.
        first: The choice that is judged; every other one if left out.
        second: The choice that it is compared with; the baseline if left out.
        theme: The fonts and colours.

    Raises:
        ValueError: If there are no such choices.
    """
    comparison = comparison_of(results)
    found = heat_maps(comparison, first, second)
    if not found:
        message = "this chart needs two choices, and two assumptions that were varied at the same points"
        raise ValueError(message)
    return chart_of(comparison, found, theme=theme)


def chart_of(comparison: Comparison, found: Sequence[Cells], *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw cells that were found.

    Args:
        comparison: The results.
        found: The cells of each choice, as `heat_maps` returns them; one or more.
        theme: The fonts and colours.
    """
    base = found[0].decided.second
    texts = Texts(
        name="deciding",
        headline=headline(found),
        subtitle=(
            f"Of 100 cases, in how many a choice leaves less than {base} in {horizon_of(comparison)}, by the two "
            f"{_shown([each.decided for each in found])}."
        ),
        note=_note(found),
        source=source_of(comparison, found[0].decided.stretch),
        alt=_alt(found, base),
    )
    with theme.applied():
        across = 1 if len(found) == 1 else 2
        maps = [_Map(each, (WIDTH - _EDGE - (across - 1) * _GAP) / across - _EDGE) for each in found]
        rows = [maps[start : start + across] for start in range(0, len(maps), across)]
        height = sum(max(each.height for each in row) for row in rows) + _GAP * (len(rows) - 1)
        chart = Chart(texts, cells_to_pandas(found), theme, body_height=height + 0.1)
        _draw(chart, rows)
    return chart


def _shown(every: Sequence[Deciding]) -> str:
    """Say of which assumptions the two that are shown decide most, or go furthest with the difference if none does."""
    decided, most = every[0], "decide most" if any(each.found for each in every) else "go furthest with that"
    with_place = is_with_place(decided.stretch)
    if decided.drawn == 2:
        return "assumptions of the model that were drawn" if with_place else f"assumptions that were drawn, {HELD}"
    if decided.drawn and with_place:
        return f"that {most} of {drawn_words(decided.drawn, of_model=True)}"
    if decided.drawn:
        return f"that {most} of {drawn_and_held(decided.drawn)}"
    return f"{searched_assumptions(decided.stretch)} that {most}{stretch_words(decided.stretch)}"


def headline(found: Sequence[Cells]) -> str:
    """Return the finding: what decides, by name where a headline has room.

    Args:
        found: The cells of each choice.
    """
    decided = [each.decided for each in found]
    named = deciding_headline(decided)
    return named if fits_headline(named) else deciding_headline(decided, short=True)


def heat_maps(comparison: Comparison, first: str | None = None, second: str | None = None) -> list[Cells]:
    """Return the cells of each choice against another, of the sample in which something decides.

    Args:
        comparison: Cases with common random numbers.
        first: The choice that is judged; every other one if left out.
        second: The choice that it is compared with; the baseline if left out.

    Returns:
        Nothing if there are no two choices, or fewer than two assumptions were varied that change something.

    Raises:
        ValueError: If there is no choice of such a name, or both are the same.
    """
    check_pair(comparison, first, second)
    shown: list[Cells] = []
    for stretch in stretches_tried(comparison):
        choices = choices_of(comparison, stretch)
        if not choices:
            continue
        base = choices[0].label if second is None else second
        others = [choice.label for choice in choices if choice.label != base] if first is None else [first]
        decided = [deciding(comparison, other, base, stretch=stretch) for other in others]
        known = [each for each in decided if each is not None and len(each.parameters) >= 2]
        if known and (not shown or any(each.found for each in known)):
            narrow = tuple(each.decided for each in shown)
            parts = 4 if known[0].points >= 500 else 3 if known[0].points >= 100 else 2
            cells = [cells_of(comparison, each, parts, stretch=stretch) for each in known]
            shown = [replace(each, narrow=narrow) for each in cells]
        if any(each.found for each in known):
            break
    return shown


def check_pair(comparison: Comparison, first: str | None, second: str | None) -> None:
    """Raise an error unless two names are those of different choices that can be compared.

    Args:
        comparison: Cases with common random numbers.
        first: The choice that is judged; None for every other one.
        second: The choice that it is compared with; None for the baseline.

    Raises:
        ValueError: If there is no choice of such a name, or both are the same.
    """
    labels = [choice.label for choice in choices_of(comparison)]
    for side, name in (("first", first), ("second", second)):
        if name is not None and labels and name not in labels:
            meant = closest(name, labels)
            hint = f"did you mean {meant!r}?" if meant else f"there are {', '.join(map(repr, labels))}"
            message = f"{side}: there is no choice {name!r} whose assumptions were varied; {hint}"
            raise ValueError(message)
    if labels and first is not None and first == (labels[0] if second is None else second):
        of = "is the baseline; name another as second" if second is None else "is second too; name two choices"
        message = f"first: {first!r} {of}"
        raise ValueError(message)


def cells_to_pandas(found: Sequence[Cells]) -> "pd.DataFrame":
    """Return a row for each cell: the choice, the edges of both assumptions, and the share of cases, 0–1.

    Args:
        found: The cells of each choice.
    """
    import pandas as pd

    rows = [
        (
            *(each.decided.first, each.decided.second, each.across.parameter, *_edges(each.across, column)),
            *(each.up.parameter, *_edges(each.up, row), each.shares[row, column], each.points[row, column]),
        )
        for each in found
        for row in range(len(each.up))
        for column in range(len(each.across))
    ]
    columns = [
        "choice", "baseline", "across", "across_from", "across_to", "up", "up_from", "up_to", "better", "points",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


class _Map:
    """The heat map of one choice, and the room that it needs, cm."""

    def __init__(self, cells: Cells, width: float) -> None:
        self.cells = cells
        holds = "" if cells.decided.found is None else " (a rule holds)"
        self.title = wrap(f"{capital(cells.decided.first)}{holds}", width, bold=True)
        self.up = wrap(f"↑ {capital(label_of(cells.up.parameter).strip('“”'))}", width)
        self.across = wrap(f"→ {capital(label_of(cells.across.parameter).strip('“”'))}", width)
        self.left = max(measure(text) for text, _ in _ticks(cells.up)) + 0.2
        self.cell = (width - self.left - 0.4) / len(cells.across)
        lines = len(self.title) + len(self.up) + len(self.across)
        self.height = lines * line_height() + 0.2 + _ROW * len(cells.up) + _AXIS

    def draw(self, chart: Chart, left: float, top: float) -> None:
        """Draw it with its upper left corner at a place of the body, cm."""
        sheet, palette, cells = chart.add_sheet(), chart.theme.palette, self.cells
        for lines, weight in ((self.title, "bold"), (self.up, "normal")):
            for line in lines:
                top -= line_height()
                letter(sheet, left, top + line_height() / 2, line, weight=weight)
        foot, left = top - 0.2 - _ROW * len(cells.up), left + self.left
        boxes, fills = [], []
        for row, column in np.ndindex(*cells.shares.shape):
            share = float(cells.shares[row, column])
            at = left + column * self.cell, foot + row * _ROW
            boxes.append(Rectangle(at, self.cell, _ROW))
            fills.append(_fill(share, palette))
            number = "–" if np.isnan(share) else as_written(round(100 * share))
            weight = "bold" if share <= FEW else "normal"
            letter(sheet, at[0] + self.cell / 2, at[1] + _ROW / 2, number, ha="center", weight=weight)
        sheet.add_collection(PatchCollection(boxes, facecolors=fills, edgecolors=palette.grid, linewidths=0.8))
        for tick, place in _ticks(cells.up):
            letter(sheet, left - 0.1, foot + place * _ROW, tick, ha="right", color=palette.quiet)
        for tick, place in _ticks(cells.across):
            letter(sheet, left + place * self.cell, foot - 0.42, tick, ha="center", color=palette.quiet)
        for row, line in enumerate(self.across):
            middle = foot - _AXIS - (row + 0.5) * line_height()
            letter(sheet, left - self.left, middle, line)


def _draw(chart: Chart, rows: Sequence[Sequence[_Map]]) -> None:
    top = chart.body_height
    for row in rows:
        for number, each in enumerate(row):
            each.draw(chart, _EDGE + number * (WIDTH - _EDGE + _GAP) / 2, top)
        top -= max(each.height for each in row) + _GAP


def _ticks(bins: Bins) -> list[tuple[str, float]]:
    """Return the text of each tick and its place in units of parts: at edges, or in the middle of single values."""
    if bins.values:
        return [(value_words(bins.parameter, value), part + 0.5) for part, value in enumerate(bins.values)]
    return [(as_written(edge, 3), float(part)) for part, edge in enumerate(bins.edges)]


def _edges(bins: Bins, part: int) -> tuple[float, float]:
    return (bins.values[part],) * 2 if bins.values else (bins.edges[part], bins.edges[part + 1])


def _fill(share: float, palette: Palette) -> str:
    if share >= MOST:
        return tint(palette.lead, _STRENGTH, palette.ground)
    return tint(palette.categorical[2], _STRENGTH, palette.ground) if share <= FEW else palette.ground


def _note(found: Sequence[Cells]) -> str:
    points = np.concatenate([each.points.ravel() for each in found])
    off = as_written(round(min(100.0, 98 / float(np.median(points[points > 0])) ** 0.5)))
    decided, narrow = found[0].decided, found[0].narrow
    few = next((said for each in narrow if (said := smallest_words(each))), "")
    itself = f"{themselves_words(narrow[0].stretch)} {none_decide_words(narrow, 'it')}. {few}" if narrow else ""
    return (
        f"{itself}Blue: 60 or more; purple and bold: 40 or fewer. Less: by more than {pounds(THRESHOLD)} a year. "
        f"A cell holds {range_words(int(points.min()), int(points.max()), as_written)} of "
        f"{counted(decided.points, 'set')} of assumptions; its number is known to about ±{off}."
        f"{searched_words(decided.stretch)}"
    )


def _alt(found: Sequence[Cells], base: str) -> str:
    parts = [
        f"{each.decided.first} in {range_words(*_span(each), as_written)}, by {label_of(each.across.parameter)} and "
        f"{label_of(each.up.parameter)}"
        for each in found
    ]
    return f"Heat maps of how many of 100 cases leave less than {base}: {'; '.join(parts)}."


def _span(each: Cells) -> tuple[float, float]:
    return round(100 * float(np.nanmin(each.shares))), round(100 * float(np.nanmax(each.shares)))
