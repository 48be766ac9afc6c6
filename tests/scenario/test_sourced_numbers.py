"""A place whose numbers all have sources is asked what if as the same place with bare numbers is."""

from collections.abc import Callable
from typing import Any

import pytest

from simulation import best_levers, load_scenario, run_ensemble, with_contracts, with_events, with_levers
from simulation.scenario.evidence import NUMBER_PARTS
from simulation.scenario.register import numbers_in
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_parameters
from simulation.vocabulary import EvidenceStatus
from tests.places import SCENARIOS, SHIPPED, random_place, written

pytestmark = pytest.mark.unit

SOURCE = "the accounts"


def bare(part: Any) -> Any:
    """A part of a file with the value alone of each number."""
    if isinstance(part, dict):
        is_number = "value" in part and set(part) <= set(NUMBER_PARTS)
        return part["value"] if is_number else {name: bare(each) for name, each in part.items()}
    return [bare(each) for each in part] if isinstance(part, list) else part


def sourced(part: Any) -> Any:
    """A part of a file in which each bare number has its range, its source and its status."""
    if isinstance(part, dict):
        return {name: sourced(each) for name, each in part.items()}
    if isinstance(part, list):
        return [sourced(each) for each in part]
    if isinstance(part, int | float):
        return {"value": part, "low": part, "high": part, "unit": "as given", "source": SOURCE, "status": "derived"}
    return part


def both(plain: dict[str, Any]) -> tuple[Scenario, Scenario]:
    """A place with bare numbers, and the same one with a source for each."""
    without = bare(plain)
    return Scenario.model_validate(without), Scenario.model_validate(sourced(without))


def shipped(name: str) -> dict[str, Any]:
    return written(load_scenario(SCENARIOS / name))


def numbers_of(place: Scenario) -> list[Any]:
    """All numbers that a place gives, without its trust rule."""
    return [each for each in numbers_in(place) if not isinstance(each.value, str)]


PLACES = [pytest.param(shipped(name), id=name) for name in SHIPPED]
PLACES += [pytest.param(written(Scenario.model_validate(random_place(seed))), id=f"random {seed}") for seed in range(6)]


def outcome(change: Callable[[], Scenario]) -> Scenario | str:
    """A changed place, or the words in which a change of what begins after the end is refused."""
    try:
        return change()
    except ValueError as error:
        return str(error)


def every_change(place: Scenario) -> dict[str, Scenario | str]:
    """A place after one change of each kind, of what it has and of what it doesn't have."""
    organisation = min(place.organisations)
    single = [str(lever) for lever, settings in place.levers.items() if len(settings) == 1]
    of_contracts = {
        "all contracts": lambda: with_contracts(place, payment="block"),
        "amount": lambda: with_contracts(place, only=min(place.contracts), amount=50),
        "amount with its source": lambda: with_contracts(
            place, only=min(place.contracts), amount={"value": 50, "source": SOURCE}
        ),
        "amount twice": lambda: with_contracts(with_contracts(place, amount=50), amount=60),
    }
    asked = {
        "new levers": lambda: with_levers(place, coaching=[0.5], gain_share=[(1, place.start, None, 3, 0.5)]),
        "costs of levers in use": lambda: with_levers(place, **{lever: {"cost": 3} for lever in single}),
        "ramp with its source": lambda: with_levers(
            place, coaching=[{"strength": 1, "ramp": {"value": 3, "source": SOURCE}}]
        ),
        "no levers": lambda: with_levers(place, **dict.fromkeys(map(str, place.levers))),
        "parameters": lambda: with_parameters(place, loss_ratio=3, lead_capacity=2, trust_rule="confirmatory"),
        "parameter with its source": lambda: with_parameters(place, loss_ratio={"value": 3, "source": SOURCE}),
        "defaults": lambda: with_parameters(place, loss_ratio=None, lead_capacity=None),
        "events": lambda: with_events(
            place,
            leader_change=(place.start, organisation),
            breach=(place.start, organisation, 0.2),
            cost_shock=(place.start, 5),
            grip_shock=(1, place.start),
        ),
        "event with its source": lambda: with_events(
            place, cost_shock={"month": place.start, "size": {"value": 5, "source": SOURCE}}
        ),
        "no events": lambda: with_events(
            place, breach=None, leader_change=None, cost_shock=None, grip_shock=None, fixed_stance=None
        ),
    } | (of_contracts if place.contracts else {})
    return {name: outcome(change) for name, change in asked.items()}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("plain", PLACES)
def test_what_if_is_the_same_with_sources_and_without(plain):
    without, with_sources = both(plain)
    assert {each.value.evidence.status for each in numbers_of(with_sources)} == {EvidenceStatus.DERIVED}
    as_bare, as_sourced = every_change(without), every_change(with_sources)
    assert as_bare == as_sourced
    titles = [
        [each if isinstance(each, str) else each.title for each in found.values()] for found in (as_bare, as_sourced)
    ]
    assert titles[0] == titles[1]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", SHIPPED)
def test_what_if_works_for_every_shipped_scenario(name):
    place = load_scenario(SCENARIOS / name)
    kept = [
        each.value.evidence for each in numbers_of(with_parameters(place, loss_ratio=3)) if each.path[0] != "parameters"
    ]
    assert kept == [each.value.evidence for each in numbers_of(place) if each.path[0] != "parameters"]
    changed = every_change(place)
    assert changed == every_change(both(written(place))[0])
    assert all(isinstance(each, Scenario) for each in changed.values())


def test_a_title_has_the_number_and_not_its_source():
    place = load_scenario(SCENARIOS / "two-trusts.yaml")
    amount, size = {"value": 50, "source": SOURCE}, {"value": 5, "source": SOURCE}
    assert with_contracts(place, amount=amount).title == f"{place.title}, amount 50 in all contracts"
    assert with_events(place, cost_shock=("2024-06", size)).title == f"{place.title}, cost shock Jun 2024 5"
    once = with_contracts(place, amount=amount)
    assert with_contracts(once, amount=60).title == f"{place.title}, amount 60 in all contracts"


def test_a_month_after_the_end_is_refused_where_the_number_of_months_has_a_source():
    _, place = both(shipped("two-trusts.yaml"))
    with pytest.raises(ValueError, match=r"coaching\.from: is after the last month, 2026-03"):
        with_levers(place, coaching=(1, "2026-04"))


def test_results_are_those_of_the_place_without_sources():
    coached = [with_levers(each, coaching=1) for each in both(shipped("two-trusts.yaml"))]
    runs = [run_ensemble(each, replicates=3, seed=1, engine="mesa") for each in coached]
    assert (runs[0].gap == runs[1].gap).all()


@pytest.mark.parametrize("name", ["an-integrated-care-system.yaml", "two-trusts.yaml"])
def test_the_best_levers_are_those_of_the_place_without_sources(name):
    asked = {"size": 1, "levers": ["celebration", "top_down_instruction"], "replicates": 2, "engine": "mesa"}
    rankings = [best_levers(each, **asked) for each in both(shipped(name))]
    assert rankings[0].to_pandas().equals(rankings[1].to_pandas())
