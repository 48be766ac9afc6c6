"""The locks: exact, hashed, complete, and without an address."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply_chain.packages import CONFIGURATION, LOCKS, OWN_LOCK, PROJECT, closure, read_lock, users

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_an_exact_version_with_hashes(lock):
    entries = read_lock(lock).values()
    assert len(entries) > 100
    assert [each.name for each in entries if not each.hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address_or_an_option(lock):
    text = LOCKS[lock].read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--(?!hash=)|@|\bfile:).*", text) == []


def test_everything_that_setup_installs_is_in_the_lock():
    """Nothing can be installed beyond a lock with --no-deps, and nothing without a hash with --require-hashes."""
    needed = closure([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
    assert needed - read_lock(OWN_LOCK).keys() == set()


def test_the_lock_holds_nothing_that_nobody_needs():
    assert read_lock(OWN_LOCK).keys() - users().keys() == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_the_versions_are_those_that_the_project_allows(lock):
    """`make lock` was run since a dependency was added or its range changed."""
    locked = read_lock(lock)
    extras = PROJECT["optional-dependencies"]
    asked = [*PROJECT["dependencies"], *CONFIGURATION["build-system"]["requires"], *extras["dev"]]
    asked += [each for name, some in extras.items() if name != "solara" for each in some]
    for each in map(Requirement, asked):
        name = canonicalize_name(each.name)
        if name != PROJECT["name"]:
            assert name in locked, f"{each} is not in {LOCKS[lock].name}: make lock"
            assert each.specifier.contains(locked[name].version), f"{each}: {LOCKS[lock].name} has another version"
