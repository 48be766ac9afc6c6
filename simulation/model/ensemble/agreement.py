"""The agreement of a programme, phase 3 in the kernel. It is rare, so it is done one lane at a time."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.compiled import inlined, phase
from simulation.model.ensemble.layout import AT, MEMBERSHIP, OPPORTUNITY, ORGANISATION, RELATIONSHIP, State
from simulation.model.ensemble.packing import Calendar, Key, PlaceArrays
from simulation.model.rules.delivery import delivers_before
from simulation.model.rules.negotiation import (
    has_room,
    lead_score,
    may_lead,
    outcome_class,
    outscores,
    realisation,
    stands_to_lose,
    stands_to_win,
)
from simulation.model.rules.numeric import mean
from simulation.vocabulary import Purpose

_REALISATION = np.uint64(Purpose.REALISATION)
_ANY_MONTH = np.uint64(0)
"""The month under which realisation is drawn, in whichever month a programme is agreed (ADR 2)."""


@phase
def agree(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int, k: int, lane: int) -> None:
    """Agree one programme in one replicate, at this month's shares; delivery begins next month."""
    assumed, opportunities, (seed, replicates) = state.assumed, state.opportunities, key
    at = place.opportunities[k].at + lane
    lead = _choose_lead(place, calendar, state, month, k, lane)
    draw = uniform(seed, replicates[lane], place.opportunities[k].subject, _ANY_MONTH, _REALISATION)
    opportunities[at + OPPORTUNITY.agreed] = month
    opportunities[at + OPPORTUNITY.outcome] = _classify(place, state, k, lane)
    opportunities[at + OPPORTUNITY.lead] = place.memberships[lead].organisation
    opportunities[at + OPPORTUNITY.lead_membership] = lead
    opportunities[at + OPPORTUNITY.lead_skill] = place.memberships[lead].skill
    opportunities[at + OPPORTUNITY.realised] = realisation(draw, assumed[AT.realisation_spread + lane])
    opportunities[at + OPPORTUNITY.co_ownership_at_agreement] = opportunities[at + OPPORTUNITY.co_ownership]
    state.organisations[place.memberships[lead].organisation_at + ORGANISATION.leading + lane] += 1.0
    _join_queue(place, state, k, lane)
    state.marks[k].agreed = True


@inlined
def _join_queue(place: PlaceArrays, state: State, k: int, lane: int) -> None:
    """Put a programme into the queue for delivery, before those that its lead attends to later."""
    opportunities, queue = state.opportunities, state.queue
    agreed, index = opportunities[place.opportunities[k].at + OPPORTUNITY.agreed + lane], state.queued[lane]
    while index > 0:
        before = queue[lane, index - 1]
        agreed_before = opportunities[place.opportunities[before].at + OPPORTUNITY.agreed + lane]
        if not delivers_before(agreed, k, agreed_before, before):
            break
        queue[lane, index] = before
        index -= 1
    queue[lane, index] = k
    state.queued[lane] += 1


@inlined
def _classify(place: PlaceArrays, state: State, k: int, lane: int) -> int:
    """Return the outcome class at this month's shares: win/win, win/neutral or win/lose."""
    participants, band = place.opportunities[k].participants, state.assumed[AT.neutral_band + lane]
    losers = winners = 0
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        share = state.memberships[place.memberships[p].at + MEMBERSHIP.share + lane]
        losers += 1 if stands_to_lose(share, participants, band) else 0
        winners += 1 if stands_to_win(share, participants, band) else 0
    return outcome_class(losers, winners, place.opportunities[k].until - place.opportunities[k].first)


@inlined
def _choose_lead(place: PlaceArrays, calendar: Calendar, state: State, month: int, k: int, lane: int) -> int:
    """Return the membership with the highest score among the participants that may lead."""
    first, until = place.opportunities[k].first, place.opportunities[k].until
    any_room = False
    for p in range(first, until):
        any_room |= _has_room(place, state, p, lane)
    by_skill, largest = calendar.opportunities[month, k].lead_by_skill, place.opportunities[k].largest_net_income
    lead, best = -1, -np.inf
    for p in range(first, until):
        if not may_lead(_has_room(place, state, p, lane), any_room):
            continue
        net_income, skill = (
            place.organisations[place.memberships[p].organisation].net_income,
            place.memberships[p].skill,
        )
        score = lead_score(by_skill, net_income, largest, skill, _trust_in(place, state, p, lane))
        if lead < 0 or outscores(score, best):
            lead, best = p, score
    return lead


@inlined
def _has_room(place: PlaceArrays, state: State, p: int, lane: int) -> bool:
    """Return true if a participant can lead one more programme."""
    at, organisations = place.memberships[p].organisation_at + lane, state.organisations
    return has_room(organisations[at + ORGANISATION.leading], organisations[at + ORGANISATION.lead_capacity])


@inlined
def _trust_in(place: PlaceArrays, state: State, p: int, lane: int) -> float:
    """Return the other participants' mean trust in one of them."""
    first, until = place.memberships[p].first, place.memberships[p].until
    total = 0.0
    for q in range(first, until):
        total += state.relationships[place.pairs[q].back_at + RELATIONSHIP.trust + lane]
    return mean(total, float(until - first))
