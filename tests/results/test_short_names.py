"""Short names for what researchers ask of an ensemble: columns, trust between two, dates, polars."""

import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest

from simulation import load_results, run_ensemble
from simulation.results.dates import first_days
from tests.execution.small import run, small_plan
from tests.places import place, run_many, scenario

pytestmark = pytest.mark.unit

ORGANISATIONS = {
    "a": {"role": "commissioner", "income": 100.0, "name": "Riverside Council"},
    "b": {"role": "provider", "income": 200.0, "name": "Riverside Hospital", "sector": "acute"},
    "c": {"role": "provider", "income": 50.0, "name": "Hill Community Trust"},
}
PLACE = scenario(place(organisations=ORGANISATIONS, months=6))


@pytest.fixture(scope="module")
def ensemble():
    return run_many(PLACE, replicates=3)


def test_the_columns_that_are_asked_for_most_have_a_name(ensemble):
    for name in ("gap", "trust", "position"):
        np.testing.assert_array_equal(getattr(ensemble, name), ensemble[name])
        assert getattr(ensemble, name).shape == (3, 6)


def test_trust_between_two_is_that_of_the_first_in_the_second(ensemble):
    frame = ensemble.to_pandas("relationships")
    rows = frame[(frame["trusting"] == "a") & (frame["trusted"] == "b")]
    assert ensemble.trust_between("a", "Riverside Hospital").to_numpy().ravel().tolist() == rows["trust"].tolist()
    assert (ensemble.trust_between("a", "b") != ensemble.trust_between("b", "a")).any(axis=None)


def test_trust_between_two_has_the_first_day_of_each_month(ensemble):
    months = ensemble.trust_between("a", "b").mean().index
    assert months.strftime("%Y-%m-%d").tolist()[::5] == ["2020-04-01", "2020-09-01"]


def test_trust_that_was_not_kept_or_cannot_be_is_refused(ensemble):
    with pytest.raises(ValueError, match=r"not kept.*run_ensemble\(\.\.\., detail=\(\"relationships\",\)\)"):
        run_ensemble(PLACE, replicates=1, seed=1, engine="mesa").trust_between("a", "b")
    with pytest.raises(ValueError, match="c has no relationship with a: they share no programme or contract; it has"):
        ensemble.trust_between("c", "a")
    with pytest.raises(ValueError, match="unknown organisation 'Hil Comunity Trust'; did you mean c"):
        ensemble.trust_between("Hil Comunity Trust", "a")


def test_the_graph_of_trust_is_who_trusts_whom_in_a_month(ensemble):
    graph = ensemble.trust_graph("2020-06")
    assert sorted(graph.nodes) == ["a", "b", "c"]
    assert graph.nodes["b"] == {"name": "Riverside Hospital", "role": "provider", "sector": "acute", "income": 200.0}
    assert sorted(graph.edges) == sorted(ensemble.axes.relationships)
    assert graph.edges["a", "b"]["trust"] == pytest.approx(ensemble.trust_between("a", "b")["2020-06-01"].mean())
    assert ensemble.trust_graph().edges == ensemble.trust_graph(5).edges
    assert ensemble.trust_graph()["a"]["b"] == ensemble.trust_graph("2020-09")["a"]["b"]


@pytest.mark.parametrize(
    "day", ["2020-06-01", date(2020, 6, 30), np.datetime64("2020-06-15"), pd.Timestamp("2020-06-01"), np.int64(2)]
)
def test_a_day_stands_for_its_month(ensemble, day):
    assert ensemble.trust_graph(day).edges["a", "b"] == ensemble.trust_graph("2020-06").edges["a", "b"]


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (2.5, "a month is written YYYY-MM, such as 2020-04, or counted from 0 .given: 2.5"),
        ("2020-06-31", "a month is written YYYY-MM"),
        (pd.Timestamp("2030-01-01"), "month 2030-01 is outside the run"),
        ("2020-12", r"month 2020-12 is outside the run, 2020-04 to 2020-09 \(0 to 5\)"),
        (6, "month 6 is outside the run"),
        (-7, "month -7 is outside the run"),
        ("June", "a month is written YYYY-MM, such as 2020-04"),
    ],
)
def test_a_month_outside_the_run_is_refused(ensemble, month, words):
    with pytest.raises(ValueError, match=words):
        ensemble.trust_graph(month)


def test_a_month_that_was_not_kept_is_refused():
    few = run_ensemble(PLACE, replicates=1, seed=1, engine="mesa", detail=("relationships",), detail_months=(0, 5))
    assert few.trust_between("a", "b").shape == (1, 2)
    with pytest.raises(ValueError, match="not kept for 2020-06; they were for 2020-04, 2020-09"):
        few.trust_graph(2)


def test_the_date_of_a_month_is_its_first_day(ensemble):
    frame = ensemble.to_pandas()
    assert frame["date"].dtype == "datetime64[ns]"
    assert frame.loc[frame["month"] == 2, "date"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2020-06-01"]


def test_dates_of_far_away_years_are_right():
    assert first_days("3000-11", [0, 2]).astype("datetime64[D]").tolist()[1].isoformat() == "3001-01-01"


@pytest.mark.parametrize("table", ["system", "outturns", "agreements", "memberships", "organisations", "relationships"])
def test_polars_has_the_same_table(ensemble, table):
    pl = pytest.importorskip("polars")
    found, frame = ensemble.to_polars(table), ensemble.to_pandas(table)
    assert found.columns == list(frame.columns)
    assert found.to_dicts() == pl.from_pandas(frame).to_dicts()


def test_a_batch_as_polars_has_the_same_rows_and_dates(tmp_path):
    pytest.importorskip("polars")
    run(small_plan({"parameters.loss_ratio": (1, 3)}, replicates=2), tmp_path)
    found, frame = load_results(tmp_path).to_polars(), load_results(tmp_path).to_pandas()
    assert found.columns[:4] == list(frame.columns[:4]) == ["design", "replicate", "month", "date"]
    assert found["date"].to_list() == frame["date"].dt.to_pydatetime().tolist()
    assert found["gap"].to_list() == frame["gap"].tolist()
    assert found["realised"].null_count() == frame["realised"].isna().sum() > 0


def test_without_polars_it_says_what_is_missing(ensemble, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match=r"^to_polars needs polars: pip install polars$"):
        ensemble.to_polars()
