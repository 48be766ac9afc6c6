"""Phase 2 in the kernel: shares after gain share, and the stance of each participant."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.compiled import add_lanes, average_lanes, fill_lanes, inlined, phase
from simulation.model.ensemble.layout import (
    AT,
    LANES,
    MEMBERSHIP,
    OPPORTUNITY,
    ORGANISATION,
    PARTICIPANT,
    RELATIONSHIP,
    State,
)
from simulation.model.ensemble.packing import Calendar, Key, PlaceArrays
from simulation.model.rules.stance import (
    advantage,
    exposure_after_levers,
    goal_salience,
    population_first_chance,
    share_after_gain_share,
    stakes,
    stance_taken,
)
from simulation.vocabulary import Purpose

_STANCE = np.uint64(Purpose.STANCE)


@phase
def take_stances(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int) -> None:
    """Apply phase 2: each participant of each active opportunity takes a stance, at this month's shares."""
    for k in range(len(place.opportunities)):
        if state.marks[k].on_table and _shares_differ(place, calendar, month, k):
            _share_gains(place, calendar, state, month, k)
        if state.marks[k].active:
            _average_reciprocity(place, state, k)
            for p in range(place.opportunities[k].first, place.opportunities[k].until):
                _take_stance(place, calendar, state, key, month, k, p)


@inlined
def _shares_differ(place: PlaceArrays, calendar: Calendar, month: int, k: int) -> bool:
    """Return true if shares differ from last month's: it opens now, or the strength of gain share changes."""
    if place.opportunities[k].opens == month:
        return True
    before, now = calendar.opportunities[month - 1, k].gain_share, calendar.opportunities[month, k].gain_share
    return bool(before != now)


@inlined
def _share_gains(place: PlaceArrays, calendar: Calendar, state: State, month: int, k: int) -> None:
    """Work out this month's shares after gain share in lanes where an opportunity is on the table."""
    lanes, memberships, opportunities = state.lanes & LANES, state.memberships, state.opportunities
    strength, on_table = calendar.opportunities[month, k].gain_share, place.opportunities[k].at + OPPORTUNITY.on_table
    gains, losses = place.opportunities[k].gains, place.opportunities[k].losses
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        at = place.memberships[p].at + MEMBERSHIP.share
        share = share_after_gain_share(place.memberships[p].share, strength, gains, losses)
        for lane in range(lanes):
            memberships[at + lane] = share if opportunities[on_table + lane] > 0.5 else memberships[at + lane]


@inlined
def _average_reciprocity(place: PlaceArrays, state: State, k: int) -> None:
    """Work out each participant's mean trust in the others.

    The first terms of all sums are added first, then the second terms: no addition waits for the one before it.
    """
    lanes, participants, relationships = state.lanes & LANES, state.participants, state.relationships
    first, until, others = place.opportunities[k].first, place.opportunities[k].until, place.opportunities[k].others
    for p in range(first, until):
        fill_lanes(participants, place.memberships[p].participant_at + PARTICIPANT.reciprocity, 0.0, lanes)
    for other in range(others):
        for p in range(first, until):
            towards = place.pairs[place.memberships[p].first + other].towards_at + RELATIONSHIP.trust
            at = place.memberships[p].participant_at + PARTICIPANT.reciprocity
            add_lanes(participants, at, relationships, towards, lanes)
    for p in range(first, until):
        average_lanes(participants, place.memberships[p].participant_at + PARTICIPANT.reciprocity, float(others), lanes)


@inlined
def _take_stance(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int, k: int, p: int) -> None:
    """Draw the stance of one participant in one opportunity."""
    lanes, assumed, organisations = state.lanes & LANES, state.assumed, state.organisations
    memberships, participants, (seed, replicates) = state.memberships, state.participants, key
    at, who, o = place.memberships[p].at, place.memberships[p].organisation_at, place.memberships[p].organisation
    number, benefit = place.opportunities[k].participants, place.opportunities[k].benefit
    menu, goal = calendar.opportunities[month, k].menu_framing, calendar.opportunities[month, k].superordinate_goal
    coaching, fixed = calendar.organisations[month, o].coaching, calendar.organisations[month, o].fixed_stance
    asking, subject = place.memberships[p].participant_at, place.memberships[p].subject
    for lane in range(lanes):
        orientation = organisations[who + ORGANISATION.orientation + lane]
        menu_effect, coaching_skill = assumed[AT.menu_effect + lane], assumed[AT.coaching_skill + lane]
        exposure = exposure_after_levers(assumed[AT.exposure + lane], menu_effect, menu, coaching_skill, coaching)
        salience = goal_salience(assumed[AT.goal_effect + lane], goal)
        share = memberships[at + MEMBERSHIP.share + lane]
        at_stake = stakes(orientation, number, share, salience, benefit)
        pressure = organisations[who + ORGANISATION.pressure + lane]
        reciprocity = participants[asking + PARTICIPANT.reciprocity + lane]
        gain = advantage(reciprocity, at_stake, orientation, exposure, pressure)
        chance = population_first_chance(assumed[AT.decision_sharpness + lane], gain)
        draw = uniform(seed, replicates[lane], subject, np.uint64(month), _STANCE)
        memberships[at + MEMBERSHIP.stance + lane] = float(stance_taken(fixed, draw, chance))
