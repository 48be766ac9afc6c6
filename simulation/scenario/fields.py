"""The types of fields that scenario and experiment files are made of, and what a model says of each of its fields."""

from functools import cache
from types import UnionType
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import core_schema

from simulation.scenario.evidence import Number
from simulation.scenario.months import MONTH_PATTERN

Key = TypeVar("Key")
Value = TypeVar("Value")


class FrozenDict(dict[Key, Value]):
    """A dictionary that raises `TypeError` on every attempt to change it."""

    def _refuse(self, *_args: Any, **_options: Any) -> NoReturn:
        message = "a loaded scenario cannot be changed; write a file that extends it"
        raise TypeError(message)

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate as a dictionary, then freeze."""
        key, value = source.__args__
        return core_schema.no_info_after_validator_function(cls, handler.generate_schema(dict[key, value]))  # type: ignore[valid-type]


Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]+$")]
Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Month = Annotated[str, StringConstraints(strict=True, pattern=MONTH_PATTERN)]
MoneyRate = Annotated[float, Number("£m a year")]
PositiveMoneyRate = Annotated[float, Number("£m a year", gt=0)]
MoneyRateOrNone = Annotated[float, Number("£m a year", ge=0)]
MoneyOrNone = Annotated[float, Number("£m", ge=0)]
Strength = Annotated[float, Number("0 to 1", ge=0, le=1)]
Weight = Annotated[float, Number("weight", ge=0, le=1)]
Probability = Annotated[float, Number("probability", ge=0, le=1)]
Share = Annotated[float, Number("share of value", ge=-10, le=10)]
Months = Annotated[int, Number("months", ge=1, whole=True)]
DatedPath = Annotated[FrozenDict[Month, MoneyRate], Field(min_length=1)]


class Part(BaseModel):
    """A part of a file as a closed, immutable model, whose fields are described by the text below each of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True)


@cache
def annotations_of(model: type[BaseModel]) -> dict[str, Any]:
    """The annotation of each field of a part of the schema, without `None`."""
    hints = get_type_hints(model, include_extras=True)
    return {name: without_none(hints[name]) for name in model.model_fields}


def written_name(model: type[BaseModel], name: str) -> str:
    """What a file calls a field."""
    return model.model_fields[name].alias or name


def written_names(model: type[BaseModel]) -> list[str]:
    """The fields of a part of the schema, as files write them."""
    return [written_name(model, name) for name in model.model_fields]


def without_none(annotation: Any) -> Any:
    """An annotation without the `None` that says a field may be left out."""
    if get_origin(annotation) not in {Union, UnionType}:
        return annotation
    others = [part for part in get_args(annotation) if part is not type(None)]
    return others[0] if len(others) == 1 else annotation


def split(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """An annotation's type and what `Annotated` adds to it."""
    if get_origin(annotation) is not Annotated:
        return annotation, ()
    bare, *extras = get_args(annotation)
    return bare, tuple(extras)


def number_in(annotation: Any) -> Number | None:
    """What the schema says of a number; None if the field isn't one."""
    return next((extra for extra in split(annotation)[1] if isinstance(extra, Number)), None)


def mapped_in(annotation: Any) -> tuple[Any, Any]:
    """The annotations of the keys and values of a mapping."""
    key, value = get_args(split(annotation)[0])
    return key, value
