"""What is read back of a batch is what it holds: names, baselines, counts and choices."""

import numpy as np
import pytest

from simulation import run_ensemble
from simulation.analysis.choices import choices_of, group_points
from simulation.execution.outcome import Stop
from simulation.experiment.addresses import with_values
from simulation.experiment.schema import Variant
from simulation.results.batch.readback import load_batch
from simulation.results.batch.store import CHANGES
from simulation.results.case_labels import label_cases
from tests.execution.small import TWO_TRUSTS, run, small_plan, tables
from tests.execution.test_batch import StoppedError, stop_after
from tests.results.test_integrity import NEEDED

pytestmark = pytest.mark.unit


def variants(*names):
    """Scenarios of one place, each with its levers; a scenario keeps its hash under another name."""
    levers = {
        "none": TWO_TRUSTS,
        "menu": with_values(TWO_TRUSTS, {"levers.menu_framing.strength": 1.0}),
        "goal": with_values(TWO_TRUSTS, {"levers.superordinate_goal.strength": 1.0}),
    }
    return tuple(Variant(name=name, scenario=levers[which]) for name, which in names)


@pytest.mark.parametrize(
    "names",
    [
        (("menu", "menu"), ("none", "none"), ("goal", "goal")),
        (("none", "none"), ("goal", "menu"), ("menu", "goal")),
        (("none", "none"), ("a menu", "menu"), ("goal", "goal")),
    ],
    ids=["another baseline", "names exchanged", "another name"],
)
def test_what_is_compared_with_the_baseline_follows_the_names_and_the_baseline(names, tmp_path):
    asked = {"replicates": 6, "detail": ("outturns",)}
    usual = (("none", "none"), ("menu", "menu"), ("goal", "goal"))
    run(small_plan(variants=variants(*usual), **asked), tmp_path / "batch")
    changed_plan = small_plan(variants=variants(*names), **asked)
    assert run(changed_plan, tmp_path / "batch").new == 0
    run(changed_plan, tmp_path / "fresh")
    assert tables(tmp_path / "batch") == tables(tmp_path / "fresh")
    assert CHANGES in tables(tmp_path / "batch")


def test_charts_and_papers_count_the_replicates_that_are_there(tmp_path):
    plan = small_plan(replicates=20, detail=NEEDED)
    run(plan, tmp_path / "batch", stop=Stop(half_width=0.3, most=100))
    held = load_batch(tmp_path / "batch")
    (case,) = held.cases
    assert held.replicates == len(case.gaps) == len(case.study.ensemble) > 20
    assert f"--replicates {held.replicates} " in held.command
    run(small_plan(replicates=10, detail=NEEDED), tmp_path / "batch")
    assert load_batch(tmp_path / "batch").replicates == held.replicates


def test_an_unfinished_batch_does_not_count_replicates_that_are_not_there(tmp_path):
    plan = small_plan({"parameters.loss_ratio": (1.0, 2.0)}, replicates=200)
    with pytest.raises(StoppedError):
        run(plan, tmp_path / "batch", progress=stop_after(2))
    read = load_batch(tmp_path / "batch")
    assert read.replicates == min(np.count_nonzero(~np.isnan(case.gaps)) for case in read.cases) < 200
    assert read.missing == ("the comparison itself (not finished)",)
    assert "--replicates 200 " in read.command


@pytest.mark.parametrize(
    "values",
    [(0.5, 0.50001, 1.0), (1500.2, 1500.4), (100_000, 100_040), (0.1234561, 0.1234562, 0.5), (12345.6, 12345.7)],
    ids=str,
)
def test_different_values_have_different_labels(values):
    labels = label_cases([("a", {"organisations.hospital.income": value}) for value in values], alone=True)
    assert len({*labels}) == len(values)


def test_labels_are_short_where_a_few_figures_tell_values_apart():
    cases = [("a", {"parameters.loss_ratio": value}) for value in (1 / 3, 2 / 3)]
    assert label_cases(cases, alone=False) == ["a, loss ratio 0.3333", "a, loss ratio 0.6667"]


def test_choices_whose_values_are_close_stay_apart(tmp_path):
    vary = {"levers.menu_framing.strength": (0.5, 0.50001), "parameters.loss_ratio": (2.0, 2.00001)}
    plan = small_plan(vary, choices=("levers.menu_framing.strength",), replicates=4)
    run(plan, tmp_path / "batch")
    found = group_points(load_batch(tmp_path / "batch"))
    assert [len(points) for points in found.values()] == [2, 2]


def test_every_choice_is_at_each_drawn_point_with_the_same_random_events(tmp_path):
    vary = {
        "parameters.trust_rule": ("linear", "confirmatory"),
        "levers.menu_framing.strength": (0.0, 1.0),
        "parameters.loss_ratio": (1.0, 2.0, 3.0),
    }
    asked = {"choices": ("levers.menu_framing.strength",), "design": "random", "points": 10, "replicates": 4}
    plan = small_plan(vary, variants=variants(("menu", "menu")), **asked)
    assert [design.values[1] for design in plan.designs] == [0.0] * 10 + [1.0] * 10
    assert [design.values[::2] for design in plan.designs[:10]] == [design.values[::2] for design in plan.designs[10:]]
    assert [design.baseline for design in plan.designs] == [*[None] * 10, *range(10)]
    run(plan, tmp_path / "batch")
    none, full = choices_of(load_batch(tmp_path / "batch"))
    for choice, designs in ((none, plan.designs[:10]), (full, plan.designs[10:])):
        for point, design in enumerate(designs):
            again = run_ensemble(plan.scenario(design), replicates=4, first=2**20 * point, seed=plan.experiment.seed)
            assert np.array_equal(choice.gaps[point], again["gap"][:, -1])


def test_a_value_that_is_the_scenarios_own_is_not_another_set_of_assumptions(tmp_path):
    """Varied one at a time, the own value comes again: a loss ratio of 2 is the default, 6 stands in the file."""
    vary = {
        "parameters.loss_ratio": (1.0, 2.0, 3.0),
        "parameters.trust_rule": ("linear", "confirmatory"),
        "programmes.care_at_home.value": (3.0, 6.0),
    }
    plan = small_plan(vary, variants=variants(("none", "none"), ("menu", "menu")), design="one-at-a-time", replicates=4)
    run(plan, tmp_path / "batch")
    own = (None, None, None)
    moved = [(1.0, None, None), (3.0, None, None), (None, "confirmatory", None), (None, None, 3.0)]
    found = group_points(load_batch(tmp_path / "batch"))
    points = {label: [point.values for point in cases] for label, cases in found.items()}
    assert points == {"none": [own, *moved], "menu": [own, *moved]}


def test_each_drawn_point_is_a_case_of_its_own_and_is_compared_at_that_point(tmp_path):
    """Also where points have equal values, and for a variant in which the varied lever has no place."""
    vary = {"levers.menu_framing.strength": (0.5, 1.0), "parameters.trust_rule": ("linear", "confirmatory")}
    plan = small_plan(
        vary, variants=variants(("none", "none"), ("menu", "menu")), design="random", points=12, replicates=4
    )
    run(plan, tmp_path / "batch")
    assert [design.baseline for design in plan.designs] == [*[None] * 12, *range(12)]
    none, menu = choices_of(load_batch(tmp_path / "batch"))
    gaps = {
        design.number: run_ensemble(
            plan.scenario(design), replicates=4, first=2**20 * (design.number % 12), seed=plan.experiment.seed
        )["gap"][:, -1]
        for design in plan.designs
    }
    assert np.array_equal(none.gaps, [gaps[number] for number in range(12)])
    assert np.array_equal(menu.gaps, [gaps[number] for number in range(12, 24)])


@pytest.mark.parametrize(
    ("cases", "alone"),
    [
        ([("a", {}), ("a", {"parameters.loss_ratio": 2}), ("a, loss ratio 2", {})], False),
        ([("a", {}), ("a", {"parameters.loss_ratio": 2}), ("A, Loss ratio 2", {})], False),
        ([("loss ratio 2", {}), ("loss ratio 2", {"parameters.loss_ratio": 2})], True),
        ([("a", {"parameters.x": "1, y 2"}), ("a", {"parameters.x": "1", "parameters.y": 2})], False),
        ([("a", {"x.y": 1}), ("a", {"x_y": 1}), ('"a" with x.y = 1', {})], False),
        ([("a", {"x": 1}), ("a", {"x": "1"})], True),
    ],
)
def test_no_two_cases_look_alike_whatever_their_scenarios_are_called(cases, alone):
    labels = label_cases(cases, alone=alone)
    assert len({label.casefold() for label in labels}) == len(cases), labels


def test_a_case_that_is_there_twice_keeps_its_plain_name():
    assert label_cases([("a", {"loss_ratio": 2}), ("a", {"loss_ratio": 2})], alone=False) == ["a, loss ratio 2"] * 2
