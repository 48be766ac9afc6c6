"""Organisations' books: winners and losers, the gain of an organisation that never moves, and sums that add up."""

import numpy as np
import pytest

from simulation import columns, run_ensemble
from simulation.analysis.blockers import blockers
from simulation.analysis.books import books
from simulation.analysis.holding_out import holding_out, holding_out_to_pandas
from simulation.analysis.organisations_positions import organisations_positions, positions_to_pandas
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from tests.analysis.by_hand import by_hand
from tests.places import place

pytestmark = pytest.mark.unit


def test_positions_are_against_the_plan_and_against_no_savings():
    """Income 100 to 200: a third of the gap is a's. Planned: 12 a year falling straight to 0, so 6 in all, a's 2.

    Before any savings the gap is 12 over the year, 4 of them a's. a ends at −1, b at −9.
    """
    ensemble = by_hand(2, system={"do_nothing": 12.0}, outturns=[-1.0, -9.0], do_nothing={"2020-04": 12.0})
    found = {each.organisation: each for each in organisations_positions(ensemble)}
    assert found["a"].against_plan.mean == pytest.approx(1.0)
    assert found["a"].against_no_savings.mean == pytest.approx(3.0)
    assert found["b"].against_plan.mean == pytest.approx(-5.0)
    assert found["b"].against_no_savings.mean == pytest.approx(-1.0)
    assert (found["a"].loses_in, found["b"].loses_in, found["b"].replicates) == (0, 2, 2)
    assert positions_to_pandas(organisations_positions(ensemble))["organisation"].tolist() == ["b", "a"]


@pytest.mark.parametrize("seed", range(4))
def test_an_organisation_that_nothing_touches_neither_gains_nor_loses(seed):
    """It has no pool, no programme and no contract: what it ends with differs from its part of the gap by rounding."""
    shares = {"a": 1, "b": 0.7, "idle": 0.3 + seed / 7, "still": 0.9 - seed / 13}
    organisations = {
        name: {
            "role": "commissioner" if name == "a" else "provider",
            "income": 40 + seed,
            "deficit_share": share,
            "efficiency_pool": 2 * (name in "ab"),
        }
        for name, share in shares.items()
    }
    plain = place(months=31, do_nothing={"2020-04": 20, "2022-10": 34.1}, programmes={}, organisations=organisations)
    ensemble = run_ensemble(Scenario.model_validate(plain), replicates=5, seed=seed)
    found = {each.organisation: each.loses_in for each in organisations_positions(ensemble)}
    assert (found["idle"], found["still"]) == (0, 0)


def test_the_books_are_what_the_model_computes_month_by_month():
    plain = place(
        months=30,
        levers={"coaching": {"strength": 0.5, "cost": 2.0, "ramp": 3, "from": "2020-06"}},
        programmes={
            "care": {"value": 6, "shares": {"a": 0.5, "b": 0.5}, "milestones": 4, "set_up_cost": 3},
        },
        contracts={"deal": {"commissioner": "a", "provider": "b", "amount": 80.0, "payment": "tariff"}},
        parameters={
            "mobilisation": 1,
            "opening_trust": 0.7,
            "opening_orientation": 0.6,
            "exposure": 0.1,
            "accountability_pressure": 0.0,
        },
    )
    ensemble = run_ensemble(Scenario.model_validate(plain), replicates=20, seed=3, detail=("opportunities",))
    found = books(ensemble)
    yields = ensemble.opportunities[:, :, :, columns.OPPORTUNITIES.contract_yield]
    assert found.contracts == pytest.approx(np.nan_to_num(yields).sum(axis=(1, 2)), abs=1e-9)
    assert found.outturn == pytest.approx(found.contracts - found.gap - found.set_up - found.levers)
    assert 0 < found.set_up.max() <= 3
    assert found.levers[0] == pytest.approx(2.0 * 0.5 * (1 / 3 + 2 / 3 + 26) / 12)
    frame = found.to_pandas().set_index("step")["mean"]
    assert frame["outturn"] == pytest.approx(frame.drop("outturn").sum())


def test_the_gain_of_never_moving_is_paired():
    free = by_hand(3, outturns=[5.0, 1.0], system={"gap": 10.0})
    held = Replicates(columns={"gap": np.array([[12.0], [14.0]])}, outturns=np.array([[[6.0, -2.0]], [[8.0, -1.0]]]))
    found = holding_out(Study(ensemble=free, holding_out={"a": held}))
    assert found[0].gain.mean == pytest.approx(2.0)
    assert found[0].cost_to_others.mean == pytest.approx(2.5)
    assert found[0].adds_to_gap.mean == pytest.approx(3.0)
    assert holding_out_to_pandas(found)["replicates"].tolist() == [2]


def test_blockers_are_named_with_what_became_of_the_programme():
    ensemble = by_hand(
        2,
        memberships={("care", "a"): (10, 9), ("care", "b"): (10, 2), ("home", "a"): (0, 0), ("home", "b"): (0, 0)},
        agreements={("care", "agreed"): [3, np.nan]},
    )
    frame = blockers(ensemble)
    first = frame.iloc[0]
    assert (first["programme"], first["organisation"], first["institutional"]) == ("care", "a", 0.9)
    assert (first["agreed_by"], first["never_agreed_in"], first["replicates"]) == ("2020-07", 1, 2)
    assert np.isnan(frame.set_index(["programme", "organisation"])["institutional"]["home", "a"])
    assert set(frame["programme"]) == {"care", "home"}
