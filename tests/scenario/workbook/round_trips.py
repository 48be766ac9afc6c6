"""A scenario through a workbook and back."""

import tempfile
from pathlib import Path

from simulation.scenario.loading import load_scenario
from simulation.scenario.register import assumptions_register
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.writing import write_workbook
from simulation.scenario.writing import scenario_hash, scenario_to_yaml


def through_a_workbook(scenario: Scenario) -> Scenario:
    """Return a scenario as it is read back from its workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "place.xlsx"
        path.write_bytes(write_workbook(scenario))
        return load_scenario(path)


def assert_same(again: Scenario, scenario: Scenario) -> None:
    """Compare two scenarios to the last digit, with their sources and their order."""
    assert scenario_to_yaml(again) == scenario_to_yaml(scenario)
    assert scenario_hash(again) == scenario_hash(scenario)
    assert assumptions_register(again) == assumptions_register(scenario)
