"""The trust map: a network of the organisations in chosen months."""

from collections.abc import Sequence
from math import isnan

from simulation.analysis.bands import interval_of
from simulation.analysis.trust_map import TrustMap, map_trust
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter
from simulation.charts.drawing.lettering import line_height, wrap
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.trust_ring import (
    CLASSES_HEIGHT,
    COLUMNS,
    RING,
    columns_height,
    draw_classes,
    draw_names,
    draw_ring,
)
from simulation.charts.text.study_words import as_study, place_words, source_line
from simulation.charts.text.trust_words import alt, headline, short_and_full, varied_words
from simulation.charts.text.words import replicates_words
from simulation.formatting import month_words, range_words, two_decimals
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

_TITLE = 0.9
_PANEL = 2 * (RING + 0.5) + _TITLE


def trust_map(
    results: Study | Ensemble, *, months: Sequence[int] | None = None, theme: Theme = ANALYSIS_FUNCTION
) -> Chart:
    """Draw organisations in a ring, with a line for each two that have dealings, by their mutual trust.

    Args:
        results: A study, an ensemble alone, or a comparison of one, that kept the table relationships.
        months: Two months from the start, 0 to the last; the first and the last if left out.
        theme: The fonts and colours.

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
            f"{place_words(ensemble)}.{_chance_words(ensemble)}{varied_words(study)}"
        ),
        source=source_line(study),
        alt=alt(ensemble, trust),
    )
    names = short_and_full(ensemble.axes)
    titles = [_title(ensemble, trust, number) for number in range(len(trust.months))]
    with theme.applied():
        lines = [wrap(f"{short}: {full}", WIDTH / COLUMNS - 0.5) for short, full in sorted(names)]
        key = columns_height(lines)
        chart = Chart(texts, trust.to_frame(), theme, body_height=_PANEL + CLASSES_HEIGHT + key + 0.1)
        sheet = chart.add_sheet()
        for number, title in enumerate(titles):
            middle = (WIDTH * (number + 0.5) / len(titles), chart.body_height - _PANEL / 2 - _TITLE / 2)
            top = chart.body_height - line_height() / 2
            for line, weight in zip(title, ("bold", "normal"), strict=False):
                letter(sheet, middle[0], top, line, ha="center", weight=weight)
                top -= line_height()
            draw_ring(sheet, trust, number, middle, [short for short, _ in names], theme.palette)
        draw_classes(sheet, key + 0.1 + CLASSES_HEIGHT / 2, theme.palette)
        draw_names(sheet, lines, key)
    return chart


def _chance_words(ensemble: Ensemble) -> str:
    if len(ensemble) == 1:
        return " One simulated run, so chance is not shown."
    return f" Mean of {replicates_words(len(ensemble))}; in brackets: 9 in 10 of them, by chance alone."


def _title(ensemble: Ensemble, trust: TrustMap, number: int) -> list[str]:
    """Return the month, and under it mean trust with its band by chance."""
    month, overall = trust.months[number], trust.overall[number]
    if isnan(overall):
        return [month_words(month)]
    band = interval_of(ensemble["trust"][:, ensemble.axes.months.index(month)])
    within = f" ({range_words(band.low_90, band.high_90, two_decimals)})" if band.low_90 < band.high_90 else ""
    return [month_words(month), f"mean trust {two_decimals(overall)}{within}"]
