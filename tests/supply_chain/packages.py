"""The packages of the locks: their versions and hashes, the packages they need, and the licences that they state."""

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageMetadata, metadata, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = {name: ROOT / "requirements" / f"python{name}.txt" for name in ("3.11", "3.13")}
OWN_LOCK = "3.11" if sys.version_info < (3, 12) else "3.13"
"""The lock from which `make setup` makes this environment."""

CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = CONFIGURATION["project"]
DEVELOPERS = "developers"
NOT_LISTED = {"dev", "solara"}
"""Extras without a name in the table: the first is all others and the developers' tools, the second is in no lock."""

_ENTRY = re.compile(r"^([a-z0-9.-]+)==(\S+?)(?: ; [^\\]*)?((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$")


@dataclass(frozen=True)
class Locked:
    """One package of a lock.

    Attributes:
        name: Its name as package indexes write it.
        version: Its exact version.
        hashes: SHA-256 of each file that may be installed.
    """

    name: str
    version: str
    hashes: tuple[str, ...]


@cache
def read_lock(name: str) -> dict[str, Locked]:
    """Return the packages of a lock by name; a line that is no entry of one is an error."""
    text = LOCKS[name].read_text(encoding="utf-8")
    found = {}
    for entry in re.split(r"\n(?=\S)", text.rstrip("\n")):
        match = _ENTRY.fullmatch(entry)
        assert match, f"{LOCKS[name].name}: not an exact version: {entry.splitlines()[0]}"
        hashes = tuple(re.findall(r"sha256:([0-9a-f]{64})", match[3]))
        found[canonicalize_name(match[1])] = Locked(match[1], match[2], hashes)
    return found


def needed_by(package: str, extras: Iterable[str] = ()) -> set[tuple[str, frozenset[str]]]:
    """Return the packages that an installed package needs here, each with the extras that are asked of it."""
    return named([Requirement(each) for each in requires(package) or ()], extras)


def named(requirements: Iterable[Requirement], extras: Iterable[str] = ()) -> set[tuple[str, frozenset[str]]]:
    """Return names and extras of those requirements that apply to this Python and this machine."""
    settings = [{"extra": extra} for extra in ("", *extras)]
    return {
        (canonicalize_name(each.name), frozenset(each.extras))
        for each in requirements
        if each.marker is None or any(each.marker.evaluate(setting) for setting in settings)
    }


def closure(requirements: Iterable[str]) -> set[str]:
    """Return the names of everything that requirements bring with them, as the installed packages say."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = list(named(map(Requirement, requirements)))
    while waiting:
        each = waiting.pop()
        if each in seen or each[0] == PROJECT["name"]:
            continue
        seen.add(each)
        waiting += needed_by(*each)
    return {name for name, _ in seen}


@cache
def users() -> dict[str, str]:
    """Return for each package who needs it: `core`, the extras in alphabetical order, or the developers alone."""
    extras = PROJECT["optional-dependencies"]
    found: dict[str, list[str]] = {name: ["core"] for name in closure(PROJECT["dependencies"])}
    for extra in sorted(extras.keys() - NOT_LISTED):
        for name in closure(extras[extra]):
            found.setdefault(name, [])
            found[name] += [] if found[name] == ["core"] else [extra]
    for name in closure(extras["dev"]):
        found.setdefault(name, [DEVELOPERS])
    return {name: ", ".join(who) for name, who in found.items()}


def licence_of(package: str) -> str:
    """Return a package's licence as its own metadata state it."""
    about: PackageMetadata = metadata(package)
    expression, text = about.get("License-Expression"), (about.get("License") or "").strip()
    kinds = [each.split(" :: ")[-1] for each in about.get_all("Classifier") or () if each.startswith("License :: ")]
    if expression:
        return str(expression)
    if kinds:
        return ", ".join(sorted(kinds))
    return text if text and len(text) < 60 and text != "UNKNOWN" else _LICENCES.get(package, "")


_LICENCES = {
    "axe-playwright-python": "MIT License, and axe-core in it Mozilla Public License 2.0",
    "graphemeu": "MIT License",
    "platypus-opt": "GNU General Public License version 3",
}
"""Licences of packages whose metadata state them in a long text or not at all, read from their files."""


def npm_packages() -> dict[str, dict[str, Any]]:
    """Return the packages of package-lock.json by name: tools of developers, none of which is shipped."""
    every = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {path.rpartition("node_modules/")[2]: about for path, about in every.items() if path}
