"""When a claim is as said: differences worked out by hand."""

import numpy as np
import pytest

from simulation.analysis.claims import Finding, Verdict, effect
from simulation.cli._claims_words import points_words
from simulation.experiment.claims import Outcome, find_claims

pytestmark = pytest.mark.unit

(MENU,) = find_claims("menu")
"""Judged by the gap, which is more without it."""


def found(differences, over_ranges=None):
    """The finding on the menu from differences in the gap, without it less with it."""
    without = np.array(differences, dtype=float)
    pair = None if over_ranges is None else (np.zeros_like(over_ranges), np.array(over_ranges, dtype=float))
    return Finding(claim=MENU, effects=(effect(MENU, Outcome.GAP, np.zeros_like(without), without, pair),))


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ([2, 3, 4], Verdict.SHOWN),
        ([-2, -3, -4], Verdict.OPPOSITE),
        ([-9, 3, 12], Verdict.NONE),  # the interval spans 0
        ([0.5, 0.6, 0.7], Verdict.NONE),  # under £1m
        ([0, 0, 0], Verdict.NONE),
        ([np.nan, np.nan], Verdict.UNKNOWN),
        ([np.nan, 2, 3, 4], Verdict.SHOWN),
    ],
)
def test_a_claim_is_as_said_beyond_chance_and_beyond_the_smallest_difference_that_counts(differences, verdict):
    assert found(differences).verdict is verdict


def test_means_are_of_the_runs_that_have_the_outcome_both_with_the_mechanism_and_without():
    """So their difference is the difference beside them: 3 with it, 5 without it."""
    found = effect(
        MENU, Outcome.DELIVERED, np.array([1.0, 5.0, 90.0, np.nan]), np.array([4.0, 6.0, np.nan, 80.0]), None
    )
    assert (found.mean_with, found.mean_without) == (3.0, 5.0)
    assert (found.difference.mean, found.difference.replicates) == (2.0, 2)


def test_where_no_run_has_the_outcome_in_both_each_mean_is_of_those_that_have_it():
    """What was delivered with the mechanism is known, although nothing was agreed without it."""
    found = effect(MENU, Outcome.DELIVERED, np.array([0.5, 0.7]), np.array([np.nan, np.nan]), None)
    assert found.mean_with == pytest.approx(0.6)
    assert np.isnan([found.mean_without, found.difference.mean]).all()


def test_a_mechanism_that_is_not_there_shows_nothing():
    assert Finding(claim=MENU, effects=()).verdict is Verdict.ABSENT


def test_points_are_counted_by_the_mean_of_their_replicates():
    """Of five points one has no outcome; the others' means are 4, 0.5, −1 and −3."""
    over = found([1, 2], [[3, 5], [0, 1], [-1, -1], [-4, -2], [np.nan, np.nan]]).judged.over_ranges
    assert (over.as_said, over.opposite, over.points) == (1, 2, 4)
    assert over.median == pytest.approx(-0.25)


def test_means_leave_out_replicates_without_the_outcome():
    (only,) = found([np.nan, 2, 4]).effects
    assert (only.mean_without, only.difference.mean, only.difference.replicates) == (3, 3, 2)


def test_points_at_which_there_is_no_such_outcome_are_counted_by_themselves():
    finding = found([2, 3, 4], [[2.0, 4.0], [np.nan, np.nan], [-3.0, -3.0], [0.1, 0.1]])
    over = finding.judged.over_ranges
    assert (over.as_said, over.opposite, over.points, over.unknown) == (1, 1, 3, 1)
    assert points_words(finding) == "1 as said, 1 the other way of 3 (at 1 more it is not known)"
