"""Wherever the page puts a lever's setting into words, it says when the setting ends, and that there are several."""

import pytest

from simulation.page.place_data import place_data
from simulation.scenario.schema import Scenario
from tests.page.made import DAY
from tests.page.node import call, needs_node
from tests.places import SCENARIOS, place, scenario

pytestmark = [pytest.mark.unit, needs_node]

NOTHING = {"levers": {}, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}
SHORT = {"strength": 0.5, "from": "2015-12", "until": "2016-03", "cost": 1}
LATER = {"strength": 0.25, "from": "2016-05", "cost": 1}
SAID = "to the end of February 2016"
CASES = {
    "one that ends": (SHORT, f"0.5, from December 2015 {SAID}"),
    "to the last month": ({**SHORT, "until": "2016-12"}, "0.5, from December 2015"),
    "beyond the run": ({**SHORT, "until": "2030-01"}, "0.5, from December 2015"),
    "two": ([SHORT, LATER], f"0.5, from December 2015 {SAID}; 0.25, from May 2016"),
    "one that is not in use": ([SHORT, {"strength": 0}], f"0.5, from December 2015 {SAID}"),
}


def subject(coaching: object) -> Scenario:
    """A place of twelve months, December 2015 to November 2016, that uses coaching."""
    return scenario(place(months=12, start="2015-12", levers={"coaching": coaching}))


def data(coaching: object):
    return place_data(subject(coaching), SCENARIOS / "place.yaml", date=DAY)


@pytest.mark.parametrize("name", CASES)
def test_the_words_of_a_lever_say_its_end_and_each_of_its_settings(name):
    coaching, words = CASES[name]
    calls = [
        ("usesWords", data(coaching), NOTHING, "coaching"),
        ("beyondRowWords", data(coaching), NOTHING, "coaching"),
    ]
    said, beyond = call("lever_words.js", calls)
    assert said == words
    several = "2 settings in the file: " if name == "two" else ""
    assert beyond == (f"{several}{words}." if SAID in words else "")


@pytest.mark.parametrize("name", CASES)
def test_the_story_says_until_when_a_lever_is_in_use(name):
    (step,) = call("story_steps.js", [("gapStep", data(CASES[name][0]))])
    end = f" {SAID}" if name in {"one that ends", "one that is not in use"} else ""
    assert step["before"][1].endswith(f"1 lever is in use: Coaching{end}.")


def test_a_lever_that_was_moved_says_what_became_of_its_end():
    moved = {
        "kept": {"strength": 1},
        "removed": {"strength": 1, "until": None},
        "passed": {"strength": 1, "from": 4},
        "not in use": {"strength": 0},
        "on none": {"strength": 1, "only": []},
    }
    settings = [NOTHING | {"levers": {"coaching": each}} for each in moved.values()]
    one = call("changes.js", [("changesOf", data(SHORT), each) for each in settings])
    assert [each[0]["words"] for each in one] == [
        f"Coaching: 1, from December 2015 {SAID}",
        "Coaching: 1, from December 2015; to the end of the run",
        "Coaching: 1, from April 2016; to the end of the run",
        "Coaching: not in use",
        "Coaching: not in use; acts on none",
    ]
    (two,) = call("changes.js", [("changesOf", data([SHORT, LATER]), settings[0])])
    assert two[0]["words"] == f"Coaching: 1, from December 2015 {SAID}; in place of 2 settings in the file"


def test_an_address_says_the_end_and_is_read_as_it_was_written():
    for coaching, moved, words in (
        (SHORT, {"strength": 1}, "coaching:1@2015-12~2016-03"),
        (SHORT, {"strength": 1, "until": None}, "coaching:1@2015-12~"),
        (LATER, {"strength": 1}, "coaching:1@2016-05"),
    ):
        settings = NOTHING | {"levers": {"coaching": moved}}
        (text,) = call("settings_text.js", [("settingsText", data(coaching), settings)])
        assert text == words
        (read,) = call("settings_text.js", [("settingsFromText", data(coaching), text)])
        uses = call(
            "settings.js", [("leverUses", data(coaching), each, "coaching") for each in (settings, read["settings"])]
        )
        assert read["problems"] == []
        assert uses[0] == uses[1]
