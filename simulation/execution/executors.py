"""Carry out work with any executor, and lose none of it when a worker dies."""

from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Generic, Self, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_LOOK = 3.0
"""Seconds without a result after which somebody looks whether all workers are still there."""

_SUSPECT = 2
"""Dead workers that a piece of work may have been with before it is tried alone."""


class WorkersError(Exception):
    """There is nobody left, or nobody to begin with, who could work."""


class WorkerDiedError(Exception):
    """A piece of work whose worker died each time it was tried."""


class Workers(ABC):
    """Who carries out work; within a `with` block they may stay from one batch to the next."""

    def __enter__(self) -> Self:
        """Begin a block in which they may stay."""
        return self

    def __exit__(self, *_error: object) -> None:  # noqa: B027
        """Let them go."""

    @property
    @abstractmethod
    def processes(self) -> int:
        """How many work at a time."""

    @property
    def at_once(self) -> int:
        """How many pieces of work may be handed out and unfinished; no more, so that few are suspect if one dies."""
        return self.processes + 1

    @abstractmethod
    def open(self) -> Executor:
        """An executor, ready for work.

        Raises:
            WorkersError: If there can be none.
        """

    def open_alone(self) -> Executor:
        """An executor with a single worker, for work that is suspected of killing it."""
        return self.open()

    def look(self, executor: Executor) -> None:  # noqa: B027
        """See whether a worker died unnoticed, and if so have what is unfinished break; for those who can tell.

        Args:
            executor: One that was opened, from which nothing came for a while.
        """

    @abstractmethod
    def close(self, executor: Executor, *, at_once: bool) -> None:
        """Let go of an executor.

        Args:
            executor: One that was opened.
            at_once: Stop work that is going on.
        """


class GivenWorkers(Workers):
    """An executor that the caller made and will shut down; if it breaks it cannot be made anew.

    Args:
        executor: Anything with the interface of `concurrent.futures.Executor`.
        processes: How many work at a time.
    """

    def __init__(self, executor: Executor, processes: int) -> None:
        self._executor: Executor | None = executor
        self._processes = processes

    @property
    def processes(self) -> int:
        """How many work at a time."""
        return self._processes

    def open(self) -> Executor:
        """The executor that was given, the first time."""
        executor, self._executor = self._executor, None
        if executor is None:
            message = "the executor that was given is broken, and only who made it can make another"
            raise WorkersError(message)
        return executor

    def close(self, executor: Executor, *, at_once: bool) -> None:
        """Leave it to the caller, ready for the next time unless it broke."""
        if not at_once:
            self._executor = executor


def carry_out(
    tasks: Iterable[Task], work: Callable[[Task], Result], workers: Workers
) -> Generator[tuple[Task, Result | Exception], None, None]:
    """Carry out tasks, in whatever order they get done; a task that fails takes no other with it.

    If a worker dies, the pool is made anew and what was unfinished is handed out again. A task that was being worked on
    at two deaths is tried alone, so that no neighbour is blamed for it.

    Args:
        tasks: Taken as they are needed.
        work: What is done with each; it and the tasks must be picklable where workers are processes.
        workers: Who does it.

    Yields:
        Each task with its result, or with what its work raised; `WorkerDiedError` if that killed its worker each time.

    Raises:
        WorkersError: If there is nobody left to work.
    """
    crew = _Crew(tasks, work, workers)
    try:
        yield from crew.results()
    finally:
        crew.dismiss()


class _Crew(Generic[Task, Result]):
    """Tasks that are waiting, running and suspect, and the executor that runs them."""

    def __init__(self, tasks: Iterable[Task], work: Callable[[Task], Result], workers: Workers) -> None:
        self.tasks = iter(tasks)
        self.work, self.workers = work, workers
        self.again: deque[Task] = deque()
        self.running: dict[Future[Result], Task] = {}
        self.deaths: Counter[int] = Counter()
        self.executor: Executor | None = None

    def results(self) -> Iterator[tuple[Task, Result | Exception]]:
        """What comes of each task."""
        while self._hand_out() or self.running:
            finished: set[Future[Result]] = wait(self.running, timeout=_LOOK, return_when=FIRST_COMPLETED).done
            if not finished and self.executor is not None:
                self.workers.look(self.executor)
            for future in finished:
                told = _told(future)
                if not isinstance(told, BrokenExecutor):
                    yield self._done(self.running.pop(future)), told
            if self._is_broken():
                yield from self._after_a_death()

    def _is_broken(self) -> bool:
        """Whether a worker died of which the unfinished work has been told."""
        ended = [future for future in self.running if future.done() and not future.cancelled()]
        return any(isinstance(future.exception(), BrokenExecutor) for future in ended)

    def dismiss(self) -> None:
        """Let everybody go, at once if there is work left."""
        if self.executor is not None:
            executor, self.executor = self.executor, None
            for future in self.running:
                future.cancel()
            self.workers.close(executor, at_once=bool(self.running))

    def _hand_out(self) -> bool:
        """Hand out as much as may be; whether anything was."""
        before = len(self.running)
        while len(self.running) < self.workers.at_once:
            task = self.again.popleft() if self.again else next(self.tasks, None)
            if task is None:
                break
            if self.executor is None:
                self.executor = self.workers.open()
            try:
                self.running[self.executor.submit(self.work, task)] = task
            except BrokenExecutor:
                self.again.appendleft(task)
                if self.running:
                    break
                self._renew()
        return len(self.running) > before

    def _after_a_death(self) -> Iterator[tuple[Task, Result | Exception]]:
        """Make the pool anew, have what was unfinished done again, and try alone what is suspect."""
        wait(self.running)
        unfinished = []
        for future, task in self.running.items():
            told = _told(future)
            if isinstance(told, BrokenExecutor):
                unfinished.append(task)
            else:
                yield self._done(task), told
        self.running = {}
        self._renew()
        for task in unfinished:
            self.deaths[id(task)] += 1
            if self.deaths[id(task)] < _SUSPECT:
                self.again.append(task)
            else:
                told = self._alone(task)
                yield self._done(task), told

    def _done(self, task: Task) -> Task:
        """A task that is never tried again."""
        self.deaths.pop(id(task), None)
        return task

    def _renew(self) -> None:
        if self.executor is not None:
            self.workers.close(self.executor, at_once=True)
        self.executor = None

    def _alone(self, task: Task) -> Result | Exception:
        executor = self.workers.open_alone()
        finished = False
        try:
            future: Future[Result] = executor.submit(self.work, task)
            told = _told(future)
            finished = not isinstance(told, BrokenExecutor)
        finally:
            self.workers.close(executor, at_once=not finished)
        if not finished:
            tries = self.deaths[id(task)] + 1
            message = f"its worker died each of the {tries} times it was tried: killed, or out of memory"
            return WorkerDiedError(message)
        return told


def _told(future: Future[Result]) -> Result | Exception:
    """What came of a finished or unfinished piece of work, waiting for it if need be."""
    try:
        return future.result()
    except CancelledError:
        message = "the workers were called off: whoever hands out the work is gone"
        raise WorkersError(message) from None
    except Exception as error:
        return error
