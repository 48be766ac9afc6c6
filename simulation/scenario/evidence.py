"""Numbers with their evidence: value, range, unit, source and status are kept together.

A scenario file may write any number bare, which counts as assumed, or as
`{value: 310, low: 300, high: 330, unit: £m, source: "...", status: sourced}`. Either way the model gets a float (or an
int).
"""

from typing import Any, ClassVar, NamedTuple, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from simulation.limits import LARGEST_NUMBER, MOST_MONEY, SMALLEST_SIZE
from simulation.vocabulary import EvidenceStatus

NUMBER_PARTS = ("value", "low", "high", "unit", "source", "status")
"""The names that a file may use to write a number with its evidence."""


class Evidence(NamedTuple):
    """The evidence for a number.

    `low` and `high` are the range within which it lies, in its own unit; None where the file gives no range.
    """

    unit: str | None = None
    source: str | None = None
    status: EvidenceStatus = EvidenceStatus.ASSUMED
    low: float | None = None
    high: float | None = None


class Figure(float):
    """A number that carries its evidence; arithmetic gives plain floats."""

    evidence: Evidence

    def __new__(cls, value: float, evidence: Evidence | None = None) -> Self:
        """Make a number; without evidence it counts as assumed."""
        figure = super().__new__(cls, value)
        figure.evidence = evidence or Evidence()
        return figure

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (float(self), self.evidence)


class Count(int):
    """A whole number that carries its evidence."""

    evidence: Evidence

    def __new__(cls, value: int, evidence: Evidence | None = None) -> Self:
        """Make a whole number; without evidence it counts as assumed."""
        count = super().__new__(cls, value)
        count.evidence = evidence or Evidence()
        return count

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (int(self), self.evidence)


class Number:
    """A pydantic annotation: a number within bounds, written bare or with its evidence.

    `Annotated[float, Number(ge=0, le=1)]` gives a `Figure`; `Annotated[int, Number(whole=True)]` a `Count`.
    `unit` is the unit of the number where the file does not give one. A number without a bound on one side has that of
    `limits`: of money if its unit is £m, else of any number.
    """

    TAGS: ClassVar[frozenset[str]] = frozenset({"#bare", "#sourced"})

    def __init__(
        self,
        unit: str | None = None,
        *,
        ge: float | None = None,
        gt: float | None = None,
        le: float | None = None,
        whole: bool = False,
    ) -> None:
        self.unit = unit
        most = MOST_MONEY if "£m" in (unit or "") else LARGEST_NUMBER
        ge = -most if ge is None and gt is None else ge
        le = most if le is None else le
        self.bounds: dict[str, Any] = {
            name: int(bound) if whole else bound
            for name, bound in (("ge", ge), ("gt", gt), ("le", le))
            if bound is not None
        }
        self.whole = whole

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Accept a bare number or a mapping with evidence; an error's location then names the part at fault."""
        number: core_schema.CoreSchema = (
            core_schema.int_schema(strict=True, **self.bounds)
            if self.whole
            else core_schema.no_info_after_validator_function(
                refuse_too_small, core_schema.float_schema(strict=True, allow_inf_nan=False, **self.bounds)
            )
        )
        text = core_schema.str_schema(strict=True, min_length=1)
        status = core_schema.literal_schema([str(status) for status in EvidenceStatus])
        sourced = core_schema.typed_dict_schema(
            {
                "value": core_schema.typed_dict_field(number),
                "low": core_schema.typed_dict_field(number, required=False),
                "high": core_schema.typed_dict_field(number, required=False),
                "unit": core_schema.typed_dict_field(text, required=False),
                "source": core_schema.typed_dict_field(text, required=False),
                "status": core_schema.typed_dict_field(status, required=False),
            },
            extra_behavior="forbid",
        )
        written = core_schema.tagged_union_schema(
            {"#bare": number, "#sourced": sourced},
            discriminator=lambda raw: "#sourced" if isinstance(raw, dict) else "#bare",
        )
        return core_schema.no_info_before_validator_function(
            _as_written,
            core_schema.no_info_after_validator_function(
                self._with_evidence,
                written,
                serialization=core_schema.plain_serializer_function_ser_schema(_to_written),
            ),
        )

    def __get_pydantic_json_schema__(self, _core: core_schema.CoreSchema, _handler: Any) -> dict[str, Any]:
        """Describe both ways to write the number; `x-shared` names it, so that a schema can define it once."""
        words = {"ge": ("from", "minimum"), "gt": ("above", "exclusiveMinimum"), "le": ("to", "maximum")}
        name = "whole_number" if self.whole else "number"
        bare: dict[str, Any] = {"type": "integer"} if self.whole else {"type": "number", **_not_too_small()}
        for bound, limit in self.bounds.items():
            word, keyword = words[bound]
            name += f"_{word}_{limit:.15g}"
            bare[keyword] = limit
        return {"x-shared": name, "anyOf": [bare, _sourced_schema(bare)]}

    def _with_evidence(self, written: Any) -> Figure | Count:
        kind: type[Figure] | type[Count] = Count if self.whole else Figure
        if not isinstance(written, dict):
            return kind(written)
        status = written.get("status", EvidenceStatus.SOURCED if "source" in written else EvidenceStatus.ASSUMED)
        low, high = range_of(written)
        evidence = Evidence(written.get("unit"), written.get("source"), EvidenceStatus(status), low, high)
        return kind(written["value"], evidence)


def refuse_too_small(number: float) -> float:
    """Return a number, unless it is so close to 0 that computers lose digits of it."""
    if 0 < abs(number) < SMALLEST_SIZE:
        raise PydanticCustomError("too_small", f"is closer to 0 than {SMALLEST_SIZE:g}; write 0")
    return number


def _not_too_small() -> dict[str, Any]:
    """Return the JSON Schema that refuses the numbers that `refuse_too_small` does."""
    above = {"exclusiveMinimum": 0, "exclusiveMaximum": SMALLEST_SIZE}
    below = {"exclusiveMinimum": -SMALLEST_SIZE, "exclusiveMaximum": 0}
    return {"not": {"anyOf": [above, below]}}


def range_of(written: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return the low and high end of a number's range, or refuse one that the number isn't in."""
    low, high = written.get("low"), written.get("high")
    if (low is None) != (high is None):
        given, missing = ("low", "high") if high is None else ("high", "low")
        message = f"has {given} without {missing}; give both ends of its range, or neither"
        raise PydanticCustomError("range_end_missing", message)
    if low is not None and high is not None and not low <= written["value"] <= high:
        message = f"must be from low to high: {written['value']:g} is not from {low:g} to {high:g}"
        raise PydanticCustomError("outside_range", message)
    return low, high


def _as_written(raw: Any) -> Any:
    """Return a number that was validated before as the file would have written it."""
    return _to_written(raw) if isinstance(raw, Figure | Count) else raw


def _to_written(number: Figure | Count) -> Any:
    """Return the number as a scenario file would write it: bare if there is no evidence."""
    evidence = getattr(number, "evidence", Evidence())
    bare: Any = int(number) if isinstance(number, int) else float(number)
    if evidence == Evidence():
        return bare
    written = {"value": bare, **evidence._asdict(), "status": str(evidence.status)}
    return {part: written[part] for part in NUMBER_PARTS if written[part] is not None}


def _sourced_schema(bare: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a number that is written with its evidence."""
    text = {"type": "string", "minLength": 1}
    properties = {
        "value": bare,
        "low": {**bare, "description": "The lowest that it may be; give high too."},
        "high": {**bare, "description": "The highest that it may be; give low too."},
        "unit": {**text, "description": "The unit that the number is counted in."},
        "source": {**text, "description": "Where the number comes from."},
        "status": {
            "enum": [str(status) for status in EvidenceStatus],
            "description": "sourced (the default where there is a source), derived or assumed.",
        },
    }
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": ["value"],
        "dependencies": {"low": ["high"], "high": ["low"]},
    }
