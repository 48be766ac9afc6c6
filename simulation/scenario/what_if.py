"""Changes of a scenario for what-if questions, a line each: what it uses, assumes and pays, checked as in a file."""

import os
import warnings
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter

from simulation.known_names import closest
from simulation.levers import Lever
from simulation.scenario.changed_titles import contract_words, event_words, lever_words, parameter_words, titled
from simulation.scenario.contracts_named import Named, find_contracts
from simulation.scenario.entries import ContractEntry, Event, ParameterOverrides, Setting, Settings
from simulation.scenario.fields import FrozenDict, models_in
from simulation.scenario.given import scenario_of
from simulation.scenario.lever_uses import LeverUse, written_settings
from simulation.scenario.months import month_of
from simulation.scenario.problems import Path, either, where_of
from simulation.scenario.schema import Scenario
from simulation.scenario.unusual_parameters import find_unusual_parameters
from simulation.scenario.written_parts import as_file_data, by_order, ordered_fields, refuse_mistakes
from simulation.vocabulary import EventKind

EventUse = tuple[Any, ...] | Mapping[str, Any] | BaseModel | list[Any] | None
"""An event, or a list of events: see `with_events`."""

_LEVERS: TypeAdapter[dict[Lever, tuple[Setting, ...]]] = TypeAdapter(dict[Lever, Settings])
_ADDED: TypeAdapter[list[Any]] = TypeAdapter(list[Event])
_EVENTS = dict(zip(map(str, EventKind), models_in(Event), strict=True))
_LEAVING = ("leave", "leaving", "exit", "withdraw", "quit")
"""Beginnings of words for an organisation that leaves, which no event is named by."""
_OF_CONTRACTS = ("payment", "amount", "title")


def with_levers(scenario: Scenario | str | os.PathLike[str], **settings: LeverUse) -> Scenario:
    """Return the scenario with some levers set to other values; the others stay as they are.

    What is not given stays as it is too: a strength alone changes the strength of a lever that the place uses, and
    keeps its months, ramp, cost and `only`. A lever that the place does not use acts from the first month, at once, on
    all, and costs nothing unless a cost is given: `coaching={"strength": 0.5, "cost": 1.6}`. Typical costs are in
    docs/model.md and in `simulation.levers`. The title says what was changed.

    >>> from simulation import load_scenario
    >>> place = load_scenario("scenarios/mid-south-essex.yaml")
    >>> changed = with_levers(place, coaching=0.5, gain_share=(1, "2016-12"), celebration=None)

    Args:
        scenario: The scenario, or the path of its file.
        **settings: By lever: its strength, 0–1; (strength, first month), such as `(0.5, "2016-12")`, and then until
            when, the months to full strength, the cost in £m a year and what it acts on, in the order of the fields of
            `Setting`, None for what stays as it is; or a mapping of what changes, as a file has it, in which None
            takes a field back to its default. A `Setting`, or a list of any of these, takes the place of all that
            the lever has; None removes it. Organisations are named by id, or as in `Scenario.organisation`.

    Raises:
        ValueError: If there is no such lever, a number is out of range, a month is outside the run, or the lever has
            several settings and it is not clear which of them would change; a line each.
    """
    scenario = scenario_of(scenario)
    written = {name: written_settings(scenario, name, use) for name, use in settings.items() if use is not None}
    kept = {str(lever): as_file_data(each) for lever, each in scenario.levers.items() if str(lever) not in settings}
    named = {name: written.get(name, {"strength": 0}) for name in settings}
    refuse_mistakes(scenario, "levers", kept | named, "with_levers", lambda path: where_of(path[1:]), settings)
    levers = {lever: each for lever, each in scenario.levers.items() if str(lever) not in settings}
    levers |= _LEVERS.validate_python(written)
    changed = scenario.model_copy(update={"levers": FrozenDict(levers)})
    named_levers = [lever for lever in Lever if str(lever) in settings]
    gone = [lever_words(lever, scenario.levers.get(lever, ())) for lever in named_levers]
    said = [
        lever_words(lever, levers.get(lever, ()))
        for lever in named_levers
        if lever in levers or lever in scenario.levers
    ]
    return titled(scenario, changed, gone, said)


def with_parameters(scenario: Scenario | str | os.PathLike[str], **values: float | str | None) -> Scenario:
    """Return the scenario with some assumptions changed; the others stay as they are. Its title says what was changed.

    >>> from simulation import load_scenario
    >>> place = load_scenario("scenarios/mid-south-essex.yaml")
    >>> changed = with_parameters(place, loss_ratio=3, trust_rule="confirmatory")

    Args:
        scenario: The scenario, or the path of its file.
        **values: By parameter of docs/model.md: its value, or None for its default.

    Warns:
        UserWarning: If a value is outside the usual range of its parameter.

    Raises:
        ValueError: If there is no such parameter, or a value is beyond its limits; a line each.
    """
    scenario = scenario_of(scenario)
    before = as_file_data(scenario.parameters)
    written = {name: as_file_data(value) for name, value in values.items()}
    given = {name: value for name, value in written.items() if value is not None}
    kept = {name: value for name, value in before.items() if name not in values}
    unknown = {name: 0 for name in written if name not in ParameterOverrides.model_fields}
    refuse_mistakes(
        scenario, "parameters", kept | unknown | given, "with_parameters", lambda path: where_of(path[1:]), values
    )
    changed = {name: getattr(ParameterOverrides.model_validate(given), name) for name in values}
    parameters = scenario.parameters.model_copy(update=changed)
    gone = [parameter_words(name, getattr(scenario.parameters, name)) for name in changed]
    said = [parameter_words(name, value) for name, value in changed.items()]
    made = titled(scenario, scenario.model_copy(update={"parameters": parameters}), gone, said)
    for unusual in find_unusual_parameters(made):
        named = unusual.removeprefix("parameters.")
        if named.partition(":")[0] in given:
            warnings.warn(f"with_parameters: {named}", stacklevel=2)
    return made


def with_events(scenario: Scenario | str | os.PathLike[str], **events: EventUse) -> Scenario:
    """Return the scenario with events added; those that it has stay unless None removes their kind.

    >>> from simulation import load_scenario
    >>> place = load_scenario("scenarios/mid-south-essex.yaml")
    >>> changed = with_events(place, leader_change=("2016-12", "meht"), cost_shock=("2017-04", 5))

    Args:
        scenario: The scenario, or the path of its file.
        **events: By kind, an event, or a list of events: a mapping as a file has it, or its values in this order:
            `leader_change=(month, organisation)`, `breach=(month, organisation, size)`, `cost_shock=(month, size)`,
            `grip_shock=(size, from, until, only)`, `fixed_stance=(organisation, stance, from, until)`. An organisation
            is named by its id, or as in `Scenario.organisation`. None removes all events of a kind.

    Raises:
        ValueError: If there is no such kind or organisation, a number is out of range or a month is outside the run; a
            line each.
    """
    scenario = scenario_of(scenario)
    unknown = [kind for kind in events if kind not in _EVENTS]
    if unknown:
        message = f"with_events: {unknown[0]}: unknown kind of event; {_kind_meant(unknown[0])}"
        raise ValueError(message)
    kept = tuple(event for event in scenario.events if events.get(str(event.event), ()) is not None)
    added, names = [], []
    for kind, use in events.items():
        several = isinstance(use, list)
        for number, each in enumerate([] if use is None else use if several else [use]):
            added.append(_written_event(scenario, kind, each))
            names.append(f"{kind}[{number}]" if several else kind)

    def shown(path: Path) -> str:
        index = int(path[1]) - len(kept)
        return where_of((names[index], *path[2:])) if index >= 0 else where_of(path)

    whole = [*map(as_file_data, kept), *added]
    refuse_mistakes(scenario, "events", whole, "with_events", shown, range(len(kept), len(whole)))
    new = _ADDED.validate_python(added)
    removed = [event for event in scenario.events if event not in kept]
    lost = dict.fromkeys(f"no {str(event.event).replace('_', ' ')}" for event in removed)
    changed = scenario.model_copy(update={"events": (*kept, *new)})
    return titled(scenario, changed, [*map(event_words, removed)], [*lost, *map(event_words, new)])


def with_contracts(
    scenario: Scenario | str | os.PathLike[str],
    *,
    only: Named = None,
    commissioner: Named = None,
    provider: Named = None,
    **fields: Any,
) -> Scenario:
    """Return the scenario with some or all of its contracts changed. Its title says what was changed.

    >>> from simulation import load_scenario
    >>> place = load_scenario("scenarios/mid-south-essex.yaml")
    >>> changed = with_contracts(place, payment="block")
    >>> changed = with_contracts(place, provider="Basildon", payment="shared")

    Args:
        scenario: The scenario, or the path of its file.
        only: Ids or titles of the contracts that change; all if left out.
        commissioner: The organisation that pays, if only its contracts change: by id, or as in `Scenario.organisation`;
            or a list of several.
        provider: The organisation that is paid, if only its contracts change; or a list of several.
        **fields: What changes in each of them: `payment`, tariff, block or shared, or None for what it is if left out;
            `amount`, in £m a year, above 0; `title`.

    Raises:
        ValueError: If there is no such contract, organisation or field, or a value is not valid; a line each.
    """
    scenario = scenario_of(scenario)
    chosen = find_contracts(scenario, only, commissioner, provider)
    if not fields:
        message = f"with_contracts: says nothing that changes; give {either(_OF_CONTRACTS)}"
        raise ValueError(message)
    before = as_file_data(scenario.contracts)
    written = as_file_data(fields)
    kept = {each: {name: value for name, value in before[each].items() if name not in fields} for each in chosen}
    unknown = {name: 0 for name in fields if name not in ContractEntry.model_fields}
    after = before | {each: kept[each] | unknown | written for each in chosen}
    refuse_mistakes(scenario, "contracts", after, "with_contracts", lambda path: where_of(path[2:]), chosen)
    changed = {each: ContractEntry.model_validate(after[each]) for each in chosen}
    made = scenario.model_copy(update={"contracts": FrozenDict({**scenario.contracts, **changed})})
    if fields == {"payment": None} and all(made.payment_of(each) == scenario.payment_of(each) for each in chosen):
        return scenario
    every = len(chosen) == len(scenario.contracts)
    gone = contract_words([(name, before[chosen[0]].get(name)) for name in fields], chosen, every=every)
    said = contract_words([(name, as_file_data(value)) for name, value in fields.items()], chosen, every=every)
    return titled(scenario, made, gone, said)


def _kind_meant(unknown: str) -> str:
    """Return which kind of event was meant, or those that there are."""
    if unknown.lower().startswith(_LEAVING):
        return 'one that no longer takes part is fixed_stance=(organisation, "institutional", month)'
    suggestion = closest(unknown, _EVENTS)
    return f"did you mean {suggestion}?" if suggestion else f"there are {', '.join(_EVENTS)}"


def _written_event(scenario: Scenario, kind: str, use: Any) -> dict[str, Any]:
    """Return an event as a file would write it, its organisation by id."""
    fields = ordered_fields(_EVENTS[kind])
    values = as_file_data(use) if isinstance(use, BaseModel | Mapping) else None
    if values is None:
        values = by_order("with_events", kind, use if isinstance(use, tuple) else (use,), fields)
    if "month" in fields[:1] and month_of(values.get("month")) is None and month_of(values.get("organisation")):
        message = f"with_events: {kind}: the month comes first: {', '.join(fields)}"
        raise ValueError(message)
    if isinstance(values.get("organisation"), str):
        try:
            values["organisation"] = scenario.organisation_id(values["organisation"])
        except ValueError as error:
            message = f"with_events: {kind}: {error}"
            raise ValueError(message) from None
    return {**values, "event": kind}
