"""The gap month by month, in the baseline and with the changes."""

from typing import TYPE_CHECKING

import numpy as np

from simulation.analysis.bands import Bands, Floats, Interval, bands_of, monthly_bands, series_to_frame
from simulation.charts.against_baseline.lines import BASELINE_LOOK, draw_pair
from simulation.charts.against_baseline.pair import Pair, pair_of
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel, body_height_for
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_line, name_months
from simulation.charts.drawing.value_axis import scale_money
from simulation.charts.text.comparison_words import verdict_words
from simulation.charts.text.study_words import horizon_words, uncertain_words
from simulation.charts.text.words import band_words
from simulation.formatting import capital, pounds
from simulation.results.comparison import Comparison
from simulation.scenario.paths import planned_gap

if TYPE_CHECKING:
    import pandas as pd

_MARGIN = 5.2
_HARDLY = 0.02
"""Part of the gap before any savings; a headline calls a smaller difference no change."""


def gap_against_baseline(comparison: Comparison, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the gap of two scenarios in one picture, between the gap before any savings and the plan.

    Args:
        comparison: Two scenarios of one place, the baseline first.
        theme: The fonts and colours.

    Raises:
        ValueError: If they are not two scenarios of one place.
    """
    pair = pair_of(comparison)
    baseline, changed = (monthly_bands(study.ensemble, "gap") for study in (pair.baseline, pair.changed))
    varied = None if pair.changed.assumptions is None else monthly_bands(pair.changed.assumptions, "gap")
    do_nothing = bands_of(pair.changed.ensemble["do_nothing"]).median
    plan = planned_gap(pair.changed.ensemble.scenario)
    last = (baseline.at(-1).median, changed.at(-1).median)
    texts = Texts(
        name="gap_against_baseline",
        headline=(
            f"{headline(*last, float(do_nothing[-1]), horizon_words(pair.changed.ensemble), pair.names)}. "
            f"{capital(verdict_words(comparison))}"
        ),
        subtitle=f"Gap between spending and income, £m a year. {pair.place}. {pair.runs('Medians')}.",
        note=_note(pair, varied),
        source=pair.source,
        alt=_alt(pair, baseline.at(-1), changed.at(-1), varied, float(do_nothing[-1]), float(plan[-1])),
    )
    palette = theme.palette
    labels = [
        *_labels(pair, baseline, changed, varied, palette),
        Label(f"Before any savings: {pounds(do_nothing[-1])}", float(do_nothing[-1]), palette.quiet),
        Label(f"Plan (dashed): {pounds(plan[-1])}", float(plan[-1]), palette.quiet),
    ]
    with theme.applied():
        data = _data(pair, baseline, changed, varied, do_nothing, plan)
        chart = Chart(texts, data, theme, body_height=max(6.0, body_height_for(labels, _MARGIN)))
        place = add_line_panel(chart, _MARGIN)
        panel = place.axes
        series = [do_nothing, plan, *_limits(baseline), *_limits(changed), *([] if varied is None else _limits(varied))]
        numbers = np.concatenate(series)
        scale_money(panel, float(numbers.min()), float(numbers.max()))
        name_months(panel, pair.changed.ensemble.axes.months, place.width)
        draw_line(panel, do_nothing, palette.quiet, palette, ls="-", lw=1.2)
        draw_line(panel, plan, palette.quiet, palette, ls=(0, (6, 3)), lw=1.2)
        draw_pair(panel, baseline, changed, varied, palette, several=pair.replicates > 1)
        place.label(labels)
    return chart


def headline(baseline: float, changed: float, do_nothing: float, horizon: str, names: tuple[str, str]) -> str:
    """Return the finding: if the changes close more, or less, or hardly matter.

    Args:
        baseline: Median gap of the baseline in the last month, £m a year.
        changed: The same with the changes.
        do_nothing: The gap in the last month before any savings, £m a year.
        horizon: The last month, in words.
        names: Names of the two scenarios.
    """
    before, now = names
    difference = changed - baseline
    if abs(difference) < _HARDLY * abs(do_nothing):
        left = f"{pounds(changed)} is left in {horizon}, {before} {pounds(baseline)}"
        return f"{capital(now)} the gap hardly changes: {left}"
    word = "less" if difference < 0 else "more"
    return f"{capital(now)} {pounds(changed)} is left in {horizon}: {pounds(abs(difference))} {word} than {before}"


def _limits(bands: Bands) -> list[Floats]:
    return [bands.low_90, bands.high_90]


def _labels(pair: Pair, baseline: Bands, changed: Bands, varied: Bands | None, palette: Palette) -> list[Label]:
    """Return the labels at the ends of the two lines; `at` is still in £m a year."""
    now, before = changed.at(-1), baseline.at(-1)
    several = pair.replicates > 1
    more = [f"by chance: {band_words(now)}"] if several else []
    if varied is not None:
        more.append(f"and assumptions: {band_words(varied.at(-1))}")
    return [
        Label(f"{capital(pair.names[1])}: {pounds(now.median)}", now.median, palette.lead, tuple(more), "bold"),
        Label(
            f"{capital(pair.names[0])}: {pounds(before.median)}",
            before.median,
            palette.categorical[BASELINE_LOOK],
            (f"by chance: {band_words(before)}",) if several else (),
        ),
    ]


def _note(pair: Pair, varied: Bands | None) -> str:
    count = len(pair.changed.assumptions or ())
    wide = "" if varied is None else f"; dotted: 9 in 10 of {count:,} allowing for {uncertain_words(pair.changed)}"
    return pair.note(f"Bands: 9 in 10 by chance alone, the dark one half{wide}.")


def _alt(pair: Pair, before: Interval, now: Interval, varied: Bands | None, do_nothing: float, plan: float) -> str:
    def ends(interval: Interval) -> str:
        within = f" ({band_words(interval)} in 9 of 10 simulated runs by chance alone)" if pair.replicates > 1 else ""
        return f"{pounds(interval.median)}{within}"

    wide = "" if varied is None else f", {band_words(varied.at(-1))} allowing for {uncertain_words(pair.changed)}"
    return (
        f"Line chart of the gap in {pair.place}. In the last month it is {ends(now)}{wide} {pair.names[1]} and "
        f"{ends(before)} {pair.names[0]}, against {pounds(do_nothing)} before any savings and a planned {pounds(plan)}."
    )


def _data(
    pair: Pair, baseline: Bands, changed: Bands, varied: Bands | None, do_nothing: Floats, plan: Floats
) -> "pd.DataFrame":
    before, now = pair.names
    series: dict[str, Bands | Floats | None] = {
        before: baseline,
        now: changed,
        f"{now}, uncertain assumptions": varied,
        "before any savings": do_nothing,
        "plan": plan,
    }
    return series_to_frame(pair.changed.ensemble.axes.months, series, "gap")
