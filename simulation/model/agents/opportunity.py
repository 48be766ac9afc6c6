"""Opportunities: programmes, agreed once and delivered in milestones, and contracts, managed every month."""

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from simulation.model.rules import account, convene, delivery, negotiation, stance
from simulation.vocabulary import Lever, OutcomeClass, Stance

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.organisation import Organisation
    from simulation.model.agents.relationship import Relationship


class Membership:
    """One organisation's part in one opportunity."""

    __slots__ = (
        "agreed_share", "exposure", "income_share", "met", "months_institutional", "months_on_table", "opportunity",
        "organisation", "others", "participants", "position", "share", "skill", "stance",
    )  # fmt: skip

    def __init__(
        self, position: int, organisation: "Organisation", opportunity: "Opportunity", share: float, skill: float
    ) -> None:
        self.position = position
        self.organisation = organisation
        self.opportunity = opportunity
        self.share = share
        """Share of the value before gain share."""
        self.agreed_share = share
        """Share after gain share: this month's, or as it was when the programme was agreed."""
        self.skill = skill
        self.participants = 0.0
        self.income_share = 0.0
        """Its part of all participants' income, by which set-up is paid."""
        self.others: list[Relationship] = []
        """This organisation's relationships to the other participants, in id order."""
        self.met: list[Membership] = []
        """The other participants' memberships, in the same order."""
        self.exposure = 0.0
        self.stance = Stance.INSTITUTIONAL
        self.months_on_table = 0
        self.months_institutional = 0

    def __repr__(self) -> str:
        return f"<{self.organisation.id} in {self.opportunity.id}: {self.stance.name.lower()}>"

    @property
    def is_population_first(self) -> bool:
        """Whether the organisation asked the population's question of this opportunity this month."""
        return self.stance is Stance.POPULATION_FIRST

    @property
    def reciprocity(self) -> float:
        """The organisation's mean trust in the other participants, 0–1."""
        total = 0.0
        for relationship in self.others:
            total += relationship.trust
        return total / len(self.others)


class Opportunity:
    """What organisations could do together: value, shares, and who takes part."""

    def __init__(self, model: "TrustModel", position: int) -> None:
        system = model.system
        self.model = model
        self.position = position
        self.id = system.axes.opportunities[position]
        self.value = float(system.value[position])
        self.benefit = float(system.benefit[position])
        self.opens = int(system.opens[position])
        self.members: list[Membership] = []
        self.is_active = False
        """Whether its participants meet about it this month."""
        self.milestone_met = False
        """Whether a milestone was met this month."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def begin_month(self) -> None:
        """Open, stay open or be over, as this month begins."""
        self.is_active = self.model.month >= self.opens
        self.milestone_met = False

    @property
    def is_on_table(self) -> bool:
        """Whether it waits for agreement or, a contract, is managed this month."""
        return self.is_active

    @property
    def celebration(self) -> float:
        """How strongly its milestones are celebrated this month, 0–1."""
        return self.model.calendar.strength(Lever.CELEBRATION, self.position)

    @property
    def population_first(self) -> float:
        """How many participants asked the population's question this month."""
        return float(sum(member.is_population_first for member in self.members))

    def share_gains(self) -> None:
        """Set each participant's share of this month's value after gain share."""
        gain_share = self.model.calendar.strength(Lever.GAIN_SHARE, self.position)
        gains = losses = 0.0
        for member in self.members:
            if member.share > 0.0:
                gains += member.share
            else:
                losses -= member.share
        for member in self.members:
            member.agreed_share = stance.share_after_gain_share(member.share, gain_share, gains, losses)

    def note_stances(self) -> None:
        """Keep count of who asked the institutional question while this was on the table."""
        if self.is_on_table:
            for member in self.members:
                member.months_on_table += 1
                member.months_institutional += not member.is_population_first


class Contract(Opportunity):
    """A contract between organisations, managed every month and never closed."""

    yielded = 0.0
    """What it saved this month, £m."""
    shifted = 0.0
    """What institutional parties took from population-first ones this month, £m."""

    def negotiate(self) -> None:
        """Work out what this month's meetings yielded and what was shifted."""
        self.yielded = self.shifted = 0.0
        if not self.is_active:
            return
        participants, population_first = float(len(self.members)), self.population_first
        pairs = participants * (participants - 1.0) / 2.0
        self.yielded = negotiation.contract_yield(self.value, population_first * (population_first - 1.0) / 2.0, pairs)
        for member in self.members:
            if member.is_population_first:
                self.shifted += self.loss_in_meeting(member) * (participants - population_first)

    def loss_in_meeting(self, member: Membership) -> float:
        """What a population-first participant loses to one institutional participant, £m."""
        return negotiation.cost_shift(member.exposure, self.value, member.participants)

    def net_shift(self, member: Membership) -> float:
        """What a participant took from the others less what they took from it this month, £m."""
        net = 0.0
        for other in member.met:
            if other.is_population_first and not member.is_population_first:
                net += self.loss_in_meeting(other)
            elif member.is_population_first and not other.is_population_first:
                net -= self.loss_in_meeting(member)
        return net


class Programme(Opportunity):
    """A programme: on the table until it is agreed, in delivery until its last milestone, then delivered."""

    def __init__(self, model: "TrustModel", position: int) -> None:
        super().__init__(model, position)
        system = model.system
        self.milestones = int(system.milestones[position])
        self.reach = float(system.reach[position])
        self.instalment = delivery.set_up_instalment(float(system.set_up_cost[position]), float(self.milestones))
        self.co_ownership = 0.0
        self.months_instructed = 0
        self.agreed: int | None = None
        """The month in which it was agreed."""
        self.by_order = False
        self.lead: Membership | None = None
        self.outcome: OutcomeClass | None = None
        self.realisation = 0.0
        self.co_ownership_at_agreement = 0.0
        self.milestones_met = 0
        self.month_delivered: int | None = None
        """The month of its last milestone."""

    @property
    def is_agreed(self) -> bool:
        """Whether it was agreed, this month or before."""
        return self.agreed is not None

    @property
    def is_delivered(self) -> bool:
        """Whether its last milestone was met."""
        return self.milestones_met == self.milestones

    def begin_month(self) -> None:
        """On the table, in delivery or delivered, as this month begins."""
        super().begin_month()
        self.is_active = self.is_active and not self.is_delivered

    @property
    def is_on_table(self) -> bool:
        """Whether it waits for agreement this month (the month of agreement included)."""
        return self.model.month >= self.opens and self.agreed in (None, self.model.month)

    @property
    def is_in_delivery(self) -> bool:
        """Whether it is in delivery this month: from the month after agreement until its last milestone."""
        return (
            self.agreed is not None
            and self.agreed < self.model.month
            and self.month_delivered in (None, self.model.month)
        )

    @property
    def worth(self) -> float:
        """What it saves every year by now, £m a year."""
        return account.programme_worth(self.value, self.realisation, float(self.milestones_met), float(self.milestones))

    def lose_leaders(self, turnover_loss: float) -> None:
        """Lose co-ownership with each participant whose leader changed, in id order."""
        if self.is_delivered:
            return
        for member in self.members:
            if member.organisation.leader_changed:
                self.co_ownership = convene.co_ownership_after_leader_change(
                    self.co_ownership, turnover_loss, member.participants
                )

    def meet(self, memory: float) -> None:
        """Co-ownership follows this month's stances."""
        self.co_ownership = negotiation.co_ownership_after_meeting(
            self.co_ownership, memory, self.population_first / len(self.members)
        )

    def has_consent(self, quorum: float, neutral_band: float) -> bool:
        """Whether it is co-owned enough and no board that stands to lose asked the institutional question."""
        return self.co_ownership >= quorum and not any(
            not member.is_population_first
            and negotiation.stands_to_lose(member.agreed_share, member.participants, neutral_band)
            for member in self.members
        )

    def classify(self, neutral_band: float) -> OutcomeClass:
        """Whether it is win/win, win/neutral or win/lose at this month's shares."""
        terms = [(member.agreed_share, member.participants, neutral_band) for member in self.members]
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
            self.model.luck.realisation[self.position],
            self.model.parameters.realisation_mean,
            self.model.parameters.realisation_spread,
        )
        self.co_ownership_at_agreement = self.co_ownership

    def delivery_order(self) -> tuple[float, int]:
        """Earlier agreement first, then id."""
        return (inf if self.agreed is None else self.agreed), self.position

    def choose_lead(self, candidates: Sequence[Membership]) -> Membership:
        """The candidate with the highest score leads; ties go to the lower id."""
        by_skill = self.model.calendar.strength(Lever.LEAD_BY_SKILL, self.position)
        largest = max(member.organisation.income for member in self.members)
        lead, best = candidates[0], -inf
        for member in candidates:
            score = negotiation.lead_score(
                by_skill, member.organisation.income, largest, member.skill, self._trust_in(member)
            )
            if negotiation.outscores(score, best):
                lead, best = member, score
        return lead

    def _trust_in(self, member: Membership) -> float:
        """The other participants' mean trust in one of them."""
        total = 0.0
        for relationship in member.others:
            total += relationship.trusted.relationship_to(member.organisation).trust
        return total / len(member.others)

    @property
    def mean_trust(self) -> float:
        """Mean trust over the ordered pairs of participants."""
        total = 0.0
        pairs = 0
        for member in self.members:
            for relationship in member.others:
                total += relationship.trust
                pairs += 1
        return total / pairs

    @property
    def milestone_chance(self) -> float:
        """The chance that its next milestone is met this month, if it is attempted."""
        if self.lead is None:
            return 0.0
        return delivery.milestone_chance(
            self.lead.skill, self.model.parameters.delivery_floor, self.mean_trust, self.co_ownership
        )

    def meet_milestone(self) -> None:
        """Its next milestone is met."""
        self.milestone_met = True
        self.milestones_met += 1
        if self.is_delivered:
            self.month_delivered = self.model.month

    @property
    def set_up_this_month(self) -> float:
        """What setting it up costs this month in all, £m."""
        if not self.is_in_delivery or self.agreed is None:
            return 0.0
        return self.instalment if self.model.month - self.agreed <= self.milestones else 0.0
