"""The guesses that matter, in places where the answer is known by how they were made."""

import pytest

from simulation import run_ensemble
from simulation.execution.what_matters import DRAWS, WhatMatters, count_replicates, find_what_matters
from simulation.parameters import TABLE
from tests.places import fixed, month_after, place, scenario

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def found() -> WhatMatters:
    """A place where all are population-first throughout and one programme is worth much more.

    A third opens after the last month, so that none of its numbers can matter.
    """
    programmes = {
        "large": {"value": 30.0, "shares": {"a": 0.5, "b": 0.5}},
        "small": {"value": 1.0, "shares": {"a": 0.5, "b": 0.5}},
        "late": {"value": 30.0, "shares": {"a": 0.5, "b": 0.5}, "from": month_after(40)},
    }
    subject = place(
        months=36,
        programmes=programmes,
        contracts={},
        do_nothing={"2020-04": 60.0},
        events=fixed({"a": "open", "b": "open"}),
    )
    return find_what_matters(scenario(subject), points=160, seed=3)


def by_name(found: WhatMatters) -> dict[str, float]:
    return {each.number.where: each.worth for each in found.numbers}


def test_the_number_that_dominates_by_construction_comes_first(found):
    first, second = found.numbers[0], found.numbers[1]
    assert first.number.where == "do_nothing.2020-04"
    assert first.worth == pytest.approx(60, abs=2)  # £1m more before any savings is £1m more after them
    assert second.number.where == "programmes.large.value"
    assert -30 < second.worth < -10  # all of it on paper is £30m; 0.45 to 0.85 of that is saved where all own it
    assert first.is_clear
    assert second.is_clear


def test_a_number_that_cannot_matter_is_not_distinguishable_from_nothing(found):
    late = [each for each in found.numbers if each.number.where.startswith("programmes.late")]
    assert late
    assert not any(each.is_clear for each in late)
    assert max(abs(each.worth) for each in late) < found.floor


def test_an_assumption_that_no_rule_reads_in_the_place_has_no_worth(found):
    """The place has no lever and no contract, and each organisation's stance is fixed."""
    names = {each.number.where.removeprefix("parameters.") for each in found.parameters}
    assert {"coaching_effect", "instruction_months", "contract_saving"} <= {*found.unread}
    assert "owned_realisation" in names
    assert not names & {*found.unread}
    assert names | {*found.unread} == {row.name for row in TABLE}


def test_the_effect_of_a_lever_that_acts_has_a_worth():
    levers = {"coaching": {"strength": 1.0}}
    found = find_what_matters(scenario(place(levers=levers)), points=80, seed=3)
    names = {each.number.where for each in found.parameters}
    assert "parameters.coaching_effect" in names
    assert "coaching_effect" not in found.unread
    assert "goal_effect" in found.unread


def test_numbers_that_are_alike_by_construction_cannot_be_distinguished(found):
    names = [each.number.where for each in found.numbers]
    first, second = names.index("do_nothing.2020-04"), names.index("programmes.large.value")
    none = [names.index(f"programmes.late.{field}") for field in ("value", "benefit")]
    assert found.can_distinguish(first, second)
    assert found.can_distinguish(second, first)
    assert found.can_distinguish(second, none[0])
    assert not found.can_distinguish(*none)


def test_parameters_are_listed_apart(found):
    assert all(each.number.where.startswith("parameters.") for each in found.parameters)
    assert not any(each.number.where.startswith("parameters.") for each in found.numbers)
    first = found.parameters[0].number
    assert first.where == "parameters.owned_realisation"
    assert first.found_in == ""


def test_straight_lines_explain_most_where_little_else_happens(found):
    assert found.explained > 0.9
    assert not found.has_levers


def test_with_levers_the_result_is_what_they_take_off_the_gap():
    subject = scenario(place(levers={"coaching": {"strength": 1.0, "cost": 0.1}}))
    found = find_what_matters(subject, points=40)
    assert found.has_levers
    assert count_replicates(subject, 40) == 2 * 40 * DRAWS
    gap_before = by_name(found)["do_nothing.2020-04"]
    assert abs(gap_before) < 5  # it raises the gap with levers and without alike


def test_the_engines_agree():
    subject = scenario(place(months=4))
    mesa, compiled = (find_what_matters(subject, points=20, engine=engine) for engine in ("mesa", "compiled"))
    assert mesa.numbers == compiled.numbers


def test_a_parameter_with_a_range_of_its_own_keeps_to_it():
    own = {"value": 0.4, "low": 0.38, "high": 0.45, "source": "a survey"}
    found = find_what_matters(scenario(place(months=3, parameters={"opening_trust": own})), points=20)
    (number,) = [each.number for each in found.parameters if each.number.where == "parameters.opening_trust"]
    assert (number.low, number.high) == (0.38, 0.45)


def test_a_place_without_guesses_is_refused():
    def sourced(number: float) -> dict[str, object]:
        return {"value": number, "source": "accounts"}

    organisations = {
        name: {"role": role, "income": sourced(100.0), "deficit_share": sourced(1.0)}
        for name, role in (("a", "commissioner"), ("b", "provider"))
    }
    subject = place(
        organisations=organisations,
        contracts={"deal": {"commissioner": "a", "provider": "b", "amount": sourced(50.0)}},
        programmes={},
        do_nothing={"2020-04": sourced(5.0)},
    )
    with pytest.raises(ValueError, match="no uncertain number of its own"):
        find_what_matters(scenario(subject), points=20)


def test_costs_are_not_among_the_numbers_since_they_move_no_gap():
    """Neither the gap nor the pressure of a month depends on a cost; positions do."""
    programme = {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}}
    cheap, dear = (
        scenario(
            place(
                levers={"coaching": {"strength": 1.0, "cost": cost}},
                programmes={"care": programme | {"set_up_cost": cost}},
            )
        )
        for cost in (0.1, 9.0)
    )
    found = find_what_matters(cheap, points=40)
    assert not [each.number.where for each in found.numbers if "cost" in each.number.where]
    one, other = (run_ensemble(each, replicates=20, seed=1) for each in (cheap, dear))
    assert (one["gap"] == other["gap"]).all()
    assert (one["pressure"] == other["pressure"]).all()
    assert (one["cumulative_position"] != other["cumulative_position"]).any()
