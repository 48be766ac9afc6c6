"""Which levers together close most: every combination is run, and ties are named as ties."""

import numpy as np
import pytest

from simulation import best_levers, load_scenario, run_ensemble, with_levers
from simulation.analysis.grades import Grade
from simulation.analysis.lever_ranking import rank_combinations
from simulation.levers import Lever

pytestmark = pytest.mark.unit

TWO_TRUSTS = load_scenario("scenarios/two-trusts.yaml")
PLACE = with_levers(TWO_TRUSTS, celebration=1)
THREE = ("coaching", "gain_share", "menu_framing")
PAIRS = [
    (Lever.COACHING, Lever.MENU_FRAMING),
    (Lever.COACHING, Lever.GAIN_SHARE),
    (Lever.MENU_FRAMING, Lever.GAIN_SHARE),
]


def ranked(closed, **asked):
    return rank_combinations(PAIRS, np.array(closed, dtype=float), **{"uncertain": False, "seed": 1} | asked)


def test_what_a_combination_closes_is_the_difference_with_common_random_numbers():
    found = best_levers(
        PLACE, levers=THREE, replicates=6, seed=3, uncertain=False, engine="mesa", strength=0.5, start="2024-06"
    )
    assert {each.levers for each in found.combinations} == set(PAIRS)
    for each in found.combinations:
        used = with_levers(PLACE, **{str(lever): (0.5, "2024-06") for lever in each.levers})
        gaps = [run_ensemble(one, replicates=6, seed=3, engine="mesa").gap[:, -1] for one in (PLACE, used)]
        assert each.closes.mean == pytest.approx((gaps[0] - gaps[1]).mean())
    assert found.combinations[0].closes.mean > 0.1
    frame = found.to_pandas()
    assert frame["closes"].is_monotonic_decreasing
    assert (len(frame), found.cases, found.size) == (3, 6, 2)
    assert list(frame.columns[:3]) == ["levers", "closes", "closes_low"]


def test_levers_in_use_stay_and_are_no_candidates():
    found = best_levers(PLACE, size=1, replicates=2, engine="mesa")
    assert len(found.combinations) == len(Lever) - 1
    assert Lever.CELEBRATION not in {each.levers[0] for each in found.combinations}


def test_assumptions_differ_by_case_where_asked():
    certain, uncertain = (
        best_levers(PLACE, size=1, levers=THREE, replicates=4, uncertain=each, engine="mesa") for each in (False, True)
    )
    assert "its own set of assumptions in each" in repr(uncertain)
    assert certain.combinations[0].closes.mean != uncertain.combinations[0].closes.mean


def test_the_best_is_named_where_it_leads_clearly():
    found = ranked([[1, 2, 1, 2], [7, 8, 7, 8], [2, 2, 2, 1]])
    assert found.headline == (
        "At the place's own assumptions, coaching and gain share would close £7.5m a year, "
        "more than each of the other 2 combinations"
    )
    assert [each.is_tied for each in found.combinations] == [True, False, False]
    assert found.combinations[0].best_in == 1
    assert found.combinations[1].behind.mean == 5.75


def test_combinations_that_all_widen_the_gap_close_nothing():
    found = ranked([[-3, -4, -3, -4], [-9, -9, -9, -9], [-9, -8, -9, -8]])
    assert found.headline == (
        "At the place's own assumptions, coaching and menu of contributions would widen the gap by £3.5m a year, "
        "less than each of the other 2 combinations"
    )
    assert found.combinations[0].against_first == "the first"


def test_no_winner_is_named_where_others_are_tied():
    within_a_million = ranked([[5, 6, 5, 6], [5.1, 6.1, 5.2, 6.2], [1, 1, 1, 1]])
    assert within_a_million.headline == (
        "At the place's own assumptions, no one combination is best: 2 of 3 are tied, none of them established to "
        "close over £1m a year less than the first, coaching and gain share, which would close £5.7m a year"
    )
    by_chance = ranked([[9, 1, 9, 1], [5, 7, 4, 9], [5, 6, 5, 6]])
    assert len(by_chance.best) == 3
    assert by_chance.headline.endswith(
        "no one combination is best: of no other is it established that it closes over £1m a year less than the first"
    )


def test_over_uncertain_assumptions_the_grade_of_the_verdict_decides():
    chance = np.random.default_rng(1)
    steady = chance.normal(0, 0.1, 400)
    often_better = np.where(np.arange(400) < 200, 8.0, -2.0)
    found = ranked([steady, often_better, steady - 5], uncertain=True)
    first, *others = found.combinations
    assert found.headline.startswith(
        "No one combination is best: 2 of 3 are tied, none of them established to close over"
    )
    assert first.levers == PAIRS[1]
    assert [each.grade for each in others] == [Grade.NOT_ESTABLISHED, Grade.ROBUSTLY_BETTER]
    assert [each.is_tied for each in others] == [True, False]
    assert others[0].against_first == "not established to close over £1m a year less"


SMALL = [[0.80, 0.90, 0.80, 0.90], [0.50, 0.61, 0.52, 0.60], [0.10, 0.20, 0.11, 0.20]]
"""What three pairs close of the gap of a small place, where each difference is beyond chance and below £1m."""


def test_the_sum_that_counts_as_none_stands_wherever_ties_are_said():
    found = ranked(SMALL)
    assert [each.is_tied for each in found.combinations] == [True, True, True]
    assert found.headline.endswith("of no other is it established that it closes over £1m a year less than the first")
    said = "not established to close over £1m a year less"
    assert [each.against_first for each in found.combinations] == ["the first", said, said]
    often = ranked(np.repeat(SMALL, 40, axis=1))
    assert often.combinations[1].against_first == "no clear difference of over £1m a year from the first"
    assert "a difference of up to £1m a year counts as none" in repr(found)
    assert "against the first (up to £1m a year counts as none)" in found._repr_html_()
    assert set(found.to_pandas()["threshold"]) == {1.0}


@pytest.mark.parametrize(("threshold", "tied", "sum_of_it"), [(0.5, 2, "£0.5m"), (0.002, 1, "£0.002m"), (0, 1, None)])
def test_a_small_place_is_judged_by_a_smaller_sum(threshold, tied, sum_of_it):
    found = ranked(SMALL, threshold=threshold)
    assert len(found.best) == tied
    assert "£1m" not in repr(found) + found._repr_html_()
    if sum_of_it:
        assert f"a difference of up to {sum_of_it} a year counts as none" in repr(found)
    else:
        assert "counts as none" not in repr(found) + found._repr_html_()
        assert found.combinations[1].against_first == "£0.29m less than the first"


def test_with_a_threshold_of_nothing_what_is_beyond_chance_comes_first():
    """Acknowledgement closes £0.47m more, ±£0.32m, than a menu, by hand with common random numbers."""
    levers = ("regulator_acknowledgement", "menu_framing")
    used = [with_levers(TWO_TRUSTS, **{lever: 1}) for lever in levers]
    first, second = (run_ensemble(each, replicates=24, seed=1, engine="mesa").gap[:, -1] for each in used)
    more, half_width = (second - first).mean(), 2.0687 * (second - first).std(ddof=1) / 24**0.5
    assert 0 < more - half_width < more < 1
    asked = {"size": 1, "levers": levers, "replicates": 24, "uncertain": False, "engine": "mesa"}
    assert len(best_levers(TWO_TRUSTS, **asked).best) == 2
    found = best_levers(TWO_TRUSTS, **asked, threshold=0)
    assert [each.levers for each in found.best] == [(Lever.REGULATOR_ACKNOWLEDGEMENT,)]
    behind = found.combinations[1].behind
    assert (behind.mean, behind.half_width) == (pytest.approx(more), pytest.approx(half_width, rel=1e-4))
    assert found.headline.endswith("would close £1.2m a year, more than the other combination")


def test_over_uncertain_assumptions_the_headline_says_in_how_many_cases_the_first_closes_more():
    """Better or no different is a finding too, so *more than the others* alone would say more than was found."""
    first = np.where(np.arange(400) < 260, 9.0, 5.0)
    found = ranked([first, np.full(400, 5.0), np.full(400, 3.0)], uncertain=True)
    assert [each.is_tied for each in found.combinations] == [True, False, False]
    assert found.headline == (
        "Coaching and menu of contributions would close £7.6m a year, over £1m a year more than each of the other "
        "2 combinations in at least 65% of cases"
    )
    two = rank_combinations(PAIRS[:2], np.array([first, np.full(400, 5.0)]), uncertain=True, seed=1, threshold=0)
    assert two.headline.endswith("would close £7.6m a year, more than the other combination in 65% of cases")


@pytest.mark.parametrize(
    ("closed", "is_unclear"), [([[2.0, -1.0, 2.0, -1.0]], True), ([[2.0, 1.0, 2.0, 1.0]], False), ([[0.0] * 4], False)]
)
def test_an_amount_that_chance_may_explain_is_not_said_without_that(closed, is_unclear):
    found = rank_combinations(PAIRS[:1], np.array(closed), uncertain=False, seed=1)
    assert found.headline.endswith("; the amount cannot be distinguished from none") == is_unclear


def test_equal_ones_are_all_best():
    assert [each.best_in for each in ranked([[1, 2], [1, 2], [0, 0]]).combinations] == [1, 1, 0]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"levers": ["coching"]}, "coching: unknown lever; did you mean coaching"),
        ({"size": 11}, "size must be from 1 to 10"),
        ({"replicates": 1}, "replicates must be from 2"),
        ({"strength": 50}, r"^best_levers: strength: must be at most 1: write 0\.5 for 50% \(given: 50\)$"),
        ({"start": "2030-01"}, r"^best_levers: start: is after the last month, 2026-03 \(given: \"2030-01\"\)$"),
        ({"threshold": -1}, "the threshold must be 0 or more"),
        ({"threshold": float("nan")}, "the threshold must be 0 or more"),
    ],
)
def test_mistakes_are_reported(asked, words):
    with pytest.raises(ValueError, match=words):
        best_levers(PLACE, **asked)


def test_a_size_that_levers_in_use_rule_out_says_so():
    used = with_levers(TWO_TRUSTS, **dict.fromkeys(list(Lever)[1:], 1))
    with pytest.raises(ValueError, match=r"from 1 to 1 \(given: 2\): 10 of the 11 levers are in use .* levers="):
        best_levers(used, size=2)
    with pytest.raises(ValueError, match=r"size must be from 1 to 3 \(given: 4\)$"):
        best_levers(used, size=4, levers=THREE)


def test_the_table_in_a_notebook_names_levers_by_their_labels():
    shown = best_levers(TWO_TRUSTS, size=1, levers=THREE, replicates=4, engine="mesa")
    assert "Gain share" in shown._repr_html_()
    assert "gain_share" not in shown._repr_html_()
    assert "3 combinations of 1 lever, 4 cases of each; its own set of assumptions in each" in shown._repr_html_()
