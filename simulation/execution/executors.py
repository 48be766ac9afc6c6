"""Run tasks with any executor, without losing any of them when a worker dies."""

from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Generic, Self, TypeVar

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

_CHECK_SECONDS = 3.0
"""Seconds without a result after which `Workers.check_alive` is called."""

_DEATHS_BEFORE_ALONE = 2
"""Dead workers that may have run a task before it is tried alone."""


class WorkersError(Exception):
    """No worker can be started, or none is left."""


class WorkerDiedError(Exception):
    """A worker died each time a task was tried."""


class Workers(ABC):
    """A source of executors; within a `with` block its workers may stay from one batch to the next."""

    def __enter__(self) -> Self:
        """Allow workers to stay until the end of the block."""
        return self

    def __exit__(self, *_error: object) -> None:  # noqa: B027
        """Stop the workers that stayed."""

    @property
    @abstractmethod
    def max_workers(self) -> int:
        """Number of tasks that run at the same time."""

    @property
    def max_pending(self) -> int:
        """Maximum number of unfinished tasks; it is small, so that few are suspect when a worker dies."""
        return self.max_workers + 1

    @abstractmethod
    def open(self) -> Executor:
        """Return an executor that is ready for tasks.

        Raises:
            WorkersError: If there can be none.
        """

    def open_single(self) -> Executor:
        """Return an executor with a single worker, for a task that is suspected of killing its worker."""
        return self.open()

    def check_alive(self, executor: Executor) -> None:  # noqa: B027
        """Break the unfinished tasks of an executor if one of its workers died unnoticed.

        Args:
            executor: One from `open` that has returned nothing for a while.
        """

    @abstractmethod
    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Release an executor.

        Args:
            executor: One from `open` or `open_single`.
            cancel: Stop tasks that are running.
        """


class ExternalExecutor(Workers):
    """An executor that the caller made and will shut down. If it breaks, it is not replaced.

    Args:
        executor: Anything with the interface of `concurrent.futures.Executor`.
        max_workers: Number of tasks that it runs at the same time.
    """

    def __init__(self, executor: Executor, max_workers: int) -> None:
        self._executor: Executor | None = executor
        self._max_workers = max_workers

    @property
    def max_workers(self) -> int:
        """Number of tasks that run at the same time."""
        return self._max_workers

    def open(self) -> Executor:
        """Return the caller's executor, unless it was cancelled or broke.

        Raises:
            WorkersError: If it was cancelled or broke.
        """
        executor, self._executor = self._executor, None
        if executor is None:
            message = "the executor broke, and only the caller who made it can make another"
            raise WorkersError(message)
        return executor

    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Keep the executor for the next batch unless its tasks are cancelled."""
        if not cancel:
            self._executor = executor


def run_tasks(
    tasks: Iterable[TaskT], work: Callable[[TaskT], ResultT], workers: Workers
) -> Generator[tuple[TaskT, ResultT | Exception], None, None]:
    """Run tasks and yield each with its result as it is done; a task that fails does not affect the others.

    If a worker dies, a new pool is started and the unfinished tasks are submitted again. A task that was unfinished at
    two deaths is tried alone, so that only the task at fault is reported.

    Args:
        tasks: Taken as they are needed.
        work: Function of one task; it and the tasks must be picklable if workers are processes.
        workers: The workers that run the tasks.

    Yields:
        Each task with its result, or with the exception that `work` raised; `WorkerDiedError` if its worker died each
        time. Tasks that are done at the same moment come in the order of submission.

    Raises:
        WorkersError: If no worker is left.
    """
    pool = _TaskPool(tasks, work, workers)
    try:
        yield from pool.results()
    finally:
        pool.shutdown()


class _TaskPool(Generic[TaskT, ResultT]):
    """Tasks that are waiting, running or to be tried again, and the executor that runs them."""

    def __init__(self, tasks: Iterable[TaskT], work: Callable[[TaskT], ResultT], workers: Workers) -> None:
        self.tasks = iter(tasks)
        self.work, self.workers = work, workers
        self.retry_queue: deque[TaskT] = deque()
        self.running: dict[Future[ResultT], TaskT] = {}
        self.deaths: Counter[int] = Counter()
        self.executor: Executor | None = None

    def results(self) -> Iterator[tuple[TaskT, ResultT | Exception]]:
        """Yield each task with its result or exception."""
        while self._submit() or self.running:
            finished = wait(self.running, timeout=_CHECK_SECONDS, return_when=FIRST_COMPLETED).done
            if not finished and self.executor is not None:
                self.workers.check_alive(self.executor)
            for future in [each for each in self.running if each in finished]:
                result = _result_of(future)
                if not isinstance(result, BrokenExecutor):
                    yield self._done(self.running.pop(future)), result
            if self._is_broken():
                yield from self._recover()

    def _is_broken(self) -> bool:
        """True if an unfinished task failed because a worker died."""
        ended = [future for future in self.running if future.done() and not future.cancelled()]
        return any(isinstance(future.exception(), BrokenExecutor) for future in ended)

    def shutdown(self) -> None:
        """Release the executor, and cancel the tasks that are left."""
        if self.executor is not None:
            executor, self.executor = self.executor, None
            for future in self.running:
                future.cancel()
            self.workers.close(executor, cancel=bool(self.running))

    def _submit(self) -> bool:
        """Submit tasks up to the maximum; return True if any was."""
        before = len(self.running)
        while len(self.running) < self.workers.max_pending:
            task = self.retry_queue.popleft() if self.retry_queue else next(self.tasks, None)
            if task is None:
                break
            if self.executor is None:
                self.executor = self.workers.open()
            try:
                self.running[self.executor.submit(self.work, task)] = task
            except BrokenExecutor:
                self.retry_queue.appendleft(task)
                if self.running:
                    break
                self._discard_executor()
        return len(self.running) > before

    def _recover(self) -> Iterator[tuple[TaskT, ResultT | Exception]]:
        """Discard the broken executor, queue its unfinished tasks again, and try suspect ones alone."""
        wait(self.running)
        unfinished = []
        for future, task in self.running.items():
            result = _result_of(future)
            if isinstance(result, BrokenExecutor):
                unfinished.append(task)
            else:
                yield self._done(task), result
        self.running = {}
        self._discard_executor()
        for task in unfinished:
            self.deaths[id(task)] += 1
            if self.deaths[id(task)] < _DEATHS_BEFORE_ALONE:
                self.retry_queue.append(task)
            else:
                result = self._run_alone(task)
                yield self._done(task), result

    def _done(self, task: TaskT) -> TaskT:
        """Forget the deaths at which a task was unfinished, and return it."""
        self.deaths.pop(id(task), None)
        return task

    def _discard_executor(self) -> None:
        if self.executor is not None:
            self.workers.close(self.executor, cancel=True)
        self.executor = None

    def _run_alone(self, task: TaskT) -> ResultT | Exception:
        executor = self.workers.open_single()
        died = True
        try:
            result = _result_of(executor.submit(self.work, task))
            died = isinstance(result, BrokenExecutor)
        finally:
            self.workers.close(executor, cancel=died)
        if died:
            tries = self.deaths[id(task)] + 1
            return WorkerDiedError(f"its worker died each of the {tries} times it was tried: killed, or out of memory")
        return result


def _result_of(future: Future[ResultT]) -> ResultT | Exception:
    """Return a task's result or exception, after waiting for it if necessary."""
    try:
        return future.result()
    except CancelledError:
        message = "the tasks were cancelled: the scheduler that distributes them is gone"
        raise WorkersError(message) from None
    except Exception as error:
        return error
