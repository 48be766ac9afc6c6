"""Mean trust month by month as simulated, with the points and intervals of what was observed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Bands, monthly_bands, series_to_pandas
from simulation.analysis.observed_trust import ObservedTrust, compare_with_observed_trust, pooled_trust
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_bands, draw_line, draw_varied, name_months
from simulation.charts.drawing.value_axis import scale_trust
from simulation.charts.text.study_words import as_study, place_words, source_line, uncertain_words
from simulation.charts.text.words import band_words, one_run_words, replicates_words
from simulation.formatting import listed, month_words, two_decimals
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.study import Study

if TYPE_CHECKING:
    import pandas as pd

_MARGIN = 4.6
_ALIKE = 0.03
"""A smaller difference of mean trust is none worth a headline."""


def observed_trust(results: Comparison | Study | Ensemble, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw mean trust with its bands, and what was observed of the place as a whole; never a pair of organisations.

    Args:
        results: A study, an ensemble alone, or a comparison of one, whose scenario holds observed trust.
        theme: The fonts and colours.

    Raises:
        ValueError: If no mean trust of the place was observed in a month of the run.
    """
    study = as_study(results)
    found = compare_with_observed_trust(study.ensemble)
    if not found:
        message = "this chart needs the mean trust of the place within the run: observed: {trust: [{by_month: {…}}]}"
        raise ValueError(message)
    texts = Texts(
        name="observed_trust",
        headline=headline(found[-1]),
        subtitle=_subtitle(study),
        note=_note(study, found),
        source=source_line(study),
        alt=_alt(study, found),
    )
    bands, varied = monthly_bands(study.ensemble, "trust"), _varied(study)
    with theme.applied():
        chart = Chart(texts, _data(study, bands, varied, found), theme, body_height=5.2)
        _draw(chart, study, bands, varied, found)
    return chart


def headline(last: ObservedTrust) -> str:
    """Return the finding: how far simulated trust is from what was observed last.

    Args:
        last: The last month in which something was observed.
    """
    more = last.simulated.median - last.trust
    when, both = month_words(last.month), f"{two_decimals(last.simulated.median)} against {two_decimals(last.trust)}"
    if last.is_within:
        return f"Simulated trust lies within the observed interval in {when}: {both}"
    if abs(more) < _ALIKE:
        return f"Simulated trust is close to what was observed in {when}: {both}"
    return f"Simulated trust is {'above' if more > 0 else 'below'} what was observed in {when}: {both}"


def _varied(study: Study) -> Bands | None:
    """Return mean trust allowing for uncertain assumptions; None if they were not varied."""
    varied = study.assumptions
    return None if varied is None or "trust" not in varied.columns else monthly_bands(varied, "trust")


def _draw(chart: Chart, study: Study, bands: Bands, varied: Bands | None, found: Sequence[ObservedTrust]) -> None:
    palette = chart.theme.palette
    place = add_line_panel(chart, _MARGIN)
    panel = place.axes
    scale_trust(panel)
    name_months(panel, study.ensemble.axes.months, place.width)
    if varied is not None:
        draw_varied(panel, varied, palette)
    if len(study.ensemble) > 1:
        draw_bands(panel, bands, palette.lead, palette)
    draw_line(panel, bands.median, palette.lead, palette, lw=2.4, zorder=4)
    for each in found:
        if each.evidence.low is not None and each.evidence.high is not None:
            ends = each.evidence.low, each.evidence.high
            panel.plot([each.index] * 2, ends, color=palette.ink, lw=1.6, marker="_", ms=7, clip_on=False, zorder=6)
    at, trust = [each.index for each in found], [each.trust for each in found]
    panel.plot(
        at, trust, ls="", marker="o", ms=6, mfc=palette.ground, mec=palette.ink, mew=1.6, clip_on=False, zorder=7
    )
    last = bands.at(-1)
    more = [f"by chance: {band_words(last, two_decimals)}"] if len(study.ensemble) > 1 else []
    if varied is not None:
        more.append(f"and assumptions: {band_words(varied.at(-1), two_decimals)}")
    name = f"Observed (rings), {month_words(found[-1].month, short=True)}: {two_decimals(found[-1].trust)}"
    place.label(
        [
            Label(f"Simulated: {two_decimals(last.median)}", last.median, palette.lead, tuple(more), "bold"),
            Label(name, found[-1].trust, palette.ink, _interval_words(found[-1])),
        ]
    )


def _interval_words(each: ObservedTrust) -> tuple[str, ...]:
    low, high = each.evidence.low, each.evidence.high
    return () if low is None or high is None else (f"{two_decimals(low)} to {two_decimals(high)}",)


def _subtitle(study: Study) -> str:
    count = len(study.ensemble)
    what = f"Mean trust between organisations, 0 to 1. {place_words(study.ensemble)}."
    return what if count == 1 else f"{what} Line: median of {replicates_words(count)}."


def _note(study: Study, found: Sequence[ObservedTrust]) -> str:
    wide = ""
    if study.assumptions is not None and _varied(study) is not None:
        wide = f"Dotted: 9 in 10 of {len(study.assumptions):,} allowing for {uncertain_words(study)}."
    bands = one_run_words(wide)
    if len(study.ensemble) > 1:
        bands = f"By chance alone: half of the runs (dark) and 9 in 10 (pale). {wide}".strip()
    named = dict.fromkeys(each.evidence.source for each in found if each.evidence.source)
    sources = f" Observed: {'; '.join(named)}." if named else " No source is given for what was observed."
    outside = [month_words(month) for month in sorted(pooled_trust(study.ensemble.scenario))]
    outside = [month for month in outside if month not in {month_words(each.month) for each in found}]
    left_out = f" Not drawn, because outside the run: {listed(outside)}." if outside else ""
    return f"{bands}{sources}{left_out} If opening trust is from the same survey, its first point is no test."


def _alt(study: Study, found: Sequence[ObservedTrust]) -> str:
    def words(each: ObservedTrust) -> str:
        within = f" ({range_[0]})" if (range_ := _interval_words(each)) else ""
        return (
            f"{month_words(each.month)} observed {two_decimals(each.trust)}{within}, "
            f"simulated {two_decimals(each.simulated.median)}"
        )

    return f"Line chart of mean trust in {place_words(study.ensemble)}: {'; '.join(map(words, found))}."


def _data(study: Study, bands: Bands, varied: Bands | None, found: Sequence[ObservedTrust]) -> "pd.DataFrame":
    import pandas as pd

    months = study.ensemble.axes.months
    lines = series_to_pandas(months, {"simulated": bands, "simulated, uncertain assumptions": varied}, "value")
    points = pd.DataFrame(
        {
            "series": "observed",
            "month": [each.month for each in found],
            "value": [each.trust for each in found],
            "observed_low": [np.nan if each.evidence.low is None else each.evidence.low for each in found],
            "observed_high": [np.nan if each.evidence.high is None else each.evidence.high for each in found],
        }
    )
    return pd.concat([lines, points], ignore_index=True)
