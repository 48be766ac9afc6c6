"""The trust matrix: the trust of each organisation in each other, in numbers."""

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from simulation.analysis.trust_map import TrustMap, map_trust
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter, letter_block
from simulation.charts.drawing.lettering import line_height, wrap
from simulation.charts.drawing.palette import readable_on, tint
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.study_words import as_study, horizon_words, place_words, source_line
from simulation.charts.text.trust_words import alt, class_of, headline, hundredths, short_and_full, varied_words
from simulation.charts.text.words import replicates_words
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

_NAMES = 5.4
_TOP = 0.55
_ROW = 0.5
_MOST_NUMBERED = 18
"""Organisations up to which a cell has room for its number."""

_TINTS = (0.0, 0.25, 1.0)
"""Strength of a cell's colour by class of trust; the number says the rest."""


def trust_matrix(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw each organisation's trust in each other at the horizon, in hundredths; the row trusts the column.

    Args:
        results: A study, an ensemble alone, or a comparison of one, that kept the table relationships.
        theme: The fonts and colours.

    Raises:
        ValueError: If the table relationships was not kept.
    """
    study = as_study(results)
    ensemble = study.ensemble
    last = len(ensemble.axes.months) - 1
    trust = map_trust(ensemble, sorted({0, last}))
    texts = Texts(
        name="trust_matrix",
        headline=headline(trust),
        subtitle=(
            f"Trust of the organisation in the row in that of the column, in hundredths, at the end of "
            f"{horizon_words(ensemble)}. {place_words(ensemble)}.{_mean_words(ensemble)}"
        ),
        note=_note(study),
        source=source_line(study),
        alt=alt(ensemble, trust),
    )
    with theme.applied():
        names = [
            wrap(f"{number}  {full}", _NAMES - 0.3) for number, (_, full) in enumerate(short_and_full(ensemble.axes), 1)
        ]
        heights = [max(_ROW, len(lines) * line_height() + 0.08) for lines in names]
        chart = Chart(texts, trust.to_pandas(), theme, body_height=_TOP + sum(heights) + 0.1)
        _draw(chart, trust, names, heights)
    return chart


def _mean_words(ensemble: Ensemble) -> str:
    return "" if len(ensemble) == 1 else f" Means of {replicates_words(len(ensemble))}."


def _note(study: Study) -> str:
    said = "Dark: 60 or more; pale: 40 to 59; white: under 40; a dash: no dealings."
    few = len(study.ensemble.axes.organisations) <= _MOST_NUMBERED
    numbers = "" if few else " There is no room for the numbers, which are in the data beside the chart."
    return f"{said}{numbers}{_chance_words(study)}"


def _chance_words(study: Study) -> str:
    alone = " One simulated run, so chance is not shown." if len(study.ensemble) == 1 else ""
    return f"{alone}{varied_words(study)}"


def _draw(chart: Chart, trust: TrustMap, names: list[list[str]], heights: list[float]) -> None:
    sheet, palette = chart.add_sheet(), chart.theme.palette
    width = min(1.6, (WIDTH - _NAMES - 0.15) / len(names))
    top = chart.body_height - _TOP
    cells, fills = [], []
    numbered = len(names) <= _MOST_NUMBERED
    for column in range(0, len(names), 1 if numbered else 5):
        number = str(column + 1)
        letter(sheet, _NAMES + (column + 0.5) * width, top + _TOP / 2, number, ha="center", weight="bold")
    for row, (lines, height) in enumerate(zip(names, heights, strict=True)):
        middle = top - height / 2
        letter_block(sheet, 0.15, middle, lines)
        for column in range(len(names)):
            value = trust.directed[-1, row, column]
            at = (_NAMES + (column + 0.5) * width, middle)
            if np.isnan(value):
                letter(sheet, *at, "" if row == column else "–", ha="center", color=palette.quiet)
                continue
            fill = tint(palette.lead, _TINTS[class_of(value)], palette.ground)
            cells.append(Rectangle((at[0] - width / 2, top - height), width, height))
            fills.append(fill)
            ink = readable_on(fill, palette.ink, palette.ground)
            if numbered:
                letter(sheet, *at, str(hundredths(value)), ha="center", color=ink)
        top -= height
    sheet.add_collection(PatchCollection(cells, facecolors=fills, edgecolors=palette.grid, linewidths=0.8))
