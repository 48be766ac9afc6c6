"""Build agents, relationships and opportunities from a system's arrays, and link them to each other."""

from typing import TYPE_CHECKING

from simulation.model.agents.opportunity import Contract, Membership, Opportunity, Programme
from simulation.model.agents.organisation import Commissioner, Organisation, Provider
from simulation.model.agents.relationship import Relationship
from simulation.vocabulary import Role

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel

_KINDS = {Role.COMMISSIONER: Commissioner, Role.PROVIDER: Provider}


def build_organisations(model: "TrustModel") -> list[Organisation]:
    """Return one agent for each organisation, in id order."""
    axes = model.system.axes
    return [
        _KINDS[axes.organisation(organisation).role](model, index)
        for index, organisation in enumerate(axes.organisations)
    ]


def build_relationships(model: "TrustModel", organisations: list[Organisation]) -> list[Relationship]:
    """Return each organisation's trust in those it shares an opportunity with, in the order of the arrays."""
    system = model.system
    relationships = [
        Relationship(index, organisations[trusting], organisations[trusted], baseline)
        for index, (trusting, trusted, baseline) in enumerate(
            zip(system.trusting.tolist(), system.trusted.tolist(), system.baseline.tolist(), strict=True)
        )
    ]
    for relationship in relationships:
        relationship.trusting.add_relationship(relationship)
    return relationships


def build_opportunities(model: "TrustModel", organisations: list[Organisation]) -> list[Opportunity]:
    """Return programmes and contracts with their members, in id order."""
    system = model.system
    opportunities: list[Opportunity] = [
        (Programme if is_programme else Contract)(model, index)
        for index, is_programme in enumerate(system.is_programme.tolist())
    ]
    for opportunity in opportunities:
        for index in range(*system.first_membership[opportunity.index : opportunity.index + 2].tolist()):
            organisation = organisations[int(system.member[index])]
            membership = Membership(index, organisation, opportunity)
            opportunity.members.append(membership)
            organisation.memberships.append(membership)
    return opportunities


def link_members(opportunities: list[Opportunity], relationships: list[Relationship]) -> None:
    """Link members to each other, and relationships to the opportunities in which the two organisations meet."""
    for opportunity in opportunities:
        for member in opportunity.members:
            member.participants = float(len(opportunity.members))
            member.met = [other for other in opportunity.members if other is not member]
            member.others = [member.organisation.relationship_to(other.organisation) for other in member.met]
            member.meetings = list(zip(member.others, member.met, strict=True))
    for organisation in {member.organisation for opportunity in opportunities for member in opportunity.members}:
        organisation.link_memberships()
    for relationship in relationships:
        mine = {member.opportunity.index: member for member in relationship.trusting.memberships}
        relationship.encounters = [
            (theirs.opportunity, mine.get(theirs.opportunity.index), theirs)
            for theirs in relationship.trusted.memberships
        ]
        relationship.meetings = [each for each in relationship.encounters if each[1] is not None]
