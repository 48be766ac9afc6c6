"""A comparison as text, and as HTML for notebooks."""

import numpy as np

from simulation.display import html_table
from simulation.formatting import NOT_KNOWN, counted, millions, range_words
from simulation.results.comparison import Case, Comparison, Floats
from simulation.scenario.months import month_names


def comparison_to_text(comparison: Comparison) -> str:
    """Return a comparison in one line."""
    cases = counted(len(comparison.cases), "scenario" if not comparison.factors else "case")
    count = counted(comparison.replicates, "replicate")
    return f"<Comparison “{comparison.title}”: {cases}, {count} each, seed {comparison.seed}>"


def comparison_to_html(comparison: Comparison) -> str:
    """Return a table of the gap that each case leaves in the last month, and its difference from the baseline's."""
    scenario = comparison.scenario
    last = month_names(scenario.start, scenario.months)[-1]
    spread = "9 in 10, by chance alone"
    head = ("scenario", f"median gap in {last}, £m a year", spread, "against", "median difference", spread)
    rows = [_case_row(comparison, case) for case in comparison.cases]
    return html_table(comparison_to_text(comparison).strip("<>"), head, rows, numbers=(1, 2, 4, 5))


def _case_row(comparison: Comparison, case: Case) -> tuple[str, ...]:
    baseline = None if case.baseline is None else comparison.cases[case.baseline]
    against = ("", "", "") if baseline is None else (baseline.label, *_spread(case.gaps - baseline.gaps, signed=True))
    return (case.label, *_spread(case.gaps), *against)


def _spread(amounts: Floats, *, signed: bool = False) -> tuple[str, str]:
    """Return the median and the range of 9 in 10 replicates; those that failed are left out."""
    known = amounts[~np.isnan(amounts)]
    if not len(known):
        return NOT_KNOWN, ""
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    return millions(middle, signed=signed), range_words(low, high, millions)
