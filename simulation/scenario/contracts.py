"""Mistakes in contracts: their two sides, and pairs that have two."""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import SIDES, find_unknown, mapping_of


def find_contract_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find contracts whose sides do not exist, have the other role, or have a contract already."""
    organisations = mapping_of(data, "organisations")
    seen: dict[frozenset[str], str] = {}
    for name in mapping_of(data, "contracts"):
        path: Path = ("contracts", name)
        entry = mapping_of(data, *path)
        sides = {side: entry[side] for side in SIDES if isinstance(entry.get(side), str)}
        pair = frozenset(sides.values())
        if len(sides) == len(SIDES) and len(pair) == 1:
            what = "must be another organisation than the commissioner"
            yield Finding((*path, "provider"), what, f'"{sides["provider"]}"')
            continue
        for side, each in sides.items():
            yield from check_role((*path, side), each, side, organisations)
        first = seen.setdefault(pair, name) if len(pair) == len(SIDES) else name
        if first != name:
            what = f"{' and '.join(sorted(pair))} have a contract already, {first}; make one contract of the two"
            yield Finding(path, what, at_key=True)


def check_role(path: Path, organisation: str, role: str, organisations: dict[str, Any]) -> Iterator[Finding]:
    """Find an organisation that does not exist, or has another role than a field asks for.

    Args:
        path: Path of the field that names it.
        organisation: Its id.
        role: The role that the field asks for.
        organisations: All organisations, by id; nothing is found if there are none.
    """
    if not organisations:
        return
    if organisation not in organisations:
        yield find_unknown(path, organisation, organisations)
        return
    has = mapping_of(organisations, organisation).get("role")
    if isinstance(has, str) and has in SIDES and has != role:
        yield Finding(path, f"must be a {role}; {organisation} is a {has}")
