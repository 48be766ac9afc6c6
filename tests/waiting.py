"""Waiting in tests: for something to happen, never for a time to pass."""

import time
from collections.abc import Callable

PATIENCE = 600
"""Seconds after which a test that waits is taken to hang; long enough that a busy machine never reaches it."""


def wait_until(condition: Callable[[], bool], description: str) -> None:
    """Wait until a condition holds, and fail if it seems that it never will.

    Args:
        condition: Called again and again.
        description: What is waited for, for the message of a test that fails.
    """
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited {PATIENCE} seconds for {description}"
        time.sleep(0.02)
