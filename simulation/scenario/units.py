"""Find amounts of money that cannot be in £m: pounds or thousands of pounds, seen by what they are compared with.

Each amount is compared with what it cannot exceed: a programme with the incomes of those in it, a contract with the
income of its commissioner, the gap with all there is to spend, and incomes with the number of people. It is compared
with the others of its kind as well.
"""

from bisect import bisect_left
from collections.abc import Iterator
from math import fsum
from typing import NamedTuple

from simulation.formatting import as_written, pounds
from simulation.scenario.entries import CostShock
from simulation.scenario.schema import Scenario

_POUNDS_IN_MILLION = 10**6
_USUAL_PER_HEAD = (100, 20_000)
"""£ of income for each person, within which a reading of an income is likely."""
_MOST_PER_HEAD = 50_000
"""£ of an organisation's income for each person above which it cannot be in £m."""
_LEAST_PER_HEAD = 50
"""£ of all incomes for each person below which they cannot be in £m."""
_LEAST_RATIO = 5
"""How many times what it cannot exceed an amount is before another unit is suggested."""
_LEAST_TIMES, _FEWEST_OTHERS = 300, 2
"""How many times the median of so many others of its kind an amount is before another unit is suggested."""
_LIKELY_TIMES = 30
"""How many times that median a likely amount is at most."""
_LEAST_READING = 0.01
"""£m; no amount below it is suggested."""
_FIGURES = 4
"""Significant figures of an amount that is suggested: a sum of floating-point numbers has many more."""
_LEVERS_PART = 0.05
"""The most of all there is to spend that one setting of a lever may cost."""

READINGS = ((1_000, "thousands of pounds"), (1_000_000, "pounds"))


class Amount(NamedTuple):
    """An amount of the file, and what it cannot exceed."""

    where: str
    value: float
    """£m, or £m a year."""
    most: float
    """£m, or £m a year, above 0."""
    than: str
    """The words for `most`."""
    kind: str = ""
    """The name of all amounts of its kind; empty if it is not compared with others."""
    checked_elsewhere: bool = False
    """True if an amount a little above `most` has a warning of its own."""


def find_units(scenario: Scenario, *, is_whole: bool = True) -> Iterator[str]:
    """Find amounts that must be in pounds or in thousands of pounds, or that are more than they can be.

    Args:
        scenario: The scenario.
        is_whole: False if organisations of the place may be missing, so that all incomes together say nothing.
    """
    large = large_incomes(scenario)
    per_head = fsum(scenario.net_incomes().values()) * _POUNDS_IN_MILLION / scenario.population
    if len(large) > len(scenario.organisations) / 2:
        yield _whole_file(scenario, per_head)
        large = []
    elif is_whole and per_head < _LEAST_PER_HEAD:
        yield (
            f"organisations: net incomes come to £{as_written(per_head, 2)} for each person;"
            " check population, and that money is in £m"
        )
    for name in large:
        income = float(scenario.organisations[name].income)
        each = income * _POUNDS_IN_MILLION / scenario.population
        low, high = _USUAL_PER_HEAD
        readings = _readings(income, low * 0.01 * income / each, high * income / each)
        yield (
            f"organisations.{name}.income: {pounds(income)} is £{as_written(each, 2)} for each person of the place"
            f"{readings}"
        )
    in_other_units = amounts_in_other_units(scenario)
    for amount in amounts_of(scenario):
        if amount.where in in_other_units:
            yield f"{amount.where}: {in_other_units[amount.where]}"
        elif abs(amount.value) > amount.most and not amount.checked_elsewhere:
            what = f"{_size_words(amount.value)} is more than {amount.than}, {pounds(amount.most)}"
            yield f"{amount.where}: {what}; check the amount"


def amounts_in_other_units(scenario: Scenario) -> dict[str, str]:
    """Return the location of each amount but incomes that must be in another unit, with what is wrong with it."""
    amounts = list(amounts_of(scenario))
    by_kind: dict[str, list[float]] = {}
    for amount in amounts:
        if amount.kind and amount.value:
            by_kind.setdefault(amount.kind, []).append(abs(amount.value))
    in_order = {kind: sorted(sizes) for kind, sizes in by_kind.items()}
    found = {}
    for amount in amounts:
        size = abs(amount.value)
        usual = median_of_others(size, in_order.get(amount.kind, []))
        if size >= _LEAST_RATIO * amount.most:
            readings = _readings(amount.value, _LEAST_READING, amount.most)
            found[amount.where] = (
                f"{_size_words(amount.value)} is more than {amount.than}, {pounds(amount.most)}{readings}"
            )
        elif usual and size >= _LEAST_TIMES * usual:
            readings = _readings(amount.value, _LEAST_READING, _LIKELY_TIMES * usual)
            times = f"{as_written(size / usual, 2)} times the median of the other {amount.kind}, {pounds(usual)}"
            found[amount.where] = f"{_size_words(amount.value)} is {times}{readings}"
    return found


def _size_words(amount: float) -> str:
    """Write an amount whose size is compared, in words that are true of one below 0 as well."""
    return f"{pounds(amount)} without its sign" if amount < 0 else pounds(amount)


def median_of_others(size: float, in_order: list[float]) -> float | None:
    """Return the median of all sizes of a kind but one of this size; None if there are too few.

    Args:
        size: The size that is left out once; it is one of those in order, or 0.
        in_order: All sizes of the kind, in order.
    """
    count = len(in_order) - 1
    if not size or count < _FEWEST_OTHERS:
        return None
    at = bisect_left(in_order, size)
    low, high = (in_order[middle + (middle >= at)] for middle in ((count - 1) // 2, count // 2))
    return (low + high) / 2


def large_incomes(scenario: Scenario) -> list[str]:
    """Return the organisations whose income cannot be in £m, for so many people."""
    most = _MOST_PER_HEAD * scenario.population / _POUNDS_IN_MILLION
    return [name for name, entry in scenario.organisations.items() if entry.income > most]


def amounts_of(scenario: Scenario) -> Iterator[Amount]:
    """Yield every amount of a scenario but incomes, with what it cannot exceed."""
    incomes = {name: float(entry.income) for name, entry in scenario.organisations.items()}
    large = large_incomes(scenario)
    net = scenario.net_incomes()
    to_spend = fsum(net[each] for each in net if each not in large) or fsum(net.values())
    for name, entry in scenario.organisations.items():
        where = f"organisations.{name}.efficiency_pool"
        yield Amount(where, float(entry.efficiency_pool), incomes[name], "its income", "own savings", True)
    for name, contract in scenario.contracts.items():
        most, than = incomes[contract.commissioner], f"the income of {contract.commissioner}"
        yield Amount(f"contracts.{name}.amount", float(contract.amount), most, than, "contracts", True)
    yield from _of_programmes(scenario, incomes)
    yield from _of_place(scenario, to_spend)


def _of_programmes(scenario: Scenario, incomes: dict[str, float]) -> Iterator[Amount]:
    for name, programme in scenario.programmes.items():
        path = f"programmes.{name}"
        together, than = fsum(incomes[each] for each in programme.participants), "the incomes of those in it"
        if programme.value is not None:
            yield Amount(f"{path}.value", float(programme.value), together, than, "values of programmes")
        for organisation, saving in (programme.saves or {}).items():
            yield Amount(f"{path}.saves.{organisation}", float(saving), incomes[organisation], "its income", "savings")
        yield Amount(f"{path}.set_up_cost", float(programme.set_up_cost), together, than, "set-up costs")
        for index, move in enumerate(programme.activity):
            end = str(move.from_ or move.to)
            where = f"{path}.activity[{index}].income"
            yield Amount(where, float(move.income), incomes[end], f"the income of {end}", "incomes of activity")


def _of_place(scenario: Scenario, to_spend: float) -> Iterator[Amount]:
    than = "all that the place has to spend"
    paths = {"do_nothing": scenario.do_nothing, "plan": scenario.plan}
    if scenario.observed is not None:
        paths["observed.gap"] = scenario.observed.gap
    for name, path in paths.items():
        for month, gap in sorted((path or {}).items()):
            yield Amount(f"{name}.{month}", float(gap), to_spend, than)
    if scenario.target is not None:
        yield Amount("target", float(scenario.target), to_spend, than)
    for lever, settings in scenario.levers.items():
        for use, setting in enumerate(settings):
            where = f"levers.{lever}.cost" if len(settings) == 1 else f"levers.{lever}[{use}].cost"
            most = _LEVERS_PART * to_spend
            yield Amount(where, float(setting.cost), most, "5% of all that the place has to spend")
    for index, event in enumerate(scenario.events):
        if isinstance(event, CostShock):
            yield Amount(f"events[{index}].size", float(event.size), to_spend, than)


def _whole_file(scenario: Scenario, per_head: float) -> str:
    low, high = _USUAL_PER_HEAD
    units = [unit for factor, unit in READINGS if low <= per_head / factor <= high]
    said = (
        f"organisations: net incomes come to £{as_written(per_head, 2)} for each of {scenario.population:,} people;"
        " £1,500 to £5,000 is usual"
    )
    if not units:
        return f"{said}; check population, and that money is in £m"
    thousand = ", or population is in thousands" if units == [READINGS[0][1]] else ""
    return f"{said}. If money is in {units[0]} here, write all of it in £m{thousand}"


def _readings(value: float, least: float, most: float) -> str:
    """Return how to write an amount that is in another unit; both readings if both are likely."""
    likely = [
        f"{as_written(value / factor, _FIGURES)} if these are {unit}"
        for factor, unit in READINGS
        if least <= abs(value) / factor <= most
    ]
    return f"; write {', or '.join(likely)}: money is in £m" if likely else "; check the amount"
