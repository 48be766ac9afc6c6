"""From an experiment to designs and tasks: numbers, baselines, balance, and what is refused."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.execution.plan import TooManyDesignsError, expected_designs, plan_batch
from simulation.execution.points import points_of
from simulation.execution.rounds import rounds_until
from simulation.experiment.addresses import to_plain
from simulation.experiment.schema import Variant
from simulation.scenario.checks import find_contradictions
from simulation.scenario.entries import ParameterOverrides
from simulation.scenario.problems import ScenarioError
from simulation.scenario.writing import scenario_hash
from tests.execution.small import TWO_TRUSTS, experiment, small_plan

COACHED = Variant(name="as it is", scenario=TWO_TRUSTS).with_values({"levers.coaching.strength": 1.0})
VARIANTS = (Variant(name="no joint action", scenario=TWO_TRUSTS), Variant(name="coached", scenario=COACHED))


@pytest.mark.unit
def test_planning_reports_each_design_and_never_more_than_it_expects():
    asked = experiment({"parameters.loss_ratio": (1, 2, 2)}, variants=VARIANTS)
    reported = []
    plan = plan_batch(asked, reported.append)
    assert plan.designs == plan_batch(asked).designs
    assert sum(reported) == len(plan.designs) == 4
    assert expected_designs(asked) == 6  # values that are equal are planned once


@pytest.mark.unit
def test_every_variant_is_at_every_point_and_compared_with_the_first_variant_there():
    plan = small_plan({"parameters.loss_ratio": (1, 2)}, variants=VARIANTS)
    designs = [(design.number, design.variant, design.values, design.baseline) for design in plan.designs]
    assert designs == [
        (0, "no joint action", (1,), None),
        (1, "no joint action", (2,), None),
        (2, "coached", (1,), 0),
        (3, "coached", (2,), 1),
    ]
    assert [d.scenario_hash for d in plan.designs] == [scenario_hash(plan.scenario(d)) for d in plan.designs]


@pytest.mark.unit
def test_a_factor_without_effect_in_a_variant_makes_no_designs():
    plan = small_plan({"levers.*.from": ("2024-04", "2024-10")}, variants=VARIANTS)
    designs = [(design.variant, design.values, design.baseline) for design in plan.designs]
    assert designs == [("no joint action", (None,), None), ("coached", ("2024-04",), 0), ("coached", ("2024-10",), 0)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("design", "points", "baselines"),
    [
        ("grid", None, [None, None]),
        ("one-at-a-time", None, [None, 0, 0]),
        ("random", 3, [None] * 3),
    ],
)
def test_sets_of_assumptions_are_compared_only_with_the_scenario_as_it_is(design, points, baselines):
    plan = small_plan({"parameters.loss_ratio": (1, 3)}, design=design, points=points)
    assert [each.baseline for each in plan.designs][: len(baselines)] == baselines[: len(plan.designs)]


@pytest.mark.unit
def test_levels_of_a_choice_are_compared_with_the_first_one_under_the_same_assumptions():
    vary = {"levers.coaching.strength": (0, 1), "parameters.loss_ratio": (1, 2)}
    plan = small_plan(vary, variants=VARIANTS[1:], choices=("levers.coaching.strength",))
    assert [(each.values, each.baseline) for each in plan.designs] == [
        ((0, 1), None),
        ((0, 2), None),
        ((1, 1), 0),
        ((1, 2), 1),
    ]


@pytest.mark.unit
def test_a_scenario_at_each_level_of_a_choice_is_compared_with_the_first_scenario_there():
    vary = {"levers.*.strength": (0.5, 1.0), "parameters.loss_ratio": (1, 2)}
    plan = small_plan(vary, variants=VARIANTS, choices=("levers.*.strength",))
    assert [(each.variant, each.values, each.baseline) for each in plan.designs] == [
        ("no joint action", (None, 1), None),
        ("no joint action", (None, 2), None),
        ("coached", (0.5, 1), 0),
        ("coached", (0.5, 2), 1),
        ("coached", (1.0, 1), 0),
        ("coached", (1.0, 2), 1),
    ]


@pytest.mark.unit
def test_a_sample_keeps_all_its_points_in_order_though_some_are_equal():
    """Effects are reckoned from a Sobol sample by the number and order of its points."""
    vary = {"parameters.loss_ratio": (1, 2), "parameters.trust_rule": ("linear", "confirmatory")}
    plan = small_plan(vary, design="sobol", points=8)
    assert len(plan.designs) == 8 * (2 + 2)
    assert [design.values for design in plan.designs] == list(points_of(plan.experiment))
    assert len({design.scenario_hash for design in plan.designs}) <= 4


@pytest.mark.unit
def test_contradictory_values_are_reported_before_anything_is_run():
    coached = VARIANTS[1]
    vary = {"levers.coaching.from": ("2024-06", "2024-10"), "levers.coaching.until": ("2024-08", "2024-12")}
    with pytest.raises(ScenarioError) as refused:
        small_plan(vary, variants=(coached,))
    assert str(refused.value) == (
        "small: coached with levers.coaching.from = 2024-10, levers.coaching.until = 2024-08: "
        'levers.coaching[0].until: must be after the first month, 2024-10 (given: "2024-08")'
    )


@pytest.mark.unit
def test_a_grid_in_which_a_saving_is_worth_more_without_ownership_is_refused():
    vary = {"parameters.unowned_realisation": (0.5, 0.7), "parameters.owned_realisation": (0.6, 0.8)}
    with pytest.raises(ScenarioError) as refused:
        small_plan(vary)
    assert str(refused.value) == (
        "small: as it is with parameters.unowned_realisation = 0.7, parameters.owned_realisation = 0.6: "
        "parameters.unowned_realisation: must be at most owned_realisation, which is 0.6 (given: 0.7)"
    )


@pytest.mark.unit
@pytest.mark.parametrize("design", ["latin-hypercube", "sobol", "morris", "random"])
def test_a_design_of_a_sample_has_the_smaller_of_the_two_for_what_is_not_owned(design):
    """So its row says what is used, and its scenario can be written in a file."""
    vary = {"parameters.unowned_realisation": (0.5, 0.7), "parameters.owned_realisation": (0.6, 0.8)}
    plan = small_plan(vary, design=design, points=32)
    assert {each.values for each in plan.designs} == {(0.5, 0.6), (0.5, 0.8), (0.6, 0.6), (0.7, 0.8)}
    for each in plan.designs:
        scenario = plan.scenario(each)
        assert each.scenario_hash == scenario_hash(scenario)
        assert list(find_contradictions(to_plain(scenario))) == []
        assert scenario.resolve_parameters().unowned_realisation == each.values[0]


@pytest.mark.unit
def test_a_number_that_is_drawn_alone_is_held_to_the_scenarios_own():
    alone = small_plan({"parameters.unowned_realisation": (0.5, 0.9)}, design="random", points=16)
    assert {each.values for each in alone.designs} == {(0.5,), (0.75,)}
    little = TWO_TRUSTS.model_copy(update={"parameters": ParameterOverrides(owned_realisation=0.6)})
    variants = (*VARIANTS[:1], Variant(name="little owned", scenario=little))
    both = small_plan({"parameters.unowned_realisation": (0.5, 0.7)}, design="random", points=16, variants=variants)
    assert {(each.variant, *each.values) for each in both.designs} == {
        ("no joint action", 0.5),
        ("no joint action", 0.7),
        ("little owned", 0.5),
        ("little owned", 0.6),
    }
    assert all(min(both.designs[each.baseline].values[0], 0.6) == each.values[0] for each in both.designs[16:])


@pytest.mark.unit
def test_too_many_designs_are_refused_at_once():
    vary = {f"parameters.{name}": tuple(range(100)) for name in ("exposure", "quorum", "meeting", "stalemate")}
    with pytest.raises(TooManyDesignsError, match=r"asks for 100,000,000 designs, more than 1,000,000; vary fewer"):
        plan_batch(experiment(vary))


@pytest.mark.property
@given(st.integers(1, 3000), st.sampled_from([64, 128, 1024]))
def test_rounds_are_all_replicates_once_in_order(replicates, most):
    rounds = list(rounds_until(replicates, most))
    assert rounds[0][0] == 0
    assert rounds[-1][1] == replicates
    assert all(before[1] == after[0] for before, after in itertools.pairwise(rounds))
    assert all(0 < after - first < most + 64 for first, after in rounds)


@pytest.mark.property
@given(
    st.integers(1, 400),
    st.dictionaries(st.integers(0, 5), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 100)), max_size=2)),
)
def test_tasks_hold_the_missing_replicates_in_balanced_order(replicates, spans):
    plan = small_plan({"parameters.loss_ratio": (1, 2, 3), "months": (6, 7)})
    held, there = {}, set()
    for number, some in spans.items():
        ordered, end = [], -1
        for first, count in sorted(some):
            if first > end:
                ordered.append((first, first + count))
                end = first + count
        held[plan.designs[number].scenario_hash] = ordered
        there |= {(number, r) for first, after in ordered for r in range(first, after) if r < replicates}
    run = Counter()
    furthest = 0
    for task in plan.tasks(held, replicates):
        assert [design.number for design in task.designs] == sorted(design.number for design in task.designs)
        for design in task.designs:
            run.update((design.number, replicate) for replicate in range(task.first, task.first + task.count))
        assert task.first >= furthest - 1024
        furthest = max(furthest, task.first)
    assert set(run.values()) <= {1}
    assert set(run) | there == {(design.number, r) for design in plan.designs for r in range(replicates)}
    assert plan.count_missing(held, replicates) == run.total()
    assert not set(run) & there
