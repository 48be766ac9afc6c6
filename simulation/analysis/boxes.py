"""Boxes of assumptions: what a rule is made of, and PRIM, which finds one by peeling."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats

Booleans = NDArray[np.bool_]

MOST_ASSUMPTIONS = 3
"""A rule that needs more assumptions than this decides nothing that a board could look for."""

_PEEL = 0.05
_LEAST = 0.1
_WORTH_A_LIMIT = 0.01
_STEPS = 15


class Limits(NamedTuple):
    """The limits of one assumption in a box, in its own unit; minus infinity and infinity where there are none."""

    above: float = -inf
    below: float = inf


Box = dict[int, Limits]
"""Limits by column of the table of points; a point is in the box if it is within all of them."""


@dataclass(frozen=True)
class Rule:
    """A rule for the answer at a point: yes if it is in one of the boxes, else no; or the other way round.

    Attributes:
        boxes: The boxes.
        inside: The answer in the boxes.
    """

    boxes: tuple[Box, ...]
    inside: bool = True

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that it needs, in order."""
        return tuple(sorted({column for box in self.boxes for column in box}))

    def holds(self, points: Floats) -> Booleans:
        """Return True for each point that is in one of the boxes.

        Args:
            points: `[point, column]`.
        """
        found = np.zeros(len(points), dtype=np.bool_)
        for box in self.boxes:
            found |= in_box(box, points)
        return found

    def answers(self, points: Floats) -> Booleans:
        """Return the answer at each point.

        Args:
            points: `[point, column]`.
        """
        return np.equal(self.holds(points), self.inside)

    def rounded(self, points: Floats) -> "Rule":
        """Return the rule with limits that can be read out, so that what is tried is what is said.

        Args:
            points: `[point, column]`; a limit keeps as many decimals as a fifteenth of its column's range needs.
        """
        return Rule(tuple(_rounded(box, points) for box in self.boxes), self.inside)


def in_box(box: Box, points: Floats) -> Booleans:
    """Return True for each point that is within all limits.

    Args:
        box: The limits.
        points: `[point, column]`.
    """
    found = np.ones(len(points), dtype=np.bool_)
    for column, (above, below) in box.items():
        found &= (points[:, column] > above) & (points[:, column] <= below)
    return found


def prim(points: Floats, answers: Booleans, *, inside: bool = True) -> Rule:
    """Find a box in which one answer is frequent: the patient rule induction method (Friedman and Fisher 1999).

    A twentieth of the points is peeled off at a time, at the end of the assumption where this adds most to the share of
    the answer for each point that is lost, until a tenth is left. Of the boxes on the way, the one is kept whose rule
    is right at most points. A limit that adds less than 1 in 100 to that is dropped.

    Args:
        points: `[point, column]`.
        answers: The answer at each point.
        inside: The answer to look for.

    Returns:
        A rule of one box with limits on three columns at most; of one without limits if none helps.
    """
    wanted = answers if inside else ~answers
    best: tuple[float, Box] = (float(wanted.mean()), {})
    box: Box = {}
    while (peeled := _peel(points, wanted, box)) is not None:
        box = peeled
        right = float((in_box(box, points) == wanted).mean())
        if right > best[0]:
            best = right, box
    return Rule((_without_idle_limits(points, wanted, best[1]),), inside)


def single_cut(points: Floats, answers: Booleans) -> Rule | None:
    """Find the limit on one column that separates the answers at most points.

    Args:
        points: `[point, column]`.
        answers: The answer at each point.

    Returns:
        A rule of one lower limit, with a tenth of the points or more on either side; None if no column has one.
    """
    best: tuple[float, Rule | None] = (0.0, None)
    count = len(points)
    for column in range(points.shape[1]):
        order = np.argsort(points[:, column], kind="stable")
        values, sorted_answers = points[order, column], answers[order]
        yes_below = np.cumsum(sorted_answers)[:-1]
        below = np.arange(1, count)
        # Right at each cut if the answer is yes above it; else one minus that.
        right = (below - yes_below + sorted_answers.sum() - yes_below) / count
        is_cut = (np.diff(values) > 0) & (below >= _LEAST * count) & (count - below >= _LEAST * count)
        for inside, share in ((True, right), (False, 1 - right)):
            shares = np.where(is_cut, share, 0.0)
            at = int(np.argmax(shares)) if len(shares) else 0
            if len(shares) and shares[at] > best[0]:
                limits = Limits(above=float((values[at] + values[at + 1]) / 2))
                best = float(shares[at]), Rule(({column: limits},), inside)
    return best[1]


def _peel(points: Floats, wanted: Booleans, box: Box) -> Box | None:
    """Return the box with the best slice peeled off; None if too few points would be left, or nothing is gained."""
    within = in_box(box, points)
    kept, found = points[within], wanted[within]
    columns = np.array(sorted(box) if len(box) == MOST_ASSUMPTIONS else range(points.shape[1]), dtype=np.intp)
    if found.all() or not found.any() or not len(columns):
        return None
    lows, highs = np.quantile(kept[:, columns], (_PEEL, 1 - _PEEL), axis=0, method="nearest")
    # Below the lowest of the values that are kept, so that a limit lies between two of them.
    highs = np.array([_next_below(kept[:, column], high) for column, high in zip(columns, highs, strict=True)])
    slices = np.concatenate([kept[:, columns] > lows, kept[:, columns] <= highs], axis=1)
    left = slices.sum(axis=0)
    enough = (left >= _LEAST * len(points)) & (left < len(kept))
    shares = (slices & found[:, np.newaxis]).sum(axis=0) / np.maximum(left, 1)
    gains = np.where(enough, (shares - found.mean()) / np.maximum(len(kept) - left, 1), -inf)
    best = int(np.argmax(gains))
    if not gains[best] > 0:
        return None
    column = int(columns[best % len(columns)])
    above, below = box.get(column, Limits())
    limits = Limits(float(lows[best]), below) if best < len(columns) else Limits(above, float(highs[best - len(lows)]))
    return {**box, column: limits}


def _next_below(values: Floats, high: float) -> float:
    below = values[values < high]
    return float(below.max()) if len(below) else -inf


def _without_idle_limits(points: Floats, wanted: Booleans, box: Box) -> Box:
    def right(tried: Box) -> float:
        return float((in_box(tried, points) == wanted).mean())

    while box:
        tries = [_without(box, column, side) for column, limits in box.items() for side in _sides(limits)]
        best = max(tries, key=right)
        if right(best) <= right(box) - _WORTH_A_LIMIT:
            return box
        box = best
    return box


def _sides(limits: Limits) -> list[str]:
    return [side for side, limit in limits._asdict().items() if abs(limit) < inf]


def _without(box: Box, column: int, side: str) -> Box:
    limits = box[column]._replace(**{side: Limits._field_defaults[side]})
    others = {each: kept for each, kept in box.items() if each != column}
    return {**others, column: limits} if _sides(limits) else others


def _rounded(box: Box, points: Floats) -> Box:
    return {column: Limits(*(_round(limit, points[:, column]) for limit in limits)) for column, limits in box.items()}


def _round(limit: float, values: Sequence[float] | Floats) -> float:
    wide = float(np.ptp(values))
    if abs(limit) == inf or not wide:
        return limit
    if np.array_equal(values, np.round(values)):
        return float(np.floor(limit))
    return round(limit, ceil(-log10(wide / _STEPS)))
