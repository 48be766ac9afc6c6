"""The place's position so far against the baseline's: what each scenario costs first, and when it has paid back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes

from simulation.analysis.bands import Bands
from simulation.analysis.compare import baseline_words
from simulation.analysis.pay_back import PayBack, PayBackMonths, pay_back
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.labels import Label
from simulation.charts.drawing.line_panel import add_line_panel, body_height_for, margin_for
from simulation.charts.drawing.palette import Palette
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.time_axis import draw_line, name_months
from simulation.charts.drawing.value_axis import scale_money
from simulation.charts.text.comparison_words import Results, comparison_of, replicates_of, source_of, uncertain_in
from simulation.charts.text.finance_words import pay_back_words, that_differ
from simulation.charts.text.words import one_run_words
from simulation.formatting import capital, discount_words, in_hundred, listed, month_words, pounds
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words

if TYPE_CHECKING:
    import pandas as pd

_MOST_MARGIN = 6.2
"""cm for the labels right of the lines."""

_MOST_RANGES = 6
"""Scenarios whose ranges have room right of the last month."""

_MOST_COLOURED = 4
_MOST_NAMED = 3
_MARKERS = ("o", "s", "^", "D")


def money(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the position so far of each scenario less the baseline's; above 0 the place is better off.

    Args:
        results: A comparison of two scenarios or more.
        theme: The fonts and colours.

    Raises:
        ValueError: If there is nothing to compare.
    """
    comparison = comparison_of(results)
    found = pay_back(comparison)
    if not found:
        message = "positions are compared with a baseline of the same months, whose tables were kept"
        raise ValueError(message)
    baseline = baseline_words(comparison, [each.baseline for each in found])
    texts = Texts(
        name="money",
        headline=headline(found),
        subtitle=(
            f"Position of all organisations together since the start, costs included, less that of "
            f"{baseline}, £m. Medians of {replicates_of(comparison)}."
        ),
        note=_note(comparison, found),
        source=source_of(comparison),
        alt=f"Line chart of the position so far. {' '.join(pay_back_words(each) for each in found[:4])}",
    )
    palette = theme.palette
    looks = [_look(number, palette) for number in range(len(found))]
    labels = [_label(each, look["color"]) for each, look in zip(found, looks, strict=True)]
    labels.append(Label(f"{capital(baseline)}: £0m", 0.0, palette.quiet))
    with theme.applied():
        margin = min(_MOST_MARGIN, margin_for(labels))
        chart = Chart(texts, _data(found), theme, body_height=max(8.0, body_height_for(labels, margin)))
        place = add_line_panel(chart, margin)
        lowest, highest = _limits(found)
        scale_money(place.axes, lowest, highest)
        name_months(place.axes, found[0].months, place.width)
        place.axes.axhline(0.0, color=palette.quiet, lw=1.2)
        if _has_ranges(found):
            _draw_ranges(place.axes, found, [look["color"] for look in looks])
        for each, look in zip(found, looks, strict=True):
            draw_line(place.axes, each.difference.median, look.pop("color"), palette, **look)
        place.label(labels)
    return chart


def headline(found: Sequence[PayBack]) -> str:
    """Return the finding: when and how often scenarios have paid back, allowing for uncertain assumptions if they can.

    Args:
        found: Each scenario's position against the baseline's.
    """
    until = month_words(found[0].months[-1])
    if len(found) > _MOST_NAMED:
        wide = [each.varied for each in found if each.varied is not None]
        varied = len(wide) == len(found)
        months = wide if varied else [each.by_chance for each in found]
        often = [each for each in months if 10 * each.paid >= 6 * each.of and not each.is_same]
        of = "cases with uncertain assumptions" if varied else "simulated runs by chance"
        verb = "has" if len(often) == 1 else "have"
        of += " that differ" if any(each.same for each in often) else ""
        return f"{len(often)} of {len(found)} choices {verb} paid back by {until} in at least 60 of 100 {of}"
    same = [each for each in found if _surest(each).is_same]
    alike = _alike(same, found[0].baseline if len({each.baseline for each in found}) == 1 else "")
    if len(same) == len(found):
        return capital(alike)
    parts = [f"{each.scenario} in {_often_paid(each)}" for each in found if each not in same]
    return "; ".join(filter(None, (f"Paid back by {until}: {listed(parts)}", alike)))


def _alike(same: Sequence[PayBack], baseline: str) -> str:
    """Say which scenarios cost and save the same as their baseline, and in how many cases if not in all."""
    if not same:
        return ""
    names = [each.scenario for each in same]
    verb, its = ("costs and saves", "its") if len(same) == 1 else ("cost and save", "their")
    against = baseline or f"{its} baseline"
    if not any(_surest(each).of for each in same):
        return f"{listed(names)} {verb} the same as {against}"
    often = listed(f"{name} in {_often_same(each)}" for name, each in zip(names, same, strict=True))
    return f"costs and savings are the same as with {against} for {often}"


def _often_paid(each: PayBack) -> str:
    """Say in how many of those that differ it has paid back."""
    months = _surest(each)
    return f"{_often(each, months.paid, months.of)}{that_differ(months)}"


def _often_same(each: PayBack) -> str:
    """Say in how many the two never differ."""
    months = _surest(each)
    return _often(each, months.same, months.replicates)


def _often(each: PayBack, count: int, of: int) -> str:
    """Say of how many a count is: of cases, of sets of assumptions, else of simulated runs."""
    said = in_hundred(count, of)
    return said if each.varied is None else said.replace("simulated run", "case")


def _surest(each: PayBack) -> PayBackMonths:
    """Return the pay-back months over the widest range that is known."""
    return each.by_chance if each.varied is None else each.varied


def _look(number: int, palette: Palette) -> dict[str, Any]:
    if number >= _MOST_COLOURED:
        return {"color": palette.quiet, "lw": 1.0, "ls": (0, (4, 2))}
    return {"color": palette.categorical[number], "lw": 2.0, "marker": _MARKERS[number], "ms": 4, "markevery": (3, 6)}


def _label(each: PayBack, colour: str) -> Label:
    last = each.difference.at(-1).median
    return Label(f"{capital(each.scenario)}: {pounds(last, signed=True)}", last, colour)


def _has_ranges(found: Sequence[PayBack]) -> bool:
    last = found[0].difference.at(-1)
    return len(found) <= _MOST_RANGES and last.low_90 < last.high_90


def _limits(found: Sequence[PayBack]) -> tuple[float, float]:
    """Return the lowest and the highest number that is drawn, £m."""
    numbers = [0.0, *np.concatenate([each.difference.median for each in found]).tolist()]
    if _has_ranges(found):
        for bands in (bands for each in found for bands in (each.difference, each.varied_difference) if bands):
            numbers += [bands.at(-1).low_90, bands.at(-1).high_90]
    return min(numbers), max(numbers)


def _draw_ranges(panel: Axes, found: Sequence[PayBack], colours: Sequence[str]) -> None:
    """Draw right of the last month where 9 in 10 end, and lead each line on to its label."""
    last = len(found[0].months) - 1
    step = max(last, 1) / 40
    right = last + step * (len(found) + 1)
    panel.set_xlim(right=right)
    for number, (each, colour) in enumerate(zip(found, colours, strict=True), 1):
        end, at = each.difference.at(-1), last + step * number
        panel.plot([last, right], [end.median] * 2, color=colour, lw=0.8, zorder=1.4)
        if each.varied_difference is not None:
            wide = each.varied_difference.at(-1)
            panel.plot([at] * 2, [wide.low_90, wide.high_90], color=colour, lw=1.4, ls=(0, (1, 1.5)), zorder=2)
        panel.plot([at] * 2, [end.low_90, end.high_90], color=colour, lw=1.6, marker="_", ms=5, mew=1.6, zorder=3)


def _note(comparison: Comparison, found: Sequence[PayBack]) -> str:
    many = "The first four scenarios are in colour. " if len(found) > _MOST_COLOURED else ""
    varied = found[0].varied_difference is not None
    if comparison.replicates == 1:
        wide = f"In the data beside the chart: 9 in 10 allowing for {uncertain_in(comparison)}." if varied else ""
        return f"{many}{one_run_words(wide)} Money is {discount_words(found[0].discount)}."
    where = "Right of the last month" if _has_ranges(found) else "In the data beside the chart"
    wide = f"9 in 10 by chance (solid) and allowing for {uncertain_in(comparison)} (dotted). "
    if not varied:
        wide = f"9 in 10 by chance alone; {unvaried_words(comparison, were='are')}. "
    return (
        f"{many}{where}: {wide}Paid back: from then on never again below 0. Money is "
        f"{discount_words(found[0].discount)}."
    )


def _data(found: Sequence[PayBack]) -> "pd.DataFrame":
    import pandas as pd

    def rows(each: PayBack, varied: str, bands: Bands) -> "pd.DataFrame":
        return bands.to_pandas(each.months).assign(scenario=each.scenario, against=each.baseline, varied=varied)

    return pd.concat(
        [
            rows(each, varied, bands)
            for each in found
            for varied, bands in (("chance", each.difference), ("chance and assumptions", each.varied_difference))
            if bands is not None
        ],
        ignore_index=True,
    )
