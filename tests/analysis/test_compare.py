"""Differences with common random numbers, worked out on paper."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.compare import (
    Counts,
    compare,
    count_cases,
    differences_to_pandas,
    has_only_choices,
)
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.made_up_cases import made_up_case

pytestmark = pytest.mark.unit


def case(label, gaps, baseline=None, assumed=None):
    """A case by hand; `assumed` is the gap in the last month, `[point, replicate]`."""
    varied = None
    if assumed is not None:
        points = np.atleast_2d(np.array(assumed, float))
        varied = Replicates(
            columns={"gap": points.reshape(-1, 1)}, parameters={"exposure": np.arange(len(points)) / 10}
        )
    study = Study(ensemble=by_hand(len(gaps)), assumptions=varied)
    return made_up_case(label=label, variant=label, gaps=np.array(gaps, float), baseline=baseline, study=study)


def comparison(*cases):
    return Comparison(name="c", title="C", seed=1, replicates=4, cases=cases, scenario=cases[0].study.ensemble.scenario)


def test_each_replicate_is_compared_with_itself():
    found = compare(comparison(case("alone", [10, 20, 30, 40]), case("together", [8, 21, 27, 36], 0)))
    assert [(each.label, each.baseline) for each in found] == [("together", "alone")]
    assert found[0].chance.precision.mean == -2.0
    assert found[0].chance.counts == Counts(better=3, tied=0, worse=1)
    assert found[0].chance.precision.half_width == pytest.approx(3.182446 * np.std([-2, 1, -3, -4], ddof=1) / 2)
    assert found[0].assumptions is None


def test_a_replicate_that_failed_in_either_is_left_out():
    found = compare(comparison(case("alone", [10, np.nan, 30]), case("together", [8, 21, np.nan], 0)))
    assert (found[0].chance.precision.mean, found[0].chance.counts.of) == (-2.0, 1)


def test_assumptions_are_the_same_in_both():
    pair = case("alone", [10, 20], assumed=[[10], [50], [90]]), case("together", [8, 18], 0, assumed=[[12], [40], [70]])
    found = compare(comparison(*pair))
    assert found[0].assumptions.precision.mean == pytest.approx(-28 / 3)
    assert differences_to_pandas(found)["varied"].tolist() == ["chance", "chance and assumptions"]
    assert differences_to_pandas(found)["less_in"].tolist() == [2, 2]


def test_a_case_is_a_set_of_assumptions_and_a_replicate():
    """Differences of −1 (£1m is a tie) twice, −1.1 twice (less), 1.1 twice (more), 40 (more) and −40 (less)."""
    alone = case("alone", [20], assumed=[[10, 30], [20, 20], [20, 20], [0, 40]])
    together = case("together", [20], 0, assumed=[[9, 29], [18.9, 18.9], [21.1, 21.1], [40, 0]])
    assert count_cases(together, alone) == Counts(better=3, tied=2, worse=3)
    assert count_cases(alone, together) == Counts(better=3, tied=2, worse=3)
    over_sets = compare(comparison(alone, together))[0].assumptions
    assert over_sets.counts == count_cases(together, alone)
    by_set = np.std([-1, -1.1, 1.1, 0], ddof=1)
    assert over_sets.precision.half_width == pytest.approx(3.182446 * by_set / 2), "replicates of one set count as one"


def test_cases_are_counted_only_where_both_were_varied_alike():
    varied, other = case("a", [1], assumed=[[1], [2]]), case("b", [1], assumed=[[1, 2]])
    assert count_cases(varied, case("alone", [1])) is None
    assert count_cases(varied, other) is None


@pytest.mark.parametrize(
    ("factors", "choices", "only"),
    [
        ((), (), True),
        (("levers.coaching.strength",), (), False),
        (("levers.coaching.strength",), ("levers.coaching.strength",), True),
        (("levers.coaching.strength", "parameters.exposure"), ("levers.coaching.strength",), False),
        (("levers.*.strength", "levers.*.from"), ("levers.*.from", "levers.*.strength"), True),
    ],
)
def test_what_is_varied_is_a_choice_only_if_the_experiment_says_so(factors, choices, only):
    two = comparison(case("a", [1]), case("b", [2], 0))
    assert has_only_choices(replace(two, factors=factors, choices=choices)) is only


def test_a_single_case_has_no_difference():
    assert compare(comparison(case("alone", [10, 20]))) == ()
    assert list(differences_to_pandas(())) == list(differences_to_pandas(compare(comparison(case("a", [1], None)))))
