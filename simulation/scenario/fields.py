"""The types of fields in scenario and experiment files, and look-ups of the fields of their models."""

from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic_core import PydanticCustomError, core_schema

from simulation.limits import MOST_MONTHS
from simulation.scenario.evidence import Number
from simulation.scenario.months import MONTH_PATTERN, PATH_DATE_PATTERN, YEAR_PATTERN, month_of_date
from simulation.scenario.problems import Path

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

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate as a dictionary, then freeze."""
        key, value = source.__args__
        return core_schema.no_info_after_validator_function(cls, handler.generate_schema(dict[key, value]))  # type: ignore[valid-type]


def _in_order(mapping: FrozenDict[str, Any]) -> FrozenDict[str, Any]:
    return FrozenDict(sorted(mapping.items()))


InOrder = AfterValidator(_in_order)
"""Puts a mapping in the order of its keys: the columns of a workbook have one order for all rows."""

GIVEN_TWICE = "date_given_twice"
"""The kind of error of a dated path with two values for one month."""


def find_dates_given_twice(path: Any) -> list[tuple[str, str]]:
    """Return the financial years of a dated path whose month it gives too, each with that month."""
    years = [date for date in path if isinstance(date, str) and "/" in date] if isinstance(path, dict) else []
    found = []
    for year in years:
        try:
            month = month_of_date(year)
        except ValueError:
            continue
        if month != year and month in path:
            found.append((year, month))
    return found


def _refuse_dates_given_twice(path: Any) -> Any:
    for year, month in find_dates_given_twice(path):
        raise PydanticCustomError(GIVEN_TWICE, "{year} stands for {month}", {"year": year, "month": month})
    return path


def _as_month(date: str) -> str:
    try:
        return month_of_date(date)
    except ValueError as error:
        raise PydanticCustomError("financial_year", "{what}", {"what": str(error)}) from None


Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]+$")]
IdOrEvery = Annotated[str, StringConstraints(strict=True, pattern=r"^([A-Za-z0-9_-]+|\*)$")]
Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Month = Annotated[str, StringConstraints(strict=True, pattern=MONTH_PATTERN)]
FinancialYear = Annotated[str, StringConstraints(strict=True, pattern=YEAR_PATTERN)]
Money = Annotated[float, Number("£m")]
MoneyRate = Annotated[float, Number("£m a year")]
PositiveMoneyRate = Annotated[float, Number("£m a year", gt=0)]
MoneyRateOrNone = Annotated[float, Number("£m a year", ge=0)]
MoneyOrNone = Annotated[float, Number("£m", ge=0)]
Strength = Annotated[float, Number("0 to 1", ge=0, le=1)]
Weight = Annotated[float, Number("weight", ge=0, le=1)]
Probability = Annotated[float, Number("probability", ge=0, le=1)]
Share = Annotated[float, Number("share of value", ge=-10, le=10)]
Months = Annotated[int, Number("months", ge=1, le=MOST_MONTHS, whole=True)]
PathDate = Annotated[str, StringConstraints(strict=True, pattern=PATH_DATE_PATTERN), AfterValidator(_as_month)]
DatedPath = Annotated[
    FrozenDict[PathDate, MoneyRate], Field(min_length=1), InOrder, BeforeValidator(_refuse_dates_given_twice)
]


class Part(BaseModel):
    """A part of a file as a closed, immutable model; the text below each field describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True)

    # Pydantic's models yield pairs of names and values. Mesa's `batch_run` would take each pair for a scenario.
    __iter__ = None  # type: ignore[assignment]


@cache
def annotations_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the annotation of each field of a model, without `None`."""
    hints = get_type_hints(model, include_extras=True)
    return {name: without_none(hints[name]) for name in model.model_fields}


def written_name(model: type[BaseModel], name: str) -> str:
    """Return the name of a field in files."""
    return model.model_fields[name].alias or name


def written_names(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields in files."""
    return [written_name(model, name) for name in model.model_fields]


def without_none(annotation: Any) -> Any:
    """Return an annotation without the `None` of a field that may be left out."""
    if get_origin(annotation) not in {Union, UnionType}:
        return annotation
    others = [part for part in get_args(annotation) if part is not type(None)]
    return others[0] if len(others) == 1 else annotation


def split(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return an annotation's type and what `Annotated` adds to it."""
    if get_origin(annotation) is not Annotated:
        return annotation, ()
    bare, *extras = get_args(annotation)
    return bare, tuple(extras)


def number_in(annotation: Any) -> Number | None:
    """Return the `Number` in an annotation; None if the field is not a number."""
    return next((extra for extra in split(annotation)[1] if isinstance(extra, Number)), None)


def mapped_in(annotation: Any) -> tuple[Any, Any]:
    """Return the annotations of the keys and values of a mapping."""
    key, value = get_args(split(annotation)[0])
    return key, value


def part_at(model: type[BaseModel], path: Path, data: Any) -> Any:
    """Return what a model expects at a path: a model, a `Number` or another type; None if it expects nothing there.

    Args:
        model: The model of the whole file.
        path: Names and indices, as the file writes them.
        data: The file's data, which decides where a field may hold one of several models.
    """
    here: Any = model
    for part in path:
        here = _below(_choose(here, data), part)
        try:
            data = data[part]
        except (IndexError, KeyError, TypeError):
            data = None
    return _choose(here, data)


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the models among the members of a union or the items of a list."""
    bare, _ = split(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return [bare]
    several = get_origin(bare) in {tuple, Union, UnionType}
    return [model for member in get_args(bare) for model in models_in(member)] if several else []


def _choose(annotation: Any, data: Any) -> Any:
    """Return the part of an annotation that applies to some data."""
    if number := number_in(annotation):
        return number
    bare, _ = split(annotation)
    if not isinstance(data, dict):
        return bare
    kinds = [(model, *_kind_of(model)) for model in models_in(annotation)]
    if any(words and name in data for _, name, words in kinds):
        return next((model for model, name, words in kinds if words and data.get(name) in words), bare)
    others = [(model, name) for model, name, words in kinds if not words]
    return next((model for model, name in others if name in data), others[0][0] if others else bare)


def _kind_of(model: type[BaseModel]) -> tuple[str, tuple[Any, ...]]:
    """Return the name of a model's first field and the words that it may hold, if it names the model's kind."""
    name, annotation = next(iter(annotations_of(model).items()))
    return written_name(model, name), get_args(annotation) if get_origin(annotation) is Literal else ()


def _below(here: Any, part: str | int) -> Any:
    """Return the annotation of a field, a value or an item."""
    origin = get_origin(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return next((kind for name, kind in annotations_of(here).items() if written_name(here, name) == part), None)
    if isinstance(origin, type) and issubclass(origin, dict | tuple):
        return get_args(here)[0 if issubclass(origin, tuple) else 1]
    return None
