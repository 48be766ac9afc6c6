"""Remove what is old from the cache folder: compiled code of other versions, and digests of results.

Imports neither numba nor llvmlite.

Every edit and every new version of Python, numba or NumPy leaves its own folder behind, and nothing else removes it.
"""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from simulation.model.ensemble.cache import cache_root, name_of_sources
from simulation.model.portable.cache import LOCK, PREFIX, digest_of_portable_sources
from simulation.model.portable.settings import DESCRIPTION, PLAIN, WITH_SIMD
from simulation.results.digests import digests_folder

_OURS = re.compile(rf"(?:{re.escape(PREFIX)})?[0-9a-f]{{16}}")
_MACHINE_CODE = re.compile(r".+\.nb[ic](?:\.tmp\.[0-9a-f]+)?")
_PORTABLE = (PLAIN, WITH_SIMD, DESCRIPTION, LOCK)

_DIGESTS = re.compile(r"\.?[0-9a-f]{32}\.json(?:\.\d+)?")

_OLD = 90 * 24 * 3600
"""Seconds without a change after which the digests of a folder of results are removed: they are computed again then."""

_QUIET = 60
"""Seconds without a change after which no process still compiles into a folder: compiling takes a quarter of that."""


@dataclass(frozen=True, kw_only=True)
class OldCaches:
    """The compiled code of other versions.

    Attributes:
        root: The folder that holds every version's.
        folders: Folders of other versions, in order of their names.
        size: Bytes of the files in them that can be removed.
        recent: Folders left out, because a process may still be compiling into them.
    """

    root: Path
    folders: tuple[Path, ...]
    size: int
    recent: tuple[Path, ...]


def find_old_caches(*, current: bool = False) -> OldCaches:
    """Find the compiled code of other versions in the user's cache folder.

    Args:
        current: True to include this version's, which is compiled again when it is next needed.
    """
    root = cache_root()
    kept = set() if current else {name_of_sources(), PREFIX + digest_of_portable_sources()}
    found = [path for path in _folders(root) if _OURS.fullmatch(path.name) and path.name not in kept]
    found = [path for path in found if any(_files(path)) or not _has_files(path)]
    recent = tuple(path for path in found if _is_in_use(path))
    folders = tuple(path for path in found if path not in recent)
    size = sum(file.lstat().st_size for folder in folders for file in _files(folder))
    return OldCaches(root=root, folders=folders, size=size, recent=recent)


def remove_old_caches(old: OldCaches) -> int:
    """Remove compiled code, and the folders that are empty then. Other files and links stay.

    Args:
        old: What to remove, see `find_old_caches`.

    Returns:
        Bytes that were freed.

    Raises:
        OSError: If a file cannot be removed.
    """
    freed = 0
    for folder in old.folders:
        for file in list(_files(folder)):
            size = file.lstat().st_size
            file.unlink(missing_ok=True)
            freed += size
        _remove_empty(folder)
    return freed


def find_old_digests(*, everything: bool = False) -> list[Path]:
    """Return the files that keep digests of results which nobody has run or changed for three months.

    Args:
        everything: True to return all of them; what they keep is computed again when it is next needed.
    """
    folder = digests_folder()
    if folder.is_symlink():
        return []
    found = [path for path in sorted(folder.glob("*")) if _DIGESTS.fullmatch(path.name)]
    files = [path for path in found if path.is_file() and not path.is_symlink()]
    return [path for path in files if time.time() - path.stat().st_mtime > (_QUIET if everything else _OLD)]


def remove_files(files: Sequence[Path]) -> int:
    """Remove files, and return the bytes that were freed.

    Args:
        files: Files, of which some may be gone meanwhile.

    Raises:
        OSError: If one cannot be removed.
    """
    freed = 0
    for file in files:
        with suppress(FileNotFoundError):
            size = file.stat().st_size
            file.unlink()
            freed += size
    return freed


def _folders(folder: Path) -> list[Path]:
    """Return the folders in a folder by name; links to folders are none."""
    return sorted(path for path in folder.glob("*") if path.is_dir() and not path.is_symlink())


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that this project or numba writes into a folder of the cache, and no others."""
    portable = folder.name.startswith(PREFIX)
    for path in sorted(folder.glob("*")):
        if path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.name in _PORTABLE if portable else _MACHINE_CODE.fullmatch(path.name):
            yield path


def _has_files(folder: Path) -> bool:
    return any(path.is_symlink() or not path.is_dir() for path in folder.rglob("*"))


def _is_in_use(folder: Path) -> bool:
    """True if a process may be compiling into a folder."""
    if folder.name.startswith(PREFIX) and (folder / LOCK).exists():
        try:
            FileLock(folder / LOCK).acquire(timeout=0).lock.release()
        except Timeout:
            return True
    within = (path for path in folder.rglob("*") if not path.is_symlink())
    newest = max(path.stat().st_mtime for path in (folder, *within))
    return 0 <= time.time() - newest < _QUIET


def _remove_empty(folder: Path) -> None:
    for below in _folders(folder):
        _remove_empty(below)
    if not any(folder.iterdir()):
        folder.rmdir()
