"""Mistakes in programmes: value and shares, or what each saves; activity between providers."""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.contracts import check_role
from simulation.scenario.problems import Finding, Path, closest
from simulation.scenario.raw_data import list_of, mapping_of, number_of, participants_of

_TOLERANCE = 0.001
_LARGEST_SHARE = 10


def find_programme_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find programmes whose saving or activity does not hold together."""
    organisations = mapping_of(data, "organisations")
    participants = participants_of(data)
    for name, entry in mapping_of(data, "programmes").items():
        if isinstance(entry, dict):
            path: Path = ("programmes", name)
            yield from _check_saving(path, entry)
            yield from _check_names(path, entry, organisations)
            yield from _check_activity(path, entry, organisations)
            given = isinstance(entry.get("shares"), dict) or isinstance(entry.get("saves"), dict)
            if given and len(participants[name]) < 2:
                yield Finding(path, "must have at least two participants, in shares or in activity")


def _check_saving(path: Path, entry: dict[str, Any]) -> Iterator[Finding]:
    given = [field for field in ("value", "shares", "saves") if field in entry]
    if "saves" in given and len(given) > 1:
        yield Finding((*path, "saves"), f"stands in place of value and shares; remove {' and '.join(given[:-1])}")
    elif given == ["value"]:
        yield Finding((*path, "shares"), "is missing: the part of the saving in cost that falls to each")
    elif given == ["shares"]:
        yield Finding((*path, "value"), "is missing: the saving in cost of all together, in £m a year")
    elif not given:
        yield Finding(path, "says what it saves neither by value and shares nor by saves; give one of them")
    shares, saves = _known(mapping_of(entry, "shares")), _known(mapping_of(entry, "saves"))
    if shares and all(abs(share) <= _LARGEST_SHARE for share in shares) and abs(sum(shares) - 1) > _TOLERANCE:
        yield Finding((*path, "shares"), "shares must add up to 1", f"they add up to {round(sum(shares), 6):g}")
    if saves and sum(saves) <= 0:
        what = "what it saves must be more than what it costs"
        yield Finding((*path, "saves"), what, f"they add up to {round(sum(saves), 6):g}")


def _known(written: dict[str, Any]) -> list[float]:
    """Return the numbers of a mapping; none unless all of them are numbers."""
    numbers = [number_of(each) for each in written.values()]
    return [each for each in numbers if each is not None] if None not in numbers else []


def _check_names(path: Path, entry: dict[str, Any], organisations: dict[str, Any]) -> Iterator[Finding]:
    for field in ("shares", "saves"):
        for organisation in mapping_of(entry, field):
            if organisations and organisation not in organisations:
                suggestion = closest(organisation, organisations)
                what, given = "unknown organisation", f'"{organisation}"'
                yield Finding((*path, field, organisation), what, given, suggestion, at_key=True)


def _check_activity(path: Path, entry: dict[str, Any], organisations: dict[str, Any]) -> Iterator[Finding]:
    for index, move in enumerate(list_of(entry, "activity")):
        if not isinstance(move, dict):
            continue
        here: Path = (*path, "activity", index)
        ends = {end: move[end] for end in ("from", "to") if isinstance(move.get(end), str)}
        if not {"from", "to"} & set(move):
            yield Finding(here, "must say from which provider activity moves, to which, or both")
        for end, organisation in ends.items():
            if organisations:
                yield from check_role((*here, end), organisation, "provider", organisations)
        if len(ends) == 2 and ends["from"] == ends["to"]:
            yield Finding(
                (*here, "to"), "must be another provider than the one that activity leaves", f'"{ends["to"]}"'
            )
