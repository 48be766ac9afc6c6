"""Run again what failed in a batch."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simulation.cli._batch_options import BatchFolder, Cluster, Processes, choose_workers
from simulation.cli._console import FAILED

if TYPE_CHECKING:
    from simulation.execution.executors import Workers


def retry(
    folder: BatchFolder,
    workers: Processes = None,
    cluster: Cluster = None,
) -> None:
    """Run again those replicates of a batch, and of those beside it, that failed, and only them.

    Exit code 0 if none is left that failed, 1 if some failed again, 2 if there is no batch to retry.
    """
    from simulation.results.batch.manifest import supporting_folders

    with choose_workers(workers, cluster) as crew:
        failed = [_retry(each, crew) for each in (folder, *supporting_folders(folder))]
    if any(failed):
        raise typer.Exit(FAILED)


def _retry(folder: Path, crew: "Workers") -> bool:
    """One batch; whether any of its replicates failed again."""
    from simulation.cli._batch_progress import show_batch
    from simulation.cli._batch_words import name_of
    from simulation.cli.batch import lines_of
    from simulation.execution.batch import retry_batch
    from simulation.execution.executors import WorkersError
    from simulation.execution.record import read_plan

    plan = read_plan(folder)
    try:
        with show_batch(name_of(plan.experiment)) as progress:
            done = retry_batch(plan, folder, workers=crew, progress=progress)
    except WorkersError as error:
        typer.echo(f"{name_of(plan.experiment)}: {error}", err=True)
        raise typer.Exit(FAILED) from None
    typer.echo("\n".join(lines_of(done)))
    return bool(done.failures)
