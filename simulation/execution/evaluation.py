"""Places whose levers and parameters another tool sets: the names that it may set, and a scenario for their values."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulation.formatting import as_written, range_words
from simulation.known_names import check_name
from simulation.levers import Lever
from simulation.parameters import TABLE, Parameter
from simulation.scenario.entries import Setting
from simulation.scenario.fields import FrozenDict
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

PARAMETERS: dict[str, Parameter] = {row.name: row for row in TABLE}
"""The rows of the table of parameters, by name."""

TRUST_RULE = "trust_rule"
"""The only parameter that is a word, in scenario files and here."""

Value = float | str


def check_names(names: Iterable[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    """Return names without repeats, in their order.

    Args:
        names: The names to check.
        known: The names that there are.
        what: What they name, such as "lever".

    Raises:
        ValueError: If a name is not known; the message suggests the one that was probably meant.
    """
    found, names = tuple(dict.fromkeys(map(str, known))), tuple(dict.fromkeys(map(str, names)))
    for name in names:
        check_name(what, name, found)
    return names


def set_values(place: Scenario, values: Mapping[str, Value]) -> Scenario:
    """Return a place with levers and parameters at other values; what is not named stays as it is.

    A lever takes its value as its strength. Where the place has settings of that lever, they keep their months, costs
    and subjects; else it acts from the first month, on all, at no cost. Where `unowned_realisation` would be above
    `owned_realisation`, the smaller of the two is used for it.

    Args:
        place: The place.
        values: By the name of a lever: its strength, 0–1. By the name of a parameter: its value within hard limits;
            one that counts is rounded to a whole number.

    Raises:
        ValueError: If there is no such lever or parameter, or a value is out of range.
    """
    check_names(values, (*Lever, *PARAMETERS), "lever or parameter")
    levers = {Lever(name): _settings(place, Lever(name), value) for name, value in values.items() if name in set(Lever)}
    parameters = {name: _value(PARAMETERS[name], value) for name, value in values.items() if name in PARAMETERS}
    # Unchanged fields stay the same objects, so that points that differ in parameters alone are run together.
    changed: dict[str, Any] = {"levers": FrozenDict(place.levers | levers)} if levers else {}
    if parameters:
        changed["parameters"] = place.parameters.model_copy(update=parameters)
    return place.model_copy(update=changed)


def _settings(place: Scenario, lever: Lever, value: Value) -> tuple[Setting, ...]:
    strength = float(value)
    if not 0.0 <= strength <= 1.0:
        raise ValueError(f"the strength of {lever} must be from 0 to 1 (given: {value})")
    own = place.levers.get(lever) or (Setting(strength=strength),)
    return tuple(each.model_copy(update={"strength": strength}) for each in own)


def _value(row: Parameter, value: Value) -> Value:
    """Return a parameter's value as a scenario holds it."""
    if row.name == TRUST_RULE:
        rules = tuple(map(str, TrustRule))
        return check_names([value], rules, "trust rule")[0] if isinstance(value, str) else rules[_whole(row, value)]
    number = float(_whole(row, value)) if row.whole else float(value)
    if not row.least <= number <= row.most:
        limits = range_words(row.least, row.most, as_written)
        raise ValueError(f"{row.name} must be from {limits} (given: {value})")
    return number


def _whole(row: Parameter, value: Value) -> int:
    """Return the nearest whole number; half a step beyond an end of the range is that end."""
    nearest = round(float(value))
    if row.low - 0.5 <= float(value) <= row.high + 0.5:
        return int(min(max(nearest, row.low), row.high))
    if row.name == TRUST_RULE:
        raise ValueError(f"{row.name} must be 0 (linear) or 1 (confirmatory) (given: {value})")
    return nearest
