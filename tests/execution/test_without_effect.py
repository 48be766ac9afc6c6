"""What is varied and changes nothing is said before anything is run, and only where it is so."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulation.execution.without_effect import find_without_effect
from simulation.experiment.addresses import with_values
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.loading import load_experiment
from simulation.experiment.schema import Experiment, Factor, Values, Variant
from simulation.parameters import TABLE
from simulation.scenario.register import numbers_in
from simulation.scenario.schema import Scenario
from tests.execution.small import experiment
from tests.places import SCENARIOS, place, random_place, run, same, scenario

pytestmark = pytest.mark.property

TRUSTED = [{"of": "a", "in": "b", "trust": 0.3}, {"of": "b", "in": "a", "trust": 0.5}]
ALL_GIVEN = {"relationships": {"overrides": TRUSTED}}


def one(vary: dict[str, tuple[Any, ...]], *plain: dict[str, Any], **changes: Any) -> Experiment:
    """An experiment on made-up places, named by letters."""
    variants = tuple(
        Variant(name=name, scenario=scenario(place(**each))) for name, each in zip("xyz", plain or ({},), strict=False)
    )
    return experiment(vary, variants=variants, **changes)


@pytest.mark.parametrize(
    ("address", "values", "plain", "why"),
    [
        ("parameters.opening_trust", (0.3, 0.5), ALL_GIVEN, "the place gives the trust of every relationship"),
        ("parameters.same_sector_premium", (0.1, 0.2), {}, "no two partners share a sector"),
        ("parameters.menu_effect", (0.2, 0.5), {}, "it acts through the lever menu_framing alone"),
        ("parameters.contract_saving", (0.0, 0.02), {"contracts": {}}, "no contract has an amount"),
        ("parameters.quorum", (0.6, 0.8), {"programmes": {}}, "there is no programme"),
        (
            "programmes.late.value",
            (1.0, 9.0),
            {
                "programmes": {
                    "care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}},
                    "late": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "from": "2022-01"},
                }
            },
            "the simulation is the same at all its values",
        ),
        (
            "levers.coaching.from",
            ("2021-06", "2021-07"),
            {"levers": {"coaching": {"strength": 1, "from": "2021-06"}}},
            "the simulation is the same at all its values",
        ),
    ],
)
def test_a_factor_that_changes_nothing_is_named(
    address: str, values: tuple[Any, ...], plain: dict[str, Any], why: str
) -> None:
    """With its address and why."""
    (said,) = find_without_effect(one({address: values}, plain))
    assert said.startswith(f"vary.{address}: changes nothing, because {why}")


def test_the_scenarios_are_named_if_only_some_are_not_changed() -> None:
    """A factor of which one compared scenario gives its own number is worth nothing there."""
    (said,) = find_without_effect(one({"parameters.opening_trust": (0.3, 0.5)}, {}, ALL_GIVEN))
    assert "changes nothing in y, because" in said
    (said,) = find_without_effect(one({"parameters.opening_trust": (0.3, 0.5)}, ALL_GIVEN, ALL_GIVEN))
    assert "changes nothing in any scenario, because" in said


def test_a_lever_that_some_scenario_uses_has_an_effect_to_vary() -> None:
    """A scenario without the lever is there to be compared with."""
    used = {"levers": {"menu_framing": {"strength": 1}}}
    assert not find_without_effect(one({"parameters.menu_effect": (0.2, 0.5)}, {}, used))


def test_another_factor_may_give_it_an_effect() -> None:
    """What another factor varies too is looked at beside it."""
    both = {"parameters.menu_effect": (0.2, 0.5), "levers.menu_framing.strength": (0, 1)}
    assert not find_without_effect(one(both))
    assert len(find_without_effect(one({**both, "levers.menu_framing.strength": (0, 0.0)}))) == 2


def test_one_value_changes_what_the_place_has_itself() -> None:
    """A value alone is compared with the scenario's own, as one at a time does."""
    assert not find_without_effect(one({"levers.coaching.strength": (1,)}, design="one-at-a-time"))
    assert find_without_effect(one({"levers.coaching.strength": (0,)}, design="one-at-a-time"))


def test_drawn_assumptions_that_the_place_gives_itself_are_named() -> None:
    """A survey stands in for opening trust; a place without partners of a sector says nothing of itself."""
    drawn = one({}, {}, ALL_GIVEN, assumptions=AssumptionSample(points=4))
    (said,) = find_without_effect(drawn)
    assert said.startswith("assumptions: what is drawn for opening trust changes nothing in y, because the place gives")
    assert not find_without_effect(replace(drawn, assumptions=AssumptionSample(points=4, place=True)))
    held = one({}, {**ALL_GIVEN, "parameters": {"opening_trust": 0.4}}, assumptions=AssumptionSample(points=4))
    assert not find_without_effect(held)


def _factors(subject: Scenario) -> list[Factor]:
    """Every parameter, and every number of a place, at two values that are valid."""
    ends = {f"parameters.{row.name}": (row.low, row.high) for row in TABLE if row.status != "structural"}
    for each in numbers_in(subject):
        value = each.value
        if each.path[0] in {"organisations", "contracts", "programmes", "relationships", "levers", "events"}:
            ends[each.where] = (int(value) or 1, int(value) + 1) if isinstance(value, int) else (value, value / 2)
    return [Factor(address=address, values=Values(values=values)) for address, values in ends.items()]


def _differs(subject: Scenario, factor: Factor) -> bool:
    """True if the readable engine gives another month anywhere."""
    assert isinstance(factor.values, Values)
    one, other = (run(with_values(subject, {factor.address: value})) for value in factor.values.values)
    return not same(one, other)


def test_what_is_named_changes_no_number() -> None:
    """In made-up places, of all their numbers and all parameters, and there are many of each kind."""
    found: Counter[str] = Counter()
    for seed in range(1, 6):
        subject = scenario(random_place(seed))
        for factor in _factors(subject):
            asked = experiment(variants=(Variant(name="x", scenario=subject),))
            if find_without_effect(replace(asked, factors=(factor,))):
                found[factor.address.split(".")[0]] += 1
                assert not _differs(subject, factor), (seed, factor)
    assert found["parameters"] > 30
    assert sum(found.values()) - found["parameters"] > 80


def test_shipped_experiments_vary_nothing_in_vain() -> None:
    """None of them has such a warning."""
    files = sorted(Path(SCENARIOS / "experiments").glob("*.yaml"))
    assert files
    assert not [said for file in files for said in find_without_effect(load_experiment(file))]
