"""Every module that engines and workers import is in the model's version, or is left out for a reason."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from simulation.results import provenance
from simulation.source_digest import code_tokens
from tests.architecture.sources import PACKAGE, modules_in, name_of, tree_of

pytestmark = pytest.mark.architecture

ROOTS = ("execution/tasks.py", "model/run.py", "model/agents/model.py")
"""The work of a batch's worker, and both engines."""


def is_for_types_alone(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imported_by(node: ast.AST) -> Iterator[str]:
    """Dotted names of modules, or of what is imported from them; imports for type checking are none."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
            yield str(child.module)
        elif not is_for_types_alone(child):
            yield from imported_by(child)


def file_of(dotted: str) -> Path | None:
    path = PACKAGE.parent / dotted.replace(".", "/")
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def reachable() -> dict[str, str]:
    """Every module of ours with code that is imported from the roots, and the module that imports it."""
    found: dict[str, str] = dict.fromkeys(ROOTS, "")
    waiting = list(ROOTS)
    while waiting:
        importer = waiting.pop()
        for dotted in imported_by(tree_of(PACKAGE / importer)):
            file = file_of(dotted) if dotted.startswith("simulation.") else None
            if file is not None and name_of(file) not in found:
                found[name_of(file)] = importer
                waiting.append(name_of(file))
    return {name: by for name, by in found.items() if list(code_tokens((PACKAGE / name).read_text(encoding="utf-8")))}


LEFT_OUT = {name for names in provenance.LEFT_OUT.values() for name in names}


def test_the_walk_finds_both_engines_and_the_rules():
    everything = {name_of(path) for path in modules_in("model/rules", "model/ensemble", "model/agents")}
    assert {name for name in everything if not name.endswith("__init__.py")} <= set(reachable())
    assert "execution/run.py" not in reachable()


def test_every_module_that_the_engines_import_is_listed():
    """To fix: add it to DECIDES_NUMBERS of results/provenance.py, or to LEFT_OUT with the reason."""
    listed = {name_of(path) for path in provenance.deciding_files()} | LEFT_OUT
    assert {name: by for name, by in reachable().items() if name not in listed} == {}


def test_every_listed_file_is_imported():
    assert [each for each in provenance.DECIDES_NUMBERS if not list(PACKAGE.glob(each))] == []
    assert LEFT_OUT - set(reachable()) == set()
    decide = {name_of(path) for path in provenance.deciding_files()}
    assert {name for name in decide - set(reachable()) if not name.endswith("__init__.py")} == set()
