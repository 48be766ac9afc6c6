"""Every function that the documents show takes a path as text too."""

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import simulation
from simulation import analysis, charts, load_scenario, run_comparison, with_levers, write_paper

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[1]
IMPORTED = re.compile(r"^from (simulation[\w.]*) import ([\w, ]+)$", re.MULTILINE)


def parts_of(hint):
    """The types of a union, those of its members too."""
    return {str(hint)}.union(*map(parts_of, get_args(hint)))


def shown():
    """What the documents import, and whatever the three rooms for users hold."""
    for room in (simulation, analysis, charts):
        yield from ((name, getattr(room, name)) for name in room.__all__)
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for module, names in IMPORTED.findall(page.read_text(encoding="utf-8")):
            yield from ((name, getattr(import_module(module), name)) for name in names.split(", "))


def functions():
    for name, thing in shown():
        if inspect.isclass(thing):
            ours = inspect.getmembers(thing, lambda each: inspect.isfunction(each) or inspect.ismethod(each))
            yield from (
                (f"{name}.{key}", each)
                for key, each in ours
                if key[0] != "_" and each.__module__.startswith("simulation")
            )
        elif inspect.isfunction(thing):
            yield name, thing


def hints_of(function):
    try:
        return get_type_hints(function)
    except NameError:  # a type that is imported for checking alone
        return function.__annotations__


def test_whatever_takes_a_path_takes_text():
    found = {
        (where, name): parts_of(hint)
        for where, function in functions()
        for name, hint in hints_of(function).items()
        if name != "return" and "pathlib" in str(hint)
    }
    assert found.keys() >= {("write_paper", "folder"), ("publish", "folder"), ("run_batch", "folder")}
    assert [at for at, types in found.items() if str(str) not in types] == []


def test_a_paper_is_written_to_a_folder_and_from_a_template_named_as_text(tmp_path):
    from docx import Document

    Document().save(tmp_path / "own.docx")
    place = load_scenario(ROOT / "scenarios/two-trusts.yaml")
    results = run_comparison({"a": place, "b": with_levers(place, coaching=1)}, replicates=4, seed=1)
    files = write_paper(results, str(tmp_path / "paper"), formats=("docx",), template=str(tmp_path / "own.docx"))
    assert files[0] == tmp_path / "paper/board-paper.docx"
    assert files[0].is_file()
