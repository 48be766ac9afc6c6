"""Rules for the sources: chance only in the draws, plain arithmetic in the rules, sizes, and docstrings."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import (
    MODULES,
    calls_in,
    functions_of,
    has_docstring,
    lines_of_code,
    modules_in,
    name_of,
    offences,
    packages_of,
    tree_of,
)

pytestmark = pytest.mark.architecture

RULES = modules_in("model/rules")
each_rule_module = pytest.mark.parametrize("path", RULES, ids=name_of)

CHANCE = {
    "random",
    "default_rng",
    "RandomState",
    "getrandbits",
    "randint",
    "shuffle",
    "urandom",
    "uuid4",
    "token_bytes",
}
SAMPLERS = {
    "execution/points.py": {"random"},
    "execution/deciding/genetic.py": {"random", "default_rng"},
    "model/agents/copying.py": {"random"},
}
"""Where the points of an experiment are drawn, by scipy's samplers, and where a search for a decision takes its steps:
which places are run, never what happens in one.

And where the state of Mesa's generator is copied: it decides the order of shuffled agents, never what happens.
"""

ENVIRONMENT = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "uniform",
    "filterwarnings",
    "simplefilter",
    "getenv",
    "run",
    "use",
}


def chance_in(path: Path) -> set[str]:
    """Packages and names that draw random numbers, where a module may not use them."""
    spoken = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    named = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    drawing = (spoken | named) & CHANCE - SAMPLERS.get(name_of(path), set())
    return drawing | packages_of(path) & {"random", "secrets", "uuid"}


def test_only_the_draws_draw_random_numbers():
    assert offences(chance_in) == {}


def test_only_the_model_shuffles_and_only_its_agents():
    shufflers = {name_of(path) for path in MODULES if "shuffle_do" in set(calls_in(tree_of(path)))}
    assert shufflers == {"model/agents/model.py"}


@each_rule_module
def test_rules_are_plain_arithmetic(path):
    """No power, no matrix product, no sum, no libm but sqrt: they differ between engines or machines."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.BinOp | ast.AugAssign):
            assert not isinstance(node.op, ast.Pow | ast.MatMult | ast.Mod | ast.FloorDiv), f"line {node.lineno}"
        assert not isinstance(
            node, ast.Dict | ast.Set | ast.List | ast.ListComp | ast.GeneratorExp | ast.Lambda | ast.JoinedStr
        )
        assert not isinstance(node, ast.While | ast.Try | ast.With | ast.ClassDef | ast.Global)
    forbidden = {"sum", "fsum", "prod", "pow", "exp", "log", "max", "min", "abs", "round", "sin", "tanh", "fma"}
    own = {"exp"} if name_of(path).endswith("numeric.py") else set()
    assert set(calls_in(tree_of(path))) & (forbidden - own) == set()


@each_rule_module
def test_rules_use_no_text_and_no_none(path):
    for name, function in functions_of(path):
        body = function.body[1:] if has_docstring(function) else function.body
        constants = [node.value for statement in body for node in ast.walk(statement) if isinstance(node, ast.Constant)]
        assert not any(constant is None or isinstance(constant, str | bytes) for constant in constants), name


@each_rule_module
def test_every_function_in_the_rules_is_marked_and_short(path):
    for name, function in functions_of(path):
        marks = [decorator.id for decorator in function.decorator_list if isinstance(decorator, ast.Name)]
        assert marks == ["rule"], name
        assert lines_of_code(function) <= 15, name
        assert not function.args.kwonlyargs, name
        assert not function.args.vararg, name


def test_modules_are_short():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}


def long_functions(path: Path) -> dict[str, int]:
    """Functions of more than 40 lines."""
    lengths = {name: lines_of_code(function) for name, function in functions_of(path)}
    return {name: lines for name, lines in lengths.items() if lines > 40}


def test_functions_are_short():
    assert offences(long_functions) == {}


def without_docstring(path: Path) -> list[str]:
    """Public names that no docstring explains; the module itself is one."""
    silent = [] if has_docstring(tree_of(path)) else ["the module"]
    silent += [
        node.name
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not has_docstring(node)
    ]
    for owner in (
        node for node in tree_of(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ):
        silent += [
            f"{owner.name}.{node.name}"
            for node in owner.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not has_docstring(node)
        ]
    return silent


def test_public_names_have_docstrings():
    assert offences(without_docstring) == {}


def called_at_import(path: Path) -> set[str]:
    """Calls that read a file or change the process, made when a module is imported."""
    outside = [
        node
        for node in tree_of(path).body
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)
        and not (
            isinstance(node, ast.If) and ast.unparse(node.test) in ('__name__ == "__main__"', "__name__ == '__main__'")
        )
    ]
    return {call for node in outside for call in calls_in(node)} & ENVIRONMENT


def test_an_import_reads_no_file_and_changes_no_process():
    assert offences(called_at_import) == {}


def test_the_scans_find_what_they_look_for():
    """Each question, asked of a text that breaks the rule."""
    bad = ast.parse(
        "def f(x):\n    '''Says.'''\n    # why\n\n    y = x ** 2\n    return sum([y,\n      1])\n\nrandom.shuffle(x)"
    )
    (function,) = (node for node in bad.body if isinstance(node, ast.FunctionDef))
    assert lines_of_code(function) == 3
    assert any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) for node in ast.walk(bad))
    assert set(calls_in(bad)) == {"sum", "shuffle"}
    assert has_docstring(function)
    assert not has_docstring(bad)


OWN_FORMATS = {"formatting.py", "report/html.py"}
"""The module that writes numbers for people, and the exact data behind the charts of a paper, to be copied."""


def own_formats(path: Path) -> list[str]:
    """Formats of numbers that a module writes itself."""
    if name_of(path) in OWN_FORMATS:
        return []
    specs = [node.format_spec for node in ast.walk(tree_of(path)) if isinstance(node, ast.FormattedValue)]
    parts = [part for spec in specs if spec is not None for part in ast.walk(spec) if isinstance(part, ast.Constant)]
    return [str(part.value) for part in parts if str(part.value).endswith(("f", "g", "e", "%"))]


def test_numbers_that_people_read_are_written_by_one_module():
    modules = modules_in("cli", "charts", "report", "execution", "display.py", "results/display.py")
    assert offences(own_formats, modules) == {}
