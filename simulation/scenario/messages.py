"""What the schema finds wrong, in the words of a scenario file: where, what, and how to mend it."""

import re
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulation.levers import Lever
from simulation.scenario import entries
from simulation.scenario.evidence import Number
from simulation.scenario.fields import written_names
from simulation.scenario.months import MONTH_PATTERN
from simulation.scenario.problems import Finding, Path, closest, describe_given, either
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EventKind

_NUMBER_PARTS = ("value", "unit", "source", "status")

_MODELS: dict[tuple[str, int], type[BaseModel]] = {
    ("", 0): Scenario,
    ("organisations", 2): entries.OrganisationEntry,
    ("opportunities", 2): entries.OpportunityEntry,
    ("relationships", 1): entries.RelationshipsEntry,
    ("relationships", 3): entries.TrustOverride,
    ("levers", 2): entries.Setting,
    ("levers", 3): entries.Setting,
    ("parameters", 1): entries.ParameterOverrides,
    ("observed", 1): entries.ObservedEntry,
}

_EVENTS: dict[str, type[BaseModel]] = {
    EventKind.BREACH: entries.Breach,
    EventKind.LEADER_CHANGE: entries.LeaderChange,
    EventKind.COST_SHOCK: entries.CostShock,
    EventKind.GRIP_SHOCK: entries.GripShock,
    EventKind.FIXED_STANCE: entries.FixedStance,
}

_WHAT = {
    "missing": "is missing",
    "extra_forbidden": "unknown field",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge:g}",
    "greater_than": "must be more than {gt:g}",
    "less_than_equal": "must be at most {le:g}",
    "string_too_short": "must not be empty",
    "string_unicode": "must be text that UTF-8 can write",
    "string_type": "must be text",
    "string_pattern_mismatch": "must be made of letters, digits, - and _ only",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of names to values",
    "model_type": "must be a mapping of names to values",
    "model_attributes_type": "must be a mapping of names to values",
}


def find_schema_problems(data: Any) -> tuple[Scenario | None, list[Finding]]:
    """The scenario that plain data describes, or None with all that the schema finds wrong.

    Parts that contradict each other are left to `checks`.
    """
    try:
        return Scenario.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_explain(detail, data) for detail in details if detail["loc"]]


def _explain(detail: ErrorDetails, data: Any) -> Finding:
    kind, given = detail["type"], detail["input"]
    path, at_key = _place_in(detail["loc"], data)
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return _explain_event((*path, "event"), given)
    if at_key and path[0] == "levers":
        return Finding(path, "unknown lever", None, closest(path[-1], list(Lever)), True)
    if kind == "extra_forbidden":
        return _explain_unknown(path, data)
    if kind in {"enum", "literal_error"}:
        words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        return Finding(path, f"must be {either(words)}", describe_given(given), closest(given, words), at_key)
    if kind == "missing":
        return Finding(path, _WHAT[kind])
    return Finding(path, _what(detail, path, given), _given(kind, given, path), None, at_key)


def _place_in(loc: tuple[int | str, ...], data: Any) -> tuple[Path, bool]:
    """An error's place without what pydantic adds to it: tags, `[key]`, and an index where a file has no list."""
    path: list[str | int] = []
    at_key = False
    for position, part in enumerate(loc):
        here = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, list) else {}
        last = position == len(loc) - 1
        if loc[0] == "events" and position == 2:
            continue
        if part in here:
            data = here[part]
            path.append(part)
        elif last and part == "[key]":
            at_key = True
        elif last and isinstance(data, dict) and isinstance(part, str) and part not in Number.TAGS:
            path.append(part)
    return tuple(path), at_key


def _explain_unknown(path: Path, data: Any) -> Finding:
    *place, name = path
    what = {"parameters": "unknown parameter"}.get(str(place[0]) if len(place) == 1 else "", "unknown field")
    return Finding(path, what, None, closest(name, _names_at(tuple(place), data)), True)


def _names_at(place: Path, data: Any) -> list[str]:
    """The fields that could stand at a place."""
    if place and place[0] == "events":
        for part in place:
            data = data[part]
        model = _EVENTS.get(data.get("event", ""))
        return written_names(model) if model else []
    model = _MODELS.get((str(place[0]) if place else "", len(place)))
    if model is None or (model is entries.Setting and len(place) == 3 and isinstance(place[-1], str)):
        return list(_NUMBER_PARTS)
    return [*written_names(model), "extends"] if model is Scenario else written_names(model)


def _explain_event(path: Path, given: Any) -> Finding:
    kinds = [str(kind) for kind in EventKind]
    if not isinstance(given, dict) or "event" not in given:
        return Finding(path, f"is missing: {either(kinds)}")
    written = given["event"]
    return Finding(path, f"must be {either(kinds)}", describe_given(written), closest(written, kinds))


def _what(detail: ErrorDetails, path: Path, given: Any) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "string_pattern_mismatch" if context["pattern"] == MONTH_PATTERN:
            what = "must be a month written YYYY-MM, such as 2015-12"
        case "string_type" if isinstance(given, int | float):
            what = "must be text; put it in quotes"
        case "too_short":
            what = f"must name at least {'two organisations' if path[-1] == 'shares' else 'one month'}"
        case "tuple_type" if len(path) == 2 and path[0] == "levers":
            what = "must be a setting, such as {strength: 0.5}, or a list of settings"
        case "float_type" | "int_type" if isinstance(given, str) and _plain_number(given):
            what = f"must be a number; write {_plain_number(given)}"
        case _:
            what = _WHAT.get(kind, detail["msg"]).format(**context)
    return what


def _plain_number(text: str) -> str | None:
    """The number that text such as "£1,200m" or "12" was meant to be."""
    found = re.fullmatch(r"£? ?([-+]?[0-9][0-9,]*(?:\.[0-9]+)?) ?m?", text.strip())
    return found[1].replace(",", "") if found else None


def _given(kind: str, given: Any, path: Path) -> str | None:
    if kind == "too_short":
        return f"{len(given)}"
    if kind == "string_pattern_mismatch" and given == (path[-1] if path else None):
        return None
    return describe_given(given)
