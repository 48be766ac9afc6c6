"""Phase 6 in the kernel: efficiency, the gap, and each organisation's books."""

from simulation.model.ensemble.compiled import add, fill, inside, phase
from simulation.model.ensemble.layout import AT, LANES, MEMBERSHIP, OPPORTUNITY, ORGANISATION, PLACE, State
from simulation.model.ensemble.packing import Calendar, Place
from simulation.model.rules.account import (
    efficiency_after_month,
    own_gap,
    part_of,
    position_this_month,
    programme_worth,
    run_rate_gap,
    shortfall,
)
from simulation.model.rules.delivery import set_up_due


@phase
def account(place: Place, calendar: Calendar, state: State, month: int) -> None:
    """Efficiency, the gap, each organisation's books, and the regulator's review."""
    _begin(place, state)
    for k in range(len(place.opportunities)):
        if not place.opportunities[k].is_programme:
            if state.marks[k].active:
                _share_contract(place, state, k)
        elif state.marks[k].agreed:
            _value_programme(place, state, k, month)
            _share_programme(place, state, k)
    _save(place, state)
    _take_stock(place, calendar, state, month)
    _close_books(place, calendar, state, month)


@inside
def _begin(place: Place, state: State) -> None:
    """Nothing is on the books yet."""
    lanes, organisations = state.lanes & LANES, state.organisations
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        fill(organisations, at + ORGANISATION.in_delivery, 0.0, lanes)
        fill(organisations, at + ORGANISATION.worth, 0.0, lanes)
        fill(organisations, at + ORGANISATION.yielded, 0.0, lanes)
        fill(organisations, at + ORGANISATION.shifted, 0.0, lanes)
        fill(organisations, at + ORGANISATION.set_up, 0.0, lanes)


@inside
def _share_contract(place: Place, state: State, k: int) -> None:
    """Each participant's share of what a contract yielded, and what was shifted to it."""
    lanes, memberships = state.lanes & LANES, state.memberships
    organisations, opportunities = state.organisations, state.opportunities
    yielded = place.opportunities[k].at + OPPORTUNITY.yielded
    for p in range(place.opportunities[k].first, place.opportunities[k].until):
        who, at = place.memberships[p].organisation_at, place.memberships[p].at
        for lane in range(lanes):
            gained = part_of(opportunities[yielded + lane], memberships[at + MEMBERSHIP.share + lane])
            organisations[who + ORGANISATION.yielded + lane] += gained
            organisations[who + ORGANISATION.shifted + lane] += memberships[at + MEMBERSHIP.net_shift + lane]


@inside
def _value_programme(place: Place, state: State, k: int, month: int) -> None:
    """What a programme saves by now, and what setting it up costs this month."""
    lanes, opportunities, at = state.lanes & LANES, state.opportunities, place.opportunities[k].at
    value, milestones = place.opportunities[k].value, place.opportunities[k].milestones
    instalment = place.opportunities[k].instalment
    for lane in range(lanes):
        realised, met = (
            opportunities[at + OPPORTUNITY.realised + lane],
            opportunities[at + OPPORTUNITY.milestones_met + lane],
        )
        agreed = opportunities[at + OPPORTUNITY.agreed + lane]
        opportunities[at + OPPORTUNITY.worth + lane] = programme_worth(value, realised, met, milestones)
        opportunities[at + OPPORTUNITY.set_up + lane] = set_up_due(instalment, month, agreed, milestones)


@inside
def _share_programme(place: Place, state: State, k: int) -> None:
    """Each participant's share of a programme's worth and set-up, and whether it is busy delivering it."""
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


@inside
def _save(place: Place, state: State) -> None:
    """Every organisation draws on its own pool of savings."""
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


@inside
def _take_stock(place: Place, calendar: Calendar, state: State, month: int) -> None:
    """The gap that is left, and the place's shortfall against plan."""
    lanes, assumed, whole = state.lanes & LANES, state.assumed, state.place
    do_nothing, plan = calendar.months[month].do_nothing, calendar.months[month].plan
    fill(whole, PLACE.efficiency, 0.0, lanes)
    fill(whole, PLACE.worth, 0.0, lanes)
    for o in range(len(place.organisations)):
        add(whole, PLACE.efficiency, state.organisations, place.organisations[o].at + ORGANISATION.efficiency, lanes)
    for k in range(len(place.opportunities)):
        if state.marks[k].agreed:
            add(whole, PLACE.worth, state.opportunities, place.opportunities[k].at + OPPORTUNITY.worth, lanes)
    for lane in range(lanes):
        gap = run_rate_gap(do_nothing, whole[PLACE.efficiency + lane], whole[PLACE.worth + lane])
        unit = assumed[AT.shortfall_unit + lane]
        whole[PLACE.gap + lane] = gap
        whole[PLACE.shortfall + lane] = shortfall(gap, plan, unit, place.total_income)


@inside
def _close_books(place: Place, calendar: Calendar, state: State, month: int) -> None:
    """Each organisation's surplus or deficit, and the shortfall that the regulator will see next month."""
    lanes, assumed, organisations = state.lanes & LANES, state.assumed, state.organisations
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
            unit = assumed[AT.shortfall_unit + lane]
            organisations[at + ORGANISATION.shortfall + lane] = shortfall(gap, planned, unit, income)
