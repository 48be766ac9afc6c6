"""A scenario: a place and what its organisations could do together; immutable once validated.

Rules that involve several fields (ids that refer to each other, shares that must add up to 1) are in `checks`.
"""

from math import fsum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from simulation.backends import ExplorablePage, explore
from simulation.formatting import counted, pounds
from simulation.levers import Lever
from simulation.limits import MOST_OPPORTUNITIES, MOST_ORGANISATIONS
from simulation.parameters import Parameters, default_parameters, trust_rule_code
from simulation.scenario.checks import find_contradictions
from simulation.scenario.contract_names import find_contract
from simulation.scenario.display import contracts_table, levers_table, organisations_table, programmes_table
from simulation.scenario.entries import (
    ContractEntry,
    CostShock,
    Event,
    ObservedEntry,
    Opportunity,
    OrganisationEntry,
    ParameterOverrides,
    ProgrammeEntry,
    RelationshipsEntry,
    Settings,
)
from simulation.scenario.evidence import Number
from simulation.scenario.fields import DatedPath, FrozenDict, Id, MoneyRate, Month, Months, Part, Text
from simulation.scenario.months import month_number
from simulation.scenario.organisation_names import find_organisation
from simulation.scenario.realisation import limit_unowned
from simulation.vocabulary import Payment, TrustRule

_ACUTE = "acute"
_LEAST_NET = 0.1
"""The part of its income that an organisation's net income never falls below."""


def _in_use(levers: FrozenDict[Lever, Settings]) -> FrozenDict[Lever, Settings]:
    """Return the levers without those that an empty list says are never used."""
    return FrozenDict({lever: settings for lever, settings in levers.items() if settings})


def _unless_empty(observed: ObservedEntry) -> ObservedEntry | None:
    return observed if observed.gap is not None or observed.outturns or observed.trust else None


class Scenario(Part):
    """A place, its gap, what its organisations could do together and the levers that are used."""

    title: Text
    """One line that names the scenario on charts."""
    start: Month
    """The first month."""
    months: Months
    """How many months the simulation runs."""
    population: Annotated[int, Number("people", ge=1, whole=True)]
    """People who live in the place."""
    do_nothing: DatedPath
    """The gap in £m a year before any savings, by month or financial year; straight lines between dates."""
    organisations: Annotated[FrozenDict[Id, OrganisationEntry], Field(max_length=MOST_ORGANISATIONS)]
    """The commissioners and providers, by id."""
    contracts: Annotated[FrozenDict[Id, ContractEntry], Field(max_length=MOST_OPPORTUNITIES)] = FrozenDict()
    """The contracts between commissioners and providers, by id."""
    programmes: Annotated[FrozenDict[Id, ProgrammeEntry], Field(max_length=MOST_OPPORTUNITIES)] = FrozenDict()
    """The programmes that organisations could agree and deliver together, by id."""
    description: Text | None = None
    """A description of the scenario, in a few sentences."""
    plan: DatedPath | None = None
    """The gap in £m a year that was planned, by month or financial year; straight to 0 in the last month if none."""
    target: MoneyRate | None = None
    """The gap in £m a year to be reached in the last month; the plan's last value if left out."""
    relationships: RelationshipsEntry = RelationshipsEntry()
    """Opening trust where it differs."""
    levers: Annotated[FrozenDict[Lever, Settings], AfterValidator(_in_use)] = FrozenDict()
    """The levers in use: for each a setting or a list of settings."""
    events: tuple[Event, ...] = ()
    """Events on given dates."""
    parameters: ParameterOverrides = ParameterOverrides()
    """Assumptions that differ from their defaults, by the parameter's name."""
    observed: Annotated[ObservedEntry, AfterValidator(_unless_empty)] | None = None
    """Observations, for comparison."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        contradictions = list(find_contradictions(self.model_dump(mode="json", by_alias=True, exclude_none=True)))
        if contradictions:
            raise ValueError("; ".join(str(contradiction) for contradiction in contradictions))
        return self

    def __lt__(self, other: object) -> bool:
        """Return True if it comes first: by title, then by all else, since pandas sorts the scenarios of a table."""
        if not isinstance(other, Scenario):
            return NotImplemented
        if self.title != other.title or self == other:
            return self.title < other.title
        return self.model_dump_json(by_alias=True) < other.model_dump_json(by_alias=True)

    @property
    def cost_shocks(self) -> tuple[CostShock, ...]:
        """The cost shocks that happen: those of a month up to the last one of the run."""
        last = month_number(self.start) + self.months - 1
        return tuple(each for each in self.events if isinstance(each, CostShock) and month_number(each.month) <= last)

    @property
    def shocks_words(self) -> str:
        """That cost shocks come on top of the gap of `do_nothing`, within a sentence; empty if none happens."""
        return f"; {counted(len(self.cost_shocks), 'cost shock')} on top" if self.cost_shocks else ""

    def __repr__(self) -> str:
        return (
            f"<Scenario “{self.title}”: {counted(len(self.organisations), 'organisation')}, "
            f"{counted(len(self.programmes), 'programme')}, {counted(len(self.contracts), 'contract')}, "
            f"{counted(self.months, 'month')} from {self.start}>"
        )

    def __str__(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str:
        gap = " to ".join(pounds(amount) for _, amount in sorted(self.do_nothing.items()))
        caption = (
            f"{self.title}: {counted(self.months, 'month')} from {self.start}, {self.population:,} people, "
            f"gap before any savings {gap} a year{self.shocks_words}"
        )
        tables = [
            organisations_table(caption, self.organisations, self.deficit_shares()),
            programmes_table(self.programmes),
            contracts_table(self.contracts, {each: str(self.payment_of(each)) for each in self.contracts}),
        ]
        return "\n".join([*tables, levers_table(self.levers, self.start)] if self.levers else tables)

    @property
    def opportunities(self) -> dict[str, Opportunity]:
        """Contracts and programmes together, by id and in id order."""
        return dict(sorted([*self.contracts.items(), *self.programmes.items()]))

    def organisation(self, name: str) -> OrganisationEntry:
        """Return an organisation's entry.

        Args:
            name: Its id, its name, or a part of its name that no other has, such as "Broomfield".

        Raises:
            ValueError: If none or several have it; the message names them.
        """
        return self.organisations[self.organisation_id(name)]

    def organisation_id(self, name: str) -> str:
        """Return an organisation's id, found as `organisation` finds it.

        Args:
            name: Its id, its name, or a part of its name that no other has.

        Raises:
            ValueError: If none or several have it; the message names them.
        """
        return find_organisation(self.organisations, name)

    def explore(self, *, seed: int = 1, height: int = 900) -> ExplorablePage:
        """Return the interactive page of this place; a notebook shows it in a frame, `save(path)` writes it to a file.

        The model itself runs in the page, without a network.

        Args:
            seed: Random seed, 0 to 2⁶⁴ − 1.
            height: The height of the frame, in pixels, 200 to 10,000.

        Raises:
            ValueError: If a number is out of range.
        """
        return explore(self, seed=seed, height=height)

    def payment_of(self, contract: str) -> Payment:
        """Return how a contract pays: as given, else by tariff to an acute provider and as a block to any other.

        Args:
            contract: Its id or its title.

        Raises:
            ValueError: If none or several have it; the message names the one that was probably meant.
        """
        entry = self.contracts[find_contract(self.contracts, contract)]
        if entry.payment is not None:
            return entry.payment
        return Payment.TARIFF if self.sector_of(entry.provider) == _ACUTE else Payment.BLOCK

    def sector_of(self, organisation: str) -> str:
        """Return an organisation's sector: as given, else its role.

        Args:
            organisation: As in `organisation`: its id, its name or a part of its name.

        Raises:
            ValueError: If none or several have it; the message names them.
        """
        entry = self.organisation(organisation)
        return entry.sector or str(entry.role)

    def net_incomes(self) -> dict[str, float]:
        """Return each organisation's income less what it pays in contracts, in id order, £m a year.

        It is at least a tenth of its income. Sums of net incomes do not count money twice.
        """
        paid = dict.fromkeys(sorted(self.organisations), 0.0)
        for _, contract in sorted(self.contracts.items()):
            paid[contract.commissioner] += float(contract.amount)
        incomes = {each: float(self.organisations[each].income) for each in paid}
        return {each: max(incomes[each] - paid[each], _LEAST_NET * incomes[each]) for each in paid}

    def deficit_shares(self) -> dict[str, float]:
        """Return each organisation's share of the gap, 0–1, in id order and adding up to 1.

        The shares are those that the file gives, else they follow net income.
        """
        given = {each: entry.deficit_share for each, entry in sorted(self.organisations.items())}
        weights = self.net_incomes() | {each: float(share) for each, share in given.items() if share is not None}
        whole = fsum(weights.values())
        return {organisation: weight / whole for organisation, weight in weights.items()}

    def resolve_parameters(self) -> Parameters:
        """Return the value of every parameter: this scenario's, else the default.

        Where values were drawn, the smaller of owned_realisation and unowned_realisation is used for unowned work.
        """
        given = {name: getattr(self.parameters, name) for name in Parameters._fields}
        rule = given.pop("trust_rule")
        if rule is not None:
            given["trust_rule"] = trust_rule_code(TrustRule(rule))
        resolved = default_parameters()._replace(
            **{name: float(value) for name, value in given.items() if value is not None}
        )
        return limit_unowned(resolved)
