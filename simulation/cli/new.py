"""Write a small scenario to start from, or many systems."""

import json
import os
import shlex
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli._new_files import find_above, find_mistakes, schema_line, title_of, write_new
from simulation.cli._outputs import refuse

if TYPE_CHECKING:
    from simulation.scenario.schema import Scenario

REFERENCE = "scenarios/mid-south-essex.yaml"

_WITHOUT_SCHEMA = """\
# To let your editor check this file as you write, run: trustsim schema > schema.json
# and make this the first line of the file: # yaml-language-server: $schema=schema.json
"""


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The scenario's name, or a path; .yaml or .xlsx is added.")
    ],
    xlsx: Annotated[
        bool,
        typer.Option("--xlsx", help="Write a workbook to fill in, for Excel or LibreOffice, in place of a text file."),
    ] = False,
    systems: Annotated[
        int | None,
        typer.Option(metavar="N", help="Write a place of N systems; some organisations work in two of them."),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(metavar="SCENARIO", help=f"The scenario that each system is made from; {REFERENCE} if it exists."),
    ] = None,
) -> None:
    """Write a small, valid scenario to start from, with a comment on every number.

    With --xlsx, write an empty workbook to fill in, with a comment on every column (`trustsim export` makes one of a
    scenario). With --systems, write a large place made from one scenario; England has 42 systems. Nothing is
    overwritten.
    """
    xlsx = xlsx or name.endswith(".xlsx")
    path = _path_of(name, xlsx=xlsx)
    shape, mistakes = _find_shape(systems, like)
    mistakes = [*_find_mistakes(name, path, xlsx=xlsx), *mistakes]
    if mistakes:
        refuse("\n".join(mistakes))
    place = None if shape is None or systems is None else _several(path, shape, systems)
    if xlsx:
        write_new(path, _workbook(path, place))
    else:
        write_new(path, _starter(path) if place is None or shape is None else _text(path, place, shape, systems or 0))
    typer.echo(f"wrote {path}")
    typer.echo(f"next: {_next_step(path, filled_in=not xlsx or place is not None)}", err=True)


def _path_of(name: str, *, xlsx: bool) -> Path:
    endings = (".xlsx",) if xlsx else (".yaml", ".yml")
    return Path(name if name.endswith(endings) else name + endings[0])


def _find_mistakes(name: str, path: Path, *, xlsx: bool) -> Iterator[str]:
    """Find what is wrong with the name of the file."""
    if not Path(name).name.strip(".") or name.endswith(("/", os.sep)):
        yield f"{name!r} is not the name of a file; give the scenario a name"
    elif xlsx and name.endswith((".yaml", ".yml")):
        yield f"{name!r} is the name of a text file; leave out --xlsx, or the ending of the name"
    else:
        yield from find_mistakes(path)


def _find_shape(systems: int | None, like: str | None) -> "tuple[Scenario | None, list[str]]":
    """Load the scenario of one system, if one is needed; also return the mistakes in the options."""
    if systems is None and like is None:
        return None, []
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.problems import ScenarioError
    from simulation.scenario.replicate_systems import FEWEST_SYSTEMS, MOST_SYSTEMS

    mistakes = []
    if systems is None:
        mistakes.append("--like needs the number of systems; add --systems N")
    elif not FEWEST_SYSTEMS <= systems <= MOST_SYSTEMS:
        mistakes.append(f"--systems must be from {FEWEST_SYSTEMS} to {MOST_SYSTEMS} (given: {systems})")
    if like is not None and not like.strip():
        return None, [*mistakes, "--like is empty; name the scenario file of one system"]
    found = like if like is not None else find_above(Path(), REFERENCE)
    if found is None:
        return None, [*mistakes, f"--systems needs a scenario to make each system from; add --like {REFERENCE}"]
    try:
        return load_scenario(found), mistakes
    except ScenarioError as error:
        return None, [*mistakes, str(error)]


def _starter(path: Path) -> str:
    """Return the text of the small scenario."""
    starter = files("simulation.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    return (schema_line(path.parent) or _WITHOUT_SCHEMA) + starter.replace("TITLE", json.dumps(title_of(path)), 1)


def _several(path: Path, shape: "Scenario", systems: int) -> "Scenario":
    """Return a place of several systems."""
    from simulation.scenario.replicate_systems import replicate_systems

    try:
        return replicate_systems(shape, systems, title=title_of(path))
    except ValueError as error:
        refuse(str(error))


def _text(path: Path, place: "Scenario", shape: "Scenario", systems: int) -> str:
    """Return the text of a place of several systems."""
    from simulation.scenario.replicate_systems import describe_replicate_systems
    from simulation.scenario.writing import scenario_to_yaml

    head = schema_line(path.parent) or _WITHOUT_SCHEMA
    return head + describe_replicate_systems(shape, systems) + scenario_to_yaml(place, schema=None)


def _workbook(path: Path, place: "Scenario | None") -> bytes:
    """Return a place as a workbook; an empty workbook if there is none."""
    from simulation.extras import check_installed

    check_installed("a workbook", "openpyxl")
    from simulation.scenario.workbook.writing import write_template, write_workbook

    return write_template(title_of(path)) if place is None else write_workbook(place, str(path))


def _next_step(path: Path, *, filled_in: bool) -> str:
    command = f"trustsim validate {shlex.quote(str(path))}"
    return command if filled_in else f"fill it in, then {command}"
