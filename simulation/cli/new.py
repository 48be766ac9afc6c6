"""Write a small scenario to start from, or many systems."""

import json
import os
import shlex
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from simulation.cli._console import BAD_INPUT

if TYPE_CHECKING:
    from simulation.scenario.schema import Scenario

REFERENCE = "scenarios/mid-south-essex.yaml"

_WITHOUT_SCHEMA = """\
# To let your editor check this file as you write, run: trustsim schema > schema.json
# and make this the first line of the file: # yaml-language-server: $schema=schema.json
"""


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The scenario's name, or a path; .yaml is added.")],
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

    With --systems, write a large place made from one scenario; England has 42 systems. No file is overwritten.
    """
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    shape, mistakes = _find_shape(systems, like)
    mistakes = [*_find_mistakes(name, path), *mistakes]
    if mistakes:
        _refuse("\n".join(mistakes))
    _write(path, _starter(path) if shape is None or systems is None else _several(path, shape, systems))
    typer.echo(f"wrote {path}")
    typer.echo(f"next: trustsim validate {shlex.quote(str(path))}", err=True)


def _find_mistakes(name: str, path: Path) -> Iterator[str]:
    """Find what is wrong with the name of the file."""
    if not Path(name).name.strip(".") or name.endswith(("/", os.sep)):
        yield f"{name!r} is not the name of a file; give the scenario a name"
    elif os.path.lexists(path):
        yield f"{path}: already exists; nothing was written"
    elif not os.path.lexists(path.parent):
        yield f"{path}: the folder {path.parent} does not exist"


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
    found = like if like is not None else _find_above(Path(), REFERENCE)
    if found is None:
        return None, [*mistakes, f"--systems needs a scenario to make each system from; add --like {REFERENCE}"]
    try:
        return load_scenario(found), mistakes
    except ScenarioError as error:
        return None, [*mistakes, str(error)]


def _starter(path: Path) -> str:
    """Return the text of the small scenario."""
    starter = files("simulation.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    return _schema_line(path.parent) + starter.replace("TITLE", json.dumps(_title(path)), 1)


def _several(path: Path, shape: "Scenario", systems: int) -> str:
    """Return the text of a place of several systems."""
    from simulation.scenario.replicate_systems import describe_replicate_systems, replicate_systems
    from simulation.scenario.writing import scenario_to_yaml

    try:
        place = replicate_systems(shape, systems, title=_title(path))
    except ValueError as error:
        _refuse(str(error))
    return _schema_line(path.parent) + describe_replicate_systems(shape, systems) + scenario_to_yaml(place, schema=None)


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        _refuse(f"{path}: already exists; nothing was written")
    except FileNotFoundError:
        _refuse(f"{path}: the folder {path.parent} does not exist")
    except (OSError, ValueError) as error:
        _refuse(f"{path}: cannot be written: {(getattr(error, 'strerror', None) or str(error)).lower()}")


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)


def _title(path: Path) -> str:
    """Return the name of the file as a title."""
    words = path.stem.replace("-", " ").replace("_", " ").strip() or path.stem
    return words[:1].upper() + words[1:]


def _schema_line(folder: Path) -> str:
    """Return the comment that gives editors the schema, or says how to make one."""
    here = folder.resolve()
    supporting = here / "schema.json"
    found = supporting if supporting.is_file() else _find_above(here, "scenarios/schema.json")
    if found is None:
        return _WITHOUT_SCHEMA
    return f"# yaml-language-server: $schema={Path(os.path.relpath(found, here)).as_posix()}\n"


def _find_above(folder: Path, name: str) -> Path | None:
    """Find a file in a folder, or in the nearest folder above it."""
    here = folder.resolve()
    return next((above / name for above in (here, *here.parents) if (above / name).is_file()), None)
