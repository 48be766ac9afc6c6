"""Cut the work into pieces, let threads simulate them, and hand the tables back in order.

No result depends on the cut or on the number of threads: a replicate is a pure function of its question.
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
from simulation.model.ensemble.packing import Assumptions, Calendar, Place
from simulation.model.ensemble.record import Tables

PIECE = 4 * LANES
"""Replicates in a piece: enough that handing it out costs nothing, few enough that progress is seen."""

_AHEAD = 4
"""Pieces to a thread that may be at hand, done or not, before results are handed back."""

_own = local()


class Job(NamedTuple):
    """Replicates of one place under one calendar, and where their tables go."""

    place: Place
    calendar: Calendar
    assumptions: Assumptions
    rows: NDArray[np.int64]
    """`[replicate]`, the set of parameters that each assumes."""
    replicates: NDArray[np.uint64]
    """`[replicate]`, the number of each."""
    seed: int
    tables: Tables


def simulate_jobs(
    jobs: Iterable[Job], *, threads: int | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Tables]:
    """Simulate jobs and yield their filled tables in order; few are in memory at a time.

    Args:
        jobs: What is to be simulated; taken as it is needed.
        threads: How many work at once, 1 or more; one for each processor if left out.
        progress: Told of replicates as they are done.

    Raises:
        Exception: What making a job raised, once the jobs before it are handed back.
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
                _simulate_piece(kernel, job, len(job.rows))  # of nothing: what has to be compiled is, interruptibly
            pieces = range(0, len(job.rows), PIECE)
            waiting.append((job, [pool.submit(_simulate_piece, kernel, job, first) for first in pieces]))
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
    """The same on the thread that asks, which is quicker where other processes want the other processors."""
    for job in jobs:
        for first in range(0, len(job.rows), PIECE):
            done = _simulate_piece(kernel, job, first)
            if progress is not None:
                progress(done)
        yield job.tables


def _next_or_failure(jobs: Iterator[Job]) -> Job | Exception | None:
    """The next job, or what kept it from being made: those before it are finished first. None after the last."""
    try:
        return next(jobs, None)
    except Exception as error:
        return error


def count_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _simulate_piece(kernel: Callable[..., None], job: Job, first: int) -> int:
    """Simulate one piece of a job into its rows of the tables; how many replicates that was."""
    piece = slice(first, first + PIECE)
    tables = job.tables.rows(piece)
    with np.errstate(over="ignore"):  # words wrap around; uncompiled, NumPy would warn of it
        kernel(
            job.place,
            job.calendar,
            job.assumptions,
            job.rows[piece],
            job.replicates[piece],
            np.uint64(job.seed),
            _room_for(job.place),
            tables,
        )
    return len(job.rows[piece])


def _room_for(place: Place) -> State:
    """This thread's own room for a block of this place."""
    size = (
        len(place.organisations),
        len(place.relationships),
        len(place.memberships),
        len(place.opportunities),
        int(place.opportunities["participants"].max(initial=0)),
    )
    if getattr(_own, "size", None) != size:
        _own.size, _own.state = size, lay_out(*size)
    state: State = _own.state
    return state


def _finish(job: Job, pieces: list[Future[int]], progress: Callable[[int], None] | None) -> Tables:
    for piece in pieces:
        done = piece.result()
        if progress is not None:
            progress(done)
    return job.tables
