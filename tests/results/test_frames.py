"""Tables: exactly these columns, one row for each place on the axes, nothing lost on the way from the arrays."""

import math
import re

import numpy as np
import pandas as pd
import pytest

from simulation import columns
from simulation.model.run import run_ensemble
from tests.places import fixed, month_after, place, random_place, run, run_many, scenario

pytestmark = pytest.mark.unit

KEYS = {
    "system": ["replicate", "month", "date"],
    "outturns": ["replicate", "year", "organisation", "part"],
    "agreements": ["replicate", "opportunity"],
    "memberships": ["replicate", "opportunity", "organisation"],
    "organisations": ["replicate", "month", "date", "organisation"],
    "relationships": ["replicate", "month", "date", "trusting", "trusted"],
    "opportunities": ["replicate", "month", "date", "opportunity"],
}


def names_of(table):
    """The names of a table's keys and of its columns."""
    return [*KEYS[table], *(each.name for each in columns.columns_of(table))]


@pytest.fixture(scope="module")
def ensemble():
    return run_many(scenario(random_place(6)), replicates=3)


@pytest.mark.parametrize("table", KEYS)
def test_a_table_has_exactly_its_columns(ensemble, table):
    frame = ensemble.to_pandas(table)
    assert list(frame.columns) == names_of(table)
    assert isinstance(frame.index, pd.RangeIndex)
    assert len(frame) > 0


@pytest.mark.parametrize("table", KEYS)
def test_rows_are_in_the_order_of_their_axes_and_each_is_there_once(ensemble, table):
    frame = ensemble.to_pandas(table)
    index = [
        name
        for name in ("replicate", "month", "year", "opportunity", "trusting", "trusted", "organisation")
        if name in frame
    ]
    assert not frame.duplicated(index).any()
    pd.testing.assert_frame_equal(frame, frame.sort_values(index, kind="stable"))
    axes = ensemble.axes
    lengths = {
        "system": len(axes.months),
        "outturns": ensemble.outturns.shape[1] * len(axes.organisations),
        "agreements": len(axes.programmes),
        "memberships": len(axes.memberships),
        "organisations": len(axes.months) * len(axes.organisations),
        "relationships": len(axes.months) * len(axes.relationships),
        "opportunities": len(axes.months) * len(axes.opportunities),
    }
    assert len(frame) == 3 * lengths[table]


def test_every_column_has_a_label_a_unit_and_a_meaning():
    assert [row for row in (*columns.TABLE, *columns.KEYS) if not (row.label and row.unit and row.meaning)] == []


def test_a_row_that_lacks_a_column_says_which():
    with pytest.raises(ValueError, match=r"^table memberships: no value for months_institutional$"):
        columns.in_order(columns.MEMBERSHIPS, {"months_on_table": 1.0})
    row = dict.fromkeys(columns.MEMBERSHIPS._fields, 1.0)
    with pytest.raises(ValueError, match=r"^table memberships: no column months_open$"):
        columns.in_order(columns.MEMBERSHIPS, row | {"months_open": 1.0})


def test_the_system_table_is_the_array(ensemble):
    frame = ensemble.to_pandas()
    for name in columns.SYSTEM._fields:
        np.testing.assert_array_equal(frame[name].to_numpy().reshape(3, -1), ensemble[name])
    assert frame["month"].tolist() == [*range(len(ensemble.axes.months))] * 3
    assert frame["replicate"].unique().tolist() == [0, 1, 2]


def test_a_relationships_row_says_who_trusts_whom(ensemble):
    frame = ensemble.to_pandas("relationships").set_index(["replicate", "month", "trusting", "trusted"])["trust"]
    r = len(ensemble.axes.relationships) // 2
    of, trusted = ensemble.axes.relationships[r]
    assert frame[2, 1, of, trusted] == ensemble.relationships[2, 1, r]


def test_replicates_keep_their_numbers():
    frame = run_ensemble(scenario(place(months=2)), replicates=2, seed=1, first=5).to_pandas()
    assert frame["replicate"].tolist() == [5, 5, 6, 6]


def test_agreements_in_words():
    """P is agreed in month 1 with consent, q by order in month 1, r never; the contract is no agreement."""
    entry = {"value": 4.0, "milestones": 2}
    plain = place(
        organisations={
            "a": {"role": "commissioner", "income": 100.0},
            "b": {"role": "provider", "income": 300.0},
            "c": {"role": "provider", "income": 200.0},
        },
        contracts={"s": {"commissioner": "a", "provider": "b", "amount": 10.0}},
        programmes={
            "p": entry | {"shares": {"a": 0.5, "b": 0.5}},
            "q": entry | {"shares": {"a": 1.2, "c": -0.2}},
            "r": entry | {"shares": {"b": 0.5, "c": 0.5}},
        },
        levers={"top_down_instruction": {"strength": 1, "only": ["q"]}},
        events=fixed({"a": "open", "b": "open", "c": "closed"}),
        months=3,
    )
    frame = run(scenario(plain, turnover=0.0)).to_pandas("agreements").set_index("opportunity")
    assert frame.index.tolist() == ["p", "q", "r"]
    assert frame["agreed"].tolist() == [1, 1, pd.NA]
    assert frame["by_order"].tolist() == [False, True, pd.NA]
    assert frame["lead"].tolist()[:2] == ["b", "c"]
    assert frame["outcome"].tolist()[:2] == ["win/win", "win/lose"]
    assert frame.loc["r", ["outcome", "lead", "realisation", "co_ownership"]].isna().all()
    assert frame.loc["r", ["milestones_met", "worth"]].tolist() == [0, 0]
    assert str(frame["agreed"].dtype) == "Int64"
    assert str(frame["by_order"].dtype) == "boolean"


def test_a_place_without_programmes_has_an_empty_table_of_agreements():
    frame = run(scenario(place(programmes={}))).to_pandas("agreements")
    assert list(frame.columns) == names_of("agreements")
    assert len(frame) == 0


def test_where_there_is_nothing_to_count_there_is_nan():
    late = {"care": {"value": 4.0, "shares": {"a": 0.5, "b": 0.5}, "from": month_after(2), "benefit": 0.0}}
    replicates = run_many(scenario(place(programmes=late, contracts={}, months=4)), replicates=2)
    frame = replicates.to_pandas()
    early = frame["month"] < 2
    assert frame.loc[early, ["population_first", "co_ownership"]].isna().all(axis=None)
    assert frame.loc[~early, ["population_first", "co_ownership"]].notna().all(axis=None)
    assert frame[["population_first_contracts", "benefit", "realised"]].isna().all(axis=None)
    assert (frame.loc[early, "plan_coverage"] == 0).all()
    others = [
        "gap",
        "do_nothing",
        "efficiency",
        "programmes",
        "milestones_value",
        "trust",
        "orientation",
        "pressure",
        "people_reached",
    ]
    assert frame[others].notna().all(axis=None)
    opportunities = replicates.to_pandas("opportunities")
    assert opportunities[["contract_yield", "cost_shifted"]].isna().all(axis=None)
    organisations = replicates.to_pandas("organisations")
    assert organisations.loc[organisations["month"] < 2, "population_first"].isna().all()


def test_an_organisation_without_opportunities_takes_no_stance():
    organisations = place()["organisations"] | {"c": {"role": "provider", "income": 5.0, "deficit_share": 0}}
    frame = run(scenario(place(organisations=organisations))).to_pandas("organisations")
    alone = frame[frame["organisation"] == "c"]
    assert alone["population_first"].isna().all()
    assert alone["position"].notna().all()


# What is refused


def test_an_unknown_table_is_refused(ensemble):
    said = (
        "there is no table 'sytem'; did you mean system? There are system, outturns, agreements, memberships, "
        "organisations, relationships, opportunities"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        ensemble.to_pandas("sytem")


@pytest.mark.parametrize("table", ["organisations", "relationships", "opportunities"])
def test_a_table_that_was_not_kept_is_refused(table):
    short = run_ensemble(scenario(place(months=2)), replicates=1, seed=1)
    with pytest.raises(ValueError, match=rf"^the table '{table}' was not kept; ask for it with detail=\('{table}',\)$"):
        short.to_pandas(table)


def test_an_ensemble_without_replicates_is_refused():
    from simulation.results.ensemble import Ensemble

    with pytest.raises(ValueError, match=r"^an ensemble needs one replicate at least$"):
        Ensemble.gather([])


def test_what_an_ensemble_says_of_itself(ensemble):
    assert len(ensemble) == 3
    assert ensemble.scenario.title == "Made up from 6"
    assert ensemble.seed == 1
    assert ensemble.agreement("agreed").shape == (3, len(ensemble.axes.opportunities))
    with pytest.raises(ValueError, match=r"^there is no column 'gaps'; did you mean gap\?$"):
        ensemble["gaps"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 0.0),
        ({"plan": {month_after(0): 9.0, month_after(30): 3.0}}, 9 - 6 * 11 / 30),
        ({"target": 4.5}, 4.5),
        ({"target": 0.0}, 0.0),
    ],
)
def test_the_target_is_as_given_else_the_plans_last_value(changes, expected):
    subject = scenario(place(**changes))
    assert run_ensemble(subject, replicates=1, seed=1).target == pytest.approx(expected)


def test_axes_name_what_arrays_hold():
    organisations = place()["organisations"]
    organisations["a"]["name"] = "The commissioner"
    programmes = place()["programmes"]
    programmes["care"]["title"] = "Care at home"
    axes = run(scenario(place(organisations=organisations, programmes=programmes, months=3))).axes
    assert axes.months == ("2020-04", "2020-05", "2020-06")
    assert axes.programmes == (0,)
    assert [axes.organisation_name(each) for each in axes.organisations] == ["The commissioner", "b"]
    assert [axes.opportunity_title(each) for each in axes.opportunities] == ["Care at home", "deal"]
    assert math.isclose(axes.organisation("b").income, 200.0)
