"""An executor of processes; a worker that dies loses only the task that it was running."""

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar, cast

from simulation.execution.executors import WorkerDiedError, WorkersError

P = ParamSpec("P")
T = TypeVar("T")

_TO_END = 60
"""Seconds in which a process that closed its pipe is gone."""


class ProcessExecutor(Executor):
    """Processes of this machine, each of which runs one task at a time and has a pipe of its own.

    A process that dies closes its pipe, whenever it dies. Its task then fails with `WorkerDiedError`, and the
    next task starts another process. `docs/adr/0020-one-pipe-for-each-worker.md` says why the executors of the standard
    library and of loky were not chosen.

    Args:
        max_workers: Maximum number of processes; each starts when it is first needed.
    """

    def __init__(self, max_workers: int) -> None:
        self._threads = ThreadPoolExecutor(max_workers, initializer=_block_interrupts)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._is_killed = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Schedule a call and return its future; function, arguments and result must be picklable.

        Args:
            fn: The function to call.
            *args: Its arguments.
            **kwargs: Its keyword arguments.
        """
        return self._threads.submit(cast("Callable[..., T]", self._run), fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more tasks, and end the processes when all tasks are done.

        Args:
            wait: Return only then; otherwise the processes end with this one.
            cancel_futures: Cancel the tasks that have not been started.
        """
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        while wait and self._idle:
            self._idle.pop().end()

    def kill(self) -> None:
        """End all processes now; the tasks that they are running fail with `WorkerDiedError`."""
        with self._lock:
            self._is_killed = True
            for worker in self._busy:
                worker.process.kill()
        self.shutdown(cancel_futures=True)

    def _run(self, *call: object) -> object:
        pickled = pickle.dumps(call)
        with self._lock:
            if self._is_killed:
                message = "the executor was killed"
                raise WorkersError(message)
            worker = self._idle.pop() if self._idle else _Worker()
            self._busy.add(worker)
        try:
            reply = worker.run(pickled)
            self._idle.append(worker)
        except (WorkerDiedError, WorkersError):
            worker.end()
            raise
        finally:
            with self._lock:
                self._busy.discard(worker)
        result, error = pickle.loads(reply)
        if error is not None:
            raise error
        return result


class _Worker:
    """A process and this end of its pipe."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other_end = context.Pipe()
        self._is_started = False
        self.process = context.Process(target=_serve, args=(other_end,), daemon=True)
        try:
            self.process.start()
        except (OSError, RuntimeError) as error:
            message = f"a worker process cannot be started: {error}"
            raise WorkersError(message) from None
        other_end.close()  # otherwise this process would hold both ends and never notice that the other one was closed

    def run(self, call: bytes) -> bytes:
        """Return the process's pickled reply to a pickled call."""
        try:
            if not self._is_started:
                self._pipe.recv_bytes()
                self._is_started = True
            self._pipe.send_bytes(call)
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            if self._is_started or self._was_killed():
                message = "its worker died: killed, or out of memory"
                raise WorkerDiedError(message) from None
            message = (
                "a worker process ended before it had started; "
                'a script that starts workers must do so under `if __name__ == "__main__":`'
            )
            raise WorkersError(message) from None

    def _was_killed(self) -> bool:
        """Return True if the process was ended by a signal, and not by an error of its own."""
        self.process.join(_TO_END)
        return self.process.exitcode is not None and self.process.exitcode < 0

    def end(self) -> None:
        """Kill the process, which has nothing to lose between tasks, and wait until it is gone."""
        self.process.kill()
        self.process.join()
        self._pipe.close()


def _serve(pipe: "Connection[Any, Any]") -> None:
    """Run calls from a pipe and send back their results, until the parent process closes it or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pipe.send_bytes(b"started")
    while True:
        try:
            call = pipe.recv_bytes()
        except EOFError:
            return
        pipe.send_bytes(_reply_to(call))


def _reply_to(call: bytes) -> bytes:
    """Run a pickled call and return its result, or its exception, pickled."""
    try:
        fn, args, kwargs = pickle.loads(call)
        return pickle.dumps((fn(*args, **kwargs), None))
    except Exception as error:
        error.add_note(f"In a worker process:\n{traceback.format_exc()}")
        return pickle.dumps(
            (None, error if _can_be_pickled(error) else RuntimeError(f"{type(error).__name__}: {error}"))
        )


def _can_be_pickled(error: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return False
    return True


def _end_with_parent() -> None:
    """End this process when its parent ends, even in the middle of a task."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _block_interrupts() -> None:
    """Block Ctrl-C in this thread and in the processes that it starts, from their first moment."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
