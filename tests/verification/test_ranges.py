"""How far the order of scenarios depends on assumptions: points at which one is better, by stretch of the ranges."""

import numpy as np
import pytest

from simulation.analysis.claims import MATERIAL
from simulation.execution.assumptions import sample_assumptions
from simulation.experiment.claims import Outcome
from simulation.formatting import parts_of_hundred
from simulation.model.run import run_designs
from simulation.scenario.loading import load_scenario
from tests.places import SCENARIOS
from tests.verification.documents import WRITE, check_or_write, in_markdown
from tests.verification.test_patterns import BOTH, FULL, HALF, IN_WORDS, INSTRUCTION, LIFTED, NO_JOINT_ACTION
from tests.verification.variants import AT_EACH_POINT, SEED

pytestmark = pytest.mark.verification

POINTS = 1000
STRETCHES = (1.0, 1.5, 2.0)
WORDS = IN_WORDS | {BOTH: "half and instruction", LIFTED: "half and instruction for two months"}
PAIRS = (
    (INSTRUCTION, NO_JOINT_ACTION),
    (HALF, NO_JOINT_ACTION),
    (HALF, INSTRUCTION),
    (FULL, NO_JOINT_ACTION),
    (FULL, INSTRUCTION),
    (BOTH, HALF),
    (LIFTED, HALF),
)
OUTCOMES = {Outcome.GAP: "gap", Outcome.POSITION: "cumulative_position"}


@pytest.fixture(scope="module")
def means():
    """The mean of each outcome at each point, by scenario and stretch."""
    return {(name, stretch): means_of(name, stretch) for name in WORDS for stretch in STRETCHES}


def means_of(name, stretch):
    """The mean over two replicates of each outcome, `[point]`."""
    rows = sample_assumptions(POINTS, SEED, stretch)
    place = load_scenario(SCENARIOS / f"{name}.yaml")
    each = [
        [ensemble[column][:, -1].mean() for column in OUTCOMES.values()]
        for ensemble in run_designs(
            rows, replicates=AT_EACH_POINT, seed=SEED, points=range(POINTS), place=place, engine="compiled"
        )
    ]
    return dict(zip(OUTCOMES, np.array(each).T, strict=True))


def test_ranges(means, request):
    """In how many of 100 points the first is better by more than £1m, within £1m, and worse."""
    rows = [
        (
            f"{WORDS[one]} against {WORDS[other]}",
            outcome.value,
            *(counts(means[one, stretch][outcome] - means[other, stretch][outcome], outcome) for stretch in STRETCHES),
        )
        for one, other in PAIRS
        for outcome in OUTCOMES
    ]
    table = in_markdown(("Compared", "By", *(f"Stretch {stretch:g}" for stretch in STRETCHES)), rows)
    print(f"\n\n{POINTS} points, {AT_EACH_POINT} replicates each, seed {SEED}.\n\n{table}\n", flush=True)
    check_or_write("docs/patterns.md", "ranges", table, write=request.config.getoption(WRITE, default=False))


def counts(differences, outcome):
    """Better, within and worse, of 100: a smaller gap is better, and a larger position."""
    better = -differences if outcome is Outcome.GAP else differences
    material = MATERIAL[outcome]
    parts = (better > material).sum(), (abs(better) <= material).sum(), (better < -material).sum()
    return " / ".join(parts_of_hundred([int(part) for part in parts]))
