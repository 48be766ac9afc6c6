"""Pack a system for the kernel: the place, the months of its scenario and the sets of parameters."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.ensemble.layout import (
    PER_MEMBERSHIP,
    PER_OPPORTUNITY,
    PER_ORGANISATION,
    PER_PARTICIPANT,
    PER_RELATIONSHIP,
)
from simulation.model.ensemble.records import (
    BREACH_SET,
    MEMBERSHIP_FIXED,
    MONTH_SET,
    OPPORTUNITY_FIXED,
    OPPORTUNITY_SET,
    ORGANISATION_FIXED,
    ORGANISATION_SET,
    PAIR_FIXED,
    RELATIONSHIP_FIXED,
)
from simulation.model.openings import open_place
from simulation.model.rules.delivery import set_up_instalment
from simulation.model.schedule import Schedule
from simulation.model.system import System
from simulation.parameters import Parameters

Floats = NDArray[np.float64]
Records = NDArray[Any]


Key = tuple[np.uint64, NDArray[np.uint64]]
"""The key of draws: the seed, and the replicate in each lane."""


class PlaceArrays(NamedTuple):
    """The place, which does not change in a run, as arrays of records in the order of `System`."""

    organisations: Records
    relationships: Records
    opportunities: Records
    memberships: Records
    pairs: Records
    """The ordered pairs of an opportunity's participants, the first one's pairs first."""
    onlookers_at: NDArray[np.uint32]
    """By opportunity: relationships to a participant of organisations that are not in it."""
    total_income: float


class Calendar(NamedTuple):
    """The values that the scenario sets."""

    months: Records
    """`[t]`."""
    organisations: Records
    """`[t, o]`."""
    opportunities: Records
    """`[t, k]`."""
    breaches: Records
    """By month, larger first."""


class Assumptions(NamedTuple):
    """The assumptions, a row for each set of parameters."""

    parameters: Floats
    """`[row, parameter]`."""
    trust: Floats
    """`[row, r]`, at the opening."""
    orientation: Floats
    """`[row, o]`, at the opening."""
    lead_capacity: Floats
    """`[row, o]`."""


def pack_place(system: System) -> PlaceArrays:
    """Pack the place."""
    onlookers = _onlookers(system)
    return PlaceArrays(
        organisations=_organisations(system),
        relationships=_records(
            RELATIONSHIP_FIXED,
            at=_rows(len(system.baseline), PER_RELATIONSHIP),
            trusting=system.trusting,
            trusted=system.trusted,
        ),
        opportunities=_opportunities(system, np.cumsum([0, *map(len, onlookers)])),
        memberships=_memberships(system),
        pairs=_pairs(system),
        onlookers_at=np.array([index for each in onlookers for index in each], np.uint32) * PER_RELATIONSHIP,
        total_income=system.total_income,
    )


def pack_calendar(schedule: Schedule) -> Calendar:
    """Pack the values that the scenario sets for each month."""
    breaches = [breach for month in schedule.breaches for breach in month]
    starts = np.cumsum([0, *map(len, schedule.breaches)])
    on_opportunities = {
        str(lever): each for lever, each in schedule.strength.items() if not lever.acts_on_organisations
    }
    return Calendar(
        months=_records(
            MONTH_SET,
            do_nothing=schedule.do_nothing,
            plan=schedule.plan,
            lever_cost=schedule.lever_cost,
            grip_shock=schedule.grip_shock,
            first_breach=starts[:-1],
            until_breach=starts[1:],
        ),
        organisations=_records(
            ORGANISATION_SET,
            leader_leaves=schedule.leader_leaves,
            fixed_stance=schedule.fixed_stance,
            instruction_felt=schedule.instruction_felt,
            **{str(lever): each for lever, each in schedule.strength.items() if lever.acts_on_organisations},
        ),
        opportunities=_records(OPPORTUNITY_SET, **on_opportunities),
        breaches=_records(
            BREACH_SET,
            organisation=[organisation for organisation, _ in breaches],
            part_lost=[size for _, size in breaches],
        ),
    )


def pack_assumptions(system: System, rows: Sequence[Parameters]) -> Assumptions:
    """Pack sets of parameters and the opening state of the place under each.

    Args:
        system: The place.
        rows: The sets, one or more.
    """
    return Assumptions(np.array(rows, dtype=np.float64), *open_place(system.overrides, rows))


def _records(kind: Any, **fields: Any) -> Records:
    """Return an array of records of the shape of the first field.

    Args:
        kind: The record's type.
        **fields: The values of each of its fields.

    Raises:
        TypeError: If a field is not given, since it would be uninitialised, or if the record has no such field.
    """
    if odd := set(kind.names) ^ set(fields):
        message = f"fields given and fields of the record differ: {', '.join(sorted(odd))}"
        raise TypeError(message)
    table = np.empty(np.shape(next(iter(fields.values()))), kind)
    for name, values in fields.items():
        table[name] = values
    return table.view(np.recarray)


def _rows(number: int, stride: int) -> NDArray[np.uint32]:
    """Return the index of the first row of each; unsigned, so that the compiler drops a check for negative indices."""
    return np.arange(number, dtype=np.uint32) * stride


def _organisations(system: System) -> Records:
    in_programme = np.repeat(system.is_programme, np.diff(system.first_membership))
    return _records(
        ORGANISATION_FIXED,
        at=_rows(len(system.income), PER_ORGANISATION),
        income=system.income,
        income_share=system.income_share,
        deficit_share=system.deficit_share,
        efficiency_pool=system.efficiency_pool,
        programmes=np.bincount(system.member[in_programme], minlength=len(system.income)),
        subject=system.organisation_subject,
    )


def _opportunities(system: System, onlookers: NDArray[np.int64]) -> Records:
    return _records(
        OPPORTUNITY_FIXED,
        at=_rows(len(system.value), PER_OPPORTUNITY),
        is_programme=system.is_programme,
        value=system.value,
        benefit=system.benefit,
        reach=system.reach,
        milestones=system.milestones,
        instalment=[
            set_up_instalment(cost, float(milestones))
            for cost, milestones in zip(system.set_up_cost.tolist(), system.milestones.tolist(), strict=True)
        ],
        opens=system.opens,
        largest_income=system.largest_income,
        gains=system.gains,
        losses=system.losses,
        participants=np.diff(system.first_membership),
        others=np.diff(system.first_membership) - 1,
        subject=system.opportunity_subject,
        first=system.first_membership[:-1],
        until=system.first_membership[1:],
        first_onlooker=onlookers[:-1],
        until_onlooker=onlookers[1:],
    )


def _memberships(system: System) -> Records:
    participants = np.diff(system.first_membership)
    starts = np.cumsum([0, *np.repeat(participants - 1, participants)])
    return _records(
        MEMBERSHIP_FIXED,
        at=_rows(len(system.member), PER_MEMBERSHIP),
        participant_at=(np.arange(len(system.member)) - np.repeat(system.first_membership[:-1], participants))
        * PER_PARTICIPANT,
        organisation=system.member,
        organisation_at=system.member * PER_ORGANISATION,
        share=system.share,
        set_up_share=system.set_up_share,
        skill=system.skill,
        subject=system.stance_subject,
        first=starts[:-1],
        until=starts[1:],
    )


def _pairs(system: System) -> Records:
    ends = zip(system.trusting.tolist(), system.trusted.tolist(), strict=True)
    relationship = {pair: index for index, pair in enumerate(ends)}
    pairs = [
        (other, relationship[organisation, met], relationship[met, organisation])
        for indices, members in _participants(system)
        for index, organisation in zip(indices, members, strict=True)
        for other, met in zip(indices, members, strict=True)
        if other != index
    ]
    other, towards, back = np.array(pairs, dtype=np.uint32).T
    return _records(
        PAIR_FIXED,
        other_at=other * PER_MEMBERSHIP,
        towards_at=towards * PER_RELATIONSHIP,
        back_at=back * PER_RELATIONSHIP,
    )


def _onlookers(system: System) -> list[list[int]]:
    """Return, for each opportunity, the relationships to a participant of organisations that are not in it."""
    to_whom: list[list[tuple[int, int]]] = [[] for _ in system.income]
    ends = zip(system.trusting.tolist(), system.trusted.tolist(), strict=True)
    for index, (trusting, trusted) in enumerate(ends):
        to_whom[trusted].append((trusting, index))
    return [
        [index for member in members for trusting, index in to_whom[member] if trusting not in members]
        for _, members in _participants(system)
    ]


def _participants(system: System) -> list[tuple[range, list[int]]]:
    """Return each opportunity's memberships and their organisations."""
    members, starts = system.member.tolist(), system.first_membership.tolist()
    return [(range(first, until), members[first:until]) for first, until in pairwise(starts)]
