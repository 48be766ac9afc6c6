"""The words for choices over a grid of assumptions. No set of assumptions is ever called better than another."""

import re

import numpy as np

from simulation.analysis.compare import MATERIAL
from simulation.analysis.grid import Grid
from simulation.analysis.precision import Precision, precisions_of
from simulation.charts.text.words import parameter_words
from simulation.experiment.addresses import Value
from simulation.formatting import as_written, capital, counted, listed, month_words, pounds, range_words

_MOST_NAMED = 3
"""Choices that a headline has room to name."""


def value_words(value: Value) -> str:
    """Return an assumption's value as a board reads it: 0.25; Apr 2016; confirmatory.

    Args:
        value: The value as the experiment writes it.
    """
    if isinstance(value, int | float):
        return as_written(value, 4)
    return month_words(value, short=True) if re.fullmatch(r"\d{4}-\d{2}", value) else value.replace("_", " ")


def assumption_words(address: str) -> str:
    """Return an assumption's label within a sentence: opening trust.

    Args:
        address: Its address in a scenario.
    """
    label = parameter_words(address)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def both_words(grid: Grid) -> str:
    """Name the assumptions within a sentence: opening trust and how trust moves."""
    return listed(assumption_words(address) for address in grid.assumptions)


def axes_words(grid: Grid, across: int) -> str:
    """Say which assumption is across and which is down: opening trust (across) and how trust moves (down).

    Args:
        grid: A grid of two assumptions.
        across: Number of the one whose values are across, 0 or 1.
    """
    one, other = (assumption_words(grid.assumptions[axis]) for axis in (across, 1 - across))
    return f"{one} (across) and {other} (down)"


def sets_words(grid: Grid) -> str:
    """Say over what the choices are compared: 9 sets of assumptions; 9 values of opening trust."""
    points = grid.points or grid.is_known.size
    if len(grid.assumptions) == 1:
        return f"{counted(points, 'value')} of {assumption_words(grid.assumptions[0])}"
    return f"{counted(points, 'set')} of assumptions"


def span_headline(grid: Grid) -> str:
    """Return the finding on how far assumptions move the gap of each choice, without a full stop.

    Args:
        grid: The choices over the grid.
    """
    medians = grid.medians.reshape(len(grid.labels), -1)
    if len(grid.labels) == 1:
        return f"The gap is {_range(medians[0])} over {sets_words(grid)}"
    spans = np.array([_span(each) for each in medians])
    if np.isnan(spans).all():
        return f"{counted(len(grid.labels), 'choice')} over {sets_words(grid)}"
    low, high = int(np.nanargmin(spans)), int(np.nanargmax(spans))
    if not _moves_more(grid, high, low):
        known = spans[~np.isnan(spans)]
        span = range_words(float(known.min()), float(known.max()))
        difference = _more_moved(grid, high, low)
        if abs(difference.mean) + np.nan_to_num(difference.half_width) <= MATERIAL:
            return f"The assumptions move the gap about as much with every choice, by {span}"
        return f"The assumptions move the gap by {span}, and with which choice most is not established"
    numbers = [number for number in range(len(spans)) if not np.isnan(spans[number])]
    least = [each for each in numbers if not _moves_more(grid, each, low)]
    most = [each for each in numbers if not _moves_more(grid, high, each)]
    run = ", in one simulated run" if grid.gaps.shape[-1] == 1 else ""
    if set(least) & set(most) or max(len(least), len(most)) > _MOST_NAMED:
        more = f"{grid.labels[high]}, by {pounds(spans[high])}"
        return (
            f"The assumptions move the gap more with {more}, than with {grid.labels[low]}, by {pounds(spans[low])}{run}"
        )
    low_words, high_words = (
        f"{listed(grid.labels[each] for each in some)}, by {range_words(spans[some].min(), spans[some].max())}"
        for some in (least, most)
    )
    return f"The assumptions move the gap least with {low_words}, and most with {high_words}{run}"


def _moves_more(grid: Grid, one: int, other: int) -> bool:
    """True if assumptions move the gap more with one choice than with another.

    The mean of the difference run by run must be above what counts as none, and above half of its 95% interval where
    there are several replicates.
    """
    difference = _more_moved(grid, one, other)
    return bool(difference.mean > np.fmax(MATERIAL, difference.half_width))


def _more_moved(grid: Grid, one: int, other: int) -> Precision:
    """Return by how much more assumptions move the gap with one choice than with another, run by run.

    Each moves between the points with the largest and the smallest of its medians.
    """
    moved = []
    for choice in (one, other):
        medians = grid.medians[choice].ravel()
        gaps = grid.gaps[choice].reshape(len(medians), -1)
        moved.append(gaps[np.nanargmax(medians)] - gaps[np.nanargmin(medians)])
    (difference,) = precisions_of((moved[0] - moved[1])[np.newaxis])
    return difference


def least_headline(grid: Grid) -> str:
    """Return the finding on which choice leaves least at how many points, without a full stop.

    Args:
        grid: Two choices or more over the grid.
    """
    if not grid.points:
        return f"Which choice leaves least is not known at any of {sets_words(grid)}"
    least = grid.leaves_least[:, grid.is_known]
    alone = least & (least.sum(axis=0) == 1)
    everywhere, of = [label for label, here in zip(grid.labels, least, strict=True) if here.all()], sets_words(grid)
    all_of = f"all {of}" if grid.points > 1 else "the only set of assumptions"
    if len(everywhere) == len(grid.labels):
        unclear = f"No clear difference between the choices: within {pounds(MATERIAL)} at {all_of}"
        return f"Which choice leaves least is not established at {all_of}" if grid.ties_by_chance else unclear
    if len(everywhere) == 1:
        (only,) = everywhere
        sole = int(alone[grid.labels.index(only)].sum())
        tied = "" if sole == grid.points else f", tied with others at {grid.points - sole}"
        return f"{capital(only)} leaves least at {all_of}{tied}"
    if everywhere:
        close = "none of them established to leave more than the smallest"
        close = close if grid.ties_by_chance else f"within {pounds(MATERIAL)} of each other"
        return f"{capital(listed(everywhere))} leave least at {all_of}, {close}"
    ties = int((least.sum(axis=0) > 1).sum())
    if ties == grid.points:
        return f"At {all_of} several choices tie for the smallest gap"
    counts = sorted(zip(alone.sum(axis=1).tolist(), grid.labels, strict=True), key=lambda each: -each[0])
    named = [f"{label} at {count}" for count, label in counts[:_MOST_NAMED] if count]
    named[0] += f" of {of}"
    unnamed = [count for count, _ in counts[_MOST_NAMED:] if count]
    if unnamed:
        named.append(f"{counted(len(unnamed), 'other')} at {sum(unnamed)}")
    return f"Which choice leaves least depends: {', '.join([*named, *([f'a tie at {ties}'] if ties else [])])}"


def tie_words(grid: Grid) -> str:
    """Say what a tie is, without a full stop.

    Args:
        grid: Two choices or more over the grid.
    """
    within = f"within {pounds(MATERIAL)} a year of the smallest"
    if grid.gaps.shape[-1] == 1:
        return f"A tie: {within}"
    return f"A tie: {within}, or more by a difference that chance alone may make"


def more_words(grid: Grid) -> str:
    """Say from which difference on assumptions move the gap more with one choice than with another, in a sentence.

    Args:
        grid: The choices over the grid; nothing is said of one alone.
    """
    if len(grid.labels) == 1:
        return ""
    by_chance = ", and by more than chance alone may make" if grid.gaps.shape[-1] > 1 else ""
    return f"More with one choice than with another: by over {pounds(MATERIAL)} a year{by_chance}."


def spans_words(grid: Grid) -> str:
    """Give the range of each choice's median gaps over the points, for an alternative text."""
    medians = grid.medians.reshape(len(grid.labels), -1)
    return "; ".join(f"{label} {_range(each)}" for label, each in zip(grid.labels, medians, strict=True))


def chance_words(grid: Grid) -> str:
    """Say how far single replicates of one choice at one point lie apart, for a note.

    Args:
        grid: The choices over the grid.
    """
    low, high = np.nanquantile(grid.gaps, [0.05, 0.95], axis=-1)
    wide = (high - low)[~np.isnan(high - low)]
    return (
        f"By chance alone, 9 in 10 runs of a set lie at most {pounds(float(wide.max()))} apart, in half of the sets at "
        f"most {pounds(float(np.median(wide)))}."
    )


def _span(medians: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    known = medians[~np.isnan(medians)]
    return float(known.max() - known.min()) if len(known) else float("nan")


def _range(medians: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> str:
    known = medians[~np.isnan(medians)]
    return range_words(float(known.min()), float(known.max())) if len(known) else "an amount that is not known"
