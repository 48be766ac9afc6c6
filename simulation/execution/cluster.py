"""Workers on other machines, through a dask scheduler."""

import logging
import socket
import time
from concurrent.futures import Executor
from typing import Any
from urllib.parse import urlsplit

from simulation.execution.executors import Workers, WorkersError
from simulation.results.provenance import model_version

_LOOK_AGAIN = 5.0
"""Seconds after which it is asked anew how many threads there are."""

_LEAST = 16
"""Pieces of work handed out at least, so that a cluster that grows with its work has a reason to."""

_log = logging.getLogger(__name__)


class ClusterWorkers(Workers):
    """The workers of a dask cluster; the scheduler hands work on when one of them dies.

    Args:
        address: Where the scheduler listens, such as tcp://scheduler:8786.
        patience: Seconds in which it must answer.
    """

    def __init__(self, address: str, patience: float = 10) -> None:
        self.address, self.patience = address, patience
        self._client: Any = None
        self._threads, self._asked = 0, 0.0

    @property
    def max_workers(self) -> int:
        """How many threads the cluster has now."""
        if self._client is not None and time.monotonic() - self._asked > _LOOK_AGAIN:
            self._threads = sum(self._client.nthreads().values())
            self._asked = time.monotonic()
        return self._threads

    @property
    def max_pending(self) -> int:
        """Two pieces of work for each thread, so that none waits for the next."""
        return max(_LEAST, 2 * self.max_workers)

    def open(self) -> Executor:
        """An executor that hands work to the cluster.

        Raises:
            WorkersError: If there is no scheduler, or its workers don't run this version of the model.
        """
        self._client = _connect(self.address, self.patience)
        self._check_workers()
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def close(self, executor: Executor, *, cancel: bool) -> None:
        """Leave the cluster; work that is going on is called off."""
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
            self._leave()
            raise WorkersError(message) from None
        others = {version for version in versions.values() if version != model_version()}
        if others:
            message = (
                f"workers at {self.address} have version {min(others)} of the model, and this is {model_version()}; "
                "install the same"
            )
            self._leave()
            raise WorkersError(message)
        if not versions:
            _log.warning("the cluster at %s has no workers yet; waiting for the first", self.address)

    def _leave(self) -> None:
        self._client.close()
        self._client = None


def _connect(address: str, patience: float) -> Any:
    try:
        from distributed import Client
    except ImportError:
        message = "a cluster needs dask: pip install 'trust-between-trusts[cluster]'"
        raise WorkersError(message) from None
    connect: Any = Client
    try:
        _knock(address, patience)
        return connect(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"no scheduler answers at {address} ({error}); an address looks like tcp://scheduler:8786"
        raise WorkersError(message) from None


def _knock(address: str, patience: float) -> None:
    """See whether anybody listens, before dask tries for long and complains at length."""
    parts = urlsplit(address)
    if parts.scheme not in {"tcp", "tls"} or not parts.hostname or not parts.port:
        message = "this is no address"
        raise ValueError(message)
    socket.create_connection((parts.hostname, parts.port), timeout=patience).close()
