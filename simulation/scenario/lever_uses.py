"""How a lever is used, as a caller in Python writes it in one line, and which levers a scenario uses."""

from collections.abc import Mapping
from typing import Any

from simulation.levers import Lever
from simulation.scenario.entries import Setting
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.schema import Scenario
from simulation.scenario.written_parts import as_file_data, by_order, ordered_fields

LeverUse = float | tuple[Any, ...] | Setting | Mapping[str, Any] | list[Any] | None
"""How a lever is used: see `with_levers`."""


def written_settings(scenario: Scenario, name: str, use: Any) -> Any:
    """Return how a lever is used as a file would write it.

    Args:
        scenario: The place; what is not given is taken from its setting of the lever, if it has one.
        name: The lever's name, which may be unknown.
        use: A strength, a tuple in the order of fields, a mapping, a `Setting`, or a list of these.

    Raises:
        ValueError: If a tuple is too long, or the place has several settings and none of them is meant.
    """
    if isinstance(use, list) or (isinstance(use, tuple) and use and all(isinstance(each, Setting) for each in use)):
        return [_with_ids(scenario, name, _written_setting(name, each)) for each in use]
    written = _with_ids(scenario, name, _written_setting(name, use))
    own = scenario.levers.get(Lever(name), ()) if name in set(Lever) else ()
    nothing = isinstance(use, tuple | Mapping) and not use
    if isinstance(use, Setting) or not own or nothing:
        return written
    if len(own) > 1:
        message = (
            f"with_levers: {name}: has {len(own)} settings in this place, and it is not clear which would change; "
            f'give all that it shall have as a list, such as {name}=[0.2, (1, "{scenario.start}")], '
            f"or one in their place as {name}=[0.5]"
        )
        raise ValueError(message)
    cleared = {each for each, value in use.items() if value is None} if isinstance(use, Mapping) else set()
    kept = {field: value for field, value in as_file_data(own[0]).items() if field not in cleared}
    return kept | written if isinstance(written, dict) else written


def levers_in_use(scenario: Scenario) -> tuple[Lever, ...]:
    """Return the levers that act in a month of the run: those with a setting above 0 that begins within it."""
    start, months = month_number(scenario.start), scenario.months

    def acts(setting: Setting) -> bool:
        begin, end = acting_months(start, months, setting.from_, setting.until)
        return setting.strength > 0 and max(0, begin) < end

    return tuple(lever for lever, settings in scenario.levers.items() if any(map(acts, settings)))


def _written_setting(name: str, use: Any) -> Any:
    if isinstance(use, tuple):
        return by_order("with_levers", name, use, ordered_fields(Setting))
    return as_file_data(use) if isinstance(use, Setting | Mapping) else {"strength": as_file_data(use)}


def _with_ids(scenario: Scenario, name: str, written: Any) -> Any:
    """Return a setting whose organisations, programmes or contracts are named by id, as far as they are known."""
    only = written.get("only") if isinstance(written, dict) else None
    if isinstance(only, str):
        only = [only]
    if name not in set(Lever) or not isinstance(only, list):
        return written
    find = _organisation if Lever(name).acts_on_organisations else _opportunity
    return written | {"only": [find(scenario, each) for each in only]}


def _organisation(scenario: Scenario, written: Any) -> Any:
    """Return an organisation's id; what names none is left as it is, so that it is reported where it is written."""
    try:
        return scenario.organisation_id(written)
    except ValueError:
        return written


def _opportunity(scenario: Scenario, written: Any) -> Any:
    """Return the id of a programme or contract that is named by its id or its title."""
    opportunities = scenario.opportunities
    if not isinstance(written, str) or written in opportunities:
        return written
    titled = [each for each, entry in opportunities.items() if (entry.title or "").casefold() == written.casefold()]
    return titled[0] if len(titled) == 1 else written
