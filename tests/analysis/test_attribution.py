"""Shapley values by theory: they add up, order changes nothing, and known games have their textbook values."""

from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest

from simulation.analysis.attribution import attribute, shapley_values
from simulation.results.lever_combinations import LeverCombinations
from simulation.scenario.changes import LeverChange

pytestmark = pytest.mark.unit

RNG = np.random.default_rng(7)


def game(value, levers=3, replicates=1):
    """Return the amount that every lever combination closes, from a function of the levers in it."""
    closed = np.zeros((replicates, *[2] * levers))
    for joined in product((0, 1), repeat=levers):
        closed[(slice(None), *joined)] = value({p for p, there in enumerate(joined) if there})
    return closed


def test_the_glove_game():
    """Two left gloves and a right one: a pair is worth 1. The right glove is worth 2/3, each left one 1/6."""
    found = shapley_values(game(lambda there: float(2 in there and bool(there & {0, 1}))))
    assert found[:, 0] == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_what_adds_up_is_worth_what_it_adds():
    alone = [3.0, 1.0, 0.5]
    found = shapley_values(game(lambda there: sum(alone[p] for p in there)))
    assert found[:, 0] == pytest.approx(alone)


def test_it_is_the_mean_over_all_orders():
    closed = RNG.normal(size=(5, 2, 2, 2, 2))
    by_hand = np.zeros((4, 5))
    for order in permutations(range(4)):
        joined = [0] * 4
        for lever in order:
            before = closed[(slice(None), *joined)]
            joined[lever] = 1
            by_hand[lever] += (closed[(slice(None), *joined)] - before) / 24
    assert np.allclose(shapley_values(closed), by_hand)


def attribution(gaps, levers=("coaching", "gain_share", "menu_framing")):
    return attribute(LeverCombinations(first="alone", second="together", levers=levers, gaps=gaps))


def test_worths_add_up_to_the_difference_in_every_replicate():
    gaps = 100 + RNG.normal(size=(6, 2, 2, 2))
    assert np.allclose(shapley_values(-gaps).sum(axis=0), gaps[:, 0, 0, 0] - gaps[:, 1, 1, 1])
    found = attribution(gaps)
    assert sum(each.shapley.mean for each in found.worths) == pytest.approx(found.closes.mean)
    assert found.closes.mean == pytest.approx((gaps[:, 0, 0, 0] - gaps[:, 1, 1, 1]).mean())


def test_no_order_of_the_levers_changes_a_bar():
    gaps = 100 + RNG.normal(size=(6, 2, 2, 2))
    turned = attribution(gaps.transpose(0, 3, 1, 2), ("menu_framing", "coaching", "gain_share"))
    for one, other in zip(attribution(gaps).worths, turned.worths, strict=True):
        assert one.lever == other.lever
        for effect in ("shapley", "first", "last"):
            assert getattr(one, effect) == pytest.approx(getattr(other, effect))


def test_what_changes_nothing_is_worth_nothing():
    found = attribution(100 - game(lambda there: 2.0 * len(there & {0, 1}), replicates=4))
    assert [(each.lever, each.shapley.mean) for each in found.worths] == [
        ("coaching", 2.0),
        ("gain_share", 2.0),
        ("menu_framing", 0.0),
    ]


def test_alone_and_dropped_are_the_ends_of_every_order():
    gaps = 100 - game(lambda there: 5.0 if {0, 1} <= there else 1.0 if 0 in there else 0.0)
    found = {each.lever: each for each in attribution(gaps).worths}
    assert (found["coaching"].first.mean, found["coaching"].last.mean) == (1.0, 5.0)
    assert (found["gain_share"].first.mean, found["gain_share"].last.mean) == (0.0, 4.0)


def test_complements_and_substitutes_have_interactions_of_opposite_sign():
    together = attribution(100 - game(lambda there: float({0, 1} <= there)))
    assert together.interactions[0].levers == ("coaching", "gain_share")
    assert together.interactions[0].amount.mean == pytest.approx(1.0)
    either = attribution(100 - game(lambda there: float(bool(there & {0, 1}))))
    assert either.interactions[0].amount.mean == pytest.approx(-1.0)
    assert [each.amount.mean for each in either.interactions[1:]] == pytest.approx([0.0, 0.0])


def test_two_levers_do_the_same_together_whichever_scenario_has_them():
    """Two gloves of a pair, worth 1 together, and two of the same hand: from none to both, or from one to the other."""
    gloves = np.array([[[10.0, 10.0], [10.0, 9.0]]])
    same_hand = np.array([[[10.0, 9.0], [9.0, 9.0]]])
    for gaps, together in ((gloves, 1.0), (same_hand, -1.0)):
        levers = ("coaching", "gain_share")
        added = LeverCombinations(first="none", second="both", levers=levers, gaps=gaps)
        swapped = replace(added, gaps=gaps[:, ::-1, :], changes={"coaching": LeverChange.DROPPED})
        assert attribute(added).interactions[0].amount.mean == together
        assert attribute(swapped).interactions[0].amount.mean == together
        assert attribute(swapped).interactions_to_pandas()["interaction"].tolist() == [together]
        assert {each.lever: str(each.change) for each in attribute(swapped).worths} == {
            "coaching": "dropped",
            "gain_share": "added",
        }


def test_a_single_lever_is_the_whole_difference():
    found = attribution(np.array([[9.0, 4.0], [7.0, 4.0]]), ("coaching",))
    assert found.worths[0].shapley.mean == 4.0
    assert found.interactions == ()


def test_two_levers_at_three_points_by_hand():
    """The gap without, with the second, with the first and with both; a worth is the mean of its two orders.

    Point 1: 100, 90, 80, 60: the first closes 20 or 30, so 25; the second 10 or 20, so 15.
    Point 2: 50, 50, 50, 30: each closes nothing alone and 20 with the other, so 10.
    Point 3: 80, 84, 70, 72: the first closes 10 or 12, so 11; the second −4 or −2, so −3.
    """
    levers = ("coaching", "gain_share")
    gaps = np.array([[[100, 90], [80, 60]], [[50, 50], [50, 30]], [[80, 84], [70, 72]]], float)
    over = LeverCombinations(first="alone", second="together", levers=levers, gaps=gaps, points=3, stretch=2.0)
    central = LeverCombinations(first="alone", second="together", levers=levers, gaps=gaps[:1])
    found = attribute(central, over)
    coaching, gain_share = found.worths
    assert (coaching.shapley.mean, gain_share.shapley.mean) == (25, 15)
    assert (coaching.varied.median, coaching.varied.mean) == (11, pytest.approx(46 / 3))
    assert (coaching.varied.low_90, coaching.varied.high_90) == pytest.approx((10.1, 23.6))
    assert (gain_share.varied.median, gain_share.varied.mean) == (10, pytest.approx(22 / 3))
    assert coaching.varied.mean + gain_share.varied.mean == pytest.approx(found.varied.closes.mean)
    assert (found.varied.closes.median, found.varied.gap_first.median, found.varied.gap_second.median) == (20, 80, 60)
    assert (found.varied.points, found.varied.stretch) == (3, 2.0)
    assert list(found.to_pandas()["varied_median"]) == [11, 10]


def test_an_attribution_over_the_ranges_is_of_the_same_levers():
    one = LeverCombinations(first="alone", second="together", levers=("coaching",), gaps=np.zeros((1, 2)))
    other = LeverCombinations(first="alone", second="together", levers=("celebration",), gaps=np.zeros((1, 2)))
    with pytest.raises(ValueError, match="the same two scenarios and levers"):
        attribute(one, other)
