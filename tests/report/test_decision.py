"""What a board asks, and what a paper answers: with the numbers of the analyses, or none where nothing is compared."""

import re
from dataclasses import replace
from functools import cache
from importlib import import_module

import numpy as np
import pytest

from simulation import run_comparison
from simulation.analysis.decided_words import NOMINAL
from simulation.analysis.discounting import discounted
from simulation.analysis.information import find_information, information_of
from simulation.analysis.information_words import information_headline
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import find_verdict
from simulation.charts.front import front as front_chart
from simulation.charts.information import information_chart
from simulation.charts.text.comparison_words import source_of
from simulation.report.content import build_paper, charts_left_out
from simulation.report.decision import decision_tables, hardest_pair
from simulation.report.requests import requests_of
from simulation.report.subject import subject_of
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.search_record import SearchRecord
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.analysis.test_information import trust_decides
from tests.charts.conftest import PLACES
from tests.charts.test_leaving_least import case, comparison, hundred
from tests.made_up_cases import made_up_case
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


def test_a_paper_of_a_search_names_the_command_that_searches_again():
    found = searched()
    said = dict(build_paper(replace(found, search=replace(found.search, source="e/a.yaml"))).reproduce)
    assert said["Search, and what it found compared"] == "trustsim decide e/a.yaml --seed 1"
    assert "The comparison alone" in said
    assert "Command" not in said
    assert found.search.command == "trustsim decide a.yaml --seed 1"


LIMITED = "Options are within the limits of the search: The hospital must not be worse off over the run, by the mean."


def test_a_paper_of_a_search_says_within_which_limits_it_recommends():
    """On the first page, in what the committee is asked, and in the answers."""
    found = searched()
    sections = [*found.search.sections, ["The limits", "The hospital must not be worse off over the run, by the mean."]]
    limited = replace(found, search=replace(found.search, limits=LIMITED, sections=sections))
    paper = build_paper(limited, with_charts=False)
    assert f"{LIMITED} Without them, another might be recommended." in " ".join(paper.cautions)
    assert requests_of(limited, subject_of(limited))[1].endswith(", and whether the limits of the search should stand")
    assert answers(limited)["Within which limits?"].startswith("The hospital must not be worse off")
    assert "limits" not in " ".join(build_paper(found, with_charts=False).cautions)
    assert "Within which limits?" not in answers(found)


def test_the_chart_of_what_money_closes_says_within_which_limits():
    found = decided("B", "B", names="AB")
    free = front_chart(replace(found, search=searched().search))
    assert "limits" not in f"{free.headline} {free.note}"
    limited = front_chart(replace(found, search=replace(searched().search, limits=LIMITED)))
    assert limited.headline == f"Within the limits, {free.headline}"
    assert LIMITED in limited.note
    assert LIMITED in limited.alt


def test_what_a_choice_costs_is_said_once():
    """Of two choices that are named one is what the other is compared with."""
    said = answers(decided("AB", "AB", names="AB"))["What does it cost, and who pays?"]
    assert said.startswith("A spends £0m. B spends £2m on its levers.")
    assert said.count("£2m") == 1


def test_the_answers_are_those_of_the_verdict():
    enough = comparison(case(0, 40, hundred([50])), case(1, 30, hundred([40])), case(2, 20, hundred([30, 39.5])))
    said, gap = answers(enough), find_verdict(enough, Measure.GAP)
    (chosen,) = gap.unbeaten
    assert said["What we would do"].lower().startswith(f"{chosen.lower()}: by the gap ")
    hardest = hardest_pair(gap, chosen)
    assert hardest.second in said["How sure is that?"]
    count, of = map(int, re.search(r"in (\d+) of (\d+) cases", said["How sure is that?"]).groups())
    assert (count, of) == (round(hardest.shares.better.share * hardest.cases), hardest.cases)


CYCLE = np.array([[10, 20, 30], [20, 30, 10], [30, 10, 20]], float)
"""By choice: each is beaten by another at two thirds of the points."""


def decided(by_gap: str, by_position: str | None, *, names: str = "ABC", points: int = 900) -> Comparison:
    """Return choices of which some leave £30m and the others £50m, and some have a position of £0m, the others −£20m.

    Where none is named each is beaten by another. A choice by the gap costs £1m for levers, others £2m.
    """
    cases = []
    for number, name in enumerate(names):
        gaps = np.full(points, 30.0 if name in by_gap else 50.0) if by_gap else np.resize(CYCLE[number], points)
        position = 0.0 if by_position and name in by_position else -20.0
        positions = np.full(points, position) if by_position != "" else -np.resize(CYCLE[number], points)
        columns = {"gap": gaps[:, np.newaxis]}
        if by_position is not None:
            columns["cumulative_position"] = positions[:, np.newaxis]
        assumed = Replicates(columns=columns, parameters={"exposure": np.arange(points) / points})
        outturns = np.zeros((2, 1, 2)) - [[[0.0, number]], [[0.0, number]]]
        ensemble = by_hand(
            2,
            outturns=outturns,
            system={"gap": gaps.mean(), "position": position / 12},
            levers={"coaching": {"strength": 1, "cost": 1 + number}} if number else {},
        )
        study = Study(ensemble=ensemble, assumptions=assumed)
        own = {"gaps": np.full(2, gaps.mean()), "positions": np.full(2, position)}
        cases.append(made_up_case(label=name, variant=name, study=study, baseline=0 if number else None, **own))
    first = cases[0].study.ensemble.scenario
    return Comparison(name="c", title="C", seed=1, replicates=2, cases=tuple(cases), scenario=first)


BELOW = "The answers below are of"


@pytest.mark.parametrize(
    ("by_gap", "by_position", "words", "answered"),
    [
        ("B", "B", "B: by the gap and by the place’s position over the run no other choice beats it.", "B"),
        ("AB", "BC", "B: by the gap and by the place’s position over the run no other choice beats it.", "B"),
        (
            "AB",
            "AB",
            "Choose among A and B by what the model leaves out: by the gap and by the place’s position ",
            "AB",
        ),
        (
            "AB",
            "C",
            "Decide first what counts: by the gap A and B are beaten by no other, by the position over ",
            "ABC",
        ),
        ("", "A", "The model gives no reason to prefer one: each choice is beaten by another, by the ", None),
        ("A", "", "The model gives no reason to prefer one: each choice is beaten by another, by the ", None),
    ],
)
def test_every_row_is_of_what_no_other_choice_beats_by_either_measure(by_gap, by_position, words, answered):
    found = decided(by_gap, by_position)
    said = answers(found)
    subject = subject_of(found)
    assert said["What we would do"].startswith(words)
    named = set(answered or subject.leading.answered)
    assert (BELOW in said["What we would do"]) == (answered is None)
    assert set(re.findall(r"\b([ABC]) spends ", said["What does it cost, and who pays?"])) == named
    judged = set(re.findall(r"([ABC]) (?:leaves less|has a better position) than", said["How sure is that?"]))
    assert judged <= named
    assert all(re.search(rf"\b{label}\b", said["How sure is that?"]) for label in named)
    assert subject.case.label in named


def with_positions(found: Comparison, positions: dict[str, list[float]]) -> Comparison:
    """Return the comparison with other positions of some choices, one at each point."""
    cases = []
    for each in found.cases:
        own = np.array(positions.get(each.label, each.study.assumptions["cumulative_position"].ravel()))
        columns = {"gap": each.study.assumptions["gap"], "cumulative_position": own[:, np.newaxis]}
        assumed = Replicates(columns=columns, parameters=each.study.assumptions.parameters)
        cases.append(replace(each, study=replace(each.study, assumptions=assumed)))
    return replace(found, cases=tuple(cases))


@pytest.mark.parametrize(("higher", "is_named"), [(13, True), (2, False)])
def test_the_row_on_how_sure_says_what_has_a_better_position_more_often_than_the_choice(higher, is_named):
    """A smaller gap is not all: C is better by its position in 13 of 20 cases, which is not enough to beat A."""
    own = [0.0] * higher + [-20.0] * (18 - higher) + [-40.0] * 2
    positions = {"A": [-20.0] * 20, "B": [-60.0] * 20, "C": own}
    found = with_positions(decided("A", "A", points=20), positions)
    said = answers(found)
    assert said["What we would do"].startswith("A: by the gap and by the place’s position over the run no other choice")
    against = f"By the position, C has a better position than A in {higher} of 20 cases"
    assert (against in said["How sure is that?"]) == is_named
    assert ("worse in 2; the rest are within £1m: not established" in said["How sure is that?"]) == is_named


@cache
def levers_kept() -> Comparison:
    """Results of a search in a place that pulls levers already, of which no option is clearly better than that."""
    places = {"as it stands": PLACES["instruction"], "option A (£1m)": PLACES["partnership"]}
    scenarios = {name: scenario(each) for name, each in places.items()}
    found = run_comparison(scenarios, replicates=4, seed=1, supporting_runs=True)
    return replace(found, search=replace(searched().search, recommended=None))


def test_where_no_option_is_better_a_paper_is_of_the_place_with_the_levers_that_it_pulls():
    found = levers_kept()
    assert found.no_joint_action is not None
    subject = subject_of(found)
    assert subject.case.label == "as it stands"
    (asked,) = (each for each in requests_of(found, subject) if each.startswith("choose"))
    assert asked == "choose whether the place goes on as it stands, or which other choice to test further"
    (_, options) = build_paper(found, with_charts=False).decision
    assert "As it stands the place pulls its own levers alone, and with no joint action none at all." in options.note


def test_where_gap_and_position_name_different_choices_each_is_answered_by_its_own_measure():
    said = answers(decided("B", "C"))
    assert said["What we would do"] == (
        "Decide first what counts: by the gap B is beaten by no other, by the position over the run C."
    )
    assert re.search(
        r"By the gap, the other choice that is hardest for B to beat is [AC]\. B leaves less than [AC] in 100 of 100 "
        r"cases.* By the position, the other choice that is hardest for C to beat is [AB]\. C has a better position "
        r"than [AB] in 1",
        said["How sure is that?"],
    )
    assert said["What does it cost, and who pays?"] == (
        "B spends £2m on its levers. 1 of 2 organisations pays £1m: b (means against A, at our central "
        "assumptions). C spends £3m on its levers; A £0m. 1 of 2 organisations pays £2m: b (means against A, at our "
        "central assumptions). Money is over the run, nominal, undiscounted."
    )


def test_all_parts_of_a_paper_are_of_the_choices_that_its_first_answer_names():
    found = decided("B", "C")
    paper = build_paper(found, with_charts=False)
    (asked,) = (each for each in paper.ask if each.startswith("choose"))
    assert asked == "choose what counts, and so which to work up in full: unbeaten are by the gap B and by position C"
    assert any("C leaves £50m a year at our central assumptions" in each for each in paper.answer)
    assert [each for each in paper.money if each.startswith("C spends £3m on its levers.")]
    assert [table.caption.rpartition(": ")[2] for table in paper.books[1:]] == ["B against A", "C against A"]
    assert paper.levers.note.startswith("Costs over the run as “B” assumes them")
    assert "In “C” levers cost £3m in all." in paper.levers.note
    assert [
        each
        for each in paper.figures
        if each.label.endswith("with B; C spends £3m; A spends £0m (nominal, undiscounted)")
    ]
    assert any(each.startswith("At all sets of assumptions, no other choice has a position") for each in paper.risks)
    assert {"B", "C"} <= {row[0] for table in paper.finance for row in table.rows}
    assert "; C spends" in " ".join(each.label for each in paper.figures)


def test_the_choice_that_all_parts_show_is_never_one_that_the_first_answer_leaves_out():
    """By the gap C is the only unbeaten one; by both it is B, since by the position C is beaten."""
    found = decided("BC", "B")
    assert subject_of(found).case.label == "B"
    paper = build_paper(found, with_charts=False)
    assert paper.ask[1].startswith("choose whether B is worked up in full")
    assert paper.detail_head == "In detail: B"


def test_of_more_choices_than_can_be_answered_for_the_first_answer_says_of_which_the_others_are():
    found = decided("ABCDE", "ABCDE", names="ABCDE")
    said = answers(found)
    assert said["What we would do"].endswith("The answers below are of A, which is least far from the best by the gap.")
    assert re.findall(r"\b([A-E]) spends ", said["What does it cost, and who pays?"]) == ["A"]
    split = decided("AB", "CD", names="ABCDE")
    assert answers(split)["What we would do"].endswith(
        "The answers below are of A and C, which are least far from the best by the gap and by the position."
    )
    assert "choose which of the 5 choices" in " ".join(build_paper(split, with_charts=False).ask)


def test_a_paper_of_a_search_is_about_the_option_that_the_search_recommends():
    found = searched()
    assert subject_of(found).case.label == "option A (£1m)"
    assert build_paper(found, with_charts=False).detail_head == "In detail: option A (£1m)"
    nothing = replace(found, search=replace(found.search, recommended=None))
    assert subject_of(nothing).case.label == "no joint action"


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


def test_the_choice_that_is_hardest_to_beat_is_beaten_least():
    gap = find_verdict(results(), Measure.GAP)
    for label in gap.labels:
        hardest = hardest_pair(gap, label)
        margins = [
            gap.between(label, other).shares.better.share - gap.between(label, other).shares.worse.share
            for other in gap.labels
            if other != label
        ]
        assert hardest.first == label
        assert np.isclose(hardest.shares.better.share - hardest.shares.worse.share, min(margins))


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


def search_with_sums() -> Comparison:
    """A search in whose record sentences on money over the run are followed by its prices."""
    found = searched()
    priced = {
        **FOUND,
        "Recommended": ["Option A (£1m). Its levers cost £1m.", NOMINAL],
        "What waiting costs": [*FOUND["What waiting costs"], NOMINAL],
        "The options": [*FOUND["The options"], NOMINAL],
    }
    return replace(found, search=replace(found.search, sections=[[head, *said] for head, said in priced.items()]))


def test_sums_of_a_search_say_that_they_are_nominal_in_their_own_row():
    said = answers(search_with_sums())
    assert said["What we would do"].endswith(" Its levers cost £1m. Money over the run is nominal, undiscounted.")
    assert said["What does waiting cost?"].endswith(
        "For 2 more it costs less, nothing, or saves. Money over the run is nominal, undiscounted."
    )
    _, options = build_paper(search_with_sums(), with_charts=False).decision
    assert [name for name, _ in options.rows] == ["Option A (£1m)"]
    assert options.note.endswith("Costs in the names of options are nominal, undiscounted.")


def test_a_discounted_paper_says_beside_the_rows_of_a_search_that_these_are_nominal():
    """Its record holds sums over the run, not amounts by year, so the rows stay as they are and the rest does not."""
    nominal, less = search_with_sums(), discounted(search_with_sums(), 10)
    mark = (
        "The search went by money that is nominal, undiscounted: so are its sums over the run, and the costs in the "
        "names of options. All other money over the run is discounted at 10% a year."
    )
    paper = build_paper(less, with_charts=False)
    assert answers(less)["What we would do"] == answers(nominal)["What we would do"]
    assert paper.decision[0].note.startswith(mark)
    assert mark in paper.cautions
    assert "costs in the names of options nominal, undiscounted" in source_of(less)
    plain = build_paper(nominal, with_charts=False)
    assert not any("discounted at" in text for text in (*plain.cautions, plain.decision[0].note, source_of(nominal)))


def test_it_is_the_first_chapter_and_half_a_page():
    first = build_paper(searched(), with_charts=False).chapters[0]
    assert first.head == "What we would do, and what would change our mind"
    assert sum(len(cell) for row in answers(results()).items() for cell in row) < 2500


@pytest.mark.parametrize("kind", ["single", "grid", "sobol"])
def test_where_no_choices_are_compared_nothing_is_answered(kind):
    paper = paper_of(kind)
    assert paper.decision == ()
    assert paper.chapters[0].head != "What we would do, and what would change our mind"


def test_a_chart_of_what_to_find_out_stands_where_something_is_clearly_worth_it():
    """Where nothing is, the answers say so, with the worth of knowing all; a chart would repeat it for each group."""
    comparison = trust_decides()
    found = find_information(comparison)

    def unclear(inquiries):
        above = [replace(each.worth, by_chance=each.worth.value + 1) for each in inquiries]
        return tuple(replace(each, worth=worth) for each, worth in zip(inquiries, above, strict=True))

    nothing = replace(found, groups=unclear(found.groups), single=unclear(found.single))
    assert found.clear
    assert not nothing.clear
    assert charts_left_out(comparison, nothing) - charts_left_out(comparison, found) == {"information"}
