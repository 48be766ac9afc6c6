"""Every task is done, whichever worker dies and whenever it does."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from simulation.execution import process_executor
from simulation.execution.executors import ExternalExecutor, WorkerDiedError, Workers, WorkersError, run_tasks
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.process_executor import ProcessExecutor
from tests.execution import task_functions
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]

COORDINATOR = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs the tests may ignore Ctrl-C, and this inherits it
from simulation.execution.executors import run_tasks
from simulation.execution.local_workers import LocalWorkers
from simulation.interrupts import hold_interrupts
from tests.execution import task_functions
if __name__ == "__main__":
    with hold_interrupts():
        list(run_tasks(range(10_000), task_functions.print_and_wait_for_ever, LocalWorkers(2)))
"""

UNGUARDED = COORDINATOR.replace('if __name__ == "__main__":', "if True:")


def squares(numbers: range) -> dict[int, int]:
    return {number: number * number for number in numbers}


@pytest.mark.unit
def test_every_task_returns_its_result_or_its_exception():
    with ThreadPoolExecutor(3) as pool:
        results = dict(run_tasks([3, -1, 4], task_functions.square, ExternalExecutor(pool, 3)))
    assert (results[3], results[4]) == (9, 16)
    assert isinstance(results[-1], ValueError)
    assert str(results[-1]) == "-1 is below 0"


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
def test_an_external_executor_can_run_the_next_batch():
    with ThreadPoolExecutor(2) as pool:
        workers = ExternalExecutor(pool, 2)
        results = run_tasks(range(10), task_functions.square, workers)
        next(results)
        results.close()
        assert dict(run_tasks([1, 2], task_functions.square, workers)) == {1: 1, 2: 4}


@pytest.mark.e2e
def test_a_broken_external_executor_is_not_replaced():
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn) as pool,
        pytest.raises(WorkersError, match="only the caller who made it can make another"),
    ):
        list(run_tasks([13], task_functions.kill_own_worker, ExternalExecutor(pool, 1)))


class WorkersThatDieOf13(Workers):
    """Threads that fail at 13 as if they were killed. Notes how many other tasks are unfinished at each try."""

    max_workers = 3

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(3)
        self.others_at_each_try: list[int] = []
        self.unfinished: list[Future[int]] = []

    def open(self):
        return self

    def submit(self, work, number):
        self.unfinished = [future for future in self.unfinished if not future.done()]
        if number == 13:
            self.others_at_each_try.append(len(self.unfinished))
        self.unfinished.append(self.pool.submit(_die_of_13, work, number))
        return self.unfinished[-1]

    def close(self, executor, *, cancel):
        assert executor is self
        assert not cancel
        self.pool.shutdown()


def _die_of_13(work, number):
    if number == 13:
        raise WorkerDiedError
    return work(number)


@pytest.mark.unit
def test_the_last_of_three_tries_is_alone():
    """So that a task that needs much memory has all that there is before it is given up."""
    workers = WorkersThatDieOf13()
    results = dict(run_tasks(range(100), task_functions.square, workers))
    died = results.pop(13)
    assert str(died) == "its worker died each of the 3 times it was tried: killed, or out of memory"
    assert results == {number: number * number for number in range(100) if number != 13}
    assert len(workers.others_at_each_try) == 3
    assert workers.others_at_each_try[-1] == 0


@pytest.mark.e2e
def test_only_the_task_that_kills_its_worker_is_blamed():
    results = list(run_tasks(range(20), task_functions.kill_own_worker, LocalWorkers(2)))
    assert len(results) == 20
    died = dict(results)[13]
    assert isinstance(died, WorkerDiedError)
    assert dict(results) == squares(range(20)) | {13: died}


@pytest.mark.e2e
def test_a_task_that_kills_its_worker_once_is_done_in_the_end(tmp_path):
    tasks = [(number, str(tmp_path)) for number in range(20)]
    results = dict(run_tasks(tasks, task_functions.kill_own_worker_once, LocalWorkers(2)))
    assert (tmp_path / "was-here").exists()
    assert results == {task: task[0] ** 2 for task in tasks}


@pytest.mark.e2e
def test_a_task_whose_worker_is_killed_is_run_again(tmp_path):
    os.mkfifo(tmp_path / "process")
    killer = threading.Thread(target=kill_process_named_in, args=(tmp_path / "process",))
    killer.start()
    tasks = [(number, str(tmp_path)) for number in range(20)]
    results = dict(run_tasks(tasks, task_functions.report_and_wait_once, LocalWorkers(2)))
    killer.join()
    assert results == {task: task[0] ** 2 for task in tasks}


def kill_process_named_in(pipe: Path) -> None:
    os.kill(int(pipe.read_text(encoding="utf-8")), signal.SIGKILL)


@pytest.mark.e2e
def test_a_worker_that_dies_in_the_middle_of_a_result_is_noticed(tmp_path):
    tasks = [(number, str(tmp_path)) for number in range(20)]
    results = dict(run_tasks(tasks, task_functions.die_mid_result_once, LocalWorkers(2)))
    assert (tmp_path / "was-here").exists()
    assert results == {task: task[0] ** 2 for task in tasks}


@pytest.mark.e2e
def test_an_idle_worker_that_is_killed_is_replaced():
    with LocalWorkers(1) as workers:
        executor = workers.open()
        first = executor.submit(task_functions.return_process_id, 1).result(PATIENCE)
        os.kill(first, signal.SIGKILL)
        (second,) = dict(run_tasks([1], task_functions.return_process_id, workers)).values()
    assert second != first


@pytest.mark.e2e
def test_no_worker_is_left_after_the_rest_is_cancelled():
    """Not even one that is in the middle of a task that never ends."""
    results = run_tasks(range(10_000), task_functions.return_or_wait_for_ever, LocalWorkers(2))
    processes = {process for _, process in (next(results), next(results))}
    results.close()
    assert not any(map(is_alive, processes))


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.e2e
def test_no_worker_outlives_a_coordinator_that_is_killed(tmp_path):
    """Its workers write to its output: the output ends when the last of them is gone."""
    coordinator = start(COORDINATOR, tmp_path)
    assert all(int(coordinator.stdout.readline()) for _ in range(2)), "both workers are in the middle of a task"
    coordinator.kill()
    assert coordinator.communicate(timeout=PATIENCE)[0] == b""


@pytest.mark.e2e
def test_ctrl_c_ends_all_processes_and_only_the_coordinator_reports_it(tmp_path):
    coordinator = start(COORDINATOR, tmp_path)
    for _ in range(2):
        coordinator.stdout.readline()
    os.killpg(coordinator.pid, signal.SIGINT)
    _, printed = coordinator.communicate(timeout=PATIENCE)
    assert coordinator.returncode == -signal.SIGINT
    assert printed.count(b"KeyboardInterrupt") == 1


@pytest.mark.e2e
def test_a_script_without_a_guard_is_refused_with_the_reason(tmp_path):
    """Each of its workers runs the script as it starts, and would start workers of its own."""
    _, printed = start(UNGUARDED, tmp_path).communicate(timeout=PATIENCE)
    assert b'a script that starts workers must do so under `if __name__ == "__main__":`' in printed


def start(script: str, folder: Path) -> subprocess.Popen[bytes]:
    path = folder / "coordinator.py"
    path.write_text(script)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(path)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **pipes)


@pytest.mark.e2e
def test_within_a_block_processes_stay_for_the_next_batch():
    with LocalWorkers(1) as workers:
        (first,), (second,) = (
            dict(run_tasks([number], task_functions.return_process_id, workers)).values() for number in (1, 2)
        )
        assert first == second
        workers.close(workers.open(), cancel=True)
        assert not is_alive(first)
        (third,) = dict(run_tasks([3], task_functions.return_process_id, workers)).values()
        assert is_alive(third)
    assert not is_alive(third)


@pytest.mark.e2e
def test_only_the_task_that_cannot_be_sent_fails():
    executor = ProcessExecutor(1)
    try:
        unpicklable_task = executor.submit(lambda: 1)
        unpicklable_result = executor.submit(task_functions.return_what_cannot_be_pickled, 1)
        unpicklable_error = executor.submit(task_functions.raise_what_cannot_be_pickled, 1)
        error = executor.submit(task_functions.square, -1)
        assert "local object" in str(unpicklable_task.exception(PATIENCE))
        assert "pickle" in str(unpicklable_result.exception(PATIENCE))
        assert str(unpicklable_error.exception(PATIENCE)) == "LocalError: 1 is refused"
        assert "in square" in "".join(traceback.format_exception(error.exception(PATIENCE)))
        assert executor.submit(task_functions.square, 3).result(PATIENCE) == 9
    finally:
        executor.kill()


@pytest.mark.unit
def test_a_worker_that_is_killed_before_it_has_started_is_replaced(monkeypatch):
    started = []

    class KilledAtFirst(process_executor._Worker):
        def __init__(self):
            super().__init__()
            if not started:
                self.process.kill()
            started.append(self)

    monkeypatch.setattr(process_executor, "_Worker", KilledAtFirst)
    done = list(run_tasks(range(3), task_functions.square, LocalWorkers(1)))
    assert len(started) == 2
    assert sorted(result for _, result in done) == [0, 1, 4]
