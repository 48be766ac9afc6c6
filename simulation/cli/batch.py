"""Run experiments; go on with what is missing."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli._batch_options import Cluster, Paths, Processes, Replicates, Seed, choose_workers, plan_all
from simulation.cli._console import BAD_INPUT, FAILED

if TYPE_CHECKING:
    from simulation.execution.executors import Workers
    from simulation.execution.outcome import FinishedBatch, Progress, Stop
    from simulation.execution.plan import Plan


def batch(
    paths: Paths,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Processes = None,
    cluster: Cluster = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write to DIR (of several, DIR/<name>), not results/<name>.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove what is there and start anew.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")] = False,
    until_half_width: Annotated[
        float | None,
        typer.Option(metavar="£M", help="Go on until every design's gap is known to ± so much, 95%."),
    ] = None,
    at_most: Annotated[int, typer.Option(min=1, help="But not beyond so many replicates of each design.")] = 10_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print what came of it as JSON on stdout.")] = False,
) -> None:
    """Run experiments or scenarios; what was run before is not run again.

    Killed at any moment, the same command finishes the rest, and the tables come out the same, byte for byte. Exit code
    0 if all ran, 1 if a replicate or a batch failed, 2 if nothing was run because of a mistake, 130 if interrupted.
    """
    from simulation.execution.outcome import Stop
    from simulation.results.batch.store import check_folder

    if until_half_width is not None and not until_half_width > 0:
        message = "must be more than 0"
        raise typer.BadParameter(message, param_hint="--until-half-width")
    plans = plan_all(paths, replicates, seed, out)
    for folder in plans:
        check_folder(folder)
    stop = Stop(half_width=until_half_width, most=at_most, at_failure=fail_fast)
    told, codes = [], [0]
    with choose_workers(workers, cluster) as crew:
        for folder, plan in plans.items():
            until = Stop(at_failure=fail_fast) if plan.experiment.supporting else stop
            done, code = _run(plan, folder, crew, fresh, until)
            codes.append(code)
            if done is not None:
                told.append(as_data(done))
                if not as_json:
                    typer.echo("\n".join(lines_of(done)))
            if code and fail_fast:
                break
    if as_json:
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))
    if any(codes):
        raise typer.Exit(min(code for code in codes if code))


def _run(
    plan: "Plan", folder: Path, workers: "Workers", fresh: bool, stop: "Stop"
) -> "tuple[FinishedBatch | None, int]":
    """One batch and its exit code; a refusal is told and leaves the others to run."""
    from simulation.cli._batch_progress import show_batch
    from simulation.cli._batch_words import name_of
    from simulation.cli._interrupts import heed_interrupts
    from simulation.execution.batch import run_batch
    from simulation.execution.executors import WorkersError
    from simulation.execution.tasks import OtherModelError
    from simulation.results.batch.errors import BatchFolderError

    name = name_of(plan.experiment)
    try:
        with show_batch(name) as show, heed_interrupts() as heed:

            def on_progress(progress: "Progress") -> None:
                heed()
                show(progress)

            done = run_batch(plan, folder, workers=workers, fresh=fresh, stop=stop, progress=on_progress)
    except BatchFolderError as error:
        typer.echo(f"{name}: {error}", err=True)
        return None, BAD_INPUT
    except (WorkersError, OtherModelError) as error:
        typer.echo(f"{name}: {error}; what was run is kept, and the same command goes on", err=True)
        return None, FAILED
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        typer.echo(f"{name}: {told}; what was run is kept in {folder}, and the same command goes on", err=True)
        return None, FAILED
    except KeyboardInterrupt:
        typer.echo(f"{name}: what was run is kept in {folder}, and the same command goes on", err=True)
        raise
    return done, FAILED if done.failures else 0


def lines_of(done: "FinishedBatch") -> list[str]:
    """What a batch came to, failures first."""
    from simulation.cli._batch_words import failure_lines, precision_lines
    from simulation.formatting import counted

    experiment = done.plan.experiment
    if experiment.supporting is not None:
        return _lines_beside(done)
    notes = [f"goes on from {done.stopped}, which was stopped"] if done.stopped else []
    notes += [] if done.complete else ["not all that was asked for is there; the same `trustsim batch` goes on"]
    failures = failure_lines(done.failures, done.folder)
    return [
        "",
        *failures,
        *([""] if failures else []),
        experiment.title,
        f"{counted(len(done.plan.designs), 'design', 'designs')}, {done.replicates:,} replicates of each, "
        f"seed {experiment.seed}; {counted(done.new, 'replicate', 'replicates')} run now",
        *notes,
        "",
        *precision_lines(done.precisions, done.plan.addresses),
        "",
        f"  results  {done.folder}",
    ]


def _lines_beside(done: "FinishedBatch") -> list[str]:
    """A study beside an experiment in a line or two: its numbers are for charts and papers."""
    from simulation.cli._batch_words import failure_lines
    from simulation.formatting import counted

    designs = counted(len(done.plan.designs), "design", "designs")
    unfinished = [] if done.complete else ["  not all of it is there; the same `trustsim batch` goes on"]
    return [
        *failure_lines(done.failures, done.folder),
        f"  {'beside':<9}{done.plan.experiment.supporting}: {designs}, {done.replicates:,} replicates of each; "
        f"{done.new:,} run now",
        *unfinished,
    ]


def as_data(done: "FinishedBatch") -> dict[str, Any]:
    """The same as plain data."""
    from simulation.cli._batch_words import failure_data, precision_data

    experiment = done.plan.experiment
    return {
        "name": experiment.name,
        "beside": experiment.supporting,
        "title": experiment.title,
        "folder": str(done.folder),
        "seed": experiment.seed,
        "designs": len(done.plan.designs),
        "replicates": done.replicates,
        "new": done.new,
        "complete": done.complete,
        "failures": failure_data(done.failures),
        "headline": precision_data(done.precisions, done.plan.addresses),
    }
