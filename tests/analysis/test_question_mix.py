"""The shares of the two questions add up to 1, and say of how many replicates they are."""

import numpy as np
import pytest

from simulation.analysis.bands import Interval
from simulation.analysis.question_mix import QuestionEnds, first_and_last, question_mix
from simulation.analysis.question_words import asked_words, met_words, short_met_words
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit


def test_the_questions_are_all_that_is_asked():
    mix = question_mix(by_hand(2, system={"population_first": [[0.2], [0.4]]}))
    assert mix.our_population.mean == pytest.approx(0.3)
    assert mix.our_population.mean + mix.my_organisation.mean == pytest.approx(1)
    assert mix.my_organisation.low_90 == pytest.approx(1 - mix.our_population.high_90)


def test_the_table_has_a_row_for_each_question_and_month():
    frame = question_mix(by_hand(2, months=3)).to_pandas()
    assert frame.groupby("question").size().to_dict() == {"my organisation": 3, "our population": 3}


def test_half_years_at_both_ends():
    share = np.repeat([0.1, 0.5, 0.9], [6, 8, 6])
    found = first_and_last(by_hand(2, months=20, system={"population_first": share}))
    assert (found.early.mean, found.late.mean) == (pytest.approx(0.1), pytest.approx(0.9))


@pytest.mark.parametrize(("months", "early", "late"), [(1, 0.0, 0.0), (2, 0.0, 1.0), (3, 0.0, 2.0), (4, 0.5, 2.5)])
def test_a_run_of_less_than_a_year_is_halved(months, early, late):
    ensemble = by_hand(1, months=months, system={"population_first": np.arange(months) / 10})
    found = first_and_last(ensemble)
    assert [found.early.mean, found.late.mean] == pytest.approx([early / 10, late / 10])


@pytest.mark.filterwarnings("error")
def test_months_in_which_nobody_met_are_left_out():
    share = np.where(np.arange(14) < 3, np.nan, 0.4)
    found = first_and_last(by_hand(2, months=14, system={"population_first": share}))
    assert found.early.mean == pytest.approx(0.4)
    never = first_and_last(by_hand(2, system={"population_first": np.nan}))
    assert np.isnan(never.early.mean)
    assert (never.met_early, never.met_late, never.met) == (0, 0, 0)


def test_replicates_in_which_anyone_meets_are_counted():
    """Of four replicates all meet in the first month, one in the third and one in the last of 14."""
    share = np.full((4, 14), np.nan)
    share[:, 0], share[0, 2], share[1, 13] = 0.75, 1.0, 0.5
    ensemble = by_hand(4, months=14, system={"population_first": share})
    found = first_and_last(ensemble)
    assert (found.met_early, found.met_late, found.met, found.replicates) == (4, 1, 4, 4)
    mix = question_mix(ensemble)
    assert mix.met.tolist() == [4, 0, 1, *[0] * 10, 1]
    assert not mix.is_of_all
    assert mix.to_pandas()["replicates"].tolist() == 2 * mix.met.tolist()
    assert question_mix(by_hand(4)).is_of_all


@pytest.mark.parametrize(
    ("met", "words"),
    [
        ((9, 9, 9), "ours in 75% of decisions in an average month of the first half-year and in 50% in the last"),
        ((9, 0, 9), "ours in 75% of decisions in an average month of the first half-year; in the last nobody meets"),
        ((0, 9, 9), "ours in 50% of decisions in an average month of the last half-year; in the first nobody meets"),
        ((0, 0, 9), "nobody meets in the first half-year or in the last"),
        ((0, 0, 0), "nobody meets in any month"),
    ],
)
def test_an_end_at_which_nobody_meets_is_said(met, words):
    assert asked_words(ends_of(met), "ours") == words


@pytest.mark.parametrize(
    ("met", "words", "short"),
    [
        ((9, 9, 9), "", ""),
        ((9, 0, 9), "", ""),
        (
            (9, 5, 9),
            " of the replicates in which organisations meet: 5 of 9 in the last half-year",
            " of 5 of 9 runs in the last half-year",
        ),
        (
            (4, 5, 9),
            " of the replicates in which organisations meet: 4 of 9 in the first half-year and 5 of 9 in the last "
            "half-year",
            " of 4 and 5 of 9 runs",
        ),
    ],
)
def test_shares_of_few_replicates_say_of_how_many(met, words, short):
    assert met_words(ends_of(met), "replicates") == words
    assert short_met_words(ends_of(met)) == short


def ends_of(met):
    """Shares of 75% and 50% at the two ends, and how many of nine replicates meet at each and at all."""
    early, late = (Interval(*[share if count else np.nan] * 6) for share, count in zip((0.75, 0.5), met, strict=False))
    return QuestionEnds(early=early, late=late, met_early=met[0], met_late=met[1], met=met[2], replicates=9, months=24)
