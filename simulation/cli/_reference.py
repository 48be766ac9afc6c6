"""The scenarios of the reference place, for commands that are given none."""

from pathlib import Path

import typer

from simulation.cli._console import BAD_INPUT

FOLDER = Path("scenarios")


def find_reference(name: str = "mid-south-essex") -> str:
    """Return the file of a scenario that comes with the package: from this folder, or from the package's checkout.

    Args:
        name: The file's name without its suffix.

    Raises:
        typer.Exit: If it is in neither.
    """
    for folder in (Path(), Path(__file__).parents[2]):
        path = folder / FOLDER / f"{name}.yaml"
        if path.exists():
            return str(path)
    typer.echo("name a scenario file; `trustsim new my-place` writes one to start from", err=True)
    raise typer.Exit(BAD_INPUT)
