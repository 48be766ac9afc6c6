"""A place, month by month, as a Mesa model: step it in a debugger or a notebook, or run it to its horizon."""

from functools import cmp_to_key
from pathlib import Path
from typing import Any

import mesa

from simulation.model.agents.arguments import draws_of, hide_seed, system_of
from simulation.model.agents.branching import system_of_branch
from simulation.model.agents.build import (
    build_opportunities,
    build_organisations,
    build_relationships,
    link_members,
)
from simulation.model.agents.calendar import Calendar
from simulation.model.agents.collection import Collect, MonthlyCollector, build_collector
from simulation.model.agents.copying import State, copy_model, rebuild, restore, state_of
from simulation.model.agents.display import model_to_html, model_to_text
from simulation.model.agents.draws import Draws
from simulation.model.agents.opportunity import Contract, Membership, Programme
from simulation.model.agents.recorder import record_month
from simulation.model.agents.regulator import Regulator
from simulation.model.agents.relationship import moves_of_trust
from simulation.model.rules import account, negotiation, numeric, reflection
from simulation.model.system import System
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
        memberships: Each organisation's part in an opportunity, by opportunity and then by organisation.
        calendar: The values that the scenario sets for the month.
        draws: The month's random draws.
        regulator: The regulator.
        gap: The gap at the end of the last month, £m a year.
        position: The place's surplus or deficit in the last month, £m.
        cumulative_position: The sum of its months so far, £m.
        trajectory: The results so far.
        datacollector: The same by Mesa's means, month by month, unless `collect` is False.
    """

    @hide_seed
    def __init__(
        self,
        scenario: Scenario | System | str | Path,
        *,
        seed: int | None = None,
        rng: int | None = None,
        replicate: int | None = None,
        shuffled: bool = False,
        collect: Collect = True,
        **kwargs: float | str,
    ) -> None:
        """Build a place in its state before the first month.

        Args:
            scenario: A scenario, the path of its file, or the system already built from one.
            seed: Random seed, 0 to 2⁶⁴ − 1; 0 if left out. Scenarios run on one seed face the same random draws.
            rng: Mesa's name for the seed; give one of the two.
            replicate: Number of the replicate, 0 to 2⁶⁴ − 1. If left out it is 0; in Mesa's `batch_run` it is the
                iteration, unless `rng` gives each iteration its seed.
            shuffled: Let agents act in a random order within each phase. Results are the same.
            collect: True to collect the place and its organisations in `datacollector`, `"system"` for the place alone,
                False for a model without `datacollector`, which runs a little faster.
            **kwargs: Assumptions that differ from the scenario's, by the name of the parameter, such as `exposure=0.2`.

        Raises:
            ScenarioError: If there is a mistake in the scenario's file.
            TypeError: If there is no such parameter.
            ValueError: If the seed or the replicate is not a whole number, or one of them or a parameter is out of
                range.
        """
        seed, replicate = draws_of(seed, rng, replicate)
        super().__init__(rng=seed % 2**32)
        self.names_of_mesa = frozenset(vars(self))
        self.arguments = {"seed": seed, "replicate": replicate, "shuffled": shuffled, "collect": collect}
        self.system = system_of(scenario, kwargs)
        self.place = self.system.scenario
        self.parameters = self.system.parameters
        self.is_confirmatory = reflection.is_confirmatory(self.parameters.trust_rule)
        self.calendar = Calendar(self.system.schedule)
        self.draws = Draws(self.system, seed, replicate)
        self.regulator = Regulator(self)
        self.organisations = build_organisations(self)
        # Before 3.5, Mesa keeps each model for ever in the table from which it numbers agents.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        self.relationships = build_relationships(self, self.organisations)
        self.opportunities = build_opportunities(self, self.organisations)
        link_members(self.opportunities, self.relationships)
        self.memberships = [member for each in self.opportunities for member in each.members]
        self.programmes = [each for each in self.opportunities if isinstance(each, Programme)]
        self.contracts = [each for each in self.opportunities if isinstance(each, Contract)]
        self.moves_of_trust = moves_of_trust(self.parameters, milestone_met=False)
        self.month = 0
        self.gap = self.total_efficiency = self.total_worth = 0.0
        self.position = self.cumulative_position = 0.0
        self.trajectory = Trajectory.blank(self.system.axes, seed, replicate)
        self._shuffled = shuffled
        self._parameters_before = self.parameters
        if collect is not False:
            self.datacollector = build_collector(collect, kwargs)
        self.begin_month()

    def __repr__(self) -> str:
        return model_to_text(self)

    def _repr_html_(self) -> str:
        return model_to_html(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuild, (type(self), self.system, self.arguments), state_of(self)

    def __setstate__(self, state: State) -> None:
        restore(self, state)

    def __copy__(self) -> "TrustModel":
        return copy_model(self, {})

    def __deepcopy__(self, memo: dict[int, Any]) -> "TrustModel":
        return copy_model(self, memo)

    @property
    def next_month(self) -> str | None:
        """The next month to be simulated, YYYY-MM; None after the last."""
        months = self.system.axes.months
        return months[self.month] if self.month < len(months) else None

    def branch(self, scenario: Scenario) -> "TrustModel":
        """Return a copy that has another future from the next month on; this model stays as it is.

        Both have the same past and face the same random draws, so they differ by what is changed alone.

        Args:
            scenario: The scenario of the branch: that of this model with other levers, events, do_nothing or plan,
                such as `with_events(model.place, leader_change=(model.next_month, "meht"))`.

        Raises:
            ValueError: If the place or its assumptions are others, or a month that is already simulated would change.
        """
        return copy_model(self, {}, system_of_branch(self.system, scenario, self.month))

    def run(self) -> Trajectory:
        """Simulate every month up to the horizon.

        Returns:
            The results, month by month.
        """
        self.run_until(self.system.months)
        return self.trajectory

    def run_for(self, duration: float) -> None:
        """Simulate some months, or as many as are left.

        Args:
            duration: How many months, 0 or more; a part of a month is not simulated.

        Raises:
            ValueError: If it is below 0.
        """
        if not duration >= 0:
            message = f"the number of months must be 0 or more: a month that is simulated stays so (given: {duration})"
            raise ValueError(message)
        self.run_until(self.month + duration)

    def run_until(self, end_time: float) -> None:
        """Simulate up to the end of a month, or to the horizon if that comes first.

        Args:
            end_time: How many months there are from the start to that end.
        """
        while self.month < self.system.months and self.month + 1 <= end_time:
            self.step()

    def _wrapped_step(self, *args: Any, **kwargs: Any) -> None:
        """Refuse a month after the last before Mesa counts it: its `steps` and `time` then agree with `month`."""
        if self.month >= self.system.months:
            message = f"the scenario ends after {self.system.months} months; build a new TrustModel to start again"
            raise ValueError(message)
        super()._wrapped_step(*args, **kwargs)

    def step(self) -> None:
        """Simulate one month; `running` is false after the last.

        Raises:
            ValueError: If the horizon is reached.
        """
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
        has_changed = self.calendar.has_changed or self.parameters is not self._parameters_before
        self._parameters_before = self.parameters
        if has_changed:
            for organisation in self.organisations:
                organisation.update_levers()
        for opportunity in self.opportunities:
            opportunity.begin_month(has_changed)

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
        instruction = programme.top_down_instruction
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
        milestone_met = any(each.milestone_met for each in self.programmes)
        self.moves_of_trust = moves_of_trust(self.parameters, milestone_met)
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
        collector = getattr(self, "datacollector", None)
        if isinstance(collector, MonthlyCollector):  # a collector of a subclass is for the subclass to fill
            collector.collect(self)
        self.month += 1
        self.running = self.month < self.system.months

    def _each(self, phase: str) -> None:
        """Let every organisation go through one phase."""
        if self._shuffled:
            self.agents.shuffle_do(phase)
        else:
            self.agents.do(phase)
