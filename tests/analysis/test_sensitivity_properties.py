"""Statements about sensitivity indices that hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analysis.index_noise import find_variance_parts
from simulation.analysis.sensitivity_indices import find_indices
from tests.analysis.sensitivity_samples import sample_of, with_chance

pytestmark = pytest.mark.property


def by_factor(found):
    return {each.factor: each for each in found.parameters}


@settings(max_examples=25, deadline=None)
@given(
    slopes=st.lists(st.floats(-9, 9).map(lambda slope: round(slope, 1)), min_size=2, max_size=4),
    shift=st.floats(-1000, 1000),
    scale=st.floats(0.1, 100),
)
def test_indices_do_not_depend_on_the_unit(slopes, shift, scale):
    sample, names = sample_of("sobol", len(slopes), 64)
    outcomes = with_chance(sample @ np.array(slopes), 0.5, 3)
    one = by_factor(find_indices("sobol", sample, outcomes, names))
    other = by_factor(find_indices("sobol", sample, shift + scale * outcomes, names))
    for factor, found in one.items():
        assert other[factor].values == pytest.approx(found.values, abs=1e-6)
        assert other[factor].dummy == pytest.approx(found.dummy, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(points=st.integers(2, 6), replicates=st.integers(2, 6), seed=st.integers(0, 10_000), common=st.floats(-100, 100))
def test_the_parts_of_the_variance_are_unbiased_for_any_common_chance(points, replicates, seed, common):
    """What a replicate adds to all points alike leaves what parameters do as it is."""
    outcomes = np.random.default_rng(seed).normal(size=(points, replicates))
    alike = np.random.default_rng(seed + 1).normal(size=replicates) * common
    one, other = find_variance_parts(outcomes), find_variance_parts(outcomes + alike)
    assert other.points == pytest.approx(one.points, abs=1e-6)
