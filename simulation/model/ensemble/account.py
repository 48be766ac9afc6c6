"""Phase 6 in the kernel: efficiency, the gap and each organisation's books."""

from simulation.model.ensemble.compiled import add_lanes, fill_lanes, inlined, phase
from simulation.model.ensemble.layout import AT, LANES, MEMBERSHIP, OPPORTUNITY, ORGANISATION, PLACE, State
from simulation.model.ensemble.packing import Calendar, PlaceArrays
from simulation.model.rules.account import (
    efficiency_after_month,
    own_gap,
    part_of,
    position_this_month,
    run_rate_gap,
    shortfall,
)
from simulation.model.rules.delivery import set_up_due


@phase
def account(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Apply phase 6: efficiency, the gap, each organisation's books and the regulator's review."""
    _reset_books(place, state)
    for k in range(len(place.opportunities)):
        if not place.opportunities[k].is_programme:
            if state.marks[k].active:
                _share_contract(place, state, k)
        elif state.marks[k].agreed:
            _pay_for_set_up(place, state, k, month)
            _share_programme(place, state, k)
    _save_efficiency(place, state)
    _review_gap(place, calendar, state, month)
    _close_books(place, calendar, state, month)


@inlined
def _reset_books(place: PlaceArrays, state: State) -> None:
    """Set the sums of each organisation's books to 0."""
    lanes, organisations = state.lanes & LANES, state.organisations
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        fill_lanes(organisations, at + ORGANISATION.in_delivery, 0.0, lanes)
        fill_lanes(organisations, at + ORGANISATION.worth, 0.0, lanes)
        fill_lanes(organisations, at + ORGANISATION.yielded, 0.0, lanes)
        fill_lanes(organisations, at + ORGANISATION.shifted, 0.0, lanes)
        fill_lanes(organisations, at + ORGANISATION.set_up, 0.0, lanes)


@inlined
def _share_contract(place: PlaceArrays, state: State, k: int) -> None:
    """Add each participant's share of a contract's saving, and its cost shifts, to its books."""
    lanes, memberships = state.lanes & LANES, state.memberships
    organisations, opportunities = state.organisations, state.opportunities
    yielded = place.opportunities[k].at + OPPORTUNITY.yielded
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        who, at = place.memberships[p].organisation_at, place.memberships[p].at
        for lane in range(lanes):
            gained = part_of(opportunities[yielded + lane], memberships[at + MEMBERSHIP.share + lane])
            organisations[who + ORGANISATION.yielded + lane] += gained
            organisations[who + ORGANISATION.shifted + lane] += memberships[at + MEMBERSHIP.net_shift + lane]


@inlined
def _pay_for_set_up(place: PlaceArrays, state: State, k: int, month: int) -> None:
    """Work out the set-up cost of a programme this month."""
    lanes, opportunities, at = state.lanes & LANES, state.opportunities, place.opportunities[k].at
    instalment, milestones = place.opportunities[k].instalment, place.opportunities[k].milestones
    for lane in range(lanes):
        agreed = opportunities[at + OPPORTUNITY.agreed + lane]
        opportunities[at + OPPORTUNITY.set_up + lane] = set_up_due(instalment, month, agreed, milestones)


@inlined
def _share_programme(place: PlaceArrays, state: State, k: int) -> None:
    """Add each participant's share of a programme's saving and set-up cost to its books, and whether it delivers."""
    lanes, memberships, at = state.lanes & LANES, state.memberships, place.opportunities[k].at
    organisations, opportunities = state.organisations, state.opportunities
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        who, share = place.memberships[p].organisation_at, place.memberships[p].at + MEMBERSHIP.share
        paid = place.memberships[p].set_up_share
        for lane in range(lanes):
            worth = part_of(opportunities[at + OPPORTUNITY.worth + lane], memberships[share + lane])
            set_up = part_of(opportunities[at + OPPORTUNITY.set_up + lane], paid)
            organisations[who + ORGANISATION.in_delivery + lane] += opportunities[at + OPPORTUNITY.in_delivery + lane]
            organisations[who + ORGANISATION.worth + lane] += worth
            organisations[who + ORGANISATION.set_up + lane] += set_up


@inlined
def _save_efficiency(place: PlaceArrays, state: State) -> None:
    """Let every organisation draw on its own pool of savings."""
    lanes, assumed, organisations = state.lanes & LANES, state.assumed, state.organisations
    for o in range(len(place.organisations)):
        at, pool = place.organisations[o].at, place.organisations[o].efficiency_pool
        programmes = place.organisations[o].programmes
        for lane in range(lanes):
            organisations[at + ORGANISATION.efficiency + lane] = efficiency_after_month(
                organisations[at + ORGANISATION.efficiency + lane],
                pool,
                assumed[AT.efficiency_rate + lane],
                assumed[AT.attention_cost + lane],
                organisations[at + ORGANISATION.in_delivery + lane],
                programmes,
            )


@inlined
def _review_gap(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Work out the gap and the place's shortfall against plan."""
    lanes, whole = state.lanes & LANES, state.place
    do_nothing, plan = calendar.months[month].do_nothing, calendar.months[month].plan
    fill_lanes(whole, PLACE.efficiency, 0.0, lanes)
    fill_lanes(whole, PLACE.worth, 0.0, lanes)
    for o in range(len(place.organisations)):
        at = place.organisations[o].at + ORGANISATION.efficiency
        add_lanes(whole, PLACE.efficiency, state.organisations, at, lanes)
    for k in range(len(place.opportunities)):
        if state.marks[k].agreed:
            add_lanes(whole, PLACE.worth, state.opportunities, place.opportunities[k].at + OPPORTUNITY.worth, lanes)
    for lane in range(lanes):
        gap = run_rate_gap(do_nothing, whole[PLACE.efficiency + lane], whole[PLACE.worth + lane])
        whole[PLACE.gap + lane] = gap
        whole[PLACE.shortfall + lane] = shortfall(gap, plan, place.income)


@inlined
def _close_books(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Work out the position of each organisation and of the place, and each shortfall against plan."""
    lanes, organisations, whole = state.lanes & LANES, state.organisations, state.place
    fill_lanes(whole, PLACE.position, 0.0, lanes)
    do_nothing = calendar.months[month].do_nothing
    for o in range(len(place.organisations)):
        at, deficit_share = place.organisations[o].at, place.organisations[o].deficit_share
        income, planned = place.organisations[o].income, part_of(calendar.months[month].plan, deficit_share)
        levers = part_of(calendar.months[month].lever_cost, place.organisations[o].income_share)
        for lane in range(lanes):
            efficiency, worth = (
                organisations[at + ORGANISATION.efficiency + lane],
                organisations[at + ORGANISATION.worth + lane],
            )
            gap = own_gap(deficit_share, do_nothing, efficiency, worth)
            organisations[at + ORGANISATION.position + lane] = position_this_month(
                gap,
                organisations[at + ORGANISATION.yielded + lane],
                organisations[at + ORGANISATION.shifted + lane],
                organisations[at + ORGANISATION.set_up + lane],
                levers,
            )
            organisations[at + ORGANISATION.shortfall + lane] = shortfall(gap, planned, income)
        add_lanes(whole, PLACE.position, organisations, at + ORGANISATION.position, lanes)
    add_lanes(whole, PLACE.cumulative_position, whole, PLACE.position, lanes)
