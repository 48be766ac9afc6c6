"""polars: expressions over the tables of a run."""

import pytest

from simulation import run_ensemble
from tests.ecosystem.tools import tool, two_trusts

pl = tool("polars")

pytestmark = pytest.mark.e2e


def test_group_by_and_filter(tmp_path):
    runs = run_ensemble(two_trusts(), replicates=8, seed=1)
    frame = runs.to_polars()
    means = frame.group_by("month").agg(pl.col("gap").mean()).sort("month")
    assert means["gap"].to_list() == pytest.approx(runs["gap"].mean(axis=0).tolist())
    met = frame.filter(pl.col("month") == 23).select((pl.col("gap") <= runs.target).mean()).item()
    assert met == (runs["gap"][:, -1] <= runs.target).mean()
    assert frame.filter(pl.col("date") == pl.datetime(2026, 3, 1)).height == 8
    frame.write_parquet(tmp_path / "system.parquet")
    assert pl.scan_parquet(tmp_path / "system.parquet").select("trust").collect().equals(frame.select("trust"))
    assert runs.to_polars("outturns")["outturn"].sum() == pytest.approx(runs.outturns.sum())
