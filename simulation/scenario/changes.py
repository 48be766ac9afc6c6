"""Scenarios made from other scenarios: with other levers, with fixed stances, or as a mix of two."""

from collections.abc import Sequence
from enum import StrEnum

from simulation.levers import Lever
from simulation.scenario.entries import FixedStance
from simulation.scenario.fields import FrozenDict
from simulation.scenario.months import acting_months, month_number
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EventKind

EVERYTHING_ELSE = "everything_else"
"""The name that stands for all differences between two scenarios except their levers."""

NO_JOINT_ACTION = ", no joint action"
"""The end of the title of a place that uses no levers."""

_COMMA = ", "

_WORDS_ONLY = frozenset({"title", "description", "observed", "levers"})
"""Fields that change no number, and the levers, which are compared one by one."""


class LeverChange(StrEnum):
    """The way in which a lever differs between a first scenario and a second."""

    ADDED = "added"
    """Only the second pulls it."""
    DROPPED = "dropped"
    """Only the first pulls it."""
    CHANGED = "changed"
    """Both pull it, with other settings."""


Acting = tuple[float, int, int, int, tuple[str, ...] | None]
"""Strength, first month and month after the last, counted from 0, months to full strength, and whom it acts on."""


def acting_settings(scenario: Scenario, lever: Lever) -> tuple[Acting, ...]:
    """Return a lever's settings as far as they move the gap: without their cost, and only those that act at all.

    Args:
        scenario: The scenario.
        lever: The lever.
    """
    start, months = month_number(scenario.start), scenario.months
    found = []
    for setting in scenario.levers.get(lever, ()):
        begin, end = acting_months(start, months, setting.from_, setting.until)
        if setting.strength > 0 and begin < end:
            found.append((float(setting.strength), begin, end, int(setting.ramp), setting.only))
    return tuple(found)


def find_differing_levers(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """Return the levers whose settings differ between two scenarios, then `EVERYTHING_ELSE` if anything else does."""
    levers = [lever for lever in Lever if first.levers.get(lever) != second.levers.get(lever)]
    fields = [name for name in Scenario.model_fields if name not in _WORDS_ONLY]
    others = any(getattr(first, name) != getattr(second, name) for name in fields)
    return (*map(str, levers), *([EVERYTHING_ELSE] if others else []))


def changes_of_levers(first: Scenario, second: Scenario) -> dict[str, LeverChange]:
    """Return how each lever differs whose settings do; one without strength, or outside the run, is not pulled.

    Args:
        first: The scenario that is changed.
        second: The scenario that it becomes.
    """
    found = {}
    for lever in Lever:
        if first.levers.get(lever) != second.levers.get(lever):
            before, after = acting_settings(first, lever), acting_settings(second, lever)
            if before and after:
                found[str(lever)] = LeverChange.CHANGED
            else:
                is_dropped = bool(before) or (not after and lever not in second.levers)
                found[str(lever)] = LeverChange.DROPPED if is_dropped else LeverChange.ADDED
    return found


def differ_in_levers_alone(scenarios: Sequence[Scenario]) -> bool:
    """Return True if scenarios are of one place, which is the same for all of them once no lever is used.

    Args:
        scenarios: One or more.
    """
    first, *others = scenarios
    return all(EVERYTHING_ELSE not in find_differing_levers(first, each) for each in others)


def mix_scenarios(first: Scenario, second: Scenario, of_second: frozenset[str]) -> Scenario:
    """Return the first scenario with some of the differences taken from the second.

    Args:
        first: The scenario that supplies everything not named.
        second: The scenario that supplies the rest.
        of_second: The names, among those of `find_differing_levers`, to take from the second.
    """
    levers = {}
    for lever in Lever:
        settings = (second if str(lever) in of_second else first).levers.get(lever)
        if settings is not None:
            levers[lever] = settings
    below = second if EVERYTHING_ELSE in of_second else first
    return below.model_copy(update={"levers": FrozenDict(levers)})


def without_levers(scenario: Scenario) -> Scenario:
    """Return the same place if no lever is used; its events and assumptions stay.

    Args:
        scenario: The scenario.
    """
    return scenario.model_copy(update={"title": f"{scenario.title}, without levers", "levers": FrozenDict()})


def titles_together(scenarios: Sequence[Scenario]) -> str:
    """Return a title for several scenarios of a place: the parts that all their titles have in common.

    Titles have their parts between commas. The first title stands for all if they have nothing in common. Where one of
    the scenarios uses levers, the title does not say that there is no joint action.

    >>> from simulation import load_scenario, with_levers
    >>> place = load_scenario("scenarios/mid-south-essex.yaml")
    >>> titles_together([place, with_levers(place, coaching=1)])
    'Mid and South Essex'

    Args:
        scenarios: One or more.
    """
    titles = [each.title.split(_COMMA) for each in scenarios]
    parts = titles[0]
    for each in titles[1:]:
        same = [one == other for one, other in zip(parts, each, strict=False)]
        parts = parts[: same.index(False) if False in same else len(same)]
    title = _COMMA.join(parts or titles[0])
    several = len(scenarios) > 1 and any(each.levers for each in scenarios)
    return title.removesuffix(NO_JOINT_ACTION) if several else title


def title_of_case(together: str, name: str) -> str:
    """Return the title of one of several scenarios: its name, after the title of all unless it says that itself.

    Args:
        together: The title of all.
        name: Its name.
    """
    return name if together in name else f"{together}: {name}"


def with_stance(scenario: Scenario, organisations: tuple[str, ...], *, population_first: bool) -> Scenario:
    """Return the scenario in which some organisations take one stance throughout.

    Args:
        scenario: The scenario; its levers and other events stay.
        organisations: Ids of the organisations that never move.
        population_first: True if they always ask the population's question, False if always their own.
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
