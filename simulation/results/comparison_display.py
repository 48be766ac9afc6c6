"""A comparison as text, and as HTML for notebooks."""

import numpy as np

from simulation.display import html_table
from simulation.formatting import NOT_KNOWN, counted, millions, pounds, range_words
from simulation.results.comparison import Case, Comparison, Floats
from simulation.results.integrity import UNCHECKED
from simulation.results.left_out import left_out_in_short
from simulation.scenario.changes import title_of_case
from simulation.scenario.months import month_names

_CHANCE = "9 in 10, by chance alone"
_MOST_LINES = 16


def comparison_to_text(comparison: Comparison) -> str:
    """Return a comparison with a line for each case: its label, its title, and the gap left in the last month."""
    cases = comparison.cases
    titles = _titles(comparison)
    rows = [(case.label, *([titles[n]] if titles else []), _gap_words(case.gaps)) for n, case in enumerate(cases)]
    rows = rows[:_MOST_LINES]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    if len(cases) > len(rows):
        lines.append(f"  and {len(cases) - len(rows):,} more")
    return "\n".join([f"<{_heading(comparison)}; median gap in {_horizon(comparison)} ({_CHANCE}):", *lines]) + ">"


def comparison_to_html(comparison: Comparison) -> str:
    """Return a table of the gap that each case leaves in the last month, and its difference from the baseline's."""
    titles = _titles(comparison)
    head = ("scenario", *(["title"] if titles else []), f"median gap in {_horizon(comparison)}, £m a year", _CHANCE)
    head = (*head, "against", "median difference", _CHANCE)
    rows = [
        (case.label, *([titles[n]] if titles else []), *_numbers(comparison, case))
        for n, case in enumerate(comparison.cases)
    ]
    first = 2 if titles else 1
    return html_table(_heading(comparison), head, rows, numbers=(first, first + 1, first + 3, first + 4))


def _heading(comparison: Comparison) -> str:
    """Return what it is, with its title unless that is only the first of several titles."""
    cases = counted(len(comparison.cases), "scenario" if not comparison.factors else "case")
    count = counted(comparison.replicates, "replicate")
    title = "" if _titles(comparison) and comparison.title in comparison.scenario.title else f" “{comparison.title}”"
    unchecked = "" if comparison.is_checked else f", {UNCHECKED}"
    if comparison.other_model:
        unchecked += f", {comparison.other_model}"
    if comparison.left_out:
        unchecked += f", {left_out_in_short(comparison.left_out)}"
    return f"Comparison{title}: {cases}, {count} each, seed {comparison.seed}{unchecked}"


def _titles(comparison: Comparison) -> list[str]:
    """Return the title of each case, empty where not known; none if they say no more than its label and the heading."""
    titles = ["" if case.study is None else case.study.ensemble.scenario.title for case in comparison.cases]
    says_more = any(
        title not in {"", case.label, comparison.title, title_of_case(comparison.title, case.label)}
        for title, case in zip(titles, comparison.cases, strict=True)
    )
    return titles if says_more else []


def _horizon(comparison: Comparison) -> str:
    return month_names(comparison.scenario.start, comparison.scenario.months)[-1]


def _numbers(comparison: Comparison, case: Case) -> tuple[str, ...]:
    baseline = None if case.baseline is None else comparison.cases[case.baseline]
    against = ("", "", "") if baseline is None else (baseline.label, *_spread(case.gaps - baseline.gaps, signed=True))
    return (*_spread(case.gaps), *against)


def _gap_words(gaps: Floats) -> str:
    """Return the median gap, £m a year, and the range of 9 in 10 replicates; those that failed are left out."""
    known = gaps[~np.isnan(gaps)]
    if not len(known):
        return NOT_KNOWN
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    within = "" if len(known) == 1 else f" ({range_words(low, high, pounds)})"
    return f"{pounds(middle)} a year{within}"


def _spread(amounts: Floats, *, signed: bool = False) -> tuple[str, str]:
    """Return the median and the range of 9 in 10 replicates; those that failed are left out."""
    known = amounts[~np.isnan(amounts)]
    if not len(known):
        return NOT_KNOWN, ""
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    return millions(middle, signed=signed), range_words(low, high, millions)
