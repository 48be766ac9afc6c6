"""`trustsim validate`: check scenario files."""

from pathlib import Path
from typing import Annotated

import typer


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Scenario files, or folders whose *.yaml files are scenarios."),
    ],
) -> None:
    """Check scenario files: every mistake with its place and its mend.

    Mistakes are told on stderr as file:line:column: where: what is wrong. Exit code 0 if all can be used, 2 if not.
    """
    from simulation.scenario.checks import find_oddities
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.problems import ScenarioError

    bad = False
    for path in paths:
        files = _scenario_files(path)
        if not files:
            typer.echo(f"{path}: there are no *.yaml files in this folder", err=True)
            bad = True
        for file in files:
            try:
                oddities = find_oddities(load_scenario(file))
            except ScenarioError as error:
                typer.echo(str(error), err=True)
                bad = True
                continue
            for oddity in oddities:
                typer.echo(f"{file}: warning: {oddity}", err=True)
            typer.echo(f"{file}: ok")
    if bad:
        raise typer.Exit(2)


def _scenario_files(path: str) -> list[str]:
    """The file itself, or the scenario files in a folder by name."""
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    return sorted(str(file) for file in folder.iterdir() if file.suffix in {".yaml", ".yml"} and file.is_file())
