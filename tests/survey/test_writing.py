"""The file that a survey becomes: a place with the opening and the observed trust of the survey, all else as it was."""

from pathlib import Path

import pytest

from simulation.scenario.evidence import Evidence
from simulation.scenario.loading import load_scenario
from simulation.scenario.schema import Scenario
from simulation.survey.form import OPTIONS, STATEMENTS, find_statement
from simulation.survey.reading import Answer, Answers
from simulation.survey.results import survey_trust
from simulation.survey.scoring import rate
from simulation.survey.writing import survey_to_yaml
from simulation.vocabulary import EvidenceStatus
from tests.survey.made_up import PLACE, SAID, long_text, make_place

pytestmark = pytest.mark.unit

BEFORE = """\
relationships: {overrides: [{of: board, in: hospital, trust: 0.9}, {of: community, in: board, trust: 0.7}]}
observed:
  gap: {2026-04: 9}
  trust: [{of: board, in: hospital, by_month: {2025-06: 0.2}}]
"""


def written(folder: Path, before: str = "", said: tuple[tuple[str, str, str, int], ...] = SAID) -> Scenario:
    place = folder / "place.yaml"
    make_place(folder)
    place.write_text(PLACE + before, encoding="utf-8")
    answers = folder / "answers.csv"
    answers.write_text(long_text(said), encoding="utf-8")
    out = folder / "sub" / "out.yaml"
    out.parent.mkdir()
    out.write_text(survey_to_yaml(survey_trust(answers, load_scenario(place)), str(place), str(out)), encoding="utf-8")
    return load_scenario(out)


def evidence_of(number: float) -> Evidence:
    return getattr(number, "evidence")  # noqa: B009


def test_each_number_has_its_source_and_range(tmp_path: Path) -> None:
    """Means 1/3 and 5/6; spread 1/6 in both, so ± 1.96·(1/6)/√3 = ± 0.189."""
    place = written(tmp_path)
    first, second = place.relationships.overrides
    assert (first.of, first.in_, float(first.trust)) == ("board", "hospital", 0.33)
    assert (second.of, second.in_, float(second.trust)) == ("hospital", "board", 0.83)
    source = "survey of May 2026, 3 respondents"
    assert evidence_of(first.trust) == Evidence(None, source, EvidenceStatus.SOURCED, 0.14, 0.52)
    assert evidence_of(second.trust).high == 1.0
    assert place.observed is not None
    pooled, *pairs = place.observed.trust
    assert (pooled.of, dict(pooled.by_month)) == (None, {"2026-05": 0.58})
    assert evidence_of(pooled.by_month["2026-05"]).source == ("survey of May 2026, 6 respondents, 2 of 6 relationships")
    assert [(each.of, each.in_, dict(each.by_month)) for each in pairs] == [
        ("board", "hospital", {"2026-05": 0.33}),
        ("hospital", "board", {"2026-05": 0.83}),
    ]
    assert place.title == "A small place, with trust from a survey"


def test_what_the_place_has_besides_is_kept(tmp_path: Path) -> None:
    place = written(tmp_path, BEFORE)
    assert [(each.of, each.in_, float(each.trust)) for each in place.relationships.overrides] == [
        ("board", "hospital", 0.33),
        ("community", "board", 0.7),
        ("hospital", "board", 0.83),
    ]
    assert place.observed is not None
    assert place.observed.gap == {"2026-04": 9}
    by_pair = {(each.of, each.in_): dict(each.by_month) for each in place.observed.trust}
    assert by_pair["board", "hospital"] == {"2025-06": 0.2, "2026-05": 0.33}


def test_pooled_pairs_open_with_the_number_of_their_pool_and_are_not_observed_alone(tmp_path: Path) -> None:
    few = (("c1", "community", "board", 4), ("c2", "community", "hospital", 4), ("c3", "community", "hospital", 7))
    place = written(tmp_path, said=(*SAID, *few))
    trust = {(each.of, each.in_): each.trust for each in place.relationships.overrides}
    assert trust["community", "board"] == trust["community", "hospital"] == 0.67
    assert evidence_of(trust["community", "board"]).source == (
        "survey of May 2026, 3 respondents, pooled over 2 relationships (community about others): "
        "fewer than 3 about each"
    )
    statuses = {pair: evidence_of(number).status for pair, number in trust.items()}
    assert statuses["community", "board"] == statuses["community", "hospital"] == "derived"
    assert statuses["hospital", "board"] == "sourced"
    assert place.observed is not None
    assert {each.of for each in place.observed.trust} == {None, "board", "hospital"}


def test_scores_become_shares_and_half_of_the_statements_must_be_answered() -> None:
    """Statements: 7 → 1, the reversed q3 2 → 5/6, 4 → 1/2; mean 7/9. Another person answered one of three."""
    answers = [Answer("a", "b", "2026-05", 0, *said) for said in (("q1", 7), ("q3", 2), ("q10", 4))]
    rated = rate(Answers([*answers, Answer("a", "b", "2026-05", 1, "q1", 1)], frozenset({"q1", "q3", "q10"})))
    (rating,) = rated.ratings
    assert rating.trust == pytest.approx(7 / 9)
    assert rating.belief == 0.5
    assert rated.incomplete == 1


def test_the_form_has_ten_statements_of_three_parts_and_the_belief() -> None:
    assert len(STATEMENTS) == 10
    assert [each.part for each in STATEMENTS].count("belief") == 1
    assert {each.part for each in STATEMENTS} == {"ability", "benevolence", "integrity", "belief"}
    assert len(OPTIONS) == 7
    assert all(find_statement(each.wording) == each == find_statement(each.id) for each in STATEMENTS)
