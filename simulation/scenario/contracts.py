"""Mistakes in contracts: who stands where, and pairs that have two."""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.problems import Finding, Path, closest
from simulation.scenario.raw_data import SIDES, mapping_of


def find_contract_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find contracts whose sides do not exist, have the other role, or have a contract already."""
    organisations = mapping_of(data, "organisations")
    seen: dict[frozenset[str], str] = {}
    for name in mapping_of(data, "contracts"):
        path: Path = ("contracts", name)
        sides = {side: mapping_of(data, *path).get(side) for side in SIDES}
        if not organisations or not all(isinstance(each, str) for each in sides.values()):
            continue
        for side, each in sides.items():
            yield from check_role((*path, side), str(each), side, organisations)
        pair = frozenset(map(str, sides.values()))
        first = seen.setdefault(pair, name)
        if first != name and len(pair) == len(SIDES):
            yield Finding(path, f"{' and '.join(sorted(pair))} have a contract already, {first}; make the two one")


def check_role(
    path: Path, organisation: str, role: str, organisations: dict[str, Any], *, at_key: bool = False
) -> Iterator[Finding]:
    """Find an organisation that does not exist, or has another role than its place in the file asks for.

    Args:
        path: Where it is named.
        organisation: Its id.
        role: The role that its place asks for.
        organisations: All organisations, by id.
        at_key: True if the file names it as a key.
    """
    if organisation not in organisations:
        suggestion = closest(organisation, organisations)
        yield Finding(path, "unknown organisation", f'"{organisation}"', suggestion, at_key)
        return
    has = mapping_of(organisations, organisation).get("role")
    if isinstance(has, str) and has in SIDES and has != role:
        yield Finding(path, f"must be a {role}; {organisation} is a {has}")
