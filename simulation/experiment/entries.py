"""The parts of an experiment file, field by field, and the file as a whole."""

from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag
from pydantic_core import PydanticCustomError, PydanticKnownError

from simulation.experiment.addresses import Value
from simulation.experiment.decide_entries import DecideEntry
from simulation.limits import LARGEST_NUMBER, MOST_DESIGNS, MOST_REPLICATES, MOST_STEPS
from simulation.parameters import LEAST_STRETCH, MOST_STRETCH
from simulation.scenario.evidence import refuse_too_small
from simulation.scenario.fields import FrozenDict, Part, Text
from simulation.scenario.months import MONTH_PATTERN, MUST_BE_WITHIN, is_beyond_limits, month_of

DistributionKind = Literal["uniform", "triangular", "normal"]
DesignKind = Literal["grid", "one-at-a-time", "latin-hypercube", "sobol", "morris", "random"]
SAMPLED: tuple[DesignKind, ...] = ("latin-hypercube", "sobol", "morris", "random")
"""Designs that draw points, and so need a number of points."""

DRAWN_APART: tuple[DesignKind, ...] = ("latin-hypercube", "random")
"""Designs whose points are drawn independently of each other, as cases."""

IN_STEPS: tuple[DesignKind, ...] = ("sobol", "morris")
"""Designs whose points are drawn in groups, and differ within a group by steps; all have the same random events."""

Table = Literal["organisations", "relationships", "opportunities", "outturns", "agreements", "memberships", "trust"]
"""A table that may be kept besides the monthly summary."""

FOR_CHARTS: tuple[Table, ...] = ("outturns", "agreements", "memberships", "trust")
"""The tables that charts and papers need; they are kept if nothing is varied and the file does not name any."""

_FACTOR_FORMS = (
    "must be a list of values, alone or as {values: [0, 1]}, a range such as {from: 0, to: 1, steps: 5}, "
    "or a distribution such as {distribution: uniform, low: 0, high: 1}"
)
_LONGEST_NAME = 60


def _check_number(raw: Any) -> Any:
    """Return a finite number as it was written, whole numbers as `int`."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise PydanticKnownError("float_type")
    if isinstance(raw, float) and not isfinite(raw):
        raise PydanticKnownError("finite_number")
    if raw > LARGEST_NUMBER:
        raise PydanticKnownError("less_than_equal", {"le": LARGEST_NUMBER})
    if raw < -LARGEST_NUMBER:
        raise PydanticKnownError("greater_than_equal", {"ge": -LARGEST_NUMBER})
    refuse_too_small(raw)
    return raw


def _check_end(raw: Any) -> Any:
    """Return an end of a range: a number or a month."""
    if is_beyond_limits(raw):
        raise PydanticCustomError("beyond_limits", MUST_BE_WITHIN)
    if month_of(raw) is not None:
        return raw
    if isinstance(raw, str):
        raise PydanticCustomError("range_end", "must be a number or a month written YYYY-MM")
    return _check_number(raw)


def _check_value(raw: Any) -> Any:
    """Return a value that a factor may take: a number, a month or a word."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise PydanticCustomError("factor_value", "must be a number, a month or a word")
    return raw if isinstance(raw, str) else _check_number(raw)


def _check_name(raw: str) -> str:
    """Return the name of a variant; charts must be able to show it."""
    if not raw.strip() or not raw.isprintable() or len(raw) > _LONGEST_NAME:
        message = f"must be a name of 1 to {_LONGEST_NAME} printable characters"
        raise PydanticCustomError("variant_name", message)
    return raw


def _as_design(raw: Any) -> Any:
    return raw if isinstance(raw, dict | DesignEntry) else {"kind": raw}


def _factor_form(raw: Any) -> str | None:
    """Return the tag for the form of a factor's values in a file; None if it is not a known form."""
    if isinstance(raw, list | tuple):
        return "#list"
    if isinstance(raw, dict) and "values" in raw:
        return "#values"
    if isinstance(raw, dict) and "distribution" in raw:
        return "#distribution"
    return "#range" if isinstance(raw, dict) and raw.keys() & {"from", "to"} else None


_Limited = Annotated[float, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
BareNumber = Annotated[float, PlainValidator(_check_number, json_schema_input_type=_Limited)]
RangeEnd = Annotated[
    float | str,
    PlainValidator(_check_end, json_schema_input_type=_Limited | Annotated[str, Field(pattern=MONTH_PATTERN)]),
]
FactorValue = Annotated[Value, PlainValidator(_check_value, json_schema_input_type=_Limited | str)]
VariantName = Annotated[str, BeforeValidator(_check_name)]
Points = Annotated[int, Field(strict=True, ge=1, le=MOST_DESIGNS)]
Stretch = Annotated[float, Field(strict=True, ge=LEAST_STRETCH, le=MOST_STRETCH, allow_inf_nan=False)]
SurveyCost = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
SupportingReplicates = Annotated[int, Field(strict=True, ge=1, le=100_000)]

ListedValues = Annotated[
    tuple[FactorValue, ...], Field(min_length=1, max_length=MOST_STEPS, json_schema_extra={"uniqueItems": True})
]
Choice = Annotated[
    bool,
    Field(
        strict=True,
        description="True if a board chooses the value; otherwise it is an assumption, and no value is preferred.",
    ),
]


class ValuesEntry(Part):
    """Values to try one by one."""

    values: ListedValues
    """The values."""
    choice: Choice = False


class RangeEntry(Part):
    """Numbers or months from one end to the other."""

    from_: RangeEnd = Field(alias="from")
    """The lowest value: a number or a month."""
    to: RangeEnd
    """The highest value."""
    steps: Annotated[int, Field(strict=True, ge=2, le=MOST_STEPS)] | None = None
    """Number of evenly spaced values to try, both ends included; if left out, every value between them is possible."""
    choice: Choice = False


class UniformEntry(Part):
    """Every number in a range is equally likely."""

    distribution: Literal["uniform"]
    """The distribution's shape."""
    low: BareNumber
    """The lowest value."""
    high: BareNumber
    """The highest value."""
    choice: Choice = False


class TriangularEntry(Part):
    """Numbers are more likely the nearer they are to the mode."""

    distribution: Literal["triangular"]
    """The distribution's shape."""
    low: BareNumber
    """The lowest value."""
    mode: BareNumber
    """The most likely value."""
    high: BareNumber
    """The highest value."""
    choice: Choice = False


class NormalEntry(Part):
    """A normal distribution, cut off at both ends."""

    distribution: Literal["normal"]
    """The distribution's shape."""
    mean: BareNumber
    """The mean before the distribution is cut off."""
    sd: Annotated[BareNumber, Field(json_schema_extra={"exclusiveMinimum": 0})]
    """The standard deviation before the distribution is cut off."""
    low: BareNumber
    """The lowest value."""
    high: BareNumber
    """The highest value."""
    choice: Choice = False


DistributionEntry = Annotated[UniformEntry | TriangularEntry | NormalEntry, Field(discriminator="distribution")]
FactorEntry = Annotated[
    Annotated[ListedValues, Tag("#list")]
    | Annotated[DistributionEntry, Tag("#distribution")]
    | Annotated[RangeEntry, Tag("#range")]
    | Annotated[ValuesEntry, Tag("#values")],
    Discriminator(_factor_form, custom_error_type="factor_form", custom_error_message=_FACTOR_FORMS),
]


class DesignEntry(Part):
    """The choice of combinations of values to run."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"kind": {"enum": list(SAMPLED)}}},
            "then": {"required": ["points"]},
            "else": {"properties": {"points": False}},
        }
    )

    kind: DesignKind
    """How the combinations are chosen."""
    points: Points | None = None
    """How many points a sampled design draws."""


_Unsampled = Literal["grid", "one-at-a-time"]


class Attribution(Part):
    """A difference between two compared scenarios, divided into what each lever is worth."""

    first: Text = Field(alias="from")
    """The compared scenario to which levers are added."""
    second: Text = Field(alias="to")
    """The compared scenario that has all of them."""
    replicates: SupportingReplicates = 200
    """Replicates of each lever combination; never more than the experiment's."""


class AssumptionSample(Part):
    """How the ranges of all parameters are sampled for every compared scenario: a Latin hypercube."""

    points: Annotated[int, Field(strict=True, ge=2, le=100_000)] = 1024
    """How many sets of parameters are drawn."""
    replicates: SupportingReplicates = 10
    """Replicates of each set; never more than the experiment's."""
    stretch: Stretch = 1.0
    """Factor by which each range is stretched about its default, within hard limits; 2 is twice as wide."""
    place: Annotated[bool, Field(strict=True)] = False
    """True to vary the place's own assumed numbers too, each between its low and high, or by half of itself."""
    also_stretched: tuple[Stretch, ...] = (0.5, 1.5, 2.0)
    """Further stretches at which a finding is tried, each at half as many points; [] for none."""


class FixedStancesEntry(Part):
    """Runs of every compared scenario with organisations that never move."""

    replicates: SupportingReplicates = 200
    """Replicates of each; never more than the experiment's."""


def _as_list(raw: Any) -> Any:
    return () if raw is None else [raw] if isinstance(raw, str) else raw


Requests = Annotated[
    tuple[Text, ...],
    BeforeValidator(_as_list, json_schema_input_type=Text | tuple[Text, ...] | None),
]


class PaperTexts(Part):
    """Texts of a paper for a board and the cost of a survey, which results cannot supply."""

    title: Text | None = None
    """The paper's title; the experiment's if left out."""
    audience: Text | None = Field(None, alias="for")
    """The readers, such as Finance Committee."""
    ask: Requests = ()
    """The requests to the readers, each to follow “is asked to”: a list, or a single text."""
    survey_cost: SurveyCost | None = None
    """Cost of a survey of trust, £m, with which its worth is compared."""


class ExperimentEntry(Part):
    """One scenario with several changes and varied numbers, compared with common random numbers."""

    title: Text
    """One line that names the experiment."""
    scenario: Text
    """Path, from this file's folder, of the scenario that it starts from."""
    question: Text | None = None
    """The question that it answers, in a sentence or two."""
    seed: Annotated[int, Field(strict=True, ge=0, le=2**64 - 1)] = 1
    """Random seed; the same for all that is compared."""
    replicates: Annotated[int, Field(strict=True, ge=1, le=MOST_REPLICATES)] = 200
    """Replicates of each design."""
    compare: Annotated[FrozenDict[VariantName, dict[str, Any] | None], Field(min_length=1)] | None = None
    """Named changes of the scenario, the baseline first: write only what differs; null removes. Begin with
    `scenario: path` to change another scenario file instead."""
    vary: Annotated[FrozenDict[str, FactorEntry], Field(min_length=1)] | None = None
    """Varied numbers by dotted address, such as parameters.loss_ratio, levers.coaching.strength or levers.*.from."""
    design: Annotated[DesignEntry, BeforeValidator(_as_design, json_schema_input_type=_Unsampled | DesignEntry)] = (
        DesignEntry(kind="grid")
    )
    """The choice of combinations of values to run; grid (all of them) if left out."""
    detail: tuple[Table, ...] | None = None
    """Tables to keep besides the monthly summary; if left out and nothing is varied, those that charts need."""
    attribution: Attribution | None = None
    """Divide the difference between two of the compared scenarios into what each lever is worth."""
    assumptions: AssumptionSample | None = None
    """Also run every compared scenario over the ranges of all parameters; {} for a usual sample."""
    fixed_stances: FixedStancesEntry | None = None
    """Also run every compared scenario with organisations that never move: each in turn, and all together."""
    decide: DecideEntry | None = None
    """Search for the levers to pull, from when and for what money; `trustsim decide` runs it."""
    paper: PaperTexts = PaperTexts()
    """The title, audience and request of a paper for a board, and the cost of a survey."""
