"""Progress on stderr: a bar on a terminal, one plain line elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from simulation.formatting import counted


@contextmanager
def show_progress(name: str, replicates: int) -> Iterator[Callable[[int], None]]:
    """Show how far a run is.

    Args:
        name: What is run.
        replicates: How many replicates it takes.

    Yields:
        A function to be told how many more replicates are done.
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
