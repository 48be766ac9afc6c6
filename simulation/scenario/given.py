"""A scenario as a caller in Python gives it: the scenario itself, or the path of its file."""

import os
from typing import Any

from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import describe_given
from simulation.scenario.schema import Scenario


def scenario_of(given: Scenario | str | os.PathLike[str]) -> Scenario:
    """Return a scenario; one that is named by its path is read.

    Args:
        given: The scenario, or the path of its file.

    Raises:
        ScenarioError: If there is a mistake in the file.
        TypeError: If it is neither.
    """
    if isinstance(given, str | os.PathLike):
        return load_scenario(given)
    check_scenario(given)
    return given


def check_scenario(given: Any) -> None:
    """Raise an error unless it is a scenario.

    Raises:
        TypeError: If it is not.
    """
    if not isinstance(given, Scenario):
        message = f"the scenario must be a Scenario or the path of its file (given: {describe_given(given)})"
        raise TypeError(message)
