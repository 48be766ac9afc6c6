"""A scenario as arrays in id order, from which both engines start.

Axes are organisations `[o]`, relationships `[r]` (ordered pairs that share an opportunity, by the trusting and then by
the trusted organisation), opportunities `[k]`, memberships `[p]` (an organisation in an opportunity, by opportunity and
then by organisation) and months `[t]`. Ids are sorted by their code points, so the order in a file does not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from hashlib import blake2b
from math import nan
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.model.openings import Overrides, open_place
from simulation.model.payments import Transfer, find_transfers
from simulation.model.rules.account import net_of
from simulation.model.rules.numeric import larger
from simulation.model.schedule import Schedule, build_schedule
from simulation.parameters import Parameters
from simulation.results.axes import Axes, axes_of, opening_month
from simulation.scenario.entries import UNNAMED_SKILL, ContractEntry, Opportunity, OrganisationEntry, ProgrammeEntry
from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Digests = NDArray[np.uint64]

Array = TypeVar("Array", bound=NDArray[Any])

SEPARATOR = "\x1f"


@dataclass(frozen=True, kw_only=True, eq=False)
class System:
    """A place as arrays, which do not change during a run."""

    scenario: Scenario = field(repr=False)
    parameters: Parameters = field(repr=False)
    axes: Axes = field(repr=False)
    schedule: Schedule = field(repr=False)
    overrides: Overrides = field(repr=False)

    income: Floats
    """`[o]`, £m a year."""
    net_income: Floats
    """`[o]`, less the contracts in which it pays, £m a year."""
    income_share: Floats
    """`[o]`, part of all organisations' income, which is also the part of the cost of levers."""
    deficit_share: Floats
    """`[o]`, adds up to 1."""
    efficiency_pool: Floats
    """`[o]`, £m a year."""
    opening_orientation: Floats
    """`[o]`, 0–1."""
    lead_capacity: Floats
    """`[o]`, programmes at once."""
    organisation_subject: Digests
    """`[o]`, subject of draws for an organisation."""

    trusting: Whole
    """`[r]`, the organisation that trusts."""
    trusted: Whole
    """`[r]`, the organisation that is trusted."""
    baseline: Floats
    """`[r]`, opening trust, 0–1."""

    is_programme: Flags
    """`[k]`, false for a contract."""
    value: Floats
    """`[k]`, of a programme on paper, £m a year; 0 for a contract, whose value depends on a parameter."""
    amount: Floats
    """`[k]`, of a contract, £m a year; 0 for a programme."""
    benefit: Floats
    """`[k]`, 1 is typical."""
    reach: Floats
    """`[k]`, people."""
    milestones: Whole
    """`[k]`, 1 or more."""
    set_up_cost: Floats
    """`[k]`, £m in all."""
    largest_net_income: Floats
    """`[k]`, of its participants, £m a year."""
    opens: Whole
    """`[k]`, first month on the table."""
    opportunity_subject: Digests
    """`[k]`, subject of draws for an opportunity."""

    first_membership: Whole
    """`[k + 1]`, index of each opportunity's first membership; the last entry is the number of memberships."""
    member: Whole
    """`[p]`, the organisation."""
    set_up_share: Floats
    """`[p]`, part of the participants' income, which is also the part of the set-up cost."""
    skill: Floats
    """`[p]`, the organisation's skill in the opportunity's domain, 0–1."""
    stance_subject: Digests
    """`[p]`, subject of draws for a stance."""

    transfers: tuple[Transfer, ...] = field(repr=False)
    """Income that programmes move between commissioners and providers."""

    @property
    def months(self) -> int:
        """The number of months of a replicate."""
        return self.schedule.months

    @property
    def place_income(self) -> float:
        """The place's net income, £m a year: all income less all contracts, at least a tenth of all income."""
        return net_of(add_in_order(self.income.tolist()), add_in_order(self.amount.tolist()))

    def with_parameters(self, parameters: Parameters) -> Self:
        """Return the same place under other assumptions."""
        return replace(self, parameters=parameters, **_openings(self.overrides, parameters))

    def under(self, scenario: Scenario) -> Self | None:
        """Return the same place under another scenario's assumptions, levers, events and paths.

        Returns:
            The system, which shares this one's arrays; None if the scenario has another place.
        """
        if any(_differs(getattr(self.scenario, part), getattr(scenario, part)) for part in _PARTS_OF_PLACE):
            return None
        axes = replace(self.axes, scenario=scenario)
        moved = replace(self, scenario=scenario, axes=axes, schedule=build_schedule(scenario, axes, self.transfers))
        return moved.with_parameters(scenario.resolve_parameters())


def _differs(one: object, other: object) -> bool:
    """Return true if two parts of scenarios differ."""
    return one is not other and one != other


_PARTS_OF_PLACE = ("start", "months", "organisations", "contracts", "programmes", "relationships")
"""The parts of a scenario from which its arrays are built."""


def add_in_order(numbers: Sequence[float]) -> float:
    """Return the sum of numbers added in the order given, so that its last bit is always the same."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def subject_of(*ids: str) -> int:
    """Return the 64-bit digest that stands for an organisation, an opportunity or a membership in draws."""
    return int.from_bytes(blake2b(SEPARATOR.join(ids).encode(), digest_size=8).digest(), "big")


def build_system(scenario: Scenario, parameters: Parameters | None = None) -> System:
    """Turn a scenario into arrays; opportunities that open after the last month are left out.

    Args:
        scenario: A validated scenario.
        parameters: The assumptions; by default those of the scenario.

    Returns:
        The arrays, in id order.
    """
    parameters = parameters or scenario.resolve_parameters()
    organisations = sorted(scenario.organisations.items())
    axes = axes_of(scenario)
    transfers = find_transfers(axes)
    opportunities = [(k, axes.opportunity(k)) for k in axes.opportunities]
    index = {organisation: o for o, (organisation, _) in enumerate(organisations)}
    pairs = list(axes.relationships)
    overrides = _overrides(scenario, pairs)
    return System(
        scenario=scenario,
        parameters=parameters,
        axes=axes,
        overrides=overrides,
        **_openings(overrides, parameters),
        **_organisation_arrays(organisations),
        net_income=_floats(scenario.net_incomes().values()),
        deficit_share=_floats(scenario.deficit_shares().values()),
        trusting=_whole(index[trusting] for trusting, _ in pairs),
        trusted=_whole(index[trusted] for _, trusted in pairs),
        **_opportunity_arrays(scenario, opportunities),
        **_membership_arrays(scenario, opportunities, index),
        transfers=transfers,
        schedule=build_schedule(scenario, axes, transfers),
    )


def _overrides(scenario: Scenario, pairs: list[tuple[str, str]]) -> Overrides:
    trust = {(override.of, override.in_): override.trust for override in scenario.relationships.overrides}
    sector = {organisation: scenario.sector_of(organisation) for organisation in scenario.organisations}
    entries = [entry for _, entry in sorted(scenario.organisations.items())]
    return Overrides(
        trust=_floats(trust.get(pair, nan) for pair in pairs),
        same_sector=_read_only(
            np.array([sector[trusting] == sector[trusted] for trusting, trusted in pairs], dtype=np.bool_)
        ),
        orientation=_floats(nan if entry.orientation is None else entry.orientation for entry in entries),
        lead_capacity=_floats(nan if entry.lead_capacity is None else entry.lead_capacity for entry in entries),
    )


def _openings(overrides: Overrides, parameters: Parameters) -> dict[str, Any]:
    opened = open_place(overrides, [parameters])
    return {
        "baseline": _read_only(opened.trust[0]),
        "opening_orientation": _read_only(opened.orientation[0]),
        "lead_capacity": _read_only(opened.lead_capacity[0]),
    }


def _organisation_arrays(organisations: list[tuple[str, OrganisationEntry]]) -> dict[str, Any]:
    entries = [entry for _, entry in organisations]
    income = [float(entry.income) for entry in entries]
    whole = add_in_order(income)
    return {
        "income": _floats(income),
        "income_share": _floats(each / whole for each in income),
        "efficiency_pool": _floats(entry.efficiency_pool for entry in entries),
        "organisation_subject": _digests(subject_of(organisation) for organisation, _ in organisations),
    }


def _opportunity_arrays(scenario: Scenario, opportunities: list[tuple[str, Opportunity]]) -> dict[str, Any]:
    entries = [entry for _, entry in opportunities]
    programmes = [entry if isinstance(entry, ProgrammeEntry) else None for entry in entries]
    net = scenario.net_incomes()
    return {
        "is_programme": _read_only(np.array([each is not None for each in programmes], dtype=np.bool_)),
        "value": _floats(each.paper_value if each else 0.0 for each in programmes),
        "amount": _floats(entry.amount if isinstance(entry, ContractEntry) else 0.0 for entry in entries),
        "benefit": _floats(each.benefit if each else 1.0 for each in programmes),
        "reach": _floats(each.reach if each else 0 for each in programmes),
        "milestones": _whole(each.milestones if each else 1 for each in programmes),
        "set_up_cost": _floats(each.set_up_cost if each else 0.0 for each in programmes),
        "largest_net_income": _floats(
            reduce(larger, [net[organisation] for organisation in entry.participants]) for entry in entries
        ),
        "opens": _whole(opening_month(scenario, entry) for entry in entries),
        "opportunity_subject": _digests(subject_of(k) for k, _ in opportunities),
    }


def _membership_arrays(
    scenario: Scenario, opportunities: list[tuple[str, Opportunity]], index: dict[str, int]
) -> dict[str, Any]:
    starts, members, paid, skills, subjects = [0], [], [], [], []
    for k, entry in opportunities:
        names = entry.participants
        domain = entry.domain if isinstance(entry, ProgrammeEntry) else None
        income = [float(scenario.organisations[organisation].income) for organisation in names]
        whole = add_in_order(income)
        paid += [each / whole for each in income]
        for organisation in names:
            members.append(index[organisation])
            skills.append(_skill(scenario.organisations[organisation], domain))
            subjects.append(subject_of(k, organisation))
        starts.append(len(members))
    return {
        "first_membership": _whole(starts),
        "member": _whole(members),
        "set_up_share": _floats(paid),
        "skill": _floats(skills),
        "stance_subject": _digests(subjects),
    }


def _skill(entry: OrganisationEntry, domain: str | None) -> float:
    """Return an organisation's skill in a domain; 0.5 in one not named, and where there is none."""
    return UNNAMED_SKILL if domain is None else float(entry.skills.get(domain, UNNAMED_SKILL))


def _floats(numbers: Any) -> Floats:
    return _read_only(np.array([float(number) for number in numbers], dtype=np.float64))


def _whole(numbers: Any) -> Whole:
    return _read_only(np.array([int(number) for number in numbers], dtype=np.int64))


def _digests(numbers: Any) -> Digests:
    return _read_only(np.array(list(numbers), dtype=np.uint64))


def _read_only(array: Array) -> Array:
    array.setflags(write=False)
    return array
