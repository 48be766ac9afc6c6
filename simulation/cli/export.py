"""Write a scenario as a workbook for Excel or LibreOffice."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._console import print_next
from simulation.cli._new_files import find_mistakes, write_new
from simulation.cli._outputs import refuse


def export(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="The scenario file.")],
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Write a workbook.")] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The file to write; the scenario's name with .xlsx if left out.")
    ] = None,
) -> None:
    """Write a scenario as a workbook that holds all of it, with its sources; a file that it extends is part of it.

    `trustsim import` turns it back into YAML. No file is overwritten.
    """
    from simulation.extras import check_installed
    from simulation.scenario.comments import has_comments
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.problems import one_line

    if not xlsx:
        refuse("say in which form to write it: add --xlsx for a workbook")
    check_installed("a workbook", "openpyxl")
    from simulation.scenario.workbook.writing import write_workbook

    path = out or Path(f"{Path(scenario).stem}.xlsx")
    if path.suffix.lower() != ".xlsx":
        refuse(f"{one_line(str(path))}: the name of a workbook ends in .xlsx")
    if mistakes := list(find_mistakes(path)):
        refuse("\n".join(mistakes))
    write_new(path, write_workbook(load_scenario(scenario), str(path)))
    typer.echo(f"wrote {path}")
    if has_comments(scenario):
        typer.echo(f"{scenario}: its comments are not in the workbook, which cannot hold them; keep the file", err=True)
    print_next("validate", path)
