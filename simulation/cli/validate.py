"""Check scenario and experiment files."""

from typing import Annotated

import typer

from simulation.cli._warnings import Strict, print_warnings


def validate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Scenario or experiment files, or folders of them; - is standard input."
        ),
    ],
    strict: Strict = False,
) -> None:
    """Check scenario and experiment files, and show how to fix them.

    All mistakes are printed on stderr, as file:line:column: where: what is wrong. Warnings are about sizes that are
    hardly meant, also in a file with mistakes, and about parts without effect. Exit code 0 if there are no mistakes,
    2 if there are any.
    """
    from simulation.execution.inputs import files_of
    from simulation.scenario.problems import ScenarioError

    bad = False
    for path in paths:
        files = files_of(path)
        if not files:
            typer.echo(f"{path}: there are no *.yaml or *.xlsx files in this folder", err=True)
            bad = True
        for file in files:
            try:
                oddities = _find_oddities(file)
            except ScenarioError as error:
                typer.echo(str(error), err=True)
                print_warnings(_find_sizes_beside_mistakes(file), file=file, strict=strict)
                bad = True
                continue
            if print_warnings(oddities, file=file, strict=strict):
                bad = True
            else:
                typer.echo(f"{file}: ok")
    if bad:
        raise typer.Exit(2)


def _find_oddities(file: str) -> list[str]:
    """Find the parts of a file that have no effect, each once."""
    from simulation.execution.without_effect import find_all_oddities
    from simulation.experiment.loading import is_experiment, load_experiment
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.oddities import find_oddities

    if is_experiment(file):
        return find_all_oddities(load_experiment(file))
    return find_oddities(load_scenario(file))


def _find_sizes_beside_mistakes(file: str) -> list[str]:
    """Find the sizes that are hardly meant in the parts of a scenario with mistakes that could be read."""
    from simulation.experiment.loading import is_experiment
    from simulation.scenario.readable import find_sizes_beside_mistakes

    return [] if is_experiment(file) else find_sizes_beside_mistakes(file)
