"""Papers of experiments that vary assumptions: choices are compared, and no set of assumptions is praised."""

import re
from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.discounting import discounted
from simulation.analysis.verdict import verdict, verdict_to_pandas
from simulation.experiment.entries import FOR_CHARTS
from simulation.formatting import millions, pounds
from simulation.report.choices_table import choices_table, left_over_points
from simulation.report.content import build_paper
from simulation.report.workbook.scenarios import scenario_sheets
from simulation.results.load import load_comparison
from tests.charts.conftest import over_grid
from tests.execution.small import experiment, run_all

pytestmark = pytest.mark.unit

PRAISE = re.compile(r"\b(best|better|least|less than|leads|wins?)\b", re.IGNORECASE)


def one_scenario():
    """Return a single scenario over two assumptions, which move its gap by more than £10m."""
    whole = over_grid("partnership", 8, 2)
    moved = [
        replace(case, gaps=case.gaps + 9 * n) for n, case in enumerate(whole.cases) if case.variant == "partnership"
    ]
    return replace(whole, cases=tuple(moved))


def test_two_assumptions_of_one_scenario_give_no_best_assumption():
    paper = build_paper(one_scenario())
    assert paper.answer[0].startswith("Over 6 sets of assumptions, the mean gap left in ")
    findings = [f"{finding.chart.headline} {finding.chart.note} {finding.chart.alt}" for finding in paper.findings]
    assert [finding.chart.name for finding in paper.findings] == ["gap_by_point"]
    for said in (
        *paper.answer[:2],
        *paper.cautions,
        *findings,
        *(cell for row in paper.scenarios.rows for cell in row),
    ):
        assert not PRAISE.search(said), said
        assert "0.6" not in said, said
        assert "opening_trust" not in said, said
    assert paper.scenarios.rows[0][:2] == ("A made-up place", "6")
    assert "opening trust and how trust moves" in paper.cautions[0]


def test_the_money_says_of_positions_what_the_table_of_choices_has():
    results = over_grid("partnership", 8, 1)
    paper = build_paper(results, with_charts=False)
    assert paper.scenarios.heads[3] == "Position over the run, £m"
    assert paper.scenarios.rows[0][3] != "–"
    (said,) = paper.money
    assert said.endswith("The position over all sets, costs included, is in the table of choices.")
    without = replace(results, cases=tuple(replace(case, positions=None) for case in results.cases))
    paper = build_paper(without, with_charts=False)
    assert {row[3] for row in paper.scenarios.rows} == {"–"}
    assert "position" not in paper.money[0]


def test_the_table_and_the_answer_give_each_choice_over_the_sets():
    results = over_grid("partnership", 8, 1)
    paper = build_paper(results)
    assert [row[:2] for row in paper.scenarios.rows] == [
        ("No joint action", "3"),
        ("Instruction", "3"),
        ("Partnership", "3"),
    ]
    assert paper.answer[0] == left_over_points(results)
    assert all(f"{label} £" in paper.answer[0] for label in ("no joint action", "instruction", "partnership"))
    assert "Shares of runs rest on 3 settings that were chosen" in paper.answer[1]
    assert [finding.chart.name for finding in paper.findings] == ["verdict", "gap_by_factor"]


def test_amounts_are_medians_and_ends_of_the_means():
    """Means 11, 14 and 20 at three values; a sample has 9 in 10 of them."""
    whole = over_grid("partnership", 8, 1)
    moved = zip(whole.cases[:3], (11.0, 14.0, 20.0), strict=True)
    one = replace(
        whole, cases=tuple(replace(case, gaps=np.array([mean - 1, mean + 1, np.nan])) for case, mean in moved)
    )
    assert " is £11m to £20m a year, with a median of £14m, against " in left_over_points(one)
    (row,) = build_paper(one).scenarios.rows
    assert row[2] == "14 (11 to 20)"
    drawn = replace(one, design="latin-hypercube")
    assert "3 sets of assumptions, a Latin hypercube sample, the mean gap left" in left_over_points(drawn)
    assert "a year in 9 of 10, with a median of £14m" in left_over_points(drawn)


def test_a_choice_that_was_varied_is_not_called_an_assumption():
    """The experiment says which: opening trust stays uncertain, the other is chosen."""
    whole = over_grid("partnership", 8, 2)
    paper = build_paper(replace(whole, choices=whole.factors[1:]))
    assert paper.cautions[0].startswith("Of the assumptions only these were varied: opening trust. ")
    assert [row[0] for row in paper.scenarios.rows][:2] == [
        "No joint action, trust rule linear",
        "No joint action, trust rule confirmatory",
    ]


def test_where_choices_are_compared_over_sets_of_assumptions_the_request_is_to_choose_among_them():
    assert "assumption" in build_paper(one_scenario()).ask[1]
    several = build_paper(over_grid("partnership", 8, 1)).ask
    assert several[1].startswith("choose which of ")
    assert "work" in several[1]
    assert not any("assumption" in request for request in several)


def test_a_paper_counts_sets_of_assumptions_in_one_way():
    """A sample that draws one of its six sets three times has six, on the first page, in the findings and tables."""
    whole = one_scenario()
    sample = replace(
        whole, cases=(*whole.cases, *(replace(whole.cases[0]) for _ in range(2))), design="latin-hypercube"
    )
    paper = build_paper(sample, with_charts=False)
    assert "the middle of 6 sets of assumptions" in paper.figures[0].label
    assert paper.answer[0].startswith("Over 6 sets of assumptions, a Latin hypercube sample")
    assert paper.scenarios.rows[0][1] == "6"
    once = build_paper(replace(whole, design="latin-hypercube"), with_charts=False)
    assert paper.figures[0] == once.figures[0]


@pytest.mark.parametrize("design", ["grid", "one-at-a-time", "morris", "sobol"])
def test_sets_that_a_design_chose_are_no_sample_and_intervals_are_of_their_runs(design):
    results = replace(over_grid("partnership", 8, 2), design=design)
    in_steps = design in {"morris", "sobol"}
    paper = build_paper(results)
    words = "\n".join([*paper.answer, *(figure.label for figure in paper.figures), *paper.cautions])
    words += "".join(f"{each.chart.headline} {each.chart.subtitle} {each.chart.note}" for each in paper.findings)
    assert f"Shares of runs rest on 6 settings that were {'drawn in steps' if in_steps else 'chosen'}" in words
    assert "llowing for uncertain assumptions" not in words
    assert words.count("95% intervals") == words.count("95% intervals of the runs at these settings")
    assert ("95% intervals" in words) is not in_steps
    frame = verdict_to_pandas([verdict(results)])
    assert frame.filter(regex="(better|different|worse)_(low|high)").isna().all(axis=None) == in_steps
    assert not frame[["better", "no_different", "worse"]].isna().any(axis=None)


@pytest.mark.parametrize("design", ["latin-hypercube", "random"])
def test_sets_that_were_drawn_have_intervals(design):
    results = replace(over_grid("partnership", 8, 2), design=design)
    assert "Shares of cases rest on 6 sets of assumptions" in "\n".join(build_paper(results).answer)
    assert not verdict_to_pandas([verdict(results)])["better_low"].isna().any()


def test_the_middle_is_of_what_was_run_and_its_range_is_of_a_sample_or_of_all():
    """Of a grid the ends are given, as in the table; choices are not counted as sets of assumptions."""
    whole = one_scenario()
    alone = replace(whole, cases=tuple(case for case in whole.cases if case.variant == "partnership"))
    means = [float(np.nanmean(case.gaps)) for case in alone.cases]
    first = build_paper(alone).figures[0]
    assert "the middle of 6 sets of assumptions (" in first.label
    assert f"({pounds(min(means))} to {pounds(max(means))})" in first.label
    assert "in 9 of 10)" in build_paper(replace(alone, design="random")).figures[0].label
    chosen = build_paper(replace(alone, choices=alone.factors[1:])).figures[0]
    assert "the middle of 6 combinations of choice and assumptions (" in chosen.label


def test_what_failed_wholly_is_not_counted_among_what_there_is():
    """Of six sets of assumptions the last gave nothing: the middle is of five."""
    whole = one_scenario()
    *there, gone = [case for case in whole.cases if case.variant == "partnership"]
    failed = replace(whole, cases=(*there, replace(gone, gaps=np.full_like(gone.gaps, np.nan))))
    assert "the middle of 5 sets of assumptions (" in build_paper(failed, with_charts=False).figures[0].label


def test_positions_over_sets_of_assumptions_are_discounted_as_the_paper_says(tmp_path):
    asked = experiment({"parameters.opening_trust": (0.3, 0.5)}, replicates=2, detail=FOR_CHARTS)
    run_all(asked, tmp_path / "grid")
    nominal = load_comparison(tmp_path / "grid")
    less = discounted(nominal, 20.0)
    note, (row,) = choices_table(less).note, choices_table(less).rows
    assert "discounted at 20% a year" in note
    by_set = [(case.study.ensemble["position"] * np.repeat([1, 1 / 1.2], 12)).sum(axis=1).mean() for case in less.cases]
    assert row[3].startswith(millions(float(np.median(by_set))))
    assert row[3] != choices_table(nominal).rows[0][3]
    sheets = {each.name: each for each in scenario_sheets(less, "")}
    assert sheets["Choices"].rows[0][9] == pytest.approx(np.median(by_set))
    assert "discounted at 20% a year" in sheets["Sets of assumptions"].holds
    heads = [each.heading for each in sheets["Sets of assumptions"].columns]
    at = heads.index("Position: mean")
    assert [each[at] for each in sheets["Sets of assumptions"].rows] == pytest.approx(by_set)


def test_one_scenario_with_one_assumption_varied_at_a_time_is_not_compared_with_itself(tmp_path):
    """Its baseline is the scenario as it is, at other assumptions, so that no one gains or pays by a choice."""
    vary = {"levers.coaching.strength": (0.5, 1.0), "parameters.opening_trust": (0.2, 0.7)}
    asked = experiment(
        vary, choices=("levers.coaching.strength",), design="one-at-a-time", replicates=20, detail=FOR_CHARTS
    )
    run_all(asked, tmp_path / "one")
    paper = build_paper(load_comparison(tmp_path / "one"), with_charts=False)
    said = " ".join(paper.answer)
    assert "Over 3 sets of assumptions" in said
    assert re.search(r"coaching strength 0\.5 £[\d.]+m \(£[\d.]+m, at 1 set\)", said)
    assert "as it is The" not in said
    assert "gains at some" not in said
