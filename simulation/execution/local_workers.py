"""Workers on this machine: processes, each with its own Python interpreter."""

import os
from concurrent.futures import Executor
from typing import Self

from simulation.execution.executors import Workers
from simulation.execution.process_executor import ProcessExecutor


class LocalWorkers(Workers):
    """Processes of this machine; within a `with` block they stay for the next batch.

    Args:
        max_workers: Number of processes; one for each processor that this process may use if left out.
    """

    def __init__(self, max_workers: int | None = None) -> None:
        self._max_workers = max_workers or _count_processors()
        self._executor: ProcessExecutor | None = None
        self._stay = False

    def __enter__(self) -> Self:
        """Let processes stay until the end of the block."""
        self._stay = True
        return self

    def __exit__(self, *_error: object) -> None:
        """End the processes that stayed."""
        self._stay = False
        if self._executor is not None:
            self._executor.kill()
            self._executor = None

    @property
    def max_workers(self) -> int:
        """Number of processes."""
        return self._max_workers

    def open(self) -> Executor:
        """Return an executor of processes: the one that stayed, if there is one."""
        if self._executor is None:
            self._executor = ProcessExecutor(self._max_workers)
        return self._executor

    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Keep the processes for the next batch, or end them.

        Args:
            executor: The one from `open`.
            cancel: End them now, with the tasks that they are running.
        """
        if executor is self._executor and (cancel or not self._stay):
            self._executor.kill()
            self._executor = None


def _count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
