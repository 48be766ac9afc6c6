"""Progress on stderr: a bar on a terminal, one line elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simulation.formatting import counted

if TYPE_CHECKING:
    from simulation.execution.outline import Outline
    from simulation.execution.plan import Plan
    from simulation.experiment.schema import Experiment

MANY_DESIGNS = 5_000
"""Designs from which on planning takes seconds, so that its progress is shown."""


def plan_with_progress(experiment: "Experiment") -> "Plan":
    """Plan a batch, and show the progress if it has many designs.

    Args:
        experiment: What to run.

    Raises:
        ScenarioError: If values that are valid one by one contradict each other.
        TooManyDesignsError: If there are more than a million designs.
    """
    from simulation.execution.plan import plan_batch

    with _show_planning(experiment) as progress:
        return plan_batch(experiment, progress)


def outline_with_progress(experiment: "Experiment", folder: Path) -> "Outline":
    """Outline a batch, and show the progress if many designs are planned.

    Args:
        experiment: What to run.
        folder: The folder for its results.

    Raises:
        ScenarioError: If values that are valid one by one contradict each other.
        TooManyDesignsError: If there are more than a million designs.
    """
    from simulation.execution.outline import needs_whole_plan, outline_batch

    if not needs_whole_plan(experiment, folder):
        return outline_batch(experiment, folder)
    with _show_planning(experiment) as progress:
        return outline_batch(experiment, folder, progress)


@contextmanager
def _show_planning(experiment: "Experiment") -> Iterator[Callable[[int], None] | None]:
    """Show how many designs are planned, if there are many."""
    from simulation.cli._batch_words import name_of
    from simulation.execution.plan import expected_designs
    from simulation.limits import MOST_DESIGNS

    expected = expected_designs(experiment)
    if not MANY_DESIGNS <= expected <= MOST_DESIGNS:
        yield None
        return
    with show_progress(name_of(experiment), expected, "design", "plan") as progress:
        yield progress


@contextmanager
def show_progress(
    name: str, total: int, what: str = "replicate", doing: str = "simulate"
) -> Iterator[Callable[[int], None]]:
    """Show the progress of a run.

    Args:
        name: The name of the run.
        total: The number of replicates, or of what else is counted.
        what: What is counted, one of it.
        doing: What is done with it.

    Yields:
        A function to call with the number done since the last call.
    """
    if not sys.stderr.isatty():
        typer.echo(f"{name}: {counted(total, what)} to {doing}", err=True)
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(name, markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{what}s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(name, total=total)
        yield lambda done: bar.advance(task, done)
