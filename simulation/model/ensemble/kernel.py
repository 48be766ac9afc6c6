"""The compiled month: the phases in order, for sixteen replicates at a time, one in each lane."""

import numpy as np
from numpy.typing import NDArray

from simulation.model.ensemble.account import account
from simulation.model.ensemble.compiled import entry, fill_lanes, phase
from simulation.model.ensemble.convene import convene
from simulation.model.ensemble.delivery import deliver
from simulation.model.ensemble.layout import AT, LANES, OPPORTUNITY, ORGANISATION, RELATIONSHIP, State
from simulation.model.ensemble.negotiation import negotiate
from simulation.model.ensemble.packing import Assumptions, Calendar, PlaceArrays
from simulation.model.ensemble.record import Tables, record_end, record_month
from simulation.model.ensemble.reflection import reflect
from simulation.model.ensemble.stance import take_stances
from simulation.model.rules.stage import is_active, is_in_delivery, is_on_table


@entry
def simulate(
    place: PlaceArrays,
    calendar: Calendar,
    assumptions: Assumptions,
    rows: NDArray[np.int64],
    replicates: NDArray[np.uint64],
    seed: np.uint64,
    state: State,
    tables: Tables,
) -> None:
    """Simulate replicates from the first month to the last, `LANES` at a time, and record the results.

    Args:
        place: The place.
        calendar: The values that the scenario sets for each month.
        assumptions: Sets of parameters.
        rows: `[replicate]`, the set that each replicate assumes.
        replicates: `[replicate]`, the number of each.
        seed: Random seed.
        state: The state of `LANES` replicates, which is overwritten.
        tables: The tables of results, with a row for each replicate.
    """
    key = (seed, state.replicates)
    for first in range(0, len(rows), LANES):
        used = min(LANES, len(rows) - first)
        for lane in range(LANES):
            replicate = first + min(lane, used - 1)
            state.replicates[lane] = replicates[replicate]
            load_parameters(place, assumptions, state, rows[replicate], lane)
        reset_state(place, state)
        for month in range(len(calendar.months)):
            _begin_month(place, state, month)
            convene(place, calendar, state, key, month)
            take_stances(place, calendar, state, key, month)
            negotiate(place, calendar, state, key, month)
            deliver(place, state, key, month)
            reflect(place, calendar, state, month)
            account(place, calendar, state, month)
            record_month(place, calendar, state, tables, first, used, month)
        record_end(place, state, tables, first, used)


@phase
def load_parameters(place: PlaceArrays, assumptions: Assumptions, state: State, assumed: int, lane: int) -> None:
    """Load one set of parameters, and the opening state under it, into one lane."""
    for parameter in range(len(AT)):
        state.assumed[parameter * LANES + lane] = assumptions.parameters[assumed, parameter]
    for o in range(len(place.organisations)):
        at = place.organisations[o].at + lane
        state.organisations[at + ORGANISATION.orientation] = assumptions.orientation[assumed, o]
        state.organisations[at + ORGANISATION.opening_orientation] = assumptions.orientation[assumed, o]
        state.organisations[at + ORGANISATION.lead_capacity] = assumptions.lead_capacity[assumed, o]
    for r in range(len(place.relationships)):
        at = place.relationships[r].at + lane
        state.relationships[at + RELATIONSHIP.trust] = assumptions.trust[assumed, r]
        state.relationships[at + RELATIONSHIP.baseline] = assumptions.trust[assumed, r]


@phase
def reset_state(place: PlaceArrays, state: State) -> None:
    """Reset all lanes to the state before the first month."""
    state.place[:] = 0.0
    state.memberships[:] = 0.0
    state.opportunities[:] = 0.0
    state.queued[:] = 0
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        fill_lanes(state.organisations, at + ORGANISATION.efficiency, 0.0, LANES)
        fill_lanes(state.organisations, at + ORGANISATION.shortfall, 0.0, LANES)
        fill_lanes(state.organisations, at + ORGANISATION.leading, 0.0, LANES)
        fill_lanes(state.organisations, at + ORGANISATION.seen, 0.0, LANES)
        fill_lanes(state.organisations, at + ORGANISATION.seen_population_first, 0.0, LANES)
    for r in range(len(place.relationships)):
        fill_lanes(state.relationships, place.relationships[r].at + RELATIONSHIP.gain_left, 1.0, LANES)
        fill_lanes(state.relationships, place.relationships[r].at + RELATIONSHIP.loss_left, 1.0, LANES)
    for k in range(len(place.opportunities)):
        at = place.opportunities[k].at
        fill_lanes(state.opportunities, at + OPPORTUNITY.agreed, np.inf, LANES)
        fill_lanes(state.opportunities, at + OPPORTUNITY.delivered, np.inf, LANES)
        state.marks[k].agreed = state.marks[k].met = False


@phase
def _begin_month(place: PlaceArrays, state: State, month: int) -> None:
    """Find the stage of each opportunity as a month begins."""
    lanes, opportunities = state.lanes & LANES, state.opportunities
    for k in range(len(place.opportunities)):
        at, opens = place.opportunities[k].at, place.opportunities[k].opens
        any_active = any_on_table = any_in_delivery = False
        for lane in range(lanes):
            agreed = opportunities[at + OPPORTUNITY.agreed + lane]
            delivered = opportunities[at + OPPORTUNITY.delivered + lane]
            active, on_table = is_active(month, opens, delivered), is_on_table(month, opens, agreed)
            in_delivery = is_in_delivery(month, agreed, delivered)
            opportunities[at + OPPORTUNITY.active + lane] = 1.0 if active else 0.0
            opportunities[at + OPPORTUNITY.on_table + lane] = 1.0 if on_table else 0.0
            opportunities[at + OPPORTUNITY.in_delivery + lane] = 1.0 if in_delivery else 0.0
            any_active |= active
            any_on_table |= on_table
            any_in_delivery |= in_delivery
        mark = state.marks[k]
        mark.active, mark.on_table, mark.in_delivery = any_active, any_on_table, any_in_delivery
