"""The parts of a scenario file, field by field: organisations, opportunities, levers' settings, events, parameters.

Money is in £m, a rate of money in £m a year, time in calendar months (YYYY-MM). Defaults are those of docs/model.md.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from simulation.parameters import TABLE, Parameter
from simulation.scenario.evidence import Number
from simulation.scenario.fields import (
    DatedPath,
    FrozenDict,
    Id,
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
from simulation.vocabulary import EventKind, OpportunityKind, Role, TrustRule


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
    deficit_share: Annotated[float, Number("share of the gap", ge=0)] | None = None
    """Its share of the place's gap; give it for all organisations or for none (then by income)."""
    efficiency_pool: MoneyRateOrNone = 0.0
    """The most that its own efficiency programme could save, in £m a year."""
    orientation: Weight | None = None
    """Its weight on the population at the start, 0 to 1; the parameter opening_orientation if left out."""
    skills: FrozenDict[Text, Strength] = FrozenDict()
    """Skill 0 to 1 per domain of opportunities; 0.5 where left out."""
    lead_capacity: Annotated[int, Number("programmes", ge=1, le=20, whole=True)] | None = None
    """How many programmes it can lead at once; the parameter lead_capacity if left out."""


class OpportunityEntry(Part):
    """A programme (agreed, then delivered in milestones) or a contract (managed every month)."""

    kind: OpportunityKind
    """programme or contract."""
    shares: Annotated[FrozenDict[Id, Share], Field(min_length=2)]
    """Each participant's share of the value; negative for one that loses income; they add up to 1."""
    value: PositiveMoneyRate
    """Value on paper in £m a year."""
    title: Text | None = None
    """The name that people use; its id if left out."""
    domain: Text = "general"
    """The field of skill that it needs."""
    benefit: Annotated[float, Number("1 is typical", ge=0)] = 1.0
    """Benefit to the population; 1 is typical."""
    reach: Annotated[int, Number("people", ge=0, whole=True)] = 0
    """People reached once delivered in full."""
    milestones: Annotated[int, Number("milestones", ge=1, whole=True)] = 1
    """How many milestones deliver it."""
    set_up_cost: MoneyOrNone = 0.0
    """The total cost of setting it up, in £m."""
    from_: Month | None = Field(None, alias="from")
    """The first month in which it can be agreed; the start if left out."""


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
    """Cost in £m a year at full strength."""
    only: tuple[Id, ...] | None = None
    """The organisations or opportunities that it acts on; all if left out."""


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
    size: MoneyRate
    """The rise in £m a year."""


class GripShock(Part):
    """Regulators press harder on every organisation for a while."""

    event: Literal[EventKind.GRIP_SHOCK]
    """The kind of event."""
    size: Annotated[float, Number("everyday pressures", ge=0)]
    """In units of the everyday pressure: 1 doubles it."""
    from_: Month | None = Field(None, alias="from")
    """First month; the start if left out."""
    until: Month | None = None
    """The month in which it no longer acts; never if left out."""


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
    number = Number(row.unit, ge=row.low, le=row.high, whole=row.whole)
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


class ObservedEntry(Part):
    """Observations to compare the simulation with; they change nothing in it."""

    gap: DatedPath | None = None
    """The gap as reported, in £m a year."""
