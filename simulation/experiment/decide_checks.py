"""Mistakes in a `decide` block: parts that contradict each other, or do not fit the place."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulation.experiment.addresses import to_plain
from simulation.experiment.decide import ROUNDING, costs_by_year, ways_of, years_of
from simulation.experiment.decide_entries import LeverOptions
from simulation.formatting import counted, pounds, without_joiners
from simulation.known_names import closest
from simulation.levers import Lever
from simulation.limits import MOST_REPLICATES
from simulation.scenario.checks import find_contradictions
from simulation.scenario.months import financial_year_of, month_name, month_number, month_of, must_end_in_the_next_year
from simulation.scenario.problems import Finding, Path, describe_given
from simulation.scenario.raw_data import find_unknown, list_of, mapping_of, number_of
from simulation.scenario.schema import Scenario

_BLOCK = "decide"
_OF_A_COMPARISON = ("compare", "vary", "attribution")


def find_decide_contradictions(data: dict[str, Any]) -> Iterator[Finding]:
    """Find what contradicts itself in a `decide` block, whatever the place.

    Args:
        data: The experiment as its file writes it; parts that are not well formed are passed over.
    """
    if _BLOCK not in data:
        return
    for name in _OF_A_COMPARISON:
        if name in data:
            what = "cannot stand beside decide, which makes its own comparison; remove it, or ask in another file"
            yield Finding((name,), what, at_key=True)
    block = mapping_of(data, _BLOCK)
    levers = mapping_of(block, "levers")
    for lever, options in levers.items():
        for field in ("strengths", "from"):
            yield from _check_choices((_BLOCK, "levers", lever, field), mapping_of(options).get(field))
    yield from _check_exclude(block, levers)
    for field in ("not_worse_off", "objectives"):
        yield from _find_twice((_BLOCK, field), list_of(block, field))
    if list_of(block, "objectives")[:1] == ["worst_off"]:
        what = "cannot be the first objective, since it has no number for each set of assumptions; name another first"
        yield Finding((_BLOCK, "objectives", 0), what, describe_given("worst_off"))
    most = number_of(block.get("most_levers"))
    if most is not None and levers and most > len(levers):
        what = f"is more than the {counted(len(levers), 'lever')} to choose from; remove it"
        yield Finding((_BLOCK, "most_levers"), what, describe_given(block["most_levers"]))
    yield from _check_size(block)


def find_misfits(data: dict[str, Any], place: Scenario) -> Iterator[Finding]:
    """Find what does not fit the place: months, years, ids, levers that it uses, and a budget that buys nothing.

    Args:
        data: The experiment as its file writes it; parts that are not well formed are passed over.
        place: The scenario that the experiment starts from.
    """
    block = mapping_of(data, _BLOCK)
    if not block:
        return
    levers = mapping_of(block, "levers")
    plain = to_plain(place)
    for lever, options in levers.items():
        if lever in set(Lever) and isinstance(options, dict):
            if place.levers.get(Lever(lever)):
                what = "is used in the scenario already, so it is no choice; remove it here, or there"
                yield Finding((_BLOCK, "levers", lever), what, at_key=True)
            yield from _check_months(lever, options, place)
            yield from _check_only(lever, options, plain)
    for index, organisation in enumerate(list_of(block, "not_worse_off")):
        if isinstance(organisation, str) and organisation not in place.organisations:
            yield find_unknown((_BLOCK, "not_worse_off", index), organisation, place.organisations)
    yield from _check_years(block, place)
    yield from _check_budget(block, levers, place)


def _check_choices(path: Path, raw: Any) -> Iterator[Finding]:
    if isinstance(raw, list) and not raw:
        yield Finding(path, "must name at least one, or be left out", "an empty list")
    yield from _find_twice(path, raw if isinstance(raw, list) else [])


def _find_twice(path: Path, values: list[Any]) -> Iterator[Finding]:
    seen: list[Any] = []
    for index, value in enumerate(values):
        bare = number_of(value) if isinstance(value, dict) else value
        if bare in seen:
            yield Finding((*path, index), "is given twice; remove one", describe_given(bare))
        seen.append(bare)


def _check_exclude(block: dict[str, Any], levers: Mapping[str, Any]) -> Iterator[Finding]:
    for index, group in enumerate(list_of(block, "exclude")):
        path = (_BLOCK, "exclude", index)
        if not isinstance(group, list):
            continue
        if len(group) < 2:
            yield Finding(
                path, "must name at least two levers, of which one at most may be pulled", describe_given(group)
            )
        for place, lever in enumerate(group):
            if lever in group[:place]:
                yield Finding((*path, place), "is given twice; remove one", describe_given(lever))
            elif lever in set(Lever) and levers and lever not in levers:
                what = "is not one of the levers to choose from"
                yield Finding((*path, place), what, describe_given(lever), closest(lever, levers))


def _check_size(block: dict[str, Any]) -> Iterator[Finding]:
    points, replicates = number_of(block.get("points", 512)), number_of(block.get("replicates", 4))
    if points and replicates and points * replicates > MOST_REPLICATES and points <= MOST_REPLICATES:
        field = "points" if "points" in block else "replicates"
        what = f"points times replicates come to {points * replicates:,.0f}; the limit is {MOST_REPLICATES:,}"
        yield Finding((_BLOCK, field), what, describe_given(block[field]))


def _check_months(lever: str, options: dict[str, Any], place: Scenario) -> Iterator[Finding]:
    first, last = month_number(place.start), month_number(place.start) + place.months - 1
    raw = options.get("from")
    for index, month in enumerate(raw if isinstance(raw, list) else [raw]):
        number = month_of(month)
        if number is not None and not first <= number <= last:
            path: Path = (_BLOCK, "levers", lever, "from", *([index] if isinstance(raw, list) else []))
            what = f"must be within the run, {place.start} to {month_name(last)}"
            yield Finding(path, what, describe_given(month))


def _check_only(lever: str, options: dict[str, Any], plain: dict[str, Any]) -> Iterator[Finding]:
    """Check the ids that a lever acts on as in a scenario, of which it is made a part."""
    if not isinstance(options.get("only"), list):
        return
    tried = {**plain, "levers": {lever: {"strength": 1, "only": options["only"]}}}
    for found in find_contradictions(tried):
        if found.path[:2] == ("levers", lever):
            yield found._replace(path=(_BLOCK, *found.path))


def _check_years(block: dict[str, Any], place: Scenario) -> Iterator[Finding]:
    years = years_of(place)
    for year in mapping_of(block, "budget_by_year"):
        path = (_BLOCK, "budget_by_year", year)
        if financial_year_of(year) is None:
            if isinstance(year, str) and len(year) == 7 and year[4:5] == "/" and (year[:4] + year[5:]).isdecimal():
                yield Finding(path, must_end_in_the_next_year(year), at_key=True)
        elif year not in years:
            yield Finding(path, f"is outside the run, {years[0]} to {years[-1]}", at_key=True)


def _check_budget(block: dict[str, Any], levers: dict[str, Any], place: Scenario) -> Iterator[Finding]:
    """Refuse a budget that pays for no lever, since nothing could be chosen."""
    budget = number_of(block.get("budget"))
    if budget is None or budget < 0 or not levers:
        return
    least = {lever: cost for lever, raw in levers.items() if (cost := _least_cost(lever, raw, place)) is not None}
    if len(least) < len(levers) or min(least.values()) <= budget + ROUNDING:
        return
    cheapest = min(least, key=lambda lever: least[lever])
    amount = without_joiners(pounds(least[cheapest]))
    what = f"pays for no lever: the cheapest, {cheapest}, costs {amount} over the run"
    yield Finding((_BLOCK, "budget"), what, describe_given(block["budget"]))


def _least_cost(lever: str, raw: Any, place: Scenario) -> float | None:
    """Return the least that a lever can cost over the run, £m; None if its options are not well formed."""
    if lever not in set(Lever):
        return None
    try:
        options = LeverOptions.model_validate(raw, by_alias=True, by_name=False)
        ways = ways_of(Lever(lever), options, place.start)
        return min(float(costs_by_year(place, each, Lever(lever)).sum()) for each in ways.settings)
    except (ValueError, TypeError):
        return None


def find_decide_oddities(ways: Mapping[Lever, float], budget: float | None) -> Iterator[str]:
    """Find levers that no budget allows, one sentence each.

    Args:
        ways: The least that each lever costs over the run, £m.
        budget: The budget over the run, £m; None for no limit.
    """
    for lever, cost in ways.items():
        if budget is not None and cost > budget + ROUNDING:
            yield f"decide.levers.{lever}: costs {pounds(cost)} at least, more than the budget, so it is never chosen"
