"""The least gap that delivery can reach by the last month, whatever anybody decides.

It is what is left where all own every programme, each milestone is met in the first month in which it can be, the
realisation is the expected one and no attention is taken from the organisations' own savings. Source: docs/model.md.
"""

from math import fsum

from simulation.levers import Lever
from simulation.parameters import Parameters
from simulation.scenario.entries import ProgrammeEntry
from simulation.scenario.lever_uses import levers_in_use
from simulation.scenario.months import month_number
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
        programme.paper_value * realised * milestones_in_time(scenario, programme) / programme.milestones
        for programme in scenario.programmes.values()
    )
    return last_gap(scenario) - own - joint


def milestones_in_time(scenario: Scenario, programme: ProgrammeEntry) -> int:
    """Return how many of a programme's milestones can be met by the last month: one a month, once it is mobilised."""
    agreed = first_agreed(scenario, programme)
    if agreed is None:
        return 0
    mobilisation = int(scenario.resolve_parameters().mobilisation)
    return max(0, min(int(programme.milestones), scenario.months - agreed - 1 - mobilisation))


def first_agreed(scenario: Scenario, programme: ProgrammeEntry) -> int | None:
    """Return the first month in which a programme can be agreed, counted from 0; None if that is not within the run."""
    start = month_number(scenario.start)
    opens = 0 if programme.from_ is None else month_number(programme.from_) - start
    agreed = opens + _months_to_agree(scenario, scenario.resolve_parameters()) - 1
    return agreed if agreed < scenario.months else None


def _months_to_agree(scenario: Scenario, parameters: Parameters) -> int:
    """Return in which month on the table a programme can be agreed at the earliest, counted from 1.

    It is later than the last month of the run if no month of it is late enough.
    """
    co_ownership, month = 0.0, 0
    while month < scenario.months and (month == 0 or co_ownership < parameters.quorum):
        co_ownership += parameters.co_ownership_memory * (1 - co_ownership)
        month += 1
    by_consent = month if co_ownership >= parameters.quorum else scenario.months + 1
    ordered = Lever.TOP_DOWN_INSTRUCTION in levers_in_use(scenario)
    return min(by_consent, int(parameters.instruction_months)) if ordered else by_consent
