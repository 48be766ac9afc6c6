"""Work is carried out by whoever works, and none of it is lost when one of them dies."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from simulation.execution.executors import ExternalExecutor, WorkerDiedError, WorkersError, run_tasks
from simulation.execution.local_workers import LocalWorkers
from tests.execution import task_functions

ROOT = Path(__file__).parents[2]

COORDINATOR = """
from simulation.execution.executors import run_tasks
from simulation.execution.local_workers import LocalWorkers
from tests.execution import task_functions
if __name__ == "__main__":
    for number, process in run_tasks(range(10_000), task_functions.return_process_id, LocalWorkers(2)):
        print(process, flush=True)
"""


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(processes: set[int], seconds: float = 10) -> set[int]:
    until = time.monotonic() + seconds
    while (left := {process for process in processes if is_alive(process)}) and time.monotonic() < until:
        time.sleep(0.05)
    return left


@pytest.mark.unit
def test_every_task_comes_back_with_its_result_or_with_what_it_raised():
    with ThreadPoolExecutor(3) as pool:
        told = dict(run_tasks([3, -1, 4], task_functions.square, ExternalExecutor(pool, 3)))
    assert (told[3], told[4]) == (9, 16)
    assert isinstance(told[-1], ValueError)
    assert str(told[-1]) == "-1 is below 0"


@pytest.mark.unit
def test_tasks_are_taken_as_they_are_needed():
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as pool:
        workers = ExternalExecutor(pool, 2)
        results = run_tasks(tasks(), task_functions.square, workers)
        for done in range(1, 11):
            next(results)
            assert len(taken) <= done + workers.max_pending
        results.close()


@pytest.mark.unit
def test_an_executor_that_was_given_is_there_for_the_next_batch_too():
    with ThreadPoolExecutor(2) as pool:
        workers = ExternalExecutor(pool, 2)
        for _ in range(2):
            assert sorted(told for _, told in run_tasks([1, 2], task_functions.square, workers)) == [1, 4]


@pytest.mark.e2e
def test_one_that_was_given_and_broke_cannot_be_made_anew():
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn) as pool,
        pytest.raises(WorkersError, match="only the caller who made it"),
    ):
        list(run_tasks([13], task_functions.kill_own_worker, ExternalExecutor(pool, 1)))


@pytest.mark.e2e
def test_only_the_task_that_kills_its_worker_is_blamed():
    """The standard pool alone would lose whatever was handed out beside it, and refuse the rest."""
    told = list(run_tasks(range(20), task_functions.kill_own_worker, LocalWorkers(2)))
    results = dict(told)
    assert len(told) == 20
    died = results.pop(13)
    assert isinstance(died, WorkerDiedError)
    assert str(died) == "its worker died each of the 3 times it was tried: killed, or out of memory"
    assert results == {number: number * number for number in range(20) if number != 13}


@pytest.mark.e2e
def test_a_task_that_kills_its_worker_once_is_done_in_the_end(tmp_path):
    tasks = [(number, str(tmp_path)) for number in range(20)]
    told = list(run_tasks(tasks, task_functions.kill_own_worker_once, LocalWorkers(2)))
    assert (tmp_path / "killed").exists()
    assert sorted(result for _, result in told) == [number * number for number in range(20)]


@pytest.mark.e2e
def test_a_worker_that_is_killed_from_outside_costs_nothing_but_time():
    results = run_tasks(range(40), task_functions.return_process_id, LocalWorkers(2))
    told = [next(results)]
    os.kill(told[0][1], signal.SIGKILL)
    told += results
    assert sorted(number for number, _ in told) == list(range(40))
    assert all(isinstance(process, int) for _, process in told)


@pytest.mark.e2e
def test_no_worker_is_left_when_the_rest_is_not_wanted():
    results = run_tasks(range(10_000), task_functions.return_process_id, LocalWorkers(2))
    processes = {next(results)[1] for _ in range(4)}
    results.close()
    assert wait_until_gone(processes) == set()


@pytest.mark.e2e
def test_no_worker_outlives_a_coordinator_that_is_killed(tmp_path):
    script = tmp_path / "coordinator.py"
    script.write_text(COORDINATOR)
    coordinator = subprocess.Popen(
        [sys.executable, str(script)], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    )
    processes = {int(coordinator.stdout.readline()) for _ in range(6)}
    coordinator.kill()
    coordinator.wait()
    assert processes
    assert wait_until_gone(processes) == set()


@pytest.mark.unit
def test_within_a_block_processes_stay_for_the_next_batch_and_then_are_gone():
    with LocalWorkers(1) as workers:
        first = workers.open()
        process = first.submit(os.getpid).result()
        workers.close(first, cancel=False)
        alone = workers.open_single()
        workers.close(alone, cancel=False)
        assert workers.open() is first
        workers.close(first, cancel=True)
        again = workers.open()
        assert again is not first
        last = again.submit(os.getpid).result()
        workers.close(again, cancel=False)
    assert not wait_until_gone({process, last})


@pytest.mark.unit
def test_a_worker_that_dies_in_the_middle_of_a_result_is_missed(tmp_path):
    """Nobody waits for the rest of what it was telling: neither the batch nor whoever calls it off."""
    tasks = [(number, str(tmp_path)) for number in range(20)]
    told = dict(run_tasks(tasks, task_functions.die_mid_result_once, LocalWorkers(2)))
    assert told == {task: task[0] ** 2 for task in tasks}


@pytest.mark.unit
def test_a_batch_can_be_called_off_after_a_worker_died_in_the_middle_of_a_result(tmp_path):
    workers = LocalWorkers(1)
    pool = workers.open()
    unfinished = pool.submit(task_functions.die_mid_result_once, (13, str(tmp_path)))
    while not (tmp_path / "killed").exists():
        time.sleep(0.01)
    time.sleep(0.2)
    began = time.monotonic()
    workers.close(pool, cancel=True)
    assert time.monotonic() - began < 5
    assert unfinished.exception() is not None
