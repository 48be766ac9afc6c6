"""The points of a design: every combination, one at a time, and samples with their known properties."""

import numpy as np
import pytest

from simulation.execution.points import count_points, places_at, points_of
from simulation.experiment.schema import Distribution, Factor, Values
from tests.execution.small import experiment

pytestmark = pytest.mark.unit

RANGE = Distribution(distribution="uniform", low=2.0, high=4.0)
FACTORS = tuple(Factor(address=f"parameters.{name}", values=RANGE) for name in ("exposure", "quorum", "meeting"))


def points(design, number, factors=FACTORS, seed=1):
    base = experiment(seed=seed, design=design, points=number)
    varied = type(base)(**(vars(base) | {"factors": factors}))
    found = list(points_of(varied))
    assert len(found) == count_points(varied)
    return found


def test_a_grid_is_every_combination():
    grid = experiment({"a": (1, 2), "b": ("x", "y", "z")})
    assert list(points_of(grid)) == [(1, "x"), (1, "y"), (1, "z"), (2, "x"), (2, "y"), (2, "z")]
    assert count_points(grid) == 6


def test_one_at_a_time_starts_from_the_scenario_and_changes_one_factor():
    example = experiment({"a": (1, 2), "b": ("x",)}, design="one-at-a-time")
    assert list(points_of(example)) == [(None, None), (1, None), (2, None), (None, "x")]
    assert count_points(example) == 4


def test_a_word_or_a_whole_number_lies_at_one_of_a_few_places():
    portions = np.array([0.0, 0.3, 0.4, 0.6, 1.0])
    words = Factor(address="parameters.trust_rule", values=Values(values=("linear", "confirmatory")))
    whole = Distribution(distribution="uniform", low=1, high=3, counts="whole")
    months = Factor(address="parameters.instruction_months", values=whole)
    assert places_at(words, portions).tolist() == [0, 0, 0, 1, 1]
    assert places_at(months, portions).tolist() == [0, 0, 0.5, 0.5, 1]
    assert places_at(FACTORS[0], portions).tolist() == portions.tolist()


def test_what_has_one_value_alone_lies_where_its_portion_does():
    portions = np.array([0.0, 0.5, 1.0])
    for values in (Values(values=("linear",)), Distribution(distribution="uniform", low=2, high=2, counts="whole")):
        assert places_at(Factor(address="parameters.x", values=values), portions).tolist() == portions.tolist()


def test_nothing_varied_is_one_point():
    assert list(points_of(experiment())) == [()]
    assert count_points(experiment()) == 1


def test_a_latin_hypercube_has_one_point_in_every_slice():
    sample = (np.array(points("latin-hypercube", 20)) - 2) / 2
    for column in sample.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


@pytest.mark.parametrize(("design", "number", "designs"), [("sobol", 8, 8 * 5), ("morris", 6, 6 * 4), ("random", 9, 9)])
def test_samples_have_the_size_that_their_method_asks_for(design, number, designs):
    sample = np.array(points(design, number))
    assert sample.shape == (designs, 3)
    assert ((sample >= 2) & (sample <= 4)).all()


def test_a_morris_trajectory_changes_one_thing_a_step():
    sample = np.array(points("morris", 5)).reshape(5, 4, 3)
    assert (np.count_nonzero(np.diff(sample, axis=1), axis=2) == 1).all()


def test_a_sobol_sample_crosses_two_samples_one_factor_at_a_time():
    """Saltelli's rows: A, then A with one column of B each, then B."""
    blocks = np.array(points("sobol", 4)).reshape(4, 5, 3)
    for block in blocks:
        first, last = block[0], block[-1]
        for factor in range(3):
            crossed = first.copy()
            crossed[factor] = last[factor]
            assert (block[1 + factor] == crossed).all()


@pytest.mark.parametrize("design", ["latin-hypercube", "sobol", "morris", "random"])
def test_the_seed_decides_the_sample(design):
    assert points(design, 16) == points(design, 16)
    assert points(design, 16) != points(design, 16, seed=2)


@pytest.mark.parametrize("design", ["latin-hypercube", "random"])
def test_values_of_every_kind_are_drawn_evenly(design):
    factors = (
        Factor(
            address="parameters.lead_capacity",
            values=Distribution(distribution="uniform", low=2, high=5, counts="whole"),
        ),
        Factor(address="a.from", values=Distribution(distribution="uniform", low=24180, high=24182, counts="month")),
        Factor(address="parameters.trust_rule", values=Values(values=("linear", "confirmatory"))),
    )
    sample = list(zip(*points(design, 600, factors), strict=True))
    for values, expected in zip(
        sample, [{2, 3, 4, 5}, {"2015-01", "2015-02", "2015-03"}, {"linear", "confirmatory"}], strict=True
    ):
        assert set(values) == expected
        counts = [values.count(value) for value in expected]
        assert min(counts) > 0.8 * 600 / len(expected)


@pytest.mark.parametrize(("low", "high", "counts"), [(3.6, 12.4, range(4, 13)), (1.5, 10.5, range(2, 11))])
def test_whole_numbers_are_drawn_evenly_between_ends_that_are_not_whole(low, high, counts):
    spread = Distribution(distribution="uniform", low=low, high=high, counts="whole")
    (drawn,) = zip(*points("latin-hypercube", 270, (Factor(address="a", values=spread),)), strict=True)
    assert {drawn.count(number) for number in counts} <= {29, 30, 31}
    assert set(drawn) == set(counts)


def test_distributions_have_their_shape():
    factors = (
        Factor(address="a", values=Distribution(distribution="triangular", low=0, mode=1, high=4)),
        Factor(address="b", values=Distribution(distribution="normal", mean=1, sd=0.5, low=0, high=2)),
    )
    triangular, normal = np.array(points("latin-hypercube", 4000, factors)).T
    assert triangular.mean() == pytest.approx((0 + 1 + 4) / 3, abs=0.01)
    assert (triangular.min() >= 0, triangular.max() <= 4) == (True, True)
    assert normal.mean() == pytest.approx(1, abs=0.01)
    assert np.mean((normal > 0.5) & (normal < 1.5)) == pytest.approx(0.6827 / 0.9545, abs=0.01)
