"""Numbers that a file leaves out: none of them hides, and those of a kind share a line."""

import pytest

from simulation.scenario.defaults import DefaultKind, full_register, kinds_at_default, numbers_at_default
from simulation.scenario.loading import load_scenario
from simulation.scenario.register import Entry, assumptions_register
from tests.places import month_after, place, scenario
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit


def kinds(write: Write, text: str = VALID) -> dict[str, DefaultKind]:
    found = kinds_at_default(numbers_at_default(load_scenario(write(text))))
    return {kind.words: kind for kind in found}


def test_each_kind_that_is_left_out_has_one_line_with_its_count_and_default(write: Write) -> None:
    found = {words: kind.value for words, kind in kinds(write).items()}
    assert found == {
        "parts of the gap of 3 organisations": "300 to 310",
        "own savings of 3 organisations": 0,
        "benefit of 2 programmes": 1,
        "milestones of 2 programmes": 1,
        "set-up cost of 2 programmes": 0,
        "people reached of 2 programmes": 0,
        "target": 0,
        "levers.coaching.ramp": 1,
        "levers.coaching.cost": 0,
    }


def test_a_line_says_where_it_is_left_out(write: Write) -> None:
    found = kinds(write)["milestones of 2 programmes"]
    assert found == DefaultKind(
        "programmes.*.milestones", "milestones of 2 programmes", 1, "milestones", "left out: frailty, surgery"
    )


def test_the_settings_of_one_lever_are_not_counted_as_levers() -> None:
    steps = [{"strength": 0.5, "until": month_after(3)}, {"strength": 1.0, "from": month_after(3)}]
    found = kinds_at_default(numbers_at_default(scenario(place(levers={"coaching": steps}))))
    said = {each.where: each.words for each in found if each.where.startswith("levers")}
    assert said["levers.*.cost"] == "cost of 2 settings of levers"


def test_skills_are_counted_by_number_and_by_organisation(write: Write) -> None:
    text = VALID.replace("{value: 3, shares: {meht: 0.4", "{domain: home, value: 3, shares: {meht: 0.4").replace(
        "{value: 3, shares: {meht: 0.5", "{domain: theatre, value: 3, shares: {meht: 0.5"
    )
    assert kinds(write, text)["4 skills of 3 organisations"].value == 0.5


def test_what_the_file_gives_is_not_among_them(write: Write) -> None:
    text = VALID.replace("{strength: 0.5}", "{strength: 0.5, cost: 0, ramp: 1}") + "target: 0\n"
    assert not {"target", "levers.coaching.cost", "levers.coaching.ramp"} & kinds(write, text).keys()


def test_the_full_register_has_each_of_them_beside_the_assumed(write: Write) -> None:
    place = load_scenario(write(VALID))
    register = full_register(place)
    assert len(register) == len(assumptions_register(place)) + len(numbers_at_default(place))
    statuses = list(dict.fromkeys(entry.status for entry in register))
    assert statuses[:2] == ["assumed", "default"]
    assert Entry("programmes.frailty.milestones", 1, "milestones", None, "default") in register
    assert len({entry.where for entry in register}) == len(register)
