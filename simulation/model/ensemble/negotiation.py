"""Phase 3 in the kernel: savings and cost shifts of contracts, co-ownership and agreement of programmes."""

import numpy as np

from simulation.model.draws import uniform
from simulation.model.ensemble.agreement import agree
from simulation.model.ensemble.compiled import add_lanes, fill_lanes, inlined, phase
from simulation.model.ensemble.layout import AT, LANES, MEMBERSHIP, OPPORTUNITY, Floats, State
from simulation.model.ensemble.packing import Calendar, Key, PlaceArrays
from simulation.model.rules.negotiation import (
    co_ownership_after_meeting,
    contract_value,
    contract_yield,
    cost_shift,
    has_consent,
    is_instructed,
    is_ordered,
    net_shift,
    refuses,
)
from simulation.model.rules.numeric import mean
from simulation.vocabulary import Purpose

_INSTRUCTION = np.uint64(Purpose.INSTRUCTION)


@phase
def negotiate(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int) -> None:
    """Apply phase 3 in id order: contracts yield or shift costs; programmes gain co-ownership and are agreed."""
    for k in range(len(place.opportunities)):
        is_programme = place.opportunities[k].is_programme
        if state.marks[k].active:
            _count_population_first(place, state, k)
            if is_programme:
                _update_co_ownership(place, state, k)
            else:
                _manage_contract(place, state, k)
        if state.marks[k].on_table:
            if is_programme:
                _agree_if_due(place, calendar, state, key, month, k)
            _count_stances(place, state, k)


@inlined
def _count_population_first(place: PlaceArrays, state: State, k: int) -> None:
    """Count the participants that asked the population's question."""
    lanes, at = state.lanes & LANES, place.opportunities[k].at + OPPORTUNITY.population_first
    fill_lanes(state.opportunities, at, 0.0, lanes)
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        add_lanes(state.opportunities, at, state.memberships, place.memberships[p].at + MEMBERSHIP.stance, lanes)


@inlined
def _update_co_ownership(place: PlaceArrays, state: State, k: int) -> None:
    """Move a programme's co-ownership toward this month's stances."""
    lanes, assumed, opportunities = state.lanes & LANES, state.assumed, state.opportunities
    at, participants = place.opportunities[k].at, place.opportunities[k].participants
    for lane in range(lanes):
        before = opportunities[at + OPPORTUNITY.co_ownership + lane]
        asked = mean(opportunities[at + OPPORTUNITY.population_first + lane], participants)
        after = co_ownership_after_meeting(before, assumed[AT.co_ownership_memory + lane], asked)
        active = opportunities[at + OPPORTUNITY.active + lane] > 0.5
        opportunities[at + OPPORTUNITY.co_ownership + lane] = after if active else before


@inlined
def _manage_contract(place: PlaceArrays, state: State, k: int) -> None:
    """Work out a contract's saving this month, and the cost that one side shifts to the other."""
    lanes, assumed, memberships = state.lanes & LANES, state.assumed, state.memberships
    opportunities, at, amount = state.opportunities, place.opportunities[k].at, place.opportunities[k].amount
    one, other = (
        place.memberships[place.opportunities[k].first].at,
        place.memberships[place.opportunities[k].until - 1].at,
    )
    for lane in range(lanes):
        constructive = (memberships[one + MEMBERSHIP.stance + lane] > 0.5) & (
            memberships[other + MEMBERSHIP.stance + lane] > 0.5
        )
        value = contract_value(amount, assumed[AT.contract_saving + lane])
        opportunities[at + OPPORTUNITY.yielded + lane] = contract_yield(value, constructive)
    _shift_cost(place, state, k, one, other)
    _shift_cost(place, state, k, other, one)
    for lane in range(lanes):
        opportunities[at + OPPORTUNITY.shifted + lane] = memberships[one + MEMBERSHIP.net_shift + lane]


@inlined
def _shift_cost(place: PlaceArrays, state: State, k: int, one: int, other: int) -> None:
    """Work out the cost that one side of a contract shifts to the other.

    Each side has a loop of its own, because one loop for both would not be vectorised.
    """
    lanes, assumed, memberships = state.lanes & LANES, state.assumed, state.memberships
    amount = place.opportunities[k].amount
    for lane in range(lanes):
        value = contract_value(amount, assumed[AT.contract_saving + lane])
        mine = memberships[one + MEMBERSHIP.stance + lane] > 0.5
        theirs = memberships[other + MEMBERSHIP.stance + lane] > 0.5
        my_loss = cost_shift(memberships[one + MEMBERSHIP.exposure + lane], value)
        their_loss = cost_shift(memberships[other + MEMBERSHIP.exposure + lane], value)
        memberships[one + MEMBERSHIP.net_shift + lane] = net_shift(mine, theirs, my_loss, their_loss)


@inlined
def _agree_if_due(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int, k: int) -> None:
    """Agree a programme that is on the table by consent, or by order where there is no consent."""
    opportunities, at = state.opportunities, place.opportunities[k].at
    _ask_for_consent(place, state, k)
    if is_instructed(calendar.opportunities[month, k].top_down_instruction):
        _order_by_instruction(place, calendar, state, key, month, k)
    lanes, any_due = state.lanes & LANES, False
    for lane in range(lanes):
        any_due |= _is_due(opportunities, at + lane)
    if any_due:
        for lane in range(LANES):
            if _is_due(opportunities, at + lane):
                agree(place, calendar, state, key, month, k, lane)


@inlined
def _is_due(opportunities: Floats, at: int) -> bool:
    """Return true if a programme on the table has consent or an order, in the lane at that index."""
    due: float = opportunities[at + OPPORTUNITY.consent] + opportunities[at + OPPORTUNITY.by_order]
    on_table: float = opportunities[at + OPPORTUNITY.on_table]
    return due * on_table > 0.5


@inlined
def _ask_for_consent(place: PlaceArrays, state: State, k: int) -> None:
    """Find the lanes in which a programme has consent."""
    lanes, assumed = state.lanes & LANES, state.assumed
    memberships, opportunities = state.memberships, state.opportunities
    at, participants = place.opportunities[k].at, place.opportunities[k].participants
    fill_lanes(opportunities, at + OPPORTUNITY.refusals, 0.0, lanes)
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        member = place.memberships[p].at
        for lane in range(lanes):
            asked = memberships[member + MEMBERSHIP.stance + lane] > 0.5
            share = memberships[member + MEMBERSHIP.share + lane]
            refused = refuses(asked, share, participants, assumed[AT.neutral_band + lane])
            opportunities[at + OPPORTUNITY.refusals + lane] += 1.0 if refused else 0.0
    for lane in range(lanes):
        co_ownership = opportunities[at + OPPORTUNITY.co_ownership + lane]
        refusals = opportunities[at + OPPORTUNITY.refusals + lane]
        consent = has_consent(co_ownership, assumed[AT.quorum + lane], refusals)
        opportunities[at + OPPORTUNITY.consent + lane] = 1.0 if consent else 0.0


@inlined
def _order_by_instruction(place: PlaceArrays, calendar: Calendar, state: State, key: Key, month: int, k: int) -> None:
    """Draw the lanes in which a programme is agreed by order; lanes where it is off the table keep their state."""
    lanes, assumed, opportunities = state.lanes & LANES, state.assumed, state.opportunities
    seed, replicates = key
    at, subject = place.opportunities[k].at, place.opportunities[k].subject
    instruction = calendar.opportunities[month, k].top_down_instruction
    for lane in range(lanes):
        on_table = opportunities[at + OPPORTUNITY.on_table + lane]
        months = opportunities[at + OPPORTUNITY.months_instructed + lane] + on_table
        consent = opportunities[at + OPPORTUNITY.consent + lane] > 0.5
        draw = uniform(seed, replicates[lane], subject, np.uint64(month), _INSTRUCTION)
        ordered = is_ordered(consent, months, assumed[AT.instruction_months + lane], draw, instruction)
        before = opportunities[at + OPPORTUNITY.by_order + lane]
        opportunities[at + OPPORTUNITY.months_instructed + lane] = months
        opportunities[at + OPPORTUNITY.by_order + lane] = (1.0 if ordered else 0.0) if on_table > 0.5 else before


@inlined
def _count_stances(place: PlaceArrays, state: State, k: int) -> None:
    """Count the months on the table in which each participant asked the institutional question."""
    lanes, memberships, opportunities = state.lanes & LANES, state.memberships, state.opportunities
    on_table = place.opportunities[k].at + OPPORTUNITY.on_table
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        at = place.memberships[p].at
        for lane in range(lanes):
            institutional = opportunities[on_table + lane] * (1.0 - memberships[at + MEMBERSHIP.stance + lane])
            memberships[at + MEMBERSHIP.months_institutional + lane] += institutional
