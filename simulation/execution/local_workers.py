"""Workers on this machine: processes, each with a Python of its own."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Self

from simulation.execution.executors import Workers


class LocalWorkers(Workers):
    """Processes of this machine; within a `with` block they stay for the next batch.

    Args:
        workers: How many; one for each processor that this process may use if left out.
    """

    def __init__(self, max_workers: int | None = None) -> None:
        self._workers = max_workers or _count_processors()
        self._stay = False
        self._pool: Executor | None = None
        self._is_idle = False

    def __enter__(self) -> Self:
        """Have processes stay."""
        self._stay = True
        return self

    def __exit__(self, *_error: object) -> None:
        """End those that are idle, and see them gone: Python's own end may not run into theirs."""
        self._stay = False
        if self._pool is not None and self._is_idle:
            self.close(self._pool, cancel=True)

    @property
    def max_workers(self) -> int:
        """How many there are."""
        return self._workers

    def open(self) -> Executor:
        """A pool of processes: the one that was left idle, if there is one."""
        if self._pool is None or not self._is_idle:
            self._pool = _open_pool(self._workers)
        self._is_idle = False
        return self._pool

    def open_single(self) -> Executor:
        """A pool of one process."""
        return _open_pool(1)

    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Keep the processes for the next time, let them end, which nobody waits for, or end them now."""
        if self._stay and executor is self._pool and not cancel:
            self._is_idle = True
            return
        self._pool = None if executor is self._pool else self._pool
        if cancel:
            _end(executor)
        executor.shutdown(wait=cancel, cancel_futures=True)

    def check_alive(self, executor: Executor) -> None:
        """Have unfinished work break if a process died while it told a result.

        The pool then waits for the rest of that result: it reads from a pipe of which it has an end for writing itself.
        """
        processes = getattr(executor, "_processes", None) or {}
        if not all(process.is_alive() for process in list(processes.values())):
            _end(executor)


def _end(executor: Executor) -> None:
    """End a pool's processes now, and close the pipe for results, so that nobody waits for the rest of one."""
    if not isinstance(executor, ProcessPoolExecutor):
        return
    processes = list((executor._processes or {}).values())
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
    results = getattr(executor, "_result_queue", None)
    if results is not None:
        results._writer.close()


def _open_pool(workers: int) -> ProcessPoolExecutor:
    """A pool whose processes are all started, and leave it to their parent what an interrupt means."""
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin)
    with _interrupts_ignored():
        for _ in range(workers):
            pool.submit(_nothing)
    return pool


def _begin() -> None:
    """In each process: end when the parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _nothing() -> None:
    """The first thing that a process is given to do, so that it is started."""


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Have processes that are started now ignore Ctrl-C from their first moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
