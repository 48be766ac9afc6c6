"""joblib and dask: run_ensemble in workers; every replicate is the same, to the bit, in whatever process."""

import numpy as np
import pytest

from simulation import run_ensemble
from simulation.model.run import prepare_engine
from simulation.scenario.what_if import with_parameters
from tests.ecosystem.tools import tool, two_trusts

pytestmark = pytest.mark.e2e


def final_gaps(place, first):
    return run_ensemble(place, replicates=4, seed=1, first=first, threads=1)["gap"][:, -1]


def test_joblib_runs_replicates_in_processes():
    joblib = tool("joblib")
    place = two_trusts()
    prepare_engine(place)
    parts = joblib.Parallel(n_jobs=2)(joblib.delayed(final_gaps)(place, first) for first in (0, 4, 8))
    assert np.array_equal(np.concatenate(parts), run_ensemble(place, replicates=12, seed=1)["gap"][:, -1])


def test_dask_maps_points_over_workers():
    dask = tool("dask")
    places = [with_parameters(two_trusts(), exposure=each) for each in (0.2, 0.3, 0.4)]
    tasks = [dask.delayed(final_gaps)(place, 0) for place in places]
    for scheduler in ("threads", "processes"):
        found = dask.compute(*tasks, scheduler=scheduler, num_workers=2)
        assert all(np.array_equal(one, final_gaps(place, 0)) for one, place in zip(found, places, strict=True))
