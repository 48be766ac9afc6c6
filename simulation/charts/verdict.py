"""Every pair of choices over all cases: the difference, how often it goes which way, and how far that holds."""

from simulation.analysis.verdict import PairVerdict, Verdict, verdict, verdict_to_frame
from simulation.analysis.verdict_words import counts_words, headline, short_counts, sure_words
from simulation.charts.drawing.chart import Chart, Texts
from simulation.charts.drawing.key import KeyEntry
from simulation.charts.drawing.rows import Layout, Mark, Row, row_chart
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION, Theme
from simulation.charts.text.comparison_words import Results, comparison_of, horizon_of, source_of, uncertain_in
from simulation.formatting import as_written, capital, pounds, range_words
from simulation.results.comparison import Comparison

_KEY = (KeyEntry("dot", "median"), KeyEntry("thin", "9 in 10 cases"))


def verdict_chart(results: Results, *, theme: Theme = ANALYSIS_FUNCTION) -> Chart:
    """Draw the difference of the gap between the two choices of every pair, over uncertain assumptions.

    Args:
        results: A comparison of two choices or more, whose assumptions were varied.
        theme: The fonts and colours.

    Raises:
        ValueError: If there is no verdict on it.
    """
    comparison = comparison_of(results)
    found = verdict(comparison)
    if found is None:
        message = "a verdict needs two choices whose assumptions were varied at the same points"
        raise ValueError(message)
    pairs = found.later_against_earlier
    texts = Texts(
        name="verdict",
        headline=headline(found),
        subtitle=_subtitle(comparison),
        note=_note(found),
        source=source_of(comparison),
        alt=_alt(comparison, found),
    )
    of = min(100, found.pairs[0].cases)
    columns = [("Median", 1.45), (f"Of {of} cases: less, same, more", 2.15), ("Finding", 2.45)]
    if any(pair.holds_to for pair in pairs):
        columns.append(("Holds up to, × ranges", 1.75))
    layout = Layout(names=4.2, columns=tuple(columns), head="Pair of choices", axis="Difference, £m a year", key=_KEY)
    rows = [_row(pair, len(columns)) for pair in pairs]
    return row_chart(texts, verdict_to_frame([found]), theme, rows, layout)


def _row(pair: PairVerdict, columns: int) -> Row:
    counts = short_counts(pair)
    cells = (pounds(pair.median, signed=True), counts, str(pair.grade), _reach(pair))
    mark = Mark(value=pair.median, low=pair.low, high=pair.high)
    return Row(name=f"{capital(pair.first)} against {pair.second}", mark=mark, cells=cells[:columns])


def _reach(pair: PairVerdict) -> str:
    if pair.holds_to is None:
        return "–"
    if pair.holds_to.stretch == 0:
        return "does not hold"
    return f"{'at least ' if pair.holds_to.at_least else ''}{as_written(pair.holds_to.stretch, 2)}"


def _subtitle(comparison: Comparison) -> str:
    return (
        f"Gap in {horizon_of(comparison)}, the first choice less the second, £m a year, medians allowing for "
        f"{uncertain_in(comparison)}."
    )


def _note(found: Verdict) -> str:
    pair = found.pairs[0]
    return (
        f"A case is a set of assumptions with a simulated run, the same for all choices; there are {pair.cases:,}. "
        f"Same: within {pounds(pair.threshold)}. {sure_words(found)}."
    )


def _alt(comparison: Comparison, found: Verdict) -> str:
    pairs = found.later_against_earlier
    named = [
        f"{pair.first} against {pair.second} {pounds(pair.median, signed=True)} ({range_words(pair.low, pair.high)}), "
        f"less, same, more in {counts_words(pair)} of {min(100, pair.cases)}: {pair.grade}"
        for pair in pairs[:6]
    ]
    more = f"; and {len(pairs) - 6} more" if len(pairs) > 6 else ""
    return (
        f"Differences of the gap in {horizon_of(comparison)} between {len(pairs)} pairs of choices, medians and 9 in "
        f"10 cases: {'; '.join(named)}{more}."
    )
