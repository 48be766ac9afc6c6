"""The headlines of charts of several scenarios month by month."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats
from simulation.analysis.grades import HOLDS_FROM
from simulation.analysis.verdict import THRESHOLD
from simulation.charts.text.comparison_words import horizon_of, short_frequency, span_words
from simulation.formatting import month_words, range_words, two_decimals
from simulation.results.comparison import Comparison
from simulation.results.left_out import unvaried_words
from simulation.results.study import Study
from simulation.scenario.months import month_names

LEAST = 0.03
"""The least difference of mean trust that a headline counts."""


@dataclass(frozen=True)
class _Paths:
    """A column of two scenarios, case by case with the same random events, `[case, month]`."""

    high: Floats
    low: Floats
    varied: bool
    """True if assumptions were drawn from their ranges, the same for both."""

    def counts(self, least: float) -> tuple[NDArray[np.int_], int]:
        """Count the cases in which the first is higher by more than this, by month, and all cases.

        Args:
            least: The difference, in the column's unit, up to which there is none.
        """
        apart = self.high - self.low
        known = ~np.isnan(apart).any(axis=1)
        return (apart[known] > least).sum(axis=0), int(known.sum())


def gap_headline(comparison: Comparison, medians: dict[str, float]) -> str:
    """Say from when on one scenario leaves less than another, and how often: those whose medians end furthest apart.

    The verdict says which choice is better in the last month; this is what months add to it.

    Args:
        comparison: The scenarios.
        medians: The median gap in the last month, by scenario, £m a year.
    """
    more, less = max(medians, key=lambda each: medians[each]), min(medians, key=lambda each: medians[each])
    paths = _paths(comparison.studies[more], comparison.studies[less], "gap")
    if not paths.varied:
        why = unvaried_words(comparison.left_out)
        return f"{span_words([*medians.values()])} is left in {horizon_of(comparison)}; {why}"
    counts, of = paths.counts(THRESHOLD)
    short = np.flatnonzero(counts < HOLDS_FROM * of)
    since = int(short[-1]) + 1 if len(short) else 0
    if of == 0 or since == len(counts):
        return (
            f"No clear difference in the gap in {horizon_of(comparison)}: medians of {span_words([*medians.values()])}"
        )
    often = f"in {short_frequency(int(counts[-1]), of)} cases"
    if since == len(counts) - 1:
        return f"Only in {horizon_of(comparison)} does {less} clearly leave less than {more}: {often}"
    month = month_words(month_names(comparison.scenario.start, comparison.scenario.months)[since])
    return f"From {month} on, {less} leaves less than {more} in most cases, and in {horizon_of(comparison)} {often}"


def trust_headline(comparison: Comparison, medians: dict[str, float]) -> str:
    """Say how often trust ends higher with one scenario than with another: those whose medians are furthest apart.

    Args:
        comparison: The scenarios.
        medians: Median trust in the last month, by scenario, 0–1.
    """
    high, low = max(medians, key=lambda each: medians[each]), min(medians, key=lambda each: medians[each])
    paths = _paths(comparison.studies[high], comparison.studies[low], "trust")
    counts, of = paths.counts(LEAST)
    if of and counts[-1] >= HOLDS_FROM * of:
        often = short_frequency(int(counts[-1]), of)
        cases = "cases" if paths.varied else f"simulated runs, {unvaried_words(comparison.left_out)}"
        return f"In {often} {cases}, trust ends higher with {high} than with {low}"
    span = range_words(medians[low], medians[high], two_decimals)
    said = f"No clear difference in trust in {horizon_of(comparison)}: medians of {span}"
    return said if paths.varied else f"{said}; {unvaried_words(comparison.left_out)}"


def _paths(high: Study, low: Study, column: str) -> _Paths:
    """Return a column of two scenarios, over the ranges of assumptions if both were run at the same points."""
    one, other = high.assumptions, low.assumptions
    if one is not None and other is not None and column in one.columns and column in other.columns:
        same = (len(one), one.points, one.stretch) == (len(other), other.points, other.stretch)
        if same:
            return _Paths(one[column], other[column], varied=True)
    return _Paths(high.ensemble[column], low.ensemble[column], varied=False)
