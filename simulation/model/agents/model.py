"""A place, month by month, as a Mesa model: step it in a debugger or a notebook, or run it to its horizon."""

from functools import cmp_to_key

import mesa

from simulation.levers import Lever
from simulation.model.agents.build import (
    build_opportunities,
    build_organisations,
    build_relationships,
    link_members,
)
from simulation.model.agents.calendar import Calendar
from simulation.model.agents.display import model_to_html, model_to_text
from simulation.model.agents.draws import Draws
from simulation.model.agents.opportunity import Contract, Membership, Programme
from simulation.model.agents.recorder import record_month
from simulation.model.agents.regulator import Regulator
from simulation.model.rules import account, negotiation, numeric, reflection
from simulation.model.system import System, build_system
from simulation.results.trajectory import Trajectory
from simulation.scenario.schema import Scenario


class TrustModel(mesa.Model):
    """One replicate of a place: `step()` simulates a month, `run()` all months; `.trajectory` holds the results.

    Attributes:
        place: The scenario.
        parameters: The assumptions.
        month: The next month, counted from 0; during a step, the month that is simulated.
        organisations: The agents, in id order.
        relationships: Each organisation's trust in another, in id order.
        opportunities: Programmes and contracts, in id order.
        calendar: The values that the scenario sets for the month.
        draws: The month's random draws.
        regulator: The regulator.
        gap: The gap at the end of the last month, £m a year.
        position: The place's surplus or deficit in the last month, £m.
        cumulative_position: The sum of its months so far, £m.
        trajectory: The results so far.
    """

    def __init__(
        self, scenario: Scenario | System, *, seed: int = 0, replicate: int = 0, shuffled: bool = False
    ) -> None:
        """Build a place in its state before the first month.

        Args:
            scenario: A scenario, or the system already built from one.
            seed: Random seed, 0 to 2⁶⁴ − 1; scenarios run on one seed face the same random draws.
            replicate: Number of the replicate, 0 or more.
            shuffled: Let agents act in a random order within each phase. Results are the same.

        Raises:
            ValueError: If the seed or the replicate is out of range.
        """
        super().__init__(rng=seed % 2**32)
        for name, number in (("seed", seed), ("replicate", replicate)):
            if not 0 <= number < 2**64:
                message = f"the {name} must be from 0 to 2⁶⁴ − 1 (given: {number})"
                raise ValueError(message)
        self.system = scenario if isinstance(scenario, System) else build_system(scenario)
        self.place = self.system.scenario
        self.parameters = self.system.parameters
        self.is_confirmatory = reflection.is_confirmatory(self.parameters.trust_rule)
        self.calendar = Calendar(self.system.schedule)
        self.draws = Draws(self.system, seed, replicate)
        self.regulator = Regulator(self)
        self.organisations = build_organisations(self)
        self.relationships = build_relationships(self, self.organisations)
        self.opportunities = build_opportunities(self, self.organisations)
        link_members(self.opportunities, self.relationships)
        self.programmes = [each for each in self.opportunities if isinstance(each, Programme)]
        self.contracts = [each for each in self.opportunities if isinstance(each, Contract)]
        self.month = 0
        self.gap = self.total_efficiency = self.total_worth = 0.0
        self.position = self.cumulative_position = 0.0
        self.trajectory = Trajectory.blank(self.system.axes, seed, replicate)
        self._shuffled = shuffled
        self.begin_month()

    def __repr__(self) -> str:
        return model_to_text(self)

    def _repr_html_(self) -> str:
        return model_to_html(self)

    def run(self) -> Trajectory:
        """Simulate every month up to the horizon.

        Returns:
            The results, month by month.
        """
        while self.month < self.system.months:
            self.step()
        return self.trajectory

    def step(self) -> None:
        """Simulate one month.

        Raises:
            ValueError: If the horizon is reached.
        """
        if self.month >= self.system.months:
            message = f"the scenario ends after {self.system.months} months; build a new TrustModel to start again"
            raise ValueError(message)
        self.begin_month()
        self.convene()
        self.take_stances()
        self.negotiate()
        self.deliver()
        self.reflect()
        self.account()
        self.end_month()

    def begin_month(self) -> None:
        """Set the calendar and the draws to this month; find which opportunities are open, and who keeps what."""
        self.calendar.set_month(self.month)
        self.draws.set_month(self.month)
        for opportunity in self.opportunities:
            opportunity.begin_month()

    def convene(self) -> None:
        """Apply phase 1: breaches, new leaders and the regulator's pressure."""
        for trusted, size in self.calendar.breaches:
            for relationship in self.relationships:
                if relationship.trusted.index == trusted:
                    relationship.apply_breach(size)
        self._each("change_leader")
        self._each("meet_new_leaders")
        for programme in self.programmes:
            programme.lose_leaders(self.parameters.turnover_loss)
        self._each("feel_pressure")

    def take_stances(self) -> None:
        """Apply phase 2: each participant of each open opportunity takes a stance."""
        self._each("take_stances")

    def negotiate(self) -> None:
        """Apply phase 3: contracts yield or shift costs; programmes gain co-ownership and are agreed."""
        for contract in self.contracts:
            contract.negotiate()
        for programme in self.programmes:
            if programme.is_active:
                programme.meet(self.parameters.co_ownership_memory)
            if programme.is_on_table:
                self._agree_if_due(programme)
        for opportunity in self.opportunities:
            opportunity.count_stances()

    def _agree_if_due(self, programme: Programme) -> None:
        """Agree a programme by consent, or by order where there is no consent."""
        instruction = self.calendar.strength(Lever.TOP_DOWN_INSTRUCTION, programme.index)
        programme.months_instructed += negotiation.is_instructed(instruction)
        consent = programme.has_consent(self.parameters.quorum, self.parameters.neutral_band)
        ordered = negotiation.is_ordered(
            consent,
            programme.months_instructed,
            self.parameters.instruction_months,
            self.draws.instruction[programme.index],
            instruction,
        )
        if consent or ordered:
            programme.agree(self._lead_for(programme), by_order=ordered)

    def _lead_for(self, programme: Programme) -> Membership:
        """Choose the lead among the participants that may lead."""
        leading = [each.lead.organisation for each in self.programmes if each.lead is not None and each.is_undelivered]
        room = [
            negotiation.has_room(leading.count(member.organisation), member.organisation.lead_capacity)
            for member in programme.members
        ]
        candidates = [
            member
            for member, has_room in zip(programme.members, room, strict=True)
            if negotiation.may_lead(has_room, any(room))
        ]
        return programme.choose_lead(candidates)

    def deliver(self) -> None:
        """Apply phase 4: each lead attempts the next milestone of as many of its programmes as it can lead."""
        attempts = [0] * len(self.organisations)
        in_delivery = [each for each in self.programmes if each.is_in_delivery]
        for programme in sorted(in_delivery, key=cmp_to_key(Programme.delivery_order)):
            if programme.lead is None:
                continue
            lead = programme.lead.organisation
            if programme.is_mobilised and negotiation.has_room(attempts[lead.index], lead.lead_capacity):
                attempts[lead.index] += 1
                if numeric.happens(self.draws.milestone[programme.index], programme.milestone_chance):
                    programme.meet_milestone()
        for programme in in_delivery:
            programme.look_back()

    def reflect(self) -> None:
        """Apply phase 5: orientation, then trust, move with the month's events; both start from trust after phase 1."""
        self._each("change_orientation")
        self._each("update_trust")

    def account(self) -> None:
        """Apply phase 6: efficiency, the gap, each organisation's books and the regulator's review."""
        self._each("save")
        self.total_efficiency = self.total_worth = 0.0
        for organisation in self.organisations:
            self.total_efficiency += organisation.efficiency
        for programme in self.programmes:
            self.total_worth += programme.worth
        self.gap = account.run_rate_gap(self.calendar.do_nothing, self.total_efficiency, self.total_worth)
        self._each("close_books")
        self.position = 0.0
        for organisation in self.organisations:
            self.position += organisation.month_position
        self.cumulative_position += self.position
        self.regulator.review(self.gap)

    def end_month(self) -> None:
        """Record the month in the trajectory, and go on to the next."""
        record_month(self, self.trajectory)
        self.month += 1

    def _each(self, phase: str) -> None:
        """Let every organisation go through one phase."""
        if self._shuffled:
            self.agents.shuffle_do(phase)
        else:
            self.agents.do(phase)
