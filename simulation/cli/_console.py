"""What all commands share: exit codes, what is told of a failure, and a console for tables."""

import os
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130

_AS_WIDE_AS_NEEDED = 2000

_THE_USERS = (FileNotFoundError, FileExistsError, PermissionError, IsADirectoryError, NotADirectoryError)


def tell(error: Exception) -> int | None:
    """Tell on stderr what went wrong if that can be told in a line or a list.

    Returns:
        The exit code, or None for an error that is ours and deserves its traceback.
    """
    from simulation.results.batch.errors import BatchFolderError
    from simulation.scenario.problems import ScenarioError

    if isinstance(error, ScenarioError | BatchFolderError):
        typer.echo(str(error), err=True)
        return BAD_INPUT
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{name}{(error.strerror or str(error)).lower()}", err=True)
        return BAD_INPUT if isinstance(error, _THE_USERS) else FAILED
    return None


def open_console() -> "Console":
    """A console for results on stdout: plain, and each row on one line, where stdout is not a terminal."""
    from rich.console import Console

    class QuietConsole(Console):
        """Leaves it to `main` what happens when the reader goes away."""

        def on_broken_pipe(self) -> None:
            """Raise what was caught."""
            raise BrokenPipeError

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _AS_WIDE_AS_NEEDED
    return QuietConsole(markup=False, highlight=False, emoji=False, width=width)
