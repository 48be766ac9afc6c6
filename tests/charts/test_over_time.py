"""The gap and trust of several scenarios month by month: the lines, the headline, and when they are left out."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation import run_comparison, with_levers
from simulation.analysis.grades import Grade, grade_of, shares_of_gains
from simulation.analysis.verdict import THRESHOLD, find_verdict
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
    """Return two scenarios that go so over uncertain assumptions, `[point][month]`, one case at each point."""
    results = compared(2)
    studies = [
        replace(
            study,
            assumptions=Replicates(
                columns={column: np.array(paths, dtype=float)}, parameters={"opening_trust": np.arange(len(paths))}
            ),
        )
        for study, paths in zip(results.studies.values(), (first, second), strict=True)
    ]
    cases = tuple(replace(case, study=study) for case, study in zip(results.cases, studies, strict=True))
    return replace(results, cases=(cases[0], replace(cases[1], label="coached")))


@pytest.mark.parametrize(
    ("high", "words"),
    [
        ([0.6] * 100, "coached ends with more trust than as it is nearly everywhere (100 of 100 cases)"),
        ([0.6] * 80 + [0.3] * 20, "coached ends with more trust than as it is in most cases (80 of 100)"),
        (
            [0.6] * 34 + [0.4] * 66,
            "coached ends with more trust than as it is in 34 of 100 cases, and hardly ever less",
        ),
        (
            [0.6] * 56 + [0.2] * 16 + [0.4] * 28,
            "whether coached ends with more trust than as it is is not established: more in 56 of 100 cases, less in "
            "16",
        ),
        ([0.2] * 80 + [0.6] * 20, "as it is ends with more trust than coached in most cases (80 of 100)"),
        ([0.42] * 100, "no clear difference between coached and as it is: within 0.03 of trust in 100 of 100 cases"),
    ],
)
def test_a_headline_on_trust_says_what_the_verdict_s_rules_say(high, words):
    results = varied(high, [0.4] * 100)
    assert trust_headline(results, {"as it is": 0.4, "coached": 0.5}) == f"In March 2022, {words}"


CENT = 100.0


@pytest.mark.parametrize(
    ("coached", "words"),
    [
        (
            [[90] * 4] * 5,
            "From April 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 100 of 100 "
            "cases",
        ),
        (
            [[100, 98, 90, 90]] * 5,
            "From May 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 100 of 100 cases",
        ),
        (
            [[100, 99, 90, 90]] * 5,
            "From June 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 100 of 100 cases",
        ),
        (
            [[90, 100, 90, 90]] * 5,
            "From June 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 100 of 100 cases",
        ),
        (
            [[100, 90, 90, 90], [100, 100, 90, 90], [100, 90, 90, 90], [100, 90, 90, 90], [100, 100, 100, 100]],
            "From June 2020 on, coached leaves less than as it is in most cases, and in March 2022 in 80 of 100 cases",
        ),
        (
            [[90, 90, 100, 90]] * 5,
            "In March 2022, and not in the month before, coached clearly leaves less than as it is: in 100 of 100 "
            "cases",
        ),
        (
            [[100, 100, 100, 90]] * 5,
            "Only in March 2022 does coached clearly leave less than as it is: in 100 of 100 cases",
        ),
        (
            [[90, 90, 90, 100]] * 5,
            "In March 2022, no clear difference between coached and as it is: within £1m in 100 of 100 cases",
        ),
        (
            [[99.5] * 4] * 5,
            "In March 2022, no clear difference between coached and as it is: within £1m in 100 of 100 cases",
        ),
        (
            [[90] * 4] * 2 + [[100] * 4] * 3,
            "In March 2022, coached leaves less than as it is in 40 of 100 cases, and hardly ever more",
        ),
        (
            [[90] * 4] * 3 + [[110] * 4] * 2,
            "In March 2022, whether coached leaves less than as it is is not established: less in 60 of 100 cases, "
            "more in 40",
        ),
        (
            [[90] * 4] + [[110] * 4] * 4,
            "In March 2022, as it is leaves less than coached in most cases (80 of 100)",
        ),
    ],
)
def test_a_headline_on_the_gap_says_from_when_on_the_two_that_end_furthest_apart_differ(coached, words):
    results = over_ranges("gap", coached * 20, [[CENT] * 4] * 100)
    assert gap_headline(results, {"as it is": 100.0, "coached": 80.0}) == words


@pytest.mark.parametrize("column", ["gap", "trust"])
def test_a_headline_of_a_few_cases_establishes_nothing(column):
    """Of 5 sets of assumptions that all agree, as many as 45 in 100 may differ."""
    headline, better = (gap_headline, 90) if column == "gap" else (trust_headline, 110)
    results = over_ranges(column, [[better] * 4] * 5, [[CENT] * 4] * 5)
    medians = {"as it is": 100.0, "coached": float(better)}
    assert "coached" in headline(results, medians)
    assert "is not established" in headline(results, medians)


@pytest.mark.parametrize("least", [0.0, 20.0, 41.0, 56.0, 60.0, 66.0, 75.0, 92.0, 100.0])
@pytest.mark.parametrize("most", [0.0, 1.0, 16.0, 34.0])
def test_a_headline_on_the_gap_never_says_otherwise_than_the_verdict_on_the_same_cases(least, most):
    """A pair is graded by one rule: what the last month's headline claims, the verdict's grade claims as well."""
    better, worse = int(least), int(min(most, 100 - least))
    ends = [90.0] * better + [110.0] * worse + [100.0] * (100 - better - worse)
    results = over_ranges("gap", [[each] for each in ends], [[CENT]] * 100)
    (study, other) = (results.studies["coached"], results.studies["as it is"])
    gains = (other.assumptions["gap"] - study.assumptions["gap"])[np.newaxis]
    (shares,) = shares_of_gains(gains, THRESHOLD, results.seed)
    said, grade = gap_headline(results, {"as it is": 100.0, "coached": 80.0}), grade_of(shares)
    assert ("no clear difference" in said) == (grade is Grade.NO_CLEAR_DIFFERENCE)
    assert ("not established" in said) == (grade is Grade.NOT_ESTABLISHED)
    assert ("coached leaves less" in said or "coached clearly leave less" in said) == (
        grade.says_better or grade is Grade.NOT_ESTABLISHED
    )


def test_the_share_of_a_headline_is_that_of_the_verdict_on_the_same_cases():
    """94.53, 4.69 and 0.78 of 100: parts that add up are 94, 5 and 1."""
    ends = [[90.0]] * 121 + [[100.0]] * 6 + [[110.0]]
    results = over_ranges("gap", [each * 2 for each in ends], [[CENT] * 2] * 128)
    assert "94 of 100 cases" in gap_headline(results, {"as it is": 100.0, "coached": 90.0})


def test_the_headlines_of_results_give_the_counts_of_their_verdict():
    results = compared(2, supporting_runs=True)
    (pair,) = find_verdict(results).later_against_earlier
    medians = {label: float(np.median(study.ensemble["gap"][:, -1])) for label, study in results.studies.items()}
    said = gap_headline(results, medians)
    assert ("no clear difference" in said) == (pair.grade is Grade.NO_CLEAR_DIFFERENCE)
    assert ("not established" in said) == (pair.grade is Grade.NOT_ESTABLISHED)


def test_two_scenarios_with_one_median_are_two():
    results = over_ranges("gap", [[99.5]] * 100, [[CENT]] * 100)
    assert "between as it is and coached" in gap_headline(results, {"as it is": 100.0, "coached": 100.0})


def test_a_failed_case_is_not_counted():
    results = over_ranges("gap", [[90] * 4] * 80 + [[90, 90, np.nan, np.nan]] * 10, [[CENT] * 4] * 90)
    assert gap_headline(results, {"as it is": 100.0, "coached": 80.0}).endswith("in 80 of 80 cases")


def test_nothing_is_found_where_every_case_failed():
    nothing = [[np.nan] * 2] * 5
    medians = {"as it is": 100.0, "coached": 80.0}
    assert gap_headline(over_ranges("gap", nothing, nothing), medians).endswith("no case was run in full")
    assert trust_headline(over_ranges("trust", nothing, nothing), medians).endswith("no case was run in full")


def test_the_headline_does_not_repeat_the_verdict():
    results = compared(2, supporting_runs=True)
    assert results.plot("gap_over_time").headline != results.plot("verdict").headline


def test_a_headline_says_that_assumptions_were_not_varied():
    results = compared(2)
    same = dict.fromkeys(results.studies, 0.4)
    assert "simulated runs" in trust_headline(results, same)
    assert trust_headline(results, same).endswith("; assumptions were not varied")
    assert results.plot("gap_over_time").headline.endswith("is left in March 2022; assumptions were not varied")


def test_it_is_left_out_of_one_scenario_of_too_many_and_where_nobody_deals_with_another():
    assert reason_unavailable("gap_over_time", replace(compared(2), cases=compared(2).cases[:1])) == (
        "there are no two scenarios of the same months whose tables were kept"
    )
    many = replace(compared(2), cases=tuple(replace(compared(2).cases[0], label=f"{n}") for n in range(8)))
    assert reason_unavailable("gap_over_time", many) == "too many scenarios to label (8; the limit is 7)"
