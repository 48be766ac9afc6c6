"""Run tasks with any executor, without losing any of them when a worker dies."""

from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Generic, Self, TypeVar

from simulation.interrupts import let_interrupts_in

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

_INTERRUPTS_EVERY = 0.1
"""Seconds after which a wait for a task is left for a moment, to let in interrupts that are held back."""

_MOST_TRIES = 3
"""Times that a task whose worker dies is tried; the last time alone."""


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
        """Maximum number of unfinished tasks; it is small, so that few must be tried again when a worker dies."""
        return self.max_workers + 1

    @abstractmethod
    def open(self) -> Executor:
        """Return an executor that is ready for tasks.

        Raises:
            WorkersError: If there can be none.
        """

    @abstractmethod
    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Release an executor.

        Args:
            executor: The one from `open`.
            cancel: Stop tasks that are running.
        """


class ExternalExecutor(Workers):
    """An executor that the caller made and will shut down. If it breaks, it is not replaced.

    Args:
        executor: Anything with the interface of `concurrent.futures.Executor`.
        max_workers: Number of tasks that it runs at the same time.
    """

    def __init__(self, executor: Executor, max_workers: int) -> None:
        self._executor = executor
        self._max_workers = max_workers

    @property
    def max_workers(self) -> int:
        """Number of tasks that run at the same time."""
        return self._max_workers

    def open(self) -> Executor:
        """Return the caller's executor."""
        return self._executor

    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Leave the executor to the caller."""


def run_tasks(
    tasks: Iterable[TaskT], work: Callable[[TaskT], ResultT], workers: Workers
) -> Generator[tuple[TaskT, ResultT | Exception], None, None]:
    """Run tasks and yield each with its result as it is done; a task that fails does not affect the others.

    A task whose worker dies is tried again. The last of three times it is tried while nothing else is running, because
    several tasks at the same time may need more memory than there is.

    In the main thread call it within `hold_interrupts`, or Ctrl-C may come while it holds a lock, and never end.

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
        self.alone_queue: deque[TaskT] = deque()
        self.running: dict[Future[ResultT], TaskT] = {}
        self.deaths: Counter[int] = Counter()
        self.executor = workers.open()

    def results(self) -> Iterator[tuple[TaskT, ResultT | Exception]]:
        """Yield each task with its result or exception."""
        self._submit()
        while self.running:
            finished = self._wait()
            for future in [each for each in self.running if each in finished]:
                result = _result_of(future)
                task = self.running.pop(future)
                if not isinstance(result, WorkerDiedError):
                    self.deaths.pop(id(task), None)
                    yield task, result
                elif not self._queue_again(task):
                    yield task, _died_each_time()
            self._submit()

    def _wait(self) -> set[Future[ResultT]]:
        """Wait for tasks and return those that are done."""
        finished: set[Future[ResultT]] = set()
        while not finished:
            let_interrupts_in()
            finished = wait(self.running, timeout=_INTERRUPTS_EVERY, return_when=FIRST_COMPLETED).done
        return finished

    def shutdown(self) -> None:
        """Release the executor, and cancel the tasks that are left."""
        for future in self.running:
            future.cancel()
        self.workers.close(self.executor, cancel=bool(self.running))

    def _submit(self) -> None:
        while len(self.running) < self.workers.max_pending and (task := self._next_task()) is not None:
            try:
                self.running[self.executor.submit(self.work, task)] = task
            except BrokenExecutor as error:
                raise _broken(error) from None

    def _next_task(self) -> TaskT | None:
        """Return the task to submit next, if there is one; None while a task must run alone."""
        if self.alone_queue or self._runs_alone():
            return None if self.running else self.alone_queue.popleft()
        return self.retry_queue.popleft() if self.retry_queue else next(self.tasks, None)

    def _runs_alone(self) -> bool:
        return any(self.deaths[id(task)] == _MOST_TRIES - 1 for task in self.running.values())

    def _queue_again(self, task: TaskT) -> bool:
        """Queue a task whose worker died; return False if it has been tried often enough."""
        self.deaths[id(task)] += 1
        if self.deaths[id(task)] == _MOST_TRIES:
            del self.deaths[id(task)]
            return False
        queue = self.alone_queue if self.deaths[id(task)] == _MOST_TRIES - 1 else self.retry_queue
        queue.append(task)
        return True


def _result_of(future: Future[ResultT]) -> ResultT | Exception:
    """Return a finished task's result or exception.

    Raises:
        WorkersError: If it will never have one.
    """
    try:
        return future.result()
    except CancelledError:
        message = "the tasks were cancelled: the scheduler that distributes them is gone"
        raise WorkersError(message) from None
    except BrokenExecutor as error:
        raise _broken(error) from None
    except WorkersError:
        raise
    except Exception as error:
        return error


def _broken(error: BrokenExecutor) -> WorkersError:
    return WorkersError(f"the executor broke, and only the caller who made it can make another: {error}")


def _died_each_time() -> WorkerDiedError:
    return WorkerDiedError(f"its worker died each of the {_MOST_TRIES} times it was tried: killed, or out of memory")
