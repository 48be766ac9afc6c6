"""The search for a rule: several methods, one of which is chosen without a look at the points that are held out."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats
from simulation.analysis.boxes import Booleans, Rule, prim
from simulation.analysis.decision_trees import tree_rule
from simulation.extras import check_installed

HELD_OUT = 3
"""One point in so many is held out."""

_DEPTHS = (1, 2, 3)

_Find = Callable[[Floats, Booleans], Rule | None]


def hold_out(points: int) -> Booleans:
    """Return True for each point that is held out: every third.

    Args:
        points: Number of points. Their order says nothing about them.
    """
    return np.equal(np.arange(points) % HELD_OUT, HELD_OUT - 1)


def best_rule(points: Floats, answers: Booleans) -> Rule | None:
    """Return the rule of the method that does best in a cross-validation: PRIM for either answer, or a decision tree.

    Args:
        points: `[point, column]`, without those that are held out.
        answers: The answer at each point.

    Returns:
        None if all answers agree, or the method finds no rule.

    Raises:
        MissingPackageError: If scikit-learn is not installed.
    """
    check_installed("a search for rules", "sklearn")
    if answers.all() or not answers.any():
        return None
    best = max(_methods(), key=lambda find: _cross_validated(find, points, answers))
    return _found_by(best, points, answers)


def _methods() -> Iterator[_Find]:
    for inside in (True, False):
        yield partial(prim, inside=inside)
    for depth in _DEPTHS:
        yield partial(tree_rule, depth=depth)


def _found_by(find: _Find, points: Floats, answers: Booleans) -> Rule | None:
    rule = find(points, answers)
    return rule.rounded(points) if rule is not None else None


def _cross_validated(find: _Find, points: Floats, answers: Booleans) -> float:
    """Return the share of points at which rules are right that were found without them."""
    right = np.zeros(len(points), dtype=np.bool_)
    for start in range(HELD_OUT):
        left_out: NDArray[np.bool_] = np.arange(len(points)) % HELD_OUT == start
        known = answers[~left_out]
        rule = _found_by(find, points[~left_out], known)
        said = known.mean() >= 0.5 if rule is None else rule.answers(points[left_out])
        right[left_out] = answers[left_out] == said
    return float(right.mean())
