"""Half-widths of means: against scipy's own interval, and whatever is missing."""

import numpy as np
import pytest
from scipy import stats

from simulation.analysis.precision import half_widths, precisions_of
from simulation.model.draws import uniform

pytestmark = pytest.mark.unit

VALUES = uniform(1, 0, np.arange(60, dtype=np.uint64), 0, 0).reshape(3, 20) * 100


def test_it_is_students_interval():
    for row, (replicates, mean, half_width) in zip(VALUES, precisions_of(VALUES), strict=True):
        low, high = stats.t.interval(0.95, 19, loc=row.mean(), scale=stats.sem(row))
        assert replicates == 20
        assert (mean - half_width, mean + half_width) == pytest.approx((low, high))


def test_missing_replicates_are_left_out():
    some = VALUES.copy()
    some[0, 3:] = np.nan
    some[1, 1:] = np.nan
    some[2] = np.nan
    three, one, none = precisions_of(some)
    assert three == pytest.approx(precisions_of(VALUES[:1, :3])[0])
    assert (one.replicates, one.mean) == (1, VALUES[1, 0])
    assert none.replicates == 0
    assert np.isnan([one.half_width, none.mean, none.half_width]).all()


def test_four_times_as_many_replicates_halve_it():
    precision = precisions_of(VALUES)[0]
    assert precision.to_halve == 80
    many = np.tile(VALUES, 400)
    assert half_widths(np.tile(many, 4)) == pytest.approx(half_widths(many) / 2, rel=1e-3)
