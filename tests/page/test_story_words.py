"""The words of the story and the guesses that it keeps, without a browser."""

from pathlib import Path

import pytest

from simulation.charts.text.trust_words import class_of, hundredths
from simulation.formatting import two_decimals
from simulation.model.rules import reflection
from simulation.page.place_data import place_data
from simulation.scenario.loading import load_scenario
from tests.page.node import call, needs_node

SCENARIOS = Path(__file__).parents[2] / "scenarios"

pytestmark = [pytest.mark.unit, needs_node]


def data_of(name):
    path = SCENARIOS / f"{name}.yaml"
    scenario = load_scenario(path)
    data = place_data(scenario, path, date="2026-11-28")
    return scenario, data


@pytest.mark.parametrize(
    ("typed", "amounts", "problems"),
    [
        ("120 90", [120, 90], []),
        ("£1,200m; 80, −5.5", [1200, 80, -5.5], []),
        ("120,90", [120, 90], []),
        ("60;70", [60, 70], []),
        ("0.125", [0.125], []),
        ("90,100", [], ["“90,100” can be read in two ways: write 90100 or 90 100."]),
        (
            "60, abc, 1.000",
            [60],
            ["“abc” is not an amount.", "“1.000” can be read in two ways: write 1000 or 1."],
        ),
        ("120000000 £5m", [5], ["“120000000” is too large: amounts are in £m a year."]),
        ("7 " * 42, [7] * 40, ["The first 40 guesses count; 2 more are left out."]),
        (" ;, ", [], []),
        ("", [], []),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, amounts, problems):
    assert call("guesses.js", [["amountsOf", typed]]) == [{"amounts": amounts, "problems": problems}]


def test_guesses_come_back_from_the_address_and_nothing_else_does():
    guesses = {"0": "120,90.5", "2": "falls", "3": "menu_framing"}
    (text,) = call("guesses.js", [["guessesText", guesses]])
    back, odd = call("guesses.js", [["guessesFrom", text], ["guessesFrom", "1:<b>;9:3;2:both;x"]])
    assert (back, odd) == (guesses, {"1": "both"})


def test_the_rooms_guesses_are_said_by_their_middle_and_spread():
    one, some, none = call("guesses.js", [["guessWords", [90]], ["guessWords", [90, 120, 140]], ["guessWords", []]])
    assert one == "Your guess was £90m."
    assert "3 guesses was £120m" in some
    assert some.endswith("All of them lay within £90m to £140m.")
    (room,) = call("guesses.js", [["guessWords", [10, 20, 30, 40, 50, 60, 70, 80]]])
    assert room.endswith("At least half of them lay within £30m to £60m, and all within £10m to £80m.")
    assert none == "Nobody guessed."


@pytest.mark.parametrize("name", ["mid-south-essex", "mid-south-essex-partnership", "two-trusts"])
def test_the_words_say_which_levers_are_in_use(name):
    scenario, data = data_of(name)
    gap, lever = call("story_steps.js", [["gapStep", data], ["leverStep", data]])
    said = " ".join(gap["before"])
    assert ("no lever is in use" in said) == (not scenario.levers)
    assert ("Nothing else is done" in lever["before"][0]) == (not scenario.levers)


@pytest.mark.parametrize(
    ("opening", "closing", "said"),
    [
        (10, 12, "spend £10m a year more than they have. Before any savings that gap is £12m in"),
        (-5, -3, "have £5m a year more than they spend. Before any savings that surplus is £3m in"),
        (-5, 8, "have £5m a year more than they spend. Before any savings there is a gap of £8m a year in"),
        (4, -1, "spend £4m a year more than they have. Before any savings there is a surplus of £1m a year in"),
        (0, 6, "spend as much as they have. Before any savings there is a gap of £6m a year in"),
        (0, 0, "spend as much as they have. Before any savings there is neither a gap nor a surplus in"),
    ],
)
def test_a_surplus_is_not_said_to_be_an_overspend_below_nothing(opening, closing, said):
    _, data = data_of("two-trusts")
    months = len(data["months"])
    path = [opening + (closing - opening) * month / (months - 1) for month in range(months)]
    data = {**data, "events": [], "paths": {**data["paths"], "do_nothing": path}}
    (step,) = call("story_steps.js", [["gapStep", data]])
    assert f"Together they {said} March 2026." in step["before"][0]
    assert "\N{MINUS SIGN}" not in step["before"][0]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (5, "The plan leaves £5m open."),
        (0, "The plan leaves nothing open."),
        (-2, "The plan reaches a surplus of £2m."),
    ],
)
def test_a_plan_for_a_surplus_leaves_nothing_open(left, said):
    _, data = data_of("two-trusts")
    data = {**data, "paths": {**data["paths"], "plan": [left for _ in data["months"]]}}
    (step,) = call("story_steps.js", [["gapStep", data]])
    assert step["before"][1].startswith(said)


@pytest.mark.parametrize(("is_contract", "about"), [(False, "programme"), (True, "contract")])
def test_the_second_step_is_named_by_what_the_two_meet_about(is_contract, about):
    sides = [{"name": name, "share": 0.5} for name in "ab"]
    meeting = {"title": "Care", "value": 6, "participants": 2, "isContract": is_contract, "sides": sides}
    (step,) = call("story_steps.js", [["meetingStep", meeting]])
    assert step["title"] == f"Two organisations and one {about}"


def test_a_gap_that_is_closed_is_not_said_to_be_open():
    left, over = call(
        "story_answers.js",
        [["gapAnswer", [], {"last": {"chance": [each]}, "replicates": 1}] for each in (2.0, -2.0)],
    )
    assert left == "Nobody guessed. What happens: £2m is still open."
    assert over == "Nobody guessed. Nothing of the gap is left, with £2m to spare."


@pytest.mark.parametrize(
    ("last", "said"), [(0.13, "It wears down"), (0.41, "It stays much the same"), (0.7, "It grows")]
)
def test_trust_is_compared_with_what_it_was_before_the_first_month(last, said):
    """Breaches of the first month take all trust; some of it comes back."""
    overall = dict.fromkeys(("median", "low50", "high50", "low90", "high90"), [0.0] * 23 + [last])
    results = {"trust": {"opening": [0.3, 0.5], "overall": overall}, "replicates": 9, "settings": None}
    (answer,) = call("story_answers.js", [["trustAnswer", None, results]])
    assert answer.endswith(f"{said}. On average over all relationships it goes from 0.40 at the start to {last:.2f}.")
    _, place = data_of("two-trusts")
    (picture,) = call("picture_trust_months.js", [["drawTrustMonths", results, place, {"width": 640}]])
    assert "from 0.40 at the start to" in picture["headline"]
    assert [row[1] for row in picture["table"]["rows"]] == [0.4, *overall["median"]]


def test_levers_that_act_in_full_already_are_neither_added_nor_summed():
    _, data = data_of("mid-south-essex-partnership-full")
    gap, lever, together = call(
        "story_steps.js", [["gapStep", data], ["leverStep", data], ["togetherStep", data, None]]
    )
    assert "10 levers are in use" in gap["before"][1]
    assert lever["before"][0].startswith("One lever alone can be added here: Instruction from above")
    assert lever["question"] == together["question"] == ""
    assert together["shows"] is False


def test_a_place_whose_levers_have_nothing_to_act_on_asks_for_none():
    _, data = data_of("two-trusts")
    data = {**data, "levers": [{**each, "acts_on": [], "ids": []} for each in data["levers"]]}
    lever, together = call("story_steps.js", [["leverStep", data], ["togetherStep", data, None]])
    assert (lever["question"], lever["shows"]) == ("", False)
    assert "nothing to use together" in together["before"][0]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        # 2 × 0.4/0.6, 2 × 0.25/0.75 and 2 × 0.7/0.3: losses move trust by 2gt, gains by g(1 − t)
        ({}, "2 times as large a part of the way down to 0. Where trust is 0.40, the bad one takes 1.33 times as"),
        ({"opening_trust": 0.25}, "Where trust is 0.25, the bad one takes 0.67 times as much as the good one adds."),
        ({"opening_trust": 0.7}, "Where trust is 0.70, the bad one takes 4.67 times as much as the good one adds."),
        ({"opening_trust": 1.0}, "2 times as large a part of the way down to 0. As the shortfall grows"),
        ({"loss_ratio": 1.0}, "a bad one of the same weight as large a part of the way down to 0."),
        ({"loss_ratio": 0.0}, "Here a bad event takes no trust away."),
        ({}, "is not answered concedes something, and learns not to do it again."),
        ({"meeting": 0.0}, "concedes something, but trusts the others no less for it here."),
        ({"loss_ratio": 0.0}, "concedes something, but trusts the others no less for it here. Here a bad event"),
        ({"exposure": 0.0}, "is not answered concedes nothing here, but trusts the others less."),
        ({"exposure": 0.0, "trust_gain": 0.0}, "concedes nothing here, and trusts the others no less."),
        ({}, "As the shortfall grows, so does the pressure to look after one’s own."),
        ({"grip_response": 0.0}, "Here the pressure to look after one’s own does not grow with the shortfall."),
        ({"accountability_pressure": 0.0}, "Here the pressure to look after one’s own does not grow with"),
        (
            {"trust_rule": 1.0},
            "A bad event takes 2 times as much trust as a good one of the same weight adds at the same",
        ),
    ],
)
def test_the_third_step_says_what_the_rules_do_at_the_assumptions_of_the_file(parameters, said):
    _, data = data_of("two-trusts")
    for each in data["parameters"]:
        each["value"] = parameters.get(each["name"], each["default"])
    (step,) = call("story_steps.js", [["trustStep", data]])
    assert said in step["before"][0]


@pytest.mark.parametrize(("effect", "except_where"), [(1.0, ", except where the regulator"), (0.4, ".")])
def test_pressure_does_not_grow_where_it_is_taken_away(effect, except_where):
    _, data = data_of("mid-south-essex-partnership-full")
    for each in data["parameters"]:
        each["value"] = effect if each["name"] == "acknowledgement_effect" else each["default"]
    (step,) = call("story_steps.js", [["trustStep", data]])
    assert f"so does the pressure to look after one’s own{except_where}" in step["before"][0]


@pytest.mark.parametrize(
    ("trust", "confirmatory", "times"), [(0.4, False, 4 / 3), (0.25, False, 2 / 3), (0.7, True, 2)]
)
def test_what_is_said_of_losses_is_what_the_rule_does(trust, confirmatory, times):
    risen = reflection.trust_after_events(trust, 0.08, 0.0, confirmatory)
    fallen = reflection.trust_after_events(trust, 0.0, reflection.trust_loss(0.08, 2.0), confirmatory)
    assert (trust - fallen) / (risen - trust) == pytest.approx(times)


ANSWERS = [["grows", "It grows"], ["same", "It stays much the same"], ["falls", "It wears down"]]


def test_votes_come_back_from_the_address_and_nothing_else_does():
    votes = {"falls": 12, "grows": 1}
    (text,) = call("guesses.js", [["keptVotes", votes]])
    odd = "falls.3,nothing.2,grows.x,same.1.1,__proto__"
    assert call("guesses.js", [["votesIn", text, ANSWERS], ["votesIn", odd, ANSWERS]]) == [votes, {"falls": 3}]


def test_votes_are_said_with_most_first_and_one_is_taken_back():
    votes = {"grows": 1, "falls": 3}
    many, one, none = call(
        "guesses.js",
        [["votesWords", votes, ANSWERS], ["votesWords", {"same": 1}, ANSWERS], ["votesWords", {}, ANSWERS]],
    )
    assert many == "4 guesses: 3 for “It wears down” and 1 for “It grows”."
    assert one == "Your guess was “It stays much the same”."
    assert none == ""
    assert call("guesses.js", [["withVote", votes, "grows", -1], ["favourites", votes]]) == [{"falls": 3}, ["falls"]]


def closed_by(*means, spread=0.0):
    """What levers close in four runs, around each mean."""
    runs = [-spread, spread, -spread, spread]
    return [
        {
            "lever": {"label": f"Lever {number}"},
            "mean": mean,
            "differences": [mean + each * (-1) ** number for each in runs],
        }
        for number, mean in enumerate(means, start=1)
    ]


def test_a_lever_closes_most_only_if_that_is_more_than_chance_and_a_million():
    clear, near, chance, none, only, worse = call(
        "story_levers.js",
        [
            ["mostWords", closed_by(20, 30, 10)],
            ["mostWords", closed_by(20, 20.5, 10)],
            ["mostWords", closed_by(20, 22, spread=9.0)],
            ["mostWords", closed_by(0.2, -5)],
            ["mostWords", closed_by(20)],
            ["mostWords", closed_by(-5)],
        ],
    )
    assert clear == "Lever 2 closes most, £30m a year on average."
    assert near == "Lever 2 closes most, £20m a year on average, but not clearly £1m more than Lever 1."
    assert chance == "Lever 2 closes most, £22m a year on average, but not clearly £1m more than Lever 1."
    assert none == "No lever by itself closes £1m a year or more on average."
    assert only == "Lever 1 closes £20m a year on average."
    assert worse == "Lever 1 leaves £5m a year more open on average."


def test_in_a_small_place_nothing_is_called_about_the_same_that_differs_by_more_than_a_tenth():
    words = call("story_levers.js", [["togetherWords", *each] for each in ((1.5, 0.63), (4.9, 2.1), (2.0, 2.1))])
    assert words == [
        "That is within £1m a year of what they add up to.",
        "That is more than they add up to: they need each other.",
        "That is about what they add up to: each does its own part.",
    ]


def test_levers_of_which_one_undoes_the_other_are_not_said_to_do_nothing_one_by_one():
    """One closes £5m, another leaves £5m more open: their sum is nothing, but neither of them is."""
    said, nothing, *each = call(
        "story_levers.js",
        [
            ["togetherWords", 0.3, 0.0],
            ["isNothing", 0.3, 0.0],
            *(["closesWords", one] for one in closed_by(5, -5, 0.4)),
        ],
    )
    assert nothing
    assert said == "Together, and one by one added up, they make a difference of under £1m a year on average."
    assert each == [
        "Lever 1 closes £5m a year on average.",
        "Lever 2 leaves £5m a year more open on average.",
        "Lever 3 makes no clear difference, under £1m a year on average.",
    ]


@pytest.mark.parametrize(
    ("ramps", "words"),
    [([1, 1], ""), ([6, 6], ", built up over 6 months"), ([3, 6], ", built up over 3 to 6 months")],
)
def test_a_lever_that_is_built_up_is_not_said_to_act_in_full_from_the_first_month(ramps, words):
    levers = [{"uses": [], "typical": {"ramp": ramp}} for ramp in ramps]
    levers += [{"uses": [{"ramp": ramp}, {"ramp": ramp + 5}], "typical": {"ramp": 99}} for ramp in ramps]
    assert call("story_levers.js", [["rampWords", levers]]) == [words]


def test_step_four_says_over_how_many_months_the_lever_is_built_up():
    _, data = data_of("mid-south-essex-partnership")
    (step,) = call("story_steps.js", [["leverStep", data]])
    how = "at full strength wherever it can act, begun in December 2015, built up over 1 to 6 months"
    assert how in step["before"][0]


def test_a_mean_of_many_times_the_border_is_not_low_trust():
    borders = [sum([trust] * 1000) / 1000 for trust in (0.4, 0.6)]
    assert call("drawing_trust.js", [["classOf", each] for each in borders]) == [1, 2]


def test_trust_is_low_or_high_by_the_hundredths_that_are_written():
    """A cell that reads 60 is filled as one of 60, on the page and in the charts."""
    near = [0.3964, 0.3974, 0.5952, 0.5974, 0.5991, 0.3949, 0.3951, 0.5949, 0.5951, 0.395, 0.595]
    values = near + [each / 997 for each in range(998)]
    written = call("drawing_trust.js", [["hundredthsOf", each] for each in values])
    assert (
        written == [hundredths(each) for each in values] == [round(100 * float(two_decimals(each))) for each in values]
    )
    classes = [0 if each < 40 else 1 if each < 60 else 2 for each in written]
    assert call("drawing_trust.js", [["classOf", each] for each in values]) == classes
    assert [class_of(each) for each in values] == classes
    assert classes[:9] == [1, 1, 2, 2, 2, 0, 1, 1, 2]


@pytest.mark.parametrize(("fixed", "asks"), [(0, "my organisation"), (1, "our population")])
def test_a_stance_that_an_event_holds_is_said_to_be_held_whatever_the_trust(fixed, asks):
    """The first has trust enough and the second has not: an event decides for both."""
    sides = [
        {"name": name, "needed": needed, "trust": 0.5, "leans": bool(fixed), "fixed": fixed}
        for name, needed in (("A", 0.3), ("B", 0.7))
    ]
    (said,) = call("story_answers.js", [["meetingAnswer", {"sides": sides}, None]])
    assert ("Neither", "Both")[fixed] in said
    for name in "AB":
        assert f"An event of the file holds {name} to the question “{asks}”, whatever its trust." in said
    assert "needs trust" not in said
