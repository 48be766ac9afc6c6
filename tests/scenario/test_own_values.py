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
def test_the_share_with_the_widest_range_makes_up_for_the_others():
    assert shares_with({"a": 0.5, "b": 0.3, "c": 0.2}, b=0.4) == pytest.approx({"a": 0.4, "b": 0.4, "c": 0.2})
    assert shares_with({"a": 0.5, "b": 0.3, "c": 0.2}, b=0.4, c=0.1) == pytest.approx({"a": 0.5, "b": 0.4, "c": 0.1})


@pytest.mark.unit
def test_a_negative_share_is_made_up_for_too():
    assert shares_with({"a": 1.2, "b": -0.3, "c": 0.1}, b=-0.2) == pytest.approx({"a": 1.1, "b": -0.2, "c": 0.1})


PART = 0.15 / 0.35
"""a follows and may go down by 0.15: of the 0.35 that b, c and d would gain together, it has so much to give."""
FOUR, GAINS = {"a": 0.3, "b": 0.3, "c": 0.2, "d": 0.2}, {"b": 0.15, "c": 0.1, "d": 0.1}


@pytest.mark.unit
def test_shares_go_only_so_far_as_each_stays_within_its_range():
    found = shares_with(FOUR, **{name: FOUR[name] + gain for name, gain in GAINS.items()})
    assert found == pytest.approx({"a": 0.15, **{name: FOUR[name] + PART * gain for name, gain in GAINS.items()}})


@pytest.mark.unit
def test_what_is_used_is_told_apart_from_what_is_drawn():
    organisations = {name: {"role": "commissioner", "income": 100.0} for name in FOUR}
    programmes = {"care": {"value": 6.0, "shares": FOUR}}
    subject = scenario(place(organisations=organisations, contracts={}, programmes=programmes))
    numbers = [each for each in find_own_numbers(subject) if each.is_varied and "shares" in each.path]
    used = OwnValues(subject, numbers).used([FOUR[str(each.path[-1])] + GAINS[str(each.path[-1])] for each in numbers])
    assert used == pytest.approx([FOUR[name] + PART * gain for name, gain in GAINS.items()])


@pytest.mark.unit
def test_a_share_of_nothing_stays_nothing():
    assert shares_with({"a": 0.6, "b": 0.4, "c": 0.0}, b=0.5) == pytest.approx({"a": 0.5, "b": 0.5, "c": 0})


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
