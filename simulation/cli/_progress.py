"""Progress on stderr: a bar on a terminal, one line elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from simulation.formatting import counted


@contextmanager
def show_progress(name: str, replicates: int) -> Iterator[Callable[[int], None]]:
    """Show the progress of a run.

    Args:
        name: The name of the run.
        replicates: The number of replicates.

    Yields:
        A function to call with the number of replicates done since the last call.
    """
    if not sys.stderr.isatty():
        typer.echo(f"{name}: {counted(replicates, 'replicate')} to simulate", err=True)
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(name, markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("replicates"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(name, total=replicates)
        yield lambda done: bar.advance(task, done)
