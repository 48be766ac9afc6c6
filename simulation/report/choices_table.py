"""The choices of an experiment over sets of assumptions: what each leaves, as a table and in a sentence.

No set of assumptions is listed or singled out, since nobody chooses it.
"""

from collections.abc import Callable, Iterable

import numpy as np

from simulation.analysis.bands import Floats, interval_of
from simulation.analysis.choices import group_points
from simulation.analysis.place_position import positions_of
from simulation.charts.text.comparison_words import (
    horizon_of,
    replicates_of,
    target_words,
)
from simulation.charts.text.words import band_words
from simulation.formatting import capital, counted, discount_words, millions, pounds, range_words
from simulation.report.paper import Table
from simulation.results.comparison import Case, Comparison

_HEADS = ("Choice", "Sets of assumptions", "Gap left, £m a year", "Position over the run, £m")
_WIDTHS = (0.4, 0.14, 0.22, 0.24)
_OFTEN = " in 9 of 10"
_MOST_NAMED = 4
"""Choices of which a sentence says what each leaves."""

_SAMPLES = {"sobol": "Sobol", "latin-hypercube": "Latin hypercube", "random": "random"}


def choices_table(comparison: Comparison) -> Table:
    """Return a row for each choice: the median and the range of its means over sets of assumptions.

    Args:
        comparison: Results whose cases are sets of assumptions.
    """
    by_choice = group_points(comparison)
    rows = [
        (
            capital(label) if len(by_choice) > 1 else comparison.scenario.title,
            f"{_known(means := _means_of(cases.values())):,}",
            _cell(comparison, means),
            _cell(comparison, np.array([mean_of(positions_at(case)) for case in cases.values()])),
        )
        for label, cases in by_choice.items()
    ]
    return Table(
        caption="The choices over all sets of assumptions",
        heads=_HEADS,
        rows=tuple(rows),
        widths=_WIDTHS,
        note=(
            "Gap a year, and position of all organisations together, costs included, "
            f"{discount_words(comparison.discount)}: means of {replicates_of(comparison)} at each set of assumptions, "
            f"of which the median, and in brackets {_range_words(comparison)}. Those at each set are in the data."
        ),
    )


def left_over_points(comparison: Comparison) -> str:
    """Say what each choice leaves over the sets of assumptions, and single out none of these.

    Args:
        comparison: Results whose cases are sets of assumptions.
    """
    by_choice = group_points(comparison)
    means = {label: _means_of(cases.values()) for label, cases in by_choice.items()}
    sets = max(map(_known, means.values()))
    sample = f", a {_SAMPLES[comparison.design]} sample" if comparison.design in _SAMPLES else ""
    over = f"Over {counted(sets, 'set')} of assumptions{sample}"
    goals, at = target_words(comparison.cases, "a"), horizon_of(comparison)
    if 1 < len(means) <= _MOST_NAMED:
        counts = {label: _known(each) for label, each in means.items()}
        at_sets = {label: f", at {counted(count, 'set')}" if count < sets else "" for label, count in counts.items()}
        left = "; ".join(
            f"{label} {pounds(float(np.nanmedian(each)))} ({_span(comparison, each)}{at_sets[label]})"
            for label, each in means.items()
        )
        return (
            f"{over}, the choices leave this a year in {at}, against {goals} (median of the means at the "
            f"sets, and {_range_words(comparison)}): {left}."
        )
    some = np.concatenate(list(means.values()))
    whose = "" if len(means) == 1 else f" with {counted(len(means), 'choice')}"
    often = _OFTEN if comparison.design in _SAMPLES else ""
    return (
        f"{over}, the mean gap left in {at}{whose} is {_span(comparison, some)} a year{often}, with a median of "
        f"{pounds(float(np.nanmedian(some)))}, against {goals}."
    )


def range_over_sets(comparison: Comparison, means: Floats) -> str:
    """Write the range of some means over sets of assumptions: of a sample 9 in 10 of them, else the ends.

    Args:
        comparison: Results whose cases are sets of assumptions.
        means: Mean gaps, £m a year; NaN where not known.
    """
    return f"{_span(comparison, means)}{_OFTEN if comparison.design in _SAMPLES else ''}"


def _range_words(comparison: Comparison) -> str:
    """Say what a range over the sets is: the sets of a sample stand for others, those of a grid do not."""
    return "9 in 10 of them" if comparison.design in _SAMPLES else "the lowest and the highest"


def _span(comparison: Comparison, means: Floats, show: Callable[[float], str] = pounds) -> str:
    if comparison.design in _SAMPLES:
        return band_words(interval_of(means), show)
    return range_words(float(np.nanmin(means)), float(np.nanmax(means)), show)


def _means_of(cases: Iterable[Case]) -> Floats:
    """Return the mean gap of each case, £m a year; NaN where it was left out."""
    return np.array([mean_of(case.gaps) for case in cases])


def count_known(cases: Iterable[Case]) -> int:
    """Return at how many sets of assumptions a choice's gap is known: those that were not left out.

    Args:
        cases: The choice at each set.
    """
    return _known(_means_of(cases))


def _known(means: Floats) -> int:
    """Return how many sets of assumptions are shown: those that were not left out."""
    return int((~np.isnan(means)).sum())


def _cell(comparison: Comparison, means: Floats) -> str:
    """Write the median of the means with their range; a dash where none is known."""
    if np.isnan(means).all():
        return "–"
    return f"{millions(float(np.nanmedian(means)))} ({_span(comparison, means, millions)})"


def mean_of(values: Floats) -> float:
    """Return the mean over replicates; NaN if none is known.

    Args:
        values: `[replicate]`; NaN where a replicate is missing.
    """
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def positions_at(case: Case) -> Floats:
    """Return the position over the run at a set of assumptions, `[replicate]`, £m; of no replicate if not known.

    It is discounted if the case's study says so.

    Args:
        case: A choice at a set of assumptions.
    """
    found = positions_of(case)
    return np.zeros(0) if found is None else found
