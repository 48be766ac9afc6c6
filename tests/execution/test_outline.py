"""The size of a batch, without planning every design of it."""

import pytest

from simulation.execution.estimate import estimate_batch
from simulation.execution.outline import outline_batch
from simulation.execution.plan import TooManyDesignsError, plan_batch
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.loading import load_experiment
from simulation.experiment.schema import Variant
from simulation.scenario.problems import ScenarioError
from tests.execution.small import TWO_TRUSTS, experiment, run
from tests.places import SCENARIOS

EXPERIMENTS = SCENARIOS / "experiments"
TWENTY = tuple(each / 20 for each in range(1, 21))


@pytest.mark.unit
@pytest.mark.parametrize("file", ["package-or-parts.yaml", "loss-ratio-and-trust-rule.yaml", "early-or-late.yaml"])
def test_an_outline_counts_the_designs_that_a_plan_has(file, tmp_path):
    asked = load_experiment(EXPERIMENTS / file)
    for each in (asked, *supporting_experiments(asked)):
        outline, plan = outline_batch(each, tmp_path / "none"), plan_batch(each)
        assert outline.designs == len(plan.designs)
        assert outline.replicates == plan.replicates
        assert set(outline.plan.designs) <= set(plan.designs)


@pytest.mark.unit
def test_so_it_does_of_all_supporting_runs(tmp_path):
    asked = load_experiment(EXPERIMENTS / "ways-to-close-a-gap.yaml")
    for each in supporting_experiments(asked):
        outline = outline_batch(each, tmp_path / "none")
        if outline.designs < 5_000:
            assert outline.designs == len(plan_batch(each).designs)
        else:
            assert len(outline.plan.designs) == 8  # the rest is counted alone


@pytest.mark.unit
def test_designs_that_stand_for_many_are_evenly_apart(tmp_path):
    outline = outline_batch(experiment({"parameters.loss_ratio": TWENTY}), tmp_path / "none")
    assert [each.number for each in outline.plan.designs] == [0, 2, 5, 7, 10, 12, 15, 17]


@pytest.mark.unit
def test_equal_designs_are_counted_once(tmp_path):
    outline = outline_batch(experiment({"parameters.loss_ratio": (1, 2, 2, 1)}), tmp_path / "none")
    assert outline.designs == 2


@pytest.mark.unit
def test_contradictions_are_found_though_nothing_is_run(tmp_path):
    scenario = Variant(name="as it is", scenario=TWO_TRUSTS).with_values({"levers.coaching.strength": 1.0})
    vary = {"levers.coaching.from": ("2024-06", "2024-10"), "levers.coaching.until": ("2024-08", "2024-12")}
    asked = experiment(vary, variants=(Variant(name="coached", scenario=scenario),))
    with pytest.raises(ScenarioError):
        outline_batch(asked, tmp_path / "none")


@pytest.mark.unit
def test_too_many_designs_are_refused_before_any_is_listed(tmp_path):
    many = {f"parameters.{name}": TWENTY for name in ("loss_ratio", "efficiency_rate", "bias", "dread", "calm")}
    with pytest.raises(TooManyDesignsError, match="3,200,000 designs"):
        outline_batch(experiment(many), tmp_path / "none")


@pytest.mark.unit
def test_what_was_run_before_is_not_estimated_again(tmp_path):
    asked = experiment({"parameters.loss_ratio": TWENTY}, replicates=16)
    before = estimate_batch(outline_batch(asked, tmp_path / "out"), tmp_path / "out", 1)
    run(plan_batch(experiment({"parameters.loss_ratio": TWENTY[:10]}, replicates=16)), tmp_path / "out")
    after = estimate_batch(outline_batch(asked, tmp_path / "out"), tmp_path / "out", 1)
    assert (before.replicates, before.done) == (320, 0)
    assert (after.replicates, after.done) == (320, 160)
