"""Mistakes in programmes: value and shares, or what each saves; activity between providers."""

from collections.abc import Iterator
from math import fsum
from typing import Any

from simulation.scenario.contracts import check_role
from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import find_unknown, list_of, mapping_of, number_of

_TOLERANCE = 0.001
_LARGEST_SHARE = 10
MOST_AS_SHARES = 2
"""The most that shares may add up to before they are taken for amounts of money."""
_PER_CENT = 100
_ENDS = ("from", "to")


def find_programme_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find programmes whose saving or activity does not hold together."""
    organisations = mapping_of(data, "organisations")
    for name, entry in mapping_of(data, "programmes").items():
        if isinstance(entry, dict):
            path: Path = ("programmes", name)
            yield from _check_form(path, entry)
            yield from _check_sums(path, entry)
            yield from _check_names(path, entry, organisations)
            yield from _check_activity(path, entry, organisations)


def _check_form(path: Path, entry: dict[str, Any]) -> Iterator[Finding]:
    given = [field for field in ("value", "shares", "saves") if field in entry]
    if "saves" in given and len(given) > 1:
        yield Finding((*path, "saves"), f"replaces value and shares; remove it, or {' and '.join(given[:-1])}")
    elif given == ["value"]:
        yield Finding((*path, "shares"), "is missing: the part of the saving in cost that falls to each")
    elif given == ["shares"]:
        yield Finding((*path, "value"), "is missing: the saving in cost of all together, in £m a year")
    elif not given:
        yield Finding(path, "has no saving; give value and shares, or saves")


def _check_sums(path: Path, entry: dict[str, Any]) -> Iterator[Finding]:
    shares = _numbers_of(entry, "shares")
    if are_per_cent(entry):
        yield Finding((*path, "shares"), "shares must add up to 1: write 0.5 for 50%", "they add up to 100")
    elif shares and all(abs(share) <= _LARGEST_SHARE for share in shares.values()):
        whole = fsum(shares.values())
        if abs(whole - 1) > _TOLERANCE:
            hint = "; if these are £m a year, write them as saves, without value" if whole > MOST_AS_SHARES else ""
            yield Finding((*path, "shares"), f"shares must add up to 1{hint}", f"they add up to {round(whole, 6):g}")
    saves = _numbers_of(entry, "saves")
    value = fsum(saves.values())
    if saves and value <= 0:
        what = "savings must be more than the costs; they must add up to more than 0"
        yield Finding((*path, "saves"), what, f"they add up to {round(value, 6):g}")
    elif len(saves) > 1:
        for organisation, saving in saves.items():
            if abs(saving) > _LARGEST_SHARE * value:
                what = f"must be at most {_LARGEST_SHARE} times what all save together, {value:g}"
                yield Finding((*path, "saves", organisation), what, f"{saving:g}")


def are_per_cent(entry: dict[str, Any]) -> bool:
    """Return True if the shares of a programme were typed as per cent: they add up to 100."""
    return abs(fsum(_numbers_of(entry, "shares").values()) - _PER_CENT) <= _PER_CENT * _TOLERANCE


def _numbers_of(entry: dict[str, Any], field: str) -> dict[str, float]:
    """Return the numbers of a mapping; none unless all of its values are numbers."""
    written = mapping_of(entry, field)
    numbers = {name: number for name, raw in written.items() if (number := number_of(raw)) is not None}
    return numbers if len(numbers) == len(written) else {}


def _check_names(path: Path, entry: dict[str, Any], organisations: dict[str, Any]) -> Iterator[Finding]:
    for field in ("shares", "saves"):
        for organisation in mapping_of(entry, field):
            if organisations and organisation not in organisations:
                yield find_unknown((*path, field, organisation), organisation, organisations, at_key=True)


def _check_activity(path: Path, entry: dict[str, Any], organisations: dict[str, Any]) -> Iterator[Finding]:
    for index, move in enumerate(list_of(entry, "activity")):
        if not isinstance(move, dict):
            continue
        here: Path = (*path, "activity", index)
        if not any(end in move for end in _ENDS):
            yield Finding(here, "must say which provider it moves from, which it moves to, or both")
        ends = {end: move[end] for end in _ENDS if isinstance(move.get(end), str)}
        if len(ends) == len(_ENDS) and ends["from"] == ends["to"]:
            what = "must be another provider than the one that it moves from"
            yield Finding((*here, "to"), what, f'"{ends["to"]}"')
            del ends["to"]
        for end, organisation in ends.items():
            yield from check_role((*here, end), organisation, "provider", organisations)
