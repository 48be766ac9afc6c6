"""Phase 2 in the kernel: shares after payment and gain share, and the stance of each participant."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.compiled import inlined, meetings_of, phase
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
from simulation.model.rules.numeric import mean, smaller
from simulation.model.rules.stage import has_opened
from simulation.model.rules.stance import (
    advantage,
    counted_share,
    expected_reciprocity,
    exposure_after_levers,
    exposure_at_stake,
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
        if calendar.opportunities[month, k].shares_differ and has_opened(month, place.opportunities[k].opens):
            _share_out(place, calendar, state, month, k)
        if state.marks[k].active:
            _add_up_trust(place, state, k)
            for p in range(place.opportunities[k].first, place.opportunities[k].until):
                _take_stance(place, calendar, state, key, month, k, p)


@inlined
def _share_out(place: PlaceArrays, calendar: Calendar, state: State, month: int, k: int) -> None:
    """Work out this month's shares after payment and gain share; gain share is fixed once a programme is agreed."""
    lanes, memberships, opportunities = state.lanes & LANES, state.memberships, state.opportunities
    strength, at = calendar.opportunities[month, k].gain_share, place.opportunities[k].at
    gains, losses = calendar.opportunities[month, k].gains, calendar.opportunities[month, k].losses
    for lane in range(lanes):
        fixed, on_table = (
            opportunities[at + OPPORTUNITY.gain_share + lane],
            opportunities[at + OPPORTUNITY.on_table + lane],
        )
        opportunities[at + OPPORTUNITY.gain_share + lane] = strength if on_table > 0.5 else fixed
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        share, mine = calendar.shares[month, p], place.memberships[p].at + MEMBERSHIP.share
        for lane in range(lanes):
            gain_share = opportunities[at + OPPORTUNITY.gain_share + lane]
            memberships[mine + lane] = share_after_gain_share(share, gain_share, gains, losses)


@inlined
def _add_up_trust(place: PlaceArrays, state: State, k: int) -> None:
    """Add up each participant's trust in the others, and find its trust in the one that it trusts least."""
    lanes, participants, relationships = state.lanes & LANES, state.participants, state.relationships
    first, until = meetings_of(place, k)
    second = first + np.uint64(place.opportunities[k].until - place.opportunities[k].first)
    for m in range(first, second):
        towards = place.meetings[m].towards_at + RELATIONSHIP.trust
        at = place.meetings[m].participant_at
        for lane in range(lanes):
            trust = relationships[towards + lane]
            participants[at + PARTICIPANT.trust + lane] = trust
            participants[at + PARTICIPANT.least_trust + lane] = trust
    for m in range(second, until):
        towards = place.meetings[m].towards_at + RELATIONSHIP.trust
        at = place.meetings[m].participant_at
        for lane in range(lanes):
            trust, least = relationships[towards + lane], participants[at + PARTICIPANT.least_trust + lane]
            participants[at + PARTICIPANT.trust + lane] += trust
            participants[at + PARTICIPANT.least_trust + lane] = smaller(trust, least)


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
    shared, others = calendar.organisations[month, o].shared_accountability, float(place.opportunities[k].others)
    for lane in range(lanes):
        orientation = organisations[who + ORGANISATION.orientation + lane]
        menu_effect, coaching_skill = assumed[AT.menu_effect + lane], assumed[AT.coaching_skill + lane]
        in_full = exposure_after_levers(assumed[AT.exposure + lane], menu_effect, menu, coaching_skill, coaching)
        salience = goal_salience(assumed[AT.goal_effect + lane], goal)
        share = memberships[at + MEMBERSHIP.share + lane]
        exposure = exposure_at_stake(in_full, share, number)
        at_stake = stakes(orientation, number, counted_share(share, number, shared), salience, benefit)
        pressure = organisations[who + ORGANISATION.pressure + lane]
        mean_trust = mean(participants[asking + PARTICIPANT.trust + lane], others)
        least = participants[asking + PARTICIPANT.least_trust + lane]
        reciprocity = expected_reciprocity(mean_trust, least, assumed[AT.weakest_link + lane])
        gain = advantage(reciprocity, at_stake, orientation, exposure, pressure)
        chance = population_first_chance(assumed[AT.decision_sharpness + lane], gain)
        draw = uniform(seed, replicates[lane], subject, np.uint64(month), _STANCE)
        memberships[at + MEMBERSHIP.exposure + lane] = exposure
        memberships[at + MEMBERSHIP.stance + lane] = float(stance_taken(fixed, draw, chance))
