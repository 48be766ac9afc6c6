"""Relationships: the trust of one organisation in another."""

from typing import TYPE_CHECKING

from simulation.model.agents.copying import Part
from simulation.model.rules import convene, negotiation, reflection

if TYPE_CHECKING:
    from simulation.model.agents.opportunity import Membership
    from simulation.model.agents.organisation import Organisation
    from simulation.parameters import Parameters


class Relationship(Part):
    """The trust of one organisation in another: its belief that the other will negotiate population-first."""

    __slots__ = ("baseline", "encounters", "index", "model", "trust", "trusted", "trusting")

    KIND = "relationships"
    LINKS = frozenset({"encounters", "model", "trusted", "trusting"})

    def __init__(self, index: int, trusting: "Organisation", trusted: "Organisation", baseline: float) -> None:
        self.model = trusting.model
        self.index = index
        self.trusting = trusting
        self.trusted = trusted
        self.baseline = baseline
        self.trust = baseline
        self.encounters: list[tuple[Membership | None, Membership]] = []
        """Each opportunity of the trusted organisation, by id: the trusting one's membership, if any, and theirs."""

    def __repr__(self) -> str:
        return f"<trust of {self.trusting.id} in {self.trusted.id}: {self.trust:.2f}>"

    def apply_breach(self, size: float) -> None:
        """Lower trust because the trusted organisation broke its word."""
        self.trust = convene.trust_after_breach(self.trust, size)

    def meet_new_leaders(self, turnover_loss: float) -> None:
        """Return trust part of the way to its baseline for each end whose leader changed."""
        changed = int(self.trusting.leader_changed) + int(self.trusted.leader_changed)
        self.trust = convene.trust_after_leader_change(self.trust, self.baseline, turnover_loss, changed)

    def reflect(self, parameters: "Parameters", confirmatory: bool) -> None:
        """Move trust by this month's meetings, milestones and promises that slip."""
        gain_left = loss_left = 1.0
        what_is_left, gain_rate = reflection.what_is_left, parameters.trust_gain
        loss_rate = reflection.trust_loss(gain_rate, parameters.loss_ratio)
        for mine, theirs in self.encounters:
            opportunity = theirs.opportunity
            if mine is None:
                if opportunity.milestone_met:
                    weight = reflection.celebration_weight(parameters.celebrated, opportunity.celebration)
                    gain_left *= what_is_left(gain_rate, weight)
                continue
            if opportunity.is_active:
                asked, answered = mine.is_population_first, theirs.is_population_first
                gain = reflection.meeting_gain(asked, answered, parameters.meeting)
                loss = reflection.meeting_loss(asked, answered, parameters.meeting, parameters.stalemate)
                gain_left *= what_is_left(gain_rate, gain)
                loss_left *= what_is_left(loss_rate, loss)
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
