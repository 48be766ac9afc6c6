"""Each organisation's change against the baseline, worked out on paper."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.discounting import discounted
from simulation.analysis.organisation_changes import WHOLE_RUN, Effect, changes_to_pandas, organisation_changes
from simulation.charts.who_gains import changes_over_the_run, headline
from simulation.report.organisations import organisation_tables
from simulation.results.comparison import side_by_side
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit

OUTTURNS = np.array([[[1.0, -2.0], [3.0, 1.0]], [[1.0, 1.0], [2.0, -1.0]], [[1.0, -3.0], [4.0, -2.0]]])
"""`[replicate, year, organisation]`: over 24 months from April, two whole years."""

PAIR = {
    "alone": Study(ensemble=by_hand(3, months=24)),
    "together": Study(ensemble=by_hand(3, months=24, outturns=OUTTURNS)),
}


def test_changes_are_paired_over_the_run_and_by_year():
    found = {(each.organisation, each.period): each for each in organisation_changes(side_by_side(PAIR))}
    assert [period for who, period in found if who == "a"] == [WHOLE_RUN, "2020/21", "2021/22"]
    whole = found["b", WHOLE_RUN]  # -1, 0 and -5 in the three replicates
    assert whole.precision.mean == pytest.approx(-2.0)
    assert whole.precision.half_width == pytest.approx(4.302653 * np.std([-1, 0, -5], ddof=1) / np.sqrt(3))
    assert (whole.loses_in, whole.band.median) == (2, -1.0)
    assert found["a", "2020/21"].precision.mean == 1.0
    assert found["a", "2021/22"].precision.mean == 3.0
    assert not found["a", "2020/21"].is_part


def test_periods_add_up_to_the_run():
    frame = changes_to_pandas(organisation_changes(side_by_side(PAIR)))
    sums = frame[frame["period"] != WHOLE_RUN].groupby("organisation")["mean"].sum()
    assert sums.tolist() == frame[frame["period"] == WHOLE_RUN]["mean"].tolist()
    assert frame["against"].unique().tolist() == ["alone"]


def test_only_replicates_that_both_have_are_compared():
    """The second replicate of the baseline failed: the changes of b are -1 and -5."""
    kept = replace(PAIR["alone"].ensemble, replicates=np.array([0, 2]), outturns=np.zeros((2, 2, 2)))
    study = Study(ensemble=replace(kept, system=kept.system[[0, 2]]))
    found = organisation_changes(replace(side_by_side(PAIR), cases=with_baseline(study)))
    assert next(each.precision.mean for each in found if each.organisation == "b") == -3.0


def with_baseline(study):
    first, second = side_by_side(PAIR).cases
    return replace(first, study=study, gaps=np.array([0.0, np.nan, 0.0])), second


def test_another_place_has_no_changes():
    other = {"alone": Study(ensemble=by_hand(3, months=12)), "together": PAIR["together"]}
    assert organisation_changes(side_by_side(other)) == ()


def test_a_paper_shows_them_by_year():
    comparison = side_by_side(PAIR)
    (table,) = organisation_tables(comparison, comparison.cases[1:])
    assert table.caption == "Change in each organisation’s books, £m: together against alone"
    assert table.heads == ("Organisation", "2020/21", "2021/22", "Whole run")
    assert [row[0] for row in table.rows] == ["b", "a"]
    assert table.rows[1][1:3] == ("+1", "+3")
    assert table.rows[1][3].startswith("+4 ±")
    assert sum(table.widths) == pytest.approx(1.0)


def test_a_headline_counts_those_that_gain_and_lose():
    """The means, which add up: a gains 4 in each replicate; b pays 1, 0 and 5, and more runs might show that it gains.

    The mean of b is −2 and its standard error √7/√3, so that ±4.3 × 1.53 holds 0.
    """
    found = changes_over_the_run(side_by_side(PAIR))
    assert [each.effect for each in found["together"].values()] == [Effect.GAINS, Effect.NOT_CLEAR]
    assert headline(found, ("together", None)) == (
        "At our central assumptions 1 of 2 organisations gains £4m, none clearly pays, 1 is not clear with together"
    )


def test_the_same_outturn_in_every_run_is_no_change_and_a_tiny_gain_in_every_run_is_a_gain():
    tiny = side_by_side(PAIR | {"together": Study(ensemble=by_hand(3, months=24, outturns=[[0.001, 0.0]] * 2))})
    found = changes_over_the_run(tiny)
    assert [each.effect for each in found["together"].values()] == [Effect.GAINS, Effect.NONE]
    assert headline(found, ("together", None)) == (
        "At our central assumptions 1 of 2 organisations gains under £5,000, none pays with together"
    )


def test_uncertain_assumptions_have_a_band_of_their_own():
    """In the first year b gains 1 at one point and loses 3 at the other; in the second it loses 1 at both."""
    columns, parameters = {"gap": np.zeros((2, 1))}, {"exposure": np.array([0.1, 0.2])}
    varied = {
        name: replace(
            study, assumptions=Replicates(columns=columns, parameters=parameters, outturns=np.array(outturns))
        )
        for (name, study), outturns in zip(
            PAIR.items(), (np.zeros((2, 2, 2)), [[[2.0, 1], [0, -1]], [[2, -3], [0, -1]]]), strict=True
        )
    }
    found = {(each.organisation, each.period): each for each in organisation_changes(side_by_side(varied))}
    assert (found["a", WHOLE_RUN].varied.mean, found["b", WHOLE_RUN].varied.mean) == (2.0, -2.0)
    assert found["b", "2020/21"].varied.mean == -1.0
    assert (found["b", WHOLE_RUN].varied_loses_in, found["b", WHOLE_RUN].varied_of) == (1, 2)
    frame = changes_to_pandas(found.values())
    assert frame.query("period == 'whole run'")["varied_median"].tolist() == [2.0, -2.0]
    assert frame["varied_loses_in"].tolist() == [0, 0, 0, 1, 1, 2]


def test_changes_are_discounted_by_financial_year():
    """Over the two years a gains 1 and 3 in the first replicate: 1 + 3/1.035 at 3.5%."""
    later = discounted(side_by_side(PAIR), 3.5)
    found = {(each.organisation, each.period): each for each in organisation_changes(later)}
    assert found["a", "2021/22"].precision.mean == pytest.approx(3 / 1.035)
    assert found["a", WHOLE_RUN].precision.mean == pytest.approx(1 + 3 / 1.035)
