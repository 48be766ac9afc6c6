"""Scenarios made from other scenarios: with other levers, with fixed stances, or as a mix of two."""

from collections.abc import Sequence

from simulation.levers import Lever
from simulation.scenario.entries import FixedStance, Setting
from simulation.scenario.fields import FrozenDict
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EventKind

EVERYTHING_ELSE = "everything_else"
"""The name of all that differs between two scenarios besides their levers."""

_WORDS_ONLY = frozenset({"title", "description", "observed", "levers"})
"""Fields that change no number, and the levers, which are told apart."""


def find_differing_levers(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """What differs between two scenarios: each lever whose settings do, then everything else if anything else does."""
    levers = [lever for lever in Lever if first.levers.get(lever) != second.levers.get(lever)]
    fields = [name for name in Scenario.model_fields if name not in _WORDS_ONLY]
    others = any(getattr(first, name) != getattr(second, name) for name in fields)
    return (*map(str, levers), *([EVERYTHING_ELSE] if others else []))


def mix_scenarios(first: Scenario, second: Scenario, of_second: frozenset[str]) -> Scenario:
    """The first scenario with some of what differs taken from the second.

    Args:
        first: Where everything comes from that is not named.
        second: Where the rest comes from.
        of_second: Some of what `find_players` finds.
    """
    levers = {}
    for lever in Lever:
        settings = (second if str(lever) in of_second else first).levers.get(lever)
        if settings is not None:
            levers[lever] = settings
    below = second if EVERYTHING_ELSE in of_second else first
    return below.model_copy(update={"levers": FrozenDict(levers)})


def with_levers(scenario: Scenario, **settings: float | Setting | Sequence[Setting] | None) -> Scenario:
    """The same place with some levers set anew; the others stay as they are.

    Args:
        scenario: The place.
        **settings: By the lever's name its strength from the first month, 0–1; a setting or several; or None, not used.

    Raises:
        ValueError: If there is no such lever, or a number is out of range.
    """
    levers = dict(scenario.levers)
    for name, told in settings.items():
        if name not in set(Lever):
            message = f"there is no lever {name!r}; there are {', '.join(Lever)}"
            raise ValueError(message)
        levers.pop(Lever(name), None)
        if isinstance(told, Setting):
            levers[Lever(name)] = (told,)
        elif isinstance(told, Sequence):
            levers[Lever(name)] = tuple(told)
        elif told is not None:
            levers[Lever(name)] = (Setting(strength=told),)
    return scenario.model_copy(update={"levers": FrozenDict(levers)})


def with_stance(scenario: Scenario, organisations: tuple[str, ...], *, population_first: bool) -> Scenario:
    """The same place in which some organisations take one stance throughout.

    Args:
        scenario: The place, with its levers and its other events.
        organisations: Ids of those who never move.
        population_first: Whether they always ask the population's question; else always their own.
    """
    others = [
        event
        for event in scenario.events
        if not (isinstance(event, FixedStance) and event.organisation in organisations)
    ]
    fixed = [
        FixedStance(
            event=EventKind.FIXED_STANCE,
            organisation=organisation,
            stance="population_first" if population_first else "institutional",
        )
        for organisation in organisations
    ]
    return scenario.model_copy(update={"events": (*others, *fixed)})
