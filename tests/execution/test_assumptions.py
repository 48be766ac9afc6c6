"""Assumptions are spread evenly over their ranges, the same for the same seed."""

import numpy as np
import pytest

from simulation.execution.assumptions import sample_assumptions
from simulation.parameters import TABLE

POINTS = 24


@pytest.mark.unit
def test_every_slice_of_every_range_holds_one_point():
    sample = np.array(sample_assumptions(POINTS, seed=5))
    for column, row in enumerate(TABLE):
        if not row.whole:
            slices = np.floor((sample[:, column] - row.low) / (row.high - row.low) * POINTS)
            assert sorted(slices) == list(range(POINTS)), row.name


@pytest.mark.unit
def test_parameters_that_count_are_whole_and_reach_both_ends():
    sample = np.array(sample_assumptions(POINTS, seed=5))
    for column, row in enumerate(TABLE):
        if row.whole:
            assert set(sample[:, column]) <= set(np.arange(row.low, row.high + 1)), row.name
            assert sample[:, column].min() == row.low
            assert sample[:, column].max() == row.high


@pytest.mark.unit
def test_the_seed_decides_the_sample():
    assert sample_assumptions(5, seed=1) == sample_assumptions(5, seed=1)
    assert sample_assumptions(5, seed=1) != sample_assumptions(5, seed=2)


@pytest.mark.unit
def test_parameters_are_not_drawn_in_step():
    sample = np.array(sample_assumptions(200, seed=3))
    correlation = np.corrcoef(sample[:, [not row.whole for row in TABLE]].T)
    assert np.abs(correlation - np.eye(len(correlation))).max() < 0.3
