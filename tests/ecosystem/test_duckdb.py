"""DuckDB: SQL over the tables of a run in memory, and of a batch on disk."""

import pytest

from simulation import load_results, run_ensemble
from simulation.execution.plan import plan_batch
from tests.ecosystem.tools import tool, two_trusts
from tests.execution.small import experiment, run

duckdb = tool("duckdb")

pytestmark = pytest.mark.e2e


def test_sql_over_a_table_in_memory():
    runs = run_ensemble(two_trusts(), replicates=8, seed=1)
    system = runs.to_pandas()
    query = "select month, avg(gap) as gap from system group by month order by month"
    by_sql = duckdb.query_df(system, "system", query).df()
    assert by_sql["gap"].to_numpy() == pytest.approx(runs["gap"].mean(axis=0))


def test_sql_over_the_files_of_a_batch(tmp_path):
    run(plan_batch(experiment({"levers.coaching.strength": (0.0, 1.0)}, replicates=20)), tmp_path)
    query = f"""
        select design, avg(gap) as gap from '{tmp_path}/system.parquet' where month = 23 group by design order by design
    """
    found = dict(duckdb.sql(query).fetchall())
    system = load_results(tmp_path).to_pandas()
    own = system[system["month"] == 23].groupby("design")["gap"].mean()
    assert len(found) == 2
    assert found == pytest.approx(own.to_dict())
