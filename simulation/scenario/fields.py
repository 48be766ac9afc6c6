"""What the schema says of a field: its annotation, what a number in it is counted in, what its mappings hold."""

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from simulation.scenario.evidence import Number


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
