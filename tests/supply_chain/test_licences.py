"""docs/licences.md says what the packages' metadata say, of every package of the locks and of nothing else."""

import re

import pytest

from tests.supply_chain.licences import DOCUMENT, OLDEST, npm_rows, rows, with_packages
from tests.supply_chain.packages import LOCKS, OWN_LOCK, ROOT, npm_packages, read_lock

pytestmark = pytest.mark.unit

TEXT = DOCUMENT.read_text(encoding="utf-8")
SHIPPED = {".py", ".js", ".css", ".j2", ".typ", ".yaml", ".typed", ".txt"}
"""Endings of the files of our own in the package; and of the typeface's licence."""

ROW = re.compile(r"^\| (\S+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
LISTED = {name: (licence, who) for name, licence, who in ROW.findall(TEXT)}


def test_every_package_of_both_locks_has_a_licence():
    for lock in LOCKS:
        names = {each.name for each in read_lock(lock).values()}
        assert names - LISTED.keys() == set(), "run make tables"
    assert [name for name, (licence, _) in LISTED.items() if not licence.strip()] == []


def test_licences_are_those_that_installed_packages_state():
    """Of those with one version in both locks: another version may state its licence in other words."""
    listed = read_lock(OLDEST)
    same = {each.name for name, each in read_lock(OWN_LOCK).items() if each.version == listed[name].version}
    assert len(same) > 150
    assert {name: licence for name, licence, _ in rows() if name in same} == {name: LISTED[name][0] for name in same}


@pytest.mark.skipif(OWN_LOCK != OLDEST, reason="the document lists the lock of the oldest Python")
def test_the_tables_are_as_written_from_the_packages():
    assert with_packages(TEXT) == TEXT, "run make tables"


def test_a_package_under_the_gpl_is_named_and_not_in_the_core():
    strict = {name: who for name, (licence, who) in LISTED.items() if re.search(r"\bA?GPL|General Public", licence)}
    assert strict == {"platypus-opt": "ema"}
    assert "Platypus" in TEXT


def test_packages_from_npm_are_for_developers_alone():
    assert all(about.get("dev") for about in npm_packages().values())
    assert {name for name, _, _ in npm_rows()} <= LISTED.keys()


def test_what_is_shipped_and_written_by_others_is_listed():
    """Fonts are the only such files: everything else is text of our own."""
    binary = {path for path in (ROOT / "simulation").rglob("*") if path.suffix in {".ttf", ".otf", ".woff", ".woff2"}}
    assert {path.parent.name for path in binary} == {"fonts"}
    others = [path for path in (ROOT / "simulation").rglob("*") if path.suffix not in SHIPPED and path.is_file()]
    assert [path for path in others if path not in binary and "__pycache__" not in path.parts] == []
