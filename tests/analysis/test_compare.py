"""Differences with common random numbers, worked out on paper."""

import numpy as np
import pytest

from simulation.analysis.compare import compare, differences_to_frame
from simulation.results.comparison import Case, Comparison
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit


def case(label, gaps, baseline=None, assumed=None):
    varied = None if assumed is None else Replicates(columns={"gap": np.array(assumed, float)[:, None]})
    study = Study(ensemble=by_hand(len(gaps)), assumptions=varied)
    return Case(label=label, variant=label, gaps=np.array(gaps, float), baseline=baseline, study=study)


def comparison(*cases):
    return Comparison(name="c", title="C", seed=1, replicates=4, cases=cases, scenario=cases[0].study.ensemble.scenario)


def test_each_replicate_is_held_against_itself():
    found = compare(comparison(case("alone", [10, 20, 30, 40]), case("together", [8, 21, 27, 36], 0)))
    assert [(each.label, each.baseline) for each in found] == [("together", "alone")]
    assert found[0].chance.precision.mean == -2.0
    assert (found[0].chance.beats, found[0].chance.worse, found[0].chance.of) == (3, 1, 4)
    assert found[0].chance.precision.half_width == pytest.approx(3.182446 * np.std([-2, 1, -3, -4], ddof=1) / 2)
    assert found[0].assumptions is None


def test_a_replicate_that_failed_in_either_is_left_out():
    found = compare(comparison(case("alone", [10, np.nan, 30]), case("together", [8, 21, np.nan], 0)))
    assert (found[0].chance.precision.mean, found[0].chance.of) == (-2.0, 1)


def test_assumptions_are_the_same_in_both():
    pair = case("alone", [10, 20], assumed=[10, 50, 90]), case("together", [8, 18], 0, assumed=[12, 40, 70])
    found = compare(comparison(*pair))
    assert (found[0].assumptions.beats, found[0].assumptions.of) == (2, 3)
    assert found[0].assumptions.precision.mean == pytest.approx(-28 / 3)
    assert differences_to_frame(found)["varied"].tolist() == ["chance", "chance and assumptions"]


def test_a_single_case_has_no_difference():
    assert compare(comparison(case("alone", [10, 20]))) == ()
    assert list(differences_to_frame(())) == list(differences_to_frame(compare(comparison(case("a", [1], None)))))
