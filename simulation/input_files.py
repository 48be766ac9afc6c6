"""Read files that somebody gives: only regular ones, or standard input where it may be, and none that is too large."""

import os
import stat
import sys
from pathlib import Path
from typing import TextIO

from simulation.limits import MOST_BYTES

STANDARD_INPUT = "-"
"""The name that stands for standard input."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_held: tuple[TextIO, bytes] | None = None
"""Standard input and what was read from it: it can be read only once, and a file is looked at several times."""


class UnfitFileError(OSError):
    """An error for a file that is not read, because it is no regular file or is too large; its text says which."""


def read_input(path: str | os.PathLike[str], *, most: int = MOST_BYTES) -> bytes:
    """Return the content of a file.

    Args:
        path: The file.
        most: The largest size that is read, in bytes.

    Raises:
        UnfitFileError: If it is no regular file, or is too large.
        OSError: If it cannot be read.
        ValueError: If no file can have such a name.
    """
    about = Path(path).stat()  # a pipe or a device would be waited for when it is opened, so it is looked at before
    if unfit := other_kind(about):
        raise UnfitFileError(unfit)
    if about.st_size > most:
        raise _too_large(most)
    with Path(path).open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise _too_large(most)
    return content


def other_kind(about: os.stat_result) -> str | None:
    """Return in words that something is no regular file; None if it is one.

    Args:
        about: What `Path.stat` returns of it.
    """
    if stat.S_ISREG(about.st_mode):
        return None
    kind = next((words for is_it, words in _KINDS if is_it(about.st_mode)), "something else")
    return f"is {kind}, not a file"


def read_standard_input(*, most: int = MOST_BYTES) -> bytes:
    """Return the content of standard input, the same each time.

    Args:
        most: The largest size that is read, in bytes.

    Raises:
        UnfitFileError: If it is a terminal, closed, or too large.
        OSError: If it cannot be read.
    """
    global _held  # noqa: PLW0603 - standard input belongs to the process too
    if _held is None or _held[0] is not sys.stdin:
        if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
            raise UnfitFileError("is a terminal; send a file to standard input, or name one")
        _held = sys.stdin, sys.stdin.buffer.read(most + 1)
    if len(_held[1]) > most:
        raise _too_large(most)
    return _held[1]


def name_of(file: str) -> str:
    """Return the name of what a file holds: the file's without its extension."""
    return "standard-input" if file == STANDARD_INPUT else readable(Path(file).stem)


def readable(text: str) -> str:
    r"""Show the parts of a file's name that are not text in UTF-8 as �, so that it can be written.

    >>> readable("caf\udce9.yaml")
    'caf�.yaml'
    """
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)


def _too_large(most: int) -> UnfitFileError:
    return UnfitFileError(f"is larger than {most // 2**20} MB")
