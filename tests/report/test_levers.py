"""The table of levers: the worth of each within a package, by chance and over the ranges."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.charts.attribution import attribution
from simulation.report.levers import levers_table
from simulation.results.comparison import LeverCombinations
from tests.charts.conftest import comparison_of, with_levers

pytestmark = pytest.mark.unit


def test_the_worth_of_a_lever_over_the_ranges_stands_beside_that_by_chance():
    run = with_levers("no joint action", 8)
    gaps = np.stack([run.cases[0].gaps, run.cases[0].gaps - np.arange(8)], axis=1)
    split = LeverCombinations(first="as it is", second="with levers", levers=("menu_framing",), gaps=gaps)
    plain = replace(run, attribution=split)
    assert "was not run over the ranges" in levers_table(plain, None).note
    over = replace(plain.attribution, points=8, stretch=1.5)
    table = levers_table(replace(plain, attribution_over_ranges=over), None)
    assert [row[-2:] for row in table.rows if row[0] == "All of these together"] == [("3.5 (0.35 to 6.6)",) * 2]
    assert table.heads[-2:] == ("Closes, £m a year (chance)", "Closes, £m a year (assumptions)")
    assert "over 8 sets of assumptions (ranges stretched by a factor of 1.5)" in table.note
    assert "was not run" not in table.note


def test_a_package_other_than_the_choice_in_detail_is_named_in_the_heading():
    run = with_levers("no joint action", 8)
    gaps = np.stack([run.cases[0].gaps, run.cases[0].gaps - 1], axis=1)
    split = LeverCombinations(first="as it is", second="with levers", levers=("menu_framing",), gaps=gaps)
    found = replace(run, attribution=split)
    assert levers_table(found, run.cases[1]).caption.endswith("what it costs and what it is worth")
    assert levers_table(found, run.cases[0]).caption.endswith("what it is worth in with levers")


def test_the_chart_of_attribution_says_how_many_points_its_ranges_rest_on():
    plain = comparison_of("no joint action", 8)
    drawn = attribution(replace(plain, attribution_over_ranges=replace(plain.attribution, points=8)))
    assert "the mean of 8 sets of assumptions" in drawn.note
    assert {"varied_mean", "varied_median", "varied_low_90", "varied_high_90"} <= {*drawn.data}
