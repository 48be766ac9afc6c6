"""EMA Workbench: its experiments, evaluators, optimiser, PRIM and feature scoring on a place; 2.5 and 3 alike."""

import multiprocessing
import pickle
import random
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from simulation import load_scenario, run_ensemble
from simulation.analysis.outcomes import outcomes_of
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.entries import Setting
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_levers, with_parameters
from tests.ecosystem.tools import ROOT, tool, two_trusts

ema = tool("ema_workbench")

from simulation.ema import PlaceFunction, ema_model  # noqa: E402  it needs the tool

pytestmark = pytest.mark.e2e

NEWER = not ema.__version__.startswith("2.")
"""True from EMA Workbench 3 on, whose PRIM and optimiser take other arguments."""

DRAWN: dict[str, Any] = (
    {"uncertainty_sampling_kwargs": {"rng": 1}, "lever_sampling_kwargs": {"rng": 2}} if NEWER else {}
)
"""The seeds of its samples from 3 on; 2.5 draws from the generators that `same_draws` seeds."""

LEVERS = ("coaching", "payment_reform", "superordinate_goal")
PARAMETERS = ("exposure", "trust_rule", "mobilisation", "owned_realisation", "unowned_realisation")


@pytest.fixture(autouse=True, scope="module")
def same_draws():
    random.seed(1)
    np.random.seed(1)  # EMA Workbench 2.5 and scikit-learn draw from this one


def model(**changes):
    return ema_model(two_trusts(), **{"levers": LEVERS, "parameters": PARAMETERS, "replicates": 4} | changes)


def test_a_model_has_the_tables_of_the_project():
    full = ema_model(two_trusts())
    assert [each.name for each in full.levers] == list(Lever)
    assert {(each.name, each.lower_bound, each.upper_bound) for each in full.levers} == {(x, 0, 1) for x in Lever}
    assert [each.name for each in full.uncertainties] == [row.name for row in TABLE]
    by_name = {each.name: each for each in full.uncertainties}
    assert (by_name["exposure"].lower_bound, by_name["exposure"].upper_bound) == (0.1, 0.5)
    assert isinstance(by_name["mobilisation"], ema.IntegerParameter)
    assert [each.name for each in by_name["trust_rule"].categories] == ["linear", "confirmatory"]
    kinds = {each.name: each.kind for each in full.outcomes}
    assert kinds["gap"] == ema.ScalarOutcome.MINIMIZE
    assert kinds["position"] == kinds["worst_off"] == ema.ScalarOutcome.MAXIMIZE


def test_an_experiment_is_the_place_with_these_levers_and_parameters():
    with ema.SequentialEvaluator(model(series="gap", seed=7)) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=3, policies=2, **DRAWN)
    assert len(experiments) == 6
    plain = two_trusts().model_dump(mode="json", by_alias=True, exclude_none=True)
    for index, row in enumerate(experiments.to_dict("records")):
        parameters = {name: row[name] for name in PARAMETERS}
        parameters["unowned_realisation"] = min(row["unowned_realisation"], row["owned_realisation"])
        changed = Scenario.model_validate(plain | {"parameters": parameters})
        run = run_ensemble(with_levers(changed, **{name: row[name] for name in LEVERS}), replicates=4, seed=7)
        assert {name: outcomes[name][index] for name in outcomes if name != "gap_by_month"} == outcomes_of(run)
        assert outcomes["gap_by_month"][index].tolist() == run["gap"].mean(axis=0).tolist()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_find_the_same_bits(method):
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(method, force=True)
    try:
        subject = model(levers=["coaching"], replicates=2)
        with ema.MultiprocessingEvaluator(subject, n_processes=2) as evaluator:
            experiments, outcomes = evaluator.perform_experiments(scenarios=6, policies=0, **DRAWN)
    finally:
        multiprocessing.set_start_method(before, force=True)
    for index, row in enumerate(experiments.to_dict("records")):
        alone = subject.function(**{name: row[name] for name in PARAMETERS})
        assert {name: outcomes[name][index] for name in outcomes} == alone


def test_what_an_experiment_leaves_out_stays_as_it_is_in_the_place():
    place = with_levers(two_trusts(), coaching=0.5)
    with ema.SequentialEvaluator(ema_model(place, parameters=["exposure"], replicates=3)) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=2, **DRAWN)
    for index, exposure in enumerate(experiments["exposure"]):
        run = run_ensemble(with_parameters(place, exposure=exposure), replicates=3, seed=1)
        assert {name: values[index] for name, values in outcomes.items()} == outcomes_of(run)


def test_a_lever_of_the_place_keeps_its_months_and_its_cost():
    late = Setting.model_validate({"strength": 1, "from": "2025-01", "cost": 2})
    function = pickle.loads(pickle.dumps(ema_model(with_levers(two_trusts(), coaching=late), replicates=3).function))
    half = with_levers(two_trusts(), coaching=late.model_copy(update={"strength": 0.5}))
    assert isinstance(function, PlaceFunction)
    assert function(coaching=0.5) == outcomes_of(run_ensemble(half, replicates=3, seed=1))


@pytest.fixture(scope="module")
def sampled():
    """Experiments on all assumptions of the place with a shared goal."""
    place = with_levers(two_trusts(), superordinate_goal=1.0)
    with ema.SequentialEvaluator(ema_model(place, levers=(), replicates=4)) as evaluator:
        return evaluator.perform_experiments(scenarios=150, **DRAWN)


def test_feature_scoring_puts_a_known_driver_first(sampled):
    """With needed trust close to the trust at the start, the trust at the start decides what is asked."""
    from ema_workbench.analysis import feature_scoring

    experiments, outcomes = sampled
    asked = {name: outcomes[name] for name in ("trust", "population_first", "gap")}
    scores = feature_scoring.get_feature_scores_all(experiments[[row.name for row in TABLE]], asked)
    assert scores.idxmax().to_dict() == dict.fromkeys(asked, "opening_trust")


def test_prim_finds_the_box_of_high_trust(sampled):
    from ema_workbench.analysis import prim

    experiments, outcomes = sampled
    high = outcomes["trust"] > np.quantile(outcomes["trust"], 0.75)
    least = {} if NEWER else {"threshold": 0.5}
    box = prim.Prim(experiments[["exposure", "opening_trust", "contract_saving"]], high, **least).find_box()
    limits = box.box_lims[-1]
    assert limits["opening_trust"].iloc[0] > 0.3
    assert box.density > high.mean()


def test_optimise_finds_levers_that_do_better_than_none(tmp_path):
    subject = model(levers=("superordinate_goal", "menu_framing"), parameters=["exposure"])
    objectives = [each.name for each in subject.outcomes if each.kind != ema.ScalarOutcome.INFO]
    archive = {"filename": "archive.tar.gz", "directory": str(tmp_path), "rng": 1} if NEWER else {}
    with ema.SequentialEvaluator(subject) as evaluator:
        found = evaluator.optimize(nfe=100, searchover="levers", epsilons=[0.05] * len(objectives), **archive)
    found = found[0] if isinstance(found, tuple) else found
    assert found["gap"].min() < subject.function()["gap"]


def test_a_place_may_be_the_path_of_its_file():
    path = ROOT / "scenarios/two-trusts.yaml"
    assert ema_model(path, replicates=2).function() == outcomes_of(run_ensemble(path, replicates=2, seed=1))


def test_names_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="no lever 'coachin'; did you mean coaching"):
        ema_model(two_trusts(), levers=["coachin"])
    with pytest.raises(ValueError, match="no parameter 'coaching'"):
        ema_model(two_trusts(), parameters=["coaching"])
    with pytest.raises(ValueError, match="no column 'gaps'; did you mean gap"):
        ema_model(two_trusts(), series=["gaps"])


def test_without_the_workbench_the_import_says_which_extra_has_it():
    program = "import sys; sys.modules['ema_workbench'] = None; import simulation.ema"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    last = answer.stderr.splitlines()[-1]
    assert last.endswith("simulation.ema needs ema_workbench: pip install 'trust-between-trusts[ema]'")


def test_the_reference_place_runs_too():
    place = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    with ema.SequentialEvaluator(ema_model(place, levers=["coaching"], replicates=2)) as evaluator:
        _, outcomes = evaluator.perform_experiments(scenarios=3, policies=1, **DRAWN)
    assert len(set(outcomes["gap"])) == 3


def test_what_the_place_sets_itself_is_no_uncertainty_unless_it_is_named():
    place = with_parameters(two_trusts(), loss_ratio=2.5)
    names = [each.name for each in ema_model(place).uncertainties]
    assert {row.name for row in TABLE} - {*names} == {"loss_ratio"}
    assert [each.name for each in ema_model(place, parameters=["loss_ratio"]).uncertainties] == ["loss_ratio"]
