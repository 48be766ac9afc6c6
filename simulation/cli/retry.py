"""`trustsim retry`: run again what failed in a batch, and only that."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._console import FAILED


def retry(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A batch's folder, such as results/<experiment>.")],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each processor if left out.")] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on a dask cluster, such as tcp://scheduler:8786.")
    ] = None,
) -> None:
    """Run again those histories of a batch that failed, and only them.

    Exit code 0 if none is left that failed, 1 if some failed again, 2 if there is no batch to retry.
    """
    from simulation.cli._batch_options import choose_workers
    from simulation.cli._batch_progress import show_batch
    from simulation.cli.batch import lines_of
    from simulation.experiments.batch import retry_batch
    from simulation.experiments.executors import WorkersError
    from simulation.experiments.record import read_plan

    plan = read_plan(folder)
    try:
        with show_batch(plan.experiment.name) as progress:
            done = retry_batch(plan, folder, workers=choose_workers(workers, cluster), progress=progress)
    except WorkersError as error:
        typer.echo(f"{plan.experiment.name}: {error}", err=True)
        raise typer.Exit(FAILED) from None
    typer.echo("\n".join(lines_of(done)))
    if done.failures:
        raise typer.Exit(FAILED)
