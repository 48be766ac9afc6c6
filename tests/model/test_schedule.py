"""Dates as months: levers with ramp, until and only, their cost, and events."""

import numpy as np
import pytest

from simulation.levers import Lever
from simulation.model.schedule import NOT_FIXED
from simulation.model.system import build_system
from simulation.vocabulary import Stance
from tests.places import START, month_after, place, scenario

pytestmark = pytest.mark.unit


def schedule_of(**changes):
    return build_system(scenario(place(**{"months": 6} | changes))).schedule


def strength(lever, settings, **changes):
    return schedule_of(levers={lever: settings}, **changes).strength[Lever(lever)]


def test_a_ramp_grows_from_its_first_month_on():
    ramped = strength("coaching", {"strength": 0.6, "from": month_after(1), "ramp": 3})
    np.testing.assert_allclose(ramped[:, 0], [0, 0.2, 0.4, 0.6, 0.6, 0.6], rtol=1e-15)
    assert ramped[3, 0] == 0.6


def test_until_is_not_included():
    assert strength("coaching", {"strength": 1, "from": month_after(1), "until": month_after(3)})[:, 0].tolist() == [
        0,
        1,
        1,
        0,
        0,
        0,
    ]
    assert strength("coaching", {"strength": 1, "until": month_after(99)})[:, 0].tolist() == [1] * 6
    assert strength("coaching", {"strength": 1, "from": month_after(6)})[:, 0].tolist() == [0] * 6


def test_only_those_named_are_acted_on():
    assert strength("coaching", {"strength": 1, "only": ["b"]})[0].tolist() == [0, 1]
    assert strength("menu_framing", {"strength": 1, "only": ["care"]})[0].tolist() == [1, 0]
    assert strength("menu_framing", {"strength": 1})[0].tolist() == [1, 1]


def test_the_strongest_setting_acts_and_not_their_sum():
    settings = [
        {"strength": 0.4},
        {"strength": 0.9, "from": month_after(2), "until": month_after(4), "only": ["a"]},
        {"strength": 0.6, "ramp": 3},
    ]
    both = strength("coaching", settings)
    np.testing.assert_allclose(both[:, 0], [0.4, 0.4, 0.9, 0.9, 0.6, 0.6])
    np.testing.assert_allclose(both[:, 1], [0.4, 0.4, 0.6, 0.6, 0.6, 0.6])


def test_each_setting_pays_for_itself_while_it_acts():
    settings = [
        {"strength": 0.5, "cost": 2.0},
        {"strength": 1, "cost": 3.0, "from": month_after(2), "until": month_after(5), "ramp": 3, "only": ["a"]},
    ]
    costs = schedule_of(levers={"coaching": settings, "celebration": {"strength": 1, "cost": 0.25}}).lever_cost
    np.testing.assert_allclose(costs, [1.25, 1.25, 2.25, 3.25, 4.25, 1.25])


def test_a_lever_acts_on_its_own_kind_of_opportunity():
    """The programme care and the contract deal, in this order."""
    levers = ("gain_share", "top_down_instruction", "payment_reform", "menu_framing")
    strength = schedule_of(levers={each: {"strength": 0.5} for each in levers}).strength
    assert strength[Lever.GAIN_SHARE][0].tolist() == strength[Lever.TOP_DOWN_INSTRUCTION][0].tolist() == [0.5, 0]
    assert strength[Lever.PAYMENT_REFORM][0].tolist() == [0, 0.5]
    assert strength[Lever.MENU_FRAMING][0].tolist() == [0.5, 0.5]


def test_shares_follow_payment_reform_month_by_month():
    """A block leaves all to the provider; reform over two months takes it to a quarter and then to a half."""
    deal = {"commissioner": "a", "provider": "b", "amount": 10.0, "payment": "block"}
    reform = {"payment_reform": {"strength": 1, "from": month_after(2), "ramp": 2}}
    shares = schedule_of(contracts={"deal": deal}, programmes={}, levers=reform).shares
    assert shares.share.tolist() == [[0, 1]] * 2 + [[0.25, 0.75]] + [[0.5, 0.5]] * 3


def test_do_nothing_is_straight_between_dates_and_flat_outside():
    dated = {month_after(-4): 6.0, month_after(-2): 8.0, month_after(2): 16.0, month_after(4): 10.0}
    assert schedule_of(do_nothing=dated).do_nothing.tolist() == [12, 14, 16, 13, 10, 10]
    assert schedule_of(do_nothing={month_after(3): 5.0, month_after(4): 7.0}).do_nothing.tolist() == [5, 5, 5, 5, 7, 7]


def test_the_plan_falls_to_0_from_the_gap_before_any_shock():
    shocks = [{"event": "cost_shock", "month": START, "size": 5.0}]
    calendar = schedule_of(do_nothing={START: 10.0, month_after(5): 30.0}, events=shocks)
    assert calendar.plan.tolist() == [10, 8, 6, 4, 2, 0]
    assert calendar.do_nothing.tolist() == [15, 19, 23, 27, 31, 35]
    assert schedule_of(plan={month_after(1): 9.0, month_after(3): 5.0}).plan.tolist() == [9, 9, 7, 5, 5, 5]


def test_shocks_add_up_and_cost_shocks_stay():
    events = [
        {"event": "cost_shock", "month": month_after(1), "size": 2.0},
        {"event": "cost_shock", "month": month_after(3), "size": 0.5},
        {"event": "cost_shock", "month": month_after(9), "size": 100.0},
        {"event": "grip_shock", "size": 1.0, "from": month_after(1), "until": month_after(4)},
        {"event": "grip_shock", "size": 0.5, "from": month_after(3), "only": ["b"]},
        {"event": "grip_shock", "size": 0.25, "until": month_after(1)},
    ]
    calendar = schedule_of(events=events)
    assert calendar.do_nothing.tolist() == [20, 22, 22, 22.5, 22.5, 22.5]
    assert calendar.grip_shock[:, 0].tolist() == [0.25, 1, 1, 1, 0, 0]
    assert calendar.grip_shock[:, 1].tolist() == [0.25, 1, 1, 1.5, 0.5, 0.5]


def test_breaches_of_a_month_are_larger_first():
    events = [
        {"event": "breach", "month": month_after(2), "organisation": name, "size": size}
        for name, size in (("b", 0.1), ("a", 0.4), ("b", 0.9))
    ]
    later = [{"event": "breach", "month": month_after(6), "organisation": "a", "size": 1.0}]
    assert schedule_of(events=events + later).breaches == ((), (), ((1, 0.9), (0, 0.4), (1, 0.1)), (), (), ())


def test_leaders_leave_and_stances_are_fixed_on_their_dates():
    events = [
        {"event": "leader_change", "month": month_after(1), "organisation": "a"},
        {"event": "leader_change", "month": month_after(1), "organisation": "a"},
        {"event": "leader_change", "month": month_after(7), "organisation": "b"},
        {"event": "fixed_stance", "organisation": "a", "stance": "population_first", "until": month_after(2)},
        {
            "event": "fixed_stance",
            "organisation": "a",
            "stance": "institutional",
            "from": month_after(2),
            "until": month_after(4),
        },
        {"event": "fixed_stance", "organisation": "b", "stance": "institutional", "from": month_after(5)},
    ]
    calendar = schedule_of(events=events)
    assert np.argwhere(calendar.leader_leaves).tolist() == [[1, 0]]
    first, closed = Stance.POPULATION_FIRST, Stance.INSTITUTIONAL
    assert calendar.fixed_stance[:, 0].tolist() == [first, first, closed, closed, NOT_FIXED, NOT_FIXED]
    assert calendar.fixed_stance[:, 1].tolist() == [NOT_FIXED] * 5 + [closed]
