"""Run experiments; a stopped batch can be resumed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli._batch_options import Cluster, Paths, Processes, Replicates, Seed, choose_workers, plan_all
from simulation.cli._console import BAD_INPUT, FAILED, print_next
from simulation.cli._outputs import refuse, stop_unless_all_fit, stop_unless_writable
from simulation.cli._warnings import Strict
from simulation.formatting import capital, counted
from simulation.limits import MOST_REPLICATES

if TYPE_CHECKING:
    from simulation.execution.executors import Workers
    from simulation.execution.outcome import FinishedBatch, Stop
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
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove earlier results and start again.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")] = False,
    until_half_width: Annotated[
        float | None,
        typer.Option(
            metavar="£M",
            help="Run until the 95% interval of each mean gap in the last month is within ± this many £m; "
            "others may be wider.",
        ),
    ] = None,
    at_most: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_REPLICATES, help="Maximum replicates per design; 10,000 if left out."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON on stdout.")] = False,
    strict: Strict = False,
) -> None:
    """Run experiments or scenarios, with their supporting runs; replicates that were run before are kept.

    If a batch is stopped, run the same command again to run the rest: the tables are the same, byte for byte. Exit code
    0 if all ran, 1 if a replicate or a batch failed, 2 if a mistake was found before anything was run, 130 if
    interrupted, 143 if terminated.
    """
    from simulation.execution.outcome import MOST_WITH_HALF_WIDTH, Stop

    if until_half_width is not None and not until_half_width > 0:
        message = "must be more than 0"
        raise typer.BadParameter(message, param_hint="--until-half-width")
    plans = plan_all(paths, replicates, seed, out, strict=strict)
    look_first(plans, fresh=fresh, at_most=at_most if until_half_width and at_most else 0)
    stop = Stop(half_width=until_half_width, most=at_most or MOST_WITH_HALF_WIDTH, at_failure=fail_fast)
    with choose_workers(workers, cluster) as pool:
        outcomes, code = run_all(plans, pool, stop, fresh=fresh, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(outcomes, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print_next_steps(outcomes)
    if code:
        raise typer.Exit(code)


def run_all(
    plans: "dict[Path, Plan]", workers: "Workers", stop: "Stop", *, fresh: bool, as_json: bool
) -> tuple[list[dict[str, Any]], int]:
    """Run batches one after the other, and print each with its verdict unless they are to be printed as JSON.

    Args:
        plans: The batches by their folders, each experiment's own before its supporting runs.
        workers: What runs them.
        stop: When a batch ends; supporting runs end when all is run.
        fresh: True to remove earlier results.
        as_json: True to print nothing on stdout.

    Returns:
        The outcomes as plain data, and the exit code.
    """
    from simulation.execution.outcome import Stop

    outcomes: list[dict[str, Any]] = []
    codes = [0]
    last, is_whole = _last_folders(plans), False
    for folder, plan in plans.items():
        until = Stop(at_failure=stop.at_failure) if plan.experiment.supporting else stop
        done, code = run_plan(plan, folder, workers, fresh, until)
        codes.append(code)
        if done is not None:
            outcomes.append(as_data(done))
            if not as_json:
                typer.echo("\n".join(lines_of(done)))
        is_whole = done is not None and (is_whole or plan.experiment.supporting is None)
        if folder in last and is_whole:
            _add_verdict(last[folder], outcomes, as_json=as_json)
        if code and stop.at_failure:
            break
    return outcomes, min((code for code in codes if code), default=0)


def look_first(plans: "dict[Path, Plan]", *, fresh: bool, at_most: int = 0) -> None:
    """Refuse folders that cannot take the batches, all of them at once, before anything is run.

    Args:
        plans: The batches by their folders.
        fresh: True if earlier results are removed first.
        at_most: Replicates of each design to which the batches may go on; supporting runs do not.
    """
    from simulation.cli._batch_words import name_of
    from simulation.execution.disk_space import expected_of_batch
    from simulation.execution.memory_needed import check_batches
    from simulation.execution.record import check_folder_of
    from simulation.memory import TooLargeError
    from simulation.results.batch.chunks import CHUNKS
    from simulation.results.batch.errors import BatchFolderError, NoBatchError
    from simulation.results.batch.lock import check_unlocked
    from simulation.results.batch.manifest import SCENARIOS
    from simulation.results.batch.store import check_folder

    for folder in plans:
        stop_unless_writable(folder, folders=(CHUNKS, SCENARIOS))
    try:
        check_batches(plans.values())
    except TooLargeError as error:
        refuse(str(error))
    largest = {folder: plan.with_at_least(at_most) for folder, plan in plans.items()}
    sizes = {folder: expected_of_batch(plan, folder, fresh=fresh) for folder, plan in largest.items()}
    stop_unless_all_fit(sizes, more="lower --at-most" if largest != plans else "")
    problems = []
    for folder, plan in plans.items():
        try:
            check_folder(folder)
            if fresh:
                check_unlocked(folder)
            else:
                check_folder_of(folder, plan)
        except NoBatchError as error:
            problems.append(str(error))
        except BatchFolderError as error:
            problems.append(f"{name_of(plan.experiment)}: {error}")
    if problems:
        refuse("\n".join(problems))


def print_next_steps(outcomes: list[dict[str, Any]], why: str = "") -> None:
    """Print how to write a paper about each experiment of which all was run, supporting runs included.

    Args:
        outcomes: What was run.
        why: What the command does, as a comment; nothing if left out.
    """
    for folder in (Path(outcome["folder"]) for outcome in outcomes if outcome["supporting"] is None):
        if all(
            each["complete"] and not each["failures"]
            for each in outcomes
            if Path(each["folder"]).is_relative_to(folder)
        ):
            print_next("report", folder, why)


def _last_folders(plans: "dict[Path, Plan]") -> dict[Path, Path]:
    """Return for each experiment the last of its folders, supporting runs included, and its own."""
    main, last = Path(), {}
    for folder, plan in plans.items():
        main = folder if plan.experiment.supporting is None else main
        last[main] = folder
    return {end: begin for begin, end in last.items()}


def _add_verdict(folder: Path, outcomes: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print the verdict on a finished experiment, or add it to its outcome."""
    from simulation.cli._verdict_words import left_out_data, read_finished, verdict_data, verdict_lines

    comparison = read_finished(folder)
    if comparison is None:
        return
    if not as_json:
        lines = verdict_lines(comparison, folder)
        typer.echo("\n".join(["", *lines] if lines else []), nl=bool(lines))
    for outcome in outcomes:
        if outcome["folder"] == str(folder):
            outcome["verdict"], outcome["left_out"] = verdict_data(comparison), left_out_data(comparison)


def run_plan(
    plan: "Plan", folder: Path, workers: "Workers", fresh: bool, stop: "Stop"
) -> "tuple[FinishedBatch | None, int]":
    """Run one batch and return its exit code; report an error, so that the others still run."""
    from simulation.cli._batch_progress import show_batch
    from simulation.cli._batch_words import name_of
    from simulation.execution.batch import run_batch
    from simulation.execution.executors import WorkersError
    from simulation.execution.tasks import OtherModelError
    from simulation.results.batch.errors import BatchFolderError, NoBatchError

    name = name_of(plan.experiment)
    try:
        with show_batch(name) as show:
            done = run_batch(plan, folder, workers=workers, fresh=fresh, stop=stop, progress=show)
    except BatchFolderError as error:
        is_gone = isinstance(error, NoBatchError) or not folder.is_dir()
        typer.echo(f"{name}: {_gone(folder) if is_gone else error}", err=True)
        return None, FAILED if is_gone else BAD_INPUT
    except (WorkersError, OtherModelError) as error:
        typer.echo(f"{name}: {error}; results are kept: run the same command to go on", err=True)
        return None, FAILED
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        kept = f"{what}; results are kept in {folder}: run the same command to go on"
        typer.echo(f"{name}: {kept if folder.is_dir() else _gone(folder)}", err=True)
        return None, FAILED
    except KeyboardInterrupt:
        typer.echo(f"{name}: results are kept in {folder}: run the same command to go on", err=True)
        raise
    return done, FAILED if done.failures else 0


def _gone(folder: Path) -> str:
    return f"{folder} was moved or removed while results were written to it; put it back and run the same command"


def lines_of(done: "FinishedBatch") -> list[str]:
    """Return the outcome of a batch as lines, failures first."""
    from simulation.cli._batch_words import failure_lines, precision_lines

    experiment = done.plan.experiment
    if experiment.supporting is not None:
        return _supporting_lines(done)
    notes = [f"continues the work of {done.stopped}, which was stopped"] if done.stopped else []
    notes += [f"{each.path} {each.what}: it was made again" for each in done.repaired]
    notes += [] if done.complete else ["not all replicates were run; run the same `trustsim batch` to go on"]
    failures = failure_lines(done.failures, done.folder)
    return [
        "",
        *failures,
        *([""] if failures else []),
        experiment.title,
        f"{counted(len(done.plan.designs), 'design', 'designs')}, {done.replicates:,} replicates of each, "
        f"seed {experiment.seed}; {counted(done.new, 'replicate', 'replicates')} run now",
        *notes,
        *(f"{capital(each.words)}." for each in done.left_out),
        "",
        *precision_lines(done.precisions, done.plan.experiment.addresses, experiment.choices, done.repeated),
        "",
        f"  results  {done.folder}",
    ]


def _supporting_lines(done: "FinishedBatch") -> list[str]:
    """Return lines on supporting runs without their numbers, which are for charts and papers."""
    from simulation.cli._batch_words import command_of, failure_lines, supporting_words

    designs = counted(len(done.plan.designs), "design", "designs")
    again = command_of(done.plan.experiment)
    unfinished = [] if done.complete else [f"  not all replicates were run; run the same `{again}` to go on"]
    return [
        *failure_lines(done.failures, done.folder),
        f"  {supporting_words(done.plan.experiment)}: {designs}, {counted(done.replicates, 'replicate')} of each; "
        f"{done.new:,} run now",
        *(f"  {each.path} {each.what}: it was made again" for each in done.repaired),
        *unfinished,
    ]


def as_data(done: "FinishedBatch") -> dict[str, Any]:
    """Return the outcome of a batch as plain data."""
    from simulation.cli._batch_words import failure_data, precision_data
    from simulation.execution.supporting_runs import held_in_draws

    experiment = done.plan.experiment
    return {
        "name": experiment.name,
        "supporting": experiment.supporting,
        "stretch": experiment.stretch if experiment.supporting in {"assumptions", "stretched"} else None,
        "held": held_in_draws(experiment),
        "title": experiment.title,
        "folder": str(done.folder),
        "seed": experiment.seed,
        "designs": len(done.plan.designs),
        "replicates": done.replicates,
        "new": done.new,
        "complete": done.complete,
        "failures": failure_data(done.failures),
        "headline": precision_data(done.precisions, done.plan.experiment.addresses),
    }
