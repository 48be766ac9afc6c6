"""What a scenario sets itself is held wherever assumptions are drawn from their ranges."""

import shutil
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from simulation import best_levers, run_comparison
from simulation.analysis.assumptions import assumption_swings
from simulation.analysis.choices import choices_of, points_of
from simulation.analysis.held import held_by_all, held_in, held_words
from simulation.analysis.information import find_information
from simulation.analysis.verdict import verdict
from simulation.execution.assumptions import assumption_factors, sample_assumptions
from simulation.execution.deciding.decide import decide
from simulation.execution.deciding.outcomes import Evaluator
from simulation.execution.designs import resolve_designs
from simulation.execution.plan import plan_batch
from simulation.execution.run import RunRequest, run_scenario
from simulation.execution.sensitivity import SensitivityError, sensitivity_experiment, write_indices
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import supporting_experiments
from simulation.execution.verification import verify_results
from simulation.execution.what_matters import find_what_matters
from simulation.experiment.entries import FOR_CHARTS, AssumptionSample, Attribution
from simulation.experiment.loading import load_experiment
from simulation.experiment.schema import Variant
from simulation.model.run import run_with_parameters
from simulation.parameters import TABLE
from simulation.report.content import build_paper
from simulation.report.register import register_to_pandas
from simulation.report.workbook.book import build_sheets
from simulation.results.load import load_comparison
from simulation.results.store import fill_folder, write_run
from simulation.results.unread_parameters import unread_parameters
from simulation.scenario.held import HeldParameters, held_parameters
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_levers, with_parameters
from simulation.scenario.writing import scenario_hash
from tests.execution.small import experiment, run
from tests.places import SCENARIOS, month_after, place

pytestmark = pytest.mark.unit

PLACE = Scenario.model_validate(place(months=8))
OWN = {"efficiency_rate": 0.09, "delivery_floor": 0.5, "mobilisation": 0}
EFFICIENT = with_parameters(PLACE, **OWN)
ROWS = {row.name: row for row in TABLE}
EVERY = {row.name: int(row.default) if row.whole else row.default for row in TABLE} | {"trust_rule": "linear"}


def two(**changes):
    """The place as it is and one that differs in three parameters alone, over the ranges of all."""
    asked = {
        "assumptions": AssumptionSample(points=6, replicates=3, also_stretched=(2.0,)),
        "replicates": 5,
        "detail": FOR_CHARTS,
        "variants": (Variant(name="as it is", scenario=PLACE), Variant(name="efficient", scenario=EFFICIENT)),
    }
    return experiment(**asked | changes)


def drawn_of(asked, kind="assumptions"):
    (found,) = (each for each in supporting_experiments(asked) if each.supporting == kind)
    return found


@pytest.mark.parametrize("name", [row.name for row in TABLE if row.name != "trust_rule"])
@pytest.mark.parametrize("part", [0.0, 0.7])
def test_a_difference_in_one_parameter_is_that_of_two_places_at_each_drawn_point(name, part):
    row = ROWS[name]
    value = row.low + part * (row.high - row.low)
    value = round(value) if row.whole else value
    subject = Scenario.model_validate(place(months=8, parameters={"mobilisation": 0} if name != "mobilisation" else {}))
    changed = with_parameters(subject, **{name: value})
    asked = two(variants=(Variant(name="as it is", scenario=subject), Variant(name="changed", scenario=changed)))
    found = run_in_memory(asked, [drawn_of(asked)]).studies
    gaps = found["as it is"].assumptions["gap"], found["changed"].assumptions["gap"]
    # Over a range without width all others are drawn as before, and the parameter is set at each point.
    set_at_each = replace(
        drawn_of(replace(asked, variants=asked.variants[:1])), factors=assumption_factors(ranges={name: (value, value)})
    )
    again = run_in_memory(replace(asked, variants=asked.variants[:1]), [set_at_each]).studies["as it is"].assumptions
    assert np.array_equal(gaps[1] - gaps[0], again["gap"] - gaps[0])
    assert np.array_equal(found["changed"].assumptions.parameters[name], np.full(6, value))


def test_each_scenario_holds_what_it_sets_and_draws_the_rest_alike():
    designs = list(resolve_designs(drawn_of(two())))
    rows = sample_assumptions(6, 1)
    assert [each.scenario.resolve_parameters() for each in designs[:6]] == rows
    assert [each.scenario.resolve_parameters() for each in designs[6:]] == [row._replace(**OWN) for row in rows]
    names = [factor.address.removeprefix("parameters.") for factor in assumption_factors()]
    held = {name for name, value in zip(names, designs[6].values, strict=True) if value is None}
    assert held == set(OWN)


def test_a_scenario_that_sets_no_parameter_has_the_designs_that_it_had():
    alone = experiment(variants=two().variants[:1], assumptions=AssumptionSample(points=6, replicates=3))
    hashes = [scenario_hash(each.scenario) for each in resolve_designs(drawn_of(alone))]
    assert hashes == [scenario_hash(each.scenario) for each in resolve_designs(drawn_of(two()))][:6]


def test_what_an_experiment_varies_itself_is_set_in_every_scenario():
    asked = two(vary={"parameters.efficiency_rate": (0.02, 0.03)}, assumptions=None)
    found = [(each.variant.name, float(each.scenario.parameters.efficiency_rate)) for each in resolve_designs(asked)]
    assert found == [("as it is", 0.02), ("as it is", 0.03), ("efficient", 0.02), ("efficient", 0.03)]


@pytest.mark.parametrize(
    ("own", "drawn", "used"),
    [
        ({}, (0.8, 0.7), (0.7, 0.7)),
        ({"owned_realisation": 0.6}, (0.62, 0.9), (0.6, 0.6)),
        ({"owned_realisation": 0.9}, (0.8, 0.7), (0.8, 0.9)),
        ({"unowned_realisation": 0.74}, (0.5, 0.7), (0.74, 0.74)),
        ({"unowned_realisation": 0.5}, (0.8, 0.7), (0.5, 0.7)),
        ({"unowned_realisation": 0.5, "owned_realisation": 0.6}, (0.8, 0.7), (0.5, 0.6)),
    ],
)
def test_the_limit_of_unowned_work_never_moves_what_is_held(own, drawn, used):
    row = PLACE.resolve_parameters()._replace(unowned_realisation=drawn[0], owned_realisation=drawn[1])
    found = HeldParameters(values=own).hold(row)
    assert (found.unowned_realisation, found.owned_realisation) == used


@pytest.mark.parametrize(
    "own",
    [
        {"owned_realisation": 0.6},
        {"owned_realisation": 0.9},
        {"unowned_realisation": 0.7},
        {"unowned_realisation": 0.1},
    ],
)
@pytest.mark.parametrize("stretch", [1.0, 2.0])
def test_designs_and_samples_limit_unowned_work_alike(own, stretch):
    subject = with_parameters(PLACE, **own)
    alone = experiment(
        variants=(Variant(name="own", scenario=subject),), assumptions=AssumptionSample(points=40, stretch=stretch)
    )
    designs = [each.scenario.resolve_parameters() for each in resolve_designs(drawn_of(alone))]
    assert designs == sample_assumptions(40, 1, stretch, held=held_parameters(subject))
    assert {getattr(each, name) for each in designs for name in own} == set(own.values())


def test_a_trust_rule_is_held_too():
    subject = with_parameters(PLACE, trust_rule="confirmatory")
    alone = experiment(variants=(Variant(name="own", scenario=subject),), assumptions=AssumptionSample(points=8))
    assert {str(each.scenario.parameters.trust_rule) for each in resolve_designs(drawn_of(alone))} == {"confirmatory"}
    assert held_parameters(subject).written == {"trust_rule": "confirmatory"}
    assert held_words({"own": held_parameters(subject).written}).endswith("confirmatory.")


def test_a_verdict_counts_the_difference_between_parameters():
    found = run_comparison({"as it is": PLACE, "efficient": EFFICIENT}, replicates=32, seed=1, supporting_runs=True)
    pair = verdict(found).between("efficient", "as it is")
    assert pair.shares.better.share > 0.9
    assert held_in(found) == {
        "as it is": {},
        "efficient": {name: OWN[name] for name in held_parameters(EFFICIENT).values},
    }


def test_a_sample_that_every_scenario_holds_draws_chance_alone():
    everything = with_parameters(PLACE, **EVERY)
    alone = experiment(variants=(Variant(name="own", scenario=everything),), assumptions=AssumptionSample(points=5))
    assert [each.scenario for each in resolve_designs(drawn_of(alone))] == [everything] * 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A finished comparison of scenarios that differ in parameters alone."""
    above = tmp_path_factory.mktemp("results") / "small"
    asked = two(attribution=Attribution(first="as it is", second="efficient"))
    for each in (asked, *supporting_experiments(asked)):
        run(plan_batch(each), above / each.supporting_folder)
    return above


def test_a_batch_is_read_back_as_it_is_run_in_memory(folder):
    asked = two()
    on_disk = load_comparison(folder)
    in_memory = run_in_memory(asked, supporting_experiments(asked))
    for name in ("as it is", "efficient"):
        for found, again in [
            (on_disk.studies[name].assumptions, in_memory.studies[name].assumptions),
            (on_disk.studies[name].stretched[2.0], in_memory.studies[name].stretched[2.0]),
        ]:
            assert np.array_equal(found["gap"], again["gap"])
            assert found.parameters.keys() == again.parameters.keys()
            assert all(np.array_equal(found.parameters[each], again.parameters[each]) for each in found.parameters)
    assert {name: set(on_disk.studies["efficient"].assumptions.parameters[name]) for name in OWN} == {
        name: {value} for name, value in OWN.items()
    }
    table = pq.read_table(folder / "assumptions/designs.parquet").to_pandas().set_index("scenario")
    assert table.loc["efficient", [f"parameters.{name}" for name in OWN]].isna().all(axis=None)
    assert table.loc["as it is"].notna().drop(columns="baseline").all(axis=None)


def test_verification_runs_the_same_again(folder):
    found = verify_results(folder, replicates=500, seed=1)
    assert found.record.differences == 0
    assert {part.name for part in found.parts} >= {"assumptions", "stretched-2", "attribution-ranges"}


def test_everything_else_holds_the_parameters_of_each_end_of_an_attribution(folder):
    found = load_comparison(folder).attribution_over_ranges
    assert found.levers == ("everything_else",)
    designs = list(
        resolve_designs(
            drawn_of(two(attribution=Attribution(first="as it is", second="efficient")), "attribution-ranges")
        )
    )
    rows = sample_assumptions(6, 1)
    assert [each.scenario.resolve_parameters() for each in designs] == [*rows, *(row._replace(**OWN) for row in rows)]
    assert (found.gaps[:, 0] - found.gaps[:, 1]).mean() > 1.0


def test_readers_take_a_parameter_as_those_choices_draw_it_that_do(folder):
    comparison = load_comparison(folder)
    names, points = points_of(*choices_of(comparison))
    assert set(names) == {row.name for row in TABLE} - unread_parameters(PLACE)
    assert not OWN.keys() & set(points_of(choices_of(comparison)[1])[0])
    rate = points[:, names.index("efficiency_rate")]
    assert np.array_equal(rate, [row.efficiency_rate for row in sample_assumptions(6, 1)])


def test_a_parameter_that_all_hold_has_no_row_and_one_that_some_hold_has_one():
    both = with_parameters(PLACE, loss_ratio=2.5)
    asked = {"as it is": both, "efficient": with_parameters(both, efficiency_rate=0.09)}
    found = run_comparison(asked, replicates=300, seed=1, supporting_runs=True)
    names = {each.name for each in find_information(found).single}
    assert "efficiency_rate" in names
    assert "loss_ratio" not in names
    swings = assumption_swings(found.studies["as it is"].assumptions)
    assert {row.name for row in TABLE} - {each.parameter for each in swings.swings} == {"loss_ratio"}
    assert held_by_all(held_in(found)) == {"loss_ratio"}


def test_papers_and_workbooks_say_what_is_held(folder):
    comparison = load_comparison(folder)
    paper = build_paper(comparison)
    said = held_words(held_in(comparison))
    assert "Months to mobilise a programme 0 (efficient)" in said
    assert said in paper.register.note
    assert any(said in text for text in paper.method)
    (sheet,) = (each for each in build_sheets(comparison, paper) if each.name == "Assumptions")
    assert said in sheet.holds
    frame = register_to_pandas(EFFICIENT, comparison.studies["efficient"]).set_index("where")
    assert set(frame.index[frame["held"]]) == {f"parameters.{name}" for name in OWN}
    assert frame.loc[frame["held"], ["low", "high"]].isna().all(axis=None)
    assert "held" not in register_to_pandas(PLACE, comparison.studies["as it is"])


def test_nothing_is_said_where_nothing_is_held():
    found = run_comparison({"as it is": PLACE}, replicates=4, seed=1, supporting_runs=True)
    assert held_words(held_in(found)) == ""
    assert "held" not in build_paper(found).register.note


def test_words_name_the_value_and_the_scenarios():
    assert held_words({"a": {"loss_ratio": 2.5}}) == (
        "Not drawn but held, as the scenario sets it: Weight of losses relative to gains 2.5."
    )
    held = {
        "a": {"exposure": 0.2, "loss_ratio": 2.0},
        "b": {"loss_ratio": 2.0},
        "c": {"loss_ratio": 2.0, "exposure": 0.4},
    }
    assert "Risk of opening up first 0.2 (a), 0.4 (c); " in held_words(held)
    assert held_words(held).endswith(" 2 (every scenario).")
    many = {"a": {row.name: 1.0 for row in TABLE[:9]}}
    assert held_words(many).endswith("; and 3 more.")


def test_a_run_keeps_what_was_assumed_and_is_verified(tmp_path):
    request = RunRequest(name="own", scenario=EFFICIENT, replicates=8, seed=1, out=tmp_path)
    done = run_scenario(request)
    with fill_folder(tmp_path / "run") as partial:
        write_run(partial, done.study, done.record, tables=done.monthly_tables(()), no_joint_action=None)
    points = pq.read_table(tmp_path / "run/points.parquet").to_pandas()
    assert {name: set(points[name]) for name in OWN} == {name: {value} for name, value in OWN.items()}
    assert points["loss_ratio"].nunique() == len(points)
    assert verify_results(tmp_path / "run", replicates=100, seed=1).record.differences == 0


def test_the_best_levers_are_those_at_the_places_own_parameters():
    held = with_parameters(PLACE, **OWN)
    asked = {"levers": ("coaching", "gain_share"), "size": 1, "replicates": 16, "engine": "mesa"}
    found = best_levers(held, **asked)
    rows = [row._replace(**OWN) for row in sample_assumptions(16, 1)]
    for each in found.combinations:
        used = with_levers(held, **{str(lever): 1.0 for lever in each.levers})
        gaps = [run_with_parameters(one, rows, seed=1, engine="mesa").gap[:, -1] for one in (held, used)]
        assert each.closes.mean == pytest.approx((gaps[0] - gaps[1]).mean())
    assert found.to_pandas()["closes"].tolist() != best_levers(PLACE, **asked).to_pandas()["closes"].tolist()


def test_the_best_levers_say_what_was_held_where_assumptions_were_drawn():
    asked = {"levers": ("coaching", "gain_share"), "size": 1, "replicates": 4, "engine": "mesa"}
    held = with_parameters(PLACE, **OWN)
    said = "Not drawn but held, as the scenario sets it: Delivery that needs no trust 0.5; Months"
    found = best_levers(held, **asked)
    assert found.held == OWN
    for shown in (repr(found), found._repr_html_()):
        assert said in shown
    for other in (best_levers(PLACE, **asked), best_levers(held, **asked, uncertain=False)):
        assert not other.held
        assert "held" not in repr(other)


DECISION = """title: A trial
scenario: place.yaml
replicates: 4
decide:
  levers: {coaching: {cost: 0.2}, gain_share: {cost: 0.1}}
  points: 16
  replicates: 2
"""


def decision_on(folder, **own):
    shutil.copy(SCENARIOS / "two-trusts.yaml", folder / "base.yaml")
    lines = "".join(f"  {name}: {value}\n" for name, value in own.items())
    parameters = f"parameters:\n{lines}" if own else ""
    (folder / "place.yaml").write_text(f"extends: base.yaml\n{parameters}")
    (folder / "trial.yaml").write_text(DECISION)
    return load_experiment(folder / "trial.yaml")


def test_a_decision_is_searched_at_the_places_own_parameters(tmp_path):
    own = decision_on(tmp_path, efficiency_rate=0.09, delivery_floor=0.5)
    values = {"efficiency_rate": 0.09, "delivery_floor": 0.5}
    expected = [row._replace(**values) for row in sample_assumptions(16, 1, 1.5)]
    assert Evaluator(own.decision, 1, stretch=1.5).rows == expected * 2
    found = decide(own, tmp_path / "own", engine="mesa")
    plain = decide(decision_on(tmp_path), tmp_path / "plain", engine="mesa")
    assert [each.gains for each in found.options] != [each.gains for each in plain.options]


def test_what_matters_has_no_row_for_what_is_held_but_one_for_a_range_of_the_file():
    own = {"efficiency_rate": 0.02, "exposure": {"value": 0.3, "low": 0.25, "high": 0.35}}
    subject = Scenario.model_validate(place(months=8, parameters=own))
    found = find_what_matters(subject, points=60, engine="mesa")
    rows = {each.number.where: each.number for each in found.parameters}
    read = {f"parameters.{row.name}" for row in TABLE if row.name not in found.unread}
    assert read - rows.keys() == {"parameters.efficiency_rate"}
    assert "coaching_effect" in found.unread
    assert (rows["parameters.exposure"].low, rows["parameters.exposure"].high) == (0.25, 0.35)
    assert found.held == {"efficiency_rate": 0.02}


def test_what_matters_where_every_parameter_is_held():
    subject = Scenario.model_validate(place(months=4, parameters=EVERY))
    found = find_what_matters(subject, points=60, engine="mesa")
    assert found.parameters == ()
    assert found.numbers


def test_what_matters_holds_the_value_at_every_point():
    late = {"late": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "from": month_after(7)}}
    nothing_saved = place(months=8, parameters={"efficiency_rate": 0.0}, programmes=late, contracts={})
    found = find_what_matters(Scenario.model_validate(nothing_saved), points=40, engine="mesa")
    pools = [each.worth for each in found.numbers if "efficiency_pool" in each.number.where]
    assert pools == pytest.approx([0.0, 0.0], abs=1e-9)
    assert found.numbers[0].worth == pytest.approx(20.0)  # half of £20m to either side, and nothing is saved of it


def test_sensitivity_leaves_out_what_all_hold_and_says_so(tmp_path):
    both = with_parameters(PLACE, loss_ratio=2.5)
    variants = (
        Variant(name="as it is", scenario=both),
        Variant(name="efficient", scenario=with_parameters(both, **OWN)),
    )
    asked = sensitivity_experiment(two(variants=variants), "morris", points=4, replicates=2)
    addresses = {each.address for each in asked.factors}
    assert {f"parameters.{row.name}" for row in TABLE} - addresses == {"parameters.loss_ratio"}
    plan = plan_batch(asked)
    run(plan, tmp_path / "found")
    found = write_indices(tmp_path / "found", plan, "morris")
    assert found.held["as it is"] == {"loss_ratio": 2.5}
    assert found.held["efficient"] == OWN | {"loss_ratio": 2.5}
    own = {each.factor: each.values["mu_star"] for each in found.outcome("gap", "efficient").parameters}
    other = {each.factor: each.values["mu_star"] for each in found.outcome("gap", "as it is").parameters}
    assert set(other) - set(own) == {f"parameters.{name}" for name in OWN}
    assert set(other) == addresses


def test_sensitivity_needs_a_parameter_to_vary():
    variants = (Variant(name="own", scenario=with_parameters(PLACE, **EVERY)),)
    with pytest.raises(SensitivityError, match="every scenario sets every parameter itself, so there is none to vary"):
        sensitivity_experiment(two(variants=variants), "morris")


def test_designs_of_a_scenario_that_holds_everything_differ_by_chance_alone(tmp_path):
    everything = with_parameters(PLACE, **EVERY)
    asked = two(variants=(Variant(name="as it is", scenario=PLACE), Variant(name="own", scenario=everything)))
    run(plan_batch(asked), tmp_path)
    for each in supporting_experiments(asked):
        run(plan_batch(each), tmp_path / each.supporting_folder)
    found = load_comparison(tmp_path).studies["own"].assumptions
    again = run_in_memory(asked, [drawn_of(asked)]).studies["own"].assumptions
    assert np.array_equal(found["gap"], again["gap"])
    assert verify_results(tmp_path, replicates=500, seed=1).record.differences == 0
    supporting = sensitivity_experiment(asked, "morris", points=4, replicates=2)
    plan = plan_batch(supporting)
    run(plan, tmp_path / "sensitive")
    assert write_indices(tmp_path / "sensitive", plan, "morris").outcome("gap", "own").parameters == ()
