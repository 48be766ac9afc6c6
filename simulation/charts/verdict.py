"""Every pair of choices over all cases: the difference, how often it goes which way, and how far that holds."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from simulation.analysis.grades import HOLDS_IN
from simulation.analysis.verdict import PairVerdict, Verdict, find_verdict, verdict_to_pandas
from simulation.analysis.verdict_words import counts_words, headline, short_counts, sure_words
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, source_of, uncertain_in
from simulation.formatting import as_written, capital, counted, is_with_place, pounds, range_words
from simulation.results.comparison import Comparison

_MOST_PAIRS = 15
"""Pairs that are drawn where there are more: those of six choices, which fill a page."""


def verdict_chart(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the difference of the gap between the two choices of every pair, over uncertain assumptions.

    Args:
        results: A comparison of two choices or more, whose assumptions were varied.
        theme: The fonts and colours.

    Raises:
        ValueError: If there is no verdict on it.
    """
    comparison = comparison_of(results)
    found = find_verdict(comparison)
    if found is None:
        message = "a verdict needs two choices whose assumptions were varied at the same points"
        raise ValueError(message)
    texts = Texts(
        name="verdict",
        headline=headline(found),
        subtitle=_subtitle(comparison, found.pairs[0]),
        note=_note(found),
        source=source_of(comparison),
        alt=_alt(comparison, found),
    )
    of, what = min(100, found.pairs[0].cases), "runs" if found.pairs[0].chosen else "cases"
    columns = (("Median", 1.5), (f"Of {of} {what}: less, same, more", 2.1))
    key = (KeyEntry("dot", "median"), KeyEntry("thin", f"9 in 10 {what}"))
    layout = Layout(names=4.9, columns=columns, head="Choice and finding", axis="Difference, £m a year", key=key)
    rows = list(_rows(_shown(found), len(columns)))
    return row_chart(texts, verdict_to_pandas([found]), theme, rows, layout)


def _shown(found: Verdict) -> tuple[PairVerdict, ...]:
    """Return all pairs, or as many as a page has room for: of choices that no other beats, then with the first one."""
    pairs, unbeaten = found.later_against_earlier, set(found.unbeaten)
    if len(pairs) <= _MOST_PAIRS:
        return pairs
    best = [pair for pair in pairs if {pair.first, pair.second} <= unbeaten]
    others = [pair for pair in pairs if pair.second == found.labels[0] and pair not in best]
    shown = [*best, *others][:_MOST_PAIRS]
    return tuple(pair for pair in pairs if pair in shown)


def _rows(pairs: Sequence[PairVerdict], columns: int) -> Iterator[Row]:
    """Yield a heading for each choice that others are compared with, and a row for each of those."""
    for second, against in groupby(pairs, key=lambda pair: pair.second):
        yield Row.heading(f"Against {second}:", columns)
        for pair in against:
            yield Row(
                name=capital(pair.first),
                mark=Mark(value=pair.median, low=pair.low, high=pair.high),
                cells=(pounds(pair.median, signed=True), short_counts(pair)),
                below=f"{pair.grade}{_reach(pair)}",
            )


def _reach(pair: PairVerdict) -> str:
    """Say up to which stretch of the ranges the first choice is better in 60 of 100 cases."""
    if pair.holds_to is None:
        return ""
    reach = pair.holds_to
    narrower = reach.fewer(wider=False)
    also = "" if narrower is None else f", not at {as_written(narrower)}×"
    return f" (to {as_written(reach.stretch, 2)}×{also})"


def _subtitle(comparison: Comparison, pair: PairVerdict) -> str:
    settings = f"over the {counted(pair.points, 'setting')} tried"
    over = settings if pair.chosen else f"allowing for {uncertain_in(comparison)}"
    return f"Gap in {horizon_of(comparison)}, the first choice less the second, £m a year, medians {over}."


def _note(found: Verdict) -> str:
    pair = found.pairs[0]
    tried = any(each.holds_to for each in found.pairs)
    widest = as_written(max((each.holds_to.widest for each in found.pairs if each.holds_to), default=1.0))
    ranges = "all ranges of the model’s assumptions" if is_with_place(pair.stretch) else "all ranges"
    often = f"for the first to be better in {HOLDS_IN} cases"
    reach = (
        f" In brackets: how many times as wide {ranges} may be, within hard limits, {often}; {widest} is the most "
        "tried."
    )
    case = "A case is a set of assumptions with a simulated run, the same for all choices; there are"
    if pair.chosen:
        case = "A run has one of the settings tried, the same for all choices; there are"
    pairs, shown = len(found.later_against_earlier), len(_shown(found))
    left = (
        f" Of {pairs} pairs {shown} are shown, first those of choices that no other beats, then those with "
        f"{found.labels[0]}; the data beside the chart have all."
        if shown < pairs
        else ""
    )
    same = f"Same: within {pounds(pair.threshold)}.{reach if tried else ''}"
    return f"{case} {pair.cases:,}.{left} {same} {sure_words(found)}."


def _alt(comparison: Comparison, found: Verdict) -> str:
    pairs = _shown(found)
    named = [
        f"{pair.first} against {pair.second} {pounds(pair.median, signed=True)} ({range_words(pair.low, pair.high)}), "
        f"less, same, more in {counts_words(pair)} of {min(100, pair.cases)}: {pair.grade}"
        for pair in pairs[:6]
    ]
    more = f"; and {len(pairs) - 6} more in the picture" if len(pairs) > 6 else ""
    return (
        f"Differences of the gap in {horizon_of(comparison)} between "
        f"{counted(len(found.pairs) // 2, 'pair of choices', 'pairs of choices')}, medians and 9 in "
        f"10 {'runs' if pairs[0].chosen else 'cases'}: {'; '.join(named)}{more}."
    )
