"""A place with other values for its own uncertain numbers still holds together."""

from math import fsum
from random import Random

import pytest

from simulation.scenario.checks import find_contradictions
from simulation.scenario.loading import load_scenario
from simulation.scenario.own_numbers import find_own_numbers
from simulation.scenario.own_values import OwnValues
from simulation.scenario.schema import Scenario
from tests.places import SCENARIOS, SHIPPED, place, random_place, scenario, written


def set_in(subject: Scenario, **values: float) -> Scenario:
    """Return a place with some numbers set, by the end of their names; the others stay as they are."""
    numbers = [each for each in find_own_numbers(subject) if each.is_varied]
    given = [values.get(str(each.path[-1]), each.value) for each in numbers]
    return OwnValues(subject, numbers).at(given)


def shares_with(shares: dict[str, float], **values: float) -> dict[str, float]:
    organisations = {name: {"role": "commissioner", "income": 100.0} for name in shares}
    subject = place(organisations=organisations, contracts={}, programmes={"care": {"value": 6.0, "shares": shares}})
    return dict(set_in(scenario(subject), **values).programmes["care"].shares or {})


@pytest.mark.unit
def test_what_one_share_gains_is_taken_from_the_others_by_their_sizes():
    # 0.2 more for a: 0.3 / (0.3 + 0.2) of it, 0.12, from b, and 0.08 from c
    assert shares_with({"a": 0.5, "b": 0.3, "c": 0.2}, a=0.7) == pytest.approx({"a": 0.7, "b": 0.18, "c": 0.12})


@pytest.mark.unit
def test_a_negative_share_gives_by_its_size_too():
    # 0.16 less for a: 0.3 / (0.3 + 0.1) of it, 0.12, to b, and 0.04 to c
    assert shares_with({"a": 1.2, "b": -0.3, "c": 0.1}, a=1.04) == pytest.approx({"a": 1.04, "b": -0.18, "c": 0.14})


@pytest.mark.unit
def test_shares_go_only_so_far_as_each_stays_within_its_range():
    # b may go from -0.45 to -0.15: half of the way to 0; and c from 0.05 to 0.15
    assert shares_with({"a": 1.2, "b": -0.3, "c": 0.1}, a=0.8) == pytest.approx({"a": 1.0, "b": -0.15, "c": 0.15})


@pytest.mark.property
def test_a_share_with_a_range_stays_within_it_whatever_the_others_do():
    narrow = {"value": 0.1, "low": 0.09, "high": 0.11, "source": "business case"}
    subject = scenario(place(programmes={"care": {"value": 6.0, "shares": {"a": narrow, "b": 0.9}}}))
    numbers = [each for each in find_own_numbers(subject) if each.is_varied]
    random = Random(1)
    places = OwnValues(subject, numbers)
    for _ in range(200):
        shares = places.at([each.at(random.random()) for each in numbers]).programmes["care"].shares
        assert 0.09 <= shares["a"] <= 0.11
        assert fsum(shares.values()) == pytest.approx(1)


@pytest.mark.unit
def test_changes_of_several_shares_add_up():
    # a gains 0.1 (0.06 from b, 0.04 from c); b gains 0.1 (5/7 of it from a, 2/7 from c)
    found = shares_with({"a": 0.5, "b": 0.3, "c": 0.2}, a=0.6, b=0.4)
    assert found == pytest.approx({"a": 0.6 - 0.1 * 5 / 7, "b": 0.34, "c": 0.16 - 0.1 * 2 / 7})


@pytest.mark.unit
def test_a_share_of_nothing_stays_nothing():
    assert shares_with({"a": 0.6, "b": 0.4, "c": 0.0}, a=0.8) == pytest.approx({"a": 0.8, "b": 0.2, "c": 0})


@pytest.mark.unit
def test_savings_that_would_no_longer_be_savings_go_only_part_of_the_way():
    subject = scenario(place(programmes={"care": {"saves": {"a": 5.0, "b": -4.0}}}))
    numbers = [each for each in find_own_numbers(subject) if str(each.path[-2]) == "saves"]
    saves = OwnValues(subject, numbers).at([2.5, -6.0]).programmes["care"].saves
    assert saves == pytest.approx({"a": 4.84375, "b": -4.125})  # a sixteenth of the way


@pytest.mark.unit
@pytest.mark.parametrize("name", SHIPPED)
def test_at_its_own_values_a_place_is_itself(name):
    subject = load_scenario(SCENARIOS / name)
    numbers = [each for each in find_own_numbers(subject) if each.status != "default" and each.is_varied]
    same = OwnValues(subject, numbers).at([each.value for each in numbers])
    assert same.net_incomes() == subject.net_incomes()
    assert same.deficit_shares() == subject.deficit_shares()
    for each, programme in subject.programmes.items():
        assert same.programmes[each].paper_value == programme.paper_value
        assert same.programmes[each].cost_shares() == pytest.approx(programme.cost_shares())
    assert same.levers == subject.levers


@pytest.mark.property
@pytest.mark.parametrize("seed", range(60))
def test_anywhere_within_the_ranges_a_place_is_a_valid_file(seed):
    subject = scenario(random_place(seed))
    chance = Random(seed)
    numbers = [each for each in find_own_numbers(subject) if each.is_varied]
    ends = [chance.choice((each.low, each.high)) for each in numbers]
    changed = written(OwnValues(subject, numbers).at(ends))
    assert list(find_contradictions(changed)) == []
    again = Scenario.model_validate(changed)
    for name, programme in subject.programmes.items():
        if programme.shares is not None:
            shares = again.programmes[name].shares or {}
            assert fsum(shares.values()) == pytest.approx(fsum(programme.shares.values()))
