"""pandas: group, pivot, join, plot and keep the tables of a run."""

import numpy as np
import pandas as pd
import pytest

from simulation import run_ensemble
from simulation.scenario.what_if import with_levers
from tests.ecosystem.tools import two_trusts

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def runs():
    return run_ensemble(two_trusts(), replicates=8, seed=1, detail=("organisations",))


def test_group_by_month(runs):
    means = runs.to_pandas().groupby("month")["gap"].mean()
    assert means.to_numpy() == pytest.approx(runs["gap"].mean(axis=0))


def test_resample_by_date(runs):
    by_year = runs.to_pandas().set_index("date").groupby("replicate")["position"].resample("YE-MAR").sum()
    assert by_year.groupby("replicate").sum().to_numpy() == pytest.approx(runs["cumulative_position"][:, -1])


def test_pivot_and_unstack(runs):
    wide = runs.to_pandas("organisations").pivot_table(index="date", columns="organisation", values="position")
    assert wide.columns.tolist() == ["commissioner", "hospital"]
    assert wide.sum(axis=1).to_numpy() == pytest.approx(runs["position"].mean(axis=0))
    replicates = runs.to_pandas().set_index(["replicate", "month"])["trust"].unstack()
    assert np.array_equal(replicates.to_numpy(), runs["trust"])


def test_concat_and_compare_two_scenarios(runs):
    coached = run_ensemble(with_levers(two_trusts(), coaching=1.0), replicates=8, seed=1)
    both = pd.concat({"as it is": runs.to_pandas(), "coached": coached.to_pandas()}, names=["scenario", "row"])
    last = both[both["month"] == 23].groupby("scenario")["gap"].mean()
    expected = (coached["gap"] - runs["gap"])[:, -1].mean()
    assert last["coached"] - last["as it is"] == pytest.approx(expected)


def test_plot_draws_a_line_with_every_month(runs):
    panel = runs.to_pandas().groupby("date")["gap"].mean().plot(title="Gap")
    (line,) = panel.get_lines()
    assert line.get_ydata() == pytest.approx(runs["gap"].mean(axis=0))


@pytest.mark.parametrize("table", ["system", "outturns", "agreements", "memberships", "organisations"])
def test_parquet_gives_back_each_table(runs, table, tmp_path):
    frame = runs.to_pandas(table)
    frame.to_parquet(tmp_path / "table.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "table.parquet"), frame, check_column_type=False)


def test_csv_gives_back_the_numbers(runs, tmp_path):
    frame = runs.to_pandas()
    frame.to_csv(tmp_path / "table.csv", index=False)
    again = pd.read_csv(tmp_path / "table.csv", parse_dates=["date"])
    assert again["gap"].to_numpy() == pytest.approx(frame["gap"].to_numpy(), rel=1e-14)
    assert again["date"].tolist() == frame["date"].tolist()
