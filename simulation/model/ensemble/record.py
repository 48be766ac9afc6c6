"""Record results: the table system every month, other tables where the caller asks for them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.model.ensemble.compiled import add_lanes, fill_lanes, inlined, phase
from simulation.model.ensemble.layout import (
    LANES,
    MEMBERSHIP,
    OPPORTUNITY,
    ORGANISATION,
    PLACE,
    RECORDED,
    RELATIONSHIP,
    State,
)
from simulation.model.ensemble.packing import Calendar, PlaceArrays
from simulation.model.rules.account import benefit_on_paper, part_met, part_of, plan_coverage
from simulation.model.rules.numeric import mean
from simulation.model.rules.stage import has_opened, is_agreed

Floats = NDArray[np.float64]


class Tables(NamedTuple):
    """The tables of results, with columns as in `simulation.columns`; a table that is not kept has no months."""

    system: Floats
    """`[replicate, month, column]`."""
    outturns: Floats
    """`[replicate, year, organisation]`, 0 at first."""
    agreements: Floats
    """`[replicate, opportunity, column]`."""
    memberships: NDArray[np.uint16]
    """`[replicate, membership, column]`."""
    organisations: Floats
    """`[replicate, kept month, organisation, column]`."""
    relationships: Floats
    """`[replicate, kept month, relationship]`."""
    opportunities: Floats
    """`[replicate, kept month, opportunity, column]`."""
    year: NDArray[np.int64]
    """`[month]`, its financial year."""
    kept: NDArray[np.int64]
    """`[month]`, its index among the months that are kept, or −1."""

    def rows(self, chunk: slice) -> "Tables":
        """Return the tables of some of the replicates."""
        by_replicate = Tables._fields[:-2]
        return self._replace(**{name: getattr(self, name)[chunk] for name in by_replicate})


@phase
def record_month(
    place: PlaceArrays, calendar: Calendar, state: State, tables: Tables, first: int, used: int, month: int
) -> None:
    """Record one month of `LANES` replicates.

    Args:
        place: The place.
        calendar: The values that the scenario sets.
        state: Their state.
        tables: The tables.
        first: Index of the first of them in the tables.
        used: How many lanes hold a replicate, 1 to `LANES`.
        month: The month, counted from 0.
    """
    _sum_up_agents(place, state)
    _sum_up_programmes(place, state, month)
    _work_out_system(place, calendar, state, month)
    for lane in range(used):
        for column in range(len(columns.SYSTEM)):
            tables.system[first + lane, month, column] = state.recorded[column * LANES + lane]
    year, kept = tables.year[month], tables.kept[month]
    for o in range(len(place.organisations)):
        at = place.organisations[o].at + ORGANISATION.position
        for lane in range(used):
            tables.outturns[first + lane, year, o] += state.organisations[at + lane]
    if kept >= 0 and tables.organisations.shape[1] > 0:
        _write_organisations(place, state, tables.organisations, first, used, kept)
    if kept >= 0 and tables.relationships.shape[1] > 0:
        for r in range(len(place.relationships)):
            at = place.relationships[r].at + RELATIONSHIP.trust
            for lane in range(used):
                tables.relationships[first + lane, kept, r] = state.relationships[at + lane]
    if kept >= 0 and tables.opportunities.shape[1] > 0:
        _write_opportunities(place, state, tables.opportunities, first, used, kept)


@inlined
def _sum_up_agents(place: PlaceArrays, state: State) -> None:
    """Add up over organisations and stances, in id order."""
    lanes = state.lanes & LANES
    whole, recorded = state.place, state.recorded
    recorded[:] = 0.0
    fill_lanes(whole, PLACE.stances, 0.0, lanes)
    fill_lanes(whole, PLACE.stances_in_contracts, 0.0, lanes)
    fill_lanes(whole, PLACE.in_delivery, 0.0, lanes)
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        add_lanes(recorded, RECORDED.orientation, state.organisations, at + ORGANISATION.orientation, lanes)
        add_lanes(recorded, RECORDED.pressure, state.organisations, at + ORGANISATION.pressure, lanes)
    for k in range(len(place.opportunities)):
        if state.marks[k].active:
            participants = place.opportunities[k].participants
            at = place.opportunities[k].at
            in_contract = 0.0 if place.opportunities[k].is_programme else 1.0
            for lane in range(lanes):
                active = state.opportunities[at + OPPORTUNITY.active + lane]
                asked = state.opportunities[at + OPPORTUNITY.population_first + lane] * active
                whole[PLACE.stances + lane] += participants * active
                whole[PLACE.stances_in_contracts + lane] += participants * in_contract
                recorded[RECORDED.population_first + lane] += asked
                recorded[RECORDED.population_first_contracts + lane] += asked * in_contract
                recorded[RECORDED.population_first_programmes + lane] += asked * (1.0 - in_contract)


@inlined
def _sum_up_programmes(place: PlaceArrays, state: State, month: int) -> None:
    """Add up over programmes, in id order."""
    lanes = state.lanes & LANES
    recorded, opportunities = state.recorded, state.opportunities
    for k in range(len(place.opportunities)):
        if not place.opportunities[k].is_programme:
            continue
        at, value = place.opportunities[k].at, place.opportunities[k].value
        if has_opened(month, place.opportunities[k].opens):
            add_lanes(recorded, RECORDED.co_ownership, opportunities, at + OPPORTUNITY.co_ownership, lanes)
        if not state.marks[k].agreed:
            continue
        if state.marks[k].in_delivery:
            add_lanes(state.place, PLACE.in_delivery, opportunities, at + OPPORTUNITY.in_delivery, lanes)
            add_lanes(recorded, RECORDED.behind, opportunities, at + OPPORTUNITY.behind, lanes)
        reach, milestones = place.opportunities[k].reach, place.opportunities[k].milestones
        benefit = benefit_on_paper(place.opportunities[k].benefit, value)
        for lane in range(lanes):
            met = part_met(opportunities[at + OPPORTUNITY.milestones_met + lane], milestones)
            agreed = opportunities[at + OPPORTUNITY.agreed + lane]
            recorded[RECORDED.plan_coverage + lane] += value if is_agreed(month, agreed) else 0.0
            recorded[RECORDED.milestones_value + lane] += part_of(value, met)
            recorded[RECORDED.people_reached + lane] += part_of(reach, met)
            recorded[RECORDED.benefit + lane] += part_of(benefit, met)


@inlined
def _work_out_system(place: PlaceArrays, calendar: Calendar, state: State, month: int) -> None:
    """Turn this month's sums into the values of the columns of the table system."""
    lanes = state.lanes & LANES
    whole, recorded = state.place, state.recorded
    opened = opened_value = benefit = 0.0
    for k in range(len(place.opportunities)):
        if place.opportunities[k].is_programme:
            benefit += benefit_on_paper(place.opportunities[k].benefit, place.opportunities[k].value)
            if has_opened(month, place.opportunities[k].opens):
                opened += 1.0
                opened_value += place.opportunities[k].value
    organisations, relationships = float(len(place.organisations)), float(len(place.relationships))
    for lane in range(lanes):
        recorded[RECORDED.gap + lane] = whole[PLACE.gap + lane]
        recorded[RECORDED.position + lane] = whole[PLACE.position + lane]
        recorded[RECORDED.cumulative_position + lane] = whole[PLACE.cumulative_position + lane]
        recorded[RECORDED.do_nothing + lane] = calendar.months[month].do_nothing
        recorded[RECORDED.efficiency + lane] = whole[PLACE.efficiency + lane]
        recorded[RECORDED.programmes + lane] = whole[PLACE.worth + lane]
        delivered = recorded[RECORDED.milestones_value + lane]
        recorded[RECORDED.realised + lane] = mean(whole[PLACE.worth + lane], delivered)
        recorded[RECORDED.behind + lane] = mean(recorded[RECORDED.behind + lane], whole[PLACE.in_delivery + lane])
        recorded[RECORDED.trust + lane] = mean(whole[PLACE.trust + lane], relationships)
        in_programmes = RECORDED.population_first_programmes + lane
        stances = whole[PLACE.stances + lane] - whole[PLACE.stances_in_contracts + lane]
        recorded[in_programmes] = mean(recorded[in_programmes], stances)
        asked, in_contracts = RECORDED.population_first + lane, RECORDED.population_first_contracts + lane
        recorded[asked] = mean(recorded[asked], whole[PLACE.stances + lane])
        recorded[in_contracts] = mean(recorded[in_contracts], whole[PLACE.stances_in_contracts + lane])
        recorded[RECORDED.orientation + lane] = mean(recorded[RECORDED.orientation + lane], organisations)
        recorded[RECORDED.pressure + lane] = mean(recorded[RECORDED.pressure + lane], organisations)
        recorded[RECORDED.co_ownership + lane] = mean(recorded[RECORDED.co_ownership + lane], opened)
        recorded[RECORDED.plan_coverage + lane] = plan_coverage(recorded[RECORDED.plan_coverage + lane], opened_value)
        recorded[RECORDED.benefit + lane] = mean(recorded[RECORDED.benefit + lane], benefit)


@phase
def _write_organisations(place: PlaceArrays, state: State, table: Floats, first: int, used: int, kept: int) -> None:
    """Write a row of `columns.ORGANISATIONS` for each organisation."""
    lanes = state.lanes & LANES
    organisations = state.organisations
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        fill_lanes(organisations, at + ORGANISATION.stances, 0.0, lanes)
        fill_lanes(organisations, at + ORGANISATION.population_first, 0.0, lanes)
    for k in range(len(place.opportunities)):
        if state.marks[k].active:
            active = place.opportunities[k].at + OPPORTUNITY.active
            for p in range(place.opportunities[k].first, place.opportunities[k].until):
                who, stance = place.memberships[p].organisation_at, place.memberships[p].at + MEMBERSHIP.stance
                for lane in range(lanes):
                    asked = state.opportunities[active + lane]
                    organisations[who + ORGANISATION.stances + lane] += asked
                    organisations[who + ORGANISATION.population_first + lane] += (
                        asked * state.memberships[stance + lane]
                    )
    for o in range(len(place.organisations)):
        for lane in range(used):
            at = place.organisations[o].at + lane
            line = table[first + lane, kept, o]
            asked, stances = organisations[at + ORGANISATION.population_first], organisations[at + ORGANISATION.stances]
            line[columns.ORGANISATIONS.orientation] = organisations[at + ORGANISATION.orientation]
            line[columns.ORGANISATIONS.efficiency] = organisations[at + ORGANISATION.efficiency]
            line[columns.ORGANISATIONS.pressure] = organisations[at + ORGANISATION.pressure]
            line[columns.ORGANISATIONS.shortfall] = organisations[at + ORGANISATION.shortfall]
            line[columns.ORGANISATIONS.position] = organisations[at + ORGANISATION.position]
            line[columns.ORGANISATIONS.population_first] = mean(asked, stances)


@phase
def _write_opportunities(place: PlaceArrays, state: State, table: Floats, first: int, used: int, kept: int) -> None:
    """Write a row of `columns.OPPORTUNITIES` for each opportunity."""
    opportunities = state.opportunities
    for k in range(len(place.opportunities)):
        participants = place.opportunities[k].participants
        for lane in range(used):
            at = place.opportunities[k].at + lane
            line = table[first + lane, kept, k]
            line[:] = np.nan
            active = opportunities[at + OPPORTUNITY.active] > 0.5
            if active:
                asked = mean(opportunities[at + OPPORTUNITY.population_first], participants)
                line[columns.OPPORTUNITIES.population_first] = asked
            if place.opportunities[k].is_programme:
                line[columns.OPPORTUNITIES.co_ownership] = opportunities[at + OPPORTUNITY.co_ownership]
                line[columns.OPPORTUNITIES.milestones_met] = opportunities[at + OPPORTUNITY.milestones_met]
                line[columns.OPPORTUNITIES.worth] = opportunities[at + OPPORTUNITY.worth]
                if opportunities[at + OPPORTUNITY.in_delivery] > 0.5:
                    line[columns.OPPORTUNITIES.behind] = opportunities[at + OPPORTUNITY.behind]
            else:
                yielded, shifted = opportunities[at + OPPORTUNITY.yielded], opportunities[at + OPPORTUNITY.shifted]
                line[columns.OPPORTUNITIES.contract_yield] = yielded if active else 0.0
                line[columns.OPPORTUNITIES.cost_shifted] = shifted if active else 0.0


@phase
def record_end(place: PlaceArrays, state: State, tables: Tables, first: int, used: int) -> None:
    """Record agreements and months on the table after the last month."""
    last = float(tables.system.shape[1] - 1)
    for lane in range(used):
        for k in range(len(place.opportunities)):
            agreed = state.opportunities[place.opportunities[k].at + OPPORTUNITY.agreed + lane]
            _write_agreement(place, state, tables, first, lane, k)
            waited = (agreed if agreed < last else last) - place.opportunities[k].opens + 1.0
            for p in range(place.opportunities[k].first, place.opportunities[k].until):
                institutional = state.memberships[place.memberships[p].at + MEMBERSHIP.months_institutional + lane]
                line = tables.memberships[first + lane, p]
                line[columns.MEMBERSHIPS.months_on_table] = np.uint16(waited)
                line[columns.MEMBERSHIPS.months_institutional] = np.uint16(institutional)


@inlined
def _write_agreement(place: PlaceArrays, state: State, tables: Tables, first: int, lane: int, k: int) -> None:
    """Write a row of `columns.AGREEMENTS`."""
    opportunities, at = state.opportunities, place.opportunities[k].at + lane
    line = tables.agreements[first + lane, k]
    line[:] = np.nan
    if place.opportunities[k].is_programme:
        line[columns.AGREEMENTS.milestones_met] = opportunities[at + OPPORTUNITY.milestones_met]
        line[columns.AGREEMENTS.worth] = opportunities[at + OPPORTUNITY.worth]
        if opportunities[at + OPPORTUNITY.agreed] < np.inf:
            line[columns.AGREEMENTS.agreed] = opportunities[at + OPPORTUNITY.agreed]
            line[columns.AGREEMENTS.by_order] = opportunities[at + OPPORTUNITY.by_order]
            line[columns.AGREEMENTS.outcome] = opportunities[at + OPPORTUNITY.outcome]
            line[columns.AGREEMENTS.lead] = opportunities[at + OPPORTUNITY.lead]
            line[columns.AGREEMENTS.realisation] = opportunities[at + OPPORTUNITY.realised]
            line[columns.AGREEMENTS.co_ownership] = opportunities[at + OPPORTUNITY.co_ownership_at_agreement]
