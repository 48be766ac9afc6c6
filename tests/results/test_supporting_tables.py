"""Supporting runs that are written to a run's folder are read back as they were."""

import numpy as np
import pytest

from simulation import run_comparison
from simulation.analysis.verdict import verdict
from simulation.execution.run import RunRequest, run_scenario
from simulation.results.batch.errors import NoBatchError
from simulation.results.load import load_comparison
from simulation.results.store import fill_folder, write_run
from simulation.results.supporting_tables import read_supporting_tables, supporting_tables
from tests.places import place, scenario

pytestmark = pytest.mark.unit


def test_outturns_by_year_and_gaps_are_read_back(tmp_path):
    plain = scenario(place(months=24))
    study = run_comparison({"alone": plain}, replicates=6, seed=1, supporting_runs=True, made="").studies["alone"]
    for name, frame in supporting_tables(study):
        frame.to_parquet(tmp_path / f"{name}.parquet")
    found = read_supporting_tables(lambda name: path if (path := tmp_path / f"{name}.parquet").exists() else None)
    assert found["assumptions"].outturns.shape == (len(study.assumptions), 2, 2)
    assert np.array_equal(found["assumptions"].outturns, study.assumptions.outturns)
    assert list(found["holding_out"]) == ["a", "b"]
    for who, held in study.holding_out.items():
        assert np.array_equal(found["holding_out"][who].outturns, held.outturns)
        assert np.array_equal(found["holding_out"][who]["gap"][:, -1], held["gap"][:, -1])


def test_no_joint_action_of_a_run_is_read_back_as_it_was(tmp_path):
    coached = scenario(place(months=24, levers={"coaching": {"strength": 1, "cost": 1}}))
    done = run_scenario(RunRequest(name="coached", scenario=coached, replicates=6, seed=1, out=tmp_path))
    wanted = done.results.no_joint_action
    with fill_folder(tmp_path / "coached") as partial:
        write_run(partial, done.study, done.record, no_joint_action=wanted.study)
    read = load_comparison(tmp_path / "coached")
    found = read.no_joint_action
    assert (found.label, found.study.ensemble.axes) == ("no joint action", wanted.study.ensemble.axes)
    for name in wanted.study.ensemble.arrays:
        mine, theirs = (getattr(each.study.ensemble, name) for each in (found, wanted))
        assert np.array_equal(mine, theirs, equal_nan=True), name
    assert np.array_equal(found.study.assumptions.outturns, wanted.study.assumptions.outturns)
    assert verdict(read) == verdict(done.results)
    with pytest.raises(NoBatchError, match=f"name the folder above, {tmp_path / 'coached'}$"):
        load_comparison(tmp_path / "coached/no-joint-action")  # supporting runs, and no run whose record is lost


def test_a_run_without_levers_has_nothing_to_compare_with(tmp_path):
    request = RunRequest(name="plain", scenario=scenario(place(months=24)), replicates=2, seed=1, out=tmp_path)
    assert request.total_replicates == 2 + 2 * 2 + 2 * 1 + 2 * 2
    assert run_scenario(request).results.no_joint_action is None
