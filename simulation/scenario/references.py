"""Ids that refer to each other, in opening trust, levers and events; and ids that must differ."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from simulation.levers import Lever
from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import find_unknown, list_of, mapping_of, participants_of, settings_of
from simulation.vocabulary import LeverScope

_UNIT_SEPARATOR = "\x1f"
_LEVERS = frozenset(str(lever) for lever in Lever)
_AN = {"organisations": "an organisation", "contracts": "a contract", "programmes": "a programme"}


def find_reference_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find ids that name nothing, name the wrong kind, or are used twice."""
    yield from _check_ids(data)
    yield from find_pair_mistakes(("relationships", "overrides"), list_of(data, "relationships", "overrides"), data)
    yield from _check_levers(data)
    yield from _check_events(data)


def subject_digest(subject: str) -> bytes:
    """Return the 64 bits by which the draws know a subject (docs/model.md#randomness)."""
    return blake2b(subject.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def find_collisions(subjects: Mapping[str, Path], digest: Callable[[str], bytes] = subject_digest) -> Iterator[Finding]:
    """Find ids whose draws would be the same, because their 64-bit digests are.

    Args:
        subjects: Each subject of a draw with the path that names it.
        digest: The function that makes the digest of a text.
    """
    seen: dict[bytes, str] = {}
    for subject, path in subjects.items():
        first = seen.setdefault(digest(subject), subject)
        if first != subject:
            what = f"would get the same random draws as {first.replace(_UNIT_SEPARATOR, ' with ')}; change the id"
            yield Finding(path, what, at_key=True)


def _check_ids(data: dict[str, Any]) -> Iterator[Finding]:
    sections = {section: mapping_of(data, section) for section in ("organisations", "contracts", "programmes")}
    subjects: dict[str, Path] = {}
    for section, entries in sections.items():
        for name in entries:
            if name in subjects:
                what = f"is the id of {_AN[str(subjects[name][0])]} too; give it another"
                yield Finding((section, name), what, at_key=True)
            subjects.setdefault(name, (section, name))
    for name, participants in participants_of(data).items():
        for organisation in sorted(participants):
            subjects[f"{name}{_UNIT_SEPARATOR}{organisation}"] = subjects[name]
    yield from find_collisions(subjects)


def find_pair_mistakes(path: Path, entries: list[Any], data: dict[str, Any]) -> Iterator[Finding]:
    """Find pairs that name no organisation, one twice, no relationship, or a relationship that is given before.

    Args:
        path: The path of a list of entries, each with an organisation that trusts (of) and one that is trusted (in).
        entries: The entries; one that names no pair is passed over.
        data: The scenario's data.
    """
    organisations = mapping_of(data, "organisations")
    joined: dict[str, set[str]] = {}
    for name, participants in participants_of(data).items():
        for each in participants:
            joined.setdefault(each, set()).add(name)
    seen: dict[tuple[str, str], int] = {}
    for index, entry in enumerate(entries):
        ends = {side: mapping_of(entry).get(side) for side in ("of", "in")}
        if not organisations or not all(isinstance(end, str) for end in ends.values()):
            continue
        if unknown := [side for side, end in ends.items() if end not in organisations]:
            yield from (find_unknown((*path, index, side), str(ends[side]), organisations) for side in unknown)
            continue
        of, in_ = str(ends["of"]), str(ends["in"])
        first = seen.setdefault((of, in_), index)
        if of == in_:
            yield Finding((*path, index, "in"), "must be another organisation than the one that trusts", f'"{in_}"')
        elif first != index:
            what = f"is given twice: entry {first + 1} of the list has it too; remove one"
            yield Finding((*path, index), what, f"{of} in {in_}")
        elif _has_all(data, "programmes", "contracts") and joined.get(of, set()).isdisjoint(joined.get(in_, ())):
            what = "they share no programme or contract, so there is no relationship; remove it"
            yield Finding((*path, index), what, f"{of} in {in_}")


def _check_levers(data: dict[str, Any]) -> Iterator[Finding]:
    for path, name, setting in settings_of(data):
        if name in _LEVERS and isinstance(setting.get("only"), list):
            lever = Lever(name)
            yield from _check_only((*path, "only"), setting["only"], lever, lever.scope, data)


def _check_events(data: dict[str, Any]) -> Iterator[Finding]:
    organisations = mapping_of(data, "organisations")
    for index, event in enumerate(list_of(data, "events")):
        path: Path = ("events", index)
        organisation, only = mapping_of(event).get("organisation"), mapping_of(event).get("only")
        if organisations and isinstance(organisation, str) and organisation not in organisations:
            yield find_unknown((*path, "organisation"), organisation, organisations)
        if isinstance(only, list):
            yield from _check_only((*path, "only"), only, str(event.get("event")), LeverScope.ORGANISATION, data)


def _check_only(path: Path, only: list[Any], acting: str, scope: LeverScope, data: dict[str, Any]) -> Iterator[Finding]:
    """Find ids in `only` that do not exist, or are not of the kind that a lever or event acts on."""
    if not only:
        yield Finding(path, f"must name at least one {scope}, or be left out for all", "an empty list")
    right = {name: None for section in scope.sections for name in mapping_of(data, section)}
    for index, subject in enumerate(only):
        if not isinstance(subject, str) or subject in right or not _has_all(data, *scope.sections):
            continue
        wrong = next((section for section in _AN if subject in mapping_of(data, section)), None)
        if wrong is None:
            yield find_unknown((*path, index), subject, right, scope)
        else:
            acts_on = " and ".join(scope.sections)
            yield Finding((*path, index), f"{acting} acts on {acts_on}; {subject} is {_AN[wrong]}")


def _has_all(data: dict[str, Any], *sections: str) -> bool:
    """Return False where ids may be missing because a section is not well formed, or is of the first edition."""
    if "organisations" in sections:
        return bool(mapping_of(data, "organisations"))
    return "opportunities" not in data and all(isinstance(data.get(each, {}), dict) for each in sections)
