"""Answers from a form of other answers than seven are noticed; those of a form of seven are not, if few go to the end.

The made-up people differ in how they think and in how they tick: their answers are normal, rounded to those of a form.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from simulation.scenario.problems import ScenarioError
from simulation.survey.form import STATEMENTS
from simulation.survey.results import survey_trust
from tests.survey.made_up import LONG, make_place

READ = "answers are read from 1 to 7, so if the form did not offer them all, this trust is wrong"
REVERSED = np.array([each.is_reversed for each in STATEMENTS])


def rows_of(
    scores: Iterable[Iterable[int]], of: str = "board", to: str = "hospital", day: str = "2026-05-11"
) -> list[str]:
    """The rows of people who each answered all ten statements."""
    return [
        f"{of}{person},{of},{to},{each.id},{score},{day}"
        for person, answers in enumerate(scores)
        for each, score in zip(STATEMENTS, answers, strict=True)
    ]


def notices(folder: Path, rows: list[str]) -> list[str]:
    """What the survey says of the scale."""
    path = folder / "answers.csv"
    path.write_text("\n".join([LONG, *rows]), encoding="utf-8")
    return [each for each in survey_trust(path, make_place(folder)).notices if each.startswith("no answer")]


def people(number: int, options: Iterable[int], *, trust: float, spread: float = 1.5, seed: int = 1) -> list[list[int]]:
    """Answers of people on a form with these options.

    Args:
        number: How many people.
        options: The scores that the form offers, evenly spaced between disagreement and agreement.
        trust: Their mean trust, 1 to 7.
        spread: The standard deviation of an answer on a form of seven, 0.3 of its square between people.
        seed: A seed.
    """
    random = np.random.default_rng(seed)
    share = 0.3**0.5
    own = random.normal(0, spread * share, (number, 1))
    each = random.normal(0, spread * (1 - share**2) ** 0.5, (number, len(STATEMENTS)))
    agreement = trust + own + each
    agreement = np.where(REVERSED, 8 - agreement, agreement)
    offered = np.array(list(options))
    index = np.rint((agreement - 1) / 6 * (len(offered) - 1))
    found: list[list[int]] = offered[np.clip(index, 0, len(offered) - 1).astype(int)].tolist()
    return found


FORMS = [
    ("four", range(1, 5), "5 or 6 or 7"),
    ("five", range(1, 6), "6 or 7"),
    ("six", range(1, 7), "7"),
    ("five, the first being 3", range(3, 8), "1 or 2"),
    ("five in words, none of them slightly", (1, 2, 4, 6, 7), "3 or 5"),
    ("three in words", (2, 4, 6), "1 or 3 or 5 or 7"),
]


@pytest.mark.unit
@pytest.mark.parametrize(("options", "missing"), [each[1:] for each in FORMS], ids=[each[0] for each in FORMS])
def test_answers_on_another_scale_are_not_read_without_a_word(options, missing, tmp_path):
    assert notices(tmp_path, rows_of(people(60, options, trust=4.5))) == [f"no answer is {missing}: {READ}"]


@pytest.mark.unit
@pytest.mark.parametrize(("options", "score"), [(range(7), "0"), (range(11), "0"), (range(11), "10")])
def test_a_scale_from_zero_or_up_to_ten_is_refused(options, score, tmp_path):
    with pytest.raises(ScenarioError, match="not from 1 to 7") as caught:
        notices(tmp_path, rows_of(people(30, options, trust=4)))
    said = "column score: is not from 1 to 7; a survey on another scale, such as 0 to 10, cannot be read"
    assert any(said in str(each) and f'(given: "{score}")' in str(each) for each in caught.value.problems)


@pytest.mark.unit
@pytest.mark.parametrize(("highest", "persons", "warned"), [(5, 6, True), (6, 12, True), (6, 6, False), (5, 4, False)])
def test_few_answers_are_no_reason_to_doubt_the_form(highest, persons, warned, tmp_path):
    scores = [[1 + (10 * person + n) % highest for n in range(10)] for person in range(persons)]
    assert bool(notices(tmp_path, rows_of(scores))) is warned


@pytest.mark.unit
@pytest.mark.parametrize("trust", [2.5, 3.3, 4, 5, 5.7])
@pytest.mark.parametrize("number", [4, 12, 40])
def test_a_form_of_seven_on_which_few_go_to_the_end_seldom_gets_a_notice(trust, number, tmp_path):
    """In 40 surveys, of which 2 have one by chance at most; with a spread of 1.25 answers one in forty is a 7 at 4."""
    surveys = [people(number, range(1, 8), trust=trust, spread=1.25, seed=seed) for seed in range(40)]
    assert sum(bool(notices(tmp_path, rows_of(each))) for each in surveys) <= 2


@pytest.mark.unit
def test_one_organisation_on_another_form_is_named(tmp_path):
    rows = rows_of(people(30, range(1, 8), trust=4.5))
    rows += rows_of(people(30, range(1, 6), trust=4.5), "hospital", "board")
    assert notices(tmp_path, rows) == [f"no answer of respondents of hospital is 6 or 7: {READ}"]


@pytest.mark.unit
def test_one_month_on_another_form_is_named(tmp_path):
    rows = rows_of(people(30, range(1, 8), trust=4.5))
    rows += rows_of(people(30, range(1, 6), trust=4.5), day="2026-11-11")
    assert notices(tmp_path, rows) == [f"no answer of November 2026 is 6 or 7: {READ}"]


@pytest.mark.unit
def test_one_statement_on_another_scale_is_named(tmp_path):
    longer, shorter = people(150, range(1, 8), trust=5), people(150, range(1, 6), trust=5)
    mixed = [[*long[:9], short[9]] for long, short in zip(longer, shorter, strict=True)]
    assert notices(tmp_path, rows_of(mixed)) == [f"no answer to q10 is 6 or 7: {READ}"]


@pytest.mark.unit
def test_no_notice_shows_what_one_or_two_people_tick(tmp_path):
    rows = rows_of(people(30, range(1, 8), trust=4.5))
    rows += rows_of([[6] * 10, [6] * 10], "hospital", "board") + rows_of([[6] * 10, [6] * 10], "hospital", "community")
    assert not notices(tmp_path, rows)
