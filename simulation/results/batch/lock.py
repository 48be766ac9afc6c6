"""Who holds a batch's folder: one process at a time writes to it."""

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

from simulation.results.batch.errors import FolderHeldError

LOCK = "lock"
HOLDER = "holder.json"

_PATIENCE = 0.5
"""Seconds to wait for the lock: longer than it takes to look whether somebody has it."""


@contextmanager
def hold(folder: Path) -> Iterator[str | None]:
    """Hold a folder for as long as this process lives, and no longer even if it is killed.

    The operating system keeps the lock; the file beside it only says who has it. A holder on this machine that is gone
    has let go of the lock. One on another machine cannot be looked for, so it must have said that it is done.

    Args:
        folder: The batch's folder.

    Yields:
        Who held it before and was stopped, in words; None if the last one was done.

    Raises:
        FolderHeldError: If another process holds it.
    """
    lock = FileLock(folder / LOCK)
    told = folder / HOLDER
    try:
        lock.acquire(timeout=_PATIENCE, poll_interval=0.05)
    except Timeout:
        message = f"{folder} is being written to by {_describe(_read(told))}; wait for it, or name another folder"
        raise FolderHeldError(message) from None
    try:
        before = _read(told)
        if before is not None and before.get("machine") != platform.node():
            message = (
                f"{folder} was held by {_describe(before)}, and whether that is still at work cannot be seen from "
                f"{platform.node()}; if it is not, remove {told} and start again"
            )
            raise FolderHeldError(message)
        told.write_text(json.dumps(_this_process(), indent=2) + "\n", encoding="utf-8")
        try:
            yield None if before is None else _describe(before)
        finally:
            told.unlink(missing_ok=True)
    finally:
        lock.release()


def holder_of(folder: Path) -> str | None:
    """Who holds a folder now, in words; None if nobody does."""
    if not (folder / HOLDER).exists():
        return None
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return _describe(_read(folder / HOLDER))
    lock.release()
    before = _read(folder / HOLDER)
    if before is None or before.get("machine") == platform.node():
        return None
    return f"{_describe(before)}, if that is still at work, which cannot be seen from here"


def _this_process() -> dict[str, Any]:
    user = "somebody"
    with suppress(Exception):  # a container may run as a user that has no name
        user = getpass.getuser()
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"user": user, "machine": platform.node(), "process": os.getpid(), "since": since}


def _read(told: Path) -> dict[str, Any] | None:
    try:
        holder = json.loads(told.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        holder = None
    return holder if isinstance(holder, dict) else {"machine": platform.node()}


def _describe(holder: dict[str, Any] | None) -> str:
    if holder is None or "process" not in holder:
        return "another process"
    return (
        f"process {holder['process']} of {holder.get('user')} on {holder.get('machine')}, since {holder.get('since')}"
    )
