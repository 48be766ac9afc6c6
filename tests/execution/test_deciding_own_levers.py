"""A decision for a place that pulls levers already: what those cost is said and no part of the budget."""

import pytest

from simulation.analysis.decided_sections import recommended_lines
from simulation.analysis.decided_tables import options_to_pandas
from simulation.execution.deciding.decide import decide
from simulation.execution.deciding.files import write_options
from simulation.experiment.loading import load_experiment
from tests.execution.test_deciding import SCENARIOS

pytestmark = pytest.mark.unit

PLACE = """\
extends: {scenarios}/two-trusts.yaml
title: Two trusts with a goal
levers:
  superordinate_goal: {{strength: 0.5, cost: 0.8, ramp: 1}}
"""
ASKED = """\
title: A trial
scenario: {place}
decide:
  levers:
    menu_framing: {{cost: 0.4}}
  points: 16
  replicates: 2
"""


@pytest.mark.parametrize(("has_own", "reference"), [(True, "as it stands"), (False, "no joint action")])
def test_what_the_place_pulls_already_is_said_and_nothing_has_two_names(has_own, reference, tmp_path):
    place = tmp_path / "place.yaml"
    place.write_text(PLACE.format(scenarios=SCENARIOS))
    asked = tmp_path / "trial.yaml"
    asked.write_text(ASKED.format(place=place.name if has_own else SCENARIOS / "two-trusts.yaml"))
    experiment = load_experiment(asked)
    found = decide(experiment, tmp_path / "found", engine="compiled")
    written = load_experiment(write_options(found, experiment, asked, tmp_path / "found"))
    assert written.variants[0].name == reference
    assert [*options_to_pandas(found)["name"]].count(reference) == 1
    (said,) = [line for line in recommended_lines(found) if "already" in line] or [""]
    months = found.decision.place.months
    assert found.decision.own_cost == pytest.approx(0.8 * 0.5 * months / 12 if has_own else 0)
    assert said == (
        "The place pulls shared goal already, which costs £0.8m over the run: that is no part of the budget, and what "
        "an option gains is counted from there."
        if has_own
        else ""
    )
