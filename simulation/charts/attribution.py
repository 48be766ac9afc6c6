"""The attribution: the part of the gap that each lever closes, whatever the order in which levers are added.

A lever that the second scenario drops has a row of what dropping it closes, so that the rows add up.
"""

from collections.abc import Iterator, Sequence
from math import isnan, nan

import numpy as np

from simulation.analysis.attribution import Attribution, Worth, attribute, is_strongest, leading_levers
from simulation.analysis.bands import Interval, interval_of
from simulation.analysis.precision import sign_of
from simulation.analysis.verdict_words import CENTRAL
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import (
    Results,
    comparison_of,
    horizon_of,
    source_of,
)
from simulation.charts.text.words import change_words, lever_words, one_run_words, replicates_words, within_words
from simulation.formatting import capital, counted, listed, millions, pounds, range_words, stretch_words
from simulation.money_unit import ROUNDING
from simulation.results.comparison import Comparison
from simulation.results.left_out import Marked, unvaried_words
from simulation.results.lever_combinations import LeverCombinations
from simulation.scenario.changes import LeverChange


def attribution(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the worth of each lever by Shapley value; the data beside the chart also have its effect alone and dropped.

    Args:
        results: A comparison whose experiment asked for attribution.
        theme: The fonts and colours.

    Raises:
        ValueError: If there is no attribution, or it is not finished.
    """
    comparison = comparison_of(results)
    if comparison.attribution is None:
        message = "attribution needs an experiment that asks for it: attribution: {from: …, to: …}"
        raise ValueError(message)
    found = attribute(comparison.attribution, comparison.attribution_over_ranges)
    gaps = _gaps_words(found, comparison)
    texts = Texts(
        name="attribution",
        headline=headline(found, comparison, own_gaps=bool(gaps)),
        subtitle=_subtitle(comparison, found),
        note=_note(comparison.attribution, found, comparison) + gaps,
        source=source_of(comparison),
        alt=_alt(comparison, found),
    )
    layout = Layout(
        columns=_columns(found),
        names=3.9,
        head=capital(_one(found)),
        axis="Gap left, £m a year",
        key=_key(comparison, found),
    )
    return row_chart(texts, found.to_pandas(), theme, list(_rows(found)), layout)


def headline(found: Attribution, results: Marked | None = None, *, own_gaps: bool = False) -> str:
    """Return the finding: what the levers close together, which of them most, and what over uncertain assumptions.

    Args:
        found: The difference split among levers.
        results: The results that it is of, for what is left out of them.
        own_gaps: True if the two scenarios have other gaps before any savings, so that what is left less is not closed.
    """
    said, leading = _finding(found, own_gaps=own_gaps)
    if found.varied is None:
        alone = f"; {_alone_words(leading, own_gaps=own_gaps)}" if leading else ""
        return f"{said}{alone}; {unvaried_words(results, part='attribution-ranges')}"
    closes = found.varied.closes
    if not closes.low_90 < closes.high_90:
        return f"{said} {CENTRAL}"
    together = range_words(closes.low_90, closes.high_90)
    all_of_it = "all levers" if _all_added(found) else _all_together(found)
    brought = _brings(together, one=False, own_gaps=own_gaps)
    return f"{said} {CENTRAL}; over the ranges {all_of_it} {brought} (9 in 10)"


def _brings(amount: str, *, one: bool, own_gaps: bool) -> str:
    """Say what one or several close, or leave less where gaps before any savings differ."""
    if own_gaps:
        return f"{'leaves' if one else 'leave'} {amount} less"
    return f"{'closes' if one else 'close'} {amount}"


def _all_added(found: Attribution) -> bool:
    """Return True if the second scenario is the first with more levers, and nothing else differs."""
    return all(each.change is LeverChange.ADDED for each in found.worths)


def _one(found: Attribution) -> str:
    """Return the word for what the two scenarios differ in."""
    return "lever" if _all_added(found) else "difference"


def _all_together(found: Attribution) -> str:
    return f"all {_one(found)}s together"


def _finding(found: Attribution, *, own_gaps: bool) -> tuple[str, Sequence[Worth]]:
    """Return the finding with 9 in 10 of it, and the levers that bring most of what is closed, of several levers."""
    closes = found.closes.mean
    if not sign_of(found.closes):
        what = f"{found.second} {'leaves less than' if own_gaps else 'closes beyond'} {found.first}"
        return f"What {what} is not distinguishable from 0", ()
    if closes < 0:
        return f"{capital(found.second)} leaves {pounds(-closes)} more than {found.first}", ()
    if len(found.worths) == 1:
        alone = found.worths[0]
        amount = f"{pounds(closes)}{within_words(alone.band)}"
        return f"{_label(alone)} {_brings(amount, one=True, own_gaps=own_gaps)}", ()
    leading = leading_levers(found)
    if not leading:
        brought = _brings(pounds(closes), one=True, own_gaps=own_gaps)
        return f"{capital(found.second)} {brought}; no {_one(found)} clearly accounts for most of it", ()
    return _leading_words(found, leading, own_gaps=own_gaps), leading


def _leading_words(found: Attribution, leading: Sequence[Worth], *, own_gaps: bool) -> str:
    """Say what the levers that close most close, and of how much; they close more than all if others open the gap."""
    most = [_label(each).lower() for each in leading]
    names = capital(_first_words(most, "other lever" if _all_added(found) else "other"))
    brought = interval_of(np.sum([each.by_replicate for each in leading], axis=0))
    one, amount, all_of_it = len(most) == 1, f"{pounds(brought.mean)}{within_words(brought)}", pounds(found.closes.mean)
    if brought.mean > found.closes.mean and pounds(brought.mean) != all_of_it:
        return f"{names} {_brings(amount, one=one, own_gaps=own_gaps)}, {_all_together(found)} {all_of_it}"
    closed = f"{all_of_it} {'that is left less' if own_gaps else 'closed'}"
    return f"{names} {'accounts' if one else 'account'} for {amount} of the {closed}"


def _label(worth: Worth) -> str:
    """Return the label of a row: the lever, or that it is dropped or changed."""
    return capital(change_words(worth.lever, worth.change))


def _first_words(levers: Sequence[str], other: str) -> str:
    """Name two levers, or the first of more and how many others there are."""
    if len(levers) <= 2:
        return listed(levers)
    return f"{levers[0]} and {counted(len(levers) - 1, other)}"


def _alone_words(leading: Sequence[Worth], *, own_gaps: bool) -> str:
    """Say what the levers that close most would close if each were the only one."""
    alone = [each.first.mean for each in leading]
    each = "each alone" if len(alone) > 1 else "alone it"
    return f"{each} {_brings(range_words(min(alone), max(alone)), one=True, own_gaps=own_gaps)}"


def _rows(found: Attribution) -> Iterator[Row]:
    """Yield the rows of a waterfall: the first scenario's gap, each lever's part, and the second's gap."""
    yield _end(found.first, found.gap_first, None if found.varied is None else found.varied.gap_first)
    level = found.gap_first.mean
    for worth in found.worths:
        yield _step(worth, level)
        level -= worth.shapley.mean
    yield _end(found.second, found.gap_second, None if found.varied is None else found.varied.gap_second)


def _columns(found: Attribution) -> tuple[tuple[str, float], ...]:
    """Return what stands beside the bars: means, in brackets 9 in 10."""
    closes = "Closes, £m"
    return ((closes, 2.7),) if found.varied is None else ((closes, 2.7), ("Over the ranges, £m", 2.7))


def _key(comparison: Comparison, found: Attribution) -> tuple[KeyEntry, ...]:
    if found.varied is None:
        return ()
    chance = () if comparison.replicates == 1 else (KeyEntry("thin", "9 in 10, by chance"),)
    bar = KeyEntry("bar", "closes at our central assumptions")
    return (bar, *chance, KeyEntry("dotted", "9 in 10, assumptions uncertain too"))


def _end(name: str, gap: Interval, varied: Interval | None) -> Row:
    wide = None if varied is None else (varied.low_90, varied.high_90)
    left = f"{_amount(gap)} left"
    return Row(
        name=capital(name),
        mark=Mark(value=gap.mean, low=gap.low_90, high=gap.high_90, wide=wide, look="bar", colour=2),
        cells=(left,) if varied is None else (left, _amount(varied)),
        weight="bold",
    )


def _step(worth: Worth, level: float) -> Row:
    """Return the row of one lever: a bar from the level that the levers above it leave."""
    closes, band, varied = worth.shapley.mean, worth.band, worth.varied
    low, high = level - band.high_90, level - band.low_90
    wide = None if varied is None else (level - varied.high_90, level - varied.low_90)
    amount = _amount(band)
    return Row(
        name=_label(worth),
        mark=Mark(value=level - closes, start=level, low=low, high=high, wide=wide, look="bar"),
        cells=(amount,) if varied is None else (amount, _amount(varied)),
    )


def _amount(band: Interval) -> str:
    """Write a mean with 9 in 10, as tables of levers do: 12 (10 to 14)."""
    return f"{millions(band.mean)}{within_words(band, millions)}"


def _subtitle(comparison: Comparison, found: Attribution) -> str:
    closes = f"closes of the gap in {horizon_of(comparison)}, £m a year"
    what = f"What each lever {closes}, from “{found.first}” to “{found.second}”."
    if not _all_added(found):
        what = f"What each difference between “{found.first}” and “{found.second}” {closes}."
    if comparison.replicates == 1 or comparison.attribution is None:
        return what
    return f"{what} Means of {replicates_words(len(comparison.attribution.gaps))} of each lever combination."


def _note(lever_combinations: LeverCombinations, found: Attribution, results: Marked) -> str:
    shapley = (
        f"Bars: Shapley values over all {2 ** len(lever_combinations.levers):,} lever combinations, which add up "
        f"whatever the order.{_interaction_words(found)}"
    )
    if found.varied is not None:
        return (
            f"{shapley} In brackets 9 in 10. Over the ranges: the mean of {found.varied.points:,} sets of assumptions"
            f"{stretch_words(found.varied.stretch)}, a simulated run each."
        )
    if len(lever_combinations.gaps) == 1:
        return f"{shapley} {one_run_words()}"
    unvaried = unvaried_words(results, were="are", part="attribution-ranges")
    return f"{shapley} Lines and brackets: 9 in 10 of the runs, by chance alone; {unvaried}."


def _gaps_words(found: Attribution, comparison: Comparison) -> str:
    """Say that the two scenarios have other gaps before any savings, after a space; nothing if they have one."""
    before = {case.label: case.before_savings for case in comparison.cases}
    first, second = (before.get(name, nan) for name in (found.first, found.second))
    if not abs(first - second) > ROUNDING:
        return ""
    gaps = f"{pounds(first)} in “{found.first}”, {pounds(second)} in “{found.second}”"
    return f" The gap before any savings is {gaps}: everything else that differs includes that."


def _interaction_words(found: Attribution) -> str:
    """Name the pair of levers with the strongest interaction; nothing if it may be chance."""
    if not found.interactions:
        return ""
    strongest = found.interactions[0]
    amount = strongest.amount
    if not abs(amount.mean) > amount.half_width:
        return ""
    pair = listed(_pulled_words(found, lever).lower() for lever in strongest.levers)
    verb = f"do {'more' if amount.mean > 0 else 'less'} together"
    largest = ", the largest such effect" if len(found.interactions) > 1 and is_strongest(found) else ""
    ends = abs(amount.mean) - amount.half_width, abs(amount.mean) + amount.half_width
    interval = "" if isnan(amount.half_width) else f" ({range_words(*ends)}, 95% interval)"
    return f" {capital(pair)} {verb}, by {pounds(abs(amount.mean))}{interval}{largest}."


def _pulled_words(found: Attribution, lever: str) -> str:
    """Name a lever of a pair: a dropped one as it is where it is pulled, as the interaction is of pulling both."""
    (worth,) = (each for each in found.worths if each.lever == lever)
    return lever_words(lever) if worth.change is LeverChange.DROPPED else _label(worth)


def _alt(comparison: Comparison, found: Attribution) -> str:
    worths = [
        f"{_label(each).lower()} {pounds(each.shapley.mean)}{within_words(each.band)}{_over(each)}"
        for each in found.worths
    ]
    first, second = (f"{name} ({pounds(gap.mean)})" for name, gap in _ends(found))
    return (
        f"Waterfall of what each {_one(found)} closes of the gap in {horizon_of(comparison)}, £m a year, from {first} "
        f"to {second}: {listed(worths)}."
    )


def _ends(found: Attribution) -> tuple[tuple[str, Interval], ...]:
    return (found.first, found.gap_first), (found.second, found.gap_second)


def _over(worth: Worth) -> str:
    varied = worth.varied
    return "" if varied is None else f" (over the ranges {pounds(varied.mean)}{within_words(varied)})"
