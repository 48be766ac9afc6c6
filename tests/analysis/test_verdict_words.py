"""The verdict in words: each rule, and no winner without the second half of the sentence."""

import re
from dataclasses import replace
from math import copysign, isnan, nan

import pytest

from simulation.analysis.grades import HoldsTo, Share, Shares
from simulation.analysis.measure import Measure
from simulation.analysis.resampling import Sampled
from simulation.analysis.verdict import PairVerdict, Verdict, verdict
from simulation.analysis.verdict_words import (
    allowing,
    central_sentence,
    counts_words,
    headline,
    holds_words,
    pair_headline,
    pair_sentence,
    regret_words,
    standing_headline,
    sure_words,
)
from simulation.formatting import Stretch
from tests.analysis.test_verdict import case, comparison

pytestmark = pytest.mark.unit


def pair(better, same, worse, *, central=-20.0, measure=Measure.GAP, half=0, holds_to=None):
    """The verdict on partnership against instruction, by shares in hundredths."""
    parts = (Share(each / 100, (each - half) / 100, (each + half) / 100) for each in (better, same, worse))
    return PairVerdict(
        first="partnership", second="instruction", measure=measure, shares=Shares(*parts), median=0.0, low=-1.0,
        high=1.0, central=central, points=100, cases=1000, threshold=1.0, holds_to=holds_to,
        central_side=0 if isnan(central) else round(copysign(1, central)),
    )  # fmt: skip


def test_a_headline_names_a_least_difference_that_is_not_the_usual_one():
    found = replace(pair(95, 1, 4), threshold=5.0)
    assert pair_headline(found) == (
        "Partnership leaves less than instruction nearly everywhere (95 of 100 cases), by over £5m"
    )
    cases = [case(name, [gap] * 2, [[gap]] * 100) for name, gap in (("a", 30), ("b", 20), ("c", 1))]
    assert headline(verdict(comparison(*cases), threshold=2)).endswith(", by over £2m")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (pair(95, 1, 4), "Partnership leaves less than instruction nearly everywhere (95 of 100 cases)"),
        (pair(45, 52, 3), "Partnership leaves less than instruction in 45 of 100 cases, and hardly ever more"),
        (pair(70, 2, 28), "Partnership leaves less than instruction in most cases (70 of 100)"),
        (
            pair(70, 2, 28, central=9.0),
            "Partnership leaves less than instruction in most cases (70 of 100), although at our central "
            "assumptions it leaves more",
        ),
        (
            pair(42, 18, 40),
            "Whether partnership leaves less than instruction is not established: less in 42 of 100 cases, more in 40, "
            "although at our central assumptions it leaves less",
        ),
        (
            pair(42, 18, 40, central=nan),
            "Whether partnership leaves less than instruction is not established: less in 42 of 100 cases, more in 40",
        ),
        (
            pair(8, 85, 7, central=0.4),
            "No clear difference between partnership and instruction: within £1m in 85 of 100 cases",
        ),
        (
            pair(8, 85, 7),
            "No clear difference between partnership and instruction: within £1m in 85 of 100 cases, although at our "
            "central assumptions partnership leaves less",
        ),
        (pair(3, 1, 96, central=9), "Instruction leaves less than partnership nearly everywhere (96 of 100 cases)"),
        (
            pair(30, 1, 69),
            "Instruction leaves less than partnership in most cases (69 of 100), although at our central "
            "assumptions it leaves more",
        ),
        (
            pair(70, 2, 28, central=30.0, measure=Measure.POSITION),
            "Partnership has a better position than instruction in most cases (70 of 100)",
        ),
    ],
)
def test_a_pair_in_a_headline(found, words):
    assert pair_headline(found) == words


def test_the_headline_counts_what_the_sentence_and_the_table_count():
    """Shares that are rounded one by one needn't add up to 100: 83, 16 and 29 of 128 are 64.8, 12.5 and 22.7 of 100."""
    for better in range(129):
        for worse in range(0, 129 - better, 3):
            shares = Shares(*(Share(n / 128, n / 128, n / 128) for n in (better, 128 - better - worse, worse)))
            found = replace(pair(0, 0, 0, central=nan), shares=shares, points=128, cases=128)
            less, same, more = counts_words(found).split(", ")
            assert f" in {less} of 100 cases, more in {more};" in pair_sentence(found)
            counted = re.findall(
                r"((?:more than |fewer than )?\d+)(?: of 100|$)", pair_headline(found).replace("£1m", "")
            )
            assert set(counted) <= {less, same, more}, (better, worse)


def test_a_pair_in_full():
    found = pair(42, 18, 40, half=3)
    assert pair_sentence(found, (46.0, 104.0)) == (
        "Partnership leaves £46m if our central assumptions hold, instruction £104m. Allowing for uncertain "
        "assumptions, it leaves less than instruction in 42 of 100 cases (39 to 45), more in 40; the rest are within "
        "£1m: not established."
    )
    assert pair_sentence(found).startswith("Allowing for uncertain assumptions, partnership leaves less than")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((225, 28, 3), "less in 88 of 100 simulated runs, more in 1; the rest are within £1m."),
        ((5, 0, 2), "less in 5 of 7 simulated runs, more in 2."),
        ((255, 0, 1), "less in more than 99 of 100 simulated runs, more in fewer than 1."),
        ((0, 1000, 0), "within £1m in all 1,000 simulated runs."),
        ((0, 1, 0), "within £1m in the only simulated run."),
    ],
)
def test_a_pair_at_the_central_assumptions(counts, words):
    said = central_sentence("what is set here", "the place as it stands", (46.0, 104.0), counts, 1.0)
    assert said == (f"What is set here leaves £46m at our central assumptions, the place as it stands £104m: {words}")


def test_a_place_in_which_nothing_is_set():
    assert standing_headline(46.2) == "As it stands £46m is left"


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (
            HoldsTo(1.75, at_least=False, fewer_at=(2.0,)),
            "It leaves less in at least 60 of 100 cases where every range of assumptions is up to 1.8 times as wide "
            "within hard limits, in fewer where twice as wide within hard limits",
        ),
        (
            HoldsTo(2.0, at_least=True),
            "It still leaves less in at least 60 of 100 cases where every range of assumptions is twice as wide "
            "within hard limits",
        ),
        (
            HoldsTo(1.04, at_least=False, fewer_at=(1.5, 2.0)),
            "It leaves less in at least 60 of 100 cases where every range of assumptions is no wider, in fewer where "
            "1.5 times as wide within hard limits",
        ),
        (
            HoldsTo(2.0, at_least=True, fewer_at=(0.5,)),
            "It still leaves less in at least 60 of 100 cases where every range of assumptions is twice as wide "
            "within hard limits, but in fewer where it is half as wide",
        ),
        (
            HoldsTo(1.25, at_least=False, fewer_at=(0.5, 0.8, 1.5)),
            "It leaves less in at least 60 of 100 cases where every range of assumptions is up to 1.2 times as wide "
            "within hard limits, in fewer where 1.5 times as wide within hard limits, but in fewer where it is 0.8 "
            "times as wide",
        ),
        (
            HoldsTo(3.0, at_least=True, widest=3.0),
            "It still leaves less in at least 60 of 100 cases where every range of assumptions is 3 times as wide "
            "within hard limits",
        ),
        (None, ""),
    ],
)
def test_how_far_a_finding_holds(reach, words):
    found = pair(70, 2, 28, holds_to=reach)
    assert holds_words(found) == words
    assert pair_sentence(found).endswith(f"better in most cases.{f' {words}.' if words else ''}")


def test_ranges_of_the_places_own_numbers_are_not_said_to_be_stretched():
    found = replace(pair(70, 2, 28, holds_to=HoldsTo(2.0, at_least=True)), stretch=Stretch(1, with_place=True))
    assert holds_words(found) == (
        "It still leaves less in at least 60 of 100 cases where every range of the model’s assumptions is twice as "
        "wide within hard limits"
    )


def three(bold, steady, centre=(40, 60)):
    """No joint action and two others, at a hundred points each, with two runs alike at the central assumptions."""
    return comparison(
        case("none", [100, 100], [[100]] * 100),
        case("bold", [centre[0]] * 2, [[each] for each in bold]),
        case("steady", [centre[1]] * 2, [[each] for each in steady]),
    )


def test_a_winner_at_the_central_assumptions_that_loses_over_the_ranges_is_not_called_best_alone():
    found = verdict(three([150] * 70 + [20] * 30, [80] * 100))
    assert headline(found) == (
        "Steady leaves less than each of the others in at least 70 of 100 cases, "
        "although bold leaves least at our central assumptions"
    )


@pytest.mark.parametrize(
    ("bold", "steady", "centre", "words"),
    [
        ([20] * 100, [80] * 100, (40, 60), "Bold leaves less than each of the others in all cases that were run"),
        ([80] * 100, [80] * 100, (60, 60), "No one choice is best: bold and steady are beaten by no other"),
        (
            [80] * 100,
            [80] * 100,
            (40, 60),
            "No one choice is best: bold and steady are beaten by no other, although bold leaves least at our central "
            "assumptions",
        ),
        (
            [50, 150] * 50,
            [50, 150] * 50,
            (100, 100),
            "No choice is found better than another: no clear difference between bold and steady, and the rest is not "
            "established",
        ),
        (
            [50, 150] * 50,
            [150, 50] * 50,
            (100, 100),
            "Which choice is better is not established for any pair",
        ),
        (
            [100] * 100,
            [100] * 100,
            (100, 100),
            "There is no clear difference between any two of the choices",
        ),
        (
            [115] * 30 + [80] * 70,
            [110] * 80 + [60] * 20,
            (100, 100),
            "Only bold is beaten by no other, but not every difference is established",
        ),
        (
            [50, 150] * 50,
            [130] * 100,
            (100, 130),
            "No one choice is best: none and bold are beaten by no other",
        ),
    ],
)
def test_the_finding_on_all_choices(bold, steady, centre, words):
    assert headline(verdict(three(bold, steady, centre))) == words


def test_what_does_not_differ_clearly_is_not_called_not_established():
    """None is 1.1 behind bold in 30 cases, steady 1.1 behind none in 30 others, and never over 0.9 behind bold."""
    found = comparison(
        case("none", [9], [[101.1]] * 30 + [[100]] * 70),
        case("bold", [9], [[100]] * 30 + [[100.2]] * 70),
        case("steady", [9], [[100.9]] * 30 + [[101.1]] * 30 + [[100.5]] * 40),
    )
    assert headline(verdict(found)) == (
        "Only bold is beaten by no other, but there is no clear difference between it and steady"
    )


def test_of_many_pairs_those_without_a_clear_difference_are_counted():
    """Two pairs of twins, of which each goes up where the other goes down."""
    up, down = [[50], [150]] * 50, [[150], [50]] * 50
    found = comparison(*(case(name, [9], gaps) for name, gaps in zip("abcd", (up, up, down, down), strict=True)))
    assert headline(verdict(found)) == (
        "No choice is found better than another: no clear difference in 2 of 6 pairs, and the rest is not established"
    )


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (8, "in 4 of 8 cases (1 to 7), more in 4;"),
        (64, "in 32 of 64 cases (24 to 40), more in 32;"),
        (400, "in 50 of 100 cases (45 to 55), more in 50;"),
    ],
)
def test_an_interval_is_counted_as_the_cases_are(points, words):
    """Exact limits of a binomial: 1 to 7 of 8, 24 to 40 of 64, 180 to 220 of 400; a part of a case counts as one."""
    none, some = case("none", [9], [[10]] * points), case("some", [9], [[5], [15]] * (points // 2))
    found = verdict(comparison(none, some))
    assert words in pair_sentence(found.between("some", "none"))
    off = {8: "±3 in 8", 64: "±8 in 64", 400: "±5 in 100"}[points]
    assert f"within {off} at most" in sure_words(found)


def test_the_farther_end_of_an_interval_says_how_far_a_share_may_be_off():
    """36 of 100 with an interval from 27 to 47 may be 11 off, and not 10."""
    lopsided = replace(pair(36, 20, 44), shares=Shares(Share(0.36, 0.27, 0.47), *pair(36, 20, 44).shares[1:]))
    assert "within ±11 in 100 at most" in sure_words(of_one(lopsided))


def of_one(found):
    """A verdict of one pair."""
    return Verdict(measure=found.measure, labels=(found.first, found.second), pairs=(found,), regrets=())


def test_shares_by_several_measures_are_within_the_widest_interval_of_all():
    gap, position = (of_one(each) for each in (pair(90, 2, 8, half=3), pair(50, 2, 48, half=9)))
    assert "within ±3 in 100 at most" in sure_words(gap)
    assert "within ±9 in 100 at most" in sure_words(gap, position)
    assert sure_words(position, gap) == sure_words(gap, position)


def test_two_choices_are_one_pair():
    found = verdict(comparison(case("none", [100], [[100]] * 100), case("bold", [40], [[50]] * 100)))
    assert headline(found) == "Bold leaves less than none nearly everywhere (100 of 100 cases)"


def test_regret_in_words():
    found = verdict(three([150] * 70 + [20] * 30, [80] * 100))
    assert regret_words(found) == (
        "By the mean of the runs at each set of assumptions, at most this far from the choice that is best there: "
        "none £20m a year in half of the sets and £80m in all; bold £70m a year in all sets; steady £0m a year in half "
        "of the sets and £60m in all"
    )


def test_regret_that_a_few_sets_pass_is_of_19_in_20_and_at_all_of_few_sets_it_is_of_all():
    """Steady is 60 behind at 4 of 100 sets, and 0 at the others."""
    found = verdict(three([150] * 96 + [20] * 4, [80] * 100))
    assert regret_words(found).endswith("steady £0m a year in half of the sets and £0m in 19 of 20")


def test_points_that_were_chosen_are_settings_tried_and_not_cases_that_may_be():
    """Over a grid that the author chose, a share isn't a probability and says nothing of uncertainty."""
    drawn = pair(70, 2, 28, central=nan)
    chosen = replace(drawn, sampled=Sampled.RUNS, points=8)
    assert pair_headline(chosen) == (
        "Partnership leaves less than instruction in most runs (70 of 100), at the 8 settings tried"
    )
    assert allowing(chosen) == "At the 8 settings tried"
    assert pair_sentence(chosen).startswith(
        "At the 8 settings tried, partnership leaves less than instruction in 70 of 100 runs, more in 28"
    )
    found = Verdict(measure=Measure.GAP, labels=("instruction", "partnership"), pairs=(chosen,), regrets=())
    assert sure_words(found) == (
        "Shares of runs rest on 8 settings that were chosen, not drawn, so they are no probabilities; with 125 runs at "
        "each they are within ±1 in 100 at most, by 95% intervals of the runs at these settings, not of other "
        "assumptions"
    )
