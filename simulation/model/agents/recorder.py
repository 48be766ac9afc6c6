"""Write down what happened this month."""

from math import nan
from typing import TYPE_CHECKING

from simulation.model.agents.opportunity import Contract, Programme
from simulation.model.rules import account
from simulation.model.rules.numeric import mean
from simulation.results.trajectory import Trajectory

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.opportunity import Opportunity
    from simulation.model.agents.organisation import Organisation


def record_month(model: "TrustModel", trajectory: Trajectory) -> None:
    """Fill this month's place in every table of a trajectory."""
    month = model.month
    trajectory.system[month] = _system(model)
    trajectory.organisations[month] = [_organisation(organisation) for organisation in model.organisations]
    trajectory.relationships[month] = [relationship.trust for relationship in model.relationships]
    trajectory.opportunities[month] = [_opportunity(opportunity) for opportunity in model.opportunities]
    trajectory.agreements[:] = [_agreement(opportunity) for opportunity in model.opportunities]
    for opportunity in model.opportunities:
        for member in opportunity.members:
            trajectory.memberships[member.index] = member.months_on_table, member.months_institutional


def _system(model: "TrustModel") -> list[float]:
    """One row in the order of `columns.SYSTEM`."""
    active = [each for each in model.opportunities if each.is_active]
    opened = [each for each in model.programmes if each.opens <= model.month]
    stances = [float(member.is_population_first) for each in active for member in each.members]
    in_contracts = [
        float(member.is_population_first) for each in active if isinstance(each, Contract) for member in each.members
    ]
    done = [(each, account.part_met(each.milestones_met, each.milestones)) for each in model.programmes]
    benefit = _total([each.benefit * each.value for each in model.programmes])
    return [
        model.gap,
        model.calendar.do_nothing,
        model.total_efficiency,
        model.total_worth,
        _total([each.value * part for each, part in done]),
        _mean([relationship.trust for relationship in model.relationships]),
        _mean(stances),
        _mean(in_contracts),
        _mean([organisation.orientation for organisation in model.organisations]),
        _mean([organisation.pressure for organisation in model.organisations]),
        _mean([each.co_ownership for each in opened]),
        account.plan_coverage(
            _total([each.value for each in opened if each.is_agreed]), _total([each.value for each in opened])
        ),
        _total([each.reach * part for each, part in done]),
        mean(_total([each.benefit * each.value * part for each, part in done]), benefit),
    ]


def _organisation(organisation: "Organisation") -> tuple[float, ...]:
    """One row in the order of `columns.ORGANISATIONS`."""
    stances = [float(each.is_population_first) for each in organisation.memberships if each.opportunity.is_active]
    return (
        organisation.orientation,
        organisation.efficiency,
        organisation.pressure,
        organisation.shortfall,
        organisation.month_position,
        _mean(stances),
    )


def _opportunity(opportunity: "Opportunity") -> tuple[float, ...]:
    """One row in the order of `columns.OPPORTUNITIES`."""
    asked = opportunity.population_first / len(opportunity.members) if opportunity.is_active else nan
    if isinstance(opportunity, Programme):
        return opportunity.co_ownership, asked, float(opportunity.milestones_met), opportunity.worth, nan, nan
    if isinstance(opportunity, Contract):
        return nan, asked, nan, nan, opportunity.yielded, opportunity.shifted
    raise TypeError(opportunity)


def _agreement(opportunity: "Opportunity") -> tuple[float, ...]:
    """One row in the order of `columns.AGREEMENTS`."""
    if not isinstance(opportunity, Programme):
        return (nan,) * 8
    met, worth = float(opportunity.milestones_met), opportunity.worth
    if opportunity.outcome is None or opportunity.lead is None:
        return (*(nan,) * 6, met, worth)
    return (
        opportunity.agreed,
        float(opportunity.by_order),
        float(opportunity.outcome),
        float(opportunity.lead.organisation.index),
        opportunity.realisation,
        opportunity.co_ownership_at_agreement,
        met,
        worth,
    )


def _total(numbers: list[float]) -> float:
    """A sum in the order given, so that both engines agree on its last bit."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def _mean(numbers: list[float]) -> float:
    return mean(_total(numbers), len(numbers))
