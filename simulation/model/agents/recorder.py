"""Record a month: each table as lists of values, one for each column by its name."""

from collections.abc import Sequence
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import columns
from simulation.columns import in_order
from simulation.model.agents.opportunity import Contract, Programme
from simulation.model.rules import account, stage
from simulation.model.rules.numeric import mean
from simulation.model.system import add_in_order as _total
from simulation.results.trajectory import Floats, Trajectory

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.opportunity import Membership, Opportunity
    from simulation.model.agents.organisation import Organisation

Row = dict[str, float]
Table = dict[str, list[float]]
"""By column: a value for each organisation, opportunity and so on, in id order."""


def record_month(model: "TrustModel", trajectory: Trajectory) -> None:
    """Fill this month's row of every table of a trajectory."""
    month = model.month
    trajectory.system[month] = in_order(columns.SYSTEM, _system(model))
    trajectory.organisations[month] = _array(columns.ORGANISATIONS, _organisation(model.organisations))
    trajectory.relationships[month] = [relationship.trust for relationship in model.relationships]
    trajectory.opportunities[month] = _array(columns.OPPORTUNITIES, _opportunity(model.opportunities))
    if model.programmes:
        programmes = [each.index for each in model.programmes]
        trajectory.agreements[programmes] = _array(columns.AGREEMENTS, _agreement(model.programmes))
    trajectory.memberships[:] = _array(columns.MEMBERSHIPS, _membership(model.memberships))


def _array(table: Any, values: Table) -> Floats:
    """Return a table as an array, `[row, column]`."""
    return np.array(in_order(table, values), dtype=np.float64).T


def _system(model: "TrustModel") -> Row:
    opened = [each for each in model.programmes if stage.has_opened(model.month, each.opens)]
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
        "population_first": _population_first(model.opportunities),
        "population_first_programmes": _population_first(model.programmes),
        "population_first_contracts": _population_first(model.contracts),
        "orientation": _mean([organisation.orientation for organisation in model.organisations]),
        "pressure": _mean([organisation.pressure for organisation in model.organisations]),
        "co_ownership": _mean([each.co_ownership for each in opened]),
        "plan_coverage": account.plan_coverage(
            _total([each.value for each in opened if each.is_agreed]), _total([each.value for each in opened])
        ),
        "people_reached": _total([account.part_of(each.reach, part) for each, part in done]),
        "benefit": mean(delivered_benefit, benefit),
    }


def _organisation(organisations: "Sequence[Organisation]") -> Table:
    return {
        "orientation": [each.orientation for each in organisations],
        "efficiency": [each.efficiency for each in organisations],
        "pressure": [each.pressure for each in organisations],
        "shortfall": [each.shortfall for each in organisations],
        "position": [each.month_position for each in organisations],
        "population_first": [
            _mean([float(part.is_population_first) for part in each.memberships if part.opportunity.is_active])
            for each in organisations
        ],
    }


def _population_first(opportunities: "Sequence[Opportunity]") -> float:
    """Return the share of population-first stances in those that are active."""
    active = [each for each in opportunities if each.is_active]
    stances = sum([len(each.members) for each in active])
    return mean(_total([each.population_first for each in active]), float(stances))


def _opportunity(opportunities: "Sequence[Opportunity]") -> Table:
    programmes = [each if isinstance(each, Programme) else None for each in opportunities]
    contracts = [each if isinstance(each, Contract) else None for each in opportunities]
    return {
        "co_ownership": [each.co_ownership if each else nan for each in programmes],
        "population_first": [
            mean(each.population_first, float(len(each.members))) if each.is_active else nan for each in opportunities
        ],
        "milestones_met": [float(each.milestones_met) if each else nan for each in programmes],
        "worth": [each.worth if each else nan for each in programmes],
        "behind": [float(each.is_behind) if each and each.is_in_delivery else nan for each in programmes],
        "contract_yield": [each.yielded if each else nan for each in contracts],
        "cost_shifted": [each.shifted if each else nan for each in contracts],
    }


def _agreement(programmes: "Sequence[Programme]") -> Table:
    agreed = [each if each.lead is not None else None for each in programmes]
    return {
        "agreed": [each.agreed if each else nan for each in agreed],
        "by_order": [float(each.by_order) if each else nan for each in agreed],
        "outcome": [float(each.outcome) if each and each.outcome is not None else nan for each in agreed],
        "lead": [float(each.lead.organisation.index) if each and each.lead else nan for each in agreed],
        "realisation": [each.realisation if each else nan for each in agreed],
        "co_ownership": [each.co_ownership_at_agreement if each else nan for each in agreed],
        "milestones_met": [float(each.milestones_met) for each in programmes],
        "worth": [each.worth for each in programmes],
    }


def _membership(memberships: "Sequence[Membership]") -> Table:
    return {
        "months_on_table": [float(each.months_on_table) for each in memberships],
        "months_institutional": [float(each.months_institutional) for each in memberships],
    }


def _mean(numbers: list[float]) -> float:
    return mean(_total(numbers), len(numbers))
