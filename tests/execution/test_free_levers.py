"""A lever that costs nothing in one compared scenario and something in another is named before anything is run."""

from typing import Any

import pytest

from simulation.execution.free_levers import find_free_levers
from simulation.execution.without_effect import find_all_oddities
from simulation.experiment.schema import Experiment, Variant
from tests.execution.small import experiment
from tests.places import place, scenario

pytestmark = pytest.mark.unit

STRENGTH = "levers.coaching.strength"


def compared(vary: dict[str, tuple[Any, ...]], **levers: dict[str, Any]) -> Experiment:
    """An experiment on scenarios that differ in their levers, named as the arguments are."""
    variants = tuple(Variant(name=name, scenario=scenario(place(levers=each))) for name, each in levers.items())
    return experiment(vary, choices=tuple(vary), variants=variants)


def coaching(strength: float, **given: Any) -> dict[str, Any]:
    """Coaching at a strength."""
    return {"coaching": {"strength": strength, **given}}


def test_a_varied_lever_is_free_where_a_scenario_does_not_use_it() -> None:
    """The factor is named, and both scenarios; it is among all that is said before runs."""
    asked = compared({STRENGTH: (0, 1)}, alone={}, coach=coaching(1, cost=4))
    said = (
        "vary.levers.coaching.strength: sets coaching in alone, where it costs nothing, but £4m a year at full "
        "strength in coach; use it there too, with strength 0 and its cost"
    )
    assert find_free_levers(asked) == [said]
    assert said in find_all_oddities(asked)


def test_with_strength_0_and_its_cost_nothing_is_left_to_say() -> None:
    """The fix that the warning names is one."""
    assert not find_free_levers(compared({STRENGTH: (0, 1)}, alone=coaching(0, cost=4), coach=coaching(1, cost=4)))


def test_a_scenario_that_leaves_the_cost_out_is_named() -> None:
    """Without any factor too, and beside one that doesn't use the lever."""
    asked = compared({}, alone={}, coach=coaching(1, cost=4), also=coaching(0.5))
    assert find_free_levers(asked) == [
        "compare.also.levers.coaching: costs nothing, but £4m a year at full strength in coach; give it a cost here too"
    ]


@pytest.mark.parametrize(
    ("settings", "cost"),
    [
        ([{"until": "2020-07"}, {"from": "2020-07"}], "£4m"),
        ([{"only": ["a"]}, {"only": ["b"]}], "£8m"),
        ([{}, {"from": "2090-01"}], "£4m"),
    ],
)
def test_costs_of_settings_add_up_only_where_they_act_together(settings: list[dict[str, Any]], cost: str) -> None:
    """Two steps, one after the other, cost as much as one of them."""
    several = {"coaching": [{"strength": 1, "cost": 4, **each} for each in settings]}
    (said,) = find_free_levers(compared({}, coach=several, also=coaching(0.5)))
    assert f"costs nothing, but {cost} a year at full strength in coach;" in said


def test_a_lever_that_never_acts_is_not_said_to_be_free() -> None:
    """It has no setting within the run."""
    never = coaching(1, **{"from": "2090-01"})
    assert not find_free_levers(compared({}, coach=coaching(1, cost=4), never=never))


@pytest.mark.parametrize(
    ("vary", "levers"),
    [
        ({}, {"alone": {}, "coach": coaching(1, cost=4)}),
        ({}, {"half": coaching(0.5, cost=3), "coach": coaching(1, cost=4)}),
        ({}, {"free": coaching(1), "also": coaching(0.5)}),
        ({}, {"never": coaching(0), "coach": coaching(1, cost=4)}),
        ({STRENGTH: (0, 0.0)}, {"alone": {}, "coach": coaching(1, cost=4)}),
        ({"levers.gain_share.strength": (0, 1)}, {"alone": {}, "coach": coaching(1, cost=4)}),
        ({"levers.*.strength": (0.5, 1)}, {"alone": {}, "coach": coaching(1, cost=4)}),
        ({"levers.coaching.cost": (0, 4)}, {"one": coaching(1), "two": coaching(1, cost=4)}),
    ],
)
def test_a_lever_that_costs_something_or_nothing_wherever_it_acts_is_not_named(
    vary: dict[str, tuple[Any, ...]], levers: dict[str, dict[str, Any]]
) -> None:
    """Nor is one that never acts, or whose cost is itself varied."""
    assert not find_free_levers(compared(vary, **levers))
