"""The meeting of the first month that shows most, found by the agents: what the page's own is held to."""

from itertools import combinations
from typing import Any

from simulation.model.agents.model import TrustModel
from simulation.model.agents.opportunity import Contract, Membership, Programme
from simulation.model.rules.stance import trust_threshold
from simulation.scenario.schema import Scenario


def telling_meeting(scenario: Scenario) -> dict[str, Any] | None:
    """Return two organisations that gain and would lean different ways, as far as there are such; None if none meet.

    Args:
        scenario: A place whose leaders never change by chance.
    """
    replicate = TrustModel(scenario, seed=0)
    replicate.convene()
    both: list[Programme | Contract] = [*replicate.programmes, *replicate.contracts]
    found = []
    for order, opportunity in enumerate(each for each in both if each.is_active):
        for one, other in combinations(opportunity.members, 2):
            sides = sorted((side(one, other), side(other, one)), key=lambda each: -each["stakes"])
            is_apart = sides[0]["leans"] != sides[1]["leans"]
            loses = min(each["share"] for each in sides) <= 0
            is_contract = isinstance(opportunity, Contract)
            rank = (not is_apart, loses, is_contract, len(opportunity.members), order)
            found.append(
                (
                    rank,
                    {
                        "title": replicate.system.axes.opportunity_title(opportunity.id),
                        "value": opportunity.value,
                        "participants": len(opportunity.members),
                        "isContract": is_contract,
                        "sides": sides,
                    },
                )
            )
    return min(found, key=lambda each: each[0])[1] if found else None


def side(membership: Membership, met: Membership) -> dict[str, Any]:
    """Return one organisation's view of a meeting with another."""
    organisation = membership.organisation
    stakes, exposure = organisation.stakes_for(membership), organisation.exposure_for(membership)
    orientation, pressure = organisation.orientation, organisation.pressure
    needed = trust_threshold(stakes, orientation, exposure, pressure) if stakes > 0 else float("inf")
    trust = organisation.reciprocity_in(membership)
    fixed = organisation.model.calendar.fixed_stance[organisation.index]
    return {
        "o": organisation.index,
        "share": membership.share,
        "stakes": stakes,
        "exposure": exposure,
        "exposed": (1.0 - orientation) * exposure,
        "pressure": pressure,
        "orientation": orientation,
        "needed": needed if needed <= 1 else None,
        "trust": trust,
        "leans": fixed == 1 if fixed >= 0 else trust > needed and needed <= 1,
        "inOther": organisation.relationship_to(met.organisation).trust,
        "fixed": fixed,
    }
