"""New files of places: their names, the schema that editors check them by, and writing without overwriting."""

import os
from collections.abc import Iterator
from pathlib import Path

from simulation.cli._outputs import file_mistake, refuse
from simulation.input_files import readable

_EXISTS = "already exists; nothing was written; delete it, or give another name"


def find_mistakes(path: Path) -> Iterator[str]:
    """Find what is wrong with the name of a file that is to be written."""
    if not path.name.strip("."):
        yield f"{str(path)!r} is not the name of a file"
    elif os.path.lexists(path):
        yield f"{path}: {_EXISTS}"
    elif mistake := file_mistake(path):
        yield mistake


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that must not exist yet."""
    try:
        with path.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
    except FileExistsError:
        refuse(f"{path}: {_EXISTS}")
    except FileNotFoundError:
        refuse(f"{path}: the folder {path.parent} does not exist")
    except (OSError, ValueError) as error:
        refuse(f"{path}: cannot be written: {(getattr(error, 'strerror', None) or str(error)).lower()}")


def title_of(path: Path) -> str:
    """Return the name of a file as a title."""
    stem = readable(path.stem)
    words = stem.replace("-", " ").replace("_", " ").strip() or stem
    return words[:1].upper() + words[1:]


def schema_line(folder: Path) -> str:
    """Return the comment that gives editors the schema; empty if there is none in the folder or above it."""
    here = folder.resolve()
    supporting = here / "schema.json"
    found = supporting if supporting.is_file() else find_above(here, "scenarios/schema.json")
    return "" if found is None else f"# yaml-language-server: $schema={Path(os.path.relpath(found, here)).as_posix()}\n"


def find_above(folder: Path, name: str) -> Path | None:
    """Find a file in a folder, or in the nearest folder above it."""
    here = folder.resolve()
    return next((above / name for above in (here, *here.parents) if (above / name).is_file()), None)
