"""Hold back Ctrl-C and SIGTERM while work is under way, and let them in where nothing is locked or half written.

Python raises `KeyboardInterrupt` between any two steps of the main thread. Where that thread has just taken a lock of
`concurrent.futures`, the lock stays taken and the process waits for ever; in a destructor the exception is printed and
dropped.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

Handler = Callable[[int, FrameType | None], Any]


class Terminated(KeyboardInterrupt):
    """SIGTERM, raised as Ctrl-C is, so that whatever cleans up after one cleans up after the other."""


_handlers: dict[int, Handler] = {}
"""The handlers of the signals that are held back now."""

_pressed: list[int] = []
"""Signals that arrived and were held back, in order."""


def end_at_once() -> None:
    """Let Ctrl-C and SIGTERM end the process at once and in silence; for a command that has not begun its work.

    A signal that the caller wants ignored, as `nohup` and shells do, stays ignored.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def raise_in_command() -> None:
    """After `end_at_once`, let Ctrl-C raise `KeyboardInterrupt` and SIGTERM `Terminated`; for a command at work."""
    for number in _SIGNALS:
        if signal.getsignal(number) is _end:
            signal.signal(number, _raise)


def ignore_at_end() -> None:
    """Ignore Ctrl-C and SIGTERM; for a command that has done its work and printed the outcome."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def exit_code(number: int) -> int:
    """Return the exit code by which shells know that a signal ended a process."""
    return 128 + number


def _end(number: int, _frame: FrameType | None) -> None:
    os._exit(exit_code(number))


def _raise(number: int, _frame: FrameType | None) -> None:
    raise Terminated if number == signal.SIGTERM else KeyboardInterrupt


@contextmanager
def hold_interrupts() -> Iterator[None]:
    """Hold back Ctrl-C and SIGTERM within a block, as far as their handlers are Python's; the second one gets through.

    A signal that was held back is let in by `let_interrupts_in`, or else at the end of the block.
    """
    if _handlers or threading.current_thread() is not threading.main_thread():
        yield
        return
    found = {number: signal.getsignal(number) for number in _SIGNALS}
    _handlers.update({number: handler for number, handler in found.items() if callable(handler)})
    for number in _handlers:
        signal.signal(number, _note)
    try:
        yield
    finally:
        for number, handler in _handlers.items():
            signal.signal(number, handler)
        held = dict(_handlers)
        _handlers.clear()
        pressed = _pressed.copy()
        _pressed.clear()
        for number in pressed[:1]:
            held[number](number, None)


def let_interrupts_in() -> None:
    """Let a signal in that was held back: call its handler, which usually raises `KeyboardInterrupt`."""
    if _pressed and threading.current_thread() is threading.main_thread():
        number = _pressed.pop(0)
        _handlers[number](number, None)


def _note(number: int, frame: FrameType | None) -> None:
    if _pressed:
        _pressed.clear()  # it would come a second time at the end of the block
        _handlers[number](number, frame)
    else:
        _pressed.append(number)
