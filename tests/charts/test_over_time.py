"""The gap and trust of several scenarios month by month: the lines, the headline, and when they are left out."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation import run_comparison, with_levers
from simulation.charts import CHARTS, reason_unavailable
from simulation.charts.text.over_time_words import gap_headline, trust_headline
from simulation.levers import Lever
from simulation.results.replicates import Replicates
from tests.charts.test_every_chart import boxes_of
from tests.places import place, scenario

pytestmark = pytest.mark.unit

BOTH = ("gap_over_time", "trust_over_time")
LONG = "a choice with a name as long as the longest there may be {:03}"


@cache
def compared(count, *, supporting_runs=False, months=24):
    """Return a place as it is, and with one lever after another."""
    alone = scenario(place(months=months))
    levers = [str(lever) for lever in Lever]
    names = {LONG.format(number): with_levers(alone, **{levers[number]: 1}) for number in range(count - 1)}
    return run_comparison(
        {"as it is": alone} | names, replicates=8, seed=1, engine="mesa", supporting_runs=supporting_runs
    )


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("count", [2, 5, 7])
def test_a_line_with_its_name_for_each_choice_and_nothing_over_another(name, count):
    chart = compared(count).plot(name)
    labels = [*compared(count).studies]
    assert [each for each in chart.data["series"].unique() if each != "before any savings"] == labels
    boxes = boxes_of(chart)
    width, height = chart.canvas.get_width_height()
    for index, (text, box) in enumerate(boxes):
        assert -1 <= box.x0 < box.x1 <= width + 1, text.get_text()
        assert -1 <= box.y0 < box.y1 <= height + 1, text.get_text()
        for other, earlier in boxes[:index]:
            across = min(box.x1, earlier.x1) - max(box.x0, earlier.x0)
            along = min(box.y1, earlier.y1) - max(box.y0, earlier.y0)
            assert across <= 1 or along <= 3, (text.get_text(), other.get_text())


@pytest.mark.parametrize("count", [2, 7])
def test_no_two_lines_look_alike(count):
    panel = compared(count).plot("trust_over_time").axes[0]
    lines = [line for line in panel.get_lines() if len(line.get_xdata()) == 24]
    assert len({(line.get_color(), line.get_linestyle(), line.get_marker()) for line in lines}) == count


def test_the_data_are_the_medians_and_bands_of_each_scenario():
    results = compared(2)
    data = CHARTS["trust_over_time"](results).data.set_index(["series", "month"])
    ends = results["as it is"]["trust"][:, -1]
    row = data.loc[("as it is", results["as it is"].axes.months[-1])]
    assert row["value"] == pytest.approx(np.median(ends))
    assert row["low_90"] == pytest.approx(np.quantile(ends, 0.05))


def test_both_kinds_of_uncertainty_are_named():
    chart = compared(2, supporting_runs=True).plot("trust_over_time")
    assert "9 in 10 of the runs end there, by chance alone; dotted: 9 in 10 allowing for uncertain" in chart.note
    assert "as it is, uncertain assumptions" in set(chart.data["series"])
    assert "assumptions are not varied" in compared(2).plot("trust_over_time").note


def varied(high, low):
    """Return two scenarios whose trust ends at these numbers over uncertain assumptions, `[case]`."""
    return over_ranges("trust", [[each] for each in high], [[each] for each in low])


def over_ranges(column, second, first):
    """Return two scenarios that go so over uncertain assumptions, `[case][month]`."""
    results = compared(2)
    studies = [
        replace(study, assumptions=Replicates(columns={column: np.array(paths, dtype=float)}))
        for study, paths in zip(results.studies.values(), (first, second), strict=True)
    ]
    cases = tuple(replace(case, study=study) for case, study in zip(results.cases, studies, strict=True))
    return replace(results, cases=(cases[0], replace(cases[1], label="coached")))


@pytest.mark.parametrize(
    ("high", "low", "words"),
    [
        ([0.6] * 5, [0.4] * 5, "In 5 of 5 cases, trust ends higher with coached than with as it is"),
        ([0.6] * 4 + [0.3], [0.4] * 5, "In 4 of 5 cases, trust ends higher with coached than with as it is"),
        ([0.42] * 5, [0.4] * 5, "No clear difference in trust in March 2022: medians of 0.40 to 0.50"),
        ([0.6, 0.6, 0.2, 0.2], [0.4] * 4, "No clear difference in trust in March 2022: medians of 0.40 to 0.50"),
    ],
)
def test_a_headline_on_trust_counts_cases(high, low, words):
    assert trust_headline(varied(high, low), {"as it is": 0.4, "coached": 0.5}) == words


CENT = 100.0


@pytest.mark.parametrize(
    ("coached", "words"),
    [
        (
            [[90] * 4] * 5,
            "From April 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 5 of 5 cases",
        ),
        (
            [[100, 98, 90, 90]] * 5,
            "From May 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 5 of 5 cases",
        ),
        (
            [[100, 99, 90, 90]] * 5,
            "From June 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 5 of 5 cases",
        ),
        (
            [[90, 100, 90, 90]] * 5,
            "From June 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 5 of 5 cases",
        ),
        (
            [[100, 90, 90, 90], [100, 100, 90, 90], [100, 90, 90, 90], [100, 90, 90, 90], [100, 100, 100, 100]],
            "From May 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 4 of 5 cases",
        ),
        (
            [[90, 90, 100, 90]] * 5,
            "Only in March 2022 does coached clearly leave less than as it is: in 5 of 5 cases",
        ),
        ([[90, 90, 90, 100]] * 5, "No clear difference in the gap in March 2022: medians of £80m to £100m"),
        ([[99.5] * 4] * 5, "No clear difference in the gap in March 2022: medians of £80m to £100m"),
    ],
)
def test_a_headline_on_the_gap_says_from_when_on_the_two_that_end_furthest_apart_differ(coached, words):
    results = over_ranges("gap", coached, [[CENT] * 4] * 5)
    assert gap_headline(results, {"as it is": 100.0, "coached": 80.0}) == words


def test_a_failed_case_is_not_counted():
    results = over_ranges("gap", [[90] * 4] * 4 + [[90, 90, np.nan, np.nan]], [[CENT] * 4] * 5)
    assert gap_headline(results, {"as it is": 100.0, "coached": 80.0}).endswith("in 4 of 4 cases")


def test_the_headline_does_not_repeat_the_verdict():
    results = compared(2, supporting_runs=True)
    assert results.plot("gap_over_time").headline != results.plot("verdict").headline


def test_a_headline_says_that_assumptions_were_not_varied():
    results = compared(2)
    same = dict.fromkeys(results.studies, 0.4)
    assert trust_headline(results, same).endswith("medians of 0.40; assumptions were not varied")
    assert results.plot("gap_over_time").headline.endswith("is left in March 2022; assumptions were not varied")


def test_it_is_left_out_of_one_scenario_of_too_many_and_where_nobody_deals_with_another():
    assert reason_unavailable("gap_over_time", replace(compared(2), cases=compared(2).cases[:1])) == (
        "there are no two scenarios of the same months whose tables were kept"
    )
    many = replace(compared(2), cases=tuple(replace(compared(2).cases[0], label=f"{n}") for n in range(8)))
    assert reason_unavailable("gap_over_time", many) == "too many scenarios to label (8; the limit is 7)"
