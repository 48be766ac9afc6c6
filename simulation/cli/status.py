"""Report how far a batch is and how precise."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli._batch_options import BatchFolder
from simulation.cli._console import FAILED

if TYPE_CHECKING:
    from simulation.execution.status import Status


def status(
    folder: BatchFolder,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON on stdout.")] = False,
) -> None:
    """Say how a batch stands: what failed, what is there, who is at work, and how precise its headline is.

    Exit code 0, 1 if replicates failed, 2 if there is no batch.
    """
    from simulation.execution.status import read_status
    from simulation.results.batch.manifest import supporting_folders

    told, supporting = read_status(folder), [read_status(each) for each in supporting_folders(folder)]
    if as_json:
        data = _as_data(told) | {"beside": {str(each.manifest.supporting): _as_data(each) for each in supporting}}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        typer.echo("\n".join([_in_words(told), *([""] if supporting else []), *map(_in_short, supporting)]))
    if told.failures or any(each.failures for each in supporting):
        raise typer.Exit(FAILED)


def _in_words(told: "Status") -> str:
    from simulation.cli._batch_words import failure_lines, precision_lines
    from simulation.formatting import counted

    failures, manifest = failure_lines(told.failures, told.folder), told.manifest
    lines = [
        *failures,
        *([""] if failures else []),
        manifest.title,
        f"{told.replicates:,} of {told.total:,} replicates of {counted(manifest.designs, 'design', 'designs')}, "
        f"seed {manifest.seed}: "
        f"{_state(told)}",
        "",
        *precision_lines(told.precisions, manifest.factors),
    ]
    return "\n".join(lines).rstrip()


def _in_short(told: "Status") -> str:
    """A study beside, in a line; its failures before it."""
    from simulation.cli._batch_words import failure_lines

    line = (
        f"  {'beside':<9}{told.manifest.supporting}: {told.replicates:,} of {told.total:,} replicates: {_state(told)}"
    )
    return "\n".join([*failure_lines(told.failures, told.folder), line])


def _state(told: "Status") -> str:
    if told.owner:
        return f"held by {told.owner}"
    if told.replicates < told.total:
        return "stopped; the same `trustsim batch` goes on"
    return "done" if told.is_compact else "all replicates are there; the same `trustsim batch` makes the tables"


def _as_data(told: "Status") -> dict[str, Any]:
    from simulation.cli._batch_words import failure_data, precision_data

    return {
        "name": told.manifest.name,
        "title": told.manifest.title,
        "failures": failure_data(told.failures),
        "replicates": told.replicates,
        "total": told.total,
        "designs": told.manifest.designs,
        "seed": told.manifest.seed,
        "owner": told.owner,
        "complete": told.is_compact and told.replicates >= told.total,
        "headline": precision_data(told.precisions, told.manifest.factors),
    }
