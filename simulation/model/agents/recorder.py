"""Record a month: each row of a table as values by the names of its columns."""

from math import nan
from typing import TYPE_CHECKING

from simulation import columns
from simulation.columns import in_order
from simulation.model.agents.opportunity import Contract, Programme
from simulation.model.rules import account, stage
from simulation.model.rules.numeric import mean
from simulation.model.system import add_in_order as _total
from simulation.results.trajectory import Trajectory

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.opportunity import Membership, Opportunity
    from simulation.model.agents.organisation import Organisation

Row = dict[str, float]


def record_month(model: "TrustModel", trajectory: Trajectory) -> None:
    """Fill this month's row of every table of a trajectory."""
    month = model.month
    trajectory.system[month] = in_order(columns.SYSTEM, _system(model))
    trajectory.organisations[month] = [in_order(columns.ORGANISATIONS, _organisation(o)) for o in model.organisations]
    trajectory.relationships[month] = [relationship.trust for relationship in model.relationships]
    trajectory.opportunities[month] = [in_order(columns.OPPORTUNITIES, _opportunity(k)) for k in model.opportunities]
    for programme in model.programmes:
        trajectory.agreements[programme.index] = in_order(columns.AGREEMENTS, _agreement(programme))
    for opportunity in model.opportunities:
        if opportunity.is_on_table:  # counts of the others stay as they were
            for member in opportunity.members:
                trajectory.memberships[member.index] = in_order(columns.MEMBERSHIPS, _membership(member))


def _system(model: "TrustModel") -> Row:
    active = [each for each in model.opportunities if each.is_active]
    opened = [each for each in model.programmes if stage.has_opened(model.month, each.opens)]
    stances = [float(member.is_population_first) for each in active for member in each.members]
    in_programmes = [
        float(member.is_population_first) for each in active if isinstance(each, Programme) for member in each.members
    ]
    in_contracts = [
        float(member.is_population_first) for each in active if isinstance(each, Contract) for member in each.members
    ]
    in_delivery = [each for each in model.programmes if each.is_in_delivery]
    done = [(each, account.part_met(each.milestones_met, each.milestones)) for each in model.programmes]
    benefit = _total([account.benefit_on_paper(each.benefit, each.value) for each in model.programmes])
    delivered_benefit = _total(
        [account.part_of(account.benefit_on_paper(each.benefit, each.value), part) for each, part in done]
    )
    milestones_value = _total([account.part_of(each.value, part) for each, part in done])
    return {
        "gap": model.gap,
        "position": model.position,
        "cumulative_position": model.cumulative_position,
        "do_nothing": model.calendar.do_nothing,
        "efficiency": model.total_efficiency,
        "programmes": model.total_worth,
        "milestones_value": milestones_value,
        "realised": mean(model.total_worth, milestones_value),
        "behind": _mean([float(each.is_behind) for each in in_delivery]),
        "trust": _mean([relationship.trust for relationship in model.relationships]),
        "population_first": _mean(stances),
        "population_first_programmes": _mean(in_programmes),
        "population_first_contracts": _mean(in_contracts),
        "orientation": _mean([organisation.orientation for organisation in model.organisations]),
        "pressure": _mean([organisation.pressure for organisation in model.organisations]),
        "co_ownership": _mean([each.co_ownership for each in opened]),
        "plan_coverage": account.plan_coverage(
            _total([each.value for each in opened if each.is_agreed]), _total([each.value for each in opened])
        ),
        "people_reached": _total([account.part_of(each.reach, part) for each, part in done]),
        "benefit": mean(delivered_benefit, benefit),
    }


def _organisation(organisation: "Organisation") -> Row:
    stances = [float(each.is_population_first) for each in organisation.memberships if each.opportunity.is_active]
    return {
        "orientation": organisation.orientation,
        "efficiency": organisation.efficiency,
        "pressure": organisation.pressure,
        "shortfall": organisation.shortfall,
        "position": organisation.month_position,
        "population_first": _mean(stances),
    }


def _opportunity(opportunity: "Opportunity") -> Row:
    row = dict.fromkeys(columns.OPPORTUNITIES._fields, nan)
    if opportunity.is_active:
        row["population_first"] = mean(opportunity.population_first, float(len(opportunity.members)))
    if isinstance(opportunity, Programme):
        row |= {
            "co_ownership": opportunity.co_ownership,
            "milestones_met": float(opportunity.milestones_met),
            "worth": opportunity.worth,
        }
        if opportunity.is_in_delivery:
            row["behind"] = float(opportunity.is_behind)
    if isinstance(opportunity, Contract):
        row |= {"contract_yield": opportunity.yielded, "cost_shifted": opportunity.shifted}
    return row


def _agreement(programme: Programme) -> Row:
    row = dict.fromkeys(columns.AGREEMENTS._fields, nan)
    row |= {"milestones_met": float(programme.milestones_met), "worth": programme.worth}
    if programme.outcome is None or programme.lead is None:
        return row
    return row | {
        "agreed": programme.agreed,
        "by_order": float(programme.by_order),
        "outcome": float(programme.outcome),
        "lead": float(programme.lead.organisation.index),
        "realisation": programme.realisation,
        "co_ownership": programme.co_ownership_at_agreement,
    }


def _membership(member: "Membership") -> Row:
    return {"months_on_table": member.months_on_table, "months_institutional": member.months_institutional}


def _mean(numbers: list[float]) -> float:
    return mean(_total(numbers), len(numbers))
