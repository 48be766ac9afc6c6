"""Organisations: commissioners and providers that each answer for their own budget."""

from typing import TYPE_CHECKING

import mesa

from simulation.model.agents.display import organisation_to_html
from simulation.model.agents.opportunity import Contract, Membership, Programme
from simulation.model.agents.relationship import Relationship
from simulation.model.rules import account, convene, reflection, stance
from simulation.vocabulary import Lever, Role, Stance

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel


class Organisation(mesa.Agent):
    """An organisation with its own budget, its orientation, and its trust in those it deals with.

    Its methods are the phases of a month, in the order in which `TrustModel.step` calls them.
    """

    model: "TrustModel"

    def __init__(self, model: "TrustModel", position: int) -> None:
        super().__init__(model)
        system = model.system
        self.position = position
        self.id = system.axes.organisations[position]
        self.name = system.axes.organisation_name(self.id)
        self.income = float(system.income[position])
        self.income_share = float(system.income_share[position])
        """Its part of all organisations' income, by which levers are paid."""
        self.deficit_share = float(system.deficit_share[position])
        self.efficiency_pool = float(system.efficiency_pool[position])
        self.lead_capacity = float(system.lead_capacity[position])
        self.memberships: list[Membership] = []
        """Its part in each opportunity, in id order."""
        self.relationships: list[Relationship] = []
        """Its trust in each organisation that it shares an opportunity with, in id order."""
        self._towards: dict[int, Relationship] = {}
        self.orientation = float(system.opening_orientation[position])
        self.efficiency = 0.0
        self.shortfall = 0.0
        """Own shortfall against plan at the end of last month, in units of a share of income."""
        self.pressure = 0.0
        self.leader_changed = False
        self.month_position = 0.0
        """Surplus or deficit this month, £m."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: orientation {self.orientation:.2f}>"

    def _repr_html_(self) -> str:
        return organisation_to_html(self)

    # Phase 1, convene

    def change_leader(self) -> None:
        """A new leader comes, by an event or by chance, and brings an orientation of their own."""
        parameters = self.model.parameters
        chance = convene.leader_change_chance(
            parameters.turnover,
            parameters.stability_effect,
            self.model.calendar.strength(Lever.LEADERSHIP_STABILITY, self.position),
        )
        self.leader_changed = convene.leader_changes(
            self.model.calendar.leader_leaves[self.position], self.model.chance.leader_change[self.position], chance
        )
        self.orientation = convene.orientation_after_leader_change(
            self.orientation, parameters.entry_orientation, self.leader_changed
        )

    def meet_new_leaders(self) -> None:
        """Trust in others returns part of the way to its baseline where a leader changed at either end."""
        for relationship in self.relationships:
            relationship.meet_new_leaders(self.model.parameters.turnover_loss)

    def feel_pressure(self) -> None:
        """Be pressed by the regulator to answer for one's own budget."""
        self.pressure = self.model.regulator.pressure_on(self)

    # Phase 2, take a stance

    def take_stances(self) -> None:
        """Ask the population's or the institution's question of each opportunity on the table or in delivery."""
        for membership in self.memberships:
            if membership.opportunity.is_active:
                membership.exposure = self.exposure_in(membership)
                membership.stance = self.stance_in(membership)

    def stance_in(self, membership: Membership) -> Stance:
        """The stance in one opportunity: fixed by an event, else drawn with its chance."""
        return Stance(
            stance.stance_taken(
                self.model.calendar.fixed_stance[self.position],
                self.model.chance.stance[membership.position],
                self.population_first_chance(membership),
            )
        )

    def population_first_chance(self, membership: Membership) -> float:
        """The chance of asking the population's question in one opportunity."""
        return stance.population_first_chance(self.model.parameters.decision_sharpness, self.advantage_in(membership))

    def advantage_in(self, membership: Membership) -> float:
        """How much better the population's question serves this organisation, in units of value per participant."""
        return stance.advantage(
            membership.reciprocity,
            self.stakes_in(membership),
            self.orientation,
            self.exposure_in(membership),
            self.pressure,
        )

    def stakes_in(self, membership: Membership) -> float:
        """What is won in one opportunity if the others answer in kind."""
        opportunity = membership.opportunity
        salience = stance.goal_salience(
            self.model.parameters.goal_effect,
            self.model.calendar.strength(Lever.SUPERORDINATE_GOAL, opportunity.position),
        )
        return stance.stakes(
            self.orientation, membership.participants, membership.agreed_share, salience, opportunity.benefit
        )

    def exposure_in(self, membership: Membership) -> float:
        """What opening population-first stands to concede in one opportunity."""
        parameters = self.model.parameters
        return stance.exposure_after_levers(
            parameters.exposure,
            parameters.menu_effect,
            self.model.calendar.strength(Lever.MENU_FRAMING, membership.opportunity.position),
            parameters.coaching_skill,
            self.model.calendar.strength(Lever.COACHING, self.position),
        )

    # Phase 5, reflect

    def change_orientation(self) -> None:
        """Move orientation with coaching and toward the stances that trusted partners were seen to take."""
        seen_population_first = seen = 0.0
        for membership in self.memberships:
            if membership.opportunity.is_active:
                for relationship, other in zip(membership.others, membership.met, strict=True):
                    seen += relationship.trust
                    seen_population_first += reflection.weight_of_stance(relationship.trust, float(other.stance))
        parameters = self.model.parameters
        self.orientation = reflection.orientation_after_month(
            self.orientation,
            parameters.coaching_effect,
            self.model.calendar.strength(Lever.COACHING, self.position),
            parameters.role_modelling,
            seen_population_first,
            seen,
        )

    def update_trust(self) -> None:
        """Move trust in each of the others by what this month's meetings and milestones showed."""
        for relationship in self.relationships:
            relationship.reflect(self.model.parameters, self.model.is_confirmatory)

    # Phase 6, account

    def save(self) -> None:
        """Draw on one's own pool of savings, less so while delivering with others."""
        programmes = [member.opportunity for member in self.memberships if isinstance(member.opportunity, Programme)]
        in_delivery = sum(programme.is_in_delivery for programme in programmes)
        self.efficiency = account.efficiency_after_month(
            self.efficiency,
            self.efficiency_pool,
            self.model.parameters.efficiency_rate,
            self.model.parameters.attention_cost,
            float(in_delivery),
            float(len(programmes)),
        )

    def close_books(self) -> None:
        """Work out this month's surplus or deficit, and the shortfall that the regulator will see next month."""
        calendar = self.model.calendar
        gains = 0.0
        for membership in self.memberships:
            if isinstance(membership.opportunity, Programme):
                gains += account.part_of(membership.opportunity.worth, membership.agreed_share)
        gap = account.own_gap(self.deficit_share, calendar.do_nothing, self.efficiency, gains)
        self.month_position = account.position_this_month(
            gap,
            self._contract_yields(),
            self._cost_shifts(),
            self._set_up(),
            account.part_of(calendar.lever_cost, self.income_share),
        )
        plan = account.part_of(calendar.plan, self.deficit_share)
        self.shortfall = account.shortfall(gap, plan, self.model.parameters.shortfall_unit, self.income)

    def _contract_yields(self) -> float:
        total = 0.0
        for membership in self.memberships:
            if isinstance(membership.opportunity, Contract):
                total += account.part_of(membership.opportunity.yielded, membership.agreed_share)
        return total

    def _cost_shifts(self) -> float:
        total = 0.0
        for membership in self.memberships:
            if isinstance(membership.opportunity, Contract) and membership.opportunity.is_active:
                total += membership.opportunity.net_shift(membership)
        return total

    def _set_up(self) -> float:
        total = 0.0
        for membership in self.memberships:
            if isinstance(membership.opportunity, Programme):
                total += account.part_of(membership.opportunity.set_up_this_month, membership.income_share)
        return total

    def relationship_to(self, other: "Organisation") -> Relationship:
        """Its trust in another organisation that it shares an opportunity with.

        Raises:
            KeyError: If they share none.
        """
        return self._towards[other.position]

    def know(self, relationship: Relationship) -> None:
        """Take note of a relationship, in id order."""
        self.relationships.append(relationship)
        self._towards[relationship.trusted.position] = relationship


class Commissioner(Organisation):
    """An organisation that pays for care."""

    role = Role.COMMISSIONER


class Provider(Organisation):
    """An organisation that delivers care; some are NHS trusts."""

    role = Role.PROVIDER
