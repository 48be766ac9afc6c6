"""Workers of a dask cluster: a real scheduler, real workers, one of them killed."""

import threading

import pytest

from simulation.execution.batch import run_batch
from simulation.execution.cluster import ClusterWorkers
from simulation.execution.executors import WorkersError, run_tasks
from tests.execution import task_functions
from tests.execution.cluster import running_cluster
from tests.execution.small import run, small_plan, tables
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.e2e


def test_all_work_is_done_though_one_of_two_workers_is_killed():
    with running_cluster(workers=2) as cluster:
        results = run_tasks(range(60), task_functions.square, ClusterWorkers(cluster.address, timeout=PATIENCE))
        received = [next(results) for _ in range(5)]
        cluster.workers[0].kill()
        received += results
    assert sorted(received) == [(number, number * number) for number in range(60)]


def test_a_result_that_was_fetched_counts_though_its_worker_dies_right_then(monkeypatch):
    """Dask's own executor looks at the state of the task after that, and fails."""
    with running_cluster(workers=1) as cluster:
        monkeypatch.setattr("distributed.client.Future.status", "lost")
        results = list(run_tasks(range(3), task_functions.square, ClusterWorkers(cluster.address, timeout=PATIENCE)))
    assert sorted(results) == [(0, 0), (1, 1), (2, 4)]


def test_a_task_that_fails_on_the_cluster_is_reported_as_it_failed():
    with running_cluster(workers=1) as cluster:
        workers = ClusterWorkers(cluster.address, timeout=PATIENCE)
        results = dict(run_tasks([2, -1], task_functions.square, workers))
    assert results[2] == 4
    assert (type(results[-1]), str(results[-1])) == (ValueError, "-1 is below 0")


def test_a_scheduler_that_goes_away_is_reported():
    with running_cluster(workers=1) as cluster:
        results = run_tasks(
            range(1000), task_functions.return_or_wait_for_ever, ClusterWorkers(cluster.address, timeout=PATIENCE)
        )
        next(results)
        cluster.scheduler.kill()
        with pytest.raises(WorkersError, match="the scheduler that distributes them is gone"):
            list(results)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "not an address", "127.0.0.1"])
def test_an_address_without_a_scheduler_is_reported(address):
    with pytest.raises(WorkersError, match=r"no scheduler answers at .* an address looks like tcp://scheduler:8786"):
        list(run_tasks([1], task_functions.square, ClusterWorkers(address, timeout=1)))


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(tmp_path):
    """Workers return tables and see no shared disk: only this process writes."""
    strengths = tuple(design / 1000 for design in range(1000))
    plan = small_plan({"levers.coaching.strength": strengths}, replicates=80, detail=("outturns",))
    run(plan, tmp_path / "here")
    with running_cluster(workers=2) as cluster:
        killer = threading.Thread(target=kill_after_some_work, args=(tmp_path / "there", cluster.workers[0]))
        killer.start()
        done = run_batch(plan, tmp_path / "there", workers=ClusterWorkers(cluster.address, timeout=PATIENCE))
        killer.join()
        assert cluster.workers[0].poll() is not None
    assert (done.new, done.failures) == (80_000, ())
    assert tables(tmp_path / "there") == tables(tmp_path / "here")


def kill_after_some_work(folder, worker):
    wait_until(lambda: len(list((folder / "chunks").glob("0*"))) >= 3, "the first results")
    worker.kill()
