"""SALib: its ProblemSpec samples the ranges of the table, evaluates them on a place, and analyses the outcomes."""

import numpy as np
import pytest

from simulation import load_comparison, run_ensemble, salib_function, salib_problem
from simulation.analysis.outcomes import outcomes_of
from simulation.analysis.sensitivity import drivers
from simulation.execution.assumptions import assumption_factors
from simulation.execution.evaluation import set_values
from simulation.execution.plan import plan_batch
from simulation.experiment.schema import Experiment, Variant
from simulation.parameters import TABLE
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_levers, with_parameters
from tests.ecosystem.tools import ROOT, tool, two_trusts
from tests.execution.small import run

SALib = tool("SALib")

pytestmark = pytest.mark.e2e

NAMES = ("exposure", "opening_trust", "trust_rule", "mobilisation", "contract_saving")
POINTS, REPLICATES = 16, 8


def test_a_problem_has_the_ranges_of_the_table():
    problem = salib_problem()
    assert problem["num_vars"] == len(TABLE) == len(problem["names"])
    bounds = dict(zip(problem["names"], problem["bounds"], strict=True))
    assert bounds["exposure"] == [0.1, 0.5]
    assert bounds["mobilisation"] == [-0.5, 12.5]
    assert salib_problem(["coaching", "exposure"])["bounds"] == [[0.0, 1.0], [0.1, 0.5]]


def test_problem_spec_finds_the_drivers_that_an_experiment_finds(tmp_path):
    place = two_trusts()
    spec = SALib.ProblemSpec(salib_problem(NAMES))
    function = salib_function(place, spec, replicates=REPLICATES)
    spec.sample_sobol(POINTS, calc_second_order=False, seed=1).evaluate(function)
    spec.analyze_sobol(calc_second_order=False, seed=1)
    total, first = spec.to_df()
    factors = {each.address: each for each in assumption_factors()}
    experiment = Experiment(
        name="drivers",
        title="Drivers",
        seed=1,
        replicates=REPLICATES,
        variants=(Variant(name="place", scenario=place),),
        factors=tuple(factors[f"parameters.{name}"] for name in NAMES),
        design="sobol",
        points=POINTS,
    )
    run(plan_batch(experiment), tmp_path)
    own = {each.factor.split(".")[1]: each for each in drivers(load_comparison(tmp_path)).drivers}
    assert {name: each.total for name, each in own.items()} == pytest.approx(total["ST"].to_dict())
    assert {name: each.first for name, each in own.items()} == pytest.approx(first["S1"].to_dict())
    assert own["contract_saving"].total < own["opening_trust"].total


def test_a_point_is_the_place_with_these_levers_and_parameters():
    place = two_trusts()
    function = salib_function(
        place, salib_problem(["coaching", "exposure", "trust_rule"]), outcomes=("gap", "trust"), replicates=4, seed=3
    )
    found = function(np.array([[0.7, 0.25, 1.2], [0.0, 0.4, -0.3]]))
    plain = place.model_dump(mode="json", by_alias=True, exclude_none=True)
    for row, coaching, exposure, rule in zip(found, (0.7, 0), (0.25, 0.4), ("confirmatory", "linear"), strict=True):
        changed = Scenario.model_validate(plain | {"parameters": {"exposure": exposure, "trust_rule": rule}})
        ensemble = run_ensemble(with_levers(changed, coaching=coaching or None), replicates=4, seed=3)
        assert row.tolist() == [ensemble["gap"][:, -1].mean(), ensemble["trust"][:, -1].mean()]


@pytest.mark.filterwarnings("ignore:Parallel evaluation is an experimental feature")
def test_workers_of_salib_evaluate_to_the_same_bits():
    problem = salib_problem(["exposure", "coaching"])
    function = salib_function(ROOT / "scenarios/two-trusts.yaml", problem, replicates=2)
    one, two = SALib.ProblemSpec(problem), SALib.ProblemSpec(problem)
    one.sample_latin(12, seed=2).evaluate(function)
    two.sample_latin(12, seed=2).evaluate(function, nprocs=2)
    assert np.array_equal(one.results, two.results)


def test_morris_of_salib_screens_levers():
    """The shared goal brings both to the population's question; leadership stability hardly matters in two years."""
    problem = salib_problem(["superordinate_goal", "leadership_stability", "celebration"])
    spec = SALib.ProblemSpec(problem)
    spec.sample_morris(8, seed=1).evaluate(salib_function(two_trusts(), problem, outcomes="population_first"))
    effects = dict(zip(problem["names"], spec.analyze_morris(seed=1).analysis["mu_star"], strict=True))
    assert max(effects, key=effects.get) == "superordinate_goal"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"exposre": 0.3}, "no lever or parameter 'exposre'; did you mean exposure"),
        ({"coaching": 1.5}, r"strength of coaching must be from 0 to 1 \(given: 1.5\)"),
        ({"exposure": 3}, r"exposure must be from 0 to 2 \(given: 3\)"),
        ({"trust_rule": 2}, r"trust_rule must be 0 \(linear\) or 1 \(confirmatory\) \(given: 2\)"),
    ],
)
def test_a_value_that_cannot_be_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        set_values(two_trusts(), values)


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="no parameter or lever 'opening_trst'; did you mean opening_trust"):
        salib_problem(["opening_trst"])
    with pytest.raises(ValueError, match="name one parameter or lever at least"):
        salib_problem([])
    with pytest.raises(ValueError, match="no outcome 'gaps'; did you mean gap"):
        salib_function(two_trusts(), salib_problem(["exposure"]), outcomes=("gaps",))


def test_outcomes_are_those_of_the_summary():
    ensemble = run_ensemble(two_trusts(), replicates=3, seed=1)
    found = outcomes_of(ensemble)
    assert found["position"] == ensemble["cumulative_position"][:, -1].mean()
    assert found["population_first"] == pytest.approx(np.nanmean(ensemble["population_first"][:, -6:]))
    assert found["worst_off"] < 0


def test_a_problem_of_a_place_leaves_out_what_it_sets_itself_unless_it_is_named():
    place = with_parameters(two_trusts(), loss_ratio=2.5)
    every = salib_problem()["names"]
    assert salib_problem(place=place)["names"] == [each for each in every if each != "loss_ratio"]
    assert salib_problem(["loss_ratio"], place=place)["names"] == ["loss_ratio"]
