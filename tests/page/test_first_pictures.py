"""The first sight of a page: the same findings as in a run's charts and in the terminal."""

import pytest

from simulation.execution.inputs import SCENARIO_REPLICATES
from simulation.execution.supporting_runs import default_supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Experiment, Variant
from simulation.page.first_pictures import first_sight
from simulation.page.place_data import POINTS, REPLICATES
from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems
from tests.page.made import DAY, ROOT, sight_of

pytestmark = pytest.mark.unit


def test_levers_in_use_are_compared_with_no_joint_action():
    sight = sight_of("mid-south-essex-partnership")
    assert "of the £216m gap is closed" in sight.headline
    assert sight.verdict.startswith(
        "Allowing for uncertain assumptions, joint action leaves less than no joint action in"
    )
    in_a_run = f"{SCENARIO_REPLICATES * AssumptionSample().replicates:,}"
    assert sight.verdict.endswith(
        f"This rests on 512 cases drawn here; a run of trustsim without --replicates has {in_a_run} and may say more."
    )
    words = (ROOT / "simulation/page/script/words.js").read_text(encoding="utf-8")
    assert f"cases drawn here; a run of trustsim without --replicates has {in_a_run} and may say more." in words
    assert [each.name for each in sight.pictures] == ["gap", "questions", "gains", "plan"]


def test_the_run_that_the_page_names_has_fewer_cases():
    """It has a quarter of the page's sets of assumptions: what has more is a run without --replicates."""
    scenario = load_scenario(ROOT / "scenarios/two-trusts.yaml")
    experiment = Experiment(
        name="run",
        title="Run",
        seed=1,
        replicates=REPLICATES,
        variants=(Variant(name="saved", scenario=scenario),),
        detail=(),
    )
    (drawn,) = [each for each in default_supporting_experiments(experiment) if each.supporting == "assumptions"]
    assert drawn.points * drawn.replicates < POINTS
    command = (ROOT / "simulation/page/script/take_away.js").read_text(encoding="utf-8")
    assert "--replicates ${place.replicates}" in command
    assert "other sets of them, as many as it has replicates" in command


def test_without_a_lever_it_says_that_there_is_nothing_to_compare():
    assert sight_of("two-trusts").verdict.startswith("The file uses no lever, so there is nothing to compare it with")


def test_a_large_place_says_why_it_has_no_picture_of_each_organisation():
    shape = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    place = replicate_systems(shape, 4, title="Four").model_copy(update={"months": 6})
    pictures = {each.name: each for each in first_sight(place, seed=1, made=DAY).pictures}
    assert pictures["gap"].svg
    assert pictures["gains"].svg == ""
    assert pictures["gains"].reason.startswith(
        "The organisations that win and lose: too many organisations to label (46; the limit is 40)"
    )
