"""Bands contain the share of replicates that they claim."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.analysis.bands import Interval, bands_of, interval_of, monthly_bands
from tests.analysis.by_hand import by_hand

NAN = float("nan")
amounts = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


@pytest.mark.unit
def test_of_the_numbers_from_0_to_100():
    assert interval_of(np.arange(101.0)) == Interval(50, 50, 25, 75, 5, 95)


@pytest.mark.unit
def test_a_single_replicate_has_bands_of_no_width():
    assert interval_of(np.array([7.0])) == Interval(*[7.0] * 6)


@pytest.mark.unit
def test_a_replicate_without_the_number_is_left_out():
    assert interval_of(np.array([NAN, 2.0, 4.0])).mean == 3.0


@pytest.mark.unit
@pytest.mark.filterwarnings("error")
def test_where_no_replicate_has_the_number_it_is_nan():
    bands = bands_of(np.array([[1.0, NAN], [3.0, NAN]]))
    assert bands.mean[0] == 2.0
    assert np.isnan(bands.at(-1)).all()


@pytest.mark.unit
def test_a_column_month_by_month():
    ensemble = by_hand(2, system={"gap": [[10.0], [20.0]]}, months=3)
    bands = monthly_bands(ensemble, "gap")
    assert bands.median.tolist() == [15.0, 15.0, 15.0]
    assert bands.to_pandas(ensemble.axes.months)["month"].tolist() == ["2020-04", "2020-05", "2020-06"]


@pytest.mark.property
@given(amounts)
def test_limits_are_in_order_and_within_the_replicates(values):
    found = interval_of(np.array(values))
    ordered = [min(values), found.low_90, found.low_50, found.median, found.high_50, found.high_90, max(values)]
    assert all(low <= high + 1e-6 for low, high in pairwise(ordered))


@pytest.mark.property
@given(amounts)
def test_the_order_of_replicates_changes_no_limit(values):
    one, other = interval_of(np.array(values)), interval_of(np.array(values[::-1]))
    assert one == pytest.approx(other)
