"""The option to treat warnings as errors, and how both are printed."""

from collections.abc import Iterable
from typing import Annotated

import typer

from simulation.cli._console import BAD_INPUT

Strict = Annotated[
    bool, typer.Option("--strict", help="Treat warnings as errors: exit code 2, and nothing is written.")
]


def print_warnings(warnings: Iterable[str], *, file: str = "", strict: bool = False) -> bool:
    """Print warnings on stderr, as errors if they are to be treated as such.

    Args:
        warnings: One sentence each.
        file: The file that they are about, as the user named it; empty if they are about none.
        strict: True if they are errors.

    Returns:
        True if there are errors.
    """
    from simulation.scenario.loading import locate_warnings

    errors = False
    for warning in locate_warnings(file, warnings):
        typer.echo(f"{file}{': ' if file else ''}{'error' if strict else 'warning'}: {warning}", err=True)
        errors = strict
    return errors


def stop_at_errors(errors: bool) -> None:
    """End the command with the exit code for bad input if there are errors."""
    if errors:
        raise typer.Exit(BAD_INPUT)
