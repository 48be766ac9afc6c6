"""The files that commands write pages to: their names, and what may be replaced."""

import os
from pathlib import Path

import typer

from simulation.cli._console import BAD_INPUT

_BEGINNING = 1000
"""Bytes by which a page, or its data, can be distinguished from any other file."""


def check_page_file(path: Path, *, data: bool) -> None:
    """Refuse a file that cannot be written, or that is not one which this program wrote.

    Args:
        path: The file.
        data: True for the data of a place, False for a page.

    Raises:
        typer.Exit: If it is refused; the reason is printed.
    """
    reason = _reason_against(path, data)
    if reason is not None:
        typer.echo(f"{path}: {reason}", err=True)
        raise typer.Exit(BAD_INPUT)


def _reason_against(path: Path, data: bool) -> str | None:
    """Return why a file cannot be written; None if it can."""
    if not path.parent.is_dir():
        return f"the folder {path.parent} does not exist"
    if not os.path.lexists(path):
        return None
    if path.is_dir():
        return "is a folder, not a file"
    what = "the data of a place" if data else "a page"
    return None if _is_ours(path, data) else f"is not {what} that trustsim wrote; name another file with --out"


def _is_ours(path: Path, data: bool) -> bool:
    """True if a file begins as those begin that this program writes."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if data:
        return beginning.startswith(b'{"format":')
    from simulation.page.document import GENERATOR

    return f'<meta name="generator" content="{GENERATOR} '.encode() in beginning
