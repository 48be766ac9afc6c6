"""The core has few dependencies, and what is heavy is an extra."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.sources import PACKAGE

pytestmark = pytest.mark.architecture

CONFIGURATION = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = CONFIGURATION["project"]
EXEMPTIONS = CONFIGURATION["tool"]["deptry"]["per_rule_ignores"]
EXTRAS = PROJECT["optional-dependencies"]
MOST = 19


def named(requirements):
    return {re.match(r"[\w-]+", requirement).group() for requirement in requirements}


def test_the_core_has_at_most_nineteen_dependencies_and_none_of_an_extra():
    core = named(PROJECT["dependencies"])
    assert len(PROJECT["dependencies"]) == len(core) <= MOST
    for extra, requirements in EXTRAS.items():
        assert not core & named(requirements), extra


def test_developers_have_every_extra_but_the_one_that_is_tried_apart():
    (own,) = (line for line in EXTRAS["dev"] if line.startswith(PROJECT["name"]))
    assert set(re.findall(r"\w+", own.partition("[")[2])) == EXTRAS.keys() - {"dev", "solara"}


def test_every_package_that_is_imported_is_declared():
    """By deptry, which names each import that neither the core nor an extra declares, and each that nobody imports."""
    done = subprocess.run(
        [sys.executable, "-m", "deptry", "--no-ansi", "simulation"],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "DEP001" not in EXEMPTIONS
    assert "DEP003" not in EXEMPTIONS, "declare it, even if another package brings it along"
