"""Search for the levers to pull, from when and for what money."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli._batch_options import Processes, Seed, choose_workers, plan_all
from simulation.cli._console import open_console
from simulation.cli._outputs import refuse, stop_unless_writable
from simulation.cli._warnings import Strict, print_warnings, stop_at_errors
from simulation.interrupts import hold_interrupts

if TYPE_CHECKING:
    from simulation.analysis.decided import Decided
    from simulation.experiment.schema import Experiment


def decide(
    path: Annotated[str, typer.Argument(metavar="EXPERIMENT", help="An experiment file with a decide block.")],
    seed: Seed = None,
    workers: Processes = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write to DIR, not results/<name>.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove an earlier search and start again.")] = False,
    no_comparison: Annotated[
        bool, typer.Option("--no-comparison", help="Search only; do not run the options that were found as a batch.")
    ] = False,
    no_charts: Annotated[bool, typer.Option("--no-charts", help="Draw no charts.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON on stdout.")] = False,
    strict: Strict = False,
) -> None:
    """Search for the levers to pull, from when and for what money; compare what was found with no joint action.

    First many candidates are run at few sets of assumptions, then the better ones at more. At most seven options are
    written as scenario files, and run as a batch in DIR/comparison. If it is stopped, run the same command again to go
    on. Exit code 0 if all ran, 1 if a replicate failed, 2 if a mistake was found, 130 if interrupted, 143 if
    terminated.
    """
    from simulation.cli._decide_words import decided_data
    from simulation.execution.deciding.files import OPTIONS, write_options
    from simulation.execution.deciding.store import SEARCH
    from simulation.execution.inputs import folder_of
    from simulation.results.search_record import COMPARED

    file, experiment = _load(path, seed, strict=strict)
    folder = out or folder_of(experiment)
    stop_unless_writable(folder, folders=(SEARCH, OPTIONS, COMPARED))
    _stop_unless_in_memory(file, experiment, is_compared=not no_comparison)
    with _kept(experiment, folder):
        decided = _search(experiment, folder, fresh=fresh)
        with hold_interrupts():  # so that the record is of the files beside it
            asked = write_options(decided, experiment, Path(file), folder)
            _write_rest(decided, experiment, folder, asked, with_charts=not no_charts)
    if not as_json:
        _print(decided, folder, asked)
    outcomes: list[dict[str, Any]] = []
    code = 0
    if not no_comparison and decided.named:
        outcomes, code = _compare(asked, folder / COMPARED, workers, fresh=fresh, as_json=as_json)
    if as_json:
        data = {"folder": str(folder), **decided_data(decided), "comparison": outcomes}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))
    if code:
        raise typer.Exit(code)


def _load(path: str, seed: int | None, *, strict: bool) -> "tuple[str, Experiment]":
    """Return the experiment with its file, whose mistakes and warnings are printed."""
    from simulation.execution.inputs import load_experiments
    from simulation.execution.without_effect import find_all_oddities

    if Path(path).is_dir():
        refuse(f"{path}: is a folder; name one experiment file")
    ((file, experiment),) = load_experiments([path], seed=seed).items()
    if experiment.decision is None:
        refuse(f"{file}: has no decide block, which says what may be chosen; see docs/how-to/decide.md")
    warnings = find_all_oddities(experiment, left_out=False)
    stop_at_errors(print_warnings(warnings, file=file, strict=strict))
    return file, experiment


def _stop_unless_in_memory(file: str, experiment: "Experiment", *, is_compared: bool) -> None:
    from simulation.execution.memory_needed import check_decision
    from simulation.memory import TooLargeError

    try:
        check_decision(experiment, is_compared=is_compared)
    except TooLargeError as error:
        refuse(f"{file}: {error}")


def _search(experiment: "Experiment", folder: Path, *, fresh: bool) -> "Decided":
    from simulation.cli._progress import show_progress
    from simulation.execution.deciding.decide import decide as search
    from simulation.execution.deciding.decide import expected_replicates

    if experiment.decision is None:
        refuse(f"{experiment.name} has no decide block")
    with show_progress(experiment.name, expected_replicates(experiment.decision)) as progress:
        return search(experiment, folder, fresh=fresh, progress=progress)


@contextmanager
def _kept(experiment: "Experiment", folder: Path) -> Iterator[None]:
    """Say how to go on if the block is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        if folder.is_dir():
            typer.echo(f"{experiment.name}: results are kept in {folder}: run the same command to go on", err=True)
        raise


def _write_rest(decided: "Decided", experiment: "Experiment", folder: Path, asked: Path, *, with_charts: bool) -> None:
    """Write the tables and the charts, and the record with the digests of all files."""
    from simulation.analysis import decided_tables as tables
    from simulation.charts.drawing.publish import csv_text
    from simulation.execution.deciding.files import write_record
    from simulation.results.batch.files import write_whole

    files = [asked, *asked.parent.glob("option-*.yaml")]
    made = {
        "options": tables.options_to_pandas(decided),
        "organisations": tables.organisations_to_pandas(decided),
        "money": tables.money_to_pandas(decided),
        "start-months": tables.delays_to_pandas(decided),
    }
    for name, table in made.items():
        written = folder / f"{name}.csv"
        write_whole(written, csv_text(table).encode("utf-8-sig"))
        files.append(written)
    if with_charts:
        files += _draw(decided, folder / "charts")
    write_record(decided, experiment, folder, asked, files)


def _draw(decided: "Decided", folder: Path) -> list[Path]:
    from simulation.charts.drawing.publish import publish
    from simulation.charts.front import front_of_decided
    from simulation.charts.start_month import start_month

    charts = [front_of_decided(decided)] if decided.named else []
    charts += [start_month(decided)] if decided.delays else []
    return [written for chart in charts for written in publish(chart, folder)]


def _print(decided: "Decided", folder: Path, asked: Path) -> None:
    from simulation.cli._decide_words import decided_lines, options_table

    console = open_console()
    typer.echo("\n".join(decided_lines(decided)))
    if decided.named:
        console.print()
        console.print(options_table(decided))
    typer.echo(f"  results  {folder}")
    if decided.named:
        typer.echo(f"  options  {asked.parent}: a scenario file for each, and {asked.name}, which compares them")


def _compare(
    asked: Path, folder: Path, workers: int | None, *, fresh: bool, as_json: bool
) -> tuple[list[dict[str, Any]], int]:
    """Run the options as an ordinary batch; what is odd about them was said before the search."""
    from simulation.cli.batch import look_first, print_next_steps, run_all
    from simulation.execution.outcome import Stop

    plans = plan_all([str(asked)], None, None, folder, warn=False)
    look_first(plans, fresh=fresh)
    with choose_workers(workers, None) as pool:
        outcomes, code = run_all(plans, pool, Stop(), fresh=fresh, as_json=as_json)
    if not as_json:
        print_next_steps(outcomes, "writes the paper: what we would do, and what would change our mind")
    return outcomes, code
