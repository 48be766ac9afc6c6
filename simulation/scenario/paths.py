"""Dated paths by month of a scenario: do-nothing, plan, target and the cost of levers."""

from collections.abc import Mapping, Sequence
from math import fsum

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.entries import CostShock, Setting
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.schema import Scenario


def along_months(dated: Mapping[str, float], scenario: Scenario) -> NDArray[np.float64]:
    """Return a dated path by month of a scenario, `[month]`: straight between dates, flat outside them."""
    points = sorted((month_number(month), float(amount)) for month, amount in dated.items())
    start = month_number(scenario.start)
    dates, amounts = zip(*points, strict=True)
    return _interpolate(np.arange(start, start + scenario.months), dates, amounts)


def undisturbed_gap(scenario: Scenario) -> NDArray[np.float64]:
    """Return the do-nothing gap without shocks, `[month]`, £m a year."""
    return along_months(scenario.do_nothing, scenario)


def gap_before_any_savings(scenario: Scenario) -> NDArray[np.float64]:
    """Return the do-nothing gap with cost shocks, each from its month on, `[month]`, £m a year."""
    start, sizes = month_number(scenario.start), [list[float]() for _ in range(scenario.months)]
    for event in scenario.events:
        if isinstance(event, CostShock):
            for since in sizes[max(0, month_number(event.month) - start) :]:
                since.append(float(event.size))
    shocks: NDArray[np.float64] = np.array([fsum(size) for size in sizes], dtype=np.float64)
    return undisturbed_gap(scenario) + shocks


def planned_gap(scenario: Scenario) -> NDArray[np.float64]:
    """Return the planned gap, `[month]`, £m a year: the plan, else straight to balance in the last month."""
    if scenario.plan is not None:
        return along_months(scenario.plan, scenario)
    opening = float(undisturbed_gap(scenario)[0])
    return _interpolate(np.arange(scenario.months), (0, max(1, scenario.months - 1)), (opening, 0.0))


def target(scenario: Scenario) -> float:
    """Return the gap to be reached in the last month, £m a year: as given, else the plan's last value."""
    return float(planned_gap(scenario)[-1]) if scenario.target is None else float(scenario.target)


def lever_costs(scenario: Scenario) -> NDArray[np.float64]:
    """Return the cost of all levers together, `[month]`, £m a year: of each setting, as ramped, while it acts."""
    start, months = month_number(scenario.start), scenario.months
    costs = []
    for settings in scenario.levers.values():
        for setting in settings:
            begin, end = acting_months(start, months, setting.from_, setting.until)
            grown = (np.arange(max(0, end - begin)) + 1.0) / float(setting.ramp)
            cost = np.zeros(months)
            cost[begin : begin + len(grown)] = float(setting.cost) * (float(setting.strength) * np.minimum(grown, 1.0))
            costs.append(cost.tolist())
    return np.array([fsum(cost) for cost in zip(*costs, strict=True)]) if costs else np.zeros(months)


def costs_in_full(scenario: Scenario, settings: Sequence[Setting]) -> list[float]:
    """Return what settings cost together at full strength in each month in which any of them acts, £m a year.

    Costs of settings that act in the same month add up, whatever they act on; those that follow each other do not.

    Args:
        scenario: The scenario.
        settings: Settings of one lever.
    """
    by_month: list[list[float]] = [[] for _ in range(scenario.months)]
    for setting in settings:
        begin, end = acting_months(month_number(scenario.start), scenario.months, setting.from_, setting.until)
        for acting in by_month[begin:end]:
            acting.append(float(setting.cost))
    return [fsum(costs) for costs in by_month if costs]


def _interpolate(months: NDArray[np.int64], dates: Sequence[int], amounts: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(np.interp(months, dates, amounts), dtype=np.float64)
