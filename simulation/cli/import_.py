"""Write a workbook's place as a text file."""

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli._console import print_next
from simulation.cli._new_files import find_mistakes, schema_line, write_new
from simulation.cli._outputs import refuse
from simulation.cli._warnings import Strict, print_warnings, stop_at_errors


def import_(
    workbook: Annotated[str, typer.Argument(metavar="WORKBOOK", help="The workbook, such as my-place.xlsx.")],
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The file to write; the workbook's name with .yaml if left out.")
    ] = None,
    strict: Strict = False,
) -> None:
    """Write the place of a workbook as a scenario file in YAML, each number with its source and status.

    All mistakes are printed on stderr, each with its cell, and nothing is written then. No file is overwritten.
    """
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.oddities import find_oddities
    from simulation.scenario.problems import one_line
    from simulation.scenario.writing import scenario_to_yaml

    if Path(workbook).suffix.lower() != ".xlsx":
        refuse(f"{one_line(str(workbook))}: is not a workbook, whose name ends in .xlsx")
    path = out or Path(f"{Path(workbook).stem}.yaml")
    if mistakes := list(find_mistakes(path)):
        refuse("\n".join(mistakes))
    place = load_scenario(workbook)
    stop_at_errors(print_warnings(find_oddities(place), file=workbook, strict=strict))
    write_new(path, schema_line(path.parent) + scenario_to_yaml(place, schema=None))
    typer.echo(f"wrote {path}")
    print_next("run", path)
