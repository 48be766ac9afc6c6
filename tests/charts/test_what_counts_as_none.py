"""A difference that counts as none is named wherever words go by it."""

import pytest

from simulation import run_comparison, with_levers
from simulation.charts import CHARTS
from simulation.scenario.loading import load_scenario
from tests.charts.conftest import over_grid
from tests.places import SCENARIOS

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("replicates", [1, 4])
def test_a_difference_by_chance_alone_says_what_is_clear(replicates):
    place = load_scenario(SCENARIOS / "two-trusts.yaml")
    both = {"as it is": place, "celebrated": with_levers(place, celebration=1)}
    chart = run_comparison(both, replicates=replicates, seed=1, engine="mesa").plot("paired_difference")
    said = "Clear: by over £1m a year, and by more than chance alone may make." in chart.note
    assert "no clearly different gap" in chart.headline
    assert said == (replicates > 1)


def test_of_several_differences_the_note_names_those_that_are_not_distinguishable():
    place = load_scenario(SCENARIOS / "two-trusts.yaml")
    same = {"as it is": place, "renamed": with_levers(place, celebration=0.001), "again": place}
    chart = run_comparison(same, replicates=16, seed=1, engine="mesa").plot("paired_difference")
    assert chart.headline.startswith("No mean over the 2 other scenarios is distinguishable from the baseline’s")
    said = "Not distinguishable from the baseline: renamed, again; the 95% interval of the mean holds 0."
    assert said in chart.note


def test_amounts_over_a_grid_say_from_which_difference_on_assumptions_move_more():
    chart = CHARTS["gap_by_point"](over_grid("partnership", 8, 2))
    assert chart.note.endswith(
        "More with one choice than with another: by over £1m a year, and by more than chance alone may make."
    )
