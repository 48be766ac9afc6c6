"""A verdict as text, and as a table for notebooks."""

from simulation.analysis.measure import Measure
from simulation.analysis.verdict import Verdict
from simulation.analysis.verdict_words import headline
from simulation.display import html_table
from simulation.formatting import capital, counted, millions, percent, range_words

_UNITS = {Measure.GAP: "gap in the last month, £m a year", Measure.POSITION: "position over the run, £m"}


def verdict_to_text(found: Verdict) -> str:
    """Return a verdict in one line: its headline, and the cases behind it."""
    return f"<Verdict by {found.measure}: {headline(found)}. {_cases(found)}>"


def verdict_to_html(found: Verdict) -> str:
    """Return a table with a row for each pair of choices: the difference, and in how many cases it goes which way."""
    rows = [
        (
            capital(pair.first),
            pair.second,
            millions(pair.median, signed=True),
            range_words(pair.low, pair.high, millions),
            percent(pair.shares.better.share),
            range_words(pair.shares.better.low, pair.shares.better.high, percent) if pair.has_intervals else "–",
            percent(pair.shares.worse.share),
            str(pair.grade),
        )
        for pair in found.later_against_earlier
    ]
    difference = f"difference of {_UNITS[found.measure]}"
    what = "runs" if found.pairs[0].chosen else "cases"
    interval = "95% interval of the runs" if found.pairs[0].chosen else "95% interval"
    head = ("choice", "against", difference, f"9 in 10 {what}", "better in", interval, "worse in", "finding")
    return html_table(f"{headline(found)}. {_cases(found)}", head, rows, numbers=(2, 3, 4, 5, 6))


def _cases(found: Verdict) -> str:
    pair = found.pairs[0]
    if pair.chosen:
        return f"{counted(pair.cases, 'run')} of each, {counted(pair.points, 'setting')}"
    return f"{counted(pair.cases, 'case')} of each, {counted(pair.points, 'set')} of assumptions"
