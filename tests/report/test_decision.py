"""What a board asks, and what a paper answers: with the numbers of the analyses, or none where nothing is compared."""

import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

from simulation import run_comparison
from simulation.analysis.information import find_information, information_of
from simulation.analysis.information_words import information_headline
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import find_verdict
from simulation.charts.information import information_chart
from simulation.report.content import build_paper, charts_left_out
from simulation.report.decision import choice_words, chosen_label, closest_pair, decision_tables
from simulation.report.subject import subject_of
from simulation.results.comparison import Comparison
from simulation.results.search_record import SearchRecord
from tests.analysis.test_information import trust_decides
from tests.charts.conftest import PLACES
from tests.charts.test_leaving_least import case, comparison, hundred
from tests.places import scenario
from tests.report.conftest import paper_of

pytestmark = pytest.mark.unit

FOUND = {
    "Recommended": ["Option A (£1m). From April 2024 coaching.", "It closes £3m (£2m to £4m) a year."],
    "How sure is the choice": ["The three rules choose the same option."],
    "What waiting costs": [f"Lever {number}: each month of delay costs £{number}m." for number in (9, 8, 7, 6, 5)],
    "The options": ["Option A (£1m): from April 2024 coaching."],
    "What this rests on": ["24 candidates were run."],
}


@cache
def results() -> Comparison:
    """No lever, an order and a partnership, over the ranges of all assumptions."""
    choices = {
        "no joint action": PLACES["no joint action"],
        "option A (£1m)": PLACES["instruction"],
        "option B (£2m)": PLACES["partnership"],
    }
    scenarios = {name: scenario(each) for name, each in choices.items()}
    return run_comparison(scenarios, replicates=4, seed=1, supporting_runs=True)


def answers(comparison: Comparison) -> dict[str, str]:
    table, *_ = build_paper(comparison, with_charts=False).decision
    return dict(table.rows)


def searched() -> Comparison:
    record = SearchRecord(
        name="a", title="A", seed=1, model="", objectives=["gap"], candidates=24, is_exhaustive=True, points=16,
        recommended="A", options={}, rules={}, sections=[[head, *said] for head, said in FOUND.items()], scenarios={},
    )  # fmt: skip
    return replace(results(), search=record)


def test_the_answers_are_those_of_the_verdict():
    enough = comparison(case(0, 40, hundred([50])), case(1, 30, hundred([40])), case(2, 20, hundred([30, 39.5])))
    said, gap = answers(enough), find_verdict(enough, Measure.GAP)
    (chosen,) = gap.unbeaten
    assert said["What we would do"].lower().startswith(f"{chosen.lower()}: by the gap ")
    closest = closest_pair(gap, chosen)
    assert closest.second in said["How sure is that?"]
    count, of = map(int, re.search(r"in (\d+) of (\d+) cases", said["How sure is that?"]).groups())
    assert (count, of) == (round(closest.shares.better.share * closest.cases), closest.cases)


@pytest.mark.parametrize(
    ("by_gap", "by_position", "words"),
    [
        ("B", "B", "B: by the gap and by the place’s position over the run no other choice beats it."),
        ("AB", "BC", "B: by the gap and by the place’s position over the run no other choice beats it."),
        ("AB", "AB", "Choose among A and B by what the model leaves out: by the gap and by the place’s position over "),
        (
            "AB",
            "C",
            "Decide first what counts: by the gap A and B are beaten by no other, by the position over ",
        ),
        ("A", "", "The model gives no reason to prefer one: each choice is beaten by another, by the "),
        ("", "A", "The model gives no reason to prefer one: each choice is beaten by another, by the "),
        ("A", None, "A: by the gap no other choice beats it."),
    ],
)
def test_what_we_would_do_is_what_no_other_choice_beats_by_either_measure(by_gap, by_position, words):
    gap = SimpleNamespace(unbeaten=tuple(by_gap))
    position = {} if by_position is None else {Measure.POSITION: SimpleNamespace(unbeaten=tuple(by_position))}
    assert choice_words(SimpleNamespace(verdicts=position), gap).startswith(words)


def test_what_to_find_out_is_the_value_of_information():
    enough = trust_decides()
    said = dict(decision_tables(enough, subject_of(enough), find_information(enough))[0].rows)[
        "Should we find something out first?"
    ]
    assert said.startswith(f"{information_headline(find_information(enough))}. ")
    assert "trust each other now" in said
    assert find_information(results()) is None
    assert "Should we find something out first?" not in answers(results())


def test_a_paper_estimates_the_value_of_information_once(monkeypatch):
    estimated = []

    def counted_estimate(*given, **named):
        estimated.append(given)
        return information_of(*given, **named)

    monkeypatch.setattr(import_module("simulation.analysis.information"), "information_of", counted_estimate)
    enough = trust_decides()
    build_paper(enough, with_charts=False)
    assert len(estimated) == 1
    shown = information_chart(enough, found=information_of(*estimated[0]))
    assert len(estimated) == 1
    again = information_chart(enough)
    assert (shown.headline, shown.note, shown.alt) == (again.headline, again.note, again.alt)
    assert shown.data.equals(again.data)


def test_the_choice_that_comes_closest_is_beaten_least():
    gap = find_verdict(results(), Measure.GAP)
    for label in gap.labels:
        closest = closest_pair(gap, label)
        margins = [
            gap.between(label, other).shares.better.share - gap.between(label, other).shares.worse.share
            for other in gap.labels
            if other != label
        ]
        assert closest.first == label
        assert np.isclose(closest.shares.better.share - closest.shares.worse.share, min(margins))


def test_of_a_search_its_own_sentences_are_the_answers():
    said = answers(searched())
    assert said["What we would do"] == " ".join(FOUND["Recommended"])
    assert said["How sure is that?"] == "The three rules choose the same option."
    assert said["What does waiting cost?"].endswith("For 2 more it costs less, nothing, or saves.")
    assert "Lever 6" not in said["What does waiting cost?"]
    assert "What does it cost, and who pays?" not in said
    assert "option A (£1m)" in said.get("What would change our mind?", "option A (£1m)")
    answered, options = build_paper(searched(), with_charts=False).decision
    assert answered.note.startswith("24 candidates were run. ")
    assert options.rows == (("Option A (£1m)", "From April 2024 coaching."),)


def test_it_is_the_first_chapter_and_half_a_page():
    first = build_paper(searched(), with_charts=False).chapters[0]
    assert first.head == "What we would do, and what would change our mind"
    assert sum(len(cell) for row in answers(results()).items() for cell in row) < 2500


@pytest.mark.parametrize("kind", ["single", "grid", "sobol"])
def test_where_no_choices_are_compared_nothing_is_answered(kind):
    paper = paper_of(kind)
    assert paper.decision == ()
    assert paper.chapters[0].head != "What we would do, and what would change our mind"


@pytest.mark.parametrize(
    ("by_gap", "by_position", "label"),
    [
        ("B", "B", "B"),
        ("AB", "BC", "B"),
        ("AB", "AB", "detail"),
        ("A", "C", "A"),
        ("", "A", "detail"),
        ("A", None, "A"),
    ],
)
def test_how_sure_is_said_of_the_choice_that_we_would_take(by_gap, by_position, label):
    gap = SimpleNamespace(unbeaten=tuple(by_gap), labels=tuple("ABC"))
    position = {} if by_position is None else {Measure.POSITION: SimpleNamespace(unbeaten=tuple(by_position))}
    subject = SimpleNamespace(
        verdicts=position, comparison=SimpleNamespace(search=None), case=SimpleNamespace(label="detail")
    )
    assert chosen_label(subject, gap) == label
    said = choice_words(subject, gap)
    assert not re.match("[ABC]: ", said) or said.startswith(f"{label}: ")


def test_a_chart_of_what_to_find_out_stands_where_something_is_clearly_worth_it():
    """Where nothing is, the answers say so, with the worth of knowing all; a chart would repeat it for each group."""
    comparison = trust_decides()
    found = find_information(comparison)

    def unclear(inquiries):
        above = [(each.worth.value + 1,) for each in inquiries]
        return tuple(
            replace(each, worth=replace(each.worth, shuffled=more)) for each, more in zip(inquiries, above, strict=True)
        )

    nothing = replace(found, groups=unclear(found.groups), single=unclear(found.single))
    assert found.clear
    assert not nothing.clear
    assert charts_left_out(comparison, nothing) - charts_left_out(comparison, found) == {"information"}
