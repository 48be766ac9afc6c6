"""Dates in order: nothing before the start, no end before its beginning, no two stances or values at once."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from simulation.limits import FIRST_YEAR, LAST_YEAR, MOST_MONTHS
from simulation.scenario.fields import find_dates_given_twice
from simulation.scenario.months import MUST_BE_WITHIN, is_beyond_limits, month_name, month_of
from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import list_of, mapping_of, number_of, settings_of

_FIRST, _LAST = FIRST_YEAR * 12, (LAST_YEAR + 1) * 12
"""The first month within the limits, and the one after the last."""


def find_date_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find dates before the start or out of order, contradictory stances, and a scenario with nothing on the table."""
    yield from _check_paths(data)
    yield from _check_end(data)
    yield from _check_opening(data)
    yield from _check_before_start(data)
    yield from _check_spans(data)
    yield from _check_fixed_stances(data)


def _check_paths(data: dict[str, Any]) -> Iterator[Finding]:
    """Find financial years of dated paths whose month is given too."""
    for path in (("do_nothing",), ("plan",), ("observed", "gap")):
        for year, month in find_dates_given_twice(mapping_of(data, *path)):
            what = f"stands for {month}, the month that begins at its middle, which is given too; remove one"
            yield Finding((*path, year), what, at_key=True)


def _check_end(data: dict[str, Any]) -> Iterator[Finding]:
    """Find a run whose last month is beyond the limits of dates."""
    start, months = month_of(data.get("start")), number_of(data.get("months"))
    if start is None or months is None or is_beyond_limits(data["start"]) or not 1 <= months <= MOST_MONTHS:
        return
    last = month_name(start + int(months) - 1)
    if is_beyond_limits(last):
        yield Finding(("months",), f"the last month, {last}, {MUST_BE_WITHIN}", f"{int(months)}")


def _check_opening(data: dict[str, Any]) -> Iterator[Finding]:
    start, months = month_of(data.get("start")), number_of(data.get("months"))
    entries = list(mapping_of(data, "programmes").values())
    if start is None or months is None or months < 1 or not entries or data.get("contracts"):
        return
    opening = [month_of(mapping_of(entry).get("from", data["start"])) for entry in entries]
    if all(month is not None and month >= start + months for month in opening):
        yield Finding(("programmes",), "at least one must open before the simulation ends")


def _dated(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each part that has dates which must not be before the start."""
    for name, entry in mapping_of(data, "programmes").items():
        yield ("programmes", name), mapping_of(entry)
    for path, _, setting in settings_of(data):
        yield path, setting
    for index, event in enumerate(list_of(data, "events")):
        yield ("events", index), mapping_of(event)


def _check_before_start(data: dict[str, Any]) -> Iterator[Finding]:
    start = month_of(data.get("start"))
    if start is None:
        return
    for path, dated in _dated(data):
        for name in ("from", "month", "until"):
            month = month_of(dated.get(name))
            if month is not None and month < start:
                yield Finding((*path, name), f"is before the start, {data['start']}", f'"{dated[name]}"')


def _check_spans(data: dict[str, Any]) -> Iterator[Finding]:
    start = month_of(data.get("start"))
    for path, dated in _dated(data):
        begin, end = month_of(dated.get("from", data.get("start"))), month_of(dated.get("until"))
        if begin is None or end is None or end > begin or (start is not None and end < start):
            continue
        since = f"the first month, {dated['from']}" if "from" in dated else f"the start, {data['start']}"
        yield Finding((*path, "until"), f"must be after {since}", f'"{dated["until"]}"')


class _Fixed(NamedTuple):
    """A stance that is fixed by an event: its place in the list, and its months as the bits of a number."""

    number: int
    stance: str
    months: int


def _check_fixed_stances(data: dict[str, Any]) -> Iterator[Finding]:
    """Find stances of an organisation that exclude each other; a union of months keeps a long list quick."""
    events: dict[str, list[_Fixed]] = {}
    taken: dict[str, dict[str, int]] = {}
    for index, event in enumerate(list_of(data, "events")):
        who, stance = (mapping_of(event).get(name) for name in ("organisation", "stance"))
        if mapping_of(event).get("event") != "fixed_stance" or not isinstance(who, str) or not isinstance(stance, str):
            continue
        here = _Fixed(index, stance, _months_of(event, data))
        before = taken.setdefault(who, {})
        if any(months & here.months for other, months in before.items() if other != stance):
            first = next(each for each in events[who] if each.stance != stance and each.months & here.months)
            both = f"{first.stance} and {stance} in the same month"
            what = f"contradicts event {first.number + 1} of the list: {who} cannot be {both}"
            yield Finding(("events", index, "stance"), what)
        before[stance] = before.get(stance, 0) | here.months
        events.setdefault(who, []).append(here)


def _months_of(event: dict[str, Any], data: dict[str, Any]) -> int:
    """Return the months in which an event acts, a bit for each; none if its dates cannot be read."""
    begin = month_of(event.get("from", data.get("start")))
    end = month_of(event["until"]) if "until" in event else _LAST
    if begin is None or end is None:
        return 0
    begin, end = (min(max(month, _FIRST), _LAST) - _FIRST for month in (begin, end))
    return (1 << end) - (1 << begin) if end > begin else 0
