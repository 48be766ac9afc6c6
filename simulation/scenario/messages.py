"""Turn the errors that pydantic finds in a file into plain messages: where, what is wrong, and how to fix it."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulation.known_names import closest
from simulation.levers import Lever
from simulation.limits import MOST_MISTAKES
from simulation.scenario.evidence import NUMBER_PARTS, Number
from simulation.scenario.fields import GIVEN_TWICE, annotations_of, models_in, part_at, written_names
from simulation.scenario.limit_words import in_digits, words_beyond_limit
from simulation.scenario.months import MONTH_PATTERN, PATH_DATE_PATTERN, YEAR_PATTERN
from simulation.scenario.problems import Finding, Path, describe_given, either
from simulation.scenario.programmes import are_per_cent
from simulation.scenario.typed_months import how_to_write_date
from simulation.scenario.typed_numbers import how_to_write
from simulation.scenario.typed_payments import how_to_write_payment
from simulation.vocabulary import Payment

Model = TypeVar("Model", bound=BaseModel)

NOT_TEXT = "must be text; put it in quotes"
"""The message where a file has a number in place of text."""

_UNKNOWN = {"parameters": "unknown parameter", "levers": "unknown lever"}

_OF_THE_FIRST_EDITION = {
    ("parameters", "opening_trust_same_sector"): (
        "is now same_sector_premium, the difference from opening_trust, such as 0.1"
    ),
    ("parameters", "entry_orientation"): (
        "no longer exists: a new leader has the organisation's opening orientation; remove it"
    ),
    ("parameters", "shortfall_unit"): "no longer exists: a shortfall is always counted in tenths of income; remove it",
    ("parameters", "realisation_mean"): "is now two parameters, owned_realisation and unowned_realisation",
    ("programmes", "kind"): "no longer exists: every entry of programmes is a programme; remove it",
    ("contracts", "kind"): "no longer exists: every entry of contracts is a contract; remove it",
    ("contracts", "value"): "no longer exists: it follows from amount and the parameter contract_saving; remove it",
    ("contracts", "shares"): "no longer exists: they follow from payment; remove it",
}
"""Fields that no longer exist, by section and name, each with what to write in its place."""

_WHAT = {
    "missing": "is missing",
    "extra_forbidden": "unknown field",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must not be empty",
    "string_unicode": "must be text that UTF-8 can write",
    "string_type": "must be text",
    "string_pattern_mismatch": "must be made of letters, digits, - and _ only",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of names to values",
    "model_type": "must be a mapping of names to values",
    "model_attributes_type": "must be a mapping of names to values",
}

MUST_BE_A_MONTH = "must be a month written YYYY-MM, such as 2015-12"
MUST_BE_A_DATE = f"{MUST_BE_A_MONTH}, or a financial year, such as 2015/16"
_DATES = {
    MONTH_PATTERN: (MUST_BE_A_MONTH, True, False),
    PATH_DATE_PATTERN: (MUST_BE_A_DATE, True, True),
    YEAR_PATTERN: ("must be a financial year written YYYY/YY, such as 2017/18", False, True),
}
"""The words for a date that is none, and True if it may be a month and a financial year, by its pattern."""

_LEAST_PER_CENT, _MOST_PER_CENT = 5, 100
"""The numbers that are taken for per cent where at most 1 is allowed."""

_FEWEST = {
    "shares": "two organisations",
    "saves": "two organisations",
    "compare": "one scenario, such as `no joint action: {}`",
    "vary": "one thing to vary",
    "organisations": "one organisation",
    "by_year": "one financial year",
    "budget_by_year": "one financial year",
    "levers": "one lever",
    "objectives": "one objective",
}
"""The item that a mapping or list must have at least, by the field's name."""


def find_schema_problems(model: type[Model], data: Any) -> tuple[Model | None, list[Finding]]:
    """Validate plain data by a model; contradictions between parts are found by `checks`.

    Args:
        model: The model of the whole file.
        data: The file's data.

    Returns:
        The validated model, or None with all that is wrong.
    """
    try:
        return model.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if detail["loc"]]
        first = islice((each for each in details if not _is_reported(model, each, data)), MOST_MISTAKES)
        findings = [_explain(model, detail, data) for detail in first]
        if len(details) > len(findings) == MOST_MISTAKES:
            findings.append(Finding((), f"has more than {MOST_MISTAKES:,} mistakes; fix these first"))
        return None, findings


def _is_reported(model: type[BaseModel], detail: ErrorDetails, data: Any) -> bool:
    """Return True if another finding reports it.

    These are a section of the first edition, two values for one month, shares as per cent, and the invalid items of a
    short list, which pydantic does not count.
    """
    if detail["type"] == "less_than_equal" and detail["loc"][0] == "programmes" and detail["loc"][2] == "shares":
        return are_per_cent(data["programmes"][detail["loc"][1]])
    if detail["type"] == GIVEN_TWICE:
        return "do_nothing" in model.model_fields
    if detail["loc"] == ("opportunities",):
        return "programmes" in model.model_fields
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _explain(model: type[BaseModel], detail: ErrorDetails, data: Any) -> Finding:
    kind, given = detail["type"], detail["input"]
    path, at_key = _path_in(_without_tags(detail["loc"]), data)
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return _explain_kind(model, path, given, data, detail["ctx"]["discriminator"].strip("'"))
    if at_key and path[-2:-1] == ("levers",):
        return Finding(path, _UNKNOWN["levers"], None, closest(path[-1], list(Lever)), True)
    if kind == "extra_forbidden":
        return _explain_unknown(model, path, data)
    if kind in {"enum", "literal_error"}:
        words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        meant, what = closest(given, words), f"must be {either(words)}"
        if words == list(Payment) and isinstance(given, str) and meant is None:
            what = f"{what}; {how_to_write_payment(given)}"
        return Finding(path, what, describe_given(given), meant, at_key)
    if kind == "missing":
        return Finding(path, _WHAT[kind])
    here = part_at(model, path, data)
    number = here if isinstance(here, Number) else None
    return Finding(path, _what(detail, path, given, number), _given(kind, given, path), None, at_key)


def _explain_unknown(model: type[BaseModel], path: Path, data: Any) -> Finding:
    """Explain a field that does not exist, or no longer does."""
    once = _OF_THE_FIRST_EDITION.get((str(path[0]), str(path[-1])))
    if once is not None and len(path) == (2 if path[0] == "parameters" else 3):
        return Finding(path, once, at_key=True)
    what = _UNKNOWN.get(str(path[0]), "unknown field") if len(path) == 2 else "unknown field"
    return Finding(path, what, None, closest(path[-1], _names_at(model, path[:-1], data)), True)


def _without_tags(loc: Sequence[int | str]) -> Sequence[int | str]:
    """Return an error's location without the kinds of entries that pydantic adds to it."""
    if len(loc) < 3 or loc[0] not in {"events", "vary"}:
        return loc
    return (*loc[:2], *loc[4 if loc[2] == "#distribution" else 3 :])


def _path_in(loc: Sequence[int | str], data: Any) -> tuple[Path, bool]:
    """Return a location as in the file, without `[key]`, and without an index where the file has no list."""
    path: list[str | int] = []
    at_key = False
    for position, part in enumerate(loc):
        here = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, list) else {}
        last = position == len(loc) - 1
        if part in here:
            data = here[part]
            path.append(part)
        elif last and part == "[key]":
            at_key = True
        elif last and isinstance(data, dict) and isinstance(part, str) and part not in Number.TAGS:
            path.append(part)
    return tuple(path), at_key


def _names_at(model: type[BaseModel], path: Path, data: Any) -> Sequence[str]:
    """Return the names of the fields that a mapping at a path may have."""
    part = part_at(model, path, data)
    if isinstance(part, Number):
        return NUMBER_PARTS
    names = written_names(part) if isinstance(part, type) and issubclass(part, BaseModel) else []
    return [*names, "extends"] if "organisations" in names else names


def _explain_kind(model: type[BaseModel], path: Path, given: Any, data: Any, field: str) -> Finding:
    """Explain an entry whose kind, such as the event of an event, is missing or unknown."""
    union = part_at(model, path, data)
    kinds = [annotations_of(entry).get(field) for entry in models_in(union)]
    words = [str(word) for kind in kinds for word in get_args(kind)]
    if not isinstance(given, dict) or field not in given:
        return Finding((*path, field), f"is missing: {either(words)}")
    written = given[field]
    return Finding((*path, field), f"must be {either(words)}", describe_given(written), closest(written, words))


def _what(detail: ErrorDetails, path: Path, given: Any, number: Number | None) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    name, unit = "values" if path[0] == "vary" else str(path[-1]), (number.unit if number else None) or ""
    if beyond := words_beyond_limit(kind, context, given, name, unit):
        return beyond
    match kind:
        case "string_pattern_mismatch" if context["pattern"] in _DATES:
            what, months, years = _DATES[context["pattern"]]
            fix = how_to_write_date(given, months=months, years=years)
            what = f"{what}; {fix}" if fix else what
        case "string_type" if isinstance(given, int | float):
            what = NOT_TEXT
        case "too_short":
            what = f"must name at least {_FEWEST.get(str(path[-1]), 'one value' if path[0] == 'vary' else 'one month')}"
        case "model_type" | "model_attributes_type" if path == ("assumptions",):
            what = "must be {}, or what differs from the usual sample, such as {points: 256}"
        case "dict_type" if len(path) == 2 and path[0] == "compare":
            what = "must be what differs from the scenario, or {} if nothing does"
        case "tuple_type" if len(path) == 2 and path[0] == "levers":
            what = "must be a setting, such as {strength: 0.5}, or a list of settings"
        case "less_than_equal" if context["le"] == 1 and _LEAST_PER_CENT <= given <= _MOST_PER_CENT:
            what = "must be at most 1: write 0.5 for 50%"
        case "float_type" | "int_type" if isinstance(given, str) and (fix := _how_to_write(number, given)):
            what = f"must be a number; {fix}"
        case _:
            bounds = {name: in_digits(bound) for name, bound in context.items()}
            what = _WHAT[kind].format(**bounds) if kind in _WHAT else detail["msg"]
    return what


def _how_to_write(number: Number | None, text: str) -> str | None:
    """Return how to write a text as the number of a field."""
    return how_to_write(text) if number is None else how_to_write(text, number.unit or "", whole=number.whole)


def _given(kind: str, given: Any, path: Path) -> str | None:
    if kind == "too_long":
        return f"{len(given):,}"
    if kind == "too_short" and path[-1] not in {"compare", "vary", "levers"}:
        return "an empty list" if isinstance(given, list) else f"{len(given)}"
    if kind == "too_short" or (isinstance(given, str) and given == path[-1]):
        return None
    return describe_given(given)
