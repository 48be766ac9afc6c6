"""Arguments and options that the commands for batches share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from simulation.cli._console import BAD_INPUT
from simulation.cli._progress import outline_with_progress, plan_with_progress
from simulation.cli._warnings import print_warnings, stop_at_errors
from simulation.limits import MOST_REPLICATES, MOST_WORKERS

if TYPE_CHECKING:
    from simulation.execution.executors import Workers
    from simulation.execution.outline import Outline
    from simulation.execution.plan import Plan
    from simulation.experiment.schema import Experiment

_Planned = TypeVar("_Planned")

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Experiment files, scenario files, or folders of them.")
]
Replicates = Annotated[
    int | None, typer.Option(min=1, max=MOST_REPLICATES, help="Replicates of each design, instead of the file's.")
]
Seed = Annotated[int | None, typer.Option(min=0, max=2**64 - 1, help="Random seed, instead of the file's.")]
Processes = Annotated[
    int | None, typer.Option(min=1, max=MOST_WORKERS, help="Number of processes; one for each processor if left out.")
]
Cluster = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Run on a dask cluster, such as tcp://scheduler:8786.")
]
BatchFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A batch's folder, such as results/<experiment>.")]

SkipCheck = Annotated[
    bool,
    typer.Option(
        "--skip-integrity-check",
        help="Read files even if they are not as they were written; everything made of them says so.",
    ),
]


def plan_all(
    paths: list[str],
    replicates: int | None,
    seed: int | None,
    out: Path | None,
    *,
    strict: bool = False,
    warn: bool = True,
) -> "dict[Path, Plan]":
    """Load experiments and return the plan of each, and of its supporting runs, by its folder.

    Args:
        paths: Experiment files, scenario files, or folders of them.
        replicates: Replicates of each design, instead of the files'.
        seed: Random seed, instead of the files'.
        out: The folder, instead of each experiment's own.
        strict: True if warnings are errors.
        warn: False if what is odd about them was said before.
    """
    experiments = _load(paths, replicates, seed, strict=strict, warn=warn)
    return _each_by_folder(experiments, out, lambda experiment, _folder: plan_with_progress(experiment))


def outline_all(
    paths: list[str], replicates: int | None, seed: int | None, out: Path | None, *, strict: bool
) -> "dict[Path, Outline]":
    """Load experiments and return the outline of each, and of its supporting runs, by its folder.

    Args:
        paths: As in `plan_all`, and so are all others.
        replicates: Replicates of each design, instead of the files'.
        seed: Random seed, instead of the files'.
        out: The folder, instead of each experiment's own.
        strict: True if warnings are errors.
    """
    return _each_by_folder(_load(paths, replicates, seed, strict=strict), out, outline_with_progress)


def _load(
    paths: list[str], replicates: int | None, seed: int | None, *, strict: bool, warn: bool = True
) -> "dict[str, Experiment]":
    """Load experiments by their files, and print what is odd about them."""
    from simulation.execution.inputs import load_experiments
    from simulation.execution.without_effect import find_all_oddities

    experiments = load_experiments(paths, replicates=replicates, seed=seed)
    _refuse_decisions(experiments)
    odd = [
        print_warnings(find_all_oddities(experiment, left_out=False), file=file, strict=strict)
        for file, experiment in (experiments.items() if warn else ())
    ]
    stop_at_errors(any(odd))
    return experiments


def _each_by_folder(
    experiments: "dict[str, Experiment]", out: Path | None, plan: "Callable[[Experiment, Path], _Planned]"
) -> "dict[Path, _Planned]":
    """Return what is planned of each experiment, and of its supporting runs, by its folder."""
    from simulation.execution.inputs import folder_of
    from simulation.execution.plan import TooManyDesignsError
    from simulation.execution.supporting_runs import supporting_experiments

    planned: dict[Path, _Planned] = {}
    for file, experiment in experiments.items():
        folder = folder_of(experiment)
        if out is not None:
            folder = out if len(experiments) == 1 else out / experiment.name
        if folder in planned:
            message = f"{file}: another file is also named {experiment.name}; both would go to {folder}: rename one"
            typer.echo(message, err=True)
            raise typer.Exit(BAD_INPUT)
        try:
            planned[folder] = plan(experiment, folder)
            for each in supporting_experiments(experiment):
                planned[folder / each.supporting_folder] = plan(each, folder / each.supporting_folder)
        except TooManyDesignsError as error:
            typer.echo(f"{file}: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from None
    return planned


def _refuse_decisions(experiments: "dict[str, Experiment]") -> None:
    """Refuse experiments that ask what to choose: their comparison is not known before the search."""
    asked = [file for file, experiment in experiments.items() if experiment.decision is not None]
    for file in asked:
        typer.echo(f"{file}: has a decide block; `trustsim decide {file}` runs it", err=True)
    if asked:
        raise typer.Exit(BAD_INPUT)


def choose_workers(workers: int | None, cluster: str | None) -> "Workers":
    """Return this machine's processes, or a cluster's workers."""
    from simulation.execution.local_workers import LocalWorkers

    if cluster is None:
        return LocalWorkers(workers)
    if workers is not None:
        message = "a cluster has its own workers; leave this out"
        raise typer.BadParameter(message, param_hint="--workers")
    from simulation.execution.cluster import ClusterWorkers

    return ClusterWorkers(cluster)
