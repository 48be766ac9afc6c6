"""Workers on other machines, through a dask scheduler."""

import logging
import socket
import time
from concurrent.futures import Executor
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
        executor: Executor = self._client.get_executor(pure=False)
        return executor

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
