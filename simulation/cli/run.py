"""Simulate scenarios: print the headline, write tables and charts."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._console import FAILED, print_next, report_error
from simulation.cli._outputs import refuse, stop_unless_all_fit
from simulation.cli._warnings import Strict, print_warnings, stop_at_errors
from simulation.limits import MOST_REPLICATES

if TYPE_CHECKING:
    from simulation.charts.publish_all import Published
    from simulation.cli._headline import RunSummary
    from simulation.execution.run import RunRequest
    from simulation.scenario.schema import Scenario


class EngineName(StrEnum):
    """The engine that runs the replicates."""

    AUTO = "auto"
    COMPILED = "compiled"
    MESA = "mesa"


TABLES = ("organisations", "relationships", "opportunities", "transfers")


def run(
    scenarios: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="Scenario files; - is standard input.")],
    replicates: Annotated[int, typer.Option(min=1, max=MOST_REPLICATES, help="Replicates of each scenario.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Random seed.")] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write to DIR/<scenario>, not to results/<scenario>/<run>.")
    ] = None,
    tables: Annotated[
        str, typer.Option(metavar="NAMES", help=f"Monthly tables to write besides the summary: {', '.join(TABLES)}.")
    ] = "",
    charts: Annotated[bool, typer.Option(help="Draw charts, with the supporting runs that they need.")] = True,
    engine: Annotated[
        EngineName,
        typer.Option(help="Engine: compiled, readable (Mesa), or the faster; same numbers."),
    ] = EngineName.AUTO,
    as_json: Annotated[bool, typer.Option("--json", help="Print the headline as JSON on stdout.")] = False,
    strict: Strict = False,
) -> None:
    """Simulate scenarios: print the headline, and write tables and charts.

    The same scenario, seed, number of replicates and version give the same tables, byte for byte. Exit code 0 if all
    ran, 1 if a run failed, 2 if a mistake was found before anything was run, 130 if interrupted.
    """
    named_tables = _named_tables(tables)
    loaded = _load(scenarios, strict=strict)
    requests = _prepare(loaded, replicates, seed, out, named_tables, charts, engine)
    finished, failed = [], False
    for request in requests:
        try:
            done = _run(request)
        except Exception as error:
            failed = True
            _report_failure(request, error)
            continue
        finished.append(done)
        if not as_json:
            from simulation.cli._headline import headline

            typer.echo(headline(done))
    if as_json:
        from simulation.cli._headline import as_data

        typer.echo(json.dumps([as_data(done) for done in finished], indent=2, ensure_ascii=False, allow_nan=False))
    else:
        for done in finished:
            print_next("report", done.folder)
    if failed:
        raise typer.Exit(FAILED)


def _named_tables(tables: str) -> tuple[str, ...]:
    named = tuple(name.strip() for name in tables.split(",") if name.strip())
    unknown = [name for name in named if name not in TABLES]
    if unknown:
        message = f"there is no table {unknown[0]!r}; there are {', '.join(TABLES)}"
        raise typer.BadParameter(message, param_hint="--tables")
    return named


def _load(paths: list[str], *, strict: bool) -> "list[tuple[str, Scenario]]":
    """Load every scenario; report the mistakes and the warnings of all at once."""
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.oddities import find_oddities
    from simulation.scenario.problems import ScenarioError

    loaded, bad = [], False
    for path in dict.fromkeys(paths):
        try:
            loaded.append((path, load_scenario(path)))
        except ScenarioError as error:
            report_error(error)
            bad = True
    stop_at_errors(bad)
    odd = [
        print_warnings(find_oddities(scenario, left_out=False), file=path, strict=strict) for path, scenario in loaded
    ]
    stop_at_errors(any(odd))
    return loaded


def _prepare(
    loaded: "list[tuple[str, Scenario]]",
    replicates: int,
    seed: int,
    out: Path | None,
    tables: tuple[str, ...],
    charts: bool,
    engine: EngineName,
) -> "list[RunRequest]":
    """Check every folder before anything is run."""
    from simulation.execution.disk_space import expected_of_run
    from simulation.execution.inputs import named
    from simulation.execution.run import RunRequest, check_folders
    from simulation.input_files import name_of
    from simulation.results.store import WITHOUT_LEVERS, FolderInUseError

    requests = []
    for path, scenario in loaded:
        requests.append(
            RunRequest(
                name=name_of(path),
                scenario=scenario,
                replicates=replicates,
                seed=seed,
                out=out,
                tables=tables,
                for_charts=charts,
                engine=engine.value,
                source=named(path),
            )
        )
    _stop_unless_in_memory(requests)
    sizes = {request.folder: expected_of_run(request) for request in requests}
    stop_unless_all_fit(sizes, folders=("charts", WITHOUT_LEVERS), beside=True)
    try:
        check_folders(requests)
    except FolderInUseError as error:
        refuse(str(error))
    return requests


def _stop_unless_in_memory(requests: "list[RunRequest]") -> None:
    """Refuse runs that need more memory than this machine has."""
    from simulation.execution.memory_needed import check_run
    from simulation.memory import TooLargeError

    problems = []
    for request in requests:
        try:
            check_run(request)
        except TooLargeError as error:
            problems.append(f"{request.name}: {error}")
    if problems:
        refuse("\n".join(problems))


def _run(request: "RunRequest") -> "RunSummary":
    """Run a scenario, draw its charts and write both; the folder holds all of it or nothing."""
    from simulation.analysis.bands import varied_interval
    from simulation.analysis.held import held_in_study
    from simulation.analysis.measure import Measure
    from simulation.analysis.summary import summarise
    from simulation.analysis.verdict import find_verdict
    from simulation.cli._headline import RunSummary
    from simulation.cli._progress import show_progress
    from simulation.cli._verdict_words import verdict_data
    from simulation.execution.run import run_scenario
    from simulation.results.store import fill_folder, write_run

    with show_progress(request.name, request.total_replicates) as progress:
        done = run_scenario(request, progress)
    drawn: list[Published] = []
    with fill_folder(request.folder) as partial:
        reference = done.results.no_joint_action
        write_run(
            partial,
            done.study,
            done.record,
            tables=done.monthly_tables(request.tables),
            no_joint_action=None if reference is None else reference.study,
        )
        if request.for_charts:
            from simulation.charts.publish_all import publish_all

            drawn = publish_all(done.results, partial / "charts")
    gap, position = (find_verdict(done.results, measure) for measure in Measure)
    return RunSummary(
        summary=summarise(done.study.ensemble),
        gap_varied=varied_interval(done.study),
        position_varied=varied_interval(done.study, "cumulative_position"),
        verdicts=None if gap is None or position is None else (gap, position),
        verdict_data=verdict_data(done.results),
        held=held_in_study(done.study),
        record=done.record,
        folder=request.folder,
        charts=tuple(request.folder / "charts" / each.files[0].name for each in drawn if each.files),
        left_out=tuple(each.name for each in drawn if each.has_too_many_labels),
    )


def _report_failure(request: "RunRequest", error: Exception) -> None:
    """Print which run failed and why; add the traceback unless the user can fix it."""
    typer.echo(f"{request.name}: the run failed: {error}", err=True)
    if not isinstance(error, OSError):
        import traceback

        typer.echo("".join(traceback.format_exception(error)), err=True)
