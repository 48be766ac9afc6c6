"""A scenario as commands load it: with warnings of what in it is odd."""

from pathlib import Path
from typing import TYPE_CHECKING

from simulation.cli._warnings import print_warnings, stop_at_errors

if TYPE_CHECKING:
    from simulation.scenario.schema import Scenario


def load_with_warnings(path: str | Path, *, strict: bool = False, left_out: bool = False) -> "Scenario":
    """Load a scenario and print a warning on stderr for all that is odd in it.

    Args:
        path: Its file.
        strict: True if warnings are errors, which end the command.
        left_out: True to warn too of numbers that are left out and whose default is taken, as `validate` does.

    Raises:
        ScenarioError: If there are mistakes in it.
    """
    from simulation.scenario.loading import load_scenario
    from simulation.scenario.oddities import find_oddities

    scenario = load_scenario(path)
    stop_at_errors(print_warnings(find_oddities(scenario, left_out=left_out), file=str(path), strict=strict))
    return scenario
