"""Rules for the kernel's sources."""

import ast

import numpy as np
import pytest

from simulation.model.ensemble import layout, records
from tests.architecture.sources import modules_in, name_of, tree_of

pytestmark = pytest.mark.architecture

KERNEL = modules_in("model/ensemble")


def test_no_field_hides_behind_what_numpy_means_by_it():
    """Uncompiled, `record.size` would be 1, whatever the field of that name holds."""
    kinds = [kind for kind in vars(records).values() if isinstance(kind, np.dtype)]
    assert len(kinds) > 6
    for kind in (*kinds, layout.OPPORTUNITY_MARKS):
        assert {name for name in kind.names if hasattr(np.void, name)} == set()


@pytest.mark.parametrize("path", KERNEL, ids=name_of)
def test_nothing_is_reassociated_or_fused(path):
    """No fastmath, no reduction across threads, no numpy sum, no power: bits must be those of the agents."""
    keywords = {node.arg for node in ast.walk(tree_of(path)) if isinstance(node, ast.keyword)}
    assert keywords & {"fastmath", "parallel"} == set()
    spoken = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    assert spoken & {"prange", "dot", "matmul", "power", "exp", "add_reduce"} == set()
    assert not any(isinstance(node, ast.Pow | ast.MatMult) for node in ast.walk(tree_of(path)))
