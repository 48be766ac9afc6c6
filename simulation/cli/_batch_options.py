"""What the commands for batches share: what they are given, and where results go."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._console import BAD_INPUT

if TYPE_CHECKING:
    from simulation.execution.executors import Workers
    from simulation.execution.plan import Plan


Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Experiment files, scenario files, or folders of them.")
]
Replicates = Annotated[
    int | None, typer.Option(min=1, help="Replicates of each design, in place of what the file says.")
]
Seed = Annotated[int | None, typer.Option(min=0, max=2**64 - 1, help="Random seed, in place of what the file says.")]
Processes = Annotated[int | None, typer.Option(min=1, help="Processes; one for each processor if left out.")]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Run on a dask cluster, such as tcp://scheduler:8786.")
]
BatchFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A batch's folder, such as results/<experiment>.")]


def plan_all(paths: list[str], replicates: int | None, seed: int | None, out: Path | None) -> "dict[Path, Plan]":
    """Read and resolve all that is to be run, each with the folder of its own that it goes to."""
    from simulation.execution.inputs import folder_of, load_experiments
    from simulation.execution.plan import TooManyDesignsError, plan_batch
    from simulation.execution.supporting_runs import supporting_experiments
    from simulation.scenario.oddities import find_oddities

    experiments = load_experiments(paths, replicates=replicates, seed=seed)
    plans: dict[Path, Plan] = {}
    for file, experiment in experiments.items():
        for oddity in dict.fromkeys(
            oddity for variant in experiment.variants for oddity in find_oddities(variant.scenario)
        ):
            typer.echo(f"{file}: warning: {oddity}", err=True)
        folder = folder_of(experiment)
        if out is not None:
            folder = out if len(experiments) == 1 else out / experiment.name
        if folder in plans:
            typer.echo(f"{file}: another file of the name {experiment.name} would go to {folder} too", err=True)
            raise typer.Exit(BAD_INPUT)
        try:
            plans[folder] = plan_batch(experiment)
            plans |= {folder / str(each.supporting): plan_batch(each) for each in supporting_experiments(experiment)}
        except TooManyDesignsError as error:
            typer.echo(f"{file}: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from None
    return plans


def choose_workers(workers: int | None, cluster: str | None) -> "Workers":
    """This machine's processes, or a cluster's."""
    from simulation.execution.local_workers import LocalWorkers

    if cluster is None:
        return LocalWorkers(workers)
    if workers is not None:
        message = "a cluster has as many workers as were started there; leave this out"
        raise typer.BadParameter(message, param_hint="--workers")
    from simulation.execution.cluster import ClusterWorkers

    return ClusterWorkers(cluster)
