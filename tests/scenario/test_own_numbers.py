"""The place's own uncertain numbers: which they are, and the range of each."""

import pytest

from simulation.scenario.own_numbers import UncertainNumber, find_own_numbers
from tests.places import SHIPPED, place, scenario

pytestmark = pytest.mark.unit


def found_in(**changes) -> dict[str, UncertainNumber]:
    return {each.where: each for each in find_own_numbers(scenario(place(**changes)))}


def test_an_assumed_number_may_be_half_of_itself_more_or_less():
    number = found_in()["contracts.deal.amount"]
    assert (number.value, number.low, number.high, number.status) == (80, 40, 120, "assumed")


def test_a_sourced_number_is_kept_unless_it_has_a_range():
    amount = {"value": 80, "source": "contract register"}
    contract = {"commissioner": "a", "provider": "b"}
    assert "contracts.deal.amount" not in found_in(contracts={"deal": contract | {"amount": amount}})
    ranged = found_in(contracts={"deal": contract | {"amount": amount | {"low": 70, "high": 85}}})
    number = ranged["contracts.deal.amount"]
    assert (number.low, number.high, number.status, number.has_range) == (70, 85, "sourced", True)


def test_the_bounds_of_a_field_cut_its_range():
    organisations = place()["organisations"]
    organisations["b"] |= {"skills": {"care": 0.8}, "orientation": 0.4}
    found = found_in(organisations=organisations)
    assert (found["organisations.b.skills.care"].low, found["organisations.b.skills.care"].high) == (0.4, 1)
    assert found["organisations.b.orientation"].high == pytest.approx(0.6)


def test_a_whole_number_stays_whole_and_within_half_of_itself():
    found = found_in(programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 3}})
    number = found["programmes.care.milestones"]
    assert (number.low, number.high, number.whole) == (2, 4, True)  # 1.5 to 4.5


def test_portions_that_lead_to_one_whole_number_lie_where_it_does():
    found = found_in(programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 3}})
    milestones = found["programmes.care.milestones"]
    portions = (0.0, 0.3, 0.4, 0.6, 0.7, 1.0)
    assert [milestones.place_of(milestones.at(each)) for each in portions] == [0, 0, 0.5, 0.5, 1, 1]
    value = found["programmes.care.value"]
    assert value.place_of(value.at(0.3)) == pytest.approx(0.3)


def test_of_uncertain_shares_the_one_with_the_widest_range_follows():
    found = found_in(programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}}})
    assert [found[f"programmes.care.shares.{each}"].is_varied for each in "ab"] == [False, True]
    assert found["programmes.care.shares.a"].follows


def test_a_cost_ranges_from_the_larger_to_the_smaller():
    found = found_in(programmes={"care": {"saves": {"a": 5, "b": -2}}})
    assert (found["programmes.care.saves.b"].low, found["programmes.care.saves.b"].high) == (-3, -1)


def test_nothing_stays_nothing_and_a_number_left_out_counts_at_its_default():
    found = found_in(programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "domain": "it"}})
    assert not found["programmes.care.set_up_cost"].is_varied
    skill, benefit = found["organisations.a.skills.it"], found["programmes.care.benefit"]
    assert (skill.value, skill.low, skill.high, skill.status) == (0.5, 0.25, 0.75, "default")
    assert (benefit.value, benefit.status) == (1, "default")


def test_choices_definitions_and_observations_are_not_guesses():
    found = found_in(
        target=3.0,
        plan={"2020-04": 20.0},
        levers={"coaching": {"strength": 0.5, "ramp": 6, "cost": 0.2}},
        observed={"gap": {"2020-06": 19.0}},
        parameters={"opening_trust": 0.3},
    )
    assert "levers.coaching.cost" in found
    tops = {name.split(".")[0] for name in found}
    assert tops == {"do_nothing", "organisations", "contracts", "programmes", "levers"}
    assert not any("strength" in name or "ramp" in name or "reach" in name for name in found)


def test_a_share_that_follows_from_sourced_ones_stays():
    sourced = {"value": 0.4, "source": "agreed"}
    found = found_in(programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": sourced}}})
    assert not found["programmes.care.shares.a"].is_varied
    assert "programmes.care.shares.b" not in found


@pytest.mark.parametrize("name", SHIPPED)
def test_each_has_a_place_where_it_is_found(name):
    from simulation.scenario.loading import load_scenario
    from tests.places import SCENARIOS

    for each in find_own_numbers(load_scenario(SCENARIOS / name)):
        assert each.found_in
        assert each.low <= each.value <= each.high
