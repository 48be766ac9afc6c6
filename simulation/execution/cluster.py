"""Workers on other machines, through a dask scheduler."""

import logging
import socket
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from typing import Any
from urllib.parse import urlsplit

from simulation.execution.executors import Workers, WorkersError
from simulation.extras import check_installed
from simulation.results.provenance import model_version

_REFRESH_SECONDS = 5.0
"""Seconds before the number of threads is requested again."""

_MIN_PENDING = 16
"""Tasks that are submitted even to a cluster without workers, since some clusters start workers only for tasks."""

_log = logging.getLogger(__name__)


class ClusterWorkers(Workers):
    """The workers of a dask cluster; if one dies, the scheduler gives its tasks to another.

    Args:
        address: Address of the scheduler, such as tcp://scheduler:8786.
        timeout: Seconds within which the scheduler must answer.

    Raises:
        MissingPackageError: If dask is not installed.
    """

    def __init__(self, address: str, timeout: float = 10) -> None:
        check_installed("a cluster", "distributed")
        self.address, self.timeout = address, timeout
        self._client: Any = None
        self._threads, self._asked = 0, 0.0

    @property
    def max_workers(self) -> int:
        """Number of threads that the cluster has now."""
        if self._client is not None and time.monotonic() - self._asked > _REFRESH_SECONDS:
            self._threads = sum(self._client.nthreads().values())
            self._asked = time.monotonic()
        return self._threads

    @property
    def max_pending(self) -> int:
        """Two tasks for each thread, so that no thread waits for its next one."""
        return max(_MIN_PENDING, 2 * self.max_workers)

    def open(self) -> Executor:
        """Return an executor that submits tasks to the cluster.

        Raises:
            WorkersError: If there is no scheduler, or its workers don't run this version of the model.
        """
        self._client = _connect(self.address, self.timeout)
        self._check_workers()
        return _ClientExecutor(self._client)

    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Disconnect from the cluster.

        Args:
            executor: The one from `open`.
            cancel: Do not wait for tasks that are running.
        """
        executor.shutdown(wait=not cancel)
        self._client.close()
        self._client = None

    def _check_workers(self) -> None:
        try:
            versions = self._client.run(model_version)
        except Exception as error:
            message = (
                f"the workers at {self.address} cannot run the model ({error}); "
                "install the same version of trust-between-trusts there"
            )
            self._disconnect()
            raise WorkersError(message) from None
        others = {version for version in versions.values() if version != model_version()}
        if others:
            message = (
                f"workers at {self.address} have version {min(others)} of the model, and this is {model_version()}; "
                "install the same"
            )
            self._disconnect()
            raise WorkersError(message)
        if not versions:
            _log.warning("the cluster at %s has no workers yet; waiting for the first", self.address)

    def _disconnect(self) -> None:
        self._client.close()
        self._client = None


class _ClientExecutor(Executor):
    """An executor of a dask client that passes on what was fetched.

    The one that dask has looks at a task's state once more after its result was fetched. If the worker that had the
    result dies in between, it takes the result for an exception, and fails with a TypeError (distributed 2026.8).

    Args:
        client: The client.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._there: dict[Future[Any], Any] = {}

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submit a task to the cluster."""
        here = Future[Any]()
        self._there[here] = self._client.submit(work, *args, **kwargs, pure=False)
        here.add_done_callback(self._release)
        self._client.loop.add_callback(self._pass_on, here, self._there[here])
        return here

    async def _pass_on(self, here: Future[Any], there: Any) -> None:
        """Give a task's result, or its exception, to the future that waits for it."""
        result: Any = None
        error: Exception | None = None
        try:
            result = await self._client.gather(there, asynchronous=True)
        except Exception as raised:
            error = raised
        if not here.set_running_or_notify_cancel():
            return
        if error is None:
            here.set_result(result)
        else:
            here.set_exception(error)

    def _release(self, here: Future[Any]) -> None:
        there = self._there.pop(here)
        if here.cancelled():
            there.cancel()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Cancel the tasks that are left, or wait for them."""
        left = list(self._there)
        if wait and not cancel_futures:
            wait_for(left)
            return
        for here in left:
            here.cancel()


def _connect(address: str, timeout: float) -> Any:
    from distributed import Client

    connect: Any = Client
    try:
        _check_reachable(address, timeout)
        return connect(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no scheduler answers at {address} ({error}); an address looks like tcp://scheduler:8786"
        raise WorkersError(message) from None


def _check_reachable(address: str, timeout: float) -> None:
    """Raise an exception at once if nothing listens at an address; dask would retry and log tracebacks."""
    parts = urlsplit(address)
    if parts.scheme not in {"tcp", "tls"} or not parts.hostname or not parts.port:
        message = "this is not an address"
        raise ValueError(message)
    socket.create_connection((parts.hostname, parts.port), timeout=timeout).close()
