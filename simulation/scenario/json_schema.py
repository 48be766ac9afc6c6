"""The JSON Schema by which editors check, complete and explain scenario files as they are written.

It is made from the schema's own annotations, not by pydantic's generator, so that it stays the same from one version of
pydantic to the next. A file that extends another may leave out what the other gives, and remove with null.
"""

from collections.abc import Callable
from enum import Enum
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, StringConstraints

from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.entries import ParameterOverrides
from simulation.scenario.evidence import Number
from simulation.scenario.extends import MERGED_BY_FIELD, MERGED_BY_KEY
from simulation.scenario.fields import annotations_of, mapped_in, split, written_name
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EvidenceStatus, TrustRule

Json = dict[str, Any]

_EXTENDS: Json = {
    "type": "string",
    "minLength": 1,
    "description": "Path, from this file's folder, of a scenario on which this one builds: say only what differs; "
    "null removes.",
}

_ONE_VALUE = (Number, StringConstraints)
_PARAMETER_DEFAULTS: Json = {
    **{row.name: int(row.default) if row.whole else row.default for row in TABLE},
    "trust_rule": str(TrustRule.LINEAR),
}


def scenario_json_schema() -> Json:
    """The schema as JSON data, draft 7."""
    writer = _Writer()
    complete = writer.object_of(Scenario)
    change = writer.change_of(Scenario)
    described = {name: {"description": part["description"]} for name, part in complete["properties"].items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Scenario",
        "description": complete["description"],
        "type": "object",
        "properties": {"extends": _EXTENDS, **described},
        "additionalProperties": False,
        "if": {"required": ["extends"]},
        "then": {"properties": change["properties"]},
        "else": {"properties": complete["properties"], "required": complete["required"]},
        "definitions": dict(sorted(writer.definitions.items())),
    }


def scenario_change_schema() -> tuple[Json, Json]:
    """The schema of what an experiment changes in a scenario, and the definitions that it refers to."""
    writer = _Writer()
    change = writer.change_of(Scenario)
    return change, dict(sorted(writer.definitions.items()))


class _Writer:
    """Turns annotations into JSON Schema and gathers the definitions they share."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}

    def object_of(self, model: type[BaseModel]) -> Json:
        """A part of the schema as a closed object."""
        properties = {
            written_name(model, name): self._field(model, name, self.schema_of(annotation))
            for name, annotation in annotations_of(model).items()
        }
        required = [written_name(model, name) for name, field in model.model_fields.items() if field.is_required()]
        return {**_closed(properties, required), "description": _first_line(model)}

    def change_of(self, model: type[BaseModel]) -> Json:
        """The same where a file extends another: nothing is required, and null removes."""
        properties = {
            written_name(model, name): _or_null(self._field(model, name, self._changed(name, annotation)))
            for name, annotation in annotations_of(model).items()
        }
        return {**_closed(properties, []), "description": _first_line(model)}

    def schema_of(self, annotation: Any) -> Json:
        """One annotation."""
        bare, extras = split(annotation)
        plain = [self._number(e) if isinstance(e, Number) else _text(e) for e in extras if isinstance(e, _ONE_VALUE)]
        if plain:
            return plain[0]
        if get_origin(bare) is Literal:
            return {"enum": [str(word) for word in get_args(bare)]}
        if get_origin(bare) is tuple:
            return self._list(bare, alone=any(isinstance(extra, BeforeValidator) for extra in extras))
        if isinstance(bare, type) and get_origin(bare) is None:
            return self._named(bare)
        if get_origin(bare) is UnionType:
            return {"oneOf": [self.schema_of(part) for part in get_args(bare)]}
        return self._mapping(annotation, self.schema_of)

    def _named(self, kind: type[Any]) -> Json:
        if issubclass(kind, Enum):
            return {"enum": [str(word) for word in kind]}
        return self._refer(kind.__name__, lambda: self.object_of(kind))

    def _refer(self, name: str, make: Callable[[], Json]) -> Json:
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def _field(self, model: type[BaseModel], name: str, part: Json) -> Json:
        field = model.model_fields[name]
        described = {**part, "description": field.description or ""}
        default = _PARAMETER_DEFAULTS.get(name) if model is ParameterOverrides else field.default
        return {**described, "default": default} if isinstance(default, str | int | float) else described

    def _changed(self, name: str, annotation: Any) -> Json:
        """A field of a file that extends another: what is merged by key may be given in part."""
        bare, _ = split(annotation)
        if name not in MERGED_BY_KEY:
            return self.schema_of(annotation)
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            return self._refer(f"{bare.__name__}Change", lambda: self.change_of(bare))
        if name not in MERGED_BY_FIELD:
            return self._mapping(annotation, lambda value: _or_null(self.schema_of(value)))
        entry: type[BaseModel] = mapped_in(annotation)[1]
        change = self._refer(f"{entry.__name__}Change", lambda: self.change_of(entry))
        return self._mapping(annotation, lambda _: _or_null(change))

    def _mapping(self, annotation: Any, schema_of: Callable[[Any], Json]) -> Json:
        key, value = mapped_in(annotation)
        written = schema_of(value)
        if key is Lever:
            return _closed({str(lever): {**written, "description": _lever_note(lever)} for lever in Lever}, [])
        pattern = _text(split(key)[1][0]).get("pattern")
        held: Json = {"additionalProperties": written}
        if pattern:
            held = {"patternProperties": {pattern: written}, "additionalProperties": False}
        least = max((_least(extra) for extra in split(annotation)[1]), default=0)
        return {"type": "object", **held, **({"minProperties": least} if least else {})}

    def _list(self, bare: Any, *, alone: bool) -> Json:
        item = self.schema_of(get_args(bare)[0])
        several = {"type": "array", "items": item}
        return self._refer("Settings", lambda: {"anyOf": [item, several]}) if alone else several

    def _number(self, number: Number) -> Json:
        words = {"ge": ("from", "minimum"), "gt": ("above", "exclusiveMinimum"), "le": ("to", "maximum")}
        name = "whole_number" if number.whole else "number"
        bare: Json = {"type": "integer" if number.whole else "number"}
        for bound, limit in number.bounds.items():
            word, keyword = words[bound]
            name += f"_{word}_{limit:g}"
            bare[keyword] = limit
        return self._refer(name, lambda: {"anyOf": [bare, _sourced(bare)]})


def _sourced(bare: Json) -> Json:
    text = {"type": "string", "minLength": 1}
    properties = {
        "value": bare,
        "unit": {**text, "description": "What it is counted in."},
        "source": {**text, "description": "Where it comes from."},
        "status": {
            "enum": [str(status) for status in EvidenceStatus],
            "description": "sourced (the default where there is a source), derived or assumed.",
        },
    }
    return _closed(properties, ["value"])


def _text(constraints: StringConstraints) -> Json:
    text: Json = {"type": "string"}
    if constraints.min_length:
        text["minLength"] = constraints.min_length
    if constraints.pattern:
        text["pattern"] = str(constraints.pattern)
    return text


def _least(extra: Any) -> int:
    """The least number of entries that an annotation asks for."""
    return max((getattr(part, "min_length", 0) for part in getattr(extra, "metadata", ())), default=0)


def _closed(properties: Json, required: list[str]) -> Json:
    closed: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**closed, "required": required} if required else closed


def _lever_note(lever: Lever) -> str:
    kinds = "organisations" if lever.acts_on_organisations else "opportunities"
    return f"Acts on {kinds}. {lever.does}"


def _or_null(part: Json) -> Json:
    notes: Json = {key: part[key] for key in ("description", "default") if key in part}
    return {"anyOf": [{key: part[key] for key in part if key not in notes}, {"type": "null"}], **notes}


def _first_line(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]
