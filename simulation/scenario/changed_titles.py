"""Titles of changed scenarios: each says what was changed, so that no two of them are taken for one."""

import re
import sys
from collections.abc import Sequence
from typing import Any
from zlib import crc32

from simulation.formatting import as_written, counted, month_words
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.changes import NO_JOINT_ACTION
from simulation.scenario.entries import Setting
from simulation.scenario.raw_data import number_of
from simulation.scenario.schema import Scenario

_MOST = 120
"""Characters that a title has with its changes; those that do not fit are counted."""

_CUT = re.compile(r", (\d+) (?:more )?changes? \[[0-9a-f]{8}\]$")
_LABELS = {row.name: row.label for row in TABLE}


def titled(before: Scenario, after: Scenario, gone: Sequence[str], said: Sequence[str]) -> Scenario:
    """Return a changed scenario whose title says what was changed; the scenario before if nothing was.

    Args:
        before: The scenario before the change.
        after: The scenario after it, still with the title that it had.
        gone: What no longer holds, in the words that a title has of it.
        said: What holds now, a change each.
    """
    if before == after:
        return before
    uses_levers = after.levers and after.levers != before.levers
    title = before.title.removesuffix(NO_JOINT_ACTION) if uses_levers else before.title
    for each in gone:
        title = f"{title}, ".replace(f", {each}, ", ", ", 1).removesuffix(", ")
    # The same object for the same text, so that scenarios that are alike are found quickly.
    return after.model_copy(update={"title": sys.intern(_with_changes(title, said))})


def lever_words(lever: Lever, settings: Sequence[Setting]) -> str:
    """Return how a lever is used, such as "coaching at 0.5 from Dec 2016"; "no coaching" without a setting."""
    label = _small(lever.label)
    return f"{label} {' and '.join(map(_setting_words, settings))}" if settings else f"no {label}"


def parameter_words(name: str, value: Any) -> str:
    """Return what is assumed, such as "opening trust 0.3"; None is the default."""
    return f"{_small(_LABELS[name])} {'as by default' if value is None else _value(value)}"


def event_words(event: Any) -> str:
    """Return an event, such as "leader change meht Dec 2016"."""
    fields = event.model_dump(mode="json", by_alias=True, exclude_none=True)
    kind = str(fields.pop("event")).replace("_", " ")
    return " ".join([kind, *(_field_words(name, value) for name, value in fields.items())])


def contract_words(fields: Sequence[tuple[str, Any]], chosen: Sequence[str], *, every: bool) -> list[str]:
    """Return what changes in some contracts, such as "payment block in all contracts".

    Args:
        fields: Names and values of what changes; None is what it is if left out.
        chosen: Ids of the contracts.
        every: True if they are all that the place has.
    """
    where = "all contracts" if every else " and ".join(chosen)
    return [f"{name} {'as by default' if value is None else _value(value)} in {where}" for name, value in fields]


def _with_changes(title: str, said: Sequence[str]) -> str:
    """Return a title with as many changes as fit, the others counted, with a checksum of all."""
    whole = ", ".join([title, *said])
    cut = _CUT.search(title)
    if cut is None and len(whole) <= _MOST:
        return whole
    kept, left = title[: cut.start()] if cut else title, list(said)
    while not cut and left and len(f"{kept}, {left[0]}") <= _MOST:
        kept = f"{kept}, {left.pop(0)}"
    count = len(left) + (int(cut[1]) if cut else 0)
    more = "more " if kept != title or cut else ""
    return f"{kept}, {counted(count, f'{more}change')} [{crc32(whole.encode()):08x}]"


def _setting_words(setting: Setting) -> str:
    parts = [f"at {_value(setting.strength)}"]
    if setting.from_:
        parts.append(f"from {month_words(setting.from_, short=True)}")
    if setting.until:
        parts.append(f"until {month_words(setting.until, short=True)}")
    if setting.ramp != 1:
        parts.append(f"over {counted(setting.ramp, 'month')}")
    if setting.cost:
        parts.append(f"for £{_value(setting.cost)}m a year")
    if setting.only:
        parts.append(f"on {' and '.join(setting.only)}")
    return " ".join(parts)


def _field_words(name: str, value: Any) -> str:
    shown = " and ".join(value) if isinstance(value, list) else _value(value)
    return f"{name} {shown}" if name in {"from", "until", "only"} else shown


def _value(value: Any) -> str:
    """Return a value as a title has it; of a number with its source, the number alone."""
    number = number_of(value)
    if number is not None:
        return as_written(number)
    text = str(value)
    return month_words(text, short=True) if re.fullmatch(r"\d{4}-\d{2}", text) else text.replace("_", " ")


def _small(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"
