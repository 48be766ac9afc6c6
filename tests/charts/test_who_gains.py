"""The chart of who gains: what it leaves out."""

import pytest

from simulation import run_comparison
from simulation.analysis.organisation_changes import organisation_changes
from simulation.charts.who_gains import who_gains
from simulation.report.payers import payers_table
from simulation.scenario.schema import Scenario
from tests.places import place

pytestmark = pytest.mark.unit


def test_a_scenario_with_another_organisation_is_said_to_be_left_out():
    plain = place()
    more = plain["organisations"] | {"c": {"role": "provider", "income": 50.0, "deficit_share": 0}}
    written = {"as it is": plain, "other": plain | {"target": 1.0}, "third": plain}
    written |= {"with another": plain | {"organisations": more}}
    scenarios = {name: Scenario.model_validate(each) for name, each in written.items()}
    found = run_comparison(scenarios, replicates=3, seed=1)
    left_out = "“with another” is left out: the organisations are not those of its baseline."
    assert left_out in who_gains(found).note
    assert payers_table(found, organisation_changes(found)).note.endswith(left_out)
    del scenarios["with another"]
    assert "left out" not in who_gains(run_comparison(scenarios, replicates=3, seed=1)).note
