"""Settings as part of a link and back, so that a room can be met again where it stopped."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches

from simulation.explorer.settings import REPLICATES, Settings, Use, Value, can_be_held_against, months_of
from simulation.levers import Lever
from simulation.parameters import TABLE, Parameter
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

NAME = "settings"
"""The name that settings have in a link: `?settings=coaching:0.5@2016-03,never_moves:meht`."""


def settings_to_text(settings: Settings, opening: Settings) -> str:
    """What differs from the file, as a link writes it; nothing if nothing does.

    Args:
        settings: What was set.
        opening: As the file has it.
    """
    levers, parameters = settings.changes(opening)
    said = [f"{lever}:{use.strength:.10g}@{use.month}" for lever, use in levers.items()]
    said += [
        f"{name}:{value if isinstance(value, str) else format(value, '.10g')}" for name, value in parameters.items()
    ]
    if settings.never_moves is not None:
        said.append(f"never_moves:{settings.never_moves}")
    if settings.replicates != opening.replicates:
        said.append(f"replicates:{settings.replicates}")
    if settings.held_against != opening.held_against:
        said.append(f"held_against:{settings.held_against}")
    return ",".join(said)


def settings_from_text(text: str, opening: Settings, scenario: Scenario) -> tuple[Settings, list[str]]:
    """Settings that a link tells of, and what in it can't be used, in words.

    Args:
        text: As `settings_to_text` writes it.
        opening: As the file has it; what the link leaves out is so.
        scenario: The place.
    """
    settings, problems = opening, []
    for part in filter(None, text.split(",")):
        name, _, told = part.partition(":")
        try:
            settings = _put(settings, name, told, scenario)
        except ValueError as error:
            problems.append(f"{part}: {error}")
    return _without_contradiction(settings, opening, problems)


def _without_contradiction(settings: Settings, opening: Settings, problems: list[str]) -> tuple[Settings, list[str]]:
    """Return settings in which a saving is worth no more without ownership than with it; one more problem if not."""
    values = dict(settings.parameters)
    unowned, owned = values["unowned_realisation"], values["owned_realisation"]
    if float(unowned) <= float(owned):
        return settings, problems
    as_before = {name: dict(opening.parameters)[name] for name in ("unowned_realisation", "owned_realisation")}
    what = f"unowned_realisation: must be at most owned_realisation, which is {owned} (given: {unowned})"
    return settings.with_changes(parameters=as_before), [*problems, what]


def _put(settings: Settings, name: str, told: str, scenario: Scenario) -> Settings:
    if name in set(Lever):
        return settings.with_changes(levers={Lever(name): _use(told, scenario)})
    row = next((row for row in TABLE if row.name == name), None)
    if row is not None:
        return settings.with_changes(parameters={name: _value(row, told)})
    if name == "never_moves":
        return settings.with_changes(never_moves=_one_of(told, scenario.organisations, "organisation"))
    if name == "replicates":
        return replace(settings, replicates=int(_one_of(told, map(str, REPLICATES), "choice of simulated runs")))
    if name == "held_against" and (held_against := can_be_held_against(told)):
        return replace(settings, held_against=held_against)
    known = [*Lever, *(row.name for row in TABLE), "never_moves", "replicates", "held_against"]
    close = get_close_matches(name, known, n=1)
    message = f"there is no such setting{f'; did you mean {close[0]}?' if close else ''}"
    raise ValueError(message)


def _use(told: str, scenario: Scenario) -> Use:
    strength, _, month = told.partition("@")
    return Use(_number(strength, 0.0, 1.0), _one_of(month or scenario.start, months_of(scenario), "month"))


def _value(row: Parameter, told: str) -> Value:
    if row.name == "trust_rule":
        return _one_of(told, map(str, TrustRule), "trust rule")
    number = _number(told, row.least, row.most)
    if row.whole and number != int(number):
        message = f"must be a whole number (given: {told})"
        raise ValueError(message)
    return number


def _number(told: str, low: float, high: float) -> float:
    try:
        number = float(told)
    except ValueError:
        message = f"must be a number (given: {told!r})"
        raise ValueError(message) from None
    if not low <= number <= high:
        message = f"must be from {low:g} to {high:g} (given: {told})"
        raise ValueError(message)
    return number


def _one_of(told: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if told not in names:
        close = get_close_matches(told, names, n=1)
        message = f"there is no {what} {told!r}{f'; did you mean {close[0]}?' if close else ''}"
        raise ValueError(message)
    return told
