"""Charts of a single simulated run: chance is not shown, and uncertain assumptions are where they were varied."""

from dataclasses import replace
from functools import cache

import pytest

from simulation import run_comparison
from simulation.charts import CHARTS
from simulation.charts.catalogue import OF_COMPARISONS
from simulation.scenario.schema import Scenario
from tests.charts.conftest import PLACES, varied_of

pytestmark = pytest.mark.unit

SHOW_ASSUMPTIONS = (
    *("chance", "money", "who_gains", "paired_difference", "gap_over_time", "trust_over_time"),
    *("bridge", "question_mix", "observed_trust", "reported"),
)
"""Charts that show what uncertain assumptions do."""


@cache
def one_run(*, varied):
    """Return one simulated run of a place with observed numbers, as it is and with a lever."""
    plain = PLACES["observed"]
    levers = {"levers": {"coaching": {"strength": 1.0, "cost": 0.6}}}
    read = {name: Scenario.model_validate(plain | more) for name, more in (("as it is", {}), ("coached", levers))}
    one, several = (run_comparison(read, replicates=many, seed=1, supporting_runs=many > 1) for many in (1, 8))
    cases = tuple(
        replace(case, study=replace(case.study, assumptions=other.study.assumptions if varied else None))
        for case, other in zip(one.cases, several.cases, strict=True)
    )
    return replace(one, cases=cases, made="2026-01-01")


@pytest.mark.parametrize("name", SHOW_ASSUMPTIONS)
@pytest.mark.parametrize("varied", [True, False])
def test_a_note_says_that_assumptions_are_not_varied_only_where_they_are_not(name, varied):
    results = one_run(varied=varied)
    note = CHARTS[name](results if name in OF_COMPARISONS else results.studies["coached"]).note
    assert "One simulated run, so chance is not shown" in note
    assert ("assumptions are not varied" in note) != varied
    assert ("uncertain assumptions" in note) == varied


def test_chance_is_averaged_over_only_where_a_point_has_several_runs():
    found = varied_of(next(iter(PLACES)), 8, "sobol")
    several, one = CHARTS["drivers"](found), CHARTS["drivers"](replace(found, replicates=1))
    assert "Chance is averaged over the 8 simulated runs of each point; what is left of it is in the sh" in several.note
    assert "Chance is not averaged over: each point has one simulated run" in one.note
