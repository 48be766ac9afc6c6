"""`trustsim new`: a small scenario to start from."""

import json
import os
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from simulation.cli._console import BAD_INPUT

_WITHOUT_SCHEMA = """\
# To have your editor check this file as you write: trustsim schema > schema.json
# and let the first line of this file be: # yaml-language-server: $schema=schema.json
"""


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The scenario's name, or a path; .yaml is added.")],
) -> None:
    """Write a small scenario to start from: a valid place with a comment on every part.

    Nothing is overwritten.
    """
    if not Path(name).name.strip(".") or name.endswith(("/", os.sep)):
        _refuse(f"{name!r} names no file; give the scenario a name")
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    starter = files("simulation.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    text = _schema_line(path.parent) + starter.replace("TITLE", _title(path), 1)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        _refuse(f"{path}: is there already; nothing was written")
    except FileNotFoundError:
        _refuse(f"{path}: there is no folder {path.parent}")
    except (OSError, ValueError) as error:
        _refuse(f"{path}: cannot be written: {(getattr(error, 'strerror', None) or str(error)).lower()}")
    typer.echo(f"wrote {path}")
    typer.echo(f"next: trustsim validate {shlex.quote(str(path))}", err=True)


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BAD_INPUT)


def _title(path: Path) -> str:
    """The file's name as a title, in quotes as YAML takes them."""
    words = path.stem.replace("-", " ").replace("_", " ").strip() or path.stem
    return json.dumps(words[:1].upper() + words[1:])


def _schema_line(folder: Path) -> str:
    """The line that tells an editor where the schema is, or how to get one."""
    here = folder.resolve()
    beside = [here / "schema.json", *(above / "scenarios" / "schema.json" for above in (here, *here.parents))]
    found = next((schema for schema in beside if schema.is_file()), None)
    if found is None:
        return _WITHOUT_SCHEMA
    return f"# yaml-language-server: $schema={Path(os.path.relpath(found, here)).as_posix()}\n"
