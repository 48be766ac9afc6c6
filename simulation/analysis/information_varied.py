"""Columns, names and groups of what differs between points, and so can be found out."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats
from simulation.analysis.choices import Choice, varied_parameters
from simulation.analysis.information_groups import GROUPS, LEVERS, OWN_NUMBERS, TRUST
from simulation.experiment.addresses import parse_address
from simulation.parameters import TABLE
from simulation.results.case_labels import address_words
from simulation.scenario.every import EVERY
from simulation.scenario.schema import Scenario

_LABELS = {row.name: row.label for row in TABLE}
_NAMED = {"organisations": "name", "programmes": "title", "contracts": "title"}
"""Fields of a scenario whose entries have a name of their own, and the field that holds it."""

_IN_WORDS = {"from": "start month", "until": "last month", "set_up_cost": "set-up cost", "skills": "skill"}


class InquiryKind(StrEnum):
    """The kinds of things that can be found out."""

    PARAMETER = "parameter"
    OWN_NUMBER = "own number"
    VARIED = "varied"
    """Anything else that the experiment itself varies, such as a programme's value."""
    GROUP = "group"


class Varied(NamedTuple):
    """Something that differs between points."""

    name: str
    label: str
    kind: InquiryKind
    values: Floats
    """`[point]`: its numbers, or numbers that stand for its words."""
    is_words: bool = False


class Asked(NamedTuple):
    """Something that can be found out, with its columns."""

    name: str
    label: str
    kind: InquiryKind
    members: tuple[str, ...]
    columns: Floats
    """`[point, column]`."""
    words: tuple[int, ...]
    """Indices of the columns whose numbers stand for words."""


def find_varied(choices: Sequence[Choice], known: NDArray[np.bool_], place: Scenario) -> tuple[Varied, ...]:
    """Return what differs between the points: parameters, the place's own numbers, and whatever else was varied.

    Args:
        choices: Those that are open; all have the same points. What changes nothing with any of them is left out.
        known: True for the points that count, `[point]`.
        place: The place, for the names of its parts.
    """
    choice = choices[0]
    found = [
        *_numbers(varied_parameters(*choices), InquiryKind.PARAMETER, known, place),
        *_numbers(choice.own_numbers, InquiryKind.OWN_NUMBER, known, place),
        *_numbers(choice.other_numbers, InquiryKind.VARIED, known, place),
    ]
    for name, words in choice.words.items():
        kind = InquiryKind.PARAMETER if name in _LABELS else InquiryKind.VARIED
        codes = np.unique(words[known], return_inverse=True)[1].astype(np.float64)
        found.append(Varied(name, _label(name, kind, place), kind, codes, is_words=True))
    return tuple(each for each in found if np.ptp(each.values) > 0)


def asked_of(varied: Sequence[Varied]) -> Iterator[Asked]:
    """Yield the groups, then everything by itself.

    A group of one that is no parameter has its name.

    Args:
        varied: What differs between the points.
    """
    for group in (*GROUPS, OWN_NUMBERS):
        members = [each for each in varied if _group_of(each) == group.name]
        members.sort(
            key=lambda each: group.parameters.index(each.name) if each.name in group.parameters else len(TABLE)
        )
        if members:
            alone = len(members) == 1 and members[0].kind is not InquiryKind.PARAMETER
            yield _asked(group.name, members[0].label if alone else group.label, InquiryKind.GROUP, members)
    for each in varied:
        yield _asked(each.name, each.label, each.kind, [each])


def varied_at_all(choices: Sequence[Choice]) -> bool:
    """Return True if anything differs between the points.

    Args:
        choices: Those that are open; all have the same points.
    """
    choice = choices[0]
    columns = (varied_parameters(*choices), choice.own_numbers, choice.other_numbers, choice.words)
    return any(len(np.unique(values)) > 1 for each in columns for values in each.values())


def _numbers(
    columns: Mapping[str, Floats], kind: InquiryKind, known: NDArray[np.bool_], place: Scenario
) -> Iterator[Varied]:
    for name, values in columns.items():
        yield Varied(name, _label(name, kind, place), kind, values[known])


def _asked(name: str, label: str, kind: InquiryKind, members: Sequence[Varied]) -> Asked:
    return Asked(
        name=name,
        label=label,
        kind=kind,
        members=tuple(each.name for each in members),
        columns=np.column_stack([each.values for each in members]),
        words=tuple(index for index, each in enumerate(members) if each.is_words),
    )


def _group_of(each: Varied) -> str | None:
    """Return the group that something is found out in: a lever's strength is what the lever does."""
    if each.kind is InquiryKind.PARAMETER:
        return next((group.name for group in GROUPS if each.name in group.parameters), None)
    top, *inside = parse_address(each.name)
    if top == "relationships":
        return TRUST.name
    return LEVERS.name if top == "levers" and inside[-1] == "strength" else OWN_NUMBERS.name


def _label(name: str, kind: InquiryKind, place: Scenario) -> str:
    """Return a name in a board's words: a parameter by its label, a number of the place by whose it is."""
    if kind is InquiryKind.PARAMETER:
        return _LABELS.get(name, name)
    top, *inside = parse_address(name)
    match inside:
        case []:
            return f"the {address_words(name)}"
        case [str(entry), *rest] if top in _NAMED and rest and entry != EVERY:
            held = getattr(place, str(top)).get(entry)
            title = getattr(held, _NAMED[str(top)], None)
            named = entry.replace("_", " ") if title is None else title if top == "organisations" else f"“{title}”"
            return f"{_part_words(rest)} of {named}"
        case _:
            if top == "levers":
                lever, *rest = inside
                index = f"[{rest.pop(0)}]" if rest and isinstance(rest[0], int) else ""
                return address_words(f"levers.{lever}{'' if index == '[0]' else index}.{'.'.join(map(str, rest))}")
            parts = [str(each + 1) if isinstance(each, int) else each for each in inside]
            return address_words(".".join([str(top), *parts]))


def _part_words(parts: Sequence[str | int]) -> str:
    """Return the parts of an address below an entry in words: the value; the shares (hospital)."""
    first, *rest = [
        str(part + 1) if isinstance(part, int) else _IN_WORDS.get(part, part).replace("_", " ") for part in parts
    ]
    return f"the {first} ({' '.join(rest)})" if rest else f"the {first}"
