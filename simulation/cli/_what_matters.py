"""The worth of a place's guesses, as text and tables for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulation.analysis.held import held_words
from simulation.formatting import as_written, counted, month_words, percent, pounds, range_words
from simulation.parameters import TABLE
from simulation.scenario.held import held_parameters
from simulation.scenario.number_names import number_name

if TYPE_CHECKING:
    from simulation.execution.what_matters import Matter, WhatMatters
    from simulation.scenario.problems import Location
    from simulation.scenario.schema import Scenario

FIRST = 5
"""How many numbers are to be found out first."""

_NUMBERS = ("no", "one", "two", "three", "four", "five")
_NEXT = ("first", "second", "third", "fourth", "fifth", "sixth")
_MOST_LIKE = 5
"""How many are named of those that cannot be distinguished from the next one."""

_UNCLEAR = "not distinguishable from nothing"
_FIGURES = 4
"""Significant figures of the ends of a range."""

_LABELS = {row.name: row.label for row in TABLE}

Locations = dict[str, "Location | str"]
"""By a number's name in files: where it stands; the name of what is left out, as text, if the file leaves it out."""


def finding(place: "Scenario", found: "WhatMatters", locations: Locations) -> list[str]:
    """Return the numbers to find out first, and above them what is measured.

    Args:
        place: The place.
        found: What its guesses are worth.
        locations: Where its own numbers stand.
    """
    lines = [place.title, f"Measured: {_measured(place, found)}; {pounds(found.mean)} a year on average.", ""]
    guesses = [index for index, each in enumerate(found.numbers) if each.number.status in ("assumed", "default")]
    clear = [index for index in guesses[:FIRST] if found.numbers[index].is_clear]
    guesses = [*clear, *(index for index in guesses if index not in clear)]
    first = [found.numbers[index] for index in clear]
    if not first:
        return [*lines, "None of the place's own guesses is distinguishable from nothing; try more points (--points)."]
    these = f"these {_NUMBERS[len(first)]} numbers" if len(first) > 1 else "this number"
    lines.append(f"Find out {these} first{_others(found, guesses, len(first))}:")
    for rank, each in enumerate(first, start=1):
        number = each.number
        location = locations[number.where]
        lines += [
            f"{rank}. {number_name(place, each.number)}: {_value(each)}, in the range {_range(each)}{_unit(each)}; "
            f"worth {pounds(abs(each.worth))} a year ({_interval(abs(each.worth), each.half_width)})",
            f"   where to find it: {number.found_in}; "
            f"{'the file leaves out' if isinstance(location, str) else 'in the file:'} {location}",
        ]
    return [*lines, "", *_next_ones(place, found, guesses, len(first))]


def _others(found: "WhatMatters", guesses: Sequence[int], count: int) -> str:
    """Return how many more cannot be distinguished from the last of the first guesses; empty if none."""
    last = guesses[count - 1]
    like = sum(not found.can_distinguish(last, index) for index in guesses[count:])
    if not like:
        return ""
    others = f"{like} others" if like > 1 else "one other"
    return f" ({others} may be worth as much{' as the last' if count > 1 else ''})"


def _next_ones(place: "Scenario", found: "WhatMatters", guesses: Sequence[int], count: int) -> list[str]:
    """Return which of the first guesses are clearly worth more than the next one, and which may change places.

    Args:
        place: The place.
        found: What all are worth.
        guesses: The indices of the guesses, those to be found out first before the others, then the largest worth.
        count: How many are to be found out first.
    """
    lines = [
        "In brackets: 95% intervals. Numbers whose worths cannot be distinguished may change places with another seed."
    ]
    if len(guesses) <= count:
        return lines
    ahead, like = _compared(found, guesses, count)
    after = found.numbers[guesses[count]]
    is_in_order = list(guesses[: count + 1]) == sorted(guesses[: count + 1])
    next_one = _NEXT[count] if is_in_order else "next"
    who = f"the {next_one}, {number_name(place, after.number)} ({_interval(abs(after.worth), after.half_width)})"
    if ahead == count:
        which = f"All {_NUMBERS[count]} are" if count > 1 else "It is"
        lines.append(f"{which} clearly worth more than {who}.")
    elif ahead:
        which = f"The first {_NUMBERS[ahead]} are" if ahead > 1 else "The first is"
        rest = _NUMBERS[count - ahead]
        lines.append(f"{which} clearly worth more than {who}; the other {rest} cannot be distinguished from it.")
    else:
        which = f"None of the {_NUMBERS[count]} can" if count > 1 else "It cannot"
        lines.append(f"{which} be distinguished from {who}.")
    if like and ahead < count:
        which = f"the {len(like)} after it" if len(like) > 1 else "the one after it"
        named = "; ".join(number_name(place, found.numbers[index].number) for index in like[:_MOST_LIKE])
        lines.append(f"Nor can {which}: {named}{'; …' if len(like) > _MOST_LIKE else ''}.")
    if ahead < count:
        lines.append("More points (--points) distinguish more of them.")
    return lines


def _compared(found: "WhatMatters", guesses: Sequence[int], count: int) -> tuple[int, list[int]]:
    """Return how many of the first guesses are all clearly ahead of the next, and the indices of later ones like it."""
    next_one = guesses[count]
    apart = [found.can_distinguish(index, next_one) for index in guesses]
    like = [index for index, is_apart in zip(guesses[count + 1 :], apart[count + 1 :], strict=True) if not is_apart]
    return apart[:count].index(False) if False in apart[:count] else count, like


def own_rows(place: "Scenario", found: "WhatMatters", locations: Locations) -> Iterator[tuple[str, ...]]:
    """Yield a row for each of the place's own numbers; one that the file leaves out says so.

    Args:
        place: The place.
        found: What its guesses are worth.
        locations: Where its own numbers stand.
    """
    for each in found.numbers:
        location = locations[each.number.where]
        stands = f"left out: {location}" if isinstance(location, str) else str(location)
        yield (number_name(place, each.number), stands, *_numbers(each), each.number.status, *_worth(each))


def parameter_rows(found: "WhatMatters") -> Iterator[tuple[str, ...]]:
    """Yield a row for each of the model's assumptions.

    Args:
        found: What they are worth.
    """
    for each in found.parameters:
        label = _LABELS[each.number.where.removeprefix("parameters.")]
        yield (label, each.number.where, *_numbers(each), each.number.status, *_worth(each))


def notes(place: "Scenario", found: "WhatMatters") -> list[str]:
    """Return what the worths rest on, and which numbers were not varied.

    Args:
        place: The place.
        found: What its guesses are worth.
    """
    runs = "two simulated runs" if found.has_levers else "one simulated run"
    pair = ", one with the levers and one without, with the same random events" if found.has_levers else ""
    lines = [
        "How to read it",
        f"Worth: by how much the result ({_measured(place, found)}) moves if a number goes from the low to the high "
        "end of its range, while all others are anywhere in theirs. Of a programme’s uncertain shares the one with the "
        "widest range makes up for the others, and all stay within their ranges. Costs of levers and of setting up are "
        "not among the numbers: they change positions, and no gap.",
        f"It rests on {counted(found.points, 'point')}: each has the place's own numbers at random within their ranges "
        f"and {found.draws} sets of the model's assumptions, with {runs} for each set{pair}.",
        "It is linear: straight lines through all of the place's own numbers together explain "
        f"{percent(found.explained)} of how the result varies from point to point, after the straight lines of the "
        "model's assumptions are taken out. The rest is chance, numbers that act together, and effects that bend.",
        "Each 95% interval is of one number by itself, and of many some leave out 0 by chance. Shuffled, so that they "
        "have nothing to do with the result, the largest of the place's numbers seem worth up to "
        f"{pounds(found.floor)} a year: those below are marked “{_UNCLEAR}”, even where their interval leaves out 0. "
        "More points (--points) lower it.",
    ]
    held = held_words({place.title: {name: held_parameters(place).written[name] for name in found.held}})
    lines += [held] if held else []
    lines += [_unread_words(found.unread)] if found.unread else []
    lines += [f"Not varied, since they {why}: {', '.join(names)}." for why, names in _kept(found).items() if names]
    return lines


def _kept(found: "WhatMatters") -> dict[str, list[str]]:
    """Return the names of the place's own numbers that were not varied, by why they were not."""
    zero: list[str] = []
    narrow: list[str] = []
    other: list[str] = []
    for each in found.kept:
        if each.has_range and not each.follows:
            narrow.append(each.where)
        else:
            (other if each.value or each.follows else zero).append(each.where)
    return {
        "are 0; give low and high to vary one": zero,
        "have a range whose ends are equal": narrow,
        "are whole numbers or follow from the others": other,
    }


def _unread_words(unread: Sequence[str]) -> str:
    """Say which of the model's assumptions have no worth and why, in a sentence."""
    have = "has" if len(unread) == 1 else "have"
    return (
        f"{counted(len(unread), 'assumption')} of the model {have} no worth and no row, since no rule reads "
        f"{'it' if len(unread) == 1 else 'them'} in this place, such as the effect of a lever that never acts: "
        f"{'; '.join(_LABELS[name] for name in unread)}."
    )


def _measured(place: "Scenario", found: "WhatMatters") -> str:
    from simulation.scenario.months import month_name, month_number

    month = month_words(month_name(month_number(place.start) + place.months - 1))
    return f"how much the levers take off the gap in {month}" if found.has_levers else f"the gap in {month}"


def _numbers(each: "Matter") -> Sequence[str]:
    return _value(each), _range(each), each.number.unit or ""


def _worth(each: "Matter") -> Sequence[str]:
    interval = _interval(each.worth, each.half_width)
    return pounds(each.worth, signed=True), interval, "" if each.is_clear else _UNCLEAR


def _interval(worth: float, half_width: float) -> str:
    return range_words(worth - half_width, worth + half_width)


def _value(each: "Matter") -> str:
    return as_written(each.number.value)


def _range(each: "Matter") -> str:
    return range_words(each.number.low, each.number.high, lambda number: as_written(number, _FIGURES))


def _unit(each: "Matter") -> str:
    return f" ({each.number.unit})" if each.number.unit else ""
