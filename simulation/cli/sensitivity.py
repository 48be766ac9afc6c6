"""Find which parameters move the choices of an experiment."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._batch_options import Processes, Seed, choose_workers
from simulation.cli._console import BAD_INPUT
from simulation.cli._outputs import refuse
from simulation.cli._progress import plan_with_progress
from simulation.cli._warnings import Strict, print_warnings, stop_at_errors
from simulation.limits import MOST_DESIGNS, MOST_POINTS, MOST_REPLICATES

if TYPE_CHECKING:
    from simulation.execution.plan import Plan
    from simulation.results.indices import Sensitivity


class MethodName(StrEnum):
    """The methods."""

    SOBOL = "sobol"
    MORRIS = "morris"
    PAWN = "pawn"


def sensitivity(
    path: Annotated[str, typer.Argument(metavar="PATH", help="An experiment file, or a scenario file.")],
    method: Annotated[
        MethodName,
        typer.Option(help="Sobol (first order, total, Shapley), Morris (screening), or PAWN (moment-independent)."),
    ] = MethodName.SOBOL,
    points: Annotated[
        int | None,
        typer.Option(
            min=1, max=MOST_POINTS, help="Base points (Sobol: a power of 2), trajectories (Morris) or points (PAWN)."
        ),
    ] = None,
    replicates: Annotated[
        int | None,
        typer.Option(min=2, max=MOST_REPLICATES, help="Replicates at each point, which tell chance from parameters."),
    ] = None,
    seed: Seed = None,
    workers: Processes = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The experiment's folder, if it is not results/<name>.")
    ] = None,
    all_charts: Annotated[
        bool, typer.Option("--all-charts", help="Draw every outcome, not only what a decision depends on.")
    ] = False,
    no_charts: Annotated[bool, typer.Option("--no-charts", help="Draw no charts.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove earlier sensitivity runs and start again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all indices as JSON on stdout.")] = False,
    strict: Strict = False,
) -> None:
    """Find which parameters move each choice, and the difference between choices; replicates run before are kept.

    The runs are a batch of their own in the experiment's folder, sensitivity-sobol and so on: if it is stopped, run the
    same command again. Exit code 0 if all ran, 1 if a replicate failed, 2 if a mistake was found, 130 if interrupted.
    """
    from simulation.cli._sensitivity_words import sensitivity_lines
    from simulation.cli.batch import look_first, run_plan
    from simulation.execution.outcome import Stop
    from simulation.execution.sensitivity import SensitivityError, write_indices

    folder, plan = _plan(path, method.value, points, replicates, seed, out, strict=strict)
    look_first({folder: plan}, fresh=fresh)
    with choose_workers(workers, None) as pool:
        _, code = run_plan(plan, folder, pool, fresh, Stop())
    if code == BAD_INPUT:
        raise typer.Exit(code)
    try:
        found = write_indices(folder, plan, method.value)
    except SensitivityError as error:
        typer.echo(f"{path}: {error}", err=True)
        raise typer.Exit(code or BAD_INPUT) from None
    if not no_charts:
        _draw(found, folder / "charts", every=all_charts)
    if as_json:
        typer.echo(json.dumps(_as_data(found, folder), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        typer.echo("\n".join(sensitivity_lines(found, folder, with_charts=not no_charts)))
    if code:
        raise typer.Exit(code)


def _plan(
    path: str,
    method: str,
    points: int | None,
    replicates: int | None,
    seed: int | None,
    out: Path | None,
    *,
    strict: bool,
) -> "tuple[Path, Plan]":
    """Return the folder of the supporting run and its plan."""
    from simulation.execution.inputs import folder_of, load_experiments
    from simulation.execution.memory_needed import check_experiments
    from simulation.execution.plan import TooManyDesignsError, expected_designs
    from simulation.execution.sensitivity import SensitivityError, sensitivity_experiment
    from simulation.execution.without_effect import find_all_oddities
    from simulation.memory import TooLargeError
    from simulation.results.indices import MAIN

    if Path(path).is_dir():
        refuse(f"{path}: is a folder; name one experiment or scenario file")
    ((file, experiment),) = load_experiments([path], seed=seed).items()
    warnings = find_all_oddities(experiment, left_out=False)
    stop_at_errors(print_warnings(warnings, file=file, strict=strict))
    named = next(each for each in MAIN if each == method)
    try:
        supporting = sensitivity_experiment(experiment, named, points=points, replicates=replicates)
        if expected_designs(supporting) <= MOST_DESIGNS:
            check_experiments([supporting])
        plan = plan_with_progress(supporting)
    except (SensitivityError, TooLargeError, TooManyDesignsError) as error:
        refuse(f"{file}: {error}")
    return (out or folder_of(experiment)) / supporting.supporting_folder, plan


def _draw(found: "Sensitivity", folder: Path, *, every: bool) -> None:
    """Draw each outcome that a decision depends on, or every one."""
    from simulation.analysis.sensitivity_words import deciding_outcomes
    from simulation.charts import publish, sensitivity_chart
    from simulation.charts.sensitivity import chart_file

    for outcome in found.outcomes if every else deciding_outcomes(found):
        publish(sensitivity_chart(found, outcome, name=chart_file(found, outcome)), folder)


def _as_data(found: "Sensitivity", folder: Path) -> dict[str, object]:
    from dataclasses import asdict

    from simulation.analysis.parameter_rankings import rank_with_information

    data = asdict(found)
    for outcome, written in zip(found.outcomes, data["outcomes"], strict=True):
        written["rankings"] = {each.by: each.factors for each in rank_with_information(found, outcome)}
    return {"folder": str(folder), **data}
