"""Phase 5 in the kernel: orientation and trust move with meetings, milestones and promises that slip."""

from simulation.model.ensemble.compiled import fill_lanes, inlined, meetings_of, phase
from simulation.model.ensemble.layout import (
    AT,
    LANES,
    MEMBERSHIP,
    OPPORTUNITY,
    ORGANISATION,
    PARTICIPANT,
    PLACE,
    RELATIONSHIP,
    State,
)
from simulation.model.ensemble.packing import Calendar, PlaceArrays
from simulation.model.rules.negotiation import share_per_participant
from simulation.model.rules.reflection import (
    celebration_weight,
    combined_effect,
    is_confirmatory,
    meeting_gain,
    meeting_loss,
    milestone_gain,
    milestone_loss,
    milestone_weight,
    orientation_after_month,
    promise_loss,
    trust_after_events,
    trust_loss,
    weight_of_stance,
    what_is_left,
)


@phase
def reflect(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Apply phase 5: gather the effects of the month's events by opportunity in id order, then move both."""
    for k in range(len(place.opportunities)):
        if state.marks[k].active:
            _learn_from_meetings(place, state, k)
        if state.marks[k].met:
            _learn_from_milestone(place, state, k)
            if calendar.opportunities[month, k].celebration > 0.0:  # else its weight is 0, and nothing changes
                _celebrate(place, state, k, calendar.opportunities[month, k].celebration)
        if state.marks[k].behind:
            for lane in range(LANES):
                _lose_trust_in_lead(place, state, k, lane)
    _change_orientation(place, calendar, state, month)
    _move_trust(place, state)


@inlined
def _prepare_to_learn(place: PlaceArrays, state: State, k: int, p: int) -> None:
    """Work out the parts of a participant's distrust and trust that a meeting leaves.

    It adds to trust only where the other is population-first, and takes trust away only where the other is not.
    """
    lanes, assumed, memberships = state.lanes & LANES, state.assumed, state.memberships
    opportunities, participants = state.opportunities, state.participants
    stance, at = place.memberships[p].at + MEMBERSHIP.stance, place.memberships[p].participant_at
    active_at = place.opportunities[k].at + OPPORTUNITY.active
    for lane in range(lanes):
        asked, active = memberships[stance + lane] > 0.5, opportunities[active_at + lane] > 0.5
        meeting, stalemate = assumed[AT.meeting + lane], assumed[AT.stalemate + lane]
        rate = assumed[AT.trust_gain + lane]
        loss_rate = trust_loss(rate, assumed[AT.loss_ratio + lane])
        gain_if_answered = what_is_left(rate, meeting_gain(asked, True, meeting))
        loss_if_not = what_is_left(loss_rate, meeting_loss(asked, False, meeting, stalemate))
        participants[at + PARTICIPANT.active + lane] = 1.0 if active else 0.0
        participants[at + PARTICIPANT.gain_if_answered + lane] = gain_if_answered if active else 1.0
        participants[at + PARTICIPANT.loss_if_not + lane] = loss_if_not if active else 1.0


@inlined
def _learn_from_meetings(place: PlaceArrays, state: State, k: int) -> None:
    """Apply each meeting to distrust and trust, and add up the stances that each participant sees."""
    lanes, memberships, participants = state.lanes & LANES, state.memberships, state.participants
    organisations, relationships = state.organisations, state.relationships
    first, until = place.opportunities[k].first, place.opportunities[k].until
    for p in range(first, until):
        _prepare_to_learn(place, state, k, p)
    first_meeting, until_meeting = meetings_of(place, k)
    for m in range(first_meeting, until_meeting):
        theirs, towards = place.meetings[m].other_at + MEMBERSHIP.stance, place.meetings[m].towards_at
        mine, who = place.meetings[m].participant_at, place.meetings[m].organisation_at
        for lane in range(lanes):
            stance = memberships[theirs + lane]
            active = participants[mine + PARTICIPANT.active + lane]
            weight = relationships[towards + RELATIONSHIP.trust + lane] * active
            gain_if_answered = participants[mine + PARTICIPANT.gain_if_answered + lane]
            loss_if_not = participants[mine + PARTICIPANT.loss_if_not + lane]
            answered = stance > 0.5
            relationships[towards + RELATIONSHIP.gain_left + lane] *= gain_if_answered if answered else 1.0
            relationships[towards + RELATIONSHIP.loss_left + lane] *= 1.0 if answered else loss_if_not
            organisations[who + ORGANISATION.seen + lane] += weight
            organisations[who + ORGANISATION.seen_population_first + lane] += weight_of_stance(weight, stance)


@inlined
def _learn_from_milestone(place: PlaceArrays, state: State, k: int) -> None:
    """Apply a met milestone to distrust and trust between its participants."""
    lanes, participants, relationships = state.lanes & LANES, state.participants, state.relationships
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        any_loses = _weigh_milestone(place, state, k, p)
        gain = place.memberships[p].participant_at + PARTICIPANT.milestone_gain
        for q in range(place.memberships[p].first, place.memberships[p].until):
            at = place.pairs[q].towards_at + RELATIONSHIP.gain_left
            for lane in range(lanes):
                relationships[at + lane] *= participants[gain + lane]
        if any_loses:
            _resent_milestone(place, state, p)


@inlined
def _weigh_milestone(place: PlaceArrays, state: State, k: int, p: int) -> bool:
    """Work out what a met milestone weighs for one participant, and return true if it loses by it in any lane."""
    lanes, assumed, memberships = state.lanes & LANES, state.assumed, state.memberships
    opportunities, participants = state.opportunities, state.participants
    at, mine = place.memberships[p].participant_at, place.memberships[p].at + MEMBERSHIP.share
    met_now, number = place.opportunities[k].at + OPPORTUNITY.met_now, place.opportunities[k].participants
    any_loses = False
    for lane in range(lanes):
        met = opportunities[met_now + lane] > 0.5
        part = share_per_participant(memberships[mine + lane], number)
        weight = milestone_weight(part, assumed[AT.neutral + lane]) if met else 0.0
        gain_left = what_is_left(assumed[AT.trust_gain + lane], milestone_gain(weight))
        participants[at + PARTICIPANT.milestone_weight + lane] = weight
        participants[at + PARTICIPANT.milestone_gain + lane] = gain_left
        any_loses |= weight < 0.0
    return any_loses


@inlined
def _resent_milestone(place: PlaceArrays, state: State, p: int) -> None:
    """Apply a met milestone to the trust of a participant that loses by it."""
    lanes, assumed, memberships = state.lanes & LANES, state.assumed, state.memberships
    participants, relationships = state.participants, state.relationships
    mine = place.memberships[p].participant_at + PARTICIPANT.milestone_weight
    for q in range(place.memberships[p].first, place.memberships[p].until):
        theirs = place.pairs[q].other_at + MEMBERSHIP.share
        at = place.pairs[q].towards_at + RELATIONSHIP.loss_left
        for lane in range(lanes):
            loss_rate = trust_loss(assumed[AT.trust_gain + lane], assumed[AT.loss_ratio + lane])
            weight = milestone_loss(participants[mine + lane], memberships[theirs + lane])
            relationships[at + lane] *= what_is_left(loss_rate, weight)


@inlined
def _lose_trust_in_lead(place: PlaceArrays, state: State, k: int, lane: int) -> None:
    """Apply a month behind to the trust of the other participants in the lead, in one lane."""
    assumed, opportunities, at = state.assumed, state.opportunities, place.opportunities[k].at + lane
    is_behind = opportunities[at + OPPORTUNITY.behind] > 0.5
    if not is_behind:
        return
    loss_rate = trust_loss(assumed[AT.trust_gain + lane], assumed[AT.loss_ratio + lane])
    loss_left = what_is_left(loss_rate, promise_loss(is_behind, True, assumed[AT.behind + lane]))
    lead = int(opportunities[at + OPPORTUNITY.lead_membership])
    for q in range(place.memberships[lead].first, place.memberships[lead].until):
        state.relationships[place.pairs[q].back_at + RELATIONSHIP.loss_left + lane] *= loss_left


@inlined
def _celebrate(place: PlaceArrays, state: State, k: int, celebration: float) -> None:
    """Apply a celebrated milestone to the distrust of organisations that are not in the programme."""
    lanes, assumed = state.lanes & LANES, state.assumed
    opportunities, relationships = state.opportunities, state.relationships
    met_now = place.opportunities[k].at + OPPORTUNITY.met_now
    for index in range(place.opportunities[k].first_onlooker, place.opportunities[k].until_onlooker):
        at = place.onlookers_at[index] + RELATIONSHIP.gain_left
        for lane in range(lanes):
            weight = celebration_weight(assumed[AT.celebrated + lane], celebration)
            gain_left = what_is_left(assumed[AT.trust_gain + lane], weight)
            relationships[at + lane] *= gain_left if opportunities[met_now + lane] > 0.5 else 1.0


@inlined
def _change_orientation(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Move orientation with coaching and toward the stances seen this month, and clear those."""
    lanes, assumed, organisations = state.lanes & LANES, state.assumed, state.organisations
    for o in range(len(place.organisations)):
        at, coaching = place.organisations[o].at, calendar.organisations[month, o].coaching
        for lane in range(lanes):
            organisations[at + ORGANISATION.orientation + lane] = orientation_after_month(
                organisations[at + ORGANISATION.orientation + lane],
                assumed[AT.coaching_effect + lane],
                coaching,
                assumed[AT.role_modelling + lane],
                organisations[at + ORGANISATION.seen_population_first + lane],
                organisations[at + ORGANISATION.seen + lane],
            )
            organisations[at + ORGANISATION.seen_population_first + lane] = 0.0
            organisations[at + ORGANISATION.seen + lane] = 0.0


@inlined
def _move_trust(place: PlaceArrays, state: State) -> None:
    """Move trust by the month's events, and clear those."""
    lanes, assumed, relationships, whole = state.lanes & LANES, state.assumed, state.relationships, state.place
    fill_lanes(whole, PLACE.trust, 0.0, lanes)
    for r in range(len(place.relationships)):
        at = place.relationships[r].at
        for lane in range(lanes):
            gain = combined_effect(relationships[at + RELATIONSHIP.gain_left + lane])
            loss = combined_effect(relationships[at + RELATIONSHIP.loss_left + lane])
            trust, confirmatory = (
                relationships[at + RELATIONSHIP.trust + lane],
                is_confirmatory(assumed[AT.trust_rule + lane]),
            )
            moved = trust_after_events(trust, gain, loss, confirmatory)
            whole[PLACE.trust + lane] += moved
            relationships[at + RELATIONSHIP.trust + lane] = moved
            relationships[at + RELATIONSHIP.gain_left + lane] = 1.0
            relationships[at + RELATIONSHIP.loss_left + lane] = 1.0
