"""The front: what options cost against what they close, with who loses most; at most seven are named."""

import re
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulation.analysis.decided import Decided
from simulation.analysis.decided_limits import within
from simulation.analysis.decided_words import horizon_words
from simulation.analysis.front_points import FrontPoint, FrontPoints, points_of_comparison, points_of_decided
from simulation.analysis.options import letters
from simulation.charts.drawing.chart import WIDTH, Chart, Texts, letter
from simulation.charts.drawing.lettering import drawable, line_height, wrap
from simulation.charts.drawing.line_panel import add_line_panel
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.drawing.value_axis import TICK_STEPS, scale_money
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, source_of, uncertain_in
from simulation.formatting import capital, discount_words, pounds, range_words

_MARGIN, _FOOT, _APART = 6.6, 1.15, 0.22
_CROWDED = 0.6
"""cm between two options within which one letter stands below."""

_MOST_OF_IT = 0.8
"""The part of what the dearest option on the front closes that a cheaper one closes, to be named with it."""

_OTHERS = "Grey dots: other candidates that were compared. "


def front(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw what each scenario's levers cost against what it closes of the baseline's gap.

    Args:
        results: A comparison of at most seven scenarios and their baseline, with assumptions varied.
        theme: The fonts and colours.

    Raises:
        ValueError: If assumptions were not varied, or no two scenarios cost different amounts.
    """
    comparison = comparison_of(results)
    found = points_of_comparison(comparison)
    if found is None:
        message = "this needs scenarios that cost different amounts, with assumptions varied"
        raise ValueError(message)
    baseline = comparison.cases[0].label
    less = f" less the {pounds(found.own_cost)} that those of “{baseline}” cost" if found.own_cost else ""
    subtitle = (
        f"What each closes of the gap in {horizon_of(comparison)} against “{baseline}”, £m a year, by the cost of its "
        f"levers over the run{less}, £m. Means over {found.cases:,} sets of {uncertain_in(comparison)}."
    )
    return _chart(found, subtitle, source_of(comparison), theme)


def front_of_decided(decided: Decided, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the named options of a search, with the other candidates that were compared.

    Args:
        decided: The result of a search that has a named option.
        theme: The fonts and colours.
    """
    found = points_of_decided(decided)
    own = f", without the {pounds(found.own_cost)} of those that the place pulls already" if found.own_cost else ""
    subtitle = (
        f"What each closes of the gap in {horizon_words(decided)}, £m a year, by the cost of its levers over the run"
        f"{own}, £m. Means over {found.cases:,} sets of uncertain assumptions."
    )
    source = f"Source: simulation, “{decided.title}”, seed {decided.seed}, {decided.candidates:,} candidates."
    return _chart(found, subtitle, source, theme)


def _chart(found: FrontPoints, subtitle: str, source: str, theme: Theme) -> Chart:
    texts = Texts(
        name="front",
        headline=within(_headline(found)) if found.limits else _headline(found),
        subtitle=subtitle,
        note=(
            f"{found.limits}{' ' if found.limits else ''}{_OTHERS if len(found.others) else ''}"
            "Bars: 95% intervals of the mean. Steps: the most that money closes. Grey letters: another, or the "
            "baseline, closes more for the money. With each name: the organisation that gains "
            f"least or loses most over the run{', at our central assumptions' if found.is_central else ''}. Money over "
            f"the run is {discount_words(found.discount)}.{_differ_words(found)}"
        ),
        source=source,
        alt=_alt(found),
    )
    with theme.applied():
        tall = sum(len(lines) * line_height() + _APART for lines in _named(found))
        chart = Chart(texts, _table(found), theme, body_height=max(7.5, tall + 0.4))
        _draw(chart, found)
    return chart


def _differ_words(found: FrontPoints) -> str:
    """Say that it is not money alone that closes, and of which gaps; nothing if scenarios differ in levers alone."""
    if found.levers_alone:
        return ""
    said = " Scenarios differ in more than their levers: what they close is not by their cost alone"
    if found.before_savings is None:
        return f"{said}."
    return f"{said}, and is of each one’s own gap before any savings, {range_words(*found.before_savings)}."


def _draw(chart: Chart, found: FrontPoints) -> None:
    palette = chart.theme.palette
    place = add_line_panel(chart, _MARGIN, _FOOT)
    panel = place.axes
    limits = [limit for each in found.points for limit in (each.closes.low, each.closes.high)]
    scale_money(panel, min([*limits, *found.others[:, 1], 0.0]), max([*limits, *found.others[:, 1]]))
    every = [0.0, *(each.cost for each in found.points), *found.others[:, 0]]
    lowest, highest = min(every), max(every)
    beyond = highest + 0.04 * (highest - lowest)
    _scale_cost(chart, panel, (lowest - 0.02 * (highest - lowest), beyond), is_additional=found.own_cost > 0)
    panel.plot(*found.others.T, ls="", marker="o", ms=2.6, color=palette.quiet, alpha=0.45, mec="none", zorder=2)
    steps = found.steps
    panel.step([*steps[:, 0], beyond], [*steps[:, 1], steps[-1, 1]], where="post", color=palette.lead, lw=1.2, zorder=3)
    below = _letters_below(found, _CROWDED * 1.06 * (highest - lowest) / place.width)
    for letter_of, each, is_below in zip(_letters(found), found.points, below, strict=True):
        colour = palette.quiet if each.beaten else palette.lead
        ends = [each.closes.low, each.closes.high]
        panel.plot([each.cost] * 2, ends, color=colour, lw=1.2, marker="_", ms=6, zorder=4)
        panel.plot(each.cost, each.closes.mean, marker="o", ms=6.5, color=colour, mec=palette.ground, zorder=5)
        panel.annotate(
            letter_of,
            (each.cost, ends[0] if is_below else ends[1]),
            (0, -3 if is_below else 3),
            textcoords="offset points",
            ha="center",
            va="top" if is_below else "bottom",
            color=colour,
            weight="bold",
            zorder=6,
        )
    _list(chart, found)


def _letters_below(found: FrontPoints, crowded: float) -> list[bool]:
    """Return for each option whether its letter stands below it: of two that are close, one does.

    It is the first if only that is beaten, since the steps rise to the others from below; else the second.

    Args:
        found: The options, by cost.
        crowded: The cost within which two are close, £m.
    """
    below = [False] * len(found.points)
    for number, (one, other) in enumerate(pairwise(found.points)):
        if not below[number] and other.cost - one.cost < crowded:
            below[number if one.beaten and not other.beaten else number + 1] = True
    return below


_LETTER = re.compile(r"(?:option )?([A-Z])(?:: | \()")
"""How the name of an option of a search begins."""


def _letters(found: FrontPoints) -> list[str]:
    """Return the letter of each option: that which a search gave it, if all have one, else by cost."""
    own = [each[1] for each in (_LETTER.match(point.label) for point in found.points) if each]
    return own if len(own) == len(found.points) == len(set(own)) else list(letters(len(found.points)))


def _list(chart: Chart, found: FrontPoints) -> None:
    """Write the names of the options in the margin, the cheapest first, each with what it closes and who loses."""
    sheet, top = chart.add_sheet(), chart.body_height - line_height() / 2
    for lines in _named(found):
        for number, (line, weight) in enumerate(lines):
            letter(sheet, WIDTH - _MARGIN + 0.35, top - number * line_height(), line, weight=weight)
        top -= len(lines) * line_height() + _APART


def _named(found: FrontPoints) -> list[list[tuple[str, str]]]:
    """Return the lines of each option in the margin, with their weight."""
    return [_lines(letter_of, point) for letter_of, point in zip(_letters(found), found.points, strict=True)]


def _lines(letter_of: str, point: FrontPoint) -> list[tuple[str, str]]:
    width = _MARGIN - 0.5
    label = point.label if point.label.startswith(f"{letter_of}: ") else f"{letter_of}: {point.label}"
    loses = f"; {point.worst_off} {pounds(point.change.mean, signed=True)}" if point.worst_off else ""
    names = [(line, "bold") for line in wrap(label, width, bold=True)]
    return [*names, *((line, "normal") for line in wrap(f"closes {pounds(point.closes.mean)}{loses}", width))]


def _scale_cost(chart: Chart, panel: Axes, limits: tuple[float, float], *, is_additional: bool) -> None:
    """Set the horizontal axis of £m over the run."""
    panel.set_xlim(*limits)
    panel.xaxis.set_major_locator(MaxNLocator(7, steps=TICK_STEPS))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda amount, _: drawable(pounds(amount))))
    panel.tick_params(axis="x", length=3, pad=7)
    label = "Additional cost over the run" if is_additional else "Cost over the run"
    panel.set_xlabel(label, color=chart.theme.palette.quiet, labelpad=3)


def _table(found: FrontPoints) -> pd.DataFrame:
    rows = [
        {
            "option": each.label,
            "cost": each.cost,
            "closes": each.closes.mean,
            "closes_low": each.closes.low,
            "closes_high": each.closes.high,
            "worst_off": each.worst_off,
            "change": each.change.mean,
            "change_low": each.change.low,
            "change_high": each.change.high,
            "beaten": each.beaten,
        }
        for each in found.points
    ]
    rows += [{"option": "", "cost": float(cost), "closes": float(closes)} for cost, closes in found.others]
    return pd.DataFrame(rows)


def _headline(found: FrontPoints) -> str:
    """Return the finding: what the most useful money closes, and how little of it closes four fifths of that."""
    best = [each for each in found.points if not each.beaten] or list(found.points)
    last = best[-1]
    if last.closes.low <= 0 <= last.closes.high:
        between = range_words(last.closes.low, last.closes.high)
        return f"What {_what(found, last)} closes is not distinguishable from 0: {between} a year"
    if last.closes.mean < 0 and found.before_savings is not None:
        return capital(f"{_what(found, last)} closes {pounds(-last.closes.mean)} a year less than the baseline")
    if last.closes.mean < 0:
        return capital(f"{_what(found, last)} widens the gap by {pounds(-last.closes.mean)} a year")
    most = capital(f"{_what(found, last)} closes {pounds(last.closes.mean)} a year")
    first = next((each for each in best if each.closes.mean >= _MOST_OF_IT * last.closes.mean), last)
    if first is last or first.closes.low <= 0:
        return most
    closes = f"closes {pounds(first.closes.mean)} of the gap a year"
    return capital(f"{_what(found, first)} {closes}, {_what(found, last)} closes {pounds(last.closes.mean)}")


def _what(found: FrontPoints, point: FrontPoint) -> str:
    """Name what closes: the cost of an option's levers, or the option with it where more than its levers differs."""
    cost = _cost(found, point)
    return cost if found.levers_alone else f"{point.label} ({cost})"


def _cost(found: FrontPoints, point: FrontPoint) -> str:
    """Write the cost of an option, as more or less than that of the baseline's levers if these cost anything."""
    if not found.own_cost:
        return pounds(point.cost)
    return f"{pounds(abs(point.cost))} {'less' if point.cost < 0 else 'more'}"


def _alt(found: FrontPoints) -> str:
    parts = []
    for each in found.points:
        interval = range_words(each.closes.low, each.closes.high)
        loses = f", {each.worst_off} {pounds(each.change.mean, signed=True)}" if each.worst_off else ""
        parts.append(f"{each.label}: {pounds(each.closes.mean)} ({interval}) for {_cost(found, each)}{loses}")
    money = f"Money over the run is {discount_words(found.discount)}."
    limits = f" {found.limits}" if found.limits else ""
    return f"What options close of the gap, £m a year, by their cost over the run. {'; '.join(parts)}. {money}{limits}"
