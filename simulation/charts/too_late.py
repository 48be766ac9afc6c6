"""Too late: the gap at the horizon by the month in which the levers start."""

from math import isnan

from simulation.analysis.precision import Precision
from simulation.analysis.too_late import TooLate
from simulation.analysis.too_late import too_late as find_starts
from simulation.analysis.verdict_words import CENTRAL
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import name_dates
from simulation.charts.drawing.value_axis import scale_money
from simulation.charts.text.comparison_words import (
    Results,
    comparison_of,
    horizon_of,
    replicates_of,
    source_of,
)
from simulation.charts.text.words import ONE_RUN, band_words, lever_words
from simulation.formatting import capital, counted, listed, month_words, pounds, range_words
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words
from simulation.scenario.number_names import setting_words

_MARGIN = 4.6
_MOST_OTHERS = 3
"""Other scenarios that the note has room to name."""


def too_late(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the gap that is left by the month in which the levers start.

    Of several scenarios that were run with these starts the last is drawn; the note has what a late start costs in the
    others.

    Args:
        results: A batch that varies that month and nothing else.
        theme: The fonts and colours.

    Raises:
        ValueError: If it varies anything else.
    """
    comparison = comparison_of(results)
    found = find_starts(comparison)
    texts = Texts(
        name="too_late",
        headline=headline(found, comparison),
        subtitle=(
            f"Gap in {horizon_of(comparison)}, £m a year, by the month in which {_moved(found)}."
            + ("" if comparison.replicates == 1 else f" Dots: medians of {replicates_of(comparison)}.")
        ),
        note=_note(comparison, found),
        source=source_of(comparison),
        alt=_alt(comparison, found),
    )
    with theme.applied():
        chart = Chart(texts, found.to_pandas(), theme, body_height=5.4)
        _draw(chart, found)
    return chart


def headline(found: TooLate, comparison: Comparison | None = None) -> str:
    """Return the finding: what starting last leaves beyond starting first, and that assumptions were not varied.

    Args:
        found: The starts, in order.
        comparison: The results, which say why assumptions were not varied, and whether the months are one; none to
            say that they were not.
    """
    last = found.starts[-1]
    if last.lost_over_ranges is None:
        return f"{_finding(found)}; {unvaried_words(comparison)}"
    if len(found.starts) == 1:
        return f"{_finding(found)} {CENTRAL}"
    over = f"{_cost_words(last.lost_over_ranges)} on average over uncertain assumptions"
    return f"{_finding(found)} {CENTRAL}, and {over}"


def _finding(found: TooLate) -> str:
    """Return what is found with the same random events of every start."""
    first, last = found.starts[0], found.starts[-1]
    what = _lever(found) if found.lever else ""
    if found.others:
        what = f"{what or 'the levers'} of “{found.variant}”"
    if len(found.starts) == 1:
        of = f" of {what}" if what else ""
        return f"A start{of} in {month_words(first.month)} leaves {pounds(first.gap.median)}"
    since = f"{month_words(last.month)} instead of {month_words(first.month)}"
    said = f"Starting{f' {what}' if what else ''} in {since} {_cost_words(last.lost)}"
    return f"{said}, in one simulated run" if isnan(last.lost.half_width) else said


def _cost_words(lost: Precision) -> str:
    """Say what a delay costs: nothing clear where the 95% interval of the mean holds 0."""
    if lost.mean == 0 and not lost.half_width > 0:
        return "costs nothing"
    if abs(lost.mean) <= lost.half_width:
        return "costs nothing clear"
    return f"{'costs' if lost.mean > 0 else 'saves'} {pounds(abs(lost.mean))} a year"


def _lever(found: TooLate) -> str:
    """Name the lever whose start was varied within a sentence, and which of its settings."""
    label = lever_words(found.lever)
    setting = "" if found.setting is None else setting_words(found.setting)
    return f"{label if label[1:2].isupper() else f'{label[:1].lower()}{label[1:]}'}{setting}"


def _moved(found: TooLate) -> str:
    """Say what starts in the months that are drawn."""
    if found.lever:
        return f"{_lever(found)} starts, all else as in “{found.variant}”"
    return f"the levers of “{found.variant}” start"


def _note(comparison: Comparison, found: TooLate) -> str:
    last = found.starts[-1]
    lines = "Lines: 9 in 10 of the runs, by chance alone"
    if comparison.replicates == 1:
        lines = ONE_RUN.removesuffix(".")
    are = "" if last.lost_over_ranges is not None else f"; {unvaried_words(comparison, were='are')}"
    beyond = ""
    if len(found.starts) > 1 and not isnan(last.lost.half_width):
        beyond = (
            f" Starting last leaves {_more_words(last.lost)} than starting first: 95% interval of the mean "
            "difference with the same random events."
        )
    return f"{lines}{are}.{beyond}{_others_words(found)}"


def _more_words(lost: Precision) -> str:
    """Write the 95% interval of what starting last leaves beyond starting first; of one run, the amount."""
    if isnan(lost.half_width):
        return f"{pounds(lost.mean)} more"
    return f"{range_words(lost.mean - lost.half_width, lost.mean + lost.half_width)} more"


def _others_words(found: TooLate) -> str:
    """Name the scenarios that were run with these starts and are not drawn, and what starting last leaves in them."""
    if not found.others:
        return ""
    shown, more = found.others[:_MOST_OTHERS], len(found.others) - _MOST_OTHERS
    named = [f"“{each.variant}”" for each in shown]
    if len(found.starts) > 1:
        named = [f"“{each.variant}” (starting last leaves {_more_words(each.lost)})" for each in shown]
    return f" Run too, and not drawn: {listed([*named, *([counted(more, 'other')] if more > 0 else [])])}."


def _draw(chart: Chart, found: TooLate) -> None:
    palette = chart.theme.palette
    place = add_line_panel(chart, _MARGIN)
    panel = place.axes
    at = name_dates(panel, [each.month for each in found.starts], place.width)
    limits = [limit for each in found.starts for limit in (each.gap.low_90, each.gap.high_90)]
    limits += [found.without.median] if found.without else []
    scale_money(panel, min(limits), max(limits))
    medians = [each.gap.median for each in found.starts]
    panel.plot(at, medians, color=palette.lead, lw=2.0, marker="o", ms=6, mec=palette.ground, zorder=4)
    for date, each in zip(at, found.starts, strict=True):
        if each.gap.low_90 < each.gap.high_90:
            panel.plot([date] * 2, [each.gap.low_90, each.gap.high_90], color=palette.lead, lw=1.0, marker="_", ms=7)
    last = found.starts[-1]
    labels = [
        Label(
            f"Start in {month_words(last.month, short=True)}: {pounds(medians[-1])}",
            medians[-1],
            palette.lead,
            (f"in {month_words(found.starts[0].month, short=True)}: {pounds(medians[0])}",) if len(at) > 1 else (),
            "bold",
        )
    ]
    if found.without is not None:
        panel.axhline(found.without.median, color=palette.categorical[2], lw=1.6, ls=(0, (5, 2)), zorder=2)
        never = f"{capital(found.without_label)}: {pounds(found.without.median)}"
        labels.append(Label(never, found.without.median, palette.categorical[2]))
    place.label(labels)


def _alt(comparison: Comparison, found: TooLate) -> str:
    parts = [f"{month_words(each.month)} {pounds(each.gap.median)} ({band_words(each.gap)})" for each in found.starts]
    shown = parts if len(parts) <= 6 else [*parts[:3], *parts[-2:]]
    never = f"; {found.without_label} {pounds(found.without.median)}" if found.without else ""
    when = f"by the month in which {_moved(found)}"
    return f"Gap in {horizon_of(comparison)} {when}, £m a year: {'; '.join(shown)}{never}."
