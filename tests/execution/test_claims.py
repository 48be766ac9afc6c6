"""Scenarios with and without a mechanism: what is run, and that it is run under the same random events."""

import numpy as np
import pytest

from simulation.analysis.claims import Verdict
from simulation.execution.assumptions import sample_assumptions
from simulation.execution.claims import WithAndWithout
from simulation.experiment.claims import CLAIMS, Outcome, find_claims
from simulation.model.run import run_designs, run_ensemble
from tests.places import place, scenario

pytestmark = pytest.mark.unit

SUBJECT = scenario(place(levers={"menu_framing": {"strength": 1}}, months=24))


def compared(points=0, replicates=20):
    return WithAndWithout(scenario=SUBJECT, replicates=replicates, points=points, seed=5)


def test_differences_are_those_of_two_runs_on_one_seed():
    (menu,) = find_claims("menu")
    finding = compared().without(menu)
    with_it, without_it = (
        run_ensemble(subject, replicates=20, seed=5, engine="mesa")["gap"][:, -1]
        for subject in (SUBJECT, scenario(place(months=24)))
    )
    gap = finding.judged
    assert gap.outcome is Outcome.GAP
    assert (gap.mean_with, gap.mean_without) == (with_it.mean(), without_it.mean())
    assert gap.difference.mean == pytest.approx((without_it - with_it).mean())
    assert gap.over_ranges is None


def test_over_the_ranges_the_switch_acts_on_every_point():
    """Without any gain of trust at 8 points of the ranges; at each of them two replicates."""
    (grows,) = find_claims("trust-grows")
    over = compared(points=8).without(grows).judged.over_ranges
    rows = sample_assumptions(8, 5)

    def run_with_number(number, parameters):
        return next(run_designs([parameters], place=SUBJECT, replicates=1, first=number, seed=5, engine="mesa"))

    gaps = {
        change: np.array([
            [run_with_number(2**20 * point + replicate, each)["gap"][0, -1] for replicate in (0, 1)]
            for point, each in enumerate(rows if change == "with" else map(grows.assumptions, rows))
        ])
        for change in ("with", "without")
    }  # fmt: skip
    differences = (gaps["without"] - gaps["with"]).mean(axis=1)
    assert over.points == 8
    assert over.median == pytest.approx(np.median(differences))
    assert over.as_said == (differences >= 1).sum()


def test_what_a_scenario_does_not_use_is_not_in_use():
    (coaching,) = find_claims("coaching")[:1]
    assert compared().without(coaching).verdict is Verdict.ABSENT


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_every_claim_can_be_switched_off_in_a_small_place(claim):
    finding = compared(points=2, replicates=2).without(claim)
    assert finding.effects == () or [each.outcome for each in finding.effects] == list(Outcome)
