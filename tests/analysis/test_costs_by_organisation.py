"""What organisations pay for levers and for setting programmes up: worked out on paper, and held to their books."""

import numpy as np
import pytest

from simulation import trace_books
from simulation.analysis.costs_by_organisation import (
    LEVERS,
    SET_UP,
    costs_by_organisation_to_pandas,
    lever_costs_by_organisation,
    set_up_costs_by_organisation,
)
from simulation.analysis.discounting import discounted
from simulation.analysis.finance import finance_of
from simulation.model.run import run_ensemble
from simulation.results.comparison import side_by_side
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.places import place, scenario

pytestmark = pytest.mark.unit

THREE = {
    "organisations": {
        "a": {"role": "commissioner", "income": 100.0},
        "b": {"role": "provider", "income": 200.0},
        "c": {"role": "provider", "income": 300.0},
    },
    "programmes": {
        "care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4, "set_up_cost": 3.0},
        "wards": {"value": 2.0, "shares": {"b": 0.5, "c": 0.5}, "milestones": 2, "set_up_cost": 1.0},
    },
    "levers": {"coaching": {"strength": 1.0, "cost": 1.2}},
    "months": 24,
}


def test_levers_are_paid_by_income_and_set_up_by_those_who_take_part():
    # Agreed in month 8, care is set up in months 9 to 12: 3 of 4 months lie in the first year (months 0 to 11).
    study = Study(ensemble=by_hand(1, **THREE, agreements={("care", "agreed"): 8}))
    by_year = lever_costs_by_organisation(study)
    np.testing.assert_allclose(by_year, [[0.2, 0.4, 0.6], [0.2, 0.4, 0.6]])  # 1.2 × 1/6, 2/6, 3/6
    paid = set_up_costs_by_organisation(study)
    np.testing.assert_allclose(paid[0], [[0.75, 1.5, 0.0], [0.25, 0.5, 0.0]])  # 3 × 1/3 and 2/3; c takes no part


def test_what_organisations_pay_is_what_their_books_say_and_adds_up_to_the_place():
    ensemble = run_ensemble(scenario(place(**THREE)), replicates=6, seed=3, detail=("organisations", "opportunities"))
    study = Study(ensemble=ensemble)
    set_up, levers = set_up_costs_by_organisation(study), lever_costs_by_organisation(study)
    for o, organisation in enumerate(ensemble.axes.organisations):
        books = trace_books(ensemble, organisation).groupby(["item", "replicate"])["amount"].sum()
        paid = books.get("set_up", 0.0)
        np.testing.assert_allclose(set_up[:, :, o].sum(axis=1), -np.broadcast_to(paid, 6), atol=1e-9)
        np.testing.assert_allclose(levers[:, o].sum(), -books["levers"], rtol=1e-9)
    money = finance_of(study)
    assert set_up.any()
    np.testing.assert_allclose(set_up.sum(axis=2), -money.by_year("set_up"), atol=1e-12)
    np.testing.assert_allclose(levers.sum(axis=1), -money.by_year("levers")[0], atol=1e-12)


def test_the_table_has_a_row_for_each_organisation_kind_and_period_and_is_discounted():
    ensemble = run_ensemble(scenario(place(**THREE)), replicates=6, seed=3)
    results = side_by_side({"coached": Study(ensemble=ensemble)})
    frame = costs_by_organisation_to_pandas(results)
    assert set(frame["cost"]) == {LEVERS, SET_UP}
    assert len(frame) == 3 * 2 * 3  # organisations, kinds, two years and the whole run
    levers = frame[(frame["cost"] == LEVERS) & (frame["organisation"] == "c")].set_index("period")
    assert levers["mean"].round(9).to_dict() == {"2020/21": 0.6, "2021/22": 0.6, "whole run": 1.2}
    assert (levers["half_width_95"].abs() < 1e-9).all()  # levers cost the same whatever happens
    later = costs_by_organisation_to_pandas(discounted(results, 5)).query("cost == @LEVERS and organisation == 'c'")
    assert later["mean"].round(9).tolist() == [0.6, round(0.6 / 1.05, 9), round(0.6 + 0.6 / 1.05, 9)]
