"""Each scenario minus the baseline, replicate by replicate with common random numbers."""

from collections.abc import Sequence
from math import isnan

from simulation.analysis.compare import Difference, Paired, compare, differences_to_frame
from simulation.analysis.frequency import in_hundred
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    Results,
    comparison_of,
    horizon_of,
    replicates_of,
    short_frequency,
    source_of,
)
from simulation.charts.text.words import capital, pounds
from simulation.results.comparison import Comparison

_NEARLY_ALWAYS = 0.9
"""Share of replicates with assumptions varied under which the headline says how few they are."""


def paired_difference(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """The gap in the last month of each scenario minus the baseline's, with its intervals.

    Args:
        results: A comparison of two scenarios or more.
        theme: How it is lettered and coloured.

    Raises:
        ValueError: If there is nothing to compare.
    """
    comparison = comparison_of(results)
    differences = compare(comparison)
    if not differences:
        message = "a paired difference needs two scenarios that were run with the same random events"
        raise ValueError(message)
    texts = Texts(
        name="paired_difference",
        headline=headline(differences),
        subtitle=_subtitle(comparison, differences),
        source=source_of(comparison),
        alt=_alt(comparison, differences),
    )
    layout = Layout(
        names=3.9,
        columns=(("Mean (95% interval)", 3.2), ("Smaller in", 2.2)),
        head="Scenario",
        axis="Difference of the gap, £m a year",
    )
    rows = [_row(each) for each in differences]
    return row_chart(texts, differences_to_frame(differences), theme, rows, layout)


def headline(differences: Sequence[Difference]) -> str:
    """The finding: which scenario closes most beyond the baseline, and whether that is more than chance.

    Args:
        differences: Each scenario's.
    """
    best = min(differences, key=lambda each: each.chance.precision.mean)
    mean, wide = best.chance.precision.mean, best.chance.precision.half_width
    if isnan(wide) and mean < 0:
        return f"{capital(best.label)} closes {pounds(-mean)} a year more than {best.baseline}, in one simulated run"
    if mean >= 0 or not abs(mean) > wide:
        if mean > 0 and mean > wide:
            return f"No scenario closes more than {best.baseline}: {best.label} leaves {pounds(mean)} more"
        return f"No scenario closes clearly more than {best.baseline}"
    told = f"{capital(best.label)} closes {pounds(-mean)} a year more than {best.baseline}"
    varied = best.assumptions
    if varied is None or varied.beats >= _NEARLY_ALWAYS * varied.of:
        return told
    return f"{told}, but in {short_frequency(varied.beats, varied.of)} only where assumptions vary"


def _row(each: Difference) -> Row:
    paired, varied = each.chance, each.assumptions
    several = paired.of > 1
    mark = Mark(
        value=paired.band.median,
        low=paired.band.low_90 if several else float("nan"),
        high=paired.band.high_90 if several else float("nan"),
        inner=(paired.band.low_50, paired.band.high_50) if several else None,
        wide=None if varied is None else (varied.band.low_90, varied.band.high_90),
    )
    return Row(name=capital(each.label), mark=mark, cells=(mean_words(paired), _smaller(each)))


def mean_words(paired: Paired) -> str:
    """A mean with its 95% interval."""
    mean, wide = paired.precision.mean, paired.precision.half_width
    if not wide > 0:
        return pounds(mean)
    places = 0 if abs(mean) >= 10 and wide >= 0.5 else 1
    return f"{pounds(mean, places)} ({pounds(mean - wide, places)} to {pounds(mean + wide, places)})"


def _smaller(each: Difference) -> str:
    told = short_frequency(each.chance.beats, each.chance.of)
    if each.assumptions is None:
        return told
    return f"{told}; varied: {short_frequency(each.assumptions.beats, each.assumptions.of)}"


def _subtitle(comparison: Comparison, differences: Sequence[Difference]) -> str:
    what = (
        f"Gap in {horizon_of(comparison)} minus that of “{differences[0].baseline}” with the same random events, "
        "£m a year; below 0 the scenario closes more."
    )
    if comparison.replicates == 1:
        return f"{what} One simulated run, so chance is not shown; assumptions are not varied."
    chance = f"Dots: medians; thick lines: half of {replicates_of(comparison)}, thin: 9 in 10, by chance alone"
    varied = differences[0].assumptions
    if varied is None:
        return f"{what} {chance}; assumptions are not varied."
    return f"{what} {chance}; dotted: 9 in 10 of {varied.of:,} with the same assumptions drawn for both."


def _alt(comparison: Comparison, differences: Sequence[Difference]) -> str:
    told = []
    for each in differences[:5]:
        varied = (
            ""
            if each.assumptions is None
            else f", {short_frequency(each.assumptions.beats, each.assumptions.of)} varied"
        )
        smaller = f"smaller in {in_hundred(each.chance.beats, each.chance.of)}{varied}"
        told.append(f"{each.label} {mean_words(each.chance)}, {smaller}")
    more = f"; and {len(differences) - 5} more" if len(differences) > 5 else ""
    return (
        f"Differences of the gap in {horizon_of(comparison)} to that of {differences[0].baseline}, "
        f"means with 95% intervals: {'; '.join(told)}{more}."
    )
