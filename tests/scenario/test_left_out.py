"""Numbers that are left out although their default is hardly typical are named, one line for each kind."""

import pytest

from simulation.scenario.left_out import find_left_out
from simulation.scenario.loading import load_scenario
from tests.scenario.scenario_files import Write
from tests.scenario.test_oddities import PLAUSIBLE

pytestmark = pytest.mark.unit


def left_out_after(write: Write, *changes: tuple[str, str]) -> list[str]:
    """Return the warnings about what is left out of the plausible scenario after parts of its text are replaced."""
    text = PLAUSIBLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return list(find_left_out(load_scenario(write(text))))


def test_nothing_is_said_of_a_scenario_that_gives_all(write: Write) -> None:
    assert left_out_after(write) == []


def test_a_number_that_is_given_is_not_left_out_even_if_it_is_that_of_the_default(write: Write) -> None:
    assert left_out_after(write, ("set_up_cost: 1", "set_up_cost: 0"), ("milestones: 3", "milestones: 1")) == []


LEFT_OUT = [
    (
        ("milestones: 3, ", ""),
        "programmes: 2 of 2 have no milestones (frailty, surgery): 1 is taken; 3 to 8 are typical",
    ),
    (
        ("surgery: {milestones: 3, set_up_cost: 1,", "surgery: {milestones: 3,"),
        "programmes: 1 of 2 has no set-up cost (surgery): 0 is taken;"
        " a fifth to all of what a programme saves in a year is typical",
    ),
    (
        ("income: 310, efficiency_pool: 1", "income: 310"),
        "organisations: 1 of 3 has no efficiency_pool (btuh): 0 is taken for own savings;"
        " about 5% of income is typical",
    ),
    (
        (", skills: {frailty: 0.6}", ""),
        "organisations: no skills are given: 0.5 is taken for every skill; 0.35 to 0.75 is typical",
    ),
    (
        ("skills: {frailty: 0.6}", "skills: {analytics: 0.9}"),
        "organisations: no skills in the programmes' fields are given: 0.5 is taken for each of them;"
        " 0.35 to 0.75 is typical",
    ),
    (
        ("domain: frailty, ", ""),
        "programmes: no field of skill (domain) is given: 0.5 is taken for every skill; 0.35 to 0.75 is typical",
    ),
]


@pytest.mark.parametrize(("change", "said"), LEFT_OUT)
def test_what_is_left_out_is_said_once_for_each_kind(write: Write, change: tuple[str, str], said: str) -> None:
    assert left_out_after(write, change) == [said]


def test_skills_matter_more_where_a_lever_lets_skill_decide(write: Write) -> None:
    (said,) = left_out_after(write, ("domain: frailty, ", ""), ("coaching", "lead_by_skill"))
    assert "for every skill, and lead_by_skill chooses among equals;" in said
    unused = (("domain: frailty, ", ""), ("coaching: {strength: 0.5", "lead_by_skill: {strength: 0"))
    assert "lead_by_skill" not in left_out_after(write, *unused)[0]


def test_one_that_has_no_part_of_the_gap_needs_no_savings_of_its_own(write: Write) -> None:
    changes = (("{role: ", "{deficit_share: 1, role: "), ("income: 310, efficiency_pool: 1", "income: 310"))
    assert len(left_out_after(write, *changes)) == 1
    assert left_out_after(write, *changes, ("btuh: {deficit_share: 1", "btuh: {deficit_share: 0")) == []


def test_of_many_the_first_are_named(write: Write) -> None:
    more = "".join(f"  p{each}: {{value: 1, shares: {{meht: 1, ccg: 0}}, set_up_cost: 0}}\n" for each in range(9))
    (said,) = left_out_after(write, ("levers:", f"{more}levers:"))
    assert said.startswith("programmes: 9 of 11 have no milestones (p0, p1, p2, p3, p4 and 4 others): 1 is taken")
