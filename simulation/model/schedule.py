"""The calendar of a run, known before its first month: do-nothing path, plan, levers, their cost, and events.

Months are counted from 0. Nothing here depends on chance or on the actions of the organisations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.levers import Lever
from simulation.model.rules.levers import ramped_strength
from simulation.scenario.entries import Breach, CostShock, FixedStance, GripShock, LeaderChange, Setting
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.paths import lever_costs, planned_gap, undisturbed_gap
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Stance

NOT_FIXED = -1


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The calendar of a run."""

    months: int
    do_nothing: NDArray[np.float64]
    """`[t]`, £m a year, with cost shocks."""
    plan: NDArray[np.float64]
    """`[t]`, £m a year."""
    strength: dict[Lever, NDArray[np.float64]]
    """For each lever `[t, o]` or `[t, k]`, by what it acts on: the strongest setting that acts, 0–1."""
    instruction_felt: NDArray[np.float64]
    """`[t, o]`, the strongest instruction over all opportunities that an organisation is in, 0–1."""
    lever_cost: NDArray[np.float64]
    """`[t]`, £m a year, all settings together."""
    breaches: tuple[tuple[tuple[int, float], ...], ...]
    """`[t]`, the organisations that break their word, each with the size of the breach, larger first."""
    leader_leaves: NDArray[np.bool_]
    """`[t, o]`, true where an event changes the leader."""
    grip_shock: NDArray[np.float64]
    """`[t]`, in units of the everyday pressure."""
    fixed_stance: NDArray[np.int8]
    """`[t, o]`, a `Stance` or `NOT_FIXED`."""


def build_schedule(
    scenario: Scenario,
    organisations: Sequence[str],
    opportunities: Sequence[str],
    participants: Sequence[Sequence[str]],
) -> Schedule:
    """Turn the dates of a scenario into values by month.

    Args:
        scenario: A validated scenario.
        organisations: Ids in order.
        opportunities: Ids in order, those that open within the horizon.
        participants: The organisations in each of those opportunities; none without an instruction.

    Returns:
        The calendar.
    """
    months = scenario.months
    start = month_number(scenario.start)
    place = {organisation: o for o, organisation in enumerate(organisations)}
    strength = {
        lever: _strength(
            scenario.levers.get(lever, ()),
            start,
            months,
            organisations if lever.acts_on_organisations else opportunities,
        )
        for lever in Lever
    }
    return Schedule(
        months=months,
        do_nothing=undisturbed_gap(scenario) + _cost_shocks(scenario, start, months),
        plan=planned_gap(scenario),
        strength=strength,
        instruction_felt=_felt(strength[Lever.TOP_DOWN_INSTRUCTION], place, participants),
        lever_cost=lever_costs(scenario),
        breaches=_breaches(scenario, start, months, place),
        leader_leaves=_leader_leaves(scenario, start, months, place),
        grip_shock=_grip_shock(scenario, start, months),
        fixed_stance=_fixed_stance(scenario, start, months, place),
    )


def _ramp(setting: Setting, start: int, months: int) -> tuple[int, NDArray[np.float64]]:
    """Return the first month in which a setting acts, and its strength in that month and those after it."""
    begin, end = acting_months(start, months, setting.from_, setting.until)
    return begin, _ramped(float(setting.strength), float(setting.ramp), max(0, end - begin))


@lru_cache(maxsize=256)
def _ramped(strength: float, ramp: float, months: int) -> NDArray[np.float64]:
    return np.array([ramped_strength(strength, float(month), ramp) for month in range(months)], dtype=np.float64)


def _strength(settings: Sequence[Setting], start: int, months: int, ids: Sequence[str]) -> NDArray[np.float64]:
    strongest = np.zeros((months, len(ids)))
    for setting in settings:
        acted_on = slice(None) if setting.only is None else [each in setting.only for each in ids]
        begin, strengths = _ramp(setting, start, months)
        acting = slice(begin, begin + len(strengths))
        strongest[acting, acted_on] = np.maximum(strongest[acting, acted_on], strengths[:, np.newaxis])
    return strongest


def _felt(
    instruction: NDArray[np.float64], place: dict[str, int], participants: Sequence[Sequence[str]]
) -> NDArray[np.float64]:
    felt = np.zeros((len(instruction), len(place)))
    if not instruction.any():
        return felt
    for k, members in enumerate(participants):
        inside = [place[member] for member in members]
        felt[:, inside] = np.maximum(felt[:, inside], instruction[:, k : k + 1])
    return felt


def _cost_shocks(scenario: Scenario, start: int, months: int) -> NDArray[np.float64]:
    sizes: list[list[float]] = [[] for _ in range(months)]
    for event in scenario.events:
        if isinstance(event, CostShock):
            for month in range(month_number(event.month) - start, months):
                sizes[month].append(event.size)
    return np.array([fsum(size) for size in sizes])


def _grip_shock(scenario: Scenario, start: int, months: int) -> NDArray[np.float64]:
    sizes: list[list[float]] = [[] for _ in range(months)]
    for event in scenario.events:
        if isinstance(event, GripShock):
            for month in range(*acting_months(start, months, event.from_, event.until)):
                sizes[month].append(event.size)
    return np.array([fsum(size) for size in sizes])


def _breaches(scenario: Scenario, start: int, months: int, place: dict[str, int]) -> Any:
    found: list[list[tuple[int, float]]] = [[] for _ in range(months)]
    for event in scenario.events:
        if isinstance(event, Breach) and month_number(event.month) - start < months:
            found[month_number(event.month) - start].append((place[event.organisation], float(event.size)))
    return tuple(tuple(sorted(breaches, key=lambda breach: (-breach[1], breach[0]))) for breaches in found)


def _leader_leaves(scenario: Scenario, start: int, months: int, place: dict[str, int]) -> NDArray[np.bool_]:
    leaves = np.zeros((months, len(place)), dtype=np.bool_)
    for event in scenario.events:
        if isinstance(event, LeaderChange) and month_number(event.month) - start < months:
            leaves[month_number(event.month) - start, place[event.organisation]] = True
    return leaves


def _fixed_stance(scenario: Scenario, start: int, months: int, place: dict[str, int]) -> NDArray[np.int8]:
    fixed = np.full((months, len(place)), NOT_FIXED, dtype=np.int8)
    for event in scenario.events:
        if isinstance(event, FixedStance):
            begin, end = acting_months(start, months, event.from_, event.until)
            fixed[begin:end, place[event.organisation]] = Stance[event.stance.upper()]
    return fixed
