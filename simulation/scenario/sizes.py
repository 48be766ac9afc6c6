"""Find sizes that are hardly meant, for warnings: each says the number, what it is compared with, and the fix."""

from collections.abc import Iterator, Sequence
from math import fsum

import numpy as np

from simulation.formatting import as_written, percent, pounds
from simulation.scenario.ceiling import first_agreed, last_gap, least_gap, milestones_in_time
from simulation.scenario.fields import FrozenDict
from simulation.scenario.months import month_name, month_names, month_number
from simulation.scenario.paths import gap_before_any_savings, planned_gap, target
from simulation.scenario.schema import Scenario
from simulation.scenario.stakes import find_idle, find_stakes
from simulation.scenario.units import amounts_in_other_units, find_units, large_incomes

_MOST_OF_INCOME = 0.15
"""The most of its income that an organisation is likely to save by itself, or in one programme."""
_MOST_ON_PAPER = 2.0
"""The most of the gap that savings on paper are likely to close."""
_ROUNDING = 1e-9
"""The part of an amount by which sums may differ from it through rounding alone."""
_SLIGHT = 0.005
"""The part of an amount within which two amounts count as equal."""


def find_sizes(scenario: Scenario) -> Iterator[str]:
    """Find sizes that are hardly meant, one sentence each; the scenario can still be run."""
    yield from find_units(scenario)
    yield from _find_shares_without_value(scenario)
    odd = set(amounts_in_other_units(scenario))
    kept = _without_dropped(scenario)
    if not large_incomes(scenario):
        yield from _find_large_contracts(scenario, odd)
        yield from _find_large_savings(kept, odd)
    yield from _find_surplus_throughout(scenario)
    yield from _find_paths_outside(scenario)
    yield from _find_plan_above_do_nothing(scenario)
    if not odd:
        yield from _find_too_much_on_paper(kept)
        yield from _find_target_out_of_reach(scenario)
    yield from _find_large_reach(scenario)
    yield from _find_too_late(scenario)
    yield from find_stakes(scenario)
    yield from find_idle(kept)


def find_sizes_of_parts(scenario: Scenario) -> Iterator[str]:
    """Find sizes that are hardly meant and would be so with more parts, in a scenario that is without some of its own.

    Args:
        scenario: The parts of a scenario that could be read.
    """
    yield from find_units(scenario, is_whole=False)
    yield from _find_shares_without_value(scenario)
    odd = set(amounts_in_other_units(scenario))
    kept = _without_dropped(scenario)
    if not large_incomes(scenario):
        yield from _find_large_contracts(scenario, odd)
        yield from _find_large_savings(kept, odd)
    yield from _find_large_reach(scenario)


def _without_dropped(scenario: Scenario) -> Scenario:
    """Return a scenario without the programmes that open after the last month, which the model drops."""
    end = month_number(scenario.start) + scenario.months
    kept = {
        name: programme
        for name, programme in scenario.programmes.items()
        if month_number(programme.from_ or scenario.start) < end
    }
    return scenario.model_copy(update={"programmes": FrozenDict(kept)})


def _find_shares_without_value(scenario: Scenario) -> Iterator[str]:
    """Find savings that look like shares: without a value they are £m a year, so the programme is worth £1m."""
    has_values = any(programme.value is not None for programme in scenario.programmes.values())
    for name, programme in scenario.programmes.items():
        saved = [float(each) for each in (programme.saves or {}).values()]
        # The £1m of a single organisation is odd only beside programmes that do have shares.
        are_several = sum(each > 0 for each in saved) > 1 or has_values
        if saved and are_several and min(saved) >= 0 and abs(fsum(saved) - 1) <= _ROUNDING:
            yield (
                f"programmes.{name}.saves: the amounts are each from 0 to 1 and add up to 1, as shares do, but are read"
                " as £m a year, because the programme has no value; if they are shares, give the value that they are"
                " parts of (in a workbook under Value if shares are given, in YAML as value and shares)"
            )


def _find_large_contracts(scenario: Scenario, odd: set[str]) -> Iterator[str]:
    amounts: dict[str, list[float]] = {}
    for name, contract in scenario.contracts.items():
        if f"contracts.{name}.amount" not in odd:
            for side in contract.participants:
                amounts.setdefault(side, []).append(float(contract.amount))
    for name, each in amounts.items():
        income, together = float(scenario.organisations[name].income), fsum(each)
        if together > income * (1 + _SLIGHT):
            yield (
                f"organisations.{name}: its contracts add up to {pounds(together)} a year, more than its income,"
                f" {pounds(income)}; lower the amounts, or give all of its income"
            )


def _find_large_savings(scenario: Scenario, odd: set[str]) -> Iterator[str]:
    for name, entry in scenario.organisations.items():
        income, pool = float(entry.income), float(entry.efficiency_pool)
        where = f"organisations.{name}.efficiency_pool"
        if pool > _MOST_OF_INCOME * income and where not in odd:
            yield (
                f"{where}: {pounds(pool)} is {percent(pool / income)} of its income; more than"
                f" {percent(_MOST_OF_INCOME)} is unusual, about 5% usual"
            )
    for name, programme in scenario.programmes.items():
        if any(where.startswith(f"programmes.{name}.") for where in odd):
            continue
        for organisation, share in programme.cost_shares().items():
            income, saving = float(scenario.organisations[organisation].income), share * programme.paper_value
            if saving > _MOST_OF_INCOME * income * (1 + _ROUNDING):
                yield (
                    f"programmes.{name}: {organisation} saves {pounds(saving)} a year by it,"
                    f" {percent(saving / income)} of its income; more than {percent(_MOST_OF_INCOME)} is unusual"
                )


def _find_surplus_throughout(scenario: Scenario) -> Iterator[str]:
    """Find paths that are below 0 at every date: deficits typed with a minus, as a ledger writes them."""
    observed = scenario.observed.gap if scenario.observed is not None else None
    paths = {"do_nothing": scenario.do_nothing, "plan": scenario.plan, "observed.gap": observed}
    for name, path in paths.items():
        if path and max(path.values()) < 0:
            first = float(path[min(path)])
            yield (
                f"{name}: is a surplus in every month ({pounds(first)} in {min(path)}); a gap is above 0 where spending"
                f" exceeds income: write {as_written(-first)}"
            )


def _find_paths_outside(scenario: Scenario) -> Iterator[str]:
    """Find paths of which several dates are all on one side of the run, where they are flat."""
    last = month_name(month_number(scenario.start) + scenario.months - 1)
    for name, path in (("do_nothing", scenario.do_nothing), ("plan", scenario.plan)):
        if path is None:
            continue
        dates = sorted(path)
        late = dates[0] > last
        if late or (len(dates) > 1 and dates[-1] < scenario.start):
            side, amount = ("after", path[dates[0]]) if late else ("before", path[dates[-1]])
            yield (
                f"{name}: all its dates are {side} the run, {scenario.start} to {last}, so it stays at"
                f" {pounds(float(amount))}; check its years, and the first month (start)"
            )


def _find_plan_above_do_nothing(scenario: Scenario) -> Iterator[str]:
    """Find a plan, or a target, above the gap before any savings, cost shocks included."""
    before, planned = gap_before_any_savings(scenario), planned_gap(scenario)
    above = np.flatnonzero(planned > before + _SLIGHT * np.abs(before) + 1e-9)
    if scenario.plan is not None and above.size:
        most = int(np.argmax(planned - before))
        then = "" if above.size == 1 else f"in {month_names(scenario.start, scenario.months)[most]} "
        shocks = ", cost shocks included," if scenario.cost_shocks else ""
        yield (
            f"plan: is above the gap before any savings (do_nothing){shocks}"
            f" {_when(scenario, above.tolist())} ({then}"
            f"{pounds(planned[most])} against {pounds(before[most])}); a plan is the gap that is left after savings"
        )
    goal, gap = target(scenario), last_gap(scenario)
    if scenario.target is not None and goal > gap + _SLIGHT * abs(gap):
        yield f"target: {pounds(goal)} is above the gap in the last month before any savings, {pounds(gap)}"


def _when(scenario: Scenario, months: Sequence[int]) -> str:
    """Return in which months of the run something is so, in words.

    Args:
        scenario: The scenario.
        months: The months, counted from 0 and in order; at least one.
    """
    names = month_names(scenario.start, scenario.months)
    first, last = names[months[0]], names[months[-1]]
    if len(months) == scenario.months:
        return "in every month"
    if months[-1] - months[0] + 1 > len(months):
        return f"in {len(months)} of {scenario.months} months, the first {first} and the last {last}"
    if months[-1] == scenario.months - 1:
        return f"from {first} on"
    return f"in {first}" if first == last else f"from {first} to {last}"


def _find_too_much_on_paper(scenario: Scenario) -> Iterator[str]:
    gap = last_gap(scenario)
    pools = fsum(float(entry.efficiency_pool) for entry in scenario.organisations.values())
    programmes = fsum(programme.paper_value for programme in scenario.programmes.values())
    together = pools + programmes
    if gap > 0 and together > _MOST_ON_PAPER * gap:
        yield (
            f"do_nothing: on paper, savings close {percent(together / gap)} of the gap of {pounds(gap)} in the last"
            f" month: programmes {pounds(programmes)}, own savings {pounds(pools)} a year; check these, or the gap"
        )


def _find_target_out_of_reach(scenario: Scenario) -> Iterator[str]:
    goal, least, gap = target(scenario), least_gap(scenario), last_gap(scenario)
    if goal < least - _SLIGHT * abs(gap):
        where = (
            "target"
            if scenario.target is not None
            else "plan"
            if scenario.plan is not None
            else "target (0 if left out)"
        )
        yield (
            f"{where}: {pounds(goal)} in the last month is out of reach in most runs: if all own every programme,"
            f" every milestone is met at the first chance and realised as expected, {pounds(least)} of the gap of"
            f" {pounds(gap)} is left; give more savings, more months or a higher target"
        )


def _find_large_reach(scenario: Scenario) -> Iterator[str]:
    for name, programme in scenario.programmes.items():
        if programme.reach > scenario.population:
            yield (
                f"programmes.{name}.reach: {programme.reach:,} is more than the {scenario.population:,} people who live"
                " here; count people, not contacts"
            )


def _find_too_late(scenario: Scenario) -> Iterator[str]:
    """Find programmes that open within the run, and can meet no milestone in it."""
    last = month_number(scenario.start) + scenario.months - 1
    for name, programme in scenario.programmes.items():
        opens = month_number(programme.from_ or scenario.start)
        if opens <= last and milestones_in_time(scenario, name) == 0:
            yield (
                f"programmes.{name}: meets no milestone by the last month ({month_name(last)}), because it opens in"
                f" {month_name(opens)}{_why_too_late(scenario, name)}"
            )


def _why_too_late(scenario: Scenario, name: str) -> str:
    """Return what else keeps a programme from its first milestone, to follow the month in which it opens."""
    parameters, agreed = scenario.resolve_parameters(), first_agreed(scenario, name)
    if agreed is None:
        return (
            f" and cannot be agreed by then: co-ownership stays below the quorum of {as_written(parameters.quorum)},"
            " even if all who take part ask the population's question in every month"
        )
    return (
        f", can be agreed in {month_names(scenario.start, scenario.months)[agreed]} at the earliest and takes"
        f" {as_written(parameters.mobilisation)} months to mobilise"
    )
