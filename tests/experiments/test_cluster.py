"""Workers of a dask cluster: a real scheduler, real workers, one of them killed."""

import pytest

from simulation.experiments.cluster import ClusterWorkers
from simulation.experiments.executors import WorkersError, carry_out
from tests.experiments import deeds
from tests.experiments.cluster import running_cluster

pytestmark = pytest.mark.e2e


def test_all_work_is_done_though_one_of_two_workers_is_killed():
    with running_cluster(workers=2) as cluster:
        results = carry_out(range(60), deeds.slow_square, ClusterWorkers(cluster.address))
        told = [next(results) for _ in range(5)]
        cluster.workers[0].kill()
        told += results
    assert sorted(number for number, _ in told) == list(range(60))
    assert all(result == number * number for number, result in told)


def test_a_scheduler_that_goes_away_is_told():
    with running_cluster(workers=1) as cluster:
        results = carry_out(range(1000), deeds.slow_square, ClusterWorkers(cluster.address))
        next(results)
        cluster.scheduler.kill()
        with pytest.raises(WorkersError, match="whoever hands out the work is gone"):
            list(results)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "not an address", "127.0.0.1"])
def test_an_address_where_nobody_answers_is_told(address):
    with pytest.raises(WorkersError, match=r"no scheduler answers at .* an address looks like tcp://scheduler:8786"):
        list(carry_out([1], deeds.square, ClusterWorkers(address, patience=1)))
