"""The scenario of a branch: another future for a replicate that has already run for some months."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from simulation.model.payments import Shares
from simulation.model.system import System
from simulation.scenario.schema import Scenario


def system_of_branch(system: System, scenario: Scenario, month: int) -> System:
    """Return the same place under another scenario whose months before the branch are the same.

    Args:
        system: The place as it ran so far.
        scenario: The scenario of the branch.
        month: The first month that may differ, counted from 0.

    Raises:
        ValueError: If the scenario has another place, other assumptions or another past.
    """
    under = system.under(scenario)
    if under is None:
        message = "a branch keeps the place: start, months, organisations, contracts, programmes and opening trust"
        raise ValueError(message)
    before, after = system.scenario.resolve_parameters(), scenario.resolve_parameters()
    changed = [name for name in before._fields if getattr(before, name) != getattr(after, name)]
    if changed:
        message = f"a branch keeps the assumptions of its replicate; {', '.join(changed)} would change"
        raise ValueError(message)
    months = system.axes.months
    for name, old, new in _by_month("", system.schedule, under.schedule):
        for past in range(month):
            if not np.array_equal(old[past], new[past]):
                possible = f"a branch may change {months[month]} and later" if month < len(months) else "it has ended"
                message = f"{name} would change in {months[past]}, which is already simulated; {possible}"
                raise ValueError(message)
    return under.with_parameters(system.parameters)


def _by_month(name: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what two schedules say by month, each with its name."""
    if is_dataclass(one):
        for each in fields(one):
            yield from _by_month(each.name, getattr(one, each.name), getattr(other, each.name))
    elif isinstance(one, Shares):
        yield from _by_month(name, one._asdict(), other._asdict())
    elif isinstance(one, dict):
        for key in one:
            yield from _by_month(str(key), one[key], other[key])
    elif not isinstance(one, int):
        yield name.replace("_", " "), one, other
