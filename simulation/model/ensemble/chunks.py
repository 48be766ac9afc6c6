"""Split the work into chunks, simulate them on threads, and yield the tables in order.

Neither the size of a chunk nor the number of threads changes a result, since each replicate is independent.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import local
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.model.ensemble.cache import load_kernel
from simulation.model.ensemble.layout import LANES, State, lay_out
from simulation.model.ensemble.packing import Assumptions, Calendar, PlaceArrays
from simulation.model.ensemble.record import Tables

CHUNK = 4 * LANES
"""Replicates in a chunk: enough that the cost of a task is negligible, few enough to report progress often."""

_AHEAD = 4
"""Chunks for each thread that may wait, simulated or not, before results are yielded."""

_own = local()


class Job(NamedTuple):
    """Replicates of one place under one calendar, and their tables."""

    place: PlaceArrays
    calendar: Calendar
    assumptions: Assumptions
    rows: NDArray[np.int64]
    """`[replicate]`, the index of the set of parameters that each assumes."""
    replicates: NDArray[np.uint64]
    """`[replicate]`, the number of each."""
    seed: int
    tables: Tables


def simulate_jobs(
    jobs: Iterable[Job], *, threads: int | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Tables]:
    """Simulate jobs and yield their filled tables in order; few are in memory at a time.

    Args:
        jobs: The jobs; each is taken when it is needed.
        threads: How many threads to use, 1 or more; by default one for each processor.
        progress: Called with the number of replicates done since the last call.

    Raises:
        Exception: The error that the iterator of jobs raised, after the tables of the jobs before it.
    """
    kernel, threads = load_kernel(), threads or count_processors()
    if threads == 1:
        yield from _simulate_here(kernel, jobs, progress)
        return
    waiting: deque[tuple[Job, list[Future[int]]]] = deque()
    failure: Exception | None = None
    pool = ThreadPoolExecutor(threads, thread_name_prefix="ensemble")
    try:
        taken = iter(jobs)
        while failure is None and (job := _next_or_failure(taken)) is not None:
            if isinstance(job, Exception):
                failure = job
                continue
            if not waiting:
                _simulate_chunk(kernel, job, len(job.rows))  # an empty chunk: Ctrl-C can stop its compilation
            chunks = range(0, len(job.rows), CHUNK)
            waiting.append((job, [pool.submit(_simulate_chunk, kernel, job, first) for first in chunks]))
            while len(waiting) > 1 and sum(len(each) for _, each in waiting) > _AHEAD * threads:
                yield _finish(*waiting.popleft(), progress)
        while waiting:
            yield _finish(*waiting.popleft(), progress)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    if failure is not None:
        raise failure


def _simulate_here(
    kernel: Callable[..., None], jobs: Iterable[Job], progress: Callable[[int], None] | None
) -> Iterator[Tables]:
    """Simulate jobs on this thread, which is faster where other processes use the other processors."""
    for job in jobs:
        for first in range(0, len(job.rows), CHUNK):
            done = _simulate_chunk(kernel, job, first)
            if progress is not None:
                progress(done)
        yield job.tables


def _next_or_failure(jobs: Iterator[Job]) -> Job | Exception | None:
    """Return the next job, None after the last, or the error that came instead; earlier jobs must be finished first."""
    try:
        return next(jobs, None)
    except Exception as error:
        return error


def count_processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _simulate_chunk(kernel: Callable[..., None], job: Job, first: int) -> int:
    """Simulate one chunk of a job into its rows of the tables, and return its number of replicates."""
    chunk = slice(first, first + CHUNK)
    tables = job.tables.rows(chunk)
    with np.errstate(over="ignore"):  # the words of draws overflow on purpose; uncompiled, NumPy would warn of it
        kernel(
            job.place,
            job.calendar,
            job.assumptions,
            job.rows[chunk],
            job.replicates[chunk],
            np.uint64(job.seed),
            _state_for(job.place),
            tables,
        )
    return len(job.rows[chunk])


def blank_state(place: PlaceArrays) -> State:
    """Return a blank state for `LANES` replicates of a place."""
    return lay_out(*_size_of(place))


def _state_for(place: PlaceArrays) -> State:
    """Return this thread's own state for `LANES` replicates of a place."""
    size = _size_of(place)
    if getattr(_own, "size", None) != size:
        _own.size, _own.state = size, lay_out(*size)
    state: State = _own.state
    return state


def _size_of(place: PlaceArrays) -> tuple[int, int, int, int, int]:
    return (
        len(place.organisations),
        len(place.relationships),
        len(place.memberships),
        len(place.opportunities),
        int(place.opportunities["participants"].max(initial=0)),
    )


def _finish(job: Job, chunks: list[Future[int]], progress: Callable[[int], None] | None) -> Tables:
    for chunk in chunks:
        done = chunk.result()
        if progress is not None:
            progress(done)
    return job.tables
