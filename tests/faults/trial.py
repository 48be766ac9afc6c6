"""One trial: a batch is disturbed by a fault, checked, run again to its end, and compared with an undisturbed one."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from simulation.execution.status import read_status
from simulation.results.batch.chunks import CHUNKS
from simulation.results.batch.errors import DamagedResultsError, NoBatchError
from simulation.results.batch.manifest import DESIGNS, MANIFEST
from tests.execution.cluster import running_cluster
from tests.execution.small import tables
from tests.faults.injected import FILLER, Injection, read_log
from tests.waiting import PATIENCE

Process = subprocess.Popen[str]

ROOT = Path(__file__).parents[2]

EXPERIMENT = f"""
title: To be disturbed
scenario: {ROOT}/scenarios/mid-south-essex-partnership.yaml
replicates: 300
compare:
  no joint action: {{levers: null}}
  as it is: {{}}
vary:
  parameters.loss_ratio: [1, 2]
"""

FILES = ("simulation/execution/", "simulation/results/", "concurrent/futures/", "threading.py", "multiprocessing/")
FILES += ("shutil.py", "filelock/", "pathlib")
"""Files whose functions run tasks, wait for them, and read and write results."""

KEPT = r".*: results are kept in \S+: run the same command to go on\n"
GONE = r".*: \S+ was moved or removed while results were written to it; put it back and run the same command\n"
NOT_WRITTEN = r"(.+: )?{what}(; results are kept in \S+: run the same command to go on)?\n"

ENDS: dict[str, dict[int, str]] = {
    "SIGINT": {130: rf"({KEPT})?interrupted\n|", 0: ".*"},
    "SIGTERM": {143: rf"({KEPT})?terminated\n|", 0: ".*"},
    "SIGKILL": {-9: ".*", 0: ".*"},
    "worker": {0: ".*"},
    "scheduler": {1: r".*(scheduler|results are kept).*\n", 0: ".*"},
    "full": {1: NOT_WRITTEN.format(what="no space left on device"), 0: ".*"},
    "read-only": {1: NOT_WRITTEN.format(what="permission denied"), 2: ".*permission denied\n", 0: ".*"},
    "moved": {1: GONE, 2: GONE, 0: ".*"},
    "removed": {1: GONE, 2: GONE, 0: ".*"},
    "part removed": {1: NOT_WRITTEN.format(what=r"[^\n]+"), 2: r".*\n", 0: ".*"},
    "clock": {-9: ".*", 1: "Caught Killed\n", 0: ".*"},
    "two writers": {2: r".* is being written to by process .*\n", 0: ".*"},
}
"""For each fault, how the disturbed command may end: exit code, and a pattern for the end of what it prints."""


TO_GO = 60
"""Seconds after which a process that a command left is taken to stay."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a trial showed.

    Attributes:
        fault: The fault.
        seed: The seed that chose its step.
        where: The step at which it happened, in words.
        code: Exit code of the disturbed command.
        lost: Replicates that were on disk and had to be run again.
        wrong: Names of tables that differ from the undisturbed batch's in the end.
        unclear: What the disturbed or the repeated command printed, if it is not what a user can use; else empty.
        orphans: Processes that were left.
        stray: Files that were left in the end and belong to no batch.
    """

    fault: str
    seed: int
    where: str = ""
    code: int = 0
    lost: int = 0
    wrong: tuple[str, ...] = ()
    unclear: str = ""
    orphans: int = 0
    stray: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """True if nothing was lost, wrong, unclear or left."""
        return not (self.lost or self.wrong or self.unclear or self.orphans or self.stray)


@dataclass(frozen=True, kw_only=True)
class Undisturbed:
    """A batch that no fault disturbs.

    Attributes:
        path: The experiment's file.
        tables: Its tables, by name of file.
        files: All files and folders of its folder.
        size: Bytes of its tables.
        steps: Steps that its coordinator takes.
    """

    path: Path
    tables: dict[str, bytes]
    files: frozenset[str]
    size: int
    steps: int


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that came to its end: exit code, what it printed, and the processes that it left."""

    code: int
    printed: str
    data: str
    orphans: int


class Command:
    """A batch as its user starts it, with a fault at one of its steps.

    Args:
        path: The experiment's file.
        out: The folder of results; beside it are the log, and the file that says what is to happen.
        words: Further options.
        prefix: A program and its options that runs it.
    """

    def __init__(
        self, path: Path, out: Path, *, words: tuple[str, ...] = ("--workers", "2"), prefix: tuple[str, ...] = ()
    ) -> None:
        self.path, self.out, self.words, self.prefix = path, out, words, prefix
        self.log, self.request = out.with_suffix(".log.json"), out.with_suffix(".request.json")

    def start(self, fault: str = "none", step: int = 0, seed: int = 0, process: int | None = None) -> Process:
        """Start it in a group of its own."""
        where = {"folder": str(self.out), "log": str(self.log), "after": "run_batch", "files": FILES}
        self.log.unlink(missing_ok=True)
        Injection(fault=fault, step=step, seed=seed, process=process, **where).write(self.request)
        program = [*self.prefix, sys.executable, "-m", "tests.faults.injected", str(self.request)]
        command = [*program, "batch", str(self.path), "--out", str(self.out), "--json", *self.words]
        return Process(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def run(self, fault: str = "none", step: int = 0, seed: int = 0, process: int | None = None) -> Ended:
        """Run it to its end."""
        return end_of(self.start(fault, step, seed, process))


def end_of(process: Process) -> Ended:
    """Wait for the end of a command, of all that could still print for it, and of its group."""
    orphans = 0
    try:
        data, printed = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        orphans = 1
        os.killpg(process.pid, signal.SIGKILL)
        data, printed = process.communicate()
    until = time.monotonic() + TO_GO
    while _has_group(process.pid) and time.monotonic() < until:
        time.sleep(0.01)
    return Ended(code=process.returncode, printed=printed, data=data, orphans=orphans + _has_group(process.pid))


def _has_group(number: int) -> bool:
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True


def run_undisturbed(folder: Path) -> Undisturbed:
    """Run a batch that no fault disturbs."""
    path = folder / "disturbed.yaml"
    path.write_text(EXPERIMENT)
    Command(path, folder / "first").run()  # while the engine is compiled the coordinator takes many more steps
    command = Command(path, folder / "undisturbed")
    ended = command.run()
    assert ended.code == 0, ended.printed
    found = tables(command.out)
    return Undisturbed(
        path=path,
        tables=found,
        files=_files(command.out),
        size=sum(map(len, found.values())),
        steps=read_log(command.log)["step"],
    )


def try_fault(fault: str, seed: int, folder: Path, undisturbed: Undisturbed) -> Outcome:
    """Disturb a batch at a step that the seed chooses, and run it again.

    Args:
        fault: A key of `ENDS`.
        seed: The seed.
        folder: A folder for its files, which does not exist yet.
        undisturbed: The batch to compare with.
    """
    folder.mkdir(parents=True)
    step = Random(f"{fault} {seed}").randint(1, undisturbed.steps)
    with SURROUNDINGS.get(fault, _plain)(fault, step, seed, folder, undisturbed) as (ended, command):
        log = read_log(command.log)
        outcome = Outcome(
            fault=fault,
            seed=seed,
            where=f"step {log['step']:,}: {log.get('where', 'too late')}" if log else "before the first step",
            code=ended.code,
            unclear=_unclear(fault, ended),
            orphans=ended.orphans,
        )
        return _run_again(outcome, command, undisturbed)


Surroundings = Iterator[tuple[Ended, Command]]


@contextmanager
def _plain(fault: str, step: int, seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    command = Command(undisturbed.path, folder / "out")
    yield command.run(fault, step, seed), command


@contextmanager
def _clock(_fault: str, step: int, seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    """Kill it ten years ago, and let it be run again in ten years."""
    before, after = (("faketime", "-f", years) for years in ("-10y", "+10y"))
    ended = Command(undisturbed.path, folder / "out", prefix=before).run("SIGKILL", step, seed)
    yield ended, Command(undisturbed.path, folder / "out", prefix=after)


@contextmanager
def _full(fault: str, step: int, seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    """Run it on a disk of its own, fill that while it runs, and make room again."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={10 * undisturbed.size}", "tmpfs", disk], check=True)
    try:
        command = Command(undisturbed.path, disk / "out")
        ended = command.run(fault, step, seed)
        (disk / FILLER).unlink(missing_ok=True)
        yield ended, command
    finally:
        subprocess.run(["umount", disk], check=True)


@contextmanager
def _read_only(fault: str, step: int, seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    """Run it without root's power to write anywhere, and give the right to write back."""
    prefix = () if os.geteuid() else ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    command = Command(undisturbed.path, folder / "out", prefix=prefix)
    ended = command.run(fault, step, seed)
    for path in (command.out, *command.out.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    yield ended, command


@contextmanager
def _moved(fault: str, step: int, seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    """Move its folder away, and back."""
    command = Command(undisturbed.path, folder / "out")
    ended = command.run(fault, step, seed)
    moved = Path(f"{command.out}-moved")
    if moved.exists():
        shutil.rmtree(command.out, ignore_errors=True)
        moved.rename(command.out)
    yield ended, command


@contextmanager
def _scheduler(fault: str, step: int, seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    """Run it on a cluster, and again on this machine."""
    out = folder / "out"
    with running_cluster() as cluster:
        words = ("--cluster", cluster.address)
        yield (
            Command(undisturbed.path, out, words=words).run(fault, step, seed, cluster.scheduler.pid),
            Command(undisturbed.path, out),
        )


@contextmanager
def _two_writers(_fault: str, _step: int, _seed: int, folder: Path, undisturbed: Undisturbed) -> Surroundings:
    """Start it twice at once."""
    command = Command(undisturbed.path, folder / "out")
    first, second = command.start(), command.start()
    ended = [end_of(first), end_of(second)]
    yield max(ended, key=lambda each: each.code), command


SURROUNDINGS: dict[str, Callable[..., AbstractContextManager[tuple[Ended, Command]]]] = {
    "clock": _clock,
    "full": _full,
    "read-only": _read_only,
    "moved": _moved,
    "scheduler": _scheduler,
    "two writers": _two_writers,
}


def _unclear(fault: str, ended: Ended) -> str:
    """Return what a command printed if its user would not know what happened; else nothing."""
    pattern = ENDS[fault].get(ended.code)
    warnings = r"(\S+: warning: .*\n|\w+: [\d,]+ of [\d,]+ replicates.*\n)*"
    is_clear = pattern is not None and re.fullmatch(warnings + f"(?s:{pattern})", ended.printed)
    return "" if is_clear and "Traceback" not in ended.printed else f"exit {ended.code}: {ended.printed[-600:]}"


def _run_again(outcome: Outcome, command: Command, undisturbed: Undisturbed) -> Outcome:
    """Run the batch to its end, and compare it with the undisturbed one."""
    held = 0
    try:
        held = read_status(command.out).replicates
    except NoBatchError:
        pass
    except DamagedResultsError as error:
        # The disk may be full before the record is first written: status says that it is missing, and how to go on.
        results = [*command.out.glob("*.parquet"), *command.out.glob(f"{CHUNKS}/*")]
        is_not_begun = not (command.out / MANIFEST).exists() and not {each.name for each in results} - {DESIGNS}
        if outcome.fault != "part removed" and not is_not_begun:
            outcome = replace(outcome, unclear=f"{outcome.unclear}\nstatus: {error}")
    again = Command(command.path, command.out, prefix=command.prefix).run()
    if again.code or "Traceback" in again.printed:
        return replace(outcome, unclear=f"{outcome.unclear}\nagain, exit {again.code}: {again.printed[-600:]}")
    (done,) = json.loads(again.data)
    found = tables(command.out)
    names = undisturbed.tables.keys() | found.keys()
    return replace(
        outcome,
        lost=max(0, done["new"] + held - done["replicates"] * done["designs"]),
        wrong=tuple(sorted(name for name in names if found.get(name) != undisturbed.tables.get(name))),
        orphans=outcome.orphans + again.orphans,
        stray=tuple(sorted(_files(command.out) - undisturbed.files)),
    )


def _files(folder: Path) -> frozenset[str]:
    return frozenset(str(path.relative_to(folder)) for path in folder.rglob("*"))
