"""Run `trustsim`, and let a fault happen at one of its steps.

A step is a call, in the main thread, of a function or by a function of chosen files: the millions of calls by which
libraries are imported would hide all others.

It is started by `trial.py`, which says in a JSON file what is to happen.
"""

import json
import multiprocessing
import os
import runpy
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

FILLER = "filler"
"""The file that fills the disk."""


@dataclass(frozen=True, kw_only=True)
class Injection:
    """A fault, and the step at which it happens.

    Attributes:
        fault: Its name, a key of `FAULTS`; "none" counts steps only.
        after: Name of the function whose first call begins the count.
        files: Parts of the names of the files whose functions make steps.
        step: The call at which it happens, counted from 1.
        seed: Chooses among what it could hit.
        folder: The folder to which the command writes.
        log: The file that is request where it happened; it does not exist yet.
        process: A process to kill, for the fault "scheduler".
    """

    fault: str
    after: str
    files: tuple[str, ...]
    step: int
    seed: int
    folder: str
    log: str
    process: int | None = None

    def write(self, path: Path) -> None:
        """Write it to a JSON file."""
        path.write_text(json.dumps(vars(self)), encoding="utf-8")


def read_log(path: Path) -> dict[str, Any]:
    """Return where a fault happened: step, function, file and line; only the number of steps if it didn't."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def signal_self(injection: Injection) -> None:
    """Send the signal to the coordinator alone, or to its workers too, as a terminal does."""
    number = signal.Signals[injection.fault]
    if injection.seed % 2:
        os.killpg(os.getpgid(0), number)
    else:
        os.kill(os.getpid(), number)


def kill_worker(injection: Injection) -> None:
    """Kill one of the processes that run tasks."""
    workers = sorted(each.pid for each in multiprocessing.active_children() if each.pid)
    if not workers:
        raise _NotYetError
    os.kill(Random(injection.seed).choice(workers), signal.SIGKILL)


def kill_scheduler(injection: Injection) -> None:
    """Kill the scheduler of the cluster."""
    assert injection.process is not None
    os.kill(injection.process, signal.SIGKILL)


def make_read_only(injection: Injection) -> None:
    """Take away the right to write to the folder and to all folders in it."""
    root = Path(injection.folder)
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        folder.chmod(0o555)


def move_away(injection: Injection) -> None:
    """Move the folder, as when a drive is disconnected."""
    _there(injection).rename(f"{injection.folder}-moved")


def remove(injection: Injection) -> None:
    """Remove the folder and all that is in it."""
    shutil.rmtree(_there(injection), ignore_errors=True)


def remove_part(injection: Injection) -> None:
    """Remove one of the files and folders in it."""
    found = sorted(_there(injection).rglob("*"))
    if not found:
        raise _NotYetError
    chosen = Random(injection.seed).choice(found)
    shutil.rmtree(chosen, ignore_errors=True) if chosen.is_dir() else chosen.unlink(missing_ok=True)


def fill_disk(injection: Injection) -> None:
    """Fill the disk to the last byte with a file beside the folder."""
    with suppress(OSError), Path(injection.folder).with_name(FILLER).open("wb", buffering=0) as file:
        for block in (bytes(2**16), bytes(1)):
            with suppress(OSError):
                while file.write(block):
                    pass


FAULTS: dict[str, Callable[[Injection], None]] = {
    "SIGINT": signal_self,
    "SIGTERM": signal_self,
    "SIGKILL": signal_self,
    "worker": kill_worker,
    "scheduler": kill_scheduler,
    "full": fill_disk,
    "read-only": make_read_only,
    "moved": move_away,
    "removed": remove,
    "part removed": remove_part,
}


class _NotYetError(Exception):
    """There is nothing yet that the fault could hit; it is tried again at the next step."""


def _there(injection: Injection) -> Path:
    folder = Path(injection.folder)
    if not folder.is_dir():
        raise _NotYetError
    return folder


class _Steps:
    """Counts calls in the main thread, and lets the fault happen."""

    def __init__(self, injection: Injection) -> None:
        self.injection = injection
        self.count = 0

    def start(self) -> None:
        """Wait for the function whose call begins the count."""
        sys.setprofile(self._wait)

    def _wait(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_name == self.injection.after:
            sys.setprofile(self._call)

    def _call(self, frame: FrameType, event: str, _argument: object) -> None:
        if event not in {"call", "c_call"} or not any(
            each in frame.f_code.co_filename for each in self.injection.files
        ):
            return
        self.count += 1
        if self.injection.fault != "none" and self.count >= self.injection.step:
            sys.setprofile(None)
            self._inject(frame)

    def _inject(self, frame: FrameType) -> None:
        code = frame.f_code
        self.log(where=f"{code.co_qualname} in {Path(code.co_filename).name}:{frame.f_lineno}")
        try:
            FAULTS[self.injection.fault](self.injection)
        except _NotYetError:
            self.injection = replace(self.injection, step=self.count + 100)
            self.log()
            sys.setprofile(self._call)

    def log(self, **where: str) -> None:
        """Write to the log how many steps there were, and where the fault happened."""
        Path(self.injection.log).write_text(json.dumps({"step": self.count, **where}), encoding="utf-8")


def main() -> None:
    """Run the command after the name of the file that says what is to happen."""
    request, *words = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs the trial may ignore Ctrl-C
    steps = _Steps(Injection(**json.loads(Path(request).read_text(encoding="utf-8"))))
    sys.argv = ["trustsim", *words]
    steps.start()
    try:
        runpy.run_module("simulation", run_name="__main__")
    finally:
        sys.setprofile(None)
        if not Path(steps.injection.log).exists():
            steps.log()  # nothing happened


if __name__ == "__main__":
    main()
