"""Supporting runs that are written to a run's folder are read back as they were."""

import numpy as np
import pytest

from simulation import run_comparison
from simulation.results.supporting_tables import read_supporting_tables, supporting_tables
from tests.places import place, scenario

pytestmark = pytest.mark.unit


def test_outturns_by_year_and_gaps_are_read_back(tmp_path):
    plain = scenario(place(months=24))
    study = run_comparison({"alone": plain}, replicates=6, seed=1, supporting_runs=True, made="").studies["alone"]
    for name, frame in supporting_tables(study):
        frame.to_parquet(tmp_path / f"{name}.parquet")
    found = read_supporting_tables(tmp_path)
    assert found["assumptions"].outturns.shape == (len(study.assumptions), 2, 2)
    assert np.array_equal(found["assumptions"].outturns, study.assumptions.outturns)
    assert list(found["holding_out"]) == ["a", "b"]
    for who, held in study.holding_out.items():
        assert np.array_equal(found["holding_out"][who].outturns, held.outturns)
        assert np.array_equal(found["holding_out"][who]["gap"][:, -1], held["gap"][:, -1])
