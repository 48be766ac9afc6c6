"""Changes of a parsed document: most are such as a person makes, and leave it valid more often than not."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from simulation.levers import Lever
from simulation.parameters import TABLE as PARAMETERS
from tests.fuzz.values import MONTHS, NUMBERS, TEXTS, any_value, near

Draw = random.Random
Change = Callable[[Draw, Any], None]

FREE_TEXT = ("title", "description", "name", "source", "unit", "question", "note")
ENTRIES = ("organisations", "contracts", "programmes", "compare")
"""Fields that hold text for people."""


def places_in(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the container and the key or index of everything in a document, once each."""
    waiting, seen = [data], set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        parts = (
            list(part.items()) if isinstance(part, dict) else list(enumerate(part)) if isinstance(part, list) else []
        )
        for key, value in parts:
            yield part, key
            waiting.append(value)


def _place(draw: Draw, data: Any, wanted: Callable[[Any, Any], bool] = lambda *_: True) -> tuple[Any, Any] | None:
    found = [(part, key) for part, key in places_in(data) if wanted(part, key)]
    return draw.choice(found) if found else None


def _is_number(part: Any, key: Any) -> bool:
    return isinstance(part[key], int | float) and not isinstance(part[key], bool)


def nudge(draw: Draw, data: Any) -> None:
    """Put another number of about the same size in place of one."""
    if place := _place(draw, data, _is_number):
        part, key = place
        part[key] = near(draw, part[key])


def retitle(draw: Draw, data: Any) -> None:
    """Put strange text where text for people stands."""
    if place := _place(draw, data, lambda part, key: key in FREE_TEXT and isinstance(part[key], str)):
        part, key = place
        part[key] = draw.choice((draw.choice(TEXTS), part[key] + draw.choice(TEXTS), draw.choice(TEXTS) * 2))


def shuffle(draw: Draw, data: Any) -> None:
    """Put the entries of a mapping or list into another order."""
    if place := _place(draw, data, lambda part, key: isinstance(part[key], dict | list) and len(part[key]) > 1):
        part, key = place
        whole = part[key]
        entries = list(whole.items()) if isinstance(whole, dict) else whole[:]
        draw.shuffle(entries)
        part[key] = dict(entries) if isinstance(whole, dict) else entries


def explain(draw: Draw, data: Any) -> None:
    """Give a number its source and status."""
    if place := _place(draw, data, lambda part, key: _is_number(part, key) and key != "value"):
        part, key = place
        part[key] = {
            "value": part[key],
            "source": draw.choice(TEXTS),
            "status": draw.choice(("sourced", "derived", "assumed")),
        }


def _is_entry(data: Any) -> Callable[[Any, Any], bool]:
    """Return the condition for an entry of a section, whose key is an id, or of a list."""
    sections = [data.get(name) for name in ENTRIES] if isinstance(data, dict) else []
    return lambda part, _: isinstance(part, list) or any(part is section for section in sections)


def repeat_entry(draw: Draw, data: Any) -> None:
    """Copy an entry, in a section under another name."""
    if place := _place(draw, data, _is_entry(data)):
        part, key = place
        for number in range(draw.choice((1, 1, 1, 2, 30))):
            if isinstance(part, list):
                part.insert(draw.randint(0, len(part)), deepcopy(part[key]))
            else:
                part[f"{key}_{number + 2}"] = deepcopy(part[key])


def rename_everywhere(draw: Draw, data: Any) -> None:
    """Give an id another form, wherever it stands."""
    is_entry = _is_entry(data)
    if place := _place(draw, data, lambda part, key: isinstance(part, dict) and is_entry(part, key)):
        old = str(place[1])
        new = draw.choice(
            (
                old.upper(),
                f"{old}-1",
                f"9{old}",
                old[:1],
                f"_{old}",
                f"{old}_",
                old * 40,
                f"{old} b",
                draw.choice(TEXTS),
            )
        )
        _rename(data, old, new)


def _rename(data: Any, old: str, new: str) -> None:
    for part, key in list(places_in(data)):
        if part[key] == old:
            part[key] = new
        if key == old and isinstance(part, dict):
            part[new] = part.pop(old)


def use_lever(draw: Draw, data: Any) -> None:
    """Pull a lever."""
    if isinstance(data, dict):
        levers = data.setdefault("levers", {})
        if isinstance(levers, dict):
            setting: dict[str, Any] = {"strength": draw.choice((0, 0.5, 1, 1, 0.3, draw.choice(NUMBERS)))}
            if draw.random() < 0.2:
                setting[draw.choice(("from", "until"))] = draw.choice(MONTHS)
            if draw.random() < 0.2:
                setting["cost"] = draw.choice((0, 1, draw.choice(NUMBERS)))
            levers[str(draw.choice(list(Lever)))] = setting


def set_parameter(draw: Draw, data: Any) -> None:
    """Give a parameter a value."""
    if isinstance(data, dict):
        parameters = data.setdefault("parameters", {})
        if isinstance(parameters, dict):
            row = draw.choice(PARAMETERS)
            values = (row.default, row.low, row.high, draw.choice(NUMBERS))
            parameters[row.name] = draw.choice((*values[:3], *values))


def replace(draw: Draw, data: Any) -> None:
    """Put any value in place of one."""
    if place := _place(draw, data):
        part, key = place
        part[key] = any_value(draw)


def make_extreme(draw: Draw, data: Any) -> None:
    """Put a number at an extreme in place of one."""
    if place := _place(draw, data, _is_number):
        part, key = place
        part[key] = draw.choice(NUMBERS)


def drop(draw: Draw, data: Any) -> None:
    """Leave something out."""
    if place := _place(draw, data):
        part, key = place
        del part[key]


def rename_key(draw: Draw, data: Any) -> None:
    """Rename a key where it stands, and nowhere else."""
    if place := _place(draw, data, lambda part, _: isinstance(part, dict)):
        part, key = place
        new = draw.choice(
            (f"{key}s", str(key)[:-1], str(key).title(), draw.choice(TEXTS), draw.choice(NUMBERS), None, True)
        )
        part[new] = part.pop(key)


def swap(draw: Draw, data: Any) -> None:
    """Swap two values."""
    one, other = _place(draw, data), _place(draw, data)
    if one and other:
        # One may hold the other: a document that holds itself is written with an anchor.
        one[0][one[1]], other[0][other[1]] = deepcopy(other[0][other[1]]), deepcopy(one[0][one[1]])


def share(draw: Draw, data: Any) -> None:
    """Use one value in two places, so that it is written with an anchor and an alias; it may then hold itself."""
    one = _place(draw, data)
    other = _place(draw, data, lambda part, key: isinstance(part[key], dict | list))
    if one and other:
        one[0][one[1]] = other[0][other[1]]


def empty(draw: Draw, data: Any) -> None:
    """Empty a mapping or list."""
    if place := _place(draw, data, lambda part, key: isinstance(part[key], dict | list)):
        place[0][place[1]].clear()


def multiply(draw: Draw, data: Any) -> None:
    """Repeat a list, or the entries of a mapping under numbers."""
    if place := _place(draw, data, lambda part, key: isinstance(part[key], dict | list) and part[key]):
        part, key = place
        times = draw.choice((2, 50, 3000))
        if isinstance(part[key], list):
            part[key] = part[key] * times
        else:
            first = next(iter(part[key].values()))
            part[key].update({draw.choice((number, f"a{number}")): first for number in range(times)})


def nest(draw: Draw, data: Any) -> None:
    """Put a value inside of many lists or mappings."""
    if place := _place(draw, data):
        part, key = place
        for _ in range(draw.choice((1, 2, 50, 150))):
            part[key] = draw.choice(([part[key]], {"value": part[key]}))


def _is_dated(part: Any, key: Any) -> bool:
    return isinstance(part, dict) and (key in {"start", "month", "from", "until"} or str(key)[:2] in {"19", "20"})


def redate(draw: Draw, data: Any) -> None:
    """Put another month where a month stands."""
    if place := _place(draw, data, _is_dated):
        part, key = place
        month = draw.choice(MONTHS[:5] if draw.random() < 0.7 else MONTHS)
        if str(key)[:2] in ("19", "20"):
            part[month] = part.pop(key)
        else:
            part[key] = month


def break_reference(draw: Draw, data: Any) -> None:
    """Name something that is not there, or is something else."""
    if place := _place(draw, data, lambda part, key: isinstance(part[key], str) and key not in FREE_TEXT):
        part, key = place
        part[key] = draw.choice((f"{part[key]}x", part[key][:-1], draw.choice(TEXTS), part[key].upper()))


MILD: tuple[Change, ...] = (
    nudge, nudge, nudge, nudge, retitle, retitle, retitle, shuffle, explain, repeat_entry, rename_everywhere,
    use_lever, set_parameter, redate,
)  # fmt: skip
"""Changes after which most documents are valid."""

WILD: tuple[Change, ...] = (
    replace, replace, make_extreme, make_extreme, drop, drop, rename_key, swap, share, empty, multiply, nest, redate,
    break_reference, break_reference,
)  # fmt: skip


def change_document(draw: Draw, data: Any, mild: tuple[Change, ...] = MILD) -> None:
    """Change a document once to three times, in place.

    Args:
        draw: The source of chance.
        data: The document.
        mild: Changes after which most documents of its kind are valid.
    """
    for _ in range(draw.choice((1, 1, 1, 2, 2, 3))):
        draw.choice(mild if draw.random() < 0.85 else WILD)(draw, data)
