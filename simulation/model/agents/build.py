"""Make agents, relationships and opportunities from a system's arrays, and introduce them to each other."""

from typing import TYPE_CHECKING

from simulation.model.agents.opportunity import Contract, Membership, Opportunity, Programme
from simulation.model.agents.organisation import Commissioner, Organisation, Provider
from simulation.model.agents.relationship import Relationship
from simulation.vocabulary import Role

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel

_KINDS = {Role.COMMISSIONER: Commissioner, Role.PROVIDER: Provider}


def build_organisations(model: "TrustModel") -> list[Organisation]:
    """One agent for each organisation, in id order."""
    axes = model.system.axes
    return [
        _KINDS[axes.organisation(organisation).role](model, position)
        for position, organisation in enumerate(axes.organisations)
    ]


def build_relationships(model: "TrustModel", organisations: list[Organisation]) -> list[Relationship]:
    """Each organisation's trust in those it shares an opportunity with, in the order of the arrays."""
    system = model.system
    relationships = [
        Relationship(organisations[of], organisations[trusted], baseline)
        for of, trusted, baseline in zip(
            system.relationship_of.tolist(), system.relationship_in.tolist(), system.baseline.tolist(), strict=True
        )
    ]
    for relationship in relationships:
        relationship.trusting.know(relationship)
    return relationships


def build_opportunities(model: "TrustModel", organisations: list[Organisation]) -> list[Opportunity]:
    """Programmes and contracts with their members, in id order."""
    system = model.system
    opportunities: list[Opportunity] = [
        (Programme if is_programme else Contract)(model, position)
        for position, is_programme in enumerate(system.is_programme.tolist())
    ]
    for opportunity in opportunities:
        for position in range(*system.first_membership[opportunity.position : opportunity.position + 2].tolist()):
            organisation = organisations[int(system.member[position])]
            membership = Membership(position, organisation, opportunity)
            opportunity.members.append(membership)
            organisation.memberships.append(membership)
    return opportunities


def introduce(opportunities: list[Opportunity], relationships: list[Relationship]) -> None:
    """Tell members of each other, and relationships of the opportunities in which the two will meet."""
    for opportunity in opportunities:
        for member in opportunity.members:
            member.participants = float(len(opportunity.members))
            member.met = [other for other in opportunity.members if other is not member]
            member.others = [member.organisation.relationship_to(other.organisation) for other in member.met]
    for relationship in relationships:
        mine = {member.opportunity.position: member for member in relationship.trusting.memberships}
        relationship.encounters = [
            (mine.get(theirs.opportunity.position), theirs) for theirs in relationship.trusted.memberships
        ]
