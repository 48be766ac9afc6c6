"""Try whether files can be written before any work is done for them."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from simulation.formatting import disk_space

_LONGEST_NAME = 255
"""Bytes of a name, in every usual file system."""

_ADDED = 24
"""Bytes by which the name of an unfinished file is longer than that of the file."""

_TRIED = b"\0" * 4096
"""Bytes that are written for a trial: a full disk often still takes an empty file."""


class OutputError(OSError):
    """An output that cannot be written, found before anything was run.

    Attributes:
        problem: The path and what is wrong with it.
    """

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def check_folder(
    folder: Path | str, *, files: Iterable[str] = (), folders: Iterable[str] = (), size: float = 0
) -> None:
    """Check that files can be written to a folder, which is made later if it does not exist.

    A file is really written and removed again, in the folder or in the nearest one above it: permissions alone say
    nothing of read-only disks, of special folders, or to a superuser.

    Args:
        folder: The folder.
        files: Names of files that will be written to it; none of them may be a folder.
        folders: Names of folders that will be made in it; none of them may be anything else.
        size: Bytes that will be written.

    Raises:
        OutputError: If they cannot be written, or do not fit.
    """
    folder = Path(folder)
    nearest = _nearest_folder(folder)
    _try_to_write(nearest, folder)
    for name in folders:
        if os.path.lexists(folder / name) and not (folder / name).is_dir():
            raise OutputError(f"{folder / name} is a file, not a folder")
    for name in files:
        if (folder / name).is_dir():
            raise OutputError(f"{folder / name} is a folder, not a file")
    free = shutil.disk_usage(nearest).free
    if size > free:
        problem = f"{_named(folder)}: about {disk_space(size)} will be written, and {disk_space(free)} are free there"
        raise OutputError(problem)


def check_file(path: Path | str, *, size: float = 0) -> None:
    """Check that a file can be written to a folder that exists.

    Args:
        path: The file.
        size: Bytes that will be written.

    Raises:
        OutputError: If it cannot be written.
    """
    path = Path(path)
    _check_name(path.name, path)
    if path.is_dir():
        raise OutputError(f"{path}: is a folder, not a file")
    if not os.path.lexists(path.parent):
        raise OutputError(f"{path}: the folder {path.parent} does not exist")
    try:
        check_folder(path.parent, size=size)
    except OutputError as error:
        raise OutputError(f"{path}: cannot be written: {error.problem}") from None


def _nearest_folder(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that exists; refuse what stands in the way."""
    for path in (folder, *folder.parents):
        _check_name(path.name, folder)
        try:
            mode = path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            if path.is_symlink():
                raise OutputError(f"{path} is a link to {path.readlink()}, which does not exist") from None
            continue
        except (OSError, ValueError) as error:
            raise OutputError(f"{path}: {_reason(error)}") from None
        if stat.S_ISDIR(mode):
            return path
        raise OutputError(f"{path} is a file, not a folder")
    return Path()


def _check_name(name: str, path: Path) -> None:
    if len(os.fsencode(name)) > _LONGEST_NAME - _ADDED:
        raise OutputError(f"{path}: cannot be written: {os.strerror(errno.ENAMETOOLONG).lower()}")


def _try_to_write(nearest: Path, folder: Path) -> None:
    """Write a file to a folder that exists, and remove it."""
    try:
        with tempfile.NamedTemporaryFile(prefix=".unfinished-", dir=nearest) as trial:
            trial.write(_TRIED)
            trial.flush()
    except OSError as error:
        into = "" if nearest == folder else f"; {_named(folder)} would be made there"
        raise OutputError(f"{_named(nearest)}: no file can be written there ({_reason(error)}){into}") from None


def _named(folder: Path) -> str:
    """Return the name of a folder; the whole of it for the one that commands are typed in."""
    return str(Path.cwd() if folder == Path() else folder)


def _reason(error: OSError | ValueError) -> str:
    """Return why, in words; where a special folder takes no files, Linux says that they are not found."""
    if isinstance(error, FileNotFoundError):
        return "it takes no files"
    return (getattr(error, "strerror", None) or str(error)).lower()
