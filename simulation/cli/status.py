"""Show how far a batch is and how precise."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli._batch_options import BatchFolder, SkipCheck
from simulation.cli._console import FAILED

if TYPE_CHECKING:
    from simulation.execution.status import Status


def status(
    folder: BatchFolder,
    skip_integrity_check: SkipCheck = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the status as JSON on stdout.")] = False,
) -> None:
    """Show the status of a batch: failures, replicates run, who is running it, and how precise its headline is.

    Exit code 0, 1 if replicates failed, 2 if there is no batch.
    """
    from simulation.cli._verdict_words import left_out_data, read_finished, verdict_data, verdict_lines
    from simulation.execution.status import read_statuses
    from simulation.results.integrity import UNCHECKED
    from simulation.results.other_model import other_model_words

    if other := other_model_words(folder):
        typer.echo(f"warning: {other}", err=True)
    batch, supporting = read_statuses(folder, skip_integrity_check=skip_integrity_check)
    comparison = None if batch.owner else read_finished(folder, skip_integrity_check=skip_integrity_check)
    if as_json:
        data = _as_data(batch) | {"supporting": {each.folder.name: _as_data(each) for each in supporting}}
        data["checked"] = not skip_integrity_check
        data["verdict"] = [] if comparison is None else verdict_data(comparison)
        data["left_out"] = [] if comparison is None else left_out_data(comparison)
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        lines = [] if comparison is None else verdict_lines(comparison, folder)
        lines = [
            *([f"warning: results were {UNCHECKED}", ""] if skip_integrity_check else []),
            _in_words(batch),
            *([""] if supporting else []),
            *map(_in_short, supporting),
            *(f"  {name}: not run; run the same `trustsim batch` to go on" for name in _not_run(batch, supporting)),
            *([""] if lines else []),
            *lines,
        ]
        typer.echo("\n".join(lines))
    if batch.failures or any(each.failures for each in supporting):
        raise typer.Exit(FAILED)


def _in_words(batch: "Status") -> str:
    from simulation.cli._batch_words import failure_lines
    from simulation.formatting import capital, counted
    from simulation.results.batch.supporting_kinds import unit_of

    failures, manifest = failure_lines(batch.failures, batch.folder), batch.manifest
    designs = counted(manifest.designs, *unit_of(manifest.supporting))
    lines = [
        *failures,
        *([""] if failures else []),
        manifest.title,
        f"{batch.replicates:,} of {batch.total:,} replicates of {designs}, seed {manifest.seed}: {_state(batch)}",
        *(f"{capital(each.words)}." for each in batch.left_out),
        "",
        *_precise(batch),
    ]
    return "\n".join(lines).rstrip()


def _precise(batch: "Status") -> list[str]:
    """Return how precise the headline is; of supporting runs that compare nothing, how wide the intervals are."""
    from simulation.cli._batch_words import precision_lines, supporting_lines

    manifest = batch.manifest
    lines = supporting_lines(manifest, batch.folder, batch.precisions)
    return lines or precision_lines(batch.precisions, manifest.factors, manifest.choices, batch.repeated)


def _not_run(batch: "Status", supporting: "list[Status]") -> list[str]:
    """Return the folders of supporting runs that are asked for and are not there."""
    return [name for name in batch.manifest.supporting_runs if name not in {each.folder.name for each in supporting}]


def _in_short(batch: "Status") -> str:
    """Return supporting runs in a line, after their failures."""
    from simulation.cli._batch_words import failure_lines, supporting_words

    done = f"{batch.replicates:,} of {batch.total:,} replicates"
    line = f"  {supporting_words(batch.manifest)}: {done}: {_state(batch)}"
    return "\n".join([*failure_lines(batch.failures, batch.folder), line])


def _state(batch: "Status") -> str:
    from simulation.cli._batch_words import command_of

    if batch.owner:
        return f"running in {batch.owner}"
    again = command_of(batch.manifest)
    if batch.replicates < batch.total:
        return f"stopped; run the same `{again}` to go on"
    return "done" if batch.is_compact else f"all replicates are run; run the same `{again}` to merge the tables"


def _as_data(batch: "Status") -> dict[str, Any]:
    from simulation.cli._batch_words import failure_data, precision_data

    return {
        "name": batch.manifest.name,
        "title": batch.manifest.title,
        "stretch": batch.manifest.stretch if batch.manifest.supporting in {"assumptions", "stretched"} else None,
        "failures": failure_data(batch.failures),
        "replicates": batch.replicates,
        "total": batch.total,
        "designs": batch.manifest.designs,
        "seed": batch.manifest.seed,
        "owner": batch.owner,
        "complete": batch.is_compact and batch.replicates >= batch.total,
        "headline": precision_data(batch.precisions, batch.manifest.factors),
    }
