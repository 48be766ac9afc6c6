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


NO_POOLS = {name: {"role": role, "income": 100.0} for name, role in (("a", "commissioner"), ("b", "provider"))}
BY_BLOCK = {"deal": {"commissioner": "a", "provider": "b", "amount": 80.0}}  # left out, of a provider that is not acute
UNUSED = {
    "an order that nobody gives": ("eight-weeks", {}),
    "an order without strength": ("eight-weeks", {"levers": {"top_down_instruction": {"strength": 0, "cost": 1}}}),
    "coaching without strength": ("coaching", {"levers": {"coaching": {"strength": 0, "cost": 1}}}),
    "coaching after the last month": ("coaching", {"levers": {"coaching": {"strength": 1, "from": "2030-04"}}}),
    "own savings that nobody has": ("ward-32", {"organisations": NO_POOLS}),
    "pools that nobody has": ("savings-already-made", {"organisations": NO_POOLS}),
    "a tariff that no contract has": ("my-budget", {"contracts": BY_BLOCK}),
}


@pytest.mark.parametrize(("name", "changes"), UNUSED.values(), ids=UNUSED)
@pytest.mark.parametrize("points", [0, 2])
def test_a_mechanism_that_nothing_sets_off_is_not_in_use(name, changes, points):
    """Its switch changes a number that no rule reads there, so that there is nothing to compare."""
    (claim,) = find_claims(name)
    subject = scenario(place(months=12, **changes))
    finding = WithAndWithout(scenario=subject, replicates=2, points=points, seed=5).without(claim)
    assert (finding.verdict, finding.effects) == (Verdict.ABSENT, ())


def test_a_mechanism_that_is_in_use_is_compared():
    (claim,) = find_claims("eight-weeks")
    ordered = scenario(place(months=12, levers={"top_down_instruction": {"strength": 1}}))
    finding = WithAndWithout(scenario=ordered, replicates=20, points=0, seed=5).without(claim)
    assert finding.verdict is Verdict.SHOWN
    (budget,) = find_claims("my-budget")
    assert compared(replicates=2).without(budget).effects  # paid as shared, which is not as a block


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_every_claim_can_be_switched_off_in_a_small_place(claim):
    finding = compared(points=2, replicates=2).without(claim)
    assert finding.effects == () or [each.outcome for each in finding.effects] == list(Outcome)
