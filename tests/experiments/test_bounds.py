"""The bounds of a place: what no negotiation can do better or worse than."""

import pytest

from simulation import load_scenario, run_ensemble
from simulation.experiments.bounds import with_everyone
from simulation.vocabulary import Stance


@pytest.mark.unit
@pytest.mark.parametrize(("stance", "share"), [(Stance.POPULATION_FIRST, 1.0), (Stance.INSTITUTIONAL, 0.0)])
def test_everyone_asks_one_question_throughout(stance, share):
    bound = run_ensemble(with_everyone(load_scenario("scenarios/two-trusts.yaml"), stance), replicates=2, seed=1)
    assert (bound["population_first"] == share).all()


@pytest.mark.unit
def test_the_gap_lies_between_the_bounds():
    place = load_scenario("scenarios/two-trusts.yaml")
    best, worst = (
        run_ensemble(with_everyone(place, stance), replicates=20, seed=1)["gap"][:, -1]
        for stance in (Stance.POPULATION_FIRST, Stance.INSTITUTIONAL)
    )
    gap = run_ensemble(place, replicates=20, seed=1)["gap"][:, -1]
    assert best.mean() < gap.mean() < worst.mean()
