"""Cards say what the scenario says: each figure by hand, each organisation once, and nobody's guilt."""

import re
from dataclasses import astuple
from itertools import pairwise

import pytest

from simulation.formatting import capital, pounds
from simulation.levers import Lever
from simulation.scenario.loading import load_scenario
from simulation.scenario.paths import lever_costs
from simulation.scenario.replicate_systems import replicate_systems
from simulation.workshop.cards import MOST_ROLES, MOST_ROWS, QUESTIONS, lever_cards, role_cards
from simulation.workshop.script import build_guesses, build_script
from tests.places import SCENARIOS, SHIPPED, place, scenario

pytestmark = pytest.mark.unit


def role_of(subject, name):
    (card,) = (card for card in role_cards(subject) if card.name == name)
    return card


def test_what_two_organisations_gain_by_a_programme_is_the_sum_in_the_file():
    """Of £6m the hospital saves 5.4 and gives up 3 of income by tariff; the commissioner saves 0.6 and keeps the 3."""
    two = load_scenario(SCENARIOS / "two-trusts.yaml")
    hospital, commissioner = role_of(two, "The hospital"), role_of(two, "The commissioner")
    title = "Care at home in place of a hospital bed"
    assert [tuple(row) for row in hospital.sections[0].rows] == [(title, "£6m", "+£2.4m")]
    assert [tuple(row) for row in commissioner.sections[0].rows] == [(title, "£6m", "+£3.6m")]
    assert (hospital.role, hospital.income) == ("Provider, acute", "Income £100m a year")
    assert (commissioner.role, commissioner.income) == ("Commissioner", "Income £150m a year")


def test_a_card_claims_no_more_of_the_evidence_than_the_table_of_levers():
    """Published work speaks to direction or size of an effect; the size that the model takes is judgement of all."""
    place = load_scenario(SCENARIOS / "two-trusts.yaml")
    for lever, card in zip(Lever, lever_cards(place), strict=True):
        assert ("judgement" in card.status) == (lever.status == "evidence")
        assert "has been measured" not in card.status
        if lever.status == "evidence":
            assert lever.evidence.endswith("; size is judgement")


def test_each_side_of_a_contract_sees_the_other_and_how_it_pays():
    two = load_scenario(SCENARIOS / "two-trusts.yaml")
    paid, pays = role_of(two, "The hospital").sections[1], role_of(two, "The commissioner").sections[1]
    assert (paid.head, [tuple(row) for row in paid.rows]) == (
        "You are paid by, a year",
        [("The commissioner", "tariff", "£100m")],
    )
    assert (pays.head, [tuple(row) for row in pays.rows]) == (
        "You pay, a year",
        [("The hospital", "tariff", "£100m")],
    )
    assert pays.note == "Tariff: paid by activity; the commissioner carries the risk."


def test_one_who_bears_cost_sees_a_loss_and_one_without_programmes_or_contracts_reads_so():
    plain = place()
    plain["organisations"]["c"] = {"role": "provider", "income": 5.0, "deficit_share": 0}
    plain["programmes"]["care"]["shares"] = {"a": 1.25, "b": -0.25}
    subject = scenario(plain)
    assert role_of(subject, "b").sections[0].rows[0].amount == pounds(-1.5)
    assert [section.head for section in role_of(subject, "c").sections] == [
        "You take part in no programme",
        "You have no contract",
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_gains_of_all_organisations_add_up_to_the_value_of_each_programme(name):
    subject = load_scenario(SCENARIOS / name)
    together = {}
    for card in role_cards(subject):
        for row in card.sections[0].rows:
            amount = float(re.sub("[£m+\N{WORD JOINER}]", "", row.amount).replace("\N{MINUS SIGN}", "-"))
            together[row.name] = together.get(row.name, 0.0) + amount
    values = {entry.title: entry.paper_value for entry in subject.programmes.values()}
    assert together == pytest.approx(values, abs=0.06 * len(subject.organisations))


@pytest.mark.parametrize("name", SHIPPED)
def test_each_lever_and_each_organisation_has_a_card(name):
    subject = load_scenario(SCENARIOS / name)
    assert [card.label for card in lever_cards(subject)] == [lever.label for lever in Lever]
    assert [card.name for card in role_cards(subject)] == [each.name for each in subject.organisations.values()]


def test_a_lever_has_its_typical_cost_unless_the_place_gives_one():
    levers = {
        "coaching": {"strength": 1, "cost": 1.6},
        "celebration": [{"strength": 1, "cost": 0.2}, {"strength": 0.5, "cost": 2, "from": "2020-08"}],
        "gain_share": {"strength": 1, "cost": 0},
        "menu_framing": {"strength": 1},
    }
    cards = {card.label: card for card in lever_cards(scenario(place(levers=levers)))}
    assert cards["Coaching"].cost == "£1.6m a year at full strength, as its file has it."
    assert cards["Celebration"].cost == (
        "£0.2m to £2.2m a year, by month, with its 2 settings at full strength, as its file has it."
    )
    assert cards["Gain share"].cost == "Nothing is charged, as its file has it."
    menu = cards["Menu of contributions"]
    assert (menu.cost_head, menu.cost) == ("Typical cost", f"{Lever.MENU_FRAMING.typical_cost}.")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([{"only": ["a"]}, {"only": ["b"]}], "£0.4m a year with its 2 settings at full strength, as its file has it."),
        (
            [{"until": "2020-06"}, {"from": "2020-06"}],
            "£0.2m a year with its 2 settings at full strength, as its file has it.",
        ),
        ([{}, {"from": "2090-01"}], "£0.2m a year at full strength, as its file has it."),
        ([{"from": "2090-01"}], f"{capital(Lever.COACHING.typical_cost)}."),
    ],
)
def test_the_cost_of_a_lever_is_of_all_its_settings_that_act_together(settings, said):
    """As the model adds them; settings that follow each other, or never act, are not added."""
    subject = scenario(place(levers={"coaching": [{"strength": 1, "cost": 0.2, **each} for each in settings]}))
    (card,) = (each for each in lever_cards(subject) if each.label == "Coaching")
    assert card.cost == said
    charged = lever_costs(subject)
    if charged.any():
        assert card.cost.startswith(f"{pounds(charged.max())} a year")


def test_of_many_organisations_those_of_most_income_have_a_card_in_the_order_of_the_file():
    plain = place()
    for number in range(40):
        plain["organisations"][f"p{number}"] = {"role": "provider", "income": 1.0 + number, "deficit_share": 1}
    names = [card.name for card in role_cards(scenario(plain))]
    assert names == ["a", "b", *(f"p{number}" for number in range(18, 40))]
    assert len(names) == MOST_ROLES
    assert f"The {MOST_ROLES} organisations with the largest incomes, of 42," in build_script(scenario(plain)).before[1]


def test_of_many_programmes_the_smallest_are_added_up():
    plain = place()
    plain["programmes"] = {
        f"p{number}": {"value": 10.0 + number, "shares": {"a": 1, "b": 0}} for number in range(MOST_ROWS + 3)
    }
    rows = role_of(scenario(plain), "a").sections[0].rows
    assert len(rows) == MOST_ROWS + 1
    assert tuple(rows[0]) == ("p22", "£32m", "+£32m")
    assert tuple(rows[-1]) == ("and 3 more", "£33m", "+£33m")


def test_a_large_place_has_cards():
    many = replicate_systems(load_scenario(SCENARIOS / "mid-south-essex.yaml"), 42, title="Many")
    assert len(role_cards(many)) == MOST_ROLES


def test_the_pages_name_the_place_its_gap_and_its_months():
    subject = load_scenario(SCENARIOS / "two-trusts.yaml")
    script, guesses = build_script(subject), build_guesses(subject)
    assert script.title == guesses.title == subject.title
    assert script.gap == (
        "2 organisations, 100,000 people, 24 months from April 2024. Before any savings the gap is £10m a year in "
        "April 2024 and £10m in March 2026. The target is £5m."
    )
    assert guesses.questions[0][1].startswith("How much of the gap is still open in March 2026, with no joint action")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"strength": 0}, "with no joint action"),
        ({"strength": 1, "from": "2099-01"}, "with no joint action"),
        ({"strength": 0.1}, "with the levers already in use"),
    ],
)
def test_the_sheet_of_guesses_names_levers_that_act_within_the_run(setting, words):
    guesses = build_guesses(scenario(place(levers={"coaching": setting})))
    assert f", {words}, " in guesses.questions[0][1]


def test_the_ninety_minutes_are_ninety_without_a_gap():
    spans = [tuple(map(int, part.minutes.split("–"))) for part in build_script(scenario(place())).parts]
    assert spans[0][0] == 0
    assert spans[-1][1] == 90
    assert all(one[1] == other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_role_card_says_nothing_of_trust_guilt_or_what_will_happen(name):
    words = " ".join(str(astuple(card)) for card in role_cards(load_scenario(SCENARIOS / name))).lower()
    assert re.findall(r"\b(?:deficit|blame|held up|holds? out|trusted|forecast|will)\b", words) == []
    assert QUESTIONS == ("What does this mean for my organisation?", "What could I contribute for the population?")
