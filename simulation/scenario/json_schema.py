"""The JSON Schema with which editors check, complete and explain scenario files.

It comes from the models that the loader uses. A file that extends another may leave out what the other file gives,
and remove parts of it with null, so each merged part of a scenario has a second model for changes.
"""

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, GetJsonSchemaHandler, create_model
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from simulation.levers import Lever
from simulation.scenario.entries import ActivityEntry, ProgrammeEntry
from simulation.scenario.extends import MERGED_BY_FIELD, MERGED_BY_KEY
from simulation.scenario.fields import FrozenDict, IdOrEvery, Part, annotations_of, mapped_in, split
from simulation.scenario.schema import Scenario

Json = dict[str, Any]

_TOGETHER = ("contracts", "programmes")
"""Sections of which a scenario that extends no other must have one with an entry at least."""

_EXTENDS: Json = {
    "type": "string",
    "minLength": 1,
    "description": "Path, from this file's folder, of a scenario on which this one builds: say only what differs; "
    "null removes.",
}

_OF_MAPPINGS = {"minLength": "minProperties", "maxLength": "maxProperties"}

_EVERY = " `*` stands for every one that the file has from which this starts."

_RULES: dict[str, Json] = {
    ProgrammeEntry.__name__: {
        "oneOf": [
            {"required": ["value", "shares"], "not": {"required": ["saves"]}},
            {"required": ["saves"], "not": {"anyOf": [{"required": ["value"]}, {"required": ["shares"]}]}},
        ]
    },
    ActivityEntry.__name__: {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]},
}
"""Rules about which fields go together, by the name of the model."""


def scenario_json_schema() -> Json:
    """Return the schema as JSON data, draft 7."""
    complete, change = model_schema(Scenario), model_schema(change_model(Scenario))
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
        "else": {
            "properties": complete["properties"],
            "required": complete["required"],
            "anyOf": [{"required": [section], "properties": {section: {"minProperties": 1}}} for section in _TOGETHER],
        },
        "definitions": {**complete["definitions"], **change["definitions"]},
    }


def model_schema(model: type[BaseModel]) -> Json:
    """Return the schema of a model for editors: closed objects, every field described, null only where it removes."""
    written = model.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_EditorSchema)
    definitions = written.pop("$defs", {})
    for name, rule in _RULES.items():
        if name in definitions:
            definitions[name] |= rule
    shared: Json = {}
    tidy: Json = _tidy(written, shared)
    return {**tidy, "definitions": {**_tidy(definitions, shared), **shared}}


@cache
def change_model(model: type[BaseModel]) -> type[BaseModel]:
    """Return the model of the changes that a file may make to a part of the file that it extends."""
    fields: dict[str, Any] = {}
    for name, annotation in annotations_of(model).items():
        field = model.model_fields[name]
        default = None if field.is_required() else field.default
        description = f"{field.description}{_EVERY if name in MERGED_BY_FIELD else ''}"
        described = Field(
            default, alias=field.alias, description=description, json_schema_extra=field.json_schema_extra
        )
        fields[name] = (Annotated[_changed(name, annotation), OrNull()], described)
    changed: type[BaseModel] = create_model(f"{model.__name__}Change", __base__=Part, __doc__=model.__doc__, **fields)
    return changed


class OrNull:
    """An annotation of a field that null removes from the file that is extended."""

    def __get_pydantic_json_schema__(self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        """Allow null in the schema; the loader removes nulls before it validates."""
        return {"anyOf": [handler(core), {"type": "null"}]}


def _changed(name: str, annotation: Any) -> Any:
    """Return the annotation of a field of a scenario that extends another; merged fields may be given in part."""
    bare, extras = split(annotation)
    if name not in MERGED_BY_KEY:
        return annotation
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return change_model(bare)
    key, value = mapped_in(annotation)
    key = IdOrEvery if name in MERGED_BY_FIELD else key
    value = Annotated[change_model(value) if name in MERGED_BY_FIELD else value, OrNull()]
    merged = FrozenDict[key, value]  # type: ignore[valid-type]
    return Annotated[merged, *extras] if extras else merged


class _EditorSchema(GenerateJsonSchema):
    """Pydantic's generator, without keywords that do not help a person who writes a file."""

    def field_title_should_be_set(self, _schema: Any) -> bool:
        """Set no titles: they repeat the names of fields."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Json:
        """Leave out null: the loader refuses a field without a value."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Json:
        """Show a default only where it is a single value."""
        single = isinstance(schema.get("default"), str | int | float)
        return super().default_schema(schema) if single else self.generate_inner(schema["schema"])

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Json:
        """Leave out the discriminator, a keyword that JSON Schema does not have."""
        written = super().tagged_union_schema(schema)
        written.pop("discriminator", None)
        return written

    def dict_schema(self, schema: core_schema.DictSchema) -> Json:
        """Close a mapping whose names are known or follow a pattern; list known names, so that editors offer them."""
        written = super().dict_schema(schema)
        names = written.get("propertyNames", {})
        if "$ref" in names or "enum" in names:
            value = written["additionalProperties"]
            levers = [Lever(word) for word in self.resolve_ref_schema(names)["enum"]]
            properties = {str(lever): {**value, "description": _lever_note(lever)} for lever in levers}
            return {"type": "object", "properties": properties, "additionalProperties": False}
        return {**written, "additionalProperties": False} if "patternProperties" in written else written


def _lever_note(lever: Lever) -> str:
    return f"Acts on {lever.scope.plural}. {lever.does}"


def _tidy(part: Any, shared: Json) -> Any:
    """Remove titles, which are names of code, and move each kind of number to the definitions in `shared`.

    A `FrozenDict` is a function over a dictionary to pydantic, which then takes its bounds for those of a text.
    """
    if isinstance(part, list):
        return [_tidy(item, shared) for item in part]
    if not isinstance(part, dict):
        return part
    tidy = {key: _tidy(value, shared) for key, value in part.items() if key != "title" or not isinstance(value, str)}
    for written, meant in _OF_MAPPINGS.items() if tidy.get("type") == "object" else ():
        if written in tidy:
            tidy[meant] = tidy.pop(written)
    if name := tidy.pop("x-shared", None):
        shared[name] = {"anyOf": tidy.pop("anyOf")}
        tidy["$ref"] = f"#/definitions/{name}"
    return tidy
