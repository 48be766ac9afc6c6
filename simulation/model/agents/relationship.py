"""Relationships: the trust of one organisation in another."""

from typing import TYPE_CHECKING

from simulation.model.rules import convene, negotiation, reflection

if TYPE_CHECKING:
    from simulation.model.agents.opportunity import Membership
    from simulation.model.agents.organisation import Organisation
    from simulation.parameters import Parameters


class Relationship:
    """The trust of one organisation in another: its belief that the other will negotiate population-first."""

    __slots__ = ("baseline", "encounters", "trust", "trusted", "trusting")

    def __init__(self, trusting: "Organisation", trusted: "Organisation", baseline: float) -> None:
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
        """Move trust by this month's meetings and milestones."""
        gain_left = loss_left = 1.0
        loss_rate = reflection.trust_loss(parameters.trust_gain, parameters.loss_ratio)
        for mine, theirs in self.encounters:
            if mine is None:
                if theirs.opportunity.milestone_met:
                    gain_left *= self._seen_from_outside(theirs, parameters)
                continue
            if mine.opportunity.is_active:
                asked, answered = mine.is_population_first, theirs.is_population_first
                gain = reflection.meeting_gain(asked, answered, parameters.meeting)
                loss = reflection.meeting_loss(asked, answered, parameters.meeting, parameters.stalemate)
                gain_left *= reflection.what_is_left(parameters.trust_gain, gain)
                loss_left *= reflection.what_is_left(loss_rate, loss)
            if mine.opportunity.milestone_met:
                part = negotiation.share_per_participant(mine.agreed_share, mine.participants)
                weight = reflection.milestone_weight(part, parameters.neutral)
                gain, loss = reflection.milestone_gain(weight), reflection.milestone_loss(weight, theirs.agreed_share)
                gain_left *= reflection.what_is_left(parameters.trust_gain, gain)
                loss_left *= reflection.what_is_left(loss_rate, loss)
        gain, loss = reflection.combined_effect(gain_left), reflection.combined_effect(loss_left)
        self.trust = reflection.trust_after_events(self.trust, gain, loss, confirmatory)

    def _seen_from_outside(self, theirs: "Membership", parameters: "Parameters") -> float:
        """Return the part of distrust that a celebrated milestone leaves in an organisation that had no part in it."""
        weight = reflection.celebration_weight(parameters.celebrated, theirs.opportunity.celebration)
        return reflection.what_is_left(parameters.trust_gain, weight)
