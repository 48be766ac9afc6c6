"""The core has few dependencies, and what is heavy is an extra."""

import re
import tomllib

import pytest

from tests.architecture.sources import PACKAGE

pytestmark = pytest.mark.architecture

PROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
MOST = 19


def named(requirements):
    return {re.match(r"[\w-]+", requirement).group() for requirement in requirements}


def test_the_core_has_at_most_nineteen_dependencies_and_none_of_an_extra():
    core = named(PROJECT["dependencies"])
    assert len(core) <= MOST
    for extra, requirements in EXTRAS.items():
        assert not core & named(requirements), extra


def test_developers_have_every_extra_but_the_one_that_is_tried_apart():
    (own,) = (line for line in EXTRAS["dev"] if line.startswith(PROJECT["name"]))
    assert set(re.findall(r"\w+", own.partition("[")[2])) == EXTRAS.keys() - {"dev", "solara"}
