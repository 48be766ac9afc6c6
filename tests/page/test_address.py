"""Everything that people set is in the address, and what of an address cannot be used is said in words."""

import random
from itertools import pairwise
from typing import Any

import pytest

from simulation.known_names import closest
from simulation.page.place_data import place_data
from simulation.scenario.loading import load_scenario
from tests.page.node import HERE, call, needs_node
from tests.page.random_settings import random_settings
from tests.places import SCENARIOS

pytestmark = [pytest.mark.unit, needs_node]

LONGEST = 2000


@pytest.fixture(scope="module")
def place() -> dict[str, Any]:
    path = SCENARIOS / "mid-south-essex-as-it-happened.yaml"
    return place_data(load_scenario(path), path, date="2026-11-28")


def moved(place: dict[str, Any], seed: int) -> dict[str, Any]:
    """Settings as people can make them: an assumption that is put back where it was is not moved."""
    settings = random_settings(place, seed)
    values = {row["name"]: row["value"] for row in place["parameters"]}
    parameters = {name: value for name, value in settings["parameters"].items() if value != values[name]}
    return settings | {"parameters": parameters}


def test_what_is_suggested_is_what_python_suggests(place):
    known = [each["name"] for each in (*place["levers"], *place["parameters"])] + ["ABA", "aab", "été"]
    draw = random.Random(16)
    words = [misspelt(draw, draw.choice(known)) for _ in range(1000)] + ["", "x", "aba", "ab", "AAB"]
    suggested = call("likeness.js", [["closest", word, known] for word in words])
    assert suggested == [closest(word, known) for word in words]
    assert 300 < sum(each is not None for each in suggested) < 1000


def misspelt(draw: random.Random, word: str) -> str:
    """Return a word with up to nine letters dropped, doubled, swapped or changed."""
    letters = list(word)
    for _ in range(draw.randint(0, 9)):
        at = draw.randrange(len(letters) + 1)
        letters[at : at + draw.randint(0, 2)] = draw.choice(["", "a", "_", "e", *pairwise(word)])
    return "".join(letters)


def run(function: str, place: dict[str, Any], cases: list[Any]) -> list[Any]:
    return call(HERE / "address_given.mjs", [[function, place, case] for case in cases])


def test_an_address_keeps_settings_and_variants_however_many_are_set(place):
    states = [
        {
            "settings": moved(place, seed),
            "variants": [{"name": "A", "settings": moved(place, 1000 + seed)}] if seed % 2 else [],
            "against": "A" if seed % 4 == 1 else "file",
            "budget": seed / 8 if seed % 2 else None,
            "month": seed % len(place["months"]) if seed % 3 else None,
            "pictures": ["trust", "money"] if seed % 5 else ["questions", "gains"],
            "step": seed % 7 - 1 if seed % 7 else None,
            "guesses": "1:120&x=é," if seed % 3 == 0 else "",
        }
        for seed in range(200)
    ]
    kept = run("kept", place, states)
    assert not [problem for each in kept for problem in each["problems"]]
    for state, each in zip(states, kept, strict=True):
        assert len(each["address"]) < LONGEST
        assert [sorted(text.splitlines()) for text in each["after"]] == [
            sorted(text.splitlines()) for text in each["before"]
        ]
        for name in ("against", "budget", "month", "pictures", "step", "guesses"):
            assert each["state"][name] == state[name], name


def test_an_address_stays_short_when_everything_is_set(place):
    levers = {
        each["name"]: {"strength": 0.35, "from": 7, "ramp": 5, "cost": 1.25, "only": each["ids"][1::2]}
        for each in place["levers"]
    }
    parameters = {
        each["name"]: (each["least"] + each["value"]) / 2
        for each in place["parameters"]
        if not each["whole"] and each["value"] > each["least"]
    }
    settings = {
        "levers": levers,
        "parameters": parameters,
        "never_moves": [],
        "events": [],
        "removed_events": [],
    }
    variants = [{"name": name, "settings": settings} for name in "ABC"]
    (each,) = run("kept", place, [{"settings": settings, "variants": variants}])
    assert len(each["address"]) < LONGEST
    assert each["problems"] == []
    assert sorted(each["after"][0].splitlines()) == sorted(each["before"][0].splitlines())


def test_nothing_set_leaves_the_address_empty(place):
    (each,) = run("kept", place, [{}])
    assert each["address"] == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("set=coaching:2", "“coaching:2”: must be from 0 to 1"),
        (
            "set=choaching:0.5",
            "“choaching:0.5”: there is no such lever, assumption or event here (did you mean “coaching”?)",
        ),
        ("set=mystery:0.5", "“mystery:0.5”: there is no such lever, assumption or event here"),
        ("set=nevr:mehb", "“nevr:mehb”: there is no such lever, assumption or event here (did you mean “never”?)"),
        ("set=never:meth", "“never:meth”: there is no organisation “meth” here (did you mean “meht”?)"),
        ("pictues=gains,plan", "“pictues=gains,plan” is nothing that this page knows (did you mean “pictures”?)"),
        ("set=coaching:0.5@1999-01", "“coaching:0.5@1999-01”: 1999-01 is outside the months of this place"),
        ("set=coaching:0.5@soon", "“coaching:0.5@soon”: a month must be written as 2016-03"),
        ("set=opening_trust:", "“opening_trust:”: a number is missing"),
        ("set=coaching:NaN", "“coaching:NaN”: it is not a number"),
        ("set=coaching:Infinity", "“coaching:Infinity”: it is not a number"),
        ("set=coaching:0x1", "“coaching:0x1”: it is not a number"),
        ("set=coaching:1e999", "“coaching:1e999”: must be from 0 to 1"),
        (f"set=coaching:{'9' * 500}", f"“coaching:{'9' * 51}”: must be from 0 to 1"),
        ("set=coaching:<b>1</b>", "“coaching:<b>1</b>”: it is not a number"),
        ("set=__proto__:1", "“__proto__:1”: there is no such lever, assumption or event here"),
        ("set=constructor:2016-03", "“constructor:2016-03”: there is no such lever, assumption or event here"),
        ("against=__proto__", "“against=__proto__” is nothing that this page knows"),
        ("budget=-1", "“budget=-1” is nothing that this page knows"),
        ("budget=1e9", "“budget=1e9” is nothing that this page knows"),
        ("budget=", "“budget=” is nothing that this page knows"),
        ("month=NaN", "“month=NaN” is nothing that this page knows"),
        ("set=never:nobody", "“never:nobody”: there is no organisation “nobody” here"),
        ("A=coaching:2", "Variant A: “coaching:2”: must be from 0 to 1"),
        ("against=B", "Variant B was not kept, so the place as it stands is compared with"),
        ("pictures=gap,moon", "“pictures=gap,moon” is nothing that this page knows"),
        ("<script>", "“<script>” is nothing that this page knows"),
        ("set=%E0%A4%A", "“%E0%A4%A”: there is no such lever, assumption or event here"),
        ("set=cost:2016-05:-10", "“cost:2016-05:-10”: must be from 0 to 1000000"),
        ("set=grip:2016-05:1:", "“grip:2016-05:1:”: it must act on at least one organisation"),
        ("set=never:%E0%A4%A", "“never:%E0%A4%A”: it is not written as an address is"),
        (
            "place=two-trusts",
            "The address was made with the place “two-trusts”; this is “mid-south-essex-as-it-happened”",
        ),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_used(place, address, words):
    (read,) = run(
        "read",
        place,
        [f"#{address}&set=gain_share:0.3"] if not address.startswith("set=") else [f"#{address},gain_share:0.3"],
    )
    assert words in read["problems"]
    assert read["state"]["settings"]["levers"]["gain_share"]["strength"] == 0.3


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "set=coaching:1&set=gain_share:0.3",
            "“set=gain_share:0.3” is not used, because “set” is given before it too",
        ),
        ("set=coaching:1,coaching:0.2", "“coaching:0.2”: “coaching” is given before it too, and that is used"),
        ("set=coaching:1,LEVER:0.2", "“LEVER:0.2”: “coaching” is given before it too, and that is used"),
        (
            "set=coaching:1,opening_trust:0.3,opening_trust:0.5",
            "“opening_trust:0.5”: “opening_trust” is given before it too, and that is used",
        ),
        (
            "set=coaching:1&A=gain_share:1&A=gain_share:0.1",
            "“A=gain_share:0.1” is not used, because “A” is given before it too",
        ),
        (
            "set=coaching:1&A=gain_share:1,gain_share:0.1",
            "Variant A: “gain_share:0.1”: “gain_share” is given before it too, and that is used",
        ),
        ("set=coaching:1&budget=1&budget=2", "“budget=2” is not used, because “budget” is given before it too"),
        ("set=coaching:1,gain_share:0.3;ramp=2;ramp=3", "“gain_share:0.3;ramp=2;ramp=3”: “ramp” is given twice"),
        (
            "set=coaching:1,gain_share:0.3@2016-03@2016-05",
            "“gain_share:0.3@2016-03@2016-05”: “@” is given twice",
        ),
    ],
)
def test_what_is_given_twice_is_said_and_the_first_is_used(place, address, words):
    number = next(index for index, each in enumerate(place["levers"], 1) if each["name"] == "coaching")
    (read,) = run("read", place, [address.replace("LEVER", f"l{number}")])
    assert read["problems"] == [words.replace("LEVER", f"l{number}")]
    state = read["state"]
    assert {name: each["strength"] for name, each in state["settings"]["levers"].items()} == {"coaching": 1}
    assert [each["settings"]["levers"]["gain_share"]["strength"] for each in state["variants"]] in ([], [1])
    assert state["settings"]["parameters"].get("opening_trust", 0.3) == 0.3
    assert state["budget"] in (None, 1)


def test_what_cannot_be_used_does_not_stand_in_the_way_of_what_can(place):
    (read,) = run("read", place, ["set=coaching:2,coaching:0.7&budget=-1&budget=3"])
    assert read["problems"] == ["“coaching:2”: must be from 0 to 1", "“budget=-1” is nothing that this page knows"]
    assert (read["state"]["settings"]["levers"]["coaching"]["strength"], read["state"]["budget"]) == (0.7, 3)


def test_what_may_be_given_several_times_is_all_used(place):
    one, other = (each["id"] for each in place["organisations"][:2])
    (read,) = run("read", place, [f"set=never:{one},never:{other},cost:2016-03:1,cost:2016-03:1"])
    assert read["problems"] == []
    assert (len(read["state"]["settings"]["never_moves"]), len(read["state"]["settings"]["events"])) == (2, 2)
