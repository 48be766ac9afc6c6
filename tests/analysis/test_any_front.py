"""Statements about fronts that hold for any candidates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.analysis.front import is_on_front, layers_of, survivors

pytestmark = pytest.mark.property


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=40))
def test_the_front_is_what_comparing_every_pair_finds(rows):
    values = np.array(rows, dtype=float)
    beaten = [any((o <= e).all() and (o < e).any() for o in values) for e in values]
    assert is_on_front(values).tolist() == [not each for each in beaten]


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=60), st.integers(1, 60))
def test_survivors_are_as_many_as_asked_for_and_from_the_front_first(rows, most):
    values = np.array(rows, dtype=float)
    kept = survivors(values, most)
    assert len(kept) == len(set(kept)) == min(most, len(values))
    layers = layers_of(values[:, :2])
    if most >= 2 * np.count_nonzero(layers == 0):
        assert set(np.flatnonzero(layers == 0)) <= set(kept)
