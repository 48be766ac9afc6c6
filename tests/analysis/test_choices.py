"""Choices and the points at which they are compared, where an experiment varies both."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.choices import choices_of, counted_cases, group_points
from simulation.analysis.verdict import find_verdict, verdict
from simulation.execution.repeated_designs import repeated_designs
from simulation.results.batch.common_cases import Asked
from simulation.results.batch.manifest import Design
from simulation.results.comparison import Comparison
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit

STRENGTH, LEVELS, OPENING = "levers.coaching.strength", "levers.*.strength", "parameters.opening_trust"


def comparison(cases, factors, choices=(), **fields):
    """Return a comparison by hand of (variant, values of the factors, gaps)."""
    made = [
        made_up_case(
            label="unused",
            variant=variant,
            values={address: value for address, value in zip(factors, values, strict=True) if value is not None},
            gaps=np.array(gaps, float),
            positions=-np.array(gaps, float),
        )
        for variant, values, gaps in cases
    ]
    return Comparison(
        name="c", title="C", seed=1, replicates=1, cases=tuple(made), scenario=by_hand(1).scenario,
        factors=factors, choices=choices, **fields,
    )  # fmt: skip


def test_levels_of_a_choice_are_compared_at_the_same_point():
    """At opening trust 0.2, full strength leaves 5 less; at 0.4, 3 less; at 0.6, 4 more."""
    half = [("as it is", (0.5, 0.2), [50]), ("as it is", (0.5, 0.4), [40]), ("as it is", (0.5, 0.6), [30])]
    full = [("as it is", (1.0, 0.2), [45]), ("as it is", (1.0, 0.4), [37]), ("as it is", (1.0, 0.6), [34])]
    both = comparison([*half, *full], (STRENGTH, OPENING), (STRENGTH,))
    found = verdict(both)
    assert found.labels == ("coaching strength 0.5", "coaching strength 1")
    pair = found.between("coaching strength 1", "coaching strength 0.5")
    assert [each.share for each in pair.shares] == pytest.approx([2 / 3, 0, 1 / 3])
    assert (pair.median, pair.points) == (-3, 3)
    assert {each.label: each.median for each in found.regrets} == {
        "coaching strength 0.5": 3.0,
        "coaching strength 1": 0.0,
    }


@pytest.mark.parametrize("design", ["sobol", "grid", "latin-hypercube"])
def test_a_set_of_assumptions_that_a_sample_draws_twice_counts_once(design):
    """Of a word and a whole number, a sample of six has three different sets; each has the same random events again."""
    rule, months = "parameters.trust_rule", "parameters.mobilisation"
    drawn = [("linear", 1), ("linear", 2), ("linear", 1), ("confirmatory", 2), ("linear", 2), ("linear", 1)]
    gaps = {each: [10.0 * number] for number, each in enumerate(dict.fromkeys(drawn))}
    sample = comparison([("a", each, gaps[each]) for each in drawn], (rule, months), design=design)
    (points,) = group_points(sample).values()
    assert len(counted_cases(sample)) == len(points) == 3
    assert {id(case) for case in counted_cases(sample)} == {id(case) for case in points.values()}
    designs = [Design(number=n, variant="a", values=each, scenario_hash="") for n, each in enumerate(drawn)]
    again = repeated_designs(Asked(designs, design, (rule, months)), dict)
    assert len(designs) - len(again) == 3
    apart = [replace(each, point=each.number) for each in designs]
    assert repeated_designs(Asked(apart, design, (rule, months)), dict) == set()


def test_the_order_of_the_factors_does_not_matter():
    half, full = ("a", (0.2, 0.5), [50]), ("a", (0.2, 1.0), [45])
    found = choices_of(comparison([half, full], (OPENING, STRENGTH), (STRENGTH,)))
    assert [(each.label, each.gaps.tolist()) for each in found] == [
        ("coaching strength 0.5", [[50.0]]),
        ("coaching strength 1", [[45.0]]),
    ]


def test_a_choice_is_a_scenario_at_a_level_and_one_without_levers_has_none():
    cases = [
        ("no joint action", (None, 0.2), [60]),
        ("no joint action", (None, 0.4), [60]),
        ("the package", (0.5, 0.2), [50]),
        ("the package", (0.5, 0.4), [40]),
        ("the package", (1.0, 0.2), [45]),
        ("the package", (1.0, 0.4), [37]),
    ]
    found = choices_of(comparison(cases, (LEVELS, OPENING), (LEVELS,)))
    assert {each.label: each.gaps.ravel().tolist() for each in found} == {
        "no joint action": [60, 60],
        "the package, levers strength 0.5": [50, 40],
        "the package, levers strength 1": [45, 37],
    }


def test_a_scenario_in_which_an_assumption_has_no_place_is_the_same_at_all_its_values():
    """How strong levers turn out to be is uncertain; without levers that changes nothing."""
    cases = [("no joint action", (None,), [60]), ("the package", (0.5,), [70]), ("the package", (1.0,), [40])]
    pair = verdict(comparison(cases, (LEVELS,))).between("the package", "no joint action")
    assert pair.points == 2
    assert [each.share for each in pair.shares] == [0.5, 0, 0.5]


def test_a_point_that_one_choice_lacks_or_where_it_failed_is_left_out():
    cases = [
        *[("a", (value,), [value * 100]) for value in (0.2, 0.4, 0.6)],
        ("b", (0.2,), [10]),
        ("b", (0.4,), [np.nan]),
    ]
    both = comparison(cases, (OPENING,))
    assert [each.gaps.tolist() for each in choices_of(both)] == [[[20.0]], [[10.0]]]
    assert {label: [point.values for point in cases] for label, cases in group_points(both).items()} == {
        "a": [(0.2,), (0.4,), (0.6,)],
        "b": [(0.2,), (0.4,)],
    }


def test_a_month_is_named_in_words():
    cases = [("as it is", (month, 0.2), [50]) for month in ("2016-04", "2017-04")]
    found = choices_of(comparison(cases, ("levers.*.from", OPENING), ("levers.*.from",)))
    assert [each.label for each in found] == ["levers from Apr 2016", "levers from Apr 2017"]


def test_values_of_assumptions_alone_are_no_choices():
    one = comparison([("as it is", (value,), [value]) for value in (0.2, 0.4)], (OPENING,))
    assert choices_of(one) == ()
    assert find_verdict(one) is None


def test_a_rule_of_trust_that_an_experiment_draws_is_an_assumption_of_the_model():
    factors = ("parameters.trust_rule", OPENING)
    points = [("linear", 0.2), ("linear", 0.4), ("confirmatory", 0.2), ("confirmatory", 0.4)]
    found = comparison([(name, point, [gap]) for name, gap in (("a", 5), ("b", 9)) for point in points], factors)
    choice, _ = choices_of(found)
    assert {name: values.tolist() for name, values in choice.parameters.items()} == {
        "trust_rule": [0, 0, 1, 1],
        "opening_trust": [0.2, 0.4, 0.2, 0.4],
    }
    assert not choice.words
    assert (choice.drawn_of_model, choice.stretch_of_all) == (2, 1.0)
