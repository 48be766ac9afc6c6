"""Rules for the sources: chance only in the draws, plain arithmetic in the rules, sizes, and docstrings."""

import ast

import pytest

from tests.architecture.sources import (
    MODULES,
    calls_in,
    functions_of,
    has_docstring,
    lines_of_code,
    modules_in,
    name_of,
    packages_of,
    tree_of,
)

pytestmark = pytest.mark.architecture

RULES = modules_in("model/rules")
each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
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
SAMPLERS = {"execution/points.py": {"random"}}
"""Where the points of an experiment are drawn, by scipy's samplers: which places are run, never what happens in one."""

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


@each_module
def test_only_the_draws_draw_random_numbers(path):
    assert packages_of(path) & {"random", "secrets", "uuid"} == set()
    spoken = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    named = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
    assert (spoken | named) & CHANCE - SAMPLERS.get(name_of(path), set()) == set()


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


@each_module
def test_modules_are_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@each_module
def test_functions_are_short(path):
    long = {name: lines_of_code(function) for name, function in functions_of(path) if lines_of_code(function) > 40}
    assert long == {}


@each_module
def test_public_names_have_docstrings(path):
    assert has_docstring(tree_of(path)), "the module"
    silent = [
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
    assert silent == []


@each_module
def test_an_import_reads_no_file_and_changes_no_process(path):
    outside = [
        node
        for node in tree_of(path).body
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom)
        and not (
            isinstance(node, ast.If) and ast.unparse(node.test) in ('__name__ == "__main__"', "__name__ == '__main__'")
        )
    ]
    assert {call for node in outside for call in calls_in(node)} & ENVIRONMENT == set()


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


@pytest.mark.parametrize(
    "path", modules_in("cli", "charts", "report", "execution", "display.py", "results/display.py"), ids=name_of
)
def test_numbers_that_people_read_are_written_by_one_module(path):
    if name_of(path) in OWN_FORMATS:
        return
    specs = [node.format_spec for node in ast.walk(tree_of(path)) if isinstance(node, ast.FormattedValue)]
    parts = [part for spec in specs if spec is not None for part in ast.walk(spec) if isinstance(part, ast.Constant)]
    assert [part.value for part in parts if str(part.value).endswith(("f", "g", "e", "%"))] == []
