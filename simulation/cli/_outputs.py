"""The look that commands take before they work: can their output be written where it is to go?"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

import typer

from simulation.cli._console import BAD_INPUT
from simulation.writable import OutputError, check_file, check_folder

CHARTS_OF_ONE = 10_000_000
"""Bytes of the charts of a scenario, which must fit at least."""

ANOTHER_FOLDER = "name another folder with --out"


def refuse(message: str) -> NoReturn:
    """Print a mistake of the user and end the command."""
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)


def file_mistake(path: Path) -> str:
    """Return why a file cannot be written; empty if it can. Its folder must exist."""
    try:
        check_file(path)
    except OutputError as error:
        return error.problem
    return ""


def stop_unless_writable(
    folder: Path,
    *,
    files: Iterable[str] = (),
    folders: Iterable[str] = (),
    size: float = 0,
    way_out: str = ANOTHER_FOLDER,
) -> None:
    """End the command if files cannot be written to a folder, which is made later if it does not exist.

    Args:
        folder: The folder.
        files: Names of files that will be written to it.
        folders: Names of folders that will be made in it.
        size: Bytes that will be written.
        way_out: What to do about it.

    Raises:
        typer.Exit: If they cannot; the reason is printed.
    """
    try:
        check_folder(folder, files=files, folders=folders, size=size)
    except OutputError as error:
        refuse(f"{error.problem}; {way_out}")


def stop_unless_all_fit(
    sizes: Mapping[Path, float], *, folders: Iterable[str] = (), beside: bool = False, more: str = ""
) -> None:
    """End the command if some folders cannot be written to, or all that will be written does not fit.

    Args:
        sizes: Bytes that will be written to each folder.
        folders: Names of folders that will be made in each.
        beside: True if each is written beside its place first, and moved there when it is whole.
        more: What else to do about it.

    Raises:
        typer.Exit: If so; the reason is printed.
    """
    folders = tuple(folders)
    for folder in sizes:
        stop_unless_writable(folder, folders=folders)
        if beside:
            stop_unless_writable(folder.parent)
    for folder in list(sizes)[:1]:
        ways = ", ".join(["free some space", *([more] if more else [])])
        stop_unless_writable(folder, size=sum(sizes.values()), way_out=f"{ways}, or {ANOTHER_FOLDER}")
