"""Phase 1 in the kernel: breaches, new leaders and pressure."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.compiled import fill_lanes, inlined, phase
from simulation.model.ensemble.layout import AT, LANES, OPPORTUNITY, ORGANISATION, PLACE, RELATIONSHIP, State
from simulation.model.ensemble.packing import Calendar, Key, PlaceArrays
from simulation.model.rules.convene import (
    accountability_pressure,
    co_ownership_after_leader_change,
    leader_change_chance,
    leader_changes,
    order_felt,
    orientation_after_leader_change,
    trust_after_breach,
    trust_after_leader_change,
)
from simulation.model.rules.negotiation import is_instructed
from simulation.model.rules.numeric import larger
from simulation.model.rules.stage import is_undelivered
from simulation.vocabulary import Purpose

_LEADER_CHANGE = np.uint64(Purpose.LEADER_CHANGE)


@phase
def convene(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int) -> None:
    """Apply phase 1: breaches, new leaders and pressure."""
    _apply_breaches(place, calendar, state, month)
    _change_leaders(place, calendar, state, key, month)
    _meet_new_leaders(place, state)
    _lose_leaders(place, state, month)
    _hear_orders(place, calendar, state, month)
    _feel_pressure(place, calendar, state, month)


@inlined
def _apply_breaches(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Lower trust in organisations that break their word."""
    lanes, relationships = state.lanes & LANES, state.relationships
    for index in range(calendar.months[month].first_breach, calendar.months[month].until_breach):
        organisation, size = calendar.breaches[index].organisation, calendar.breaches[index].part_lost
        for r in range(len(place.relationships)):
            if place.relationships[r].trusted == organisation:
                at = place.relationships[r].at + RELATIONSHIP.trust
                for lane in range(lanes):
                    relationships[at + lane] = trust_after_breach(relationships[at + lane], size)


@inlined
def _change_leaders(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int) -> None:
    """Change leaders by an event or by chance; a new leader starts from the opening orientation."""
    lanes, assumed, organisations = state.lanes & LANES, state.assumed, state.organisations
    seed, replicates = key
    for o in range(len(place.organisations)):
        at, subject = place.organisations[o].at, place.organisations[o].subject
        by_event = calendar.organisations[month, o].leader_leaves
        stability = calendar.organisations[month, o].leadership_stability
        changed_in_any = False
        for lane in range(lanes):
            chance = leader_change_chance(assumed[AT.turnover + lane], assumed[AT.stability_effect + lane], stability)
            draw = uniform(seed, replicates[lane], subject, np.uint64(month), _LEADER_CHANGE)
            changed = leader_changes(by_event, draw, chance)
            changed_in_any |= changed
            before = organisations[at + ORGANISATION.orientation + lane]
            opening = organisations[at + ORGANISATION.opening_orientation + lane]
            organisations[at + ORGANISATION.leader_changed + lane] = 1.0 if changed else 0.0
            after = orientation_after_leader_change(before, opening, changed)
            organisations[at + ORGANISATION.orientation + lane] = after
        state.leaders_changed[o] = changed_in_any


@inlined
def _meet_new_leaders(place: PlaceArrays, state: State) -> None:
    """Return trust part of the way to its baseline where a leader changed at either end."""
    lanes, assumed = state.lanes & LANES, state.assumed
    organisations, relationships = state.organisations, state.relationships
    for r in range(len(place.relationships)):
        trusting, trusted = place.relationships[r].trusting, place.relationships[r].trusted
        if state.leaders_changed[trusting] or state.leaders_changed[trusted]:
            at = place.relationships[r].at
            one = place.organisations[trusting].at + ORGANISATION.leader_changed
            other = place.organisations[trusted].at + ORGANISATION.leader_changed
            for lane in range(lanes):
                relationships[at + RELATIONSHIP.trust + lane] = trust_after_leader_change(
                    relationships[at + RELATIONSHIP.trust + lane],
                    relationships[at + RELATIONSHIP.baseline + lane],
                    assumed[AT.turnover_loss + lane],
                    organisations[one + lane] + organisations[other + lane],
                )


@inlined
def _lose_leaders(place: PlaceArrays, state: State, month: int) -> None:
    """Take away the co-ownership that left with a leader from programmes not yet delivered."""
    lanes, assumed = state.lanes & LANES, state.assumed
    organisations, opportunities = state.organisations, state.opportunities
    for k in range(len(place.opportunities)):
        if not place.opportunities[k].is_programme:
            continue
        at, participants = place.opportunities[k].at, place.opportunities[k].participants
        for p in range(place.opportunities[k].first, place.opportunities[k].until):
            if not state.leaders_changed[place.memberships[p].organisation]:
                continue
            who = place.memberships[p].organisation_at + ORGANISATION.leader_changed
            for lane in range(lanes):
                before = opportunities[at + OPPORTUNITY.co_ownership + lane]
                after = co_ownership_after_leader_change(before, assumed[AT.turnover_loss + lane], participants)
                undelivered = is_undelivered(month, opportunities[at + OPPORTUNITY.delivered + lane])
                lost = organisations[who + lane] > 0.5 and undelivered
                opportunities[at + OPPORTUNITY.co_ownership + lane] = after if lost else before


@inlined
def _hear_orders(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Find the strongest instruction over each organisation's programmes on the table, and over those in delivery."""
    lanes, organisations, opportunities = state.lanes & LANES, state.organisations, state.opportunities
    for o in range(len(place.organisations)):
        fill_lanes(organisations, place.organisations[o].at + ORGANISATION.order_on_table, 0.0, lanes)
        fill_lanes(organisations, place.organisations[o].at + ORGANISATION.order_in_delivery, 0.0, lanes)
    for k in range(len(place.opportunities)):
        order, at = calendar.opportunities[month, k].top_down_instruction, place.opportunities[k].at
        if not is_instructed(order):
            continue
        for p in range(place.opportunities[k].first, place.opportunities[k].until):
            who = place.memberships[p].organisation_at
            for lane in range(lanes):
                on_table = opportunities[at + OPPORTUNITY.on_table + lane] * order
                in_delivery = opportunities[at + OPPORTUNITY.in_delivery + lane] * order
                before, obeyed = who + ORGANISATION.order_on_table + lane, who + ORGANISATION.order_in_delivery + lane
                organisations[before] = larger(on_table, organisations[before])
                organisations[obeyed] = larger(in_delivery, organisations[obeyed])


@inlined
def _feel_pressure(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Work out the pressure on every organisation to answer for its own budget."""
    lanes, assumed, organisations, whole = state.lanes & LANES, state.assumed, state.organisations, state.place
    for o in range(len(place.organisations)):
        at, shared = place.organisations[o].at, calendar.organisations[month, o].shared_accountability
        shock = calendar.organisations[month, o].grip_shock
        acknowledged = calendar.organisations[month, o].regulator_acknowledgement
        for lane in range(lanes):
            felt = order_felt(
                organisations[at + ORGANISATION.order_on_table + lane],
                organisations[at + ORGANISATION.order_in_delivery + lane],
                assumed[AT.instruction_persistence + lane],
            )
            organisations[at + ORGANISATION.pressure + lane] = accountability_pressure(
                assumed[AT.accountability_pressure + lane],
                assumed[AT.grip_response + lane],
                organisations[at + ORGANISATION.shortfall + lane],
                whole[PLACE.shortfall + lane],
                shared,
                assumed[AT.instruction_effect + lane],
                felt,
                shock,
                assumed[AT.acknowledgement_effect + lane],
                acknowledged,
            )
