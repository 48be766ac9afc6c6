"""The layout of the state that the kernel works on.

The kernel simulates sixteen replicates at a time, each in a lane. The state of an organisation, a relationship, a
membership or an opportunity is a few rows of sixteen numbers, one for each lane, that lie together in one flat array.
The innermost loop runs along the lanes, and the compiler turns it into vector instructions.

Short names in the kernel: `o`, `r`, `k` and `p` are indices of organisations, relationships, opportunities and
memberships, and `q` of pairs of participants; `at` is the index of the first row of any of these, and `who` the index
of the first row of an organisation.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.parameters import Parameters

LANES = 16
"""How many replicates the kernel simulates at a time."""

_LINE = 8
"""Numbers in a cache line."""

Floats = NDArray[np.float64]

OPPORTUNITY_MARKS = np.dtype(
    [
        ("active", np.bool_),
        ("on_table", np.bool_),
        ("in_delivery", np.bool_),
        ("agreed", np.bool_),
        ("met", np.bool_),
        ("behind", np.bool_),
    ]
)
"""Flags that are true if they hold in any lane: `agreed` so far, the others for this month."""


class State(NamedTuple):
    """The state of `LANES` replicates, as flat arrays in rows of `LANES` numbers."""

    replicates: NDArray[np.uint64]
    """`[lane]`, the number of the replicate."""
    assumed: Floats
    """A row for each parameter."""
    place: Floats
    """See `PlaceRows`."""
    recorded: Floats
    """A row for each column of the table system: this month's sums, then its values."""
    organisations: Floats
    """See `OrganisationRows`."""
    relationships: Floats
    """See `RelationshipRows`."""
    memberships: Floats
    """See `MembershipRows`."""
    opportunities: Floats
    """See `OpportunityRows`."""
    participants: Floats
    """See `ParticipantRows`."""
    queue: NDArray[np.int64]
    """`[lane, index]`: programmes agreed and not delivered, in the order in which leads attend to them."""
    queued: NDArray[np.int64]
    """`[lane]`, how many programmes are in the queue."""
    leaders_changed: NDArray[np.bool_]
    """`[o]`, true if a leader changed in any lane this month."""
    marks: NDArray[Any]
    """`[k]`, see `OPPORTUNITY_MARKS`."""
    lanes: int
    """`LANES`. Loops run over `lanes & LANES`, which is the same; ADR 12 says why."""


class OrganisationRows(NamedTuple):
    """Rows of an organisation."""

    orientation: int
    opening_orientation: int
    pressure: int
    order_on_table: int
    """The strongest instruction over its programmes on the table."""
    order_in_delivery: int
    """The strongest instruction over its programmes in delivery."""
    seen: int
    """The number of other organisations' stances that it saw this month, weighted by its trust in them."""
    seen_population_first: int
    efficiency: int
    shortfall: int
    worth: int
    """Its shares of programmes, £m a year."""
    in_delivery: int
    """How many of its programmes are in delivery this month."""
    yielded: int
    shifted: int
    set_up: int
    position: int
    leader_changed: int
    lead_capacity: int
    leading: int
    """How many programmes it leads, agreed and not delivered."""
    attempts: int
    """How many of these it has attempted this month."""
    stances: int
    population_first: int


class RelationshipRows(NamedTuple):
    """Rows of a relationship."""

    trust: int
    gain_left: int
    """The part of distrust that this month's events left."""
    loss_left: int
    """The part of trust that they left."""
    baseline: int
    """Opening trust, to which new leaders return."""


class MembershipRows(NamedTuple):
    """Rows of a membership."""

    stance: int
    """1 population-first, 0 institutional."""
    share: int
    """This month's, after payment and gain share."""
    exposure: int
    """After levers, as far as something is at stake."""
    net_shift: int
    """In a contract: the cost that it shifts to the other side, £m; below 0 if it takes cost over."""
    months_institutional: int
    """Months on the table with the institutional question."""


class ParticipantRows(NamedTuple):
    """Rows of one participant of the current opportunity; each opportunity overwrites them."""

    trust: int
    """The sum of its trust in the others."""
    least_trust: int
    """Its trust in the one that it trusts least."""
    active: int
    """1 if the opportunity is active."""
    gain_if_answered: int
    """The part of its distrust that a meeting leaves if the other is population-first; 1 where none took place."""
    loss_if_not: int
    """The part of its trust that a meeting leaves if the other is institutional; 1 where none took place."""
    milestone_weight: int
    """The weight of a met milestone for it; 0 where none was met."""
    milestone_gain: int
    """The part of its distrust that a met milestone leaves; 1 where none was met."""


class OpportunityRows(NamedTuple):
    """Rows of an opportunity."""

    active: int
    on_table: int
    in_delivery: int
    agreed: int
    """The month; infinity until then."""
    delivered: int
    """The month of its last milestone; infinity until then."""
    gain_share: int
    """This month's strength of the lever, or that of the month of agreement."""
    population_first: int
    co_ownership: int
    refusals: int
    consent: int
    months_instructed: int
    by_order: int
    outcome: int
    lead: int
    """The lead's organisation."""
    lead_membership: int
    """The index of the lead's membership."""
    lead_skill: int
    realised: int
    co_ownership_at_agreement: int
    would_meet: int
    """1 if an attempt at the next milestone succeeds."""
    met_now: int
    milestones_met: int
    behind: int
    """1 if it is behind its promised pace."""
    worth: int
    set_up: int
    yielded: int
    shifted: int


class PlaceRows(NamedTuple):
    """Rows of the place as a whole: the last month's shortfall, and sums."""

    shortfall: int
    mean_trust: int
    """Mean trust in the current programme."""
    gap: int
    efficiency: int
    worth: int
    trust: int
    """The sum over relationships after phase 5."""
    position: int
    """Sum of the organisations' positions this month, £m."""
    cumulative_position: int
    stances: int
    stances_in_contracts: int
    in_delivery: int
    """How many programmes are in delivery this month."""


def _rows(number: int) -> range:
    return range(0, number * LANES, LANES)


AT: Any = Parameters(*_rows(len(Parameters._fields)))
ORGANISATION = OrganisationRows(*_rows(len(OrganisationRows._fields)))
RELATIONSHIP = RelationshipRows(*_rows(len(RelationshipRows._fields)))
MEMBERSHIP = MembershipRows(*_rows(len(MembershipRows._fields)))
PARTICIPANT = ParticipantRows(*_rows(len(ParticipantRows._fields)))
OPPORTUNITY = OpportunityRows(*_rows(len(OpportunityRows._fields)))
PLACE = PlaceRows(*_rows(len(PlaceRows._fields)))
RECORDED: Any = columns.SYSTEM._make(_rows(len(columns.SYSTEM)))

PER_ORGANISATION = LANES * len(ORGANISATION)
PER_RELATIONSHIP = LANES * len(RELATIONSHIP)
PER_MEMBERSHIP = LANES * len(MEMBERSHIP)
PER_PARTICIPANT = LANES * len(PARTICIPANT)
PER_OPPORTUNITY = LANES * len(OPPORTUNITY)


def lay_out(organisations: int, relationships: int, memberships: int, opportunities: int, participants: int) -> State:
    """Return a blank state for a place with these numbers of each, and this maximum of participants."""
    return State(
        replicates=np.zeros(LANES, np.uint64),
        assumed=_aligned(LANES * len(AT)),
        place=_aligned(LANES * len(PLACE)),
        recorded=_aligned(LANES * len(RECORDED)),
        organisations=_aligned(organisations * PER_ORGANISATION),
        relationships=_aligned(relationships * PER_RELATIONSHIP),
        memberships=_aligned(memberships * PER_MEMBERSHIP),
        opportunities=_aligned(opportunities * PER_OPPORTUNITY),
        participants=_aligned(participants * PER_PARTICIPANT),
        queue=np.zeros((LANES, opportunities), np.int64),
        queued=np.zeros(LANES, np.int64),
        leaders_changed=np.zeros(organisations, np.bool_),
        marks=np.zeros(opportunities, OPPORTUNITY_MARKS).view(np.recarray),
        lanes=LANES,
    )


def _aligned(numbers: int) -> Floats:
    """Return zeros that begin at a cache line, so that no row of lanes spans more lines than necessary."""
    room = np.zeros(numbers + _LINE)
    first = (-room.ctypes.data // room.itemsize) % _LINE
    return room[first : first + numbers]
