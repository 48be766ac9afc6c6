"""The two bounds of a place: everyone always asks the population's question, or everyone always its own."""

from simulation.scenario.schema import FixedStance, Scenario
from simulation.vocabulary import EventKind, Stance


def with_everyone(scenario: Scenario, stance: Stance) -> Scenario:
    """The same place in which every organisation takes one stance throughout.

    Args:
        scenario: The place, with its levers and its other events.
        stance: What everyone asks.
    """
    others = [event for event in scenario.events if not isinstance(event, FixedStance)]
    name = "population_first" if stance is Stance.POPULATION_FIRST else "institutional"
    fixed = [
        FixedStance(event=EventKind.FIXED_STANCE, organisation=organisation, stance=name)
        for organisation in scenario.organisations
    ]
    return scenario.model_copy(update={"events": (*others, *fixed)})
