"""The page's story: its meeting, its game and its guesses, held to what the model's rules give in Python."""

from functools import cache
from random import Random

import pytest

from simulation.model.draws import uniform
from simulation.model.rules import reflection, stance
from simulation.page.place_data import place_data
from simulation.scenario.loading import load_scenario
from tests.page.node import call_with_engine, needs_node
from tests.page.telling_meeting import telling_meeting
from tests.places import SCENARIOS, SHIPPED, place, random_place, scenario

pytestmark = [pytest.mark.parity, needs_node]

MADE_UP = range(60)


def without_turnover(subject):
    """The same place, whose leaders never change by chance."""
    return subject.model_copy(update={"parameters": subject.parameters.model_copy(update={"turnover": 0.0})})


@cache
@cache
def subjects():
    """The shipped scenarios and made-up places, most of them with levers already in use."""
    shipped = [load_scenario(SCENARIOS / name) for name in SHIPPED if "schema" not in name]
    return [without_turnover(each) for each in [*shipped, *(scenario(random_place(number)) for number in MADE_UP)]]


def data_of(subject):
    return place_data(subject, SCENARIOS / "place.yaml", date="2026-11-28")


@cache
def meetings():
    return call_with_engine("story_given.mjs", [("meeting", data_of(each)) for each in subjects()])


def test_the_meeting_is_the_one_that_the_agents_come_to():
    for number, (subject, found) in enumerate(zip(subjects(), meetings(), strict=True)):
        expected = telling_meeting(subject)
        if found is not None:
            for side in found["sides"]:
                assert side.pop("name")
        assert found == expected, number


def test_the_meetings_have_levers_in_use_and_none_at_all():
    assert sum(bool(each.levers) for each in subjects()) > 10
    assert any(each is None for each in [*meetings(), *call_with_engine("story_given.mjs", [("meeting", late())])])


def late():
    """A place in which nothing is on the table in the first month."""
    programme = {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4, "from": "2020-06"}
    return data_of(scenario(place(contracts={}, programmes={"care": programme})))


# The game: five rounds against each partner are those that the same rules give in Python.

GAMES = range(6)
PARTNERS = ("own", "ours", "copy", "model")


def person_in(number):
    """The questions of a person in five rounds, different in each game."""
    chance = Random(number)
    return [chance.randint(0, 1) for _ in range(5)]


def by_the_rules(subject, partner, person, number):
    """Five rounds by the model's rules; a partner of no such name is a fixed list of answers."""
    meeting, assumed = telling_meeting(subject), subject.resolve_parameters()
    sides = meeting["sides"]
    trust, rounds = [each["inOther"] for each in sides], []
    for played in range(5):
        asked = [person[played], answer_of(partner, rounds, (sides[1], trust[1], assumed), number)]
        worth = [
            stance.advantage(asked[1 - each], side["stakes"], side["orientation"], side["exposure"], side["pressure"])
            * meeting["value"]
            / meeting["participants"]
            * asked[each]
            for each, side in enumerate(sides)
        ]
        trust = [trust_after(trust[each], asked[each] == 1, asked[1 - each] == 1, assumed) for each in (0, 1)]
        rounds.append({"asked": asked, "worth": worth, "trust": trust})
    return {"opening": [each["inOther"] for each in sides], "rounds": rounds}


def answer_of(partner, rounds, view, number):
    side, trust, assumed = view
    if partner == "copy":
        return rounds[-1]["asked"][0] if rounds else 1
    if partner != "model":
        return int(partner == "ours")
    reciprocity = stance.expected_reciprocity(trust, trust, assumed.weakest_link)
    gain = stance.advantage(reciprocity, side["stakes"], side["orientation"], side["exposure"], side["pressure"])
    chance = stance.population_first_chance(assumed.decision_sharpness, gain)
    draw = uniform(1, number, side["o"], len(rounds), 1000)
    return stance.stance_taken(side["fixed"], draw, chance)


def trust_after(trust, mine, theirs, assumed):
    gain = reflection.meeting_gain(mine, theirs, assumed.meeting)
    loss = reflection.meeting_loss(mine, theirs, assumed.meeting, assumed.stalemate)
    rate = reflection.trust_loss(assumed.trust_gain, assumed.loss_ratio)
    return reflection.trust_after_events(
        trust,
        reflection.combined_effect(reflection.what_is_left(assumed.trust_gain, gain)),
        reflection.combined_effect(reflection.what_is_left(rate, loss)),
        reflection.is_confirmatory(assumed.trust_rule),
    )


@pytest.mark.parametrize("partner", PARTNERS)
def test_five_rounds_are_those_of_the_models_rules(partner):
    played = [(each, number) for each in subjects()[::4] if telling_meeting(each) for number in GAMES]
    calls = [("five", data_of(subject), partner, person_in(number), number) for subject, number in played]
    for (subject, number), found in zip(played, call_with_engine("story_given.mjs", calls), strict=True):
        assert found.pop("together") == sum(each["asked"] == [1, 1] for each in found["rounds"])
        found.pop("mean")
        assert found == by_the_rules(subject, partner, person_in(number), number)


def test_trust_grows_where_both_open_and_falls_in_the_one_who_does_not():
    subject = without_turnover(scenario(place()))
    calls = [("five", data_of(subject), partner, [1] * 5, 0) for partner in ("ours", "own")]
    together, alone = call_with_engine("story_given.mjs", calls)
    assert together["together"] == 5
    assert together["rounds"][-1]["trust"][0] > together["opening"][0]
    assert alone["rounds"][-1]["trust"][0] < alone["opening"][0]
    assert alone["mean"][0] < 0 < together["mean"][0]
    assert alone["mean"][1] == 0


def test_games_come_back_from_the_address_and_nothing_else_does():
    place_of = data_of(without_turnover(scenario(place())))
    kept, odd = (
        "people.11010.10110,own.11.00",
        "own.11.0,nobody.1.1,__proto__.1.1,copy.112.111,model..,ours.111111.111111",
    )
    played, none = call_with_engine("story_given.mjs", [("games", place_of, each) for each in (kept, odd)])
    assert played["kept"] == kept
    assert [each["asked"] for each in played["found"]["people"]["rounds"]] == [[1, 1], [1, 0], [0, 1], [1, 1], [0, 0]]
    assert (
        played["found"]["own"]["rounds"]
        == call_with_engine("story_given.mjs", [("five", place_of, "own", [1, 1, 0, 0, 0], 0)])[0]["rounds"][:2]
    )
    assert none == {"found": {}, "kept": ""}


def test_a_lever_in_full_is_never_weaker_than_the_file_already_has_it():
    calls = [("weakened", data_of(each)) for each in subjects()]
    assert call_with_engine("story_given.mjs", calls) == [[] for _ in calls]
