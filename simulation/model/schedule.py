"""The calendar of a run, known before its first month: do-nothing path, plan, levers, their cost, and events.

Months are counted from 0. Nothing here depends on chance or on the actions of the organisations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.levers import Lever
from simulation.model.payments import Shares, Transfer, shares_by_month
from simulation.model.rules.levers import ramped_strength
from simulation.results.axes import Axes
from simulation.scenario.entries import Breach, FixedStance, GripShock, LeaderChange, Setting
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.paths import gap_before_any_savings, lever_costs, planned_gap
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
    shares: Shares
    """Shares after payment, before gain share."""
    lever_cost: NDArray[np.float64]
    """`[t]`, £m a year, all settings together."""
    breaches: tuple[tuple[tuple[int, float], ...], ...]
    """`[t]`, the organisations that break their word, each with the size of the breach, larger first."""
    leader_leaves: NDArray[np.bool_]
    """`[t, o]`, true where an event changes the leader."""
    grip_shock: NDArray[np.float64]
    """`[t, o]`, in units of the everyday pressure."""
    fixed_stance: NDArray[np.int8]
    """`[t, o]`, a `Stance` or `NOT_FIXED`."""


def build_schedule(scenario: Scenario, axes: Axes, transfers: Sequence[Transfer]) -> Schedule:
    """Turn the dates of a scenario into values by month.

    Args:
        scenario: A validated scenario.
        axes: Its axes, in id order, with the opportunities that open within the horizon.
        transfers: The transfers of its programmes.

    Returns:
        The calendar.
    """
    months = scenario.months
    start = month_number(scenario.start)
    place = {organisation: o for o, organisation in enumerate(axes.organisations)}
    strength = {
        lever: _strength(scenario.levers.get(lever, ()), start, months, axes.acted_on(lever)) for lever in Lever
    }
    return Schedule(
        months=months,
        do_nothing=gap_before_any_savings(scenario),
        plan=planned_gap(scenario),
        strength=strength,
        shares=shares_by_month(axes, transfers, strength[Lever.PAYMENT_REFORM]),
        lever_cost=lever_costs(scenario),
        breaches=_breaches(scenario, start, months, place),
        leader_leaves=_leader_leaves(scenario, start, months, place),
        grip_shock=_grip_shock(scenario, start, months, axes.organisations),
        fixed_stance=_fixed_stance(scenario, start, months, place),
    )


def _ramp(setting: Setting, start: int, months: int) -> tuple[int, NDArray[np.float64]]:
    """Return the first month in which a setting acts, and its strength in that month and those after it."""
    begin, end = acting_months(start, months, setting.from_, setting.until)
    return begin, _ramped(float(setting.strength), float(setting.ramp), max(0, end - begin))


@lru_cache(maxsize=256)
def _ramped(strength: float, ramp: float, months: int) -> NDArray[np.float64]:
    return np.array([ramped_strength(strength, float(month), ramp) for month in range(months)], dtype=np.float64)


def _strength(settings: Sequence[Setting], start: int, months: int, ids: Sequence[str | None]) -> NDArray[np.float64]:
    strongest = np.zeros((months, len(ids)))
    for setting in settings:
        acted_on = [each is not None and (setting.only is None or each in setting.only) for each in ids]
        begin, strengths = _ramp(setting, start, months)
        acting = slice(begin, begin + len(strengths))
        strongest[acting, acted_on] = np.maximum(strongest[acting, acted_on], strengths[:, np.newaxis])
    return strongest


def _grip_shock(scenario: Scenario, start: int, months: int, ids: Sequence[str]) -> NDArray[np.float64]:
    shocks = np.zeros((months, len(ids)))
    for event in scenario.events:
        if isinstance(event, GripShock):
            begin, end = acting_months(start, months, event.from_, event.until)
            pressed = [event.only is None or each in event.only for each in ids]
            shocks[begin:end, pressed] += event.size
    return shocks


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
