"""Show a batch's progress on stderr: a bar on a terminal, otherwise a line every half minute."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from typing import TYPE_CHECKING

import typer

from simulation.formatting import duration, pounds

if TYPE_CHECKING:
    from simulation.execution.outcome import OnProgress, Progress

_EVERY = 30.0
"""Seconds between two lines where stderr is not a terminal."""


@contextmanager
def show_batch(name: str) -> "Iterator[OnProgress]":
    """Show the progress of a batch: replicates run, time left, and precision of the headline.

    Args:
        name: The experiment's name.

    Yields:
        A function to call with the progress.
    """
    if sys.stderr.isatty():
        yield from _bar(name)
    else:
        yield from _lines(name)


def _lines(name: str) -> "Iterator[OnProgress]":
    started = time.monotonic()
    last = started - _EVERY

    def show(progress: "Progress") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY:
            return
        last = now
        parts = [f"{name}: {progress.replicates:,} of {progress.total:,} replicates", *_precision(progress)]
        if progress.new:
            left = (now - started) / progress.new * (progress.total - progress.replicates)
            parts.append(f"about {duration(left)} left")
        typer.echo(", ".join(parts), err=True)

    yield show


def _bar(name: str) -> "Iterator[OnProgress]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as ProgressBar

    columns = [BarColumn(), MofNCompleteColumn(), TextColumn("replicates"), TimeRemainingColumn()]
    last = TextColumn("{task.fields[precision]}", markup=False)
    console = Console(stderr=True)
    with ProgressBar(TextColumn(name, markup=False), *columns, last, console=console, transient=True) as bar:
        task = bar.add_task(name, total=None, precision="")

        def show(progress: "Progress") -> None:
            precision = ", ".join(_precision(progress))
            bar.update(task, completed=progress.replicates, total=progress.total, precision=precision)

        yield show


def _precision(progress: "Progress") -> list[str]:
    parts = [] if isnan(progress.half_width) else [f"gaps known to ±{pounds(progress.half_width)}"]
    return [*parts, f"{progress.failed:,} failed"] if progress.failed else parts
