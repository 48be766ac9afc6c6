"""Run the failed replicates of a batch again."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simulation.cli._batch_options import BatchFolder, Cluster, Processes, choose_workers
from simulation.cli._console import FAILED
from simulation.cli._outputs import stop_unless_writable

if TYPE_CHECKING:
    from simulation.execution.executors import Workers
    from simulation.execution.plan import Plan


def retry(
    folder: BatchFolder,
    workers: Processes = None,
    cluster: Cluster = None,
) -> None:
    """Run the failed replicates of a batch and of its supporting runs again, and only them.

    Exit code 0 if none fails again, 1 if some do, 2 if there is no batch.
    """
    from simulation.execution.record import read_plan
    from simulation.results.batch.manifest import supporting_folders

    chosen = choose_workers(workers, cluster)
    plans = {each: read_plan(each) for each in (folder, *supporting_folders(folder))}
    for each in plans:
        stop_unless_writable(each, way_out="make it writable, or copy the results to another place")
    with chosen as pool:
        failed = [_retry(plan, each, pool) for each, plan in plans.items()]
    if any(failed):
        raise typer.Exit(FAILED)


def _retry(plan: "Plan", folder: Path, pool: "Workers") -> bool:
    """Return True if any replicate of one batch failed again."""
    from simulation.cli._batch_progress import show_batch
    from simulation.cli._batch_words import name_of
    from simulation.cli.batch import lines_of
    from simulation.execution.batch import retry_batch
    from simulation.execution.executors import WorkersError

    try:
        with show_batch(name_of(plan.experiment)) as progress:
            done = retry_batch(plan, folder, workers=pool, progress=progress)
    except WorkersError as error:
        typer.echo(f"{name_of(plan.experiment)}: {error}", err=True)
        raise typer.Exit(FAILED) from None
    typer.echo("\n".join(lines_of(done)))
    return bool(done.failures)
