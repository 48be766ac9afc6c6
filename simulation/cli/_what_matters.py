"""The worth of a place's guesses, as text and tables for a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulation.formatting import as_written, counted, month_words, percent, pounds, range_words

if TYPE_CHECKING:
    from simulation.execution.what_matters import Matter, WhatMatters
    from simulation.scenario.problems import Location
    from simulation.scenario.schema import Scenario

FIRST = 5
"""How many numbers are to be found out first."""

_NUMBERS = ("no", "one", "two", "three", "four", "five")
_UNCLEAR = "not distinguishable from nothing"
_FIGURES = 4
"""Significant figures of the ends of a range."""

Locations = dict[str, "Location | None"]
"""By a number's name in files: where it stands; None if the file leaves it out."""


def finding(place: "Scenario", found: "WhatMatters", locations: Locations) -> list[str]:
    """Return the numbers to find out first, and above them what is measured.

    Args:
        place: The place.
        found: What its guesses are worth.
        locations: Where its own numbers stand.
    """
    lines = [place.title, f"Measured: {_measured(place, found)}; {pounds(found.mean)} a year on average.", ""]
    first = [each for each in found.numbers if each.is_clear and each.number.status in ("assumed", "default")][:FIRST]
    if not first:
        return [*lines, "None of the place's own guesses is distinguishable from nothing; try more points (--points)."]
    lines.append(f"Find out {f'these {_NUMBERS[len(first)]} numbers' if len(first) > 1 else 'this number'} first:")
    for rank, each in enumerate(first, start=1):
        number = each.number
        location = locations[number.where]
        lines += [
            f"{rank}. {number.where}: {_value(each)}, in the range {_range(each)}{_unit(each)}; "
            f"worth {pounds(abs(each.worth))} a year",
            f"   where to find it: {number.found_in}; "
            f"{f'in the file: {location}' if location else 'the file leaves it out'}",
        ]
    return lines


def own_rows(found: "WhatMatters", locations: Locations) -> Iterator[tuple[str, ...]]:
    """Yield a row for each of the place's own numbers.

    Args:
        found: What its guesses are worth.
        locations: Where its own numbers stand.
    """
    for each in found.numbers:
        location = locations[each.number.where]
        yield (each.number.where, str(location or "left out"), *_numbers(each), each.number.status, *_worth(each))


def parameter_rows(found: "WhatMatters") -> Iterator[tuple[str, ...]]:
    """Yield a row for each of the model's assumptions.

    Args:
        found: What they are worth.
    """
    for each in found.parameters:
        yield (each.number.where, *_numbers(each), each.number.status, *_worth(each))


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
        "end of its range, while all others are anywhere in theirs. Shares keep their sum.",
        f"It rests on {counted(found.points, 'point')}: each has the place's own numbers at random within their ranges "
        f"and {found.draws} sets of the model's assumptions, with {runs} for each set{pair}.",
        "It is linear: straight lines through all of the place's own numbers together explain "
        f"{percent(found.explained)} of how the result varies from point to point. The rest is chance, numbers that "
        "act together, and effects that bend.",
        f"Shuffled, so that they have nothing to do with the result, the largest of the place's numbers seem worth "
        f"{pounds(found.floor)} a year; those below are marked “{_UNCLEAR}”. More points (--points) lower it.",
    ]
    zero = [each.where for each in found.kept if not each.value]
    other = [each.where for each in found.kept if each.value]
    if zero:
        lines.append(f"Not varied, since they are 0; give low and high to vary one: {', '.join(zero)}.")
    if other:
        lines.append(f"Not varied, since they are whole numbers or follow from the others: {', '.join(other)}.")
    return lines


def _measured(place: "Scenario", found: "WhatMatters") -> str:
    from simulation.scenario.months import month_name, month_number

    month = month_words(month_name(month_number(place.start) + place.months - 1))
    return f"how much the levers take off the gap in {month}" if found.has_levers else f"the gap in {month}"


def _numbers(each: "Matter") -> Sequence[str]:
    return _value(each), _range(each), each.number.unit or ""


def _worth(each: "Matter") -> Sequence[str]:
    interval = range_words(each.worth - each.half_width, each.worth + each.half_width)
    return pounds(each.worth, signed=True), interval, "" if each.is_clear else _UNCLEAR


def _value(each: "Matter") -> str:
    return as_written(each.number.value)


def _range(each: "Matter") -> str:
    return range_words(each.number.low, each.number.high, lambda number: as_written(number, _FIGURES))


def _unit(each: "Matter") -> str:
    return f" ({each.number.unit})" if each.number.unit else ""
