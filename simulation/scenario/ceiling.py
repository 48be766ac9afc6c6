"""The least gap that delivery can reach by the last month, whatever anybody decides.

It is what is left where all own every programme, each milestone is met in the first month in which it can be, the
realisation is the expected one and no attention is taken from the organisations' own savings. Source: docs/model.md.
"""

from math import fsum

from simulation.levers import Lever
from simulation.parameters import Parameters
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.paths import gap_before_any_savings
from simulation.scenario.schema import Scenario


def last_gap(scenario: Scenario) -> float:
    """Return the gap in the last month before any savings, cost shocks included, £m a year."""
    return float(gap_before_any_savings(scenario)[-1])


def least_gap(scenario: Scenario) -> float:
    """Return the least gap that delivery can reach by the last month, £m a year."""
    parameters = scenario.resolve_parameters()
    part = 1 - (1 - parameters.efficiency_rate) ** scenario.months
    own = fsum(float(entry.efficiency_pool) for entry in scenario.organisations.values()) * part
    realised = max(parameters.owned_realisation, parameters.unowned_realisation)
    joint = fsum(
        programme.paper_value * realised * milestones_in_time(scenario, name) / programme.milestones
        for name, programme in scenario.programmes.items()
    )
    return last_gap(scenario) - own - joint


def milestones_in_time(scenario: Scenario, name: str) -> int:
    """Return how many of a programme's milestones can be met by the last month: one a month, once it is mobilised.

    Args:
        scenario: The place.
        name: The programme's id.
    """
    agreed = first_agreed(scenario, name)
    if agreed is None:
        return 0
    mobilisation = int(scenario.resolve_parameters().mobilisation)
    return max(0, min(int(scenario.programmes[name].milestones), scenario.months - agreed - 1 - mobilisation))


def first_agreed(scenario: Scenario, name: str) -> int | None:
    """Return the first month in which a programme can be agreed, counted from 0; None if that is not within the run.

    Args:
        scenario: The place.
        name: The programme's id.
    """
    start, parameters = month_number(scenario.start), scenario.resolve_parameters()
    from_ = scenario.programmes[name].from_
    opens = 0 if from_ is None else month_number(from_) - start
    agreed = min(
        opens + _months_of_consent(scenario.months, parameters) - 1,
        _month_of_order(scenario, name, opens, int(parameters.instruction_months)),
    )
    return agreed if agreed < scenario.months else None


def _months_of_consent(months: int, parameters: Parameters) -> int:
    """Return in which month on the table a programme can be agreed by consent at the earliest, counted from 1.

    It is later than the last month of the run if no month of it is late enough.
    """
    co_ownership, month = 0.0, 0
    while month < months and (month == 0 or co_ownership < parameters.quorum):
        co_ownership += parameters.co_ownership_memory * (1 - co_ownership)
        month += 1
    return month if co_ownership >= parameters.quorum else months + 1


def _month_of_order(scenario: Scenario, name: str, opens: int, takes: int) -> int:
    """Return the first month in which a programme can be declared agreed by order, counted from 0.

    It is the one in which it has been on the table for so many months while an order acts on it; after the last month
    if there is none.

    Args:
        scenario: The place.
        name: The programme's id.
        opens: The month in which it opens, counted from 0.
        takes: Months that an order takes.
    """
    start, months = month_number(scenario.start), scenario.months
    orders = [
        acting_months(start, months, setting.from_, setting.until)
        for setting in scenario.levers.get(Lever.TOP_DOWN_INSTRUCTION, ())
        if setting.strength > 0 and (setting.only is None or name in setting.only)
    ]
    under = sorted({month for begin, end in orders for month in range(max(0, opens, begin), end)})
    return under[takes - 1] if len(under) >= takes else months
