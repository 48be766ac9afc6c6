"""A process that runs a million replicates keeps its memory: no cache grows with what is run."""

import ast

import pytest

from tests.architecture.sources import MODULES, name_of, tree_of

pytestmark = pytest.mark.architecture

FEW = {
    "experiment/addresses.py: _adapter": "the fields of a scenario",
    "results/batch/tables.py: schema_of": "the names of tables",
    "scenario/fields.py: annotations_of": "the parts of a scenario file",
    "scenario/json_schema.py: change_model": "the parts of a scenario file",
}
"""Functions that keep every result although they have arguments, and the few values that those can have."""


def unlimited(path):
    """Yield functions of a module that keep a result for each value of their arguments, without a limit."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.FunctionDef):
            continue
        written = {ast.unparse(each) for each in node.decorator_list}
        limited = all("maxsize=None" not in each for each in written)
        keeps_all = {"cache", "functools.cache"} & written or not limited
        if keeps_all and (node.args.args or node.args.posonlyargs or node.args.kwonlyargs):
            yield node.name


def test_every_cache_has_a_limit_or_few_keys():
    found = {f"{name_of(path)}: {name}" for path in MODULES for name in unlimited(path)}
    assert found == FEW.keys(), "give it a limit, as in @lru_cache(maxsize=256), or say why there are few keys"
