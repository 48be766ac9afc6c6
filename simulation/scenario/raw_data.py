"""Look-ups in a file's data before it is validated; parts of an unexpected kind are passed over."""

from collections.abc import Iterable, Iterator
from math import isfinite
from typing import Any

from simulation.known_names import closest
from simulation.scenario.problems import Finding, Path

SIDES = ("commissioner", "provider")
"""The two sides of a contract, which are also the two roles."""


def mapping_of(data: Any, *path: str | int) -> dict[str, Any]:
    """Return the mapping at a path, empty if there is none."""
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def list_of(data: Any, *path: str) -> list[Any]:
    """Return the list at a path, empty if there is none."""
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, list) else []


def settings_of(data: Any) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Yield every setting of every lever: its path, the lever and the setting."""
    for lever, settings in mapping_of(data, "levers").items():
        if isinstance(settings, dict):
            yield ("levers", lever), lever, settings
        for index, setting in enumerate(settings if isinstance(settings, list) else ()):
            if isinstance(setting, dict):
                yield ("levers", lever, index), lever, setting


def participants_of(data: Any) -> dict[str, set[str]]:
    """Return the organisations that each contract and programme names, by id of the contract or programme."""
    found: dict[str, set[str]] = {}
    for name, entry in mapping_of(data, "contracts").items():
        found[name] = {side for side in (mapping_of(entry).get(each) for each in SIDES) if isinstance(side, str)}
    for name, entry in mapping_of(data, "programmes").items():
        moved = [mapping_of(move).get(end) for move in list_of(entry, "activity") for end in ("from", "to")]
        named = {end for end in moved if isinstance(end, str)}
        found[name] = {*mapping_of(entry, "shares"), *mapping_of(entry, "saves"), *named}
    return found


def number_of(raw: Any) -> float | None:
    """Return a number that is written bare or with its source; None if it is neither."""
    value = raw.get("value") if isinstance(raw, dict) else raw
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:
        return None


def find_unknown(
    path: Path, given: str, known: Iterable[str], kind: str = "organisation", *, at_key: bool = False
) -> Finding:
    """Return the mistake of an id that names nothing, with the id that was probably meant.

    Args:
        path: Path of the field that names it.
        given: The id.
        known: The ids that it may be.
        kind: The kind of thing that it should name.
        at_key: True if the file has it as a name and not as a value.
    """
    return Finding(path, f"unknown {kind}", f'"{given}"', closest(given, known), at_key)
