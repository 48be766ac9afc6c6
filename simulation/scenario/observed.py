"""Mistakes in what was observed: outturns and trust that name no organisation, or one twice, and years outside the run.

Trust as observed names two organisations, or none where it is pooled over the place.
"""

import re
from collections.abc import Iterator
from typing import Any

from simulation.scenario.months import (
    YEAR_PATTERN,
    financial_year_of,
    month_name,
    month_of,
    must_end_in_the_next_year,
)
from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import find_unknown, list_of, mapping_of, number_of
from simulation.scenario.references import find_pair_mistakes


def find_observed_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find mistakes in the reported outturns, and in the trust as observed, of a scenario's data."""
    for index, entry in enumerate(list_of(data, "observed", "outturns")):
        path: Path = ("observed", "outturns", index)
        yield from _check_organisations((*path, "organisations"), list_of(entry, "organisations"), data)
        for year in mapping_of(entry, "by_year"):
            yield from _check_year((*path, "by_year", year), year, data)
    trust = list_of(data, "observed", "trust")
    yield from find_pair_mistakes(("observed", "trust"), trust, data)
    yield from _check_pooled(trust)


def _check_pooled(trust: list[Any]) -> Iterator[Finding]:
    """Find trust as observed that names one of the two organisations only, or that is pooled twice."""
    first: int | None = None
    for index, entry in enumerate(trust):
        sides = [side for side in ("of", "in") if side in mapping_of(entry)]
        if len(sides) == 1:
            missing = "in" if sides == ["of"] else "of"
            what = f"is missing; give both organisations, or neither for the mean of the place (it has {sides[0]})"
            yield Finding(("observed", "trust", index, missing), what)
        elif not sides and isinstance(entry, dict):
            if first is not None:
                what = f"the mean of the place is in entry {first + 1} of the list too; make one of them"
                yield Finding(("observed", "trust", index), what)
            first = index if first is None else first


def _check_organisations(path: Path, named: list[Any], data: dict[str, Any]) -> Iterator[Finding]:
    organisations = mapping_of(data, "organisations")
    seen: set[str] = set()
    for index, organisation in enumerate(named):
        if not isinstance(organisation, str):
            continue
        if organisations and organisation not in organisations:
            yield find_unknown((*path, index), organisation, organisations)
        elif organisation in seen:
            yield Finding((*path, index), "is named twice; remove one", f'"{organisation}"')
        seen.add(organisation)


def _check_year(path: Path, year: str, data: dict[str, Any]) -> Iterator[Finding]:
    """Find a year that ends in another year than the next, or that the run covers in part or not at all."""
    first = financial_year_of(year)
    if first is None:
        if isinstance(year, str) and re.match(YEAR_PATTERN, year):
            yield Finding(path, must_end_in_the_next_year(year), at_key=True)
        return
    start, months = month_of(data.get("start")), number_of(data.get("months"))
    if start is None or months is None or months < 1:
        return
    last = start + int(months) - 1
    if first < start or first + 11 > last:
        within = first <= last and first + 11 >= start
        what = "is only partly within the run" if within else "is outside the run"
        yield Finding(path, f"{what}, {month_name(start)} to {month_name(last)}; remove it", at_key=True)
