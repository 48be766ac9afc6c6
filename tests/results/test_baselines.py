"""What each design is compared with is read as it was planned; another baseline is damage."""

import shutil
from dataclasses import replace

import pytest

from simulation import load_results
from simulation.execution.plan import plan_batch
from simulation.execution.record import record_of
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Variant
from simulation.results.batch.baselines import find_wrong_baselines
from simulation.results.batch.errors import DamagedResultsError
from simulation.results.batch.manifest import DESIGNS, Manifest, designs_to_parquet
from simulation.results.digests import digest_of
from simulation.scenario.schema import Scenario
from tests.execution.small import experiment, run, small_plan
from tests.execution.test_read_back import variants
from tests.places import place

pytestmark = pytest.mark.unit

BOTH = variants(("none", "none"), ("menu", "menu"))
MENU = variants(("menu", "menu"))
VARY = {"parameters.trust_rule": ("linear", "confirmatory"), "levers.menu_framing.strength": (0.0, 0.5, 1.0)}
CHOICE = ("levers.menu_framing.strength",)
BETWEEN = {"parameters.owned_realisation": (0.5, 0.9), "parameters.unowned_realisation": (0.3, 0.8)}
PLANS = {
    "compared": {"variants": BOTH},
    "grid": {"vary": VARY, "variants": BOTH},
    "grid of choices": {"vary": VARY, "variants": MENU, "choices": CHOICE},
    "one at a time": {"vary": VARY, "variants": BOTH, "design": "one-at-a-time"},
    "random": {"vary": VARY, "variants": BOTH, "design": "random", "points": 9},
    "random choices": {"vary": VARY, "variants": MENU, "choices": CHOICE, "design": "random", "points": 9},
    "random choices of two": {"vary": VARY, "variants": BOTH, "choices": CHOICE, "design": "random", "points": 9},
    "sobol": {"vary": BETWEEN, "variants": BOTH, "design": "sobol", "points": 4},
    "morris": {"vary": BETWEEN, "variants": BOTH, "design": "morris", "points": 4},
}


@pytest.mark.parametrize("asked", PLANS.values(), ids=PLANS)
def test_what_was_planned_is_right_and_a_design_of_another_scenario_is_not(asked, tmp_path):
    plan = small_plan(**asked)
    record = record_of(tmp_path / "batch", plan)
    assert [*find_wrong_baselines(plan.designs, record)] == []
    last = plan.designs[-1]
    assert last.baseline is not None
    for wrong in (last.number, last.number + 1, -1):
        forged = (*plan.designs[:-1], replace(last, baseline=wrong))
        assert [design.number for design in find_wrong_baselines(forged, record)] == [last.number]


@pytest.mark.parametrize("held", [{"unowned_realisation": 0.7}, {"owned_realisation": 0.65}, {"opening_trust": 0.5}])
@pytest.mark.parametrize("first", [True, False], ids=["the first", "the second"])
def test_what_one_scenario_holds_makes_no_baseline_wrong(held, first, tmp_path):
    """Where a scenario holds what is realised without ownership, what is realised with it is at least that there."""
    scenarios = [Scenario.model_validate(place(months=6, parameters=each)) for each in ({}, held)]
    both = zip(("as it stands", "held"), scenarios if not first else reversed(scenarios), strict=True)
    asked = experiment(
        variants=tuple(Variant(name=name, scenario=each) for name, each in both),
        replicates=1,
        assumptions=AssumptionSample(points=32, replicates=1),
    )
    plan = plan_batch(next(each for each in supporting_experiments(asked) if each.supporting == "assumptions"))
    assert sum(design.baseline is not None for design in plan.designs) >= 32
    assert [*find_wrong_baselines(plan.designs, record_of(tmp_path / "batch", plan))] == []


@pytest.mark.parametrize("kind", ["random", "random choices"])
def test_a_design_is_compared_at_its_own_drawn_point(kind, tmp_path):
    plan = small_plan(**PLANS[kind])
    compared = [each for each in plan.designs if each.baseline is not None]
    moved = [replace(each, baseline=(each.baseline + 1) % 9) for each in compared]
    forged = [*plan.designs[: -len(moved)], *moved]
    assert [*find_wrong_baselines(forged, record_of(tmp_path / "batch", plan))] == moved


def test_a_forged_baseline_is_refused_by_readers(tmp_path):
    third = (*BOTH, *variants(("goal", "goal")))
    plan = small_plan(variants=third, replicates=4)
    run(plan, tmp_path / "batch")
    folder = shutil.copytree(tmp_path / "batch", tmp_path / "forged")
    designs = [replace(each, baseline=1) if each.number == 2 else each for each in plan.designs]
    (folder / DESIGNS).write_bytes(designs_to_parquet(designs, ()))
    manifest = Manifest.read(folder)
    replace(manifest, files={name: digest_of(folder / name) for name in manifest.files}).write(folder)
    with pytest.raises(
        DamagedResultsError, match=r"designs\.parquet compares design 2 with 1, which isn't its baseline"
    ):
        load_results(folder)
