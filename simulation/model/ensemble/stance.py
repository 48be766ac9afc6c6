"""Phase 2 in the kernel: what a share comes to after gain share, and the question that each participant asks."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.compiled import add, fill, inside, phase, take_mean
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
from simulation.model.ensemble.packing import Calendar, Key, Place
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
def take_stances(place: Place, calendar: Calendar, state: State, key: Key, month: int) -> None:
    """Each participant of each active opportunity asks its question, of its share as it stands this month."""
    for k in range(len(place.opportunities)):
        if state.marks[k].on_table and _shares_differ(place, calendar, month, k):
            _share_gains(place, calendar, state, month, k)
        if state.marks[k].active:
            _expect_reciprocity(place, state, k)
            for p in range(place.opportunities[k].first, place.opportunities[k].until):
                _take_stance(place, calendar, state, key, month, k, p)


@inside
def _shares_differ(place: Place, calendar: Calendar, month: int, k: int) -> bool:
    """Whether shares are not what they were last month: it opens now, or gain share acts more or less strongly."""
    if place.opportunities[k].opens == month:
        return True
    before, now = calendar.opportunities[month - 1, k].gain_share, calendar.opportunities[month, k].gain_share
    return bool(before != now)


@inside
def _share_gains(place: Place, calendar: Calendar, state: State, month: int, k: int) -> None:
    """This month's shares after gain share, where an opportunity is on the table."""
    lanes, memberships, opportunities = state.lanes & LANES, state.memberships, state.opportunities
    strength, on_table = calendar.opportunities[month, k].gain_share, place.opportunities[k].at + OPPORTUNITY.on_table
    gains, losses = place.opportunities[k].gains, place.opportunities[k].losses
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        at = place.memberships[p].at + MEMBERSHIP.share
        share = share_after_gain_share(place.memberships[p].share, strength, gains, losses)
        for lane in range(lanes):
            memberships[at + lane] = share if opportunities[on_table + lane] > 0.5 else memberships[at + lane]


@inside
def _expect_reciprocity(place: Place, state: State, k: int) -> None:
    """Mean trust of each participant in the others.

    Every participant's first other comes first, then every one's second: one sum need not wait for itself.
    """
    lanes, participants, relationships = state.lanes & LANES, state.participants, state.relationships
    first, until, others = place.opportunities[k].first, place.opportunities[k].until, place.opportunities[k].others
    for p in range(first, until):
        fill(participants, place.memberships[p].participant_at + PARTICIPANT.reciprocity, 0.0, lanes)
    for other in range(others):
        for p in range(first, until):
            towards = place.pairs[place.memberships[p].first + other].towards_at + RELATIONSHIP.trust
            at = place.memberships[p].participant_at + PARTICIPANT.reciprocity
            add(participants, at, relationships, towards, lanes)
    for p in range(first, until):
        take_mean(participants, place.memberships[p].participant_at + PARTICIPANT.reciprocity, float(others), lanes)


@inside
def _take_stance(place: Place, calendar: Calendar, state: State, key: Key, month: int, k: int, p: int) -> None:
    """The stance of one participant in one opportunity."""
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
