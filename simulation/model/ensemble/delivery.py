"""Phase 4 in the kernel: attempts at milestones, and programmes that are behind."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.compiled import average_lanes, fill_lanes, inlined, phase
from simulation.model.ensemble.layout import AT, LANES, OPPORTUNITY, ORGANISATION, PLACE, RELATIONSHIP, State
from simulation.model.ensemble.packing import Key, PlaceArrays
from simulation.model.rules.delivery import (
    is_behind,
    is_last_milestone,
    is_mobilised,
    milestone_chance,
    milestone_worth,
)
from simulation.model.rules.negotiation import has_room
from simulation.model.rules.numeric import happens
from simulation.vocabulary import Purpose

_MILESTONE = np.uint64(Purpose.MILESTONE)


@phase
def deliver(place: PlaceArrays, state: State, key: Key, month: int) -> None:
    """Apply phase 4: each lead attempts the next milestone of as many of its programmes as it can lead."""
    any_in_delivery = False
    for k in range(len(place.opportunities)):
        state.marks[k].met = state.marks[k].behind = False
        if state.marks[k].in_delivery and _any_mobilised(place, state, month, k):
            any_in_delivery = True
            _average_trust(place, state, k)
            _draw_milestone(place, state, key, month, k)
    if any_in_delivery:
        for o in range(len(place.organisations)):
            at = place.organisations[o].at + ORGANISATION.attempts
            fill_lanes(state.organisations, at, 0.0, state.lanes & LANES)
        for lane in range(LANES):
            _attempt(place, state, month, lane)
        for k in range(len(place.opportunities)):
            if state.marks[k].in_delivery:
                _look_back(place, state, month, k)


@inlined
def _any_mobilised(place: PlaceArrays, state: State, month: int, k: int) -> bool:
    """Return true if a programme in delivery may meet a milestone in any lane; before that nothing is due either."""
    lanes, assumed, opportunities = state.lanes & LANES, state.assumed, state.opportunities
    at, any_mobilised = place.opportunities[k].at + OPPORTUNITY.agreed, False
    for lane in range(lanes):
        any_mobilised |= is_mobilised(month, opportunities[at + lane], assumed[AT.mobilisation + lane])
    return any_mobilised


@inlined
def _average_trust(place: PlaceArrays, state: State, k: int) -> None:
    """Work out mean trust over the ordered pairs of a programme's participants."""
    lanes, whole, relationships = state.lanes & LANES, state.place, state.relationships
    first = place.memberships[place.opportunities[k].first].first
    until = place.memberships[place.opportunities[k].until - 1].until
    fill_lanes(whole, PLACE.mean_trust, 0.0, lanes)
    for q in range(first, until, 2):  # n(n − 1) is even, and two at a time wait half as often for the sum before them
        one, other = place.pairs[q].towards_at + RELATIONSHIP.trust, place.pairs[q + 1].towards_at + RELATIONSHIP.trust
        for lane in range(lanes):
            first_added = whole[PLACE.mean_trust + lane] + relationships[one + lane]
            whole[PLACE.mean_trust + lane] = first_added + relationships[other + lane]
    average_lanes(whole, PLACE.mean_trust, float(until - first), lanes)


@inlined
def _draw_milestone(place: PlaceArrays, state: State, key: Key, month: int, k: int) -> None:
    """Draw whether an attempt at a programme's next milestone succeeds."""
    lanes, assumed, opportunities, whole = state.lanes & LANES, state.assumed, state.opportunities, state.place
    seed, replicates = key
    at, subject = place.opportunities[k].at, place.opportunities[k].subject
    for lane in range(lanes):
        skill, floor = opportunities[at + OPPORTUNITY.lead_skill + lane], assumed[AT.delivery_floor + lane]
        co_ownership = opportunities[at + OPPORTUNITY.co_ownership + lane]
        chance = milestone_chance(skill, floor, whole[PLACE.mean_trust + lane], co_ownership)
        draw = uniform(seed, replicates[lane], subject, np.uint64(month), _MILESTONE)
        opportunities[at + OPPORTUNITY.would_meet + lane] = 1.0 if happens(draw, chance) else 0.0
        opportunities[at + OPPORTUNITY.met_now + lane] = 0.0


@inlined
def _attempt(place: PlaceArrays, state: State, month: int, lane: int) -> None:
    """Let the leads of one replicate attempt milestones in the order of its queue; delivered programmes leave it."""
    organisations, opportunities, queue = state.organisations, state.opportunities, state.queue
    kept = 0
    for index in range(state.queued[lane]):
        k = queue[lane, index]
        at = place.opportunities[k].at + lane
        delivered = False
        agreed, mobilisation = opportunities[at + OPPORTUNITY.agreed], state.assumed[AT.mobilisation + lane]
        if opportunities[at + OPPORTUNITY.in_delivery] > 0.5 and is_mobilised(month, agreed, mobilisation):
            lead = place.organisations[int(opportunities[at + OPPORTUNITY.lead])].at + lane
            attempts = organisations[lead + ORGANISATION.attempts]
            if has_room(attempts, organisations[lead + ORGANISATION.lead_capacity]):
                organisations[lead + ORGANISATION.attempts] = attempts + 1.0
                if opportunities[at + OPPORTUNITY.would_meet] > 0.5:
                    delivered = _meet_milestone(place, state, month, k, lane)
        if not delivered:
            queue[lane, kept] = k
            kept += 1
    state.queued[lane] = kept


@inlined
def _meet_milestone(place: PlaceArrays, state: State, month: int, k: int, lane: int) -> bool:
    """Record that one more milestone is met and what it saves, and return true if it was the last."""
    assumed, opportunities, at = state.assumed, state.opportunities, place.opportunities[k].at + lane
    state.marks[k].met = True
    opportunities[at + OPPORTUNITY.met_now] = 1.0
    opportunities[at + OPPORTUNITY.milestones_met] += 1.0
    opportunities[at + OPPORTUNITY.worth] += milestone_worth(
        place.opportunities[k].value,
        place.opportunities[k].milestones,
        opportunities[at + OPPORTUNITY.realised],
        assumed[AT.unowned_realisation + lane],
        assumed[AT.owned_realisation + lane],
        opportunities[at + OPPORTUNITY.co_ownership],
    )
    if not is_last_milestone(opportunities[at + OPPORTUNITY.milestones_met], place.opportunities[k].milestones):
        return False
    opportunities[at + OPPORTUNITY.delivered] = month
    lead = place.organisations[int(opportunities[at + OPPORTUNITY.lead])].at
    state.organisations[lead + ORGANISATION.leading + lane] -= 1.0
    return True


@inlined
def _look_back(place: PlaceArrays, state: State, month: int, k: int) -> None:
    """Find the lanes in which a programme is behind its promised pace as the month's attempts are over."""
    lanes, assumed, opportunities = state.lanes & LANES, state.assumed, state.opportunities
    at, milestones = place.opportunities[k].at, place.opportunities[k].milestones
    any_behind = False
    for lane in range(lanes):
        met = opportunities[at + OPPORTUNITY.milestones_met + lane]
        behind = is_behind(
            opportunities[at + OPPORTUNITY.in_delivery + lane] > 0.5,
            is_last_milestone(met, milestones),
            month,
            opportunities[at + OPPORTUNITY.agreed + lane],
            assumed[AT.mobilisation + lane],
            assumed[AT.pace + lane],
            met,
        )
        opportunities[at + OPPORTUNITY.behind + lane] = 1.0 if behind else 0.0
        any_behind |= behind
    state.marks[k].behind = any_behind
