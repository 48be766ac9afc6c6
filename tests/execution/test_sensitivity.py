"""Sensitivity runs: what they vary, that they are batches like any other, and that their indices are kept."""

import json
from dataclasses import replace

import pytest

from simulation.execution.plan import plan_batch
from simulation.execution.sensitivity import SensitivityError, sensitivity_experiment, write_indices
from simulation.execution.status import read_status
from simulation.execution.verification import verify_results
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Variant
from simulation.parameters import TABLE
from simulation.results.batch.errors import DamagedResultsError
from simulation.results.batch.opened import Batch
from simulation.results.batch.readback import last_values
from simulation.results.indices import Sensitivity
from simulation.results.load import load_comparison
from simulation.scenario.what_if import with_levers
from tests.execution.small import TWO_TRUSTS, experiment, run

pytestmark = pytest.mark.unit

COACHED = with_levers(TWO_TRUSTS, coaching=1.0)


def two(**changes):
    variants = (Variant(name="as it is", scenario=TWO_TRUSTS), Variant(name="coached", scenario=COACHED))
    return experiment(variants=variants, replicates=7, **changes)


def made(tmp_path, method="morris", points=8, replicates=3, asked=None):
    supporting = sensitivity_experiment(asked or two(), method, points=points, replicates=replicates)
    plan, folder = plan_batch(supporting), tmp_path / supporting.supporting_folder
    run(plan, folder)
    return folder, plan, write_indices(folder, plan, method)


def test_every_choice_is_run_at_every_point_of_the_ranges():
    found = sensitivity_experiment(two(), "sobol")
    assert [each.name for each in found.variants] == ["as it is", "coached"]
    assert [each.address for each in found.factors] == [f"parameters.{row.name}" for row in TABLE]
    assert (found.design, found.points, found.replicates) == ("sobol", 256, 4)
    assert (found.supporting_folder, found.detail, found.assumptions) == ("sensitivity-sobol", (), None)


def test_all_points_have_the_same_random_events_so_that_a_replicate_stands_for_chance():
    for method in ("sobol", "morris", "pawn"):
        plan = plan_batch(sensitivity_experiment(two(), method))
        assert {design.point for design in plan.designs} == {None}


def test_the_ranges_are_those_of_the_experiments_assumptions():
    stretched = sensitivity_experiment(two(assumptions=AssumptionSample(stretch=1.5)), "pawn")
    low, high = TABLE[0].stretched(1.5)
    assert (stretched.factors[0].values.low, stretched.factors[0].values.high) == (low, high)
    assert stretched.stretch == 1.5
    with_place = sensitivity_experiment(two(assumptions=AssumptionSample(place=True)), "pawn")
    assert any(each.address.startswith("within.") for each in with_place.factors)


def test_a_scenario_with_levers_is_compared_with_the_place_without():
    alone = experiment(variants=(Variant(name="coached", scenario=COACHED),), is_scenario=True)
    assert [each.name for each in sensitivity_experiment(alone, "morris").variants] == [
        "no joint action",
        "joint action",
    ]
    without = experiment(is_scenario=True)
    assert [each.name for each in sensitivity_experiment(without, "morris").variants] == ["as it is"]


@pytest.mark.parametrize(
    ("method", "points", "message"),
    [
        ("sobol", 100, r"needs a power of 2 as its number of points, such as 256 \(given: 100\)"),
        ("sobol", 2, r"sobol needs 4 points or more \(given: 2\)"),
        ("morris", 3, r"morris needs 4 trajectories or more \(given: 3\)"),
        ("pawn", 99, r"pawn needs 100 points or more \(given: 99\)"),
    ],
)
def test_samples_that_a_method_cannot_use_are_refused(method, points, message):
    with pytest.raises(SensitivityError, match=message):
        sensitivity_experiment(two(), method, points=points)


def test_an_experiment_that_varies_something_is_refused():
    varied = experiment({"parameters.exposure": (0.1, 0.5)})
    with pytest.raises(SensitivityError, match="it varies numbers itself"):
        sensitivity_experiment(varied, "morris")


@pytest.mark.parametrize(("method", "points"), [("sobol", 4), ("morris", 4)])
def test_outcomes_are_those_of_each_choice_and_of_differences(tmp_path, method, points):
    _, _, found = made(tmp_path, method, points, replicates=2)
    named = [(each.quantity, each.choice, each.against) for each in found.outcomes]
    one = [("as it is", ""), ("coached", ""), ("coached", "as it is")]
    assert named == [(quantity, *each) for quantity in ("gap", "position") for each in one]
    own, other, difference = (found.outcome("gap", *each) for each in one)
    assert difference.mean == pytest.approx(other.mean - own.mean)
    assert {each.factor for each in own.parameters} == {f"parameters.{row.name}" for row in TABLE}
    main = [each.values[found.main] for each in own.parameters]
    assert main == sorted(main, reverse=True)


def test_a_choice_that_is_alone_has_its_own_outcomes(tmp_path):
    _, _, found = made(tmp_path, "pawn", 100, replicates=2, asked=experiment())
    assert [(each.quantity, each.choice, each.against) for each in found.outcomes] == [
        ("gap", "as it is", ""),
        ("position", "as it is", ""),
    ]
    first = found.outcomes[0].parameters[0]
    assert (set(first.values), first.is_clear) == ({"pawn"}, first.values["pawn"] > first.dummy)


def test_the_closest_call_is_among_the_differences(tmp_path):
    variants = (*two().variants, Variant(name="more", scenario=with_levers(TWO_TRUSTS, coaching=1.0, gain_share=1.0)))
    _, _, found = made(tmp_path, asked=replace(two(), variants=variants))
    pairs = {(each.choice, each.against) for each in found.outcomes if each.quantity == "gap" and each.against}
    own = {each.choice: each.mean for each in found.outcomes if each.quantity == "gap" and not each.against}
    assert pairs >= {("coached", "as it is"), ("more", "as it is")}
    best, second = sorted(own, key=own.get)[:2]
    assert (best, second) in pairs or (second, best) in pairs


@pytest.mark.parametrize("stretch", [0.5, 1.0])
def test_a_step_of_morris_counts_by_the_part_of_the_range_that_the_number_moved(tmp_path, stretch):
    """Trust rule: its whole range. Months of an order: half of theirs, and nothing where only two months are left."""
    asked = two(assumptions=AssumptionSample(stretch=stretch))
    folder, plan, found = made(tmp_path, asked=asked)
    outcome = found.outcome("gap", "as it is", "")
    rule = next(each for each in outcome.parameters if each.factor == "parameters.trust_rule")
    at = plan.experiment.addresses.index("parameters.trust_rule")
    own = [design for design in plan.designs if design.variant == "as it is"]
    gaps = last_values(Batch.open(folder), ["gap"], 3).reshape(2, len(own), 3)[0].mean(axis=1)
    changes = [
        abs(gaps[n + 1] - gaps[n])
        for n in range(len(own) - 1)
        if (n + 1) % (len(plan.experiment.factors) + 1) and own[n].values[at] != own[n + 1].values[at]
    ]
    assert len(changes) == 8
    assert rule.values["mu_star"] == pytest.approx(sum(changes) / 8)


def test_a_sensitivity_run_is_a_batch_that_is_resumed_checked_and_run_again(tmp_path):
    folder, plan, found = made(tmp_path)
    again = run(plan, folder)
    assert (again.new, again.complete) == (0, True)
    assert write_indices(folder, plan, "morris") == found
    status = read_status(folder)
    assert (status.replicates, status.manifest.supporting) == (plan.replicates, "sensitivity-morris")
    assert Sensitivity.read(folder / "indices-morris.json") == found
    checked = verify_results(folder, seed=1)
    assert (checked.is_whole, checked.record.differences, len(checked.record.drawn)) == (True, 0, 32)


def test_more_replicates_are_added_to_those_that_are_there(tmp_path):
    folder, plan, _ = made(tmp_path, replicates=2)
    supporting = replace(plan.experiment, replicates=3)
    more = plan_batch(supporting)
    done = run(more, folder)
    assert done.new == len(plan.designs)
    assert write_indices(folder, more, "morris").replicates == 3


def test_changed_indices_are_damage(tmp_path):
    folder, plan, _ = made(tmp_path)
    path = folder / "indices-morris.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["outcomes"][0]["chance"] = 0.0
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(DamagedResultsError, match=r"indices-morris\.json was changed after it was written"):
        Sensitivity.read(path)
    with pytest.raises(DamagedResultsError, match=r"indices-morris\.json was changed"):
        write_indices(folder, plan, "morris")
    run(plan, folder)
    assert write_indices(folder, plan, "morris").outcomes


def test_the_experiments_results_have_the_indices_of_their_own_seed_and_scenarios(tmp_path):
    _, _, found = made(tmp_path)
    run(plan_batch(two()), tmp_path)
    read = load_comparison(tmp_path).sensitivity
    assert read == (found,)
    other = tmp_path / "other"
    made(other, asked=replace(two(), seed=2))
    run(plan_batch(two()), other)
    assert load_comparison(other).sensitivity == ()
    path = tmp_path / "sensitivity-morris/indices-morris.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"gap"', '"position"', 1), encoding="utf-8")
    with pytest.raises(DamagedResultsError, match=r"run the same `trustsim sensitivity` again"):
        load_comparison(tmp_path)


def test_the_experiments_own_batch_goes_beside_its_sensitivity_runs(tmp_path):
    made(tmp_path)
    done = run(plan_batch(two()), tmp_path)
    assert done.complete
    assert read_status(tmp_path).replicates == 14
