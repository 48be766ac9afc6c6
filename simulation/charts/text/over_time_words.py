"""The headlines of charts of several scenarios month by month."""

from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats
from simulation.charts.text.comparison_words import NOT_VARIED, horizon_of, short_frequency, span_words, verdict_words
from simulation.formatting import range_words, two_decimals
from simulation.results.comparison import Comparison
from simulation.results.study import Study

LEAST = 0.03
"""The least difference of mean trust that a headline counts."""

_MOST = 0.6
"""The part of the cases in which trust ends higher from which a headline says so."""


@dataclass(frozen=True)
class _Ends:
    """Trust in the last month of two scenarios, case by case with the same random events, `[case]`."""

    high: Floats
    low: Floats
    varied: bool
    """True if assumptions were drawn from their ranges, the same for both."""


def gap_headline(comparison: Comparison, medians: dict[str, float]) -> str:
    """Return the verdict on the gap; the span of what is left where assumptions were not varied.

    Args:
        comparison: The scenarios.
        medians: The median gap in the last month, by scenario, £m a year.
    """
    found = verdict_words(comparison)
    if found != NOT_VARIED:
        return found
    return f"{span_words([*medians.values()])} is left in {horizon_of(comparison)}; {NOT_VARIED}"


def trust_headline(comparison: Comparison, medians: dict[str, float]) -> str:
    """Say how often trust ends higher with one scenario than with another: those whose medians are furthest apart.

    Args:
        comparison: The scenarios.
        medians: Median trust in the last month, by scenario, 0–1.
    """
    high, low = max(medians, key=lambda each: medians[each]), min(medians, key=lambda each: medians[each])
    ends = _ends(comparison.studies[high], comparison.studies[low])
    known = ~np.isnan(ends.high - ends.low)
    higher = int((ends.high - ends.low > LEAST)[known].sum())
    of = int(known.sum())
    if of and higher >= _MOST * of:
        often = f"{short_frequency(higher, of)} {'cases' if ends.varied else 'simulated runs, assumptions not varied'}"
        return f"In {often}, trust ends higher with {high} than with {low}"
    span = range_words(medians[low], medians[high], two_decimals)
    said = f"No clear difference in trust in {horizon_of(comparison)}: medians of {span}"
    return said if ends.varied else f"{said}; {NOT_VARIED}"


def _ends(high: Study, low: Study) -> _Ends:
    """Return where trust ends in two scenarios, over the ranges of assumptions if both were run at the same points."""
    one, other = high.assumptions, low.assumptions
    if one is not None and other is not None and "trust" in one.columns and "trust" in other.columns:
        same = (len(one), one.points, one.stretch) == (len(other), other.points, other.stretch)
        if same:
            return _Ends(one["trust"][:, -1], other["trust"][:, -1], varied=True)
    return _Ends(high.ensemble["trust"][:, -1], low.ensemble["trust"][:, -1], varied=False)
