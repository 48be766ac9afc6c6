"""Reported figures beside simulated ones, worked out by hand on a tiny place, and the headline that says so."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import load_scenario, run_ensemble
from simulation.analysis.reported import compare_with_reported, gaps_outside, reported_to_pandas
from simulation.charts import reason_unavailable, reported
from simulation.charts.reported import headline
from simulation.results.replicates import Replicates
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.vocabulary import EvidenceStatus
from tests.analysis.by_hand import by_hand
from tests.places import SCENARIOS, written

pytestmark = pytest.mark.unit

OBSERVED = {
    "gap": {"2019-04": 7.0, "2020-06": {"value": 11.0, "source": "A board paper"}},
    "outturns": [
        {"title": "Both", "organisations": ["b", "a"], "by_year": {"2020/21": -10.0}},
        {"organisations": ["b"], "by_year": {"2020/21": 1.0, "2021/22": -2.0}},
    ],
}
# Four replicates of two years: the gap of June 2020 is 10, 11, 12 and 15; a and b lose as written.
OUTTURNS = [[[-5, -3], [0, -2]], [[-6, -3], [0, -2]], [[-7, -3], [0, -2]], [[-8, -3], [0, -2]]]


def study(**more):
    gap = np.zeros((4, 24))
    gap[:, 2] = [10, 11, 12, 15]
    ensemble = by_hand(4, months=24, system={"gap": gap}, outturns=OUTTURNS, observed=OBSERVED)
    return Study(ensemble=ensemble, **more)


def test_each_reported_figure_is_compared_with_its_month_or_year():
    gap, both, first, second = compare_with_reported(study())
    assert (gap.who, gap.period, gap.reported, gap.evidence.source) == (
        "the whole place",
        "2020-06",
        11,
        "A board paper",
    )
    assert (gap.band.mean, gap.band.median) == (12, 11.5)
    assert (gap.below, gap.above, gap.replicates) == (1, 2, 4)
    assert (both.who, both.period, both.reported) == ("Both", "2020/21", -10)
    assert (both.band.mean, both.below, both.above) == (-9.5, 1, 2)
    assert (first.who, first.reported, first.band.mean, first.below) == ("b", 1, -3, 4)
    assert (second.period, second.below, second.above) == ("2021/22", 0, 0)
    assert all(each.varied is None for each in (gap, both, first, second))


def test_a_deficit_is_a_shortfall_above_zero_with_its_band_the_right_way_up():
    gap, both, *_ = compare_with_reported(study())
    assert (gap.shortfall, gap.shortfall_band(gap.band)) == (11, gap.band)
    turned = both.shortfall_band(both.band)
    assert (both.shortfall, turned.mean) == (10, 9.5)
    assert turned.low_90 < turned.low_50 < turned.median < turned.high_50 < turned.high_90
    assert (turned.low_90, turned.high_90) == (-both.band.high_90, -both.band.low_90)


def test_a_gap_outside_the_run_is_named_and_not_compared():
    assert gaps_outside(study().ensemble.scenario) == {"2019-04": 7.0}


def test_uncertain_assumptions_have_a_band_in_the_month_and_in_the_year():
    """At two points the gap of June 2020 is 20 and 30; together they lose 4 and 6 in 2020/21."""
    gap = np.repeat([[20.0], [30.0]], 24, axis=1)
    outturns = np.array([[[-1, -3], [0, 0]], [[-2, -4], [0, 0]]], dtype=float)
    varied = Replicates(columns={"gap": gap}, parameters={"exposure": np.array([0.1, 0.2])}, outturns=outturns)
    place, both, *_ = compare_with_reported(study(assumptions=varied))
    assert (place.varied.mean, both.varied.mean) == (25, -5)
    without = compare_with_reported(study(assumptions=replace(varied, outturns=None)))
    assert [each.varied is None for each in without] == [False, True, True, True]


def test_the_table_has_a_row_for_each_figure():
    frame = reported_to_pandas(compare_with_reported(study()))
    assert frame["reported"].tolist() == [11, -10, 1, -2]
    assert frame["source"].tolist() == ["A board paper", "", "", ""]
    assert frame["status"].tolist() == [str(EvidenceStatus.SOURCED), *[str(EvidenceStatus.ASSUMED)] * 3]
    assert frame["varied_median"].isna().all()


def test_two_trusts_lose_what_their_gap_and_its_costs_add_up_to():
    """Nobody saves and nothing costs anything, so a gap of £10m a year is £10m of deficit a year, half for each."""
    plain = written(load_scenario(SCENARIOS / "two-trusts.yaml"))
    for each in plain["organisations"].values():
        each["efficiency_pool"] = 0
    plain["events"] = [
        {"event": "fixed_stance", "organisation": each, "stance": "institutional"} for each in plain["organisations"]
    ]
    plain["observed"] = {
        "gap": {"2024-10": 12},
        "outturns": [{"organisations": list(plain["organisations"]), "by_year": {"2024/25": -8}}]
        + [{"organisations": [each], "by_year": {"2025/26": -5}} for each in plain["organisations"]],
    }
    ensemble = run_ensemble(Scenario.model_validate(plain), replicates=3, seed=1, engine="mesa")
    gap, both, *each = compare_with_reported(Study(ensemble=ensemble))
    assert gap.band.median == pytest.approx(10)
    assert (gap.below, gap.above) == (3, 0)
    assert both.band.median == pytest.approx(-10)
    assert (both.below, both.above) == (3, 0)
    assert [figure.band.median for figure in each] == pytest.approx([-5, -5])
    assert headline([gap, both]) == (
        "The simulated gap is £2m less than reported; The commissioner and The hospital together lose £2m more"
    )


def figures(*simulated, reported=(11.0, -10.0), measures=("gap", "outturn")):
    found = {each.measure: each for each in compare_with_reported(study())[1::-1]}
    return [
        replace(found[measure], reported=was, band=found[measure].band._replace(median=is_now))
        for measure, was, is_now in zip(measures, reported, simulated, strict=True)
    ]


@pytest.mark.parametrize(
    ("simulated", "was", "words"),
    [
        ((20, -30), (11, -10), "The simulated gap is £9m more than reported; Both lose £20m more"),
        ((5, -4), (11, -10), "The simulated gap is £6m less than reported; Both lose £6m less"),
        ((11.9, -10.9), (11, -10), "The simulated gap is within £1m of the reported one; Both end within £1m of what "
         "was reported"),
        ((11, 3), (11, -10), "The simulated gap is within £1m of the reported one; Both end £13m better"),
        ((11, -3), (11, 2), "The simulated gap is within £1m of the reported one; Both end £5m worse"),
    ],
)  # fmt: skip
def test_the_headline_says_what_the_simulation_gets_wrong(simulated, was, words):
    assert headline(figures(*simulated, reported=was)) == words


def test_the_headline_names_the_period_where_there_are_several():
    several = compare_with_reported(study())
    assert (
        headline(several) == "The simulated gap is within £1m of the reported one; b ends within £1m of what was "
        "reported in 2021/22"
    )
    (only,) = figures(-30, reported=(-10,), measures=("outturn",))
    assert headline([only]) == "Simulated, Both lose £20m more"
    gaps = figures(5, 20, reported=(5, 10), measures=("gap", "gap"))
    assert headline(gaps) == "The simulated gap in June 2020 is £10m more than reported"


def test_the_chart_names_both_readings_their_sources_and_what_is_left_out():
    chart = reported(study())
    drawn = " ".join(text.get_text() for panel in chart.axes for text in panel.texts)
    for words in ("The whole place: gap in", "Both: deficit of 2020/21", "A board paper", "outside the run: £7m"):
        assert words in drawn.replace("\n", " ") or words in f"{chart.alt} {chart.note}", words


def test_without_a_reported_figure_in_the_run_there_is_no_chart():
    plain = Study(ensemble=by_hand(1, observed={"gap": {"2019-04": 7.0}}))
    assert reason_unavailable("reported", plain) == "the scenario has no reported figure within the run"
    with pytest.raises(ValueError, match="reported figures within the run"):
        reported(plain)
