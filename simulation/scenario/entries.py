"""The parts of a scenario file, field by field: organisations, contracts, programmes, levers, events, parameters.

Money is in £m, a rate of money in £m a year, time in calendar months (YYYY-MM). Defaults are those of docs/model.md.
"""

from math import fsum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from simulation.limits import MOST_MILESTONES
from simulation.parameters import TABLE, Parameter
from simulation.scenario.evidence import Number
from simulation.scenario.fields import (
    DatedPath,
    FinancialYear,
    FrozenDict,
    Id,
    InOrder,
    Money,
    MoneyOrNone,
    MoneyRate,
    MoneyRateOrNone,
    Month,
    Months,
    Part,
    PositiveMoneyRate,
    Probability,
    Share,
    Strength,
    Text,
    Weight,
)
from simulation.vocabulary import EventKind, OpportunityKind, Payment, Role, TrustRule

UNNAMED_SKILL = 0.5
"""An organisation's skill in a domain that it does not name."""


class OrganisationEntry(Part):
    """A commissioner or provider that answers for its own budget."""

    role: Role
    """commissioner (pays for care) or provider (delivers it)."""
    income: PositiveMoneyRate
    """Income in £m a year."""
    name: Text | None = None
    """The name that people use; its id if left out."""
    sector: Text | None = None
    """Its sector, such as acute or community: opening trust is higher within a sector; the role if left out."""
    deficit_share: Annotated[float, Number("weight, only proportions count", ge=0)] | None = None
    """Its part of the gap, in £m or per cent (only proportions count); for all or for none (then by net income)."""
    efficiency_pool: MoneyRateOrNone = 0.0
    """The most that its own efficiency programme could save, in £m a year."""
    orientation: Weight | None = None
    """Its weight on the population at the start, 0 to 1; the parameter opening_orientation if left out."""
    skills: Annotated[FrozenDict[Text, Strength], InOrder] = FrozenDict()
    """Skill 0 to 1 per domain of programmes; 0.5 where left out."""
    lead_capacity: Annotated[int, Number("programmes", ge=1, le=50, whole=True)] | None = None
    """How many programmes it can lead at once; the parameter lead_capacity if left out."""


class ContractEntry(Part):
    """A contract, managed every month by the commissioner that pays and the provider that delivers."""

    commissioner: Id
    """The organisation that pays; its role is commissioner."""
    provider: Id
    """The organisation that is paid; its role is provider."""
    amount: PositiveMoneyRate
    """The amount that the commissioner pays the provider, in £m a year."""
    payment: Payment | None = None
    """tariff (by activity), block (a fixed sum) or shared; if left out, tariff for an acute provider, else block."""
    title: Text | None = None
    """The name that people use; its id if left out."""

    @property
    def kind(self) -> OpportunityKind:
        """The kind of opportunity."""
        return OpportunityKind.CONTRACT

    @property
    def participants(self) -> tuple[str, ...]:
        """The two organisations, in id order."""
        return tuple(sorted((self.commissioner, self.provider)))

    @property
    def from_(self) -> None:
        """None: a contract is there from the start."""
        return


class ActivityEntry(Part):
    """Activity that a programme moves: from one provider to another, away from one, or to one."""

    from_: Id | None = Field(None, alias="from")
    """The provider that no longer does it; left out if the activity is new."""
    to: Id | None = None
    """The provider that does it from now on; left out if it is no longer needed."""
    income: PositiveMoneyRate
    """Income for this activity at full price, in £m a year."""


class ProgrammeEntry(Part):
    """A programme, agreed once and delivered in milestones; give value and shares, or saves."""

    value: PositiveMoneyRate | None = None
    """Value on paper in £m a year: the saving in cost of all participants together."""
    shares: Annotated[FrozenDict[Id, Share], Field(min_length=2), InOrder] | None = None
    """The part of the saving in cost that falls to each; negative for one that bears cost; they add up to 1."""
    saves: Annotated[FrozenDict[Id, MoneyRate], Field(min_length=2), InOrder] | None = None
    """The saving in cost of each in £m a year, in place of value and shares; negative for one that bears cost."""
    activity: tuple[ActivityEntry, ...] = ()
    """Activity that moves between providers; their income follows it where contracts pay by activity."""
    title: Text | None = None
    """The name that people use; its id if left out."""
    domain: Text | None = None
    """The field of skill that it needs; none if left out, and then every skill in it is 0.5."""
    benefit: Annotated[float, Number("1 is typical", ge=0)] = 1.0
    """Benefit to the population; 1 is typical."""
    reach: Annotated[int, Number("people", ge=0, whole=True)] = 0
    """People reached once delivered in full."""
    milestones: Annotated[int, Number("milestones", ge=1, le=MOST_MILESTONES, whole=True)] = 1
    """How many milestones deliver it."""
    set_up_cost: MoneyOrNone = 0.0
    """The total cost of setting it up, in £m."""
    from_: Month | None = Field(None, alias="from")
    """The month from which it is on the table, to be agreed; the start if left out."""

    @property
    def kind(self) -> OpportunityKind:
        """The kind of opportunity."""
        return OpportunityKind.PROGRAMME

    @property
    def participants(self) -> tuple[str, ...]:
        """The organisations in its shares or its activity, in id order."""
        moved = {end for move in self.activity for end in (move.from_, move.to) if end is not None}
        return tuple(sorted({*self._written_shares(), *moved}))

    @property
    def paper_value(self) -> float:
        """Value on paper, £m a year: as given, else the sum of what it saves."""
        return float(self.value) if self.value is not None else fsum(self._written_shares().values())

    def cost_shares(self) -> dict[str, float]:
        """Return each participant's part of the saving in cost, in id order, adding up to 1."""
        written = self._written_shares()
        whole = fsum(written.values())
        return {each: float(written.get(each, 0.0)) / whole for each in self.participants}

    def _written_shares(self) -> FrozenDict[str, float]:
        return self.shares if self.shares is not None else self.saves or FrozenDict()


Opportunity = ContractEntry | ProgrammeEntry
"""A contract or a programme."""


class TrustOverride(Part):
    """An opening trust that differs from the parameters: the trust of one organisation in another."""

    of: Id
    """The organisation that trusts."""
    in_: Id = Field(alias="in")
    """The organisation that is trusted."""
    trust: Probability
    """Opening trust, 0 to 1; trust returns toward it when a leader changes."""


class RelationshipsEntry(Part):
    """Opening trust where it differs from the parameters."""

    overrides: tuple[TrustOverride, ...] = ()
    """Opening trust of one organisation in another."""


class Setting(Part):
    """One use of a lever: how strongly, when, at what cost and on whom."""

    strength: Strength
    """0 (not at all) to 1 (in full)."""
    from_: Month | None = Field(None, alias="from")
    """First month; the start if left out."""
    until: Month | None = None
    """The month in which it no longer acts; never if left out."""
    ramp: Months = 1
    """Months to full strength."""
    cost: MoneyRateOrNone = 0.0
    """Cost at full strength, £m a year: at strength 0.5, half of it is charged."""
    only: tuple[Id, ...] | None = None
    """The organisations, programmes or contracts that it acts on; all if left out."""


def _as_list(raw: Any) -> Any:
    return [raw] if isinstance(raw, dict | Setting) else raw


Settings = Annotated[
    tuple[Setting, ...], BeforeValidator(_as_list, json_schema_input_type=Setting | tuple[Setting, ...])
]


class Breach(Part):
    """An organisation breaks its word: all that deal with it lose part of their trust in it."""

    event: Literal[EventKind.BREACH]
    """The kind of event."""
    month: Month
    """The month in which it happens."""
    organisation: Id
    """The organisation that it concerns."""
    size: Annotated[float, Number("share of trust", ge=0, le=1)]
    """The part of the others' trust in it that is lost, 0 to 1."""


class LeaderChange(Part):
    """An organisation's leader changes for certain."""

    event: Literal[EventKind.LEADER_CHANGE]
    """The kind of event."""
    month: Month
    """The month in which it happens."""
    organisation: Id
    """The organisation that it concerns."""


class CostShock(Part):
    """The do-nothing gap rises from a month on."""

    event: Literal[EventKind.COST_SHOCK]
    """The kind of event."""
    month: Month
    """The month in which it happens."""
    size: MoneyRateOrNone
    """The rise in £m a year."""


class GripShock(Part):
    """Regulators press harder for a while, on some organisations or on all."""

    event: Literal[EventKind.GRIP_SHOCK]
    """The kind of event."""
    size: Annotated[float, Number("everyday pressures", ge=0)]
    """In units of the everyday pressure: 1 doubles it."""
    from_: Month | None = Field(None, alias="from")
    """First month; the start if left out."""
    until: Month | None = None
    """The month in which it no longer acts; never if left out."""
    only: tuple[Id, ...] | None = None
    """The organisations that it acts on; all if left out."""


class FixedStance(Part):
    """An organisation takes one stance whatever happens."""

    event: Literal[EventKind.FIXED_STANCE]
    """The kind of event."""
    organisation: Id
    """The organisation that it concerns."""
    stance: Literal["institutional", "population_first"]
    """The question it then always asks."""
    from_: Month | None = Field(None, alias="from")
    """First month; the start if left out."""
    until: Month | None = None
    """The month in which it no longer acts; never if left out."""


Event = Annotated[Breach | LeaderChange | CostShock | GripShock | FixedStance, Field(discriminator="event")]


def _parameter_field(row: Parameter) -> Any:
    if row.name == "trust_rule":
        return Literal[tuple(str(rule) for rule in TrustRule)] | None
    number = Number(row.unit, ge=row.least, le=row.most, whole=row.whole)
    return Annotated[int if row.whole else float, number] | None


def _parameter_default(row: Parameter) -> str | int | float:
    if row.name == "trust_rule":
        return str(TrustRule.LINEAR)
    return int(row.default) if row.whole else row.default


def _parameter_note(row: Parameter) -> str:
    if row.name == "trust_rule":
        return f"{row.meaning}; default {TrustRule.LINEAR}"
    return f"{row.meaning}; {row.unit}, {row.low:g} to {row.high:g}, default {row.default:g}"


ParameterOverrides: Any = create_model(
    "ParameterOverrides",
    __base__=Part,
    __doc__="Assumptions that differ from their defaults.",
    **{  # type: ignore[call-overload]
        row.name: (
            _parameter_field(row),
            Field(None, description=_parameter_note(row), json_schema_extra={"default": _parameter_default(row)}),
        )
        for row in TABLE
    },
)


class OutturnsEntry(Part):
    """Outturns as reported of some organisations together."""

    organisations: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The organisations whose outturns are added up."""
    by_year: Annotated[FrozenDict[FinancialYear, Money], Field(min_length=1), InOrder]
    """Outturn by financial year, such as 2017/18, in £m; a deficit is below 0."""
    title: Text | None = None
    """The name that people use for them together; their names if left out."""


class ObservedTrustEntry(Part):
    """Trust as observed, such as by a survey: of one organisation in another, or pooled over the place."""

    of: Id | None = None
    """The organisation that trusts; left out for the mean over the relationships of the place."""
    in_: Id | None = Field(None, alias="in")
    """The organisation that is trusted; left out for the mean over the relationships of the place."""
    by_month: Annotated[FrozenDict[Month, Probability], Field(min_length=1), InOrder]
    """Trust by month, 0 to 1."""


class ObservedEntry(Part):
    """Observations to compare the simulation with; they change nothing in it."""

    gap: DatedPath | None = None
    """The gap as reported, in £m a year, by month or financial year."""
    outturns: tuple[OutturnsEntry, ...] = ()
    """Outturns as reported, of one organisation or of some together."""
    trust: tuple[ObservedTrustEntry, ...] = ()
    """Trust as observed, by pair of organisations or pooled over the place."""
