"""Supporting runs of a comparison, and all of it read back."""

import json
import shutil
from dataclasses import replace
from shutil import copytree, rmtree

import numpy as np
import pytest

from simulation import load_results, run_comparison, run_ensemble
from simulation.analysis.attribution import attribute
from simulation.analysis.verdict import verdict
from simulation.cli.status import _in_words
from simulation.execution.assumptions import sample_assumptions
from simulation.execution.plan import plan_batch
from simulation.execution.points import count_points
from simulation.execution.status import read_status
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import default_supporting_experiments, supporting_experiments
from simulation.experiment.addresses import with_values
from simulation.experiment.entries import FOR_CHARTS, AssumptionSample, Attribution
from simulation.experiment.oddities import find_experiment_oddities
from simulation.experiment.schema import Variant
from simulation.levers import Lever
from simulation.model.run import run_designs
from simulation.parameters import TABLE
from simulation.report.side_by_side import side_by_side
from simulation.results.batch.errors import NoBatchError, OtherBatchError
from simulation.results.load import load_comparison
from simulation.results.sealed import to_sealed_json
from simulation.scenario.changes import mix_scenarios, with_stance
from simulation.scenario.held import held_parameters
from simulation.scenario.schema import Scenario
from simulation.scenario.what_if import with_levers
from tests.execution.small import begin, experiment, run, run_all
from tests.places import place

pytestmark = pytest.mark.unit

# Six months are enough for milestones only where programmes need none to mobilise.
ALONE = Scenario.model_validate(place(months=6, parameters={"mobilisation": 0}))
LEVERS = {"coaching": {"strength": 1}, "gain_share": {"strength": 1}, "menu_framing": {"strength": 0.5}}
TOGETHER = Scenario.model_validate(place(months=6, levers=LEVERS, title="Together", parameters={"mobilisation": 0}))
ASKED = experiment(
    variants=(Variant(name="alone", scenario=ALONE), Variant(name="together", scenario=TOGETHER)),
    replicates=6,
    detail=FOR_CHARTS,
    attribution=Attribution(first="alone", second="together"),
    assumptions=AssumptionSample(points=4, replicates=3, stretch=1.5, also_stretched=(2.0, 0.5)),
    fixed_stances=200,
    source="experiments/small.yaml",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A finished comparison with its supporting runs."""
    place = tmp_path_factory.mktemp("results") / "small"
    run_all(ASKED, place)
    return place


@pytest.fixture(scope="module")
def comparison(folder):
    return load_comparison(folder)


def test_none_has_more_replicates_than_the_comparison():
    assert [(each.supporting_folder, each.replicates) for each in supporting_experiments(ASKED)] == [
        ("assumptions", 3),
        ("stretched-0.5", 3),
        ("stretched-2", 3),
        ("fixed-stances", 6),
        ("attribution", 6),
        ("attribution-ranges", 1),
    ]


def test_only_the_supporting_runs_asked_for_are_run():
    assert supporting_experiments(experiment()) == []


def test_what_was_run_is_read_back_bit_for_bit(comparison):
    for case, scenario in zip(comparison.cases, (ALONE, TOGETHER), strict=True):
        again = run_comparison({"x": scenario}, replicates=6, seed=1).studies["x"].ensemble
        assert case.study.ensemble.axes == again.axes
        for name in (*again.arrays, "detail_months"):
            assert np.array_equal(getattr(case.study.ensemble, name), getattr(again, name), equal_nan=True), name
        assert np.array_equal(case.gaps, again["gap"][:, -1])


def test_every_lever_combination_is_the_mix_that_its_place_says(comparison):
    found = comparison.attribution
    assert found.levers == ("coaching", "menu_framing", "gain_share")
    assert found.gaps.shape == (6, 2, 2, 2)
    assert np.array_equal(found.gaps[:, 0, 0, 0], comparison.cases[0].gaps)
    assert np.array_equal(found.gaps[:, 1, 1, 1], comparison.cases[1].gaps)
    mixed = mix_scenarios(ALONE, TOGETHER, frozenset({"menu_framing"}))
    assert np.array_equal(found.gaps[:, 0, 1, 0], run_ensemble(mixed, replicates=6, seed=1)["gap"][:, -1])


def test_every_lever_combination_is_run_at_every_point_of_the_ranges(comparison):
    found = comparison.attribution_over_ranges
    assert (found.levers, found.points, found.stretch) == (comparison.attribution.levers, 4, 1.5)
    assert found.gaps.shape == (4, 2, 2, 2)
    for scenario, at in ((ALONE, (0, 0, 0)), (TOGETHER, (1, 1, 1))):
        points = sample_assumptions(4, 1, 1.5, held=held_parameters(scenario))
        runs = run_designs(points, place=scenario, replicates=1, points=range(4), seed=1)
        again = [each["gap"][0, -1] for each in runs]
        assert np.array_equal(found.gaps[(slice(None), *at)], again)
    drawn = sample_assumptions(4, 1, 1.5, held=held_parameters(ALONE))[2]
    (mixed,) = run_designs(
        [drawn], place=mix_scenarios(ALONE, TOGETHER, frozenset({"menu_framing"})), replicates=1, points=[2], seed=1
    )
    assert found.gaps[2, 0, 1, 0] == mixed["gap"][0, -1]


def test_an_attribution_over_the_ranges_is_read_back_as_it_was_run(comparison):
    over = [each for each in supporting_experiments(ASKED) if each.supporting == "attribution-ranges"]
    in_memory = run_in_memory(ASKED, over).attribution_over_ranges
    assert np.array_equal(in_memory.gaps, comparison.attribution_over_ranges.gaps)
    assert (in_memory.points, in_memory.stretch) == (4, 1.5)
    assert attribute(comparison.attribution, in_memory).varied.points == 4


def test_an_attribution_over_the_ranges_needs_their_assumptions_and_has_fewer_points_for_more_levers():
    kinds = [each.supporting for each in supporting_experiments(replace(ASKED, assumptions=None))]
    assert kinds == ["fixed-stances", "attribution"]
    many = {str(lever): {"strength": 1} for lever in [*Lever][:10]}
    all_ten = Scenario.model_validate(place(months=6, levers=many, parameters={"mobilisation": 0}))
    asked = replace(
        ASKED,
        variants=(ASKED.variants[0], Variant(name="together", scenario=all_ten)),
        assumptions=AssumptionSample(),
    )
    over = supporting_experiments(asked)[-1]
    assert (len(over.factors) - len(TABLE), over.points, count_points(over)) == (10, 64, 65_536)


def test_assumptions_are_varied_alike_in_every_scenario(comparison):
    first, second = (case.study.assumptions for case in comparison.cases)
    assert len(first) == 12
    assert first.points == 4
    assert list(first.parameters) == [row.name for row in TABLE]
    assert all(np.array_equal(first.parameters[name], second.parameters[name]) for name in first.parameters)
    assert not np.array_equal(first["gap"], second["gap"])


KEPT_EVERY_MONTH = ("stretched-2", "attribution", "attribution-ranges")


@pytest.mark.parametrize("name", KEPT_EVERY_MONTH)
def test_where_the_last_month_alone_is_read_no_other_is_kept(folder, name):
    """Nine in ten bytes of a batch would be months that nothing reads."""
    results = load_results(folder / name)
    assert not (folder / name / "system.parquet").exists()
    rows = results.to_pandas("ends")
    assert [*rows] == ["design", "replicate", "gap", "cumulative_position"]
    assert len(rows) == len(results.designs) * results.manifest.replicates
    with pytest.raises(ValueError, match="there is no table 'system'"):
        results.to_pandas()


def test_results_in_which_supporting_runs_kept_every_month_are_read_as_before(folder, comparison, tmp_path):
    """So does the format before this one."""
    older = copytree(folder, tmp_path / "older")
    for each in supporting_experiments(ASKED):
        if each.supporting_folder in KEPT_EVERY_MONTH:
            rmtree(older / each.supporting_folder)
            run(replace(plan_batch(each), tables=("system",)), older / each.supporting_folder)
    for path in [older / "manifest.json", *older.glob("*/manifest.json")]:
        data = json.loads(path.read_text())
        del data["digest"]
        path.write_text(to_sealed_json(data | {"format": 2}))
    found = load_comparison(older)
    assert found.missing == ()
    for name in ("attribution", "attribution_over_ranges"):
        assert np.array_equal(getattr(found, name).gaps, getattr(comparison, name).gaps)
    for case, before in zip(found.cases, comparison.cases, strict=True):
        for column in ("gap", "cumulative_position"):
            wide, other = case.study.stretched[2.0], before.study.stretched[2.0]
            assert np.array_equal(wide.columns[column], other.columns[column])


def test_such_results_are_not_mixed_with_new_ones(folder, tmp_path):
    (attribution,) = (each for each in supporting_experiments(ASKED) if each.supporting == "attribution")
    run(replace(plan_batch(attribution), tables=("system",)), tmp_path)
    with pytest.raises(OtherBatchError, match="holds the tables system, not ends: start again with --fresh"):
        run(plan_batch(attribution), tmp_path)


def test_wider_and_narrower_ranges_are_read_back_as_they_were_run(comparison):
    stretched = [each for each in supporting_experiments(ASKED) if each.supporting == "stretched"]
    in_memory = run_in_memory(ASKED, stretched).studies["together"].stretched
    on_disk = comparison.cases[1].study.stretched
    assert list(on_disk) == list(in_memory) == [0.5, 2.0]
    for stretch, found in on_disk.items():
        assert (found.stretch, found.points, len(found)) == (stretch, 2, 6)
        assert all(np.array_equal(found[name], in_memory[stretch][name]) for name in ("gap", "cumulative_position"))


def test_how_far_ranges_were_stretched_is_kept_with_the_results(comparison):
    (varied, *_) = (each for each in supporting_experiments(ASKED) if each.supporting == "assumptions")
    in_memory = run_in_memory(ASKED, [varied]).studies["alone"].assumptions
    on_disk = comparison.cases[0].study.assumptions
    assert (in_memory.stretch, on_disk.stretch) == (1.5, 1.5)
    assert all(np.array_equal(on_disk.parameters[name], in_memory.parameters[name]) for name in on_disk.parameters)
    assert np.array_equal(on_disk["gap"], in_memory["gap"])


def test_results_of_another_stretch_are_not_mixed_in(folder, tmp_path):
    copytree(folder / "assumptions", tmp_path / "assumptions")
    wider = replace(ASKED, assumptions=AssumptionSample(points=4, replicates=3, stretch=2))
    with pytest.raises(OtherBatchError, match="8 designs that are no longer asked for"):
        run(plan_batch(supporting_experiments(wider)[0]), tmp_path / "assumptions")


def test_an_organisation_that_never_moves_is_named(comparison):
    study = comparison.cases[1].study
    assert list(study.holding_out) == ["a", "b"]
    again = run_ensemble(with_stance(TOGETHER, ("b",), population_first=False), replicates=6, seed=1)
    assert np.array_equal(study.holding_out["b"]["gap"], again["gap"])
    assert np.array_equal(study.holding_out["b"].outturns, again.outturns)
    best, worst = (each["gap"][:, -1].mean() for each in (study.all_population_first, study.all_institutional))
    assert best < worst


def test_it_says_how_to_make_it_again(comparison):
    assert comparison.command == "trustsim batch experiments/small.yaml --replicates 6 --seed 1"
    assert comparison.missing == ()


def test_unfinished_parts_are_named(tmp_path):
    run(plan_batch(ASKED), tmp_path / "small")
    (attribution,) = (each for each in supporting_experiments(ASKED) if each.supporting == "attribution")
    begin(plan_batch(attribution), tmp_path / "small" / "attribution")
    found = load_comparison(tmp_path / "small")
    assert found.attribution is None
    others = [each.supporting_folder for each in supporting_experiments(ASKED) if each.supporting != "attribution"]
    assert found.missing == (*(f"{name} (not run)" for name in others), "attribution (not finished)")
    assert found.cases[0].study.assumptions is None


def test_a_folder_without_results_names_folders_with_results(folder):
    with pytest.raises(NoBatchError, match=r"holds no results: .* there are results in .*small"):
        load_comparison(folder.parent)


WITH_LEVERS = replace(
    ASKED,
    variants=(
        Variant(name="together", scenario=TOGETHER),
        Variant(name="coaching", scenario=with_levers(ALONE, coaching=1)),
    ),
    attribution=None,
    fixed_stances=None,
)


@pytest.fixture(scope="module")
def without_a_baseline(tmp_path_factory):
    """A finished comparison of two scenarios with levers."""
    place = tmp_path_factory.mktemp("results") / "small"
    run(plan_batch(WITH_LEVERS), place)
    for each in supporting_experiments(WITH_LEVERS):
        run(plan_batch(each), place / each.supporting_folder)
    return load_comparison(place)


def test_no_joint_action_is_run_only_where_none_of_the_compared_is_that():
    assert [each.supporting_folder for each in supporting_experiments(WITH_LEVERS)] == [
        "no-joint-action",
        "assumptions",
        "stretched-0.5",
        "stretched-2",
    ]
    varied = experiment({"parameters.loss_ratio": (1, 2)}, variants=WITH_LEVERS.variants)
    assert supporting_experiments(varied) == []
    assert supporting_experiments(replace(WITH_LEVERS, assumptions=None, is_scenario=True)) == []


@pytest.mark.parametrize(
    "other",
    [
        {f"do_nothing.{next(iter(ALONE.do_nothing))}": 33.0},
        {"target": 2.0},
        {"parameters.loss_ratio": 3.0},
        {f"organisations.{next(iter(ALONE.organisations))}.orientation": 0.9},
        {f"programmes.{next(iter(ALONE.programmes))}.value": 0.5},
    ],
    ids=str,
)
def test_no_joint_action_of_one_place_is_no_measure_of_another(other):
    """The second scenario is another place, so neither it nor the first is run without levers for both."""
    first, second = WITH_LEVERS.variants
    elsewhere = replace(second, scenario=with_values(second.scenario, other))
    mixed = replace(WITH_LEVERS, variants=(first, elsewhere), assumptions=None)
    assert "no-joint-action" not in [each.supporting for each in supporting_experiments(mixed)]
    assert "no-joint-action" not in [each.supporting for each in default_supporting_experiments(mixed)]
    assert any("add each place without levers" in each for each in find_experiment_oddities(mixed))
    assert not any("add each place without levers" in each for each in find_experiment_oddities(WITH_LEVERS))
    found = run_in_memory(replace(mixed, replicates=2), [])
    assert found.no_joint_action is None
    assert "No joint action was not run: the scenarios differ in more than their levers" in side_by_side(found).note
    renamed = replace(second, scenario=second.scenario.model_copy(update={"title": "Another title"}))
    same = replace(WITH_LEVERS, variants=(first, renamed))
    assert "no-joint-action" in [each.supporting for each in supporting_experiments(same)]


def test_no_joint_action_is_the_same_place_without_levers(without_a_baseline):
    found = without_a_baseline.no_joint_action
    assert [case.label for case in without_a_baseline.cases] == ["together", "coaching"]
    assert (found.label, found.study.ensemble.scenario.levers) == ("no joint action", {})
    again = run_ensemble(ALONE, replicates=6, seed=1)
    assert np.array_equal(found.gaps, again["gap"][:, -1])
    assert np.array_equal(found.study.ensemble.outturns, again.outturns)


def test_no_joint_action_changes_no_number_of_the_compared_scenarios(comparison, without_a_baseline):
    """The other comparison has the same scenario, and no joint action among those that are compared."""
    (alone, together), other = comparison.cases, without_a_baseline.cases[0]
    assert np.array_equal(other.gaps, together.gaps)
    for mine, theirs in ((other, together), (without_a_baseline.no_joint_action, alone)):
        assert mine.study.assumptions.stretch == 1.5
        assert np.array_equal(mine.study.assumptions["gap"], theirs.study.assumptions["gap"])
        assert np.array_equal(mine.study.assumptions.outturns, theirs.study.assumptions.outturns)
        assert np.array_equal(mine.study.stretched[2.0]["gap"], theirs.study.stretched[2.0]["gap"])


def test_no_joint_action_is_read_back_as_it_was_run(without_a_baseline):
    in_memory = run_in_memory(WITH_LEVERS, supporting_experiments(WITH_LEVERS)).no_joint_action
    on_disk = without_a_baseline.no_joint_action
    assert (in_memory.label, in_memory.variant) == (on_disk.label, on_disk.variant)
    assert in_memory.study.ensemble.axes == on_disk.study.ensemble.axes
    for name in (*in_memory.study.ensemble.arrays, "detail_months"):
        mine, theirs = (getattr(each.study.ensemble, name) for each in (in_memory, on_disk))
        assert np.array_equal(mine, theirs, equal_nan=True), name
    assert np.array_equal(in_memory.positions, on_disk.positions)


def test_the_verdict_is_against_no_joint_action(without_a_baseline):
    found = verdict(without_a_baseline)
    assert found.labels == ("no joint action", "together", "coaching")
    assert (found.pairs[0].points, found.pairs[0].cases) == (4, 12)


def test_a_scenario_with_levers_may_be_called_no_joint_action():
    named = replace(WITH_LEVERS, variants=(Variant(name="no joint action", scenario=TOGETHER),))
    found = run_in_memory(named, supporting_experiments(named))
    assert found.no_joint_action.label == "no joint action, without levers"
    assert len(verdict(found).labels) == 2


NO_COMPARISON = ("assumptions", "stretched-2", "fixed-stances", "attribution", "attribution-ranges")


@pytest.mark.parametrize("name", NO_COMPARISON)
def test_supporting_runs_have_no_paper_of_their_own(folder, name, monkeypatch):
    """Their designs are neither scenarios nor a comparison: a paper of lever combinations called them assumptions."""
    kind = "stretched" if name.startswith("stretched") else name
    with pytest.raises(NoBatchError, match=rf"holds supporting runs \({kind}\), .* name the folder above, {folder}$"):
        load_comparison(folder / name)
    monkeypatch.chdir(folder / name)
    with pytest.raises(NoBatchError, match=f"name the folder above, {folder}$"):
        load_comparison(".", skip_integrity_check=True)


def test_supporting_runs_alone_say_what_to_run(folder, tmp_path):
    shutil.copytree(folder / "attribution", tmp_path / "attribution")
    with pytest.raises(NoBatchError, match=f"run `trustsim batch` and name its folder, {tmp_path}$"):
        load_comparison(tmp_path / "attribution")
    with pytest.raises(NoBatchError, match=r"neither run\.json nor manifest\.json in it$"):
        load_comparison(tmp_path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("attribution", "of 8 lever combinations, seed"),
        ("attribution-ranges", "of 32 lever combinations at sets of assumptions, seed"),
        ("fixed-stances", "of 10 scenarios with fixed stances, seed"),
    ],
)
def test_a_status_calls_combinations_and_stances_no_assumptions(folder, name, words):
    said = _in_words(read_status(folder / name))
    assert words in said
    assert f"These are supporting runs ({name}). The results are in the folder above: {folder}" in said
    assert "which are sets of assumptions" not in said
    assert "which are sets of assumptions" in _in_words(read_status(folder / "assumptions"))
