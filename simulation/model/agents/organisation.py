"""Organisations: commissioners and providers that each answer for their own budget."""

from typing import TYPE_CHECKING, NoReturn

import mesa

from simulation.levers import Lever
from simulation.model.agents.copying import Part
from simulation.model.agents.display import organisation_to_html
from simulation.model.agents.opportunity import Contract, Membership, Programme
from simulation.model.agents.relationship import Relationship
from simulation.model.rules import account, convene, numeric, reflection, stance
from simulation.vocabulary import Role

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel


class Organisation(Part, mesa.Agent):
    """An organisation with its own budget, its orientation, and its trust in those it deals with.

    Its methods are the phases of a month, in the order in which `TrustModel.step` calls them.
    """

    KIND = "organisations"
    LINKS = frozenset({"_towards", "contracts", "memberships", "model", "programmes", "relationships", "unique_id"})

    model: "TrustModel"

    def __init__(self, model: "TrustModel", index: int) -> None:
        super().__init__(model)
        system = model.system
        self.index = index
        self.id = system.axes.organisations[index]
        self.name = system.axes.organisation_name(self.id)
        self.income = float(system.income[index])
        self.net_income = float(system.net_income[index])
        """Income less the contracts in which it pays, £m a year."""
        self.income_share = float(system.income_share[index])
        """Its part of all organisations' income, which is also its part of the cost of levers."""
        self.deficit_share = float(system.deficit_share[index])
        self.efficiency_pool = float(system.efficiency_pool[index])
        self.lead_capacity = float(system.lead_capacity[index])
        self.memberships: list[Membership] = []
        """Its part in each opportunity, in id order."""
        self.programmes: list[tuple[Membership, Programme]] = []
        self.contracts: list[tuple[Membership, Contract]] = []
        """The programmes and the contracts among them, each with its part in it."""
        self.relationships: list[Relationship] = []
        """Its trust in each organisation that it shares an opportunity with, in id order."""
        self._towards: dict[int, Relationship] = {}
        self.opening_orientation = float(system.opening_orientation[index])
        self.orientation = self.opening_orientation
        self.efficiency = 0.0
        self.shortfall = 0.0
        """Own shortfall against plan at the end of last month, in tenths of income."""
        self.pressure = 0.0
        self.leader_changed = False
        self.coaching = self.shared_accountability = 0.0
        """The strength of levers that act on it this month, 0–1."""
        self.month_position = 0.0
        """Surplus or deficit this month, £m."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: orientation {self.orientation:.2f}>"

    def _repr_html_(self) -> str:
        return organisation_to_html(self)

    def remove(self) -> NoReturn:
        """Refuse to leave: the others' programmes, contracts and shares are those of the whole place.

        Raises:
            TypeError: Always.
        """
        message = f"{self.id} cannot be removed during a run; run a scenario without it"
        raise TypeError(message)

    def update_levers(self) -> None:
        """Look up the levers that act on it this month."""
        strength = self.model.calendar.strength
        self.coaching = strength(Lever.COACHING, self.index)
        self.shared_accountability = strength(Lever.SHARED_ACCOUNTABILITY, self.index)

    # Phase 1, convene

    def change_leader(self) -> None:
        """Change the leader by an event or by chance; a new leader starts from the opening orientation."""
        parameters = self.model.parameters
        chance = convene.leader_change_chance(
            parameters.turnover,
            parameters.stability_effect,
            self.model.calendar.strength(Lever.LEADERSHIP_STABILITY, self.index),
        )
        self.leader_changed = convene.leader_changes(
            self.model.calendar.leader_leaves[self.index], self.model.draws.leader_change[self.index], chance
        )
        self.orientation = convene.orientation_after_leader_change(
            self.orientation, self.opening_orientation, self.leader_changed
        )

    def meet_new_leaders(self) -> None:
        """Return trust part of the way to its baseline where a leader changed at either end."""
        turnover_loss = self.model.parameters.turnover_loss
        for relationship in self.relationships:
            if self.leader_changed or relationship.trusted.leader_changed:
                relationship.meet_new_leaders(turnover_loss)

    def feel_pressure(self) -> None:
        """Take note of the regulator's pressure to answer for its own budget."""
        self.pressure = self.model.regulator.pressure_on(self)

    @property
    def order_felt(self) -> float:
        """The order that it is under as the month begins, less where its programme is agreed, 0–1."""
        on_table = in_delivery = 0.0
        for _, programme in self.programmes:
            if programme.is_on_table:
                on_table = numeric.larger(programme.top_down_instruction, on_table)
            elif programme.is_in_delivery:
                in_delivery = numeric.larger(programme.top_down_instruction, in_delivery)
        return convene.order_felt(on_table, in_delivery, self.model.parameters.instruction_persistence)

    # Phase 2, take a stance

    def take_stances(self) -> None:
        """Ask the population's or the institution's question of each opportunity on the table or in delivery."""
        for membership in self.memberships:
            if membership.opportunity.is_active:
                membership.is_population_first = bool(self.stance_for(membership))
                membership.has_asked = True

    def stance_for(self, membership: Membership) -> int:
        """Return the `Stance` in one opportunity: fixed by an event, else drawn with its chance."""
        return stance.stance_taken(
            self.model.calendar.fixed_stance[self.index],
            self.model.draws.stance[membership.index],
            self.population_first_chance(membership),
        )

    def population_first_chance(self, membership: Membership) -> float:
        """Return the chance of asking the population's question in one opportunity, 0–1."""
        return stance.population_first_chance(self.model.parameters.decision_sharpness, self.advantage_for(membership))

    def advantage_for(self, membership: Membership) -> float:
        """Return how much better the population's question serves it in one opportunity, in value per participant."""
        return stance.advantage(
            self.reciprocity_in(membership),
            self.stakes_for(membership),
            self.orientation,
            membership.exposure,
            self.pressure,
        )

    def reciprocity_in(self, membership: Membership) -> float:
        """Return its belief that the others in one opportunity will be population-first, 0–1."""
        trusts = membership.trust_in_others
        total = 0.0
        for trust in trusts:
            total += trust
        mean_trust = numeric.mean(total, membership.participants - 1.0)
        least_trust = min(trusts)
        return stance.expected_reciprocity(mean_trust, least_trust, self.model.parameters.weakest_link)

    def stakes_for(self, membership: Membership) -> float:
        """Return its gain in one opportunity if the others are population-first too, in value per participant."""
        opportunity = membership.opportunity
        counted = stance.counted_share(membership.share, membership.participants, self.shared_accountability)
        return stance.stakes(
            self.orientation, membership.participants, counted, opportunity.goal_salience, opportunity.benefit
        )

    def exposure_for(self, membership: Membership) -> float:
        """Return its loss in one opportunity if the others are institutional, in value per participant."""
        parameters = self.model.parameters
        exposure = stance.exposure_after_levers(
            parameters.exposure,
            parameters.menu_effect,
            membership.opportunity.menu_framing,
            parameters.coaching_skill,
            self.coaching,
        )
        return stance.exposure_at_stake(exposure, membership.share, membership.participants)

    # Phase 5, reflect

    def change_orientation(self) -> None:
        """Move orientation with coaching and toward the stances that trusted partners took."""
        seen_population_first = seen = 0.0
        weight_of_stance = reflection.weight_of_stance
        for membership in self.memberships:
            if membership.opportunity.is_active:
                for relationship, other in membership.meetings:
                    trust = relationship.trust
                    seen += trust
                    seen_population_first += weight_of_stance(trust, other.is_population_first)
        parameters = self.model.parameters
        self.orientation = reflection.orientation_after_month(
            self.orientation,
            parameters.coaching_effect,
            self.coaching,
            parameters.role_modelling,
            seen_population_first,
            seen,
        )

    def update_trust(self) -> None:
        """Move trust in each of the others by this month's meetings and milestones."""
        model = self.model
        parameters, moves, confirmatory = model.parameters, model.moves_of_trust, model.is_confirmatory
        for relationship in self.relationships:
            relationship.reflect(parameters, moves, confirmatory)

    # Phase 6, account

    def save(self) -> None:
        """Draw on its own pool of savings, less so while delivering programmes."""
        in_delivery = sum([programme.is_in_delivery for _, programme in self.programmes])
        self.efficiency = account.efficiency_after_month(
            self.efficiency,
            self.efficiency_pool,
            self.model.parameters.efficiency_rate,
            self.model.parameters.attention_cost,
            float(in_delivery),
            float(len(self.programmes)),
        )

    def close_books(self) -> None:
        """Work out this month's surplus or deficit, and the shortfall that the regulator will see next month."""
        calendar = self.model.calendar
        gains = 0.0
        for membership, programme in self.programmes:
            gains += account.part_of(programme.worth, membership.share)
        gap = account.own_gap(self.deficit_share, calendar.do_nothing, self.efficiency, gains)
        self.month_position = account.position_this_month(
            gap,
            self._contract_yields(),
            self._cost_shifts(),
            self._set_up(),
            account.part_of(calendar.lever_cost, self.income_share),
        )
        plan = account.part_of(calendar.plan, self.deficit_share)
        self.shortfall = account.shortfall(gap, plan, self.income)

    def _contract_yields(self) -> float:
        total = 0.0
        for membership, contract in self.contracts:
            total += account.part_of(contract.yielded, membership.share)
        return total

    def _cost_shifts(self) -> float:
        total = 0.0
        for membership, _ in self.contracts:
            total += membership.cost_shifted
        return total

    def _set_up(self) -> float:
        total = 0.0
        for membership, programme in self.programmes:
            total += account.part_of(programme.set_up_this_month, membership.income_share)
        return total

    def relationship_to(self, other: "Organisation") -> Relationship:
        """Return its trust in another organisation that it shares an opportunity with.

        Raises:
            KeyError: If they share none.
        """
        return self._towards[other.index]

    def add_relationship(self, relationship: Relationship) -> None:
        """Add its relationship to another organisation; called in id order."""
        self.relationships.append(relationship)
        self._towards[relationship.trusted.index] = relationship

    def link_memberships(self) -> None:
        """Sort its part in each opportunity into programmes and contracts."""
        for membership in self.memberships:
            if isinstance(membership.opportunity, Programme):
                self.programmes.append((membership, membership.opportunity))
            elif isinstance(membership.opportunity, Contract):
                self.contracts.append((membership, membership.opportunity))


class Commissioner(Organisation):
    """An organisation that pays for care."""

    role = Role.COMMISSIONER


class Provider(Organisation):
    """An organisation that delivers care; some are NHS trusts."""

    role = Role.PROVIDER
