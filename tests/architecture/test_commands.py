"""A command is a file: what the command line needs to find in it."""

import ast
from importlib import import_module
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

from simulation.cli.main import command_names, module_of
from tests.architecture.sources import modules_in, tree_of

pytestmark = pytest.mark.architecture

ROOM = 66
"""Letters that a line of the help has for what a command does, at 80 columns."""


@pytest.mark.parametrize("name", command_names())
def test_a_command_is_the_function_that_is_named_as_its_file(name):
    (path,) = modules_in(f"cli/{module_of(name)}.py")
    public = {node.name: node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}
    function = module_of(name)
    assert function in public, f"{path} has no function {function}; a file without a command begins with an underscore"
    assert ast.get_docstring(public[function]), f"{name} has no docstring, which its own help shows"


@pytest.mark.parametrize("name", command_names())
def test_the_help_has_one_line_for_each_command(name):
    (path,) = modules_in(f"cli/{module_of(name)}.py")
    line = ast.get_docstring(tree_of(path)) or ""
    assert 0 < len(line) <= ROOM, f"the docstring of {path} is the command's line in the help"
    assert "\n" not in line


CHECKED_BY_THE_COMMAND = {
    ("new", "systems"),
    ("batch", "until_half_width"),
    ("chart", "discount"),
    ("report", "discount"),
}
"""Numbers that commands check themselves, with words of their own."""


def test_every_number_that_a_command_takes_has_a_range():
    unlimited = set()
    for name in command_names():
        function = getattr(import_module(f"simulation.cli.{module_of(name)}"), module_of(name))
        for option, hint in get_type_hints(function, include_extras=True).items():
            takes, *more = get_args(hint) if get_origin(hint) is Annotated else (hint,)
            if {int, float} & {takes, *get_args(takes)} and any(None in {each.min, each.max} for each in more):
                unlimited.add((name, option))
    assert unlimited == CHECKED_BY_THE_COMMAND
