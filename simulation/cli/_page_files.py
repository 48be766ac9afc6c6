"""The files that commands write pages to: their names, and what may be replaced."""

import os
from pathlib import Path

from simulation.cli._outputs import file_mistake, refuse

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
    if mistake := file_mistake(path):
        refuse(mistake)
    if os.path.lexists(path) and not _is_ours(path, data):
        what = "the data of a place" if data else "a page"
        refuse(f"{path}: is not {what} that trustsim wrote; name another file with --out")


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
