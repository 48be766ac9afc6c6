"""The lines below the headline say what the numbers rest on, and which assumptions were held."""

from base64 import b64encode
from copy import deepcopy

import numpy as np
import pytest

from simulation.model.portable.packed import pack_system
from simulation.model.system import build_system
from simulation.page.place_data import place_data
from simulation.parameters import TABLE
from tests.page.made import DAY
from tests.page.node import HERE, call, call_with_engine, needs_node
from tests.page.sample_results import samples
from tests.places import SCENARIOS, scenario
from tests.places import place as place_of

pytestmark = [pytest.mark.unit, needs_node]

NOTHING_SET = {"levers": {}, "parameters": {}, "never_moves": [], "events": [], "removed_events": []}


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ([], "; 2 assumptions held as in the file."),
        (["loss_ratio"], "; 1 assumption held where you put it; 2 assumptions held as in the file."),
        (["loss_ratio", "quorum"], "; 2 assumptions held where you put them; 1 assumption held as in the file."),
    ],
)
def test_what_the_numbers_rest_on_names_the_assumptions_that_the_file_holds(moved, words):
    parameters = {"quorum": 0.6, "opening_trust": 0.5}
    place = place_data(scenario(place_of(parameters=parameters)), SCENARIOS / "place.yaml", date=DAY)
    results = {"replicates": 256, "cases": 1024, "settings": {"parameters": dict.fromkeys(moved, 0.5)}}
    (said,) = call("words.js", [("sizeWords", place, results, "", False)])
    assert said == f"256 simulated runs and 1,024 sets of assumptions, within ±3 in 100{words}"


ALL, NOBODY = "Value saved where all own it", "Value saved where nobody owns it"


@pytest.mark.parametrize(
    ("moved", "own", "list_", "size", "held"),
    [
        (
            {"unowned_realisation": 0.9},
            {},
            [f"{NOBODY}: 0.9 (share of value); 0.75 is used, as much as “{ALL}”"],
            "; 1 assumption held at the value of another.",
            1,
        ),
        (
            {"owned_realisation": 0.5},
            {},
            [f"{ALL}: 0.5 (share of value); “{NOBODY}” is used as 0.5 too"],
            "; 1 assumption held where you put it; 1 assumption held at the value of another.",
            2,
        ),
        (
            {"owned_realisation": 0.5},
            {"unowned_realisation": 0.6},
            [f"{ALL}: 0.5 (share of value); “{NOBODY}” is used as 0.5 too"],
            "; 1 assumption held where you put it; 1 assumption held at the value of another.",
            2,
        ),
        (
            {"owned_realisation": 0.5, "unowned_realisation": 0.52},
            {},
            [
                f"{ALL}: 0.5 (share of value)",
                f"{NOBODY}: 0.52 (share of value); 0.5 is used, as much as “{ALL}”",
            ],
            "; 1 assumption held where you put it; 1 assumption held at the value of another.",
            2,
        ),
        (
            {"unowned_realisation": 0.75},
            {},
            [f"{NOBODY}: 0.75 (share of value)"],
            "; 1 assumption held where you put it.",
            1,
        ),
    ],
)  # fmt: skip
def test_two_assumptions_that_cross_are_said_as_they_are_used(moved, own, list_, size, held):
    """A milestone saves no more where nobody owns it than where all do: the runs use the smaller of the two."""
    place = _place(**own)
    settings = NOTHING_SET | {"parameters": moved}
    (changes,) = call("changes.js", [("changesOf", place, settings)])
    assert sorted(each["words"] for each in changes) == list_
    results = {"replicates": 256, "cases": 1024, "settings": settings}
    (said,) = call("words.js", [("sizeWords", place, results, "", False)])
    assert said.endswith(f"within ±3 in 100{size}")
    (count,) = call("results.js", [("heldCount", place, settings)])
    assert count == held


DRAW = HERE / "draw_all.js"
EVERYTHING = {row.name: row.default for row in TABLE} | {"trust_rule": "linear"}


def _results(**moved):
    gaps = np.linspace(1.0, 5.0, 1024)
    last = {"chance": gaps, "varied": gaps, "position": {"chance": gaps, "varied": gaps}}
    return {"replicates": 256, "cases": 1024, "settings": NOTHING_SET | {"parameters": moved}, "last": last}


def _place(**parameters):
    return place_data(scenario(place_of(parameters=parameters)), SCENARIOS / "place.yaml", date=DAY)


def test_a_file_that_sets_all_assumptions_has_one_set_of_them():
    """Nothing then counts 1,024 sets, or says that uncertain assumptions were allowed for."""
    place = _place(**EVERYTHING)
    calls = [("sizeWords", place, _results(), "", False), ("answerOf", _results(), _results(), "file", place)]
    size, answer = call("words.js", calls)
    assert size.startswith("256 simulated runs and 1,024 more with the same assumptions, within ±3 in 100; 41 ")
    assert "By chance alone, it leaves less" in answer["verdict"]
    assert answer["verdict"].endswith("All 41 assumptions are held and not drawn.")
    assert "sets of assumptions" not in f"{size}{answer}"
    assert "uncertain" not in answer["verdict"]


@pytest.mark.parametrize(
    ("moved", "held", "other"),
    [
        ({}, "2 are", ""),
        ({"loss_ratio": 1.0}, "3 are", "; with the place as it stands 2"),
        ({"quorum": 0.7}, "2 are", ""),
        (None, "", ""),
    ],
)
def test_the_verdict_says_how_many_assumptions_are_not_drawn(moved, held, other):
    """Those of the file and those that were moved, each once."""
    place = _place() if moved is None else _place(quorum=0.6, opening_trust=0.5)
    (answer,) = call("words.js", [("answerOf", _results(**(moved or {})), _results(), "file", place)])
    assert "Allowing for uncertain assumptions, it leaves less" in answer["verdict"]
    said = f"Of 41 assumptions {held} held and not drawn{other}."
    assert answer["verdict"].endswith(said) if held else "held" not in answer["verdict"]


@pytest.mark.parametrize(
    ("settings", "headline"),
    [
        ({}, "As it stands £3m is left"),
        ({"parameters": {"opening_trust": 0.55}}, "What is set here leaves £3m"),
        ({"levers": {"gain_share": {"strength": 1}}}, "What is set here leaves £3m"),
        ({"removed_events": [0]}, "What is set here leaves £3m"),
    ],
)
@pytest.mark.parametrize("isolated", [True, False], ids=["nothing to compare", "first sight"])
def test_a_headline_says_as_it_stands_only_where_nothing_is_set(settings, headline, isolated):
    """Compared with itself, or before sets of assumptions are drawn, what is set is not the place as it stands."""
    results = _results() | {"settings": NOTHING_SET | settings}
    results["last"] = results["last"] | {"varied": None}
    (answer,) = call("words.js", [("answerOf", results, None if isolated else _results(), "A", _place())])
    assert answer["headline"] == headline


def drawn(sample, index):
    """One picture of a sample: the gap, or the questions."""
    (pictures,) = call(DRAW, [("drawAll", sample["results"], sample["baseline"], sample["place"], {"width": 640})])
    return pictures[index]


@pytest.mark.parametrize("drawing", [0, 1], ids=["gap", "questions"])
def test_pictures_of_a_file_that_sets_all_assumptions_allow_for_none(drawing):
    """Dotted lines are then of more runs of the same, in the note, the labels, the text for readers and the table."""
    sample = deepcopy(samples()["tiny"])
    for each in ("results", "baseline"):
        sample[each]["isCertain"] = True
    certain, uncertain = drawn(sample, drawing), drawn(samples()["tiny"], drawing)
    assert certain["note"].endswith(
        "Within the dotted lines: 9 in 10 of 64 more runs with the same assumptions, which are all held."
    )
    assert "over more runs: " in certain["alt"]
    assert any(head.startswith("By chance, over more runs, low (9 in 10)") for head in certain["table"]["heads"])
    assert "uncertain" not in str(certain)
    assert "and assumptions" not in str(certain)
    assert "With assumptions" not in str(certain)
    assert uncertain["note"].endswith("9 in 10 of 64 cases, allowing for uncertain assumptions.")
    assert "and assumptions: " in uncertain["alt"]


@pytest.mark.parametrize(("parameters", "is_certain"), [(EVERYTHING, True), ({"quorum": 0.6}, False)])
def test_results_know_whether_their_assumptions_are_all_held(parameters, is_certain):
    """In what the page makes of real runs."""
    packed = pack_system(build_system(scenario(place_of(parameters=parameters))))
    block = b64encode(packed.block).decode()
    calls = [("given", _place(**parameters), packed.description, block, 4, 4)]
    (found,) = call_with_engine("results_given.mjs", calls)
    assert found["isCertain"] is is_certain
