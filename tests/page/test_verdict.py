"""The page counts, grades and words a verdict on two choices as Python does."""

from itertools import permutations
from random import Random
from typing import Any

import numpy as np
import pytest

from simulation.analysis.bands import Floats
from simulation.analysis.grades import Grade
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import THRESHOLD, PairVerdict, Verdict, verdict
from simulation.analysis.verdict_words import (
    central_sentence,
    pair_headline,
    pair_sentence,
    standing_headline,
    sure_words,
)
from simulation.execution.assumptions import sample_assumptions
from simulation.model.run import run_designs, run_ensemble
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from tests.analysis.test_verdict import case, comparison
from tests.page.node import HERE, call, needs_node
from tests.places import SCENARIOS, SHIPPED

pytestmark = [pytest.mark.parity, needs_node]

LABELS = ("what is set here", "the place as it stands")
SIZES = ((256, 1024, 64), (1, 2, 7, 20, 99, 100, 128, 500))


def gaps(chance: Random) -> tuple[Floats, Floats, Floats, Floats]:
    """Gaps of two choices over points and over replicates: any advantage, many ties, some exactly at the threshold."""
    rng = np.random.default_rng(chance.getrandbits(32))
    points, replicates = (chance.choice(each) for each in SIZES)
    advantage, spread = chance.choice([0.0, 0.5, 1.5, 3.0, 9.0, -2.0, -9.0]), chance.choice([0.0, 0.4, 2.0, 8.0])
    turned = chance.choice([1.0, 1.0, 1.0, -1.0, 0.0])
    central = _pair(rng, replicates, turned * advantage, spread)
    return *_pair(rng, points, advantage, spread), *central


def _pair(rng: np.random.Generator, size: int, advantage: float, spread: float) -> tuple[Floats, Floats]:
    second = rng.normal(60, 20, size)
    first = second - advantage - spread * rng.normal(size=size)
    alike, exact = rng.random(size) < rng.choice([0, 0.2, 0.9]), rng.random(size) < 0.1
    first[alike] = second[alike]
    second[exact] = np.round(second[exact])
    first[exact] = second[exact] + rng.choice([-1.0, 1.0], exact.sum())
    return first, second


def judged(first: Floats, second: Floats, central: tuple[Floats, Floats]) -> tuple[Verdict, PairVerdict]:
    """Python's verdict on the same cases, one at each point."""
    both = comparison(
        case(LABELS[1], central[1], second[:, np.newaxis]),
        case(LABELS[0], central[0], first[:, np.newaxis]),
    )
    found = verdict(both, Measure.GAP)
    assert found is not None
    return found, found.between(*LABELS)


def in_python(first: Floats, second: Floats, central: tuple[Floats, Floats]) -> dict[str, Any]:
    """The verdict and every text about it."""
    found, pair = judged(first, second, central)
    medians = float(np.median(central[0])), float(np.median(central[1]))
    gains = central[1] - central[0]
    counts = int((gains > THRESHOLD).sum()), int((abs(gains) <= THRESHOLD).sum()), int((gains < -THRESHOLD).sum())
    return {
        "pair": {
            "first": pair.first,
            "second": pair.second,
            "shares": {name: each._asdict() for name, each in pair.shares._asdict().items()},
            **{name: getattr(pair, name) for name in ("median", "low", "high", "central", "cases", "threshold")},
            "centralSide": pair.central_side,
        },
        "grade": str(pair.grade),
        "headline": pair_headline(pair),
        "sentence": pair_sentence(pair),
        "full": pair_sentence(pair, medians),
        "central": central_sentence(*LABELS, medians, counts, THRESHOLD),
        "sure": sure_words(found),
        "standing": standing_headline(medians[0]),
    }


def test_verdicts_are_those_of_python_in_numbers_and_words():
    chance = Random(1)
    cases = [gaps(chance) for _ in range(2_200)]
    assert grades_in(compare(cases)) == {str(grade) for grade in Grade}


def test_verdicts_on_real_runs_are_those_of_python():
    names = [name for name in SHIPPED if name.startswith("mid-south-essex")]
    runs = [real_gaps(load_scenario(SCENARIOS / name)) for name in names]
    cases = [(one[0], other[0], one[1], other[1]) for one, other in permutations(runs, 2)]
    assert len(grades_in(compare(cases))) > 2


def real_gaps(subject: Scenario) -> tuple[Floats, Floats]:
    """Gaps in the last month at 128 points, one replicate each, and of 64 replicates at the central assumptions."""
    rows = sample_assumptions(128, seed=1)
    varied = run_designs(rows, replicates=1, points=range(128), seed=1, place=subject)
    return np.array([each["gap"][0, -1] for each in varied]), run_ensemble(subject, replicates=64, seed=1)["gap"][:, -1]


def grades_in(found: list[dict[str, Any]]) -> set[str]:
    """The grades that appear."""
    return {each["grade"] for each in found}


def compare(cases: list[tuple[Floats, Floats, Floats, Floats]]) -> list[dict[str, Any]]:
    """Return what the page says on each case; it must say what Python says."""
    found = call(
        HERE / "words_given.mjs",
        [
            ("given", *LABELS, {"first": one, "second": other}, {"first": own, "second": others})
            for one, other, own, others in cases
        ],
    )
    for (one, other, own, others), each in zip(cases, found, strict=True):
        assert each == in_python(one, other, (own, others))
    return found


AT_SET = "at the assumptions that are set"


@pytest.mark.parametrize(
    ("here", "there", "said", "held"),
    [
        ({}, {}, "if our central assumptions hold", ""),
        ({"loss_ratio": 1}, {}, AT_SET, "Of 40 assumptions 1 is held and not drawn; with variant A 0."),
        ({}, {"loss_ratio": 1, "bias": 0}, AT_SET, "40 assumptions 0 are held and not drawn; with variant A 2."),
        ({"bias": 0}, {"bias": 0}, AT_SET, "Of 40 assumptions 1 is held and not drawn."),
    ],
)  # fmt: skip
def test_what_is_left_is_said_to_be_at_the_assumptions_that_are_set_where_some_were_moved(here, there, said, held):
    names = ["loss_ratio", "bias", *(f"p{each}" for each in range(38))]
    place = {"parameters": [{"name": name, "held": False} for name in names]}

    def results(gap, moved):
        return {
            "settings": {"levers": {}, "parameters": moved, "never_moves": [], "events": [], "removed_events": []},
            "isCertain": False,
            "last": {"chance": [gap] * 9, "varied": [gap] * 64},
        }

    (answer,) = call("words.js", [["answerOf", results(5, here), results(9, there), "A", place]])
    assert f"What is set here leaves £5m {said}, variant A £9m" in answer["verdict"]
    assert answer["verdict"].endswith(held)
    assert ("held" in answer["verdict"]) is bool(held)
