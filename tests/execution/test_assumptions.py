"""Assumptions are spread evenly over their ranges, the same for the same seed."""

import numpy as np
import pytest

from simulation.execution.assumptions import assumption_factors, sample_assumptions
from simulation.execution.designs import resolve_designs
from simulation.execution.supporting_runs import supporting_experiments
from simulation.experiment.addresses import to_plain
from simulation.experiment.entries import AssumptionSample
from simulation.experiment.schema import Distribution
from simulation.parameters import TABLE
from simulation.scenario.checks import find_contradictions
from tests.execution.small import experiment

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


@pytest.mark.unit
@pytest.mark.parametrize("stretch", [0.5, 1.5, 2])
def test_a_stretched_sample_is_spread_over_the_stretched_ranges(stretch):
    sample = np.array(sample_assumptions(POINTS, seed=5, stretch=stretch))
    for column, row in enumerate(TABLE):
        low, high = row.stretched(stretch)
        if not row.whole and row.name != "unowned_realisation":
            slices = np.floor((sample[:, column] - low) / (high - low) * POINTS)
            assert sorted(slices) == list(range(POINTS)), row.name


@pytest.mark.unit
@pytest.mark.parametrize(
    ("stretch", "name", "counts"),
    [
        (1, "pace", {1, 2, 3, 4, 5}),
        (2, "pace", {1, 2, 3, 4, 5}),
        (1.5, "mobilisation", set(range(13))),
        (0.75, "mobilisation", set(range(2, 11))),
        (1.1, "lead_capacity", set(range(4, 13))),
        (1.5, "lead_capacity", set(range(2, 15))),
        (5, "instruction_months", {1, 2, 3}),
    ],
)
def test_each_whole_number_of_a_stretched_range_is_drawn_equally_often(stretch, name, counts):
    drawn = [getattr(row, name) for row in sample_assumptions(len(counts) * 20, seed=7, stretch=stretch)]
    assert set(drawn) == counts
    assert {drawn.count(number) for number in counts} <= {19, 20, 21}


@pytest.mark.unit
def test_without_a_stretch_ownership_never_counts_against_a_saving():
    """The two ranges touch at 0.65, so the sample is the drawn one."""
    sample = sample_assumptions(300, seed=2)
    assert all(each.unowned_realisation <= each.owned_realisation for each in sample)
    assert max(each.unowned_realisation for each in sample) > 0.64


@pytest.mark.unit
def test_the_smaller_of_the_two_is_used_where_a_saving_would_be_worth_more_without_ownership():
    sample = sample_assumptions(300, seed=2, stretch=2)
    equal = [each for each in sample if each.unowned_realisation == each.owned_realisation]
    assert all(each.unowned_realisation <= each.owned_realisation for each in sample)
    # Uniform on 0.35–0.75 and 0.55–0.95: one in eight is drawn the wrong way round.
    assert len(equal) / 300 == pytest.approx(1 / 8, abs=0.04)
    owned = np.array([each.owned_realisation for each in sample])
    assert sorted(np.floor((owned - 0.55) / 0.4 * 300)) == list(range(300)), "what is owned stays as it was drawn"


@pytest.mark.unit
def test_a_seed_names_the_same_slices_at_every_stretch():
    plain, wide = (np.array(sample_assumptions(POINTS, seed=5, stretch=stretch)) for stretch in (1, 1.5))
    trust = [row.name for row in TABLE].index("opening_trust")
    assert wide[:, trust] - 0.4 == pytest.approx(1.5 * (plain[:, trust] - 0.4))


@pytest.mark.unit
def test_the_factors_are_the_stretched_ranges():
    found = {factor.address: factor.values for factor in assumption_factors(1.5)}
    assert list(found) == [f"parameters.{row.name}" for row in TABLE]
    assert found["parameters.lead_capacity"] == Distribution(distribution="uniform", low=2, high=14, counts="whole")
    assert found["parameters.trust_rule"].values == ("linear", "confirmatory")
    assert (found["parameters.exposure"].low, found["parameters.exposure"].high) == pytest.approx((0, 0.6))


@pytest.mark.unit
@pytest.mark.parametrize("stretch", [0, -1, 0.09, 5.1, float("nan"), float("inf")])
def test_a_stretch_out_of_range_is_refused(stretch):
    with pytest.raises(ValueError, match=r"the stretch must be from 0\.1 to 5 \(given: "):
        assumption_factors(stretch)


@pytest.mark.unit
def test_every_design_of_a_stretched_sample_is_a_valid_scenario_and_its_row_says_what_is_used():
    asked = experiment(
        replicates=2, assumptions=AssumptionSample(points=60, replicates=1, stretch=3, also_stretched=())
    )
    (supporting,) = supporting_experiments(asked)
    assert supporting.stretch == 3
    rows = sample_assumptions(60, asked.seed, stretch=3)
    unowned = supporting.addresses.index("parameters.unowned_realisation")
    for row, design in zip(rows, resolve_designs(supporting), strict=True):
        assert design.scenario.resolve_parameters() == row
        assert design.values[unowned] == row.unowned_realisation
        assert list(find_contradictions(to_plain(design.scenario))) == []
    assert any(row.unowned_realisation == row.owned_realisation for row in rows)
