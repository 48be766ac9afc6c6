"""A batch's progress on stderr: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import isnan
from typing import TYPE_CHECKING

import typer

from simulation.formatting import duration, pounds

if TYPE_CHECKING:
    from simulation.execution.outcome import Progressed

_EVERY = 30.0
"""Seconds between two lines where stderr is not a terminal."""


@contextmanager
def show_batch(name: str) -> "Iterator[Callable[[Progressed], None]]":
    """Show how far a batch is, when it will be done, and how precisely its headline is known.

    Args:
        name: The experiment's name.

    Yields:
        A function to be told how far it is.
    """
    if sys.stderr.isatty():
        yield from _bar(name)
    else:
        yield from _lines(name)


def _lines(name: str) -> "Iterator[Callable[[Progressed], None]]":
    started = time.monotonic()
    told = {"at": started - _EVERY}

    def show(progressed: "Progressed") -> None:
        now = time.monotonic()
        if now - told["at"] < _EVERY:
            return
        told["at"] = now
        parts = [f"{name}: {progressed.replicates:,} of {progressed.total:,} replicates", *_precision(progressed)]
        if progressed.new:
            left = (now - started) / progressed.new * (progressed.total - progressed.replicates)
            parts.append(f"about {duration(left)} left")
        typer.echo(", ".join(parts), err=True)

    yield show


def _bar(name: str) -> "Iterator[Callable[[Progressed], None]]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = [BarColumn(), MofNCompleteColumn(), TextColumn("replicates"), TimeRemainingColumn()]
    last = TextColumn("{task.fields[precision]}", markup=False)
    with Progress(TextColumn(name, markup=False), *columns, last, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None, precision="")

        def show(progressed: "Progressed") -> None:
            precision = ", ".join(_precision(progressed))
            bar.update(task, completed=progressed.replicates, total=progressed.total, precision=precision)

        yield show


def _precision(progressed: "Progressed") -> list[str]:
    parts = [] if isnan(progressed.half_width) else [f"gaps known to ±{pounds(progressed.half_width)}"]
    return [*parts, f"{progressed.failed:,} failed"] if progressed.failed else parts
