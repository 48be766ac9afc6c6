"""Write the cards, script and sheet for a workshop as a PDF."""

import os
from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._outputs import file_mistake, refuse
from simulation.cli._scenarios import load_with_warnings
from simulation.extras import check_installed


def workshop_kit(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.pdf", help="File to write; NAME-workshop-kit.pdf in this folder if left out."),
    ] = None,
) -> None:
    """Write a kit for a workshop as one PDF, to be printed on A4 and cut.

    It has a card for each lever and each organisation, the script of the ninety minutes, and a sheet for guesses. A kit
    that trustsim wrote before is replaced; no other file is. It needs the extra report. The same scenario gives the
    same bytes. Exit code 0 if it was written, 2 if there is a mistake in the scenario or the file cannot be written.
    """
    check_installed("a workshop kit", "typst")
    path = Path(f"{Path(scenario).stem}-workshop-kit.pdf") if out is None else out
    mistake = _mistake_in(path)
    if mistake:
        refuse(mistake)
    place = load_with_warnings(scenario)

    from simulation.workshop.cards import MOST_ROLES
    from simulation.workshop.kit import write_kit

    try:
        write_kit(place, path)
    except OSError as error:
        refuse(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}")
    count = len(place.organisations)
    if count > MOST_ROLES:
        typer.echo(
            f"{scenario}: role cards for the {MOST_ROLES} largest of {count:,} organisations, by income", err=True
        )
    typer.echo(str(path))


def _mistake_in(path: Path) -> str:
    """Return the mistake in the name of the file; empty if there is none."""
    if path.suffix.lower() != ".pdf":
        return f"{path}: must end with .pdf; name another file with --out"
    if mistake := file_mistake(path):
        return mistake
    if os.path.lexists(path) and not _is_kit(path):
        return f"{path}: is not a kit that trustsim wrote; name another file with --out"
    return ""


def _is_kit(path: Path) -> bool:
    """True if a file has the title that this program gives to kits."""
    if not path.is_file():
        return False
    from simulation.workshop.kit import TITLE

    content = path.read_bytes()
    return content.startswith(b"%PDF-") and TITLE.encode() in content
