"""Dates in order: nothing before the start, no end before its beginning, no two stances or values at once."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from simulation.scenario.fields import find_dates_given_twice
from simulation.scenario.months import month_of
from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import list_of, mapping_of, number_of, settings_of

_NEVER = 10**9


def find_date_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find dates before the start or out of order, contradictory stances, and a scenario with nothing on the table."""
    yield from _check_paths(data)
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


def _check_fixed_stances(data: dict[str, Any]) -> Iterator[Finding]:
    fixed = [
        (index, event)
        for index, event in enumerate(list_of(data, "events"))
        if isinstance(event, dict)
        and event.get("event") == "fixed_stance"
        and isinstance(event.get("organisation"), str)
        and isinstance(event.get("stance"), str)
    ]
    for (first, one), (second, other) in combinations(fixed, 2):
        who, stances = one["organisation"], (one["stance"], other["stance"])
        if who == other["organisation"] and stances[0] != stances[1] and _overlap(one, other, data):
            both = f"{stances[0]} and {stances[1]} in the same month"
            what = f"contradicts event {first + 1} of the list: {who} cannot be {both}"
            yield Finding(("events", second, "stance"), what)


def _overlap(one: dict[str, Any], other: dict[str, Any], data: dict[str, Any]) -> bool:
    """Return True if two spans share a month; False if their dates cannot be read."""
    spans = []
    for event in (one, other):
        begin = month_of(event.get("from", data.get("start")))
        end = month_of(event["until"]) if "until" in event else _NEVER
        if begin is None or end is None:
            return False
        spans.append((begin, end))
    return max(begin for begin, _ in spans) < min(end for _, end in spans)
