"""One process that runs for days: its memory doesn't grow with what it has run."""

import gc
import tracemalloc
from itertools import pairwise

import pytest

from simulation import load_scenario, run_ensemble
from simulation.execution.evaluation import set_values
from simulation.execution.plan import plan_batch
from simulation.execution.tasks import simulate
from simulation.experiment.schema import Experiment, Factor, Values, Variant
from tests.places import SCENARIOS

pytestmark = pytest.mark.unit

REPLICATES = 200
"""Replicates of a turn; their results take half a megabyte."""

FEW, MANY, LAST = 3, 30, 57
GROWTH = 250_000
"""Bytes: less than half the results of one turn, of which 27 more were made."""


@pytest.fixture(scope="module")
def place():
    return load_scenario(SCENARIOS / "two-trusts.yaml")


def growth_of(turn):
    """Return by how many bytes the memory in use grew over many turns, the less of two times.

    What is kept of each turn grows each time; a table of the interpreter that doubles does so once.
    """
    tracemalloc.start()
    try:
        sizes = [_size_after(turn, numbers) for numbers in (range(FEW), range(FEW, MANY), range(MANY, LAST))]
        return min(after - before for before, after in pairwise(sizes))
    finally:
        tracemalloc.stop()


def _size_after(turn, numbers):
    for number in numbers:
        turn(number)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_runs_of_many_places_leave_nothing_behind(place):
    def turn(number):
        changed = set_values(place, {"coaching": number / LAST})
        ensemble = run_ensemble(changed, replicates=REPLICATES, seed=number, engine="compiled")
        assert ensemble.system.nbytes > 2 * GROWTH
        ensemble.to_pandas()

    assert growth_of(turn) < GROWTH


def test_a_worker_keeps_nothing_of_its_tasks(place):
    strengths = Values(values=tuple(number / LAST for number in range(LAST)))
    plan = plan_batch(
        Experiment(
            name="long",
            title="Long",
            seed=1,
            replicates=REPLICATES,
            variants=(Variant(name="coached", scenario=place),),
            factors=(Factor(address="levers.coaching.strength", values=strengths),),
        )
    )
    assert growth_of(lambda number: simulate(plan.task([plan.designs[number]], 0, REPLICATES))) < GROWTH
