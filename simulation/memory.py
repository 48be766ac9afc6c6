"""The memory of this machine, and a refusal of what needs more, before anything is run."""

import os
from pathlib import Path

from simulation.formatting import disk_space

try:
    import resource
except ImportError:  # there is none on Windows
    resource = None  # type: ignore[assignment]

_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Files in which a container finds how much memory it may have, in versions 2 and 1 of Linux control groups."""


_NEVER_TOO_MUCH = 2.0**20
"""Bytes that any machine has, so that nobody reads how much it has for each of many small arrays."""


class TooLargeError(ValueError):
    """Results that need more memory than this machine has."""


def memory_of_machine() -> float:
    """Return how much memory this process may have, in bytes: the machine's, the container's or its own limit."""
    limits = [_physical(), *(_limit_in(Path(each)) for each in _LIMITS), _own_limit()]
    return min(each for each in limits if each > 0)


def check_memory(needed: float, way_out: str) -> None:
    """Refuse to begin what needs more memory than this machine has.

    Args:
        needed: About how much it needs, in bytes.
        way_out: What to do instead.

    Raises:
        TooLargeError: If it does not fit.
    """
    if needed <= _NEVER_TOO_MUCH:
        return
    held = memory_of_machine()
    if needed > held:
        message = f"this needs about {disk_space(needed)} of memory, this machine has {disk_space(held)}; {way_out}"
        raise TooLargeError(message)


def _physical() -> float:
    try:
        return float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return float("inf")


def _limit_in(file: Path) -> float:
    try:
        return float(file.read_text(encoding="ascii"))
    except (OSError, ValueError):  # "max" means that there is none
        return float("inf")


def _own_limit() -> float:
    if resource is None:
        return float("inf")
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return float("inf") if soft == resource.RLIM_INFINITY else float(soft)
