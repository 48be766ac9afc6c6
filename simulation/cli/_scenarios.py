"""A scenario as commands load it: with warnings of what in it has no effect."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from simulation.scenario.schema import Scenario


def load_with_warnings(path: str | Path) -> "Scenario":
    """Load a scenario and print a warning on stderr for each part that has no effect.

    Args:
        path: Its file.

    Raises:
        ScenarioError: If there are mistakes in it.
    """
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.oddities import find_oddities

    scenario = load_scenario(path)
    for oddity in find_oddities(scenario):
        typer.echo(f"{path}: warning: {oddity}", err=True)
    return scenario
