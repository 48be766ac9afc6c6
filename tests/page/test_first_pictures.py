"""The first sight of a page: the same findings as in a run's charts and in the terminal."""

import pytest

from simulation.execution.inputs import SCENARIO_REPLICATES
from simulation.experiment.entries import AssumptionSample
from simulation.page.first_pictures import first_sight
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
        f"This rests on 512 cases drawn here; a run of trustsim has {in_a_run} and may say more."
    )
    words = (ROOT / "simulation/page/script/words.js").read_text(encoding="utf-8")
    assert f"cases drawn here; a run of trustsim has {in_a_run} and may say more." in words
    assert [each.name for each in sight.pictures] == ["gap", "questions", "gains", "plan"]


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
