"""Pack a system for the kernel: the place, the months of its scenario and the sets of parameters."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.levers import Lever
from simulation.model.ensemble.layout import (
    PER_MEMBERSHIP,
    PER_OPPORTUNITY,
    PER_ORGANISATION,
    PER_PARTICIPANT,
    PER_RELATIONSHIP,
)
from simulation.model.ensemble.records import (
    BREACH_SET,
    MEETING_FIXED,
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
    meetings: Records
    """The same pairs: of each opportunity every participant's first other, then every participant's second.

    No sum over a participant's others waits for the term just before it.
    """
    onlookers_at: NDArray[np.uint32]
    """By opportunity: relationships to a participant of organisations that are not in it."""
    income: float
    """The place's net income, £m a year."""


class Calendar(NamedTuple):
    """The values that the scenario sets."""

    months: Records
    """`[t]`."""
    organisations: Records
    """`[t, o]`."""
    opportunities: Records
    """`[t, k]`."""
    shares: Floats
    """`[t, p]`, after payment."""
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
        meetings=_meetings(system),
        onlookers_at=np.array([index for each in onlookers for index in each], np.uint32) * PER_RELATIONSHIP,
        income=system.place_income,
    )


def pack_calendar(system: System) -> Calendar:
    """Pack the values that the scenario sets for each month."""
    schedule = system.schedule
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
            first_breach=starts[:-1],
            until_breach=starts[1:],
        ),
        organisations=_records(
            ORGANISATION_SET,
            leader_leaves=schedule.leader_leaves,
            fixed_stance=schedule.fixed_stance,
            grip_shock=schedule.grip_shock,
            **{str(lever): each for lever, each in schedule.strength.items() if lever.acts_on_organisations},
        ),
        opportunities=_records(
            OPPORTUNITY_SET,
            gains=schedule.shares.gains,
            losses=schedule.shares.losses,
            shares_differ=_shares_differ(system),
            **on_opportunities,
        ),
        shares=schedule.shares.share,
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


def _shares_differ(system: System) -> NDArray[np.bool_]:
    """Return, `[t, k]`, true where shares may differ from the month before, and in the first month on the table."""
    gain_share, share = system.schedule.strength[Lever.GAIN_SHARE], system.schedule.shares.share
    differ = np.zeros(gain_share.shape, dtype=np.bool_)
    paid = np.logical_or.reduceat(share[1:] != share[:-1], system.first_membership[:-1], axis=1)
    differ[1:] = (gain_share[1:] != gain_share[:-1]) | paid
    differ[system.opens, np.arange(len(system.opens))] = True
    return differ


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
    table = np.zeros(np.shape(next(iter(fields.values()))), kind)  # zeros, since a record's padding is published too
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
        net_income=system.net_income,
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
        amount=system.amount,
        benefit=system.benefit,
        reach=system.reach,
        milestones=system.milestones,
        instalment=[
            set_up_instalment(cost, float(milestones))
            for cost, milestones in zip(system.set_up_cost.tolist(), system.milestones.tolist(), strict=True)
        ],
        opens=system.opens,
        largest_net_income=system.largest_net_income,
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


def _meetings(system: System) -> Records:
    pairs, memberships = _pairs(system), _memberships(system)
    first = memberships["first"].tolist()
    order = [
        (first[p] + other, p)
        for indices, members in _participants(system)
        for other in range(len(members) - 1)
        for p in indices
    ]
    pair, own = np.array(order, dtype=np.int64).T
    return _records(
        MEETING_FIXED,
        other_at=pairs["other_at"][pair],
        towards_at=pairs["towards_at"][pair],
        participant_at=memberships["participant_at"][own],
        organisation_at=memberships["organisation_at"][own],
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
