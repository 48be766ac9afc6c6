"""The share of the population's question, in the baseline and with the changes."""

from math import isnan
from typing import TYPE_CHECKING

from simulation.analysis.bands import Bands, monthly_bands, series_to_frame
from simulation.charts.against_baseline.lines import BASELINE_LOOK, draw_pair
from simulation.charts.against_baseline.pair import Pair, pair_of
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import name_months
from simulation.charts.drawing.value_axis import scale_shares
from simulation.charts.text.study_words import horizon_words
from simulation.charts.text.words import band_words
from simulation.formatting import capital, percent
from simulation.results.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

_MARGIN, _BODY = 5.2, 5.0
_HARDLY = 0.03
"""Share of stances; a headline calls a smaller difference no change."""


def question_mix_against_baseline(comparison: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the share of stances in which “our population” is asked, of two scenarios in one picture.

    Args:
        comparison: Two scenarios of one place, the baseline first.
        theme: The fonts and colours.

    Raises:
        ValueError: If they are not two scenarios of one place.
    """
    pair = pair_of(comparison)
    baseline, changed = (monthly_bands(study.ensemble, "population_first") for study in (pair.baseline, pair.changed))
    before, now = baseline.at(-1).median, changed.at(-1).median
    texts = Texts(
        name="question_mix_against_baseline",
        headline=headline(before, now, horizon_words(pair.changed.ensemble), pair.names),
        subtitle=_subtitle(pair),
        note=_note(pair),
        source=pair.source,
        alt=(
            f"Line chart of the share of stances in which organisations ask “our population” in {pair.place}: in the "
            f"last month {percent(now)} {pair.names[1]} and {percent(before)} {pair.names[0]}."
        ),
    )
    with theme.applied():
        chart = Chart(texts, _data(pair, baseline, changed), theme, body_height=_BODY, height=0.0)
        place = add_line_panel(chart, _MARGIN)
        scale_shares(place.axes)
        name_months(place.axes, pair.changed.ensemble.axes.months, place.width)
        draw_pair(place.axes, baseline, changed, None, theme.palette, several=pair.replicates > 1)
        colours = (theme.palette.categorical[BASELINE_LOOK], theme.palette.lead)
        place.label(
            [
                _label(name, bands, colour, several=pair.replicates > 1)
                for name, bands, colour in zip(pair.names, (baseline, changed), colours, strict=True)
            ]
        )
    return chart


def headline(baseline: float, changed: float, horizon: str, names: tuple[str, str]) -> str:
    """Return the finding: which question most ask at the end, and if the changes turn it.

    Args:
        baseline: Population-first share of stances in the last month of the baseline, 0–1; NaN if there are none.
        changed: The same with the changes.
        horizon: The last month, in words.
        names: Names of the two scenarios.
    """
    before, now = names
    if isnan(changed) or isnan(baseline):
        return "No questions are asked: there is nothing to meet about"
    asked = f"{percent(changed)} ask “our population” in {horizon}"
    if abs(changed - baseline) < _HARDLY:
        return f"The question hardly changes: {now} {asked}, {before} {percent(baseline)}"
    if (changed > 0.5) != (baseline > 0.5):
        return f"The question {'turns' if changed > 0.5 else 'turns back'}: {now} {asked}, {before} {percent(baseline)}"
    return f"{'More' if changed > baseline else 'Fewer'} ask for all: {now} {asked}, {before} {percent(baseline)}"


def _label(name: str, bands: Bands, colour: str, *, several: bool) -> Label:
    last = bands.at(-1)
    more = (f"by chance: {band_words(last, percent)}",) if several else ()
    at = 0.0 if isnan(last.median) else last.median
    return Label(f"{capital(name)}: {percent(last.median)}", at, colour, more, "bold")


def _subtitle(pair: Pair) -> str:
    return f"Share of all stances in which “our population” is asked. {pair.place}. {pair.runs('Medians')}."


def _note(pair: Pair) -> str:
    bands = "Bands: 9 in 10 by chance alone. Assumptions are not varied."
    return f"The rest ask “my organisation”. {pair.note(bands)}"


def _data(pair: Pair, baseline: Bands, changed: Bands) -> "pd.DataFrame":
    bands = dict(zip(pair.names, (baseline, changed), strict=True))
    return series_to_frame(pair.changed.ensemble.axes.months, bands, "our_population")
