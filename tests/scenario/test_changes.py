"""Scenarios made from other scenarios: stances fixed, and mixes of two."""

import pytest

from simulation import load_scenario, run_ensemble
from simulation.scenario.changes import EVERYTHING_ELSE, find_differing_levers, mix_scenarios, with_stance
from simulation.scenario.entries import FixedStance
from simulation.scenario.writing import scenario_hash
from tests.places import place
from tests.places import scenario as scenario_of

pytestmark = pytest.mark.unit

ALONE = scenario_of(place(title="Alone", levers={"coaching": {"strength": 0.2}, "celebration": {"strength": 1}}))
TOGETHER = scenario_of(
    place(
        title="Together",
        levers={"coaching": {"strength": 1}, "celebration": {"strength": 1}, "gain_share": {"strength": 1}},
    )
)


@pytest.fixture(scope="module")
def two_trusts():
    return load_scenario("scenarios/two-trusts.yaml")


@pytest.mark.parametrize(("population_first", "share"), [(True, 1.0), (False, 0.0)])
def test_everyone_asks_one_question_throughout(two_trusts, population_first, share):
    fixed = with_stance(two_trusts, tuple(two_trusts.organisations), population_first=population_first)
    assert (run_ensemble(fixed, replicates=2, seed=1)["population_first"] == share).all()


def test_the_gap_lies_between_the_bounds(two_trusts):
    everyone = tuple(two_trusts.organisations)
    best, worst = (
        run_ensemble(with_stance(two_trusts, everyone, population_first=which), replicates=20, seed=1)["gap"][:, -1]
        for which in (True, False)
    )
    gap = run_ensemble(two_trusts, replicates=20, seed=1)["gap"][:, -1]
    assert best.mean() < gap.mean() < worst.mean()


def test_a_stance_that_was_fixed_before_is_replaced():
    before = scenario_of(
        place(events=[{"event": "fixed_stance", "organisation": "a", "stance": "population_first", "until": "2020-08"}])
    )
    after = with_stance(before, ("a",), population_first=False)
    assert [(event.organisation, event.stance) for event in after.events if isinstance(event, FixedStance)] == [
        ("a", "institutional")
    ]


def test_levers_are_the_levers_that_differ_and_the_rest_as_one():
    assert find_differing_levers(ALONE, TOGETHER) == ("coaching", "gain_share")
    other = TOGETHER.model_copy(update={"population": 5})
    assert find_differing_levers(ALONE, other) == ("coaching", "gain_share", EVERYTHING_ELSE)
    assert find_differing_levers(ALONE, ALONE.model_copy(update={"title": "Another name for it"})) == ()


def test_absent_means_the_first_ones_setting():
    mixed = mix_scenarios(ALONE, TOGETHER, frozenset({"gain_share"}))
    assert {str(lever): settings[0].strength for lever, settings in mixed.levers.items()} == {
        "coaching": 0.2,
        "gain_share": 1,
        "celebration": 1,
    }


def test_the_ends_of_a_mix_are_the_two_themselves():
    other = TOGETHER.model_copy(update={"population": 5})
    everyone = frozenset(find_differing_levers(ALONE, other))
    assert scenario_hash(mix_scenarios(ALONE, other, frozenset())) == scenario_hash(ALONE)
    assert scenario_hash(mix_scenarios(ALONE, other, everyone)) == scenario_hash(other)
