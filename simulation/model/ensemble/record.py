"""What the kernel writes down: the system table every month, other tables where they are asked for."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.ensemble.compiled import add, fill, inside, phase
from simulation.model.ensemble.layout import LANES, MEMBERSHIP, OPPORTUNITY, ORGANISATION, PLACE, RELATIONSHIP, State
from simulation.model.ensemble.packing import Calendar, Place
from simulation.model.rules.account import part_met, plan_coverage
from simulation.model.rules.numeric import mean

Floats = NDArray[np.float64]


class Tables(NamedTuple):
    """Where results go; a table that is not wanted has no months. Columns as in `results.columns`."""

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
    """`[month]`, its place among the months that are kept, or −1."""

    def rows(self, piece: slice) -> "Tables":
        """The tables of some of the replicates."""
        by_replicate = Tables._fields[:-2]
        return self._replace(**{name: getattr(self, name)[piece] for name in by_replicate})


@phase
def record_month(
    place: Place, calendar: Calendar, state: State, tables: Tables, first: int, wanted: int, month: int
) -> None:
    """Write down one month of a block.

    Args:
        place: Who meets whom.
        calendar: What is set.
        state: The block.
        tables: Where it goes.
        first: The block's first replicate in the tables.
        wanted: How many of its lanes are wanted.
        month: Which month.
    """
    _sum_up_agents(place, state)
    _sum_up_programmes(place, state, month)
    _write_system(place, calendar, state, tables, first, wanted, month)
    year, kept = tables.year[month], tables.kept[month]
    for o in range(len(place.organisations)):
        at = place.organisations[o].at + ORGANISATION.position
        for lane in range(wanted):
            tables.outturns[first + lane, year, o] += state.organisations[at + lane]
    if kept >= 0 and tables.organisations.shape[1] > 0:
        _write_organisations(place, state, tables.organisations, first, wanted, kept)
    if kept >= 0 and tables.relationships.shape[1] > 0:
        for r in range(len(place.relationships)):
            at = place.relationships[r].at + RELATIONSHIP.trust
            for lane in range(wanted):
                tables.relationships[first + lane, kept, r] = state.relationships[at + lane]
    if kept >= 0 and tables.opportunities.shape[1] > 0:
        _write_opportunities(place, state, tables.opportunities, first, wanted, kept)


@inside
def _sum_up_agents(place: Place, state: State) -> None:
    """Sums over relationships, organisations and stances, in id order."""
    lanes = state.lanes & LANES
    whole = state.place
    for index in range(PLACE.milestones_value, len(whole)):
        whole[index] = 0.0
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        add(whole, PLACE.orientation, state.organisations, at + ORGANISATION.orientation, lanes)
        add(whole, PLACE.pressure, state.organisations, at + ORGANISATION.pressure, lanes)
    for k in range(len(place.opportunities)):
        if state.marks[k].active:
            participants = place.opportunities[k].participants
            at = place.opportunities[k].at
            in_contract = 0.0 if place.opportunities[k].is_programme else 1.0
            for lane in range(lanes):
                active = state.opportunities[at + OPPORTUNITY.active + lane]
                asked = state.opportunities[at + OPPORTUNITY.population_first + lane] * active
                whole[PLACE.stances + lane] += participants * active
                whole[PLACE.population_first + lane] += asked
                whole[PLACE.stances_in_contracts + lane] += participants * in_contract
                whole[PLACE.population_first_in_contracts + lane] += asked * in_contract


@inside
def _sum_up_programmes(place: Place, state: State, month: int) -> None:
    """Sums over programmes, in id order."""
    lanes = state.lanes & LANES
    whole, opportunities = state.place, state.opportunities
    for k in range(len(place.opportunities)):
        if not place.opportunities[k].is_programme:
            continue
        at, value = place.opportunities[k].at, place.opportunities[k].value
        if place.opportunities[k].opens <= month:
            add(whole, PLACE.co_ownership, opportunities, at + OPPORTUNITY.co_ownership, lanes)
        if not state.marks[k].agreed:
            continue
        reach, benefit, milestones = (
            place.opportunities[k].reach,
            place.opportunities[k].benefit * value,
            place.opportunities[k].milestones,
        )
        for lane in range(lanes):
            met = part_met(opportunities[at + OPPORTUNITY.milestones_met + lane], milestones)
            agreed = opportunities[at + OPPORTUNITY.agreed + lane] <= month
            whole[PLACE.agreed_value + lane] += value if agreed else 0.0
            whole[PLACE.milestones_value + lane] += value * met
            whole[PLACE.people_reached + lane] += reach * met
            whole[PLACE.benefit + lane] += benefit * met


@inside
def _write_system(
    place: Place, calendar: Calendar, state: State, tables: Tables, first: int, wanted: int, month: int
) -> None:
    """One row a replicate, in the order of `columns.SYSTEM`."""
    whole = state.place
    opened = opened_value = benefit = 0.0
    for k in range(len(place.opportunities)):
        if place.opportunities[k].is_programme:
            benefit += place.opportunities[k].benefit * place.opportunities[k].value
            if place.opportunities[k].opens <= month:
                opened += 1.0
                opened_value += place.opportunities[k].value
    organisations, relationships = float(len(place.organisations)), float(len(place.relationships))
    for lane in range(wanted):
        line = tables.system[first + lane, month]
        line[0] = whole[PLACE.gap + lane]
        line[1] = calendar.months[month].do_nothing
        line[2] = whole[PLACE.efficiency + lane]
        line[3] = whole[PLACE.worth + lane]
        line[4] = whole[PLACE.milestones_value + lane]
        line[5] = mean(whole[PLACE.trust + lane], relationships)
        line[6] = mean(whole[PLACE.population_first + lane], whole[PLACE.stances + lane])
        line[7] = mean(whole[PLACE.population_first_in_contracts + lane], whole[PLACE.stances_in_contracts + lane])
        line[8] = mean(whole[PLACE.orientation + lane], organisations)
        line[9] = mean(whole[PLACE.pressure + lane], organisations)
        line[10] = mean(whole[PLACE.co_ownership + lane], opened)
        line[11] = plan_coverage(whole[PLACE.agreed_value + lane], opened_value)
        line[12] = whole[PLACE.people_reached + lane]
        line[13] = mean(whole[PLACE.benefit + lane], benefit)


@phase
def _write_organisations(place: Place, state: State, table: Floats, first: int, wanted: int, kept: int) -> None:
    """One row an organisation, in the order of `columns.ORGANISATIONS`."""
    lanes = state.lanes & LANES
    organisations = state.organisations
    for o in range(len(place.organisations)):
        at = place.organisations[o].at
        fill(organisations, at + ORGANISATION.stances, 0.0, lanes)
        fill(organisations, at + ORGANISATION.population_first, 0.0, lanes)
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
        for lane in range(wanted):
            at = place.organisations[o].at + lane
            line = table[first + lane, kept, o]
            line[0] = organisations[at + ORGANISATION.orientation]
            line[1] = organisations[at + ORGANISATION.efficiency]
            line[2] = organisations[at + ORGANISATION.pressure]
            line[3] = organisations[at + ORGANISATION.shortfall]
            line[4] = organisations[at + ORGANISATION.position]
            line[5] = mean(organisations[at + ORGANISATION.population_first], organisations[at + ORGANISATION.stances])


@phase
def _write_opportunities(place: Place, state: State, table: Floats, first: int, wanted: int, kept: int) -> None:
    """One row an opportunity, in the order of `columns.OPPORTUNITIES`."""
    opportunities = state.opportunities
    for k in range(len(place.opportunities)):
        participants = place.opportunities[k].participants
        for lane in range(wanted):
            at = place.opportunities[k].at + lane
            line = table[first + lane, kept, k]
            active = opportunities[at + OPPORTUNITY.active] > 0.5
            line[1] = opportunities[at + OPPORTUNITY.population_first] / participants if active else np.nan
            if place.opportunities[k].is_programme:
                line[0] = opportunities[at + OPPORTUNITY.co_ownership]
                line[2] = opportunities[at + OPPORTUNITY.milestones_met]
                line[3] = opportunities[at + OPPORTUNITY.worth]
                line[4] = line[5] = np.nan
            else:
                line[0] = line[2] = line[3] = np.nan
                line[4] = opportunities[at + OPPORTUNITY.yielded] if active else 0.0
                line[5] = opportunities[at + OPPORTUNITY.shifted] if active else 0.0


@phase
def record_end(place: Place, state: State, tables: Tables, first: int, wanted: int) -> None:
    """Write down what was agreed and who asked what, after the last month of a block."""
    last = float(tables.system.shape[1] - 1)
    for lane in range(wanted):
        for k in range(len(place.opportunities)):
            agreed = state.opportunities[place.opportunities[k].at + OPPORTUNITY.agreed + lane]
            _write_agreement(place, state, tables, first, lane, k)
            waited = (agreed if agreed < last else last) - place.opportunities[k].opens + 1.0
            for p in range(place.opportunities[k].first, place.opportunities[k].until):
                closed = state.memberships[place.memberships[p].at + MEMBERSHIP.closed + lane]
                tables.memberships[first + lane, p, 0] = np.uint16(waited)
                tables.memberships[first + lane, p, 1] = np.uint16(closed)


@inside
def _write_agreement(place: Place, state: State, tables: Tables, first: int, lane: int, k: int) -> None:
    """One row, in the order of `columns.AGREEMENTS`."""
    opportunities, at = state.opportunities, place.opportunities[k].at + lane
    line = tables.agreements[first + lane, k]
    line[:] = np.nan
    if place.opportunities[k].is_programme:
        line[6] = opportunities[at + OPPORTUNITY.milestones_met]
        line[7] = opportunities[at + OPPORTUNITY.worth]
        if opportunities[at + OPPORTUNITY.agreed] < np.inf:
            line[0] = opportunities[at + OPPORTUNITY.agreed]
            line[1] = opportunities[at + OPPORTUNITY.by_order]
            line[2] = opportunities[at + OPPORTUNITY.outcome]
            line[3] = opportunities[at + OPPORTUNITY.lead]
            line[4] = opportunities[at + OPPORTUNITY.realised]
            line[5] = opportunities[at + OPPORTUNITY.co_ownership_at_agreement]
