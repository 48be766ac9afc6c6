"""Ways to switch a mechanism off: a change to a scenario, or to the assumptions, whichever values these have.

Each uses only what scenarios and parameters can say already, so no rule knows of it. Some go beyond the hard limits,
which bind files and not rules.
"""

from collections.abc import Callable
from typing import Any

from simulation.levers import Lever
from simulation.parameters import Parameters
from simulation.scenario.entries import FixedStance, RelationshipsEntry, Setting
from simulation.scenario.fields import FrozenDict
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EventKind, LeverScope, Payment

ChangePlace = Callable[[Scenario], Scenario]
ChangeAssumptions = Callable[[Parameters], Parameters]

NEGLIGIBLE = 2.0**-30
"""Stands for 0 where a product must stay as it is; a power of two, so that the product keeps its bits."""

_SLOWER = 1 / 16
"""How much more slowly own savings are found in pools that are as much larger."""


def same_place(scenario: Scenario) -> Scenario:
    """Return the scenario as it is."""
    return scenario


def same_assumptions(parameters: Parameters) -> Parameters:
    """Return the parameters as they are."""
    return parameters


def without(lever: Lever) -> ChangePlace:
    """Return a switch that takes a lever away, with its cost."""
    return lambda scenario: _with_levers(scenario, _others(scenario, lever))


def in_place_of(lever: Lever, other: Lever) -> ChangePlace:
    """Return a switch to another lever, at full strength from the start, in scenarios that use the first one."""

    def change(scenario: Scenario) -> Scenario:
        if lever not in scenario.levers:
            return scenario
        return _with_levers(scenario, _others(scenario, lever) | {other: (Setting(strength=1),)})

    return change


def in_full(lever: Lever) -> ChangePlace:
    """Return a switch that uses a lever on all that it can act on, at full strength from the start, at no cost."""
    return lambda scenario: _with_levers(scenario, _others(scenario, lever) | {lever: (Setting(strength=1),)})


def all_paid(payment: Payment) -> ChangePlace:
    """Return a switch that pays every contract in one way."""
    return lambda scenario: _with_each(scenario, "contracts", lambda _: {"payment": payment})


def everyone_institutional(scenario: Scenario) -> Scenario:
    """Return a scenario in which every organisation always asks its own question."""
    fixed = tuple(
        FixedStance(event=EventKind.FIXED_STANCE, organisation=each, stance="institutional")
        for each in scenario.organisations
    )
    others = tuple(event for event in scenario.events if not isinstance(event, FixedStance))
    return scenario.model_copy(update={"events": others + fixed})


def larger_pools(scenario: Scenario) -> Scenario:
    """Return a place whose pools of own savings hardly run down, for `slower_savings`."""
    return _with_each(
        scenario, "organisations", lambda entry: {"efficiency_pool": float(entry.efficiency_pool) / _SLOWER}
    )


def slower_savings(parameters: Parameters) -> Parameters:
    """Return parameters that keep the first month's own savings what they were, in `larger_pools`."""
    return scale(efficiency_rate=_SLOWER)(parameters)


def without_benefit(scenario: Scenario) -> Scenario:
    """Return a place whose programmes do the population no good."""
    return _with_each(scenario, "programmes", lambda _: {"benefit": 0.0})


def without_programmes(scenario: Scenario) -> Scenario:
    """Return a place in which contracts are all that organisations have in common; as it is if there are none."""
    if not scenario.contracts:
        return scenario
    levers = {lever: _settings_without(scenario, settings) for lever, settings in scenario.levers.items()}
    kept = {lever: settings for lever, settings in levers.items() if settings and lever.scope != LeverScope.PROGRAMME}
    joined = [{each.commissioner, each.provider} for each in scenario.contracts.values()]
    trusts = tuple(each for each in scenario.relationships.overrides if {each.of, each.in_} in joined)
    changed = {"programmes": FrozenDict(), "relationships": RelationshipsEntry(overrides=trusts)}
    return _with_levers(scenario.model_copy(update=changed), kept)


def assume(**values: float) -> ChangeAssumptions:
    """Return a switch that sets parameters."""
    return lambda parameters: parameters._replace(**values)


def scale(**factors: float) -> ChangeAssumptions:
    """Return a switch that multiplies parameters."""
    return lambda parameters: parameters._replace(
        **{name: getattr(parameters, name) * factor for name, factor in factors.items()}
    )


def equal_worth(parameters: Parameters) -> Parameters:
    """Return parameters in which a milestone saves as much where nobody owns it as where all do."""
    return parameters._replace(unowned_realisation=parameters.owned_realisation)


def skill_alone(parameters: Parameters) -> Parameters:
    """Return parameters in which delivery needs the lead's skill, and neither trust nor co-ownership."""
    return equal_worth(parameters)._replace(delivery_floor=1.0)


def no_trust_from_milestones(parameters: Parameters) -> Parameters:
    """Return parameters in which milestones move no trust, and all other events move it as they did.

    An event moves trust by `trust_gain` times its weight. The weight of a milestone follows from its shares, so
    `trust_gain` becomes negligible and the weights of all other events grow by the same factor.
    """
    others = dict.fromkeys(("meeting", "stalemate", "behind"), 1 / NEGLIGIBLE)
    return scale(trust_gain=NEGLIGIBLE, **others)(parameters)._replace(celebrated=0.0)


def no_gains_of_trust(parameters: Parameters) -> Parameters:
    """Return parameters in which nothing adds to trust, and everything takes from it what it did."""
    return scale(trust_gain=NEGLIGIBLE, loss_ratio=1 / NEGLIGIBLE)(parameters)


def _others(scenario: Scenario, lever: Lever) -> dict[Lever, Any]:
    return {name: settings for name, settings in scenario.levers.items() if name != lever}


def _with_levers(scenario: Scenario, levers: dict[Lever, Any]) -> Scenario:
    return scenario.model_copy(update={"levers": FrozenDict(levers)})


def _with_each(scenario: Scenario, section: str, change: Callable[[Any], dict[str, Any]]) -> Scenario:
    entries = {name: entry.model_copy(update=change(entry)) for name, entry in getattr(scenario, section).items()}
    return scenario.model_copy(update={section: FrozenDict(entries)})


def _settings_without(scenario: Scenario, settings: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Return settings that don't name programmes; those that name nothing else are left out."""
    left = []
    for setting in settings:
        only = setting.only and tuple(each for each in setting.only if each not in scenario.programmes)
        if only is None or only:
            left.append(setting.model_copy(update={"only": only}))
    return tuple(left)
