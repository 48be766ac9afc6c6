"""Stop at Ctrl-C even if Python loses it: an exception in a destructor is printed and dropped."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def keep_interrupts() -> Iterator[Callable[[], None]]:
    """Raise an interrupt as usual, and remember it in case the exception is lost.

    Yields:
        A function that raises `KeyboardInterrupt` if an interrupt was lost; call it often.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    pressed = threading.Event()

    def note(_signal: int, _frame: FrameType | None) -> None:
        pressed.set()
        raise KeyboardInterrupt

    def check() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, before)
