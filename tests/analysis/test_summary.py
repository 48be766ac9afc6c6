"""The headline numbers, each worked out on paper."""

import numpy as np
import pytest

from simulation.analysis.agreement_outcomes import Agreements, agreement_outcomes
from simulation.analysis.bands import varied_interval
from simulation.analysis.summary import find_worst_off, summarise
from simulation.model.run import run_ensemble
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.vocabulary import OutcomeClass
from tests.analysis.by_hand import by_hand
from tests.places import place, random_place

pytestmark = pytest.mark.unit

NAN = float("nan")


def test_the_gap_at_the_horizon_and_in_how_many_replicates_the_target_is_met():
    ensemble = by_hand(4, target=10.0, system={"gap": np.array([[5.0], [10.0], [15.0], [30.0]]), "do_nothing": 40.0})
    summary = summarise(ensemble)
    assert (summary.gap.mean, summary.gap.median) == (15.0, 12.5)
    assert (summary.do_nothing, summary.target) == (40.0, 10.0)
    assert summary.target_met == 2
    assert summary.target_met_in == "2 of 4 simulated runs"
    assert (summary.first_month, summary.last_month) == ("2020-04", "2021-03")


def test_a_gap_that_is_the_target_but_for_rounding_meets_it():
    ensemble = by_hand(2, target=12.6, system={"gap": np.array([[12.600000000000001], [12.61]]), "do_nothing": 40.0})
    assert summarise(ensemble).target_met == 1


@pytest.mark.parametrize(("months", "month", "share"), [(12, "2020-05", 0.2), (2, "2020-05", 0.2), (1, "2020-04", 0.1)])
def test_eight_weeks_end_with_the_second_month(months, month, share):
    coverage = np.array([0.1, 0.2, *[0.9] * 10])[:months]
    summary = summarise(by_hand(2, months=months, system={"plan_coverage": coverage}))
    assert summary.coverage_month == month
    assert summary.plan_coverage.mean == pytest.approx(share)


def test_delivery_is_a_share_of_what_was_agreed_and_of_what_was_on_paper():
    ensemble = by_hand(
        3,
        agreements={("care", "agreed"): [1, 1, NAN], ("home", "agreed"): [NAN, 1, NAN]},
        system={"milestones_value": [[3.0], [5.0], [0.0]]},
    )
    summary = summarise(ensemble)
    # of agreed: 3/6 and 5/10, the third agreed nothing; on paper: 3/10, 5/10 and 0/10
    assert summary.delivered_of_agreed.mean == pytest.approx(0.5)
    assert summary.delivered_of_paper.mean == pytest.approx((0.3 + 0.5 + 0.0) / 3)


@pytest.mark.filterwarnings("error")
def test_shares_of_nothing_are_not_known():
    summary = summarise(by_hand(2, programmes={}))
    assert np.isnan(summary.delivered_of_agreed.mean)
    assert np.isnan(summary.delivered_of_paper.mean)
    assert summary.agreements == Agreements(0.0, 0.0, 0.0, 0.0, 0.0)


def test_agreements_by_what_they_do_to_those_who_make_them():
    ensemble = by_hand(
        2,
        agreements={
            ("care", "outcome"): [OutcomeClass.WIN_WIN, OutcomeClass.WIN_LOSE],
            ("care", "by_order"): [0, 1],
            ("home", "outcome"): [OutcomeClass.WIN_WIN, NAN],
            ("home", "by_order"): [0, NAN],
        },
    )
    assert agreement_outcomes(ensemble) == Agreements(
        win_win=1.0, win_neutral=0.0, win_lose=0.5, never=0.5, by_order=0.5
    )


def test_the_worst_off_is_furthest_below_its_own_plan():
    # the plan: £12m a year all along, shared 1 to 2 by income: deficits of £4m and £8m over the year
    changes = {"do_nothing": {"2020-04": 12.0}, "plan": {"2020-04": 12.0}}
    ensemble = by_hand(2, outturns=[[[-5.0, -13.0]], [[-5.0, -11.0]]], **changes)
    worst = find_worst_off(ensemble)
    assert (worst.organisation, worst.name) == ("b", "b")
    # −12 on average against −8: £4m worse, of £200m of income
    assert worst.against_plan.mean == pytest.approx(-4.0)
    assert worst.per_income.mean == pytest.approx(-0.02)
    assert worst.against_plan.low_90 < worst.against_plan.high_90


def test_income_is_counted_over_the_run():
    half_year = {"do_nothing": {"2020-04": 0.0}, "plan": {"2020-04": 0.0}, "months": 6}
    worst = find_worst_off(by_hand(1, outturns=[[[-1.0, 0.0]]], **half_year))
    assert worst.per_income.mean == pytest.approx(-1.0 / 50.0)


@pytest.mark.parametrize("number", range(3))
def test_simulated_replicates_come_to_numbers_that_agree_with_each_other(number):
    ensemble = run_ensemble(Scenario.model_validate(random_place(number)), replicates=3, seed=1)
    summary = summarise(ensemble)
    agreements = summary.agreements
    classed = agreements.win_win + agreements.win_neutral + agreements.win_lose + agreements.never
    assert classed == pytest.approx(len(ensemble.axes.programmes))
    assert summary.gap.low_90 <= summary.gap.low_50 <= summary.gap.median <= summary.gap.high_50 <= summary.gap.high_90
    assert 0 <= summary.target_met <= summary.replicates == 3
    assert summary.trust_end.mean == pytest.approx(float(np.mean(ensemble["trust"][:, -1])))


def test_the_position_is_what_the_organisations_spend_beyond_their_income_over_the_run():
    ensemble = run_ensemble(Scenario.model_validate(place(months=18)), replicates=6, seed=1)
    found = summarise(ensemble)
    assert found.position.mean == pytest.approx(ensemble.outturns.sum(axis=(1, 2)).mean())
    assert found.realised.mean == pytest.approx(np.nanmean(ensemble["realised"][:, -1]))


def test_a_band_allowing_for_uncertain_assumptions_is_known_only_where_they_were_varied():
    ensemble = by_hand(2)
    varied = Replicates(columns={"gap": np.array([[0.0, 1.0], [0.0, 3.0]])}, parameters={"exposure": np.zeros(2)})
    assert varied_interval(Study(ensemble=ensemble)) is None
    assert varied_interval(Study(ensemble=ensemble, assumptions=varied)).median == 2.0
    assert varied_interval(Study(ensemble=ensemble, assumptions=varied), "cumulative_position") is None
