"""Ids that refer to each other, in opening trust, levers and events; and ids that must differ."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from typing import Any

from simulation.levers import Lever
from simulation.scenario.problems import Finding, Path, closest
from simulation.scenario.raw_data import list_of, mapping_of, participants_of, settings_of
from simulation.vocabulary import LeverScope

_UNIT_SEPARATOR = "\x1f"
_LEVERS = frozenset(str(lever) for lever in Lever)
_AN = {"organisations": "an organisation", "contracts": "a contract", "programmes": "a programme"}
_SECTIONS: dict[LeverScope, tuple[str, ...]] = {
    LeverScope.ORGANISATION: ("organisations",),
    LeverScope.CONTRACT: ("contracts",),
    LeverScope.PROGRAMME: ("programmes",),
    LeverScope.OPPORTUNITY: ("programmes", "contracts"),
}
"""The sections of a file whose ids a lever acts on."""


def find_reference_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find ids that name nothing, name the wrong kind, or are used twice."""
    yield from _check_ids(data)
    yield from _check_overrides(data)
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


def _check_overrides(data: dict[str, Any]) -> Iterator[Finding]:
    organisations = mapping_of(data, "organisations")
    together = list(participants_of(data).values())
    seen: dict[tuple[str, str], int] = {}
    for index, override in enumerate(list_of(data, "relationships", "overrides")):
        path: Path = ("relationships", "overrides", index)
        ends = {side: mapping_of(override).get(side) for side in ("of", "in")}
        if not organisations or not all(isinstance(end, str) for end in ends.values()):
            continue
        if unknown := [side for side, end in ends.items() if end not in organisations]:
            yield from (_unknown((*path, side), ends[side], organisations) for side in unknown)
            continue
        of, in_ = str(ends["of"]), str(ends["in"])
        first = seen.setdefault((of, in_), index)
        if of == in_:
            yield Finding((*path, "in"), "must be another organisation than the one that trusts", f'"{in_}"')
        elif first != index:
            yield Finding(
                path, f"is given twice: relationships.overrides[{first}] has it too; remove one", f"{of} in {in_}"
            )
        elif not any({of, in_} <= participants for participants in together):
            yield Finding(path, "they share no opportunity, so there is no relationship; remove it", f"{of} in {in_}")


def _check_levers(data: dict[str, Any]) -> Iterator[Finding]:
    for path, name, setting in settings_of(data):
        only = setting.get("only")
        if name not in _LEVERS or not isinstance(only, list):
            continue
        lever = Lever(name)
        if not only:
            what = f"must name at least one {lever.scope}, or be left out for all"
            yield Finding((*path, "only"), what, "an empty list")
        for index, subject in enumerate(only):
            if isinstance(subject, str):
                yield from _check_subject((*path, "only", index), lever, subject, data)


def _check_subject(path: Path, lever: Lever, subject: str, data: dict[str, Any]) -> Iterator[Finding]:
    right = {name for section in _SECTIONS[lever.scope] for name in mapping_of(data, section)}
    if subject in right or not right:
        return
    wrong = next((section for section in _AN if subject in mapping_of(data, section)), None)
    if wrong is not None:
        acts_on = " and ".join(_SECTIONS[lever.scope])
        yield Finding(path, f"{lever} acts on {acts_on}; {subject} is {_AN[wrong]}")
    else:
        yield Finding(path, f"unknown {lever.scope}", f'"{subject}"', closest(subject, right))


def _check_events(data: dict[str, Any]) -> Iterator[Finding]:
    organisations = mapping_of(data, "organisations")
    for index, event in enumerate(list_of(data, "events")):
        organisation = mapping_of(event).get("organisation")
        if organisations and isinstance(organisation, str) and organisation not in organisations:
            yield _unknown(("events", index, "organisation"), organisation, organisations)
        only = mapping_of(event).get("only")
        if only == []:
            what = "must name at least one organisation, or be left out for all"
            yield Finding(("events", index, "only"), what, "an empty list")
        for position, each in enumerate(only if isinstance(only, list) else ()):
            if organisations and isinstance(each, str) and each not in organisations:
                yield _unknown(("events", index, "only", position), each, organisations)


def _unknown(path: Path, given: Any, organisations: dict[str, Any]) -> Finding:
    return Finding(path, "unknown organisation", f'"{given}"', closest(given, organisations))
