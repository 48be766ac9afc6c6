"""Relationships: the trust of one organisation in another."""

from typing import TYPE_CHECKING, NamedTuple

from simulation.model.agents.copying import Part
from simulation.model.rules import convene, negotiation, reflection

if TYPE_CHECKING:
    from simulation.model.agents.opportunity import Membership, Opportunity
    from simulation.model.agents.organisation import Organisation
    from simulation.parameters import Parameters


class TrustMoves(NamedTuple):
    """How trust moves this month, worked out once for all relationships."""

    gain_rate: float
    """Trust gained by an event of weight 1."""
    loss_rate: float
    """Trust lost by an event of weight 1."""
    meetings: list[list[tuple[float, float]]]
    """By the stances of the trusting and the trusted organisation: what their meeting leaves of distrust and trust."""
    milestone_met: bool
    """True if any programme met a milestone, which concerns those outside it as well."""


def moves_of_trust(parameters: "Parameters", milestone_met: bool) -> TrustMoves:
    """Return how trust moves in a month, the effects of the four kinds of meeting included."""
    gain_rate, meeting, stalemate = parameters.trust_gain, parameters.meeting, parameters.stalemate
    loss_rate = reflection.trust_loss(gain_rate, parameters.loss_ratio)

    def effects(asked: bool, answered: bool) -> tuple[float, float]:
        gain = reflection.meeting_gain(asked, answered, meeting)
        loss = reflection.meeting_loss(asked, answered, meeting, stalemate)
        return reflection.what_is_left(gain_rate, gain), reflection.what_is_left(loss_rate, loss)

    meetings = [[effects(asked, answered) for answered in (False, True)] for asked in (False, True)]
    return TrustMoves(gain_rate, loss_rate, meetings, milestone_met)


class Relationship(Part):
    """The trust of one organisation in another: its belief that the other will negotiate population-first."""

    __slots__ = ("baseline", "encounters", "index", "meetings", "model", "trust", "trusted", "trusting")

    KIND = "relationships"
    LINKS = frozenset({"encounters", "meetings", "model", "trusted", "trusting"})

    def __init__(self, index: int, trusting: "Organisation", trusted: "Organisation", baseline: float) -> None:
        self.model = trusting.model
        self.index = index
        self.trusting = trusting
        self.trusted = trusted
        self.baseline = baseline
        self.trust = baseline
        self.encounters: list[tuple[Opportunity, Membership | None, Membership]] = []
        """Each opportunity of the trusted organisation, by id, with the trusting one's part, if any, and theirs."""
        self.meetings: list[tuple[Opportunity, Membership | None, Membership]] = []
        """Those of them that both take part in."""

    def __repr__(self) -> str:
        return f"<trust of {self.trusting.id} in {self.trusted.id}: {self.trust:.2f}>"

    def apply_breach(self, size: float) -> None:
        """Lower trust because the trusted organisation broke its word."""
        self.trust = convene.trust_after_breach(self.trust, size)

    def meet_new_leaders(self, turnover_loss: float) -> None:
        """Return trust part of the way to its baseline for each end whose leader changed."""
        changed = int(self.trusting.leader_changed) + int(self.trusted.leader_changed)
        self.trust = convene.trust_after_leader_change(self.trust, self.baseline, turnover_loss, changed)

    def reflect(self, parameters: "Parameters", moves: TrustMoves, confirmatory: bool) -> None:
        """Move trust by this month's meetings, milestones and promises that slip.

        Args:
            parameters: The assumptions.
            moves: How trust moves this month.
            confirmatory: True if trust moves less the nearer it is to 0 and 1.
        """
        gain_left = loss_left = 1.0
        what_is_left = reflection.what_is_left
        gain_rate, loss_rate, meetings, milestone_met = moves
        for opportunity, mine, theirs in self.encounters if milestone_met else self.meetings:
            if mine is None:
                if opportunity.milestone_met:
                    weight = reflection.celebration_weight(parameters.celebrated, opportunity.celebration)
                    gain_left *= what_is_left(gain_rate, weight)
                continue
            if not opportunity.is_active:
                continue
            gain, loss = meetings[mine.is_population_first][theirs.is_population_first]
            gain_left *= gain
            loss_left *= loss
            if opportunity.milestone_met:
                part = negotiation.share_per_participant(mine.share, mine.participants)
                weight = reflection.milestone_weight(part, parameters.neutral)
                gain, loss = reflection.milestone_gain(weight), reflection.milestone_loss(weight, theirs.share)
                gain_left *= what_is_left(gain_rate, gain)
                loss_left *= what_is_left(loss_rate, loss)
            if opportunity.is_behind:
                loss = reflection.promise_loss(True, opportunity.lead is theirs, parameters.behind)
                loss_left *= what_is_left(loss_rate, loss)
        gain, loss = reflection.combined_effect(gain_left), reflection.combined_effect(loss_left)
        self.trust = reflection.trust_after_events(self.trust, gain, loss, confirmatory)
