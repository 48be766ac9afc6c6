"""The fields of records: their types and ranges, checked when a record is read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from simulation.known_names import closest
from simulation.limits import MOST_DESIGNS, MOST_REPLICATES

STRICT = {"strict": True, "extra": "forbid"}
"""How records are read: no field is converted, and none is unknown."""

_SHOWN = 60
"""Characters of a wrong value that a message shows."""

Seed = Annotated[int, Field(ge=0, le=2**64 - 1)]
Replicates = Annotated[int, Field(ge=1, le=MOST_REPLICATES)]
Designs = Annotated[int, Field(ge=1, le=MOST_DESIGNS)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)?$")]
"""The path of a file from the folder of its record, which never leads out of it."""
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
FileDigests = Mapping[FileName, Digest]

_WORDS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "unknown field",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "string_type": "must be text",
    "dict_type": "must be an object",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
}


def problems_of(record: Any, data: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the fields of a record, a line each, the field first.

    Args:
        record: A dataclass whose fields have types, and whose `__pydantic_config__` is `STRICT`.
        data: The record as it was read.
    """
    try:
        _checker(record).validate_json(json.dumps(data))
    except ValidationError as error:
        return list(dict.fromkeys(_lines(error, [each.name for each in fields(record)])))
    return []


@lru_cache(maxsize=8)
def _checker(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _lines(error: ValidationError, known: list[str]) -> Iterator[str]:
    for each in error.errors(include_url=False):
        where = ".".join(str(part) for part in each["loc"])
        yield f"{where}: {_what(each, known)}"


def _what(error: ErrorDetails, known: list[str]) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    words = _WORDS.get(error["type"], "is not valid").format_map(error.get("ctx", {}))
    if error["type"] == "missing":
        return words
    if error["type"] == "unexpected_keyword_argument":
        meant = closest(str(error["loc"][-1]), known)
        return f"{words}, did you mean {meant}?" if meant else words
    given = repr(error["input"])
    return f"{words}, not {given if len(given) <= _SHOWN else given[:_SHOWN] + '…'}"
