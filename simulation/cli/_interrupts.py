"""Ctrl-C is heeded even where Python loses it: within a destructor an exception is told and dropped."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heed_interrupts() -> Iterator[Callable[[], None]]:
    """Remember an interrupt, besides raising it as ever.

    Yields:
        A function to be called now and then, which raises `KeyboardInterrupt` if one was lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    pressed = threading.Event()

    def note(_signal: int, _frame: FrameType | None) -> None:
        pressed.set()
        raise KeyboardInterrupt

    def heed() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, before)
