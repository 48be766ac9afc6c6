"""The version stands in one place, and the documents that repeat it agree."""

import re
import tomllib

import pytest

from simulation import __version__
from tests.architecture.sources import PACKAGE, name_of

pytestmark = pytest.mark.architecture

ROOT = PACKAGE.parent


def test_the_package_takes_its_version_from_the_module():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"] == {"path": "simulation/version.py"}
    written = {name_of(path) for path in PACKAGE.rglob("*.py") if __version__ in path.read_text(encoding="utf-8")}
    assert written == {"version.py"}


def test_the_citation_and_the_first_heading_of_the_changelog_agree_with_it():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [__version__]
    first, *_ = re.findall(r"^## (\S+), (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    version, released = first
    assert version == __version__
    dates = re.findall(r"^date-released: (.+)$", citation, re.MULTILINE)
    assert dates == ([] if released == "unreleased" else [released])
