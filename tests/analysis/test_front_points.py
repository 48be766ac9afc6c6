"""Options by cost and gain, with who loses most, worked out on paper."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.discounting import discounted
from simulation.analysis.front_points import FrontPoint, FrontPoints, points_of_comparison, points_of_decided
from simulation.analysis.options import Amount
from simulation.charts import reason_unavailable
from simulation.charts.front import front
from simulation.results.comparison import side_by_side
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.analysis.made_up_decisions import Worth, decided

pytestmark = pytest.mark.unit

CENTRAL = np.array([[-1.0, 0.0], [0.0, 0.0]])
"""`[year, organisation]`: at the central assumptions a loses £1m in the first year, in every replicate."""

VARIED = np.array([[[0.0, 0.0], [0.5, change]] for change in (-1.0, -3.0, -5.0, -7.0)])
"""Two sets with two replicates each: b loses 1, 3, 5 and 7 in the second year, a gains 0.5."""


def study(yearly_cost, gaps, outturns=0.0, varied=None, **more):
    """Return 24 months from April of coaching at this cost, £m a year, with gaps at two sets with two replicates."""
    levers = {"coaching": {"strength": 1.0, "cost": yearly_cost}} if yearly_cost else {}
    columns = {"gap": np.array(gaps, dtype=float).reshape(-1, 1), "cumulative_position": np.zeros((4, 24))}
    return Study(
        ensemble=by_hand(3, months=24, levers=levers, outturns=outturns, **more),
        assumptions=Replicates(columns=columns, parameters={"exposure": np.array([0.1, 0.2])}, outturns=varied),
    )


def pair(own_cost=0.6, cost=1.8, *, kept=True):
    """Return a place as it is and with more coaching, which closes 2 and 2 at one set of assumptions, 3 and 5 at both.

    Args:
        own_cost: Of the place's own levers, £m a year.
        cost: Of the levers with more coaching, £m a year.
        kept: True if outturns were kept with uncertain assumptions.
    """
    nothing = np.zeros((4, 2, 2)) if kept else None
    return side_by_side(
        {
            "as it is": study(own_cost, [10, 10, 10, 10], varied=nothing),
            "more": study(cost, [8, 8, 7, 5], CENTRAL, VARIED if kept else None),
        }
    )


def test_who_loses_most_is_by_the_mean_over_the_same_sets_as_the_gain():
    """The means of b are −2 and −6 at the two sets: −4, ± t(1) = 12.706 times √8/√2 = 2."""
    found = points_of_comparison(pair())
    (more,) = found.points
    assert (more.closes.mean, found.cases, found.is_central) == (3.0, 2, False)
    assert (more.worst_off, more.change.mean) == ("b", -4.0)
    assert more.change.half_width == pytest.approx(12.7062 * 2, rel=1e-4)


def test_what_widens_the_gap_is_beaten_by_the_baseline_which_costs_and_closes_nothing():
    worse = {"as it is": study(0.6, [10] * 4), "worse": study(1.8, [12] * 4), "more": study(2.4, [8] * 4)}
    found = points_of_comparison(side_by_side(worse))
    assert [(each.label, each.beaten) for each in found.points] == [("worse", True), ("more", False)]
    none = {"as it is": study(0.6, [10] * 4), "worse": study(0.6, [12] * 4), "more": study(2.4, [8] * 4)}
    assert [each.beaten for each in points_of_comparison(side_by_side(none)).points] == [True, False]


def test_the_most_that_less_money_closes_is_what_the_cheapest_leaves_open():
    """For 2.4 less only the cheaper choice can be had, which widens the gap by 2; the baseline costs nothing more."""
    cheaper = {"as it is": study(1.8, [10] * 4), "less": study(0.6, [12] * 4), "more": study(2.4, [8] * 4)}
    found = points_of_comparison(side_by_side(cheaper))
    assert np.allclose(found.steps, [[-2.4, -2.0], [0.0, 0.0], [1.2, 2.0]])
    assert not any(each.beaten for each in found.points)


def test_without_outturns_over_the_sets_the_loser_is_at_the_central_assumptions_and_the_chart_says_so():
    found = points_of_comparison(pair(kept=False))
    assert found.is_central
    assert (found.points[0].worst_off, found.points[0].change.mean) == ("a", -1.0)
    said = "loses most over the run, at our central assumptions. Money over the run is nominal, undiscounted."
    assert said in front(pair(kept=False)).note
    assert "central" not in front(pair()).note


def test_a_loser_at_the_central_assumptions_is_of_the_replicates_that_both_have():
    """The second replicate of the baseline failed; a loses 9 there and nothing in the others, where b loses 1."""
    both = pair(kept=False)
    first, second = both.cases
    own = np.array([[[0.0, -1.0], [0.0, 0.0]], [[-9.0, 0.0], [0.0, 0.0]], [[0.0, -1.0], [0.0, 0.0]]])
    base = first.study.ensemble
    base = replace(base, replicates=np.array([0, 2]), outturns=base.outturns[[0, 2]], system=base.system[[0, 2]])
    cases = (
        replace(first, study=replace(first.study, ensemble=base)),
        replace(second, study=replace(second.study, ensemble=replace(second.study.ensemble, outturns=own))),
    )
    (point,) = points_of_comparison(replace(both, cases=cases)).points
    assert (point.worst_off, point.change.mean) == ("b", -1.0)


def test_costs_are_beyond_those_of_the_baseline_and_the_chart_says_so():
    """1.8 a year over two years is 3.6, and 0.6 a year 1.2."""
    found = points_of_comparison(pair())
    assert found.points[0].cost == pytest.approx(2.4)
    assert found.own_cost == pytest.approx(1.2)
    drawn = front(pair())
    assert "by the cost of its levers over the run less the £1.2m that those of “as it is” cost, £m" in drawn.subtitle
    assert drawn.headline.startswith("What £2.4m more closes is not distinguishable from 0: ")


def test_of_a_baseline_without_levers_costs_are_those_that_a_paper_has():
    drawn = front(pair(own_cost=0.0))
    assert drawn.headline.startswith("What £3.6m closes is not distinguishable from 0: ")
    assert "by the cost of its levers over the run, £m." in drawn.subtitle


def test_both_amounts_over_the_run_are_discounted_by_financial_year():
    """At 20% the second year counts 1/1.2: 1.2 + 1 more, 0.6 + 0.5 of the baseline's own, and b loses 4/1.2."""
    found = points_of_comparison(discounted(pair(), 20.0))
    (more,) = found.points
    assert (more.cost, found.own_cost) == (pytest.approx(2.2), pytest.approx(1.1))
    assert (more.worst_off, more.change.mean) == ("b", pytest.approx(-4 / 1.2))
    assert more.closes.mean == 3.0  # a rate at one moment
    drawn = front(discounted(pair(), 20.0))
    assert "Money over the run is discounted at 20% a year." in drawn.note
    assert "Money over the run is discounted at 20% a year." in drawn.alt


def test_a_choice_that_costs_less_than_the_baseline_is_in_the_picture():
    less = pair(own_cost=1.8, cost=0.6)
    assert points_of_comparison(less).points[0].cost == pytest.approx(-2.4)
    drawn = front(less)
    assert drawn.headline.startswith("What £2.4m less closes is not distinguishable from 0: ")
    low, high = next(axes.get_xlim() for axes in drawn.figure.axes if "cost" in axes.get_xlabel())
    assert low < -2.4 < 0 < high


def test_a_choice_that_closes_nothing_widens_the_gap():
    worse = side_by_side({"as it is": study(0.0, [10] * 4), "more": study(1.0, [11] * 4)})
    assert front(worse).headline == "£2m widens the gap by £1m a year"


def test_of_another_gap_before_any_savings_each_closes_of_its_own():
    """From 32 to 17 and from 25 to 9.5: 0.5 more is closed, and not the 7.5 that are left less."""
    as_is = study(0.0, [17] * 4, system={"do_nothing": np.full((3, 24), 32.0)})
    less = study(0.1, [9.5] * 4, system={"do_nothing": np.full((3, 24), 25.0)}, do_nothing={"2020-04": 25})
    found = points_of_comparison(side_by_side({"as is": as_is, "less growth": less}))
    assert (found.points[0].closes.mean, found.before_savings, found.levers_alone) == (0.5, (25.0, 32.0), False)
    drawn = front(side_by_side({"as is": as_is, "less growth": less}))
    assert drawn.headline == "Less growth (£0.2m) closes £0.5m a year"
    assert "what they close is not by their cost alone, and is of each one’s own gap before any savings" in drawn.note
    fewer = study(0.1, [11] * 4, system={"do_nothing": np.full((3, 24), 25.0)}, do_nothing={"2020-04": 25})
    worse = front(side_by_side({"as is": as_is, "less growth": fewer}))
    assert worse.headline == "Less growth (£0.2m) closes £1m a year less than the baseline"


def test_where_more_than_levers_differs_the_option_closes_and_not_its_cost():
    other = study(1.0, [8] * 4, parameters={"exposure": 0.3})
    drawn = front(side_by_side({"as it is": study(0.0, [10] * 4), "more": other}))
    assert drawn.headline == "More (£2m) closes £2m a year"
    assert "Scenarios differ in more than their levers: what they close is not by their cost alone." in drawn.note
    assert "differ" not in front(pair()).note


def test_what_is_within_chance_is_no_finding():
    """2 and 4 closed at two sets of assumptions, ±12.7 by Student's t of two; 2.9 and 3.1, ±1.3."""
    unclear = front(side_by_side({"as it is": study(0.0, [10] * 4), "more": study(1.0, [8, 8, 6, 6])}))
    assert unclear.headline == "What £2m closes is not distinguishable from 0: −\u2060£9.7m to £16m a year"
    clear = front(side_by_side({"as it is": study(0.0, [10] * 4), "more": study(1.0, [7.1, 7.1, 6.9, 6.9])}))
    assert clear.headline == "£2m closes £3m a year"


def test_options_of_a_search_are_without_what_the_place_pays_already(tmp_path):
    found = points_of_decided(decided(tmp_path, {"coaching": (2.0, Worth(5.0, sides=(6.0, -1.0)))}))
    assert (found.own_cost, found.discount, found.is_central) == (0.0, 0.0, False)
    assert [each.change.mean for each in found.points] == [-1.0] * len(found.points)


def test_steps_begin_at_the_cheapest_and_rise_from_there():
    none = Amount(mean=0.0, half_width=0.0)
    points = [
        FrontPoint(label="", cost=cost, closes=replace(none, mean=gain), worst_off="", change=none)
        for cost, gain in ((-2.0, -1.0), (-1.0, 2.0), (1.0, 1.0), (3.0, 4.0))
    ]
    found = FrontPoints(points=tuple(points), others=np.empty((0, 2)), cases=2)
    assert found.steps.tolist() == [[-2.0, -1.0], [-1.0, 2.0], [3.0, 4.0]]


def test_what_gaps_that_were_drawn_close_is_not_said():
    """Each would close of its own gap before any savings at a set, of which only the file's is known."""
    both = pair()
    (base, more) = both.cases
    other = replace(more, before_savings=base.before_savings - 7)
    drawn = {"do_nothing.2022-03": np.array([0.2, 0.8])}
    cases = [
        replace(each, study=replace(each.study, assumptions=replace(each.study.assumptions, own_numbers=drawn)))
        for each in (base, other)
    ]
    assert points_of_comparison(replace(both, cases=(base, other))) is not None
    found = replace(both, cases=tuple(cases))
    assert points_of_comparison(found) is None
    why = "the gaps before any savings differ between the scenarios, and were drawn"
    assert reason_unavailable("front", found) == why
    alike = replace(cases[1], before_savings=base.before_savings)
    assert points_of_comparison(replace(both, cases=(cases[0], alike))) is not None
