"""Digests of files, and a cache of those that were computed before, so that what is unchanged is not hashed again.

The cache is in the user's cache folder, apart from the results: a change of results does not change it too.
It takes a file as unchanged if its size, both its times and its number on the disk are the same. So it does not notice
bytes that the disk itself lost, nor a change after which all of these were set back; Linux and macOS let nobody set the
time at which a file's entry last changed, Windows does. `use_cache=False` notices those too.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import platformdirs

from simulation.results.sealed import RecordError, read_json_object

SETTLED = 3_000_000_000
"""Nanoseconds after its last change from which on a file's digest is kept: clocks of file systems tick in up to 2 s."""

_FOLDER = "digests"
_FIELDS = 5


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Args:
        path: The file.

    Raises:
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of the bytes of a file."""
    return hashlib.sha256(content).hexdigest()


def is_file_of(path: Path, content: bytes) -> bool:
    """Return True if there is a file that holds these bytes.

    Args:
        path: The file.
        content: The bytes.
    """
    return path.is_file() and digest_of(path) == digest_of_bytes(content)


def digests_of(folder: Path, names: Iterable[str], *, use_cache: bool = True) -> dict[str, str | None]:
    """Return the digests of files by their names; None for one that is missing, is no regular file or cannot be read.

    Args:
        folder: The folder of results.
        names: Paths of files from there.
        use_cache: False to read every file.
    """
    kept_in = cache_file(folder)
    before = _read_cache(kept_in) if use_cache else {}
    found: dict[str, str | None] = {}
    kept: dict[str, list[object]] = {}
    for name in names:
        path = folder / name
        try:
            stamp = _stamp(path)
            known = before.get(name)
            if stamp is not None and known is not None and known[:-1] == stamp:
                found[name] = str(known[-1])
            else:
                found[name] = None if stamp is None else digest_of(path)
        except (OSError, ValueError):
            found[name] = None
            continue
        if stamp is not None and _is_settled(stamp):
            kept[name] = [*stamp, found[name]]
    if kept != before:
        keep_in_cache(kept_in, kept)
    return found


def cache_file(folder: Path) -> Path:
    """Return the file that keeps the digests of a folder."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    return digests_folder() / f"{name}.json"


def digests_folder() -> Path:
    """Return the folder, in the user's cache, of the files that keep digests."""
    return platformdirs.user_cache_path("trustsim") / _FOLDER


def _stamp(path: Path) -> list[object] | None:
    """Return what changes with a file; None if it is not a regular file."""
    if not path.is_file():
        return None
    at = path.stat()
    return [at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino]


def _is_settled(stamp: list[object]) -> bool:
    """True if a change from now on gives the file another time."""
    return time.time_ns() - max(int(str(stamp[1])), int(str(stamp[2]))) > SETTLED


def _read_cache(path: Path) -> dict[str, list[object]]:
    try:
        read = read_json_object(path)
    except (OSError, RecordError):
        return {}
    return {name: stamp for name, stamp in read.items() if isinstance(stamp, list) and len(stamp) == _FIELDS}


def keep_in_cache(path: Path, kept: Mapping[str, object]) -> None:
    """Write a file of the cache; a folder that cannot be written to means only that all is computed again.

    Args:
        path: The file, see `cache_file`.
        kept: What is to be kept, as JSON can hold it.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_text(json.dumps(kept), encoding="utf-8")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
