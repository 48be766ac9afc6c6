"""Exit codes, error messages and the console for tables that all commands share."""

import errno
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 1
BAD_INPUT = 2

_AS_WIDE_AS_NEEDED = 2000

_USER_ERRORS = (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError)


def report_error(error: Exception) -> int | None:
    """Print an error on stderr without a traceback, if the user can fix it or its cause lies outside the program.

    Returns:
        The exit code; None, with nothing printed, for a defect of the program, which needs its traceback.
    """
    from simulation.bytecode import StaleBytecodeError
    from simulation.environment import WrongVariableError
    from simulation.extras import MissingPackageError
    from simulation.memory import TooLargeError
    from simulation.results.batch.errors import BatchFolderError
    from simulation.scenario.problems import ScenarioError
    from simulation.writable import OutputError

    mistakes = ScenarioError | BatchFolderError | MissingPackageError | OutputError | StaleBytecodeError | TooLargeError
    if isinstance(error, mistakes | WrongVariableError):
        typer.echo(str(error), err=True)
        return BAD_INPUT
    if isinstance(error, MemoryError):
        typer.echo("there is not enough memory for this: run fewer replicates, points or scenarios at a time", err=True)
        return FAILED
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{name}{(error.strerror or str(error)).lower()}", err=True)
        is_users = isinstance(error, _USER_ERRORS) or error.errno in {errno.EROFS, errno.ELOOP}
        return BAD_INPUT if is_users else FAILED
    return None


def print_next(command: str, path: Path, why: str = "") -> None:
    """Print on stderr the command to type next.

    Args:
        command: The command and its options, without `trustsim`.
        path: The file or folder that it takes.
        why: What it does, as a comment that a shell leaves out; nothing if left out.
    """
    typer.echo(f"next: trustsim {command} {shlex.quote(str(path))}{f'    # {why}' if why else ''}", err=True)


def open_console() -> "Console":
    """Return a console for results on stdout. Without a terminal it is plain and keeps each row on one line."""
    from rich.console import Console

    class QuietConsole(Console):
        """A console that leaves a closed pipe to `main`."""

        def on_broken_pipe(self) -> None:
            """Raise the error again."""
            raise BrokenPipeError

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _AS_WIDE_AS_NEEDED
    return QuietConsole(markup=False, highlight=False, emoji=False, width=width)
