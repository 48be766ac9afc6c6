"""Dotted addresses in a scenario, such as `levers.coaching.strength`, and how values are set there."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from simulation.formatting import counted
from simulation.known_names import closest
from simulation.levers import Lever
from simulation.parameters import trust_rule_code
from simulation.scenario.every import EVERY
from simulation.scenario.evidence import NUMBER_PARTS
from simulation.scenario.problems import Path, where_of
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

Value = float | int | str
"""A value that a factor sets at an address: a number, a month (YYYY-MM) or a word."""

_ADDRESS = re.compile(r"[^.\[\]]+(\[[0-9]+\])*(\.[^.\[\]]+(\[[0-9]+\])*)*")
_PART = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")
_TRUST_RULE_OF = {trust_rule_code(rule): str(rule) for rule in TrustRule}
_PARAMETERS, _RELATIONSHIPS, _OVERRIDES = "parameters", "relationships", "overrides"


class AddressError(ValueError):
    """An error for an address that leads nowhere; `suggestion` is the address that was probably meant."""

    def __init__(self, what: str, suggestion: str | None = None) -> None:
        super().__init__(what)
        self.what, self.suggestion = what, suggestion


@lru_cache(maxsize=4096)
def parse_address(text: str) -> Path:
    """Return an address as names and indices.

    >>> parse_address("levers.coaching[1].strength")
    ('levers', 'coaching', 1, 'strength')

    Raises:
        AddressError: If it isn't one.
    """
    if not _ADDRESS.fullmatch(text):
        message = "must be names joined by dots, with indices in brackets, such as levers.coaching[1].strength"
        raise AddressError(message)
    return tuple(int(index) if index else name for name, index in _PART.findall(text))


def to_plain(scenario: Scenario, field: str | None = None) -> Any:
    """Return a scenario, or one of its fields, as a file would write it."""
    if field is not None:
        return scenario.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True, include={field})
    return scenario.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def resolve_address(plain: Mapping[str, Any], address: Path) -> list[Path]:
    """Return the paths in a scenario's plain form that an address leads to; none if `*` matches no name.

    Args:
        plain: The scenario, or the field of it that the address is in, as a file would write it.
        address: As parsed; `*` matches every name.

    Raises:
        AddressError: If it leads nowhere, or to more than a single value.
    """
    top, *rest = address
    if top == "opportunities":
        raise AddressError("there is no such field; an address starts with programmes or contracts")
    if top not in Scenario.model_fields:
        raise AddressError("there is no such field", _instead(address, 0, Scenario.model_fields))
    if not rest:
        _check_single(plain.get(top))
        return [address]
    if top == _RELATIONSHIPS and len(address) == 3 and rest[0] != _OVERRIDES:
        return [address]
    here = plain.get(top)
    if here is None and top in {"parameters", "levers"}:
        here = {}
    return list(_walk(here, address, 1))


def set_value(plain: dict[str, Any], path: Path, value: Value) -> None:
    """Set a value at a path in a scenario's plain form; only the parts along the path are copied.

    Args:
        plain: The plain form, changed in place; the parts that it held before are left as they were.
        path: A path that `resolve_address` returns.
        value: The value.
    """
    if path[0] == _RELATIONSHIPS and len(path) == 3:
        overrides = list((plain.get(_RELATIONSHIPS) or {}).get(_OVERRIDES, []))
        pair = {"of": path[1], "in": path[2]}
        others = [each for each in overrides if {"of": each.get("of"), "in": each.get("in")} != pair]
        plain[_RELATIONSHIPS] = {_OVERRIDES: [*others, {**pair, "trust": value}]}
        return
    here: Any = plain
    for part, following in pairwise(path):
        below = here[part] if not isinstance(here, dict) or part in here else None
        if below is None:
            below = [{}] if isinstance(following, int) else {}
        here[part] = list(below) if isinstance(below, list) else dict(below)
        here = here[part]
    here[path[-1]] = value


def with_values(scenario: Scenario, given: Mapping[str, Value]) -> Scenario:
    """Return a scenario with values set at addresses; only the fields that they are in are validated again.

    Rules that involve several fields (ids that refer to each other, dates in order) are not checked: see `checks`.

    Args:
        scenario: The scenario.
        given: Values by address.

    Raises:
        ValueError: If an address leads nowhere, or a value is not valid there.
    """
    by_field: dict[str, dict[str, Value]] = {}
    for text, value in given.items():
        by_field.setdefault(str(parse_address(text)[0]), {})[text] = value
    changed: dict[str, Any] = {}
    for field, values in by_field.items():
        plain = to_plain(scenario, field) if field in Scenario.model_fields else {}
        if field == _PARAMETERS and all(isinstance(value, Value) for value in values.values()):
            changed[field] = _parameters_with(json.dumps(plain), json.dumps(values))
        else:
            changed[field] = _field_with(field, plain, values)
    return scenario.model_copy(update=changed)


def find_moved(scenario: Scenario, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return those of some values that are not a scenario's own already.

    Args:
        scenario: The scenario.
        given: Values by address; each address leads to a value in it, or to what it leaves at its default.
    """
    return {address: value for address, value in given.items() if any(own != value for own in _own(scenario, address))}


def _own(scenario: Scenario, address: str) -> Iterator[Any]:
    """Yield the values at an address, without their sources; None where nothing is set."""
    path = parse_address(address)
    if path[0] == _PARAMETERS:
        resolved = getattr(scenario.resolve_parameters(), str(path[1]))
        yield _TRUST_RULE_OF.get(resolved) if path[1] == "trust_rule" else resolved
        return
    plain = to_plain(scenario, str(path[0]))
    for target in resolve_address(plain, path):
        here: Any = plain
        for part in target:
            inside = here.get(part) if isinstance(here, dict) else here[part] if isinstance(part, int) else None
            here = {} if inside is None else inside
        yield here["value"] if isinstance(here, dict) and "value" in here else here


@lru_cache(maxsize=2048)
def _parameters_with(plain: str, given: str) -> Any:
    """Return parameters with values set, both as JSON; scenarios that are compared mostly have the same at a point."""
    return _field_with(_PARAMETERS, json.loads(plain), json.loads(given))


def _field_with(field: str, plain: dict[str, Any], given: Mapping[str, Value]) -> Any:
    """Return a field with values set at addresses, validated."""
    for text, value in given.items():
        try:
            for path in resolve_address(plain, parse_address(text)):
                set_value(plain, path, value)
        except AddressError as error:
            message = f"{text}: {error.what}"
            raise AddressError(message, error.suggestion) from None
    try:
        return _adapter(field).validate_python(plain[field])
    except ValidationError as error:
        message = "; ".join(f"{where_of(each['loc'])}: {each['msg']}" for each in error.errors(include_url=False))
        raise ValueError(message) from None


@cache
def _adapter(field: str) -> TypeAdapter[Any]:
    """Return the adapter that validates one field of a scenario alone."""
    return TypeAdapter(get_type_hints(Scenario, include_extras=True)[field])


def _walk(here: Any, address: Path, depth: int) -> Iterator[Path]:
    """Yield the paths under a node that the rest of an address, from `depth` on, leads to."""
    part, last = address[depth], depth == len(address) - 1
    if isinstance(here, list) and not isinstance(part, int):
        if len(here) != 1:
            so_far = where_of((*address[:depth], 0))
            raise AddressError(f"has {len(here)} settings; name one, such as {so_far}")
        address = (*address[:depth], 0, *address[depth:])
        part, last = 0, False
    if isinstance(here, list) and isinstance(part, int):
        if part >= len(here):
            raise AddressError(
                f"{where_of(address[:depth])} has {counted(len(here), 'entry', 'entries')}, counted from 0"
            )
        yield from _step(here[part], address, depth, last=last)
        return
    if not isinstance(here, dict) or isinstance(part, int):
        raise AddressError(f"there is nothing inside {where_of(address[:depth])}")
    if part == EVERY:
        for name in here:
            yield from _step(here[name], (*address[:depth], name, *address[depth + 1 :]), depth, last=last)
        return
    below = here.get(part)
    if below is None and not last:
        yield from _missing(here, address, depth)
        return
    yield from _step(below, address, depth, last=last)


def _step(below: Any, address: Path, depth: int, *, last: bool) -> Iterator[Path]:
    if last:
        _check_single(below)
        yield address
    else:
        yield from _walk(below, address, depth + 1)


def _missing(here: Mapping[str, Any], address: Path, depth: int) -> Iterator[Path]:
    """Yield the path of an address whose missing name is an unused lever or a first skill; refuse any other."""
    match address:
        case ("levers", str(lever), "strength") if lever in set(Lever):
            yield ("levers", lever, 0, "strength")
        case ("levers", str(lever), *_) if lever in set(Lever):
            raise AddressError(f"levers.{lever} is not used in the scenario, so only its strength can be varied")
        case ("levers", *_):
            raise AddressError("unknown lever", _instead(address, 1, list(Lever)))
        case ("organisations", _, "skills", _):
            yield address
        case _:
            raise AddressError(f"there is no {where_of(address[: depth + 1])}", _instead(address, depth, here))


def _instead(address: Path, depth: int, names: Any) -> str | None:
    """Return the address with the name at a depth corrected."""
    found = closest(address[depth], [str(name) for name in names])
    return None if found is None else where_of((*address[:depth], found, *address[depth + 1 :]))


def _check_single(below: Any) -> None:
    """Refuse a part that holds more than one value."""
    if isinstance(below, list) or (isinstance(below, dict) and not below.keys() <= {*NUMBER_PARTS}):
        raise AddressError("holds more than a single value; name one inside it")
