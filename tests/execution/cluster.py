"""A dask cluster on this machine: a scheduler and workers, each a process that can be killed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """The address of the scheduler, and the workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def running_cluster(workers: int = 2) -> Iterator[Cluster]:
    """Start one and end it."""
    with TemporaryDirectory() as folder:
        scheduler_file = Path(folder) / "scheduler.json"
        processes = []
        try:
            where = ["--scheduler-file", str(scheduler_file)]
            scheduler = _start(folder, "scheduler", *where, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
            processes.append(scheduler)
            wait_until(lambda: _address(scheduler_file) is not None, "the scheduler's address")
            for _ in range(workers):
                processes.append(_start(folder, "worker", *where, "--nthreads", "1", "--no-nanny", "--no-dashboard"))
            address = _address(scheduler_file)
            _wait_for_workers(address, workers)
            yield Cluster(address, scheduler, processes[1:])
        finally:
            for process in reversed(processes):
                process.kill()
                process.wait()


def _start(folder: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from dask.__main__ import main; main()", *words, "--local-directory", folder]
    if words[0] == "scheduler":
        command = command[:-2]
    log = (Path(folder) / f"{words[0]}.log").open("ab")
    return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


def _address(scheduler_file: Path) -> str | None:
    """Return the scheduler's address; None until it has written its whole file."""
    try:
        return json.loads(scheduler_file.read_text(encoding="utf-8"))["address"]
    except (OSError, ValueError):
        return None


def _wait_for_workers(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=PATIENCE)
