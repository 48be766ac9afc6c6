"""Opportunities: programmes, agreed once and delivered in milestones, and contracts, managed every month."""

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from simulation.levers import Lever
from simulation.model.agents.copying import Part
from simulation.model.rules import convene, delivery, negotiation, numeric, stage, stance
from simulation.vocabulary import OutcomeClass, Stance

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.organisation import Organisation
    from simulation.model.agents.relationship import Relationship


class Membership(Part):
    """One organisation's part in one opportunity."""

    __slots__ = (
        "cost_shifted", "exposure", "has_asked", "income_share", "index", "is_population_first", "meetings", "met",
        "model", "months_institutional", "months_on_table", "opportunity", "organisation", "others", "participants",
        "share", "skill",
    )  # fmt: skip

    KIND = "memberships"
    LINKS = frozenset({"meetings", "met", "model", "opportunity", "organisation", "others"})

    def __init__(self, index: int, organisation: "Organisation", opportunity: "Opportunity") -> None:
        self.model = opportunity.model
        system = self.model.system
        self.index = index
        self.organisation = organisation
        self.opportunity = opportunity
        self.share = 0.0
        """This month's share of the value, after payment and gain share."""
        self.skill = float(system.skill[index])
        self.participants = 0.0
        self.income_share = float(system.set_up_share[index])
        """Its part of all participants' income, which is also its part of the set-up cost."""
        self.others: list[Relationship] = []
        """This organisation's relationships to the other participants, in id order."""
        self.met: list[Membership] = []
        """The other participants' memberships, in the same order."""
        self.meetings: list[tuple[Relationship, Membership]] = []
        """Both together: its relationship to each of the others, and the membership of that one."""
        self.exposure = 0.0
        """This month's loss if the others are institutional, in value per participant."""
        self.cost_shifted = 0.0
        """The cost that it shifted to the other side of a contract this month, £m; below 0 it took cost over."""
        self.is_population_first = False
        """True if it asked the population's question this month."""
        self.has_asked = False
        """True once the organisation has taken a stance in this opportunity."""
        self.months_on_table = 0
        self.months_institutional = 0

    def __repr__(self) -> str:
        return f"<{self.organisation.id} in {self.opportunity.id}: {self.stance.name.lower()}>"

    @property
    def stance(self) -> Stance:
        """The question that the organisation asked of this opportunity this month."""
        return Stance.POPULATION_FIRST if self.is_population_first else Stance.INSTITUTIONAL

    @stance.setter
    def stance(self, stance: Stance) -> None:
        """Set it."""
        self.is_population_first = stance == Stance.POPULATION_FIRST

    @property
    def trust_in_others(self) -> list[float]:
        """The organisation's trust in each of the other participants, 0–1."""
        return [relationship.trust for relationship in self.others]


class Opportunity(Part):
    """Something that organisations could do together, with its value and the share of each participant."""

    KIND = "opportunities"
    LINKS = frozenset({"members", "model"})

    def __init__(self, model: "TrustModel", index: int) -> None:
        system = model.system
        self.model = model
        self.index = index
        self.id = system.axes.opportunities[index]
        self.benefit = float(system.benefit[index])
        self.opens = int(system.opens[index])
        self.agreed = self.delivered = inf
        """The months of its agreement and of its last milestone; infinity until then, and for a contract."""
        self.gain_share = 0.0
        """How far gains are shared: this month's strength of the lever, or that of the month of agreement."""
        self.members: list[Membership] = []
        self.lead: Membership | None = None
        """Of a programme that is agreed."""
        self.is_active = self.is_on_table = self.is_in_delivery = False
        """True if its participants meet about it this month; the two others: true if it is in that stage."""
        self.is_behind = False
        """True if it is behind its promised pace."""
        self.milestone_met = False
        """True if a milestone was met this month."""
        self.menu_framing = self.top_down_instruction = self.celebration = 0.0
        """The strength of each lever that acts on it this month, 0–1."""
        self.goal_salience = 1.0
        """How much the population's benefit weighs this month."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def begin_month(self, has_changed: bool) -> None:
        """Update its stage as this month begins and, where they changed, its levers and the stakes of participants.

        Args:
            has_changed: True if a lever, a share after payment or an assumption differs from the month before.
        """
        month = self.model.month
        self.is_active = stage.is_active(month, self.opens, self.delivered)
        self.is_on_table = stage.is_on_table(month, self.opens, self.agreed)
        self.is_in_delivery = stage.is_in_delivery(month, self.agreed, self.delivered)
        self.milestone_met = self.is_behind = False
        if has_changed or month == self.opens:
            self._update_levers()
            self._share_out()

    def _update_levers(self) -> None:
        """Look up the levers that act on it this month."""
        strength = self.model.calendar.strength
        self.goal_salience = stance.goal_salience(
            self.model.parameters.goal_effect, strength(Lever.SUPERORDINATE_GOAL, self.index)
        )
        self.menu_framing = strength(Lever.MENU_FRAMING, self.index)
        self.top_down_instruction = strength(Lever.TOP_DOWN_INSTRUCTION, self.index)
        self.celebration = strength(Lever.CELEBRATION, self.index)

    @property
    def population_first(self) -> float:
        """The number of participants that asked the population's question this month."""
        return float(sum([member.is_population_first for member in self.members]))

    def _share_out(self) -> None:
        """Set each participant's share of the value, after payment and gain share, and its exposure."""
        calendar = self.model.calendar
        if self.is_on_table:
            self.gain_share = calendar.strength(Lever.GAIN_SHARE, self.index)
        gains, losses = calendar.gains[self.index], calendar.losses[self.index]
        for member in self.members:
            member.share = stance.share_after_gain_share(calendar.shares[member.index], self.gain_share, gains, losses)
            member.exposure = member.organisation.exposure_for(member)

    def count_stances(self) -> None:
        """Count each participant's months on the table, and those in which it asked the institutional question."""
        if self.is_on_table:
            for member in self.members:
                member.months_on_table += 1
                member.months_institutional += not member.is_population_first


class Contract(Opportunity):
    """A contract between a commissioner and a provider, managed every month and never closed."""

    yielded = 0.0
    """The saving this month, £m."""
    shifted = 0.0
    """The gain of the first of the two by id from a cost shift this month, £m; below 0 the other gains."""

    def __init__(self, model: "TrustModel", index: int) -> None:
        super().__init__(model, index)
        self.value = negotiation.contract_value(float(model.system.amount[index]), model.parameters.contract_saving)
        """The saving from managing it together, £m a year."""

    def negotiate(self) -> None:
        """Work out the saving and the cost shift of this month's meeting."""
        one, other = self.members
        constructive = one.is_population_first and other.is_population_first
        self.yielded = negotiation.contract_yield(self.value, constructive)
        one.cost_shifted, other.cost_shifted = self.net_shift(one), self.net_shift(other)
        self.shifted = one.cost_shifted

    def net_shift(self, member: Membership) -> float:
        """Return the cost that one side shifted to the other this month, £m; below 0 if it took cost over."""
        (other,) = member.met
        return negotiation.net_shift(
            member.is_population_first,
            other.is_population_first,
            negotiation.cost_shift(member.exposure, self.value),
            negotiation.cost_shift(other.exposure, self.value),
        )


class Programme(Opportunity):
    """A programme: on the table until it is agreed, in delivery until its last milestone, then delivered."""

    def __init__(self, model: "TrustModel", index: int) -> None:
        super().__init__(model, index)
        system = model.system
        self.value = float(system.value[index])
        """On paper, £m a year."""
        self.milestones = int(system.milestones[index])
        self.reach = float(system.reach[index])
        self.largest_net_income = float(system.largest_net_income[index])
        self.instalment = delivery.set_up_instalment(float(system.set_up_cost[index]), float(self.milestones))
        self.co_ownership = 0.0
        self.months_instructed = 0
        self.by_order = False
        self.outcome: OutcomeClass | None = None
        self.realisation = 0.0
        self.co_ownership_at_agreement = 0.0
        self.set_up_this_month = 0.0
        """The set-up cost of all participants this month, £m."""
        self.milestones_met = 0
        self.worth = 0.0
        """The saving of the milestones met, £m a year."""

    @property
    def is_agreed(self) -> bool:
        """True if it was agreed, this month or before."""
        return stage.is_agreed(self.model.month, self.agreed)

    @property
    def is_undelivered(self) -> bool:
        """True up to the month of its last milestone, that month included."""
        return stage.is_undelivered(self.model.month, self.delivered)

    @property
    def is_mobilised(self) -> bool:
        """True from the first month in which a milestone can be met."""
        return delivery.is_mobilised(self.model.month, self.agreed, self.model.parameters.mobilisation)

    def lose_leaders(self, turnover_loss: float) -> None:
        """Take away co-ownership for each participant whose leader changed, in id order."""
        if not self.is_undelivered:
            return
        for member in self.members:
            if member.organisation.leader_changed:
                self.co_ownership = convene.co_ownership_after_leader_change(
                    self.co_ownership, turnover_loss, member.participants
                )

    def meet(self, memory: float) -> None:
        """Move co-ownership toward this month's stances."""
        asked = numeric.mean(self.population_first, float(len(self.members)))
        self.co_ownership = negotiation.co_ownership_after_meeting(self.co_ownership, memory, asked)

    def has_consent(self, quorum: float, neutral_band: float) -> bool:
        """Return true if it is co-owned enough and no board refuses."""
        refusals = sum(
            [
                negotiation.refuses(member.is_population_first, member.share, member.participants, neutral_band)
                for member in self.members
            ]
        )
        return negotiation.has_consent(self.co_ownership, quorum, refusals)

    def classify(self, neutral_band: float) -> OutcomeClass:
        """Return whether it is win/win, win/neutral or win/lose at this month's shares."""
        terms = [(member.share, member.participants, neutral_band) for member in self.members]
        losers = sum(negotiation.stands_to_lose(*each) for each in terms)
        winners = sum(negotiation.stands_to_win(*each) for each in terms)
        return OutcomeClass(negotiation.outcome_class(losers, winners, len(self.members)))

    def agree(self, lead: Membership, *, by_order: bool) -> None:
        """Agree at this month's shares; delivery begins next month."""
        self.agreed = self.model.month
        self.by_order = by_order
        self.lead = lead
        self.outcome = self.classify(self.model.parameters.neutral_band)
        self.realisation = negotiation.realisation(
            self.model.draws.realisation[self.index], self.model.parameters.realisation_spread
        )
        self.co_ownership_at_agreement = self.co_ownership

    def delivery_order(self, other: "Programme") -> int:
        """Return −1 if a lead attends to this programme before the other, else 1."""
        return -1 if delivery.delivers_before(self.agreed, self.index, other.agreed, other.index) else 1

    def choose_lead(self, candidates: Sequence[Membership]) -> Membership:
        """Return the candidate with the highest score; of equals, the one with the lower id."""
        by_skill = self.model.calendar.strength(Lever.LEAD_BY_SKILL, self.index)
        lead, best = candidates[0], -inf
        for member in candidates:
            score = negotiation.lead_score(
                by_skill, member.organisation.net_income, self.largest_net_income, member.skill, self._trust_in(member)
            )
            if negotiation.outscores(score, best):
                lead, best = member, score
        return lead

    def _trust_in(self, member: Membership) -> float:
        """Return the other participants' mean trust in one of them, 0–1."""
        total = 0.0
        for relationship in member.others:
            total += relationship.trusted.relationship_to(member.organisation).trust
        return numeric.mean(total, member.participants - 1.0)

    @property
    def mean_trust(self) -> float:
        """The mean trust over the ordered pairs of participants, 0–1."""
        total = pairs = 0.0
        for member in self.members:
            for relationship in member.others:
                total += relationship.trust
                pairs += 1.0
        return numeric.mean(total, pairs)

    @property
    def milestone_chance(self) -> float:
        """The chance that its next milestone is met this month if its lead attempts it, 0–1."""
        if self.lead is None:
            return 0.0
        return delivery.milestone_chance(
            self.lead.skill, self.model.parameters.delivery_floor, self.mean_trust, self.co_ownership
        )

    def meet_milestone(self) -> None:
        """Record that its next milestone is met, and what it saves."""
        parameters = self.model.parameters
        self.milestone_met = True
        self.milestones_met += 1
        self.worth += delivery.milestone_worth(
            self.value,
            float(self.milestones),
            self.realisation,
            parameters.unowned_realisation,
            parameters.owned_realisation,
            self.co_ownership,
        )
        if delivery.is_last_milestone(self.milestones_met, self.milestones):
            self.delivered = self.model.month

    def look_back(self) -> None:
        """Find whether it is behind its promised pace as the month's attempts are over."""
        parameters = self.model.parameters
        self.is_behind = delivery.is_behind(
            self.is_in_delivery,
            delivery.is_last_milestone(self.milestones_met, self.milestones),
            self.model.month,
            self.agreed,
            parameters.mobilisation,
            parameters.pace,
            self.milestones_met,
        )

    def begin_month(self, has_changed: bool) -> None:
        """Do so, and find the instalment of set-up that is due."""
        super().begin_month(has_changed)
        self.set_up_this_month = delivery.set_up_due(
            self.instalment, self.model.month, self.agreed, float(self.milestones)
        )
