"""Commands in forked copies of this process, with their processor time and memory."""

import os
import resource
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.cli.preloaded import become

MEGABYTE = 2**20
LONGEST = 600
"""Seconds by the clock after which a command is killed; processor time is what limits it, however busy the machine."""
MOST_SECONDS = 30
"""Seconds of processor time after which a command is killed; what it may take is less."""
MOST_MEMORY = 4096 * MEGABYTE
"""Bytes of addresses beyond those of this process."""
MOST_FILE = 512 * MEGABYTE


class Finished(NamedTuple):
    """A command that has ended."""

    words: list[str]
    code: int
    stdout: str
    stderr: str
    seconds: float
    """Processor time of the command and of the processes that it waited for."""
    megabytes: float
    """The most memory that it took beyond this process's own."""


def run(words: Sequence[str], cwd: Path, environment: Mapping[str, str], streams: Path) -> Finished:
    """Run a command and return what came of it.

    Args:
        words: The words after `trustsim`.
        cwd: The folder in which it is typed.
        environment: All of the variables that it sees.
        streams: A folder for what it prints.
    """
    paths = [str(streams / name) for name in ("stdout", "stderr")]
    begin, end = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(begin)
        _limit()
        os.write(end, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())
        os.close(end)
        os._exit(become(list(words), str(cwd), dict(environment), paths))
    os.close(end)
    with os.fdopen(begin) as pipe:
        own = int(pipe.read() or 0)
    _, status, used = os.wait4(copy, 0)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(copy, signal.SIGKILL)  # what it may have left behind
    printed = [Path(path).read_bytes() if Path(path).exists() else b"" for path in paths]
    return Finished(
        words=list(words),
        code=os.waitstatus_to_exitcode(status),
        stdout=printed[0].decode("utf-8", "backslashreplace"),
        stderr=printed[1].decode("utf-8", "backslashreplace"),
        seconds=used.ru_utime + used.ru_stime,
        megabytes=(used.ru_maxrss - own) * 1024 / MEGABYTE,
    )


def _limit() -> None:
    """Let this process, a copy, do no harm to the machine, whatever its command does."""
    os.setpgid(0, 0)
    signal.alarm(LONGEST)
    addresses = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_AS, addresses + MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
