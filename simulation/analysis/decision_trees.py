"""Rules from a decision tree (CART); scikit-learn is imported only here, and need not be installed."""

from typing import Any

import numpy as np

from simulation.analysis.bands import Floats
from simulation.analysis.boxes import MOST_ASSUMPTIONS, Booleans, Box, Limits, Rule

MOST_BOXES, MOST_LIMITS = 2, 4
"""A rule of more can't be said in a sentence."""

_LEAST = 0.05


def tree_rule(points: Floats, answers: Booleans, depth: int) -> Rule | None:
    """Fit a decision tree (Breiman et al. 1984) and return it as boxes.

    If it asks for more than three assumptions it is fitted again on the three that matter most in it.

    Args:
        points: `[point, column]`.
        answers: The answer at each point.
        depth: The most questions in a row, 1–3.

    Returns:
        None if every leaf has the same answer, or it takes more than two boxes, or four assumptions, to say it.
    """
    tree = _fitted(points, answers, depth)
    columns = np.arange(points.shape[1])
    if (tree.feature_importances_ > 0).sum() > MOST_ASSUMPTIONS:
        columns = np.sort(np.argsort(-tree.feature_importances_, kind="stable")[:MOST_ASSUMPTIONS])
        tree = _fitted(points[:, columns], answers, depth)
    leaves = _leaves(tree.tree_, columns, 0, {})
    by_answer = {answer: tuple(box for box, found in leaves if found == answer) for answer in (True, False)}
    inside = min((True, False), key=lambda answer: len(by_answer[answer]))
    boxes = by_answer[inside]
    can_be_said = 0 < len(boxes) <= MOST_BOXES and sum(map(len, boxes)) <= MOST_LIMITS
    return Rule(boxes, inside) if can_be_said else None


def _fitted(points: Floats, answers: Booleans, depth: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=_LEAST, random_state=0)
    return tree.fit(points, answers)


def _leaves(tree: Any, columns: Any, node: int, box: Box) -> list[tuple[Box, bool]]:
    """Return the box and the answer of each leaf below a node; leaves that agree are one."""
    left, right = tree.children_left[node], tree.children_right[node]
    if left == right:
        shares = tree.value[node][0]
        # A tree that never saw one of the answers has one column.
        return [(box, bool(len(shares) > 1 and shares[1] > shares[0]))]
    column, cut = int(columns[tree.feature[node]]), float(tree.threshold[node])
    above, below = box.get(column, Limits())
    found = _leaves(tree, columns, left, {**box, column: Limits(above, min(below, cut))})
    found += _leaves(tree, columns, right, {**box, column: Limits(max(above, cut), below)})
    answers = {answer for _, answer in found}
    return [(box, answers.pop())] if len(answers) == 1 else found
