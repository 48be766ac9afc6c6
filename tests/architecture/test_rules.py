"""The model's arithmetic is in its rules, so that neither engine decides anything by itself."""

import ast

import pytest

from tests.architecture.sources import modules_in, name_of, tree_of

pytestmark = pytest.mark.architecture

AGENTS = [path for path in modules_in("model/agents") if path.stem not in {"display", "draws"}]
KERNEL = [path for path in modules_in("model/ensemble") if path.stem not in {"cache", "loaded"}]
BEFORE = [*modules_in("model/payments.py"), *modules_in("model/schedule.py")]
"""Modules that both engines start from: who keeps what, and the calendar."""

ENGINES = [*AGENTS, *KERNEL, *BEFORE]
PARAMETERS = {"parameters", "assumed"}


def _operands(tree):
    """Yield the operands of every sum, product, comparison and choice."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            yield from (node.left, node.right)
        elif isinstance(node, ast.Compare):
            yield from (node.left, *node.comparators)
        elif isinstance(node, ast.AugAssign):
            yield node.value


def _is_parameter(node):
    """True for `parameters.x`, `self.model.parameters.x` and `assumed[…]`."""
    holder = node.value if isinstance(node, ast.Attribute | ast.Subscript) else None
    name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", None)
    return name in PARAMETERS


@pytest.mark.parametrize("path", ENGINES, ids=name_of)
def test_parameters_are_only_handed_to_rules(path):
    assert [ast.unparse(each) for each in _operands(tree_of(path)) if _is_parameter(each)] == []


@pytest.mark.parametrize("path", ENGINES, ids=name_of)
def test_only_rules_divide(path):
    """A mean, a share or a rate is a rule; engines add up, count and look up."""
    operations = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.BinOp | ast.AugAssign)]
    assert [ast.unparse(node) for node in operations if isinstance(node.op, ast.Div)] == []


@pytest.mark.parametrize("path", ENGINES, ids=name_of)
def test_only_rules_compare_a_draw_with_a_chance(path):
    assert not any(
        "draw" in ast.unparse(each) for each in _operands(tree_of(path)) if isinstance(each, ast.Name | ast.Subscript)
    )
