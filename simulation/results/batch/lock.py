"""Lock a batch's folder, so that one process at a time writes to it."""

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from simulation.results.batch.errors import FolderLockedError
from simulation.results.sealed import RecordError, read_json_object

LOCK = "lock"
LOCK_OWNER = "lock-owner.json"

_PATIENCE = 0.5
"""Seconds to wait for the lock: longer than `lock_owner` holds it for its check."""


@contextmanager
def lock_folder(folder: Path) -> Iterator[str | None]:
    """Lock a folder. The operating system releases the lock when this process ends, even if it is killed.

    A second file names the owner. If that file is left over, its owner was stopped. It is an error if the owner was on
    another machine, because this machine cannot check that it was stopped.

    Args:
        folder: The batch's folder.

    Yields:
        The owner before, in words, if it was stopped; else None.

    Raises:
        FolderLockedError: If another process has locked it.
    """
    owner_file = folder / LOCK_OWNER
    with _acquired(folder) as before:
        owner_file.write_text(json.dumps(_this_process(), indent=2) + "\n", encoding="utf-8")
        try:
            yield None if before is None else _describe(before)
        finally:
            owner_file.unlink(missing_ok=True)


def check_unlocked(folder: Path) -> None:
    """Check that no other process has locked a folder.

    Args:
        folder: The batch's folder, which need not exist.

    Raises:
        FolderLockedError: If one has.
    """
    if (folder / LOCK_OWNER).exists():
        with _acquired(folder):
            pass


@contextmanager
def _acquired(folder: Path) -> Iterator[dict[str, Any] | None]:
    """Lock a folder, and yield the owner before if it was stopped."""
    lock = FileLock(folder / LOCK)
    owner_file = folder / LOCK_OWNER
    try:
        lock.acquire(timeout=_PATIENCE, poll_interval=0.05)
    except Timeout:
        message = f"{folder} is being written to by {_describe(_read(owner_file))}; wait for it, or name another folder"
        raise FolderLockedError(message) from None
    try:
        before = _read(owner_file)
        if before is not None and before.get("machine") != platform.node():
            message = (
                f"{folder} is locked by {_describe(before)}; {platform.node()} cannot check whether that process still "
                f"runs; if it does not, remove {owner_file} and start again"
            )
            raise FolderLockedError(message)
        yield before
    finally:
        lock.release()


def lock_owner(folder: Path) -> str | None:
    """Return the owner of a folder's lock, in words; None if it is not locked."""
    if not (folder / LOCK_OWNER).exists():
        return None
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return _describe(_read(folder / LOCK_OWNER))
    lock.release()
    before = _read(folder / LOCK_OWNER)
    if before is None or before.get("machine") == platform.node():
        return None
    return f"{_describe(before)} (this machine cannot check whether that process still runs)"


def _this_process() -> dict[str, Any]:
    user = "somebody"
    with suppress(Exception):  # a container may run as a user that has no name
        user = getpass.getuser()
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"user": user, "machine": platform.node(), "process": os.getpid(), "since": since}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return read_json_object(path)
    except FileNotFoundError:
        return None
    except RecordError:
        return {"machine": platform.node()}


def _describe(owner: dict[str, Any] | None) -> str:
    if owner is None or "process" not in owner:
        return "another process"
    return f"process {owner['process']} of {owner.get('user')} on {owner.get('machine')}, since {owner.get('since')}"
