"""Scenarios, and sets of assumptions, that have a target or a gap before any savings of their own are judged by it."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from simulation import load_comparison, load_experiment
from simulation.charts.chance import chance
from simulation.charts.over_time import gap_over_time
from simulation.charts.scenario_table import scenario_table
from simulation.charts.text.comparison_words import before_savings_words, target_met
from simulation.charts.text.gap_words import outcome_of
from simulation.charts.trajectory import trajectory
from simulation.execution.batch import run_batch
from simulation.execution.plan import plan_batch
from simulation.formatting import percent, pounds
from simulation.report.content import build_paper
from simulation.report.workbook.scenarios import scenario_sheets
from simulation.results.comparison import Comparison
from tests.cli.test_run import TWO_TRUSTS
from tests.execution.small import run_all

pytestmark = pytest.mark.unit

COMPARED = "compare:\n  as it is: {}\n  other: {target: 9, do_nothing: {2024-04: 5, 2026-03: 15}}\n"
SHOCK = "{event: cost_shock, month: 2024-10, size: 3}"
SHOCKED = f"{{do_nothing: {{2024-04: 10, 2026-03: 12}}, target: 4, events: [{SHOCK}]}}"
DEARER = SHOCKED.replace("size: 3", "size: 7")
TRUST = "vary: {parameters.opening_trust: [0.3, 0.5]}\n"
SIZE = "vary: {'events[0].size': [0, 1.5]}\n"
VARIED = "vary: {target: [2, 9], do_nothing.2024-04: [5, 20]}\n"


def results_of(folder: Path, rest: str) -> Comparison:
    shutil.copy(TWO_TRUSTS, folder / "place.yaml")
    (folder / "e.yaml").write_text(f"title: A\nscenario: place.yaml\nreplicates: 16\n{rest}")
    run_batch(plan_batch(load_experiment(folder / "e.yaml")), folder / "out")
    return load_comparison(folder / "out")


def test_each_scenario_is_judged_by_its_own_target(tmp_path):
    compared = results_of(tmp_path, COMPARED)
    first, second = compared.cases
    assert (first.target, second.target) == (first.study.ensemble.target, 9.0)
    assert target_met(second) == (int((second.gaps <= 9).sum()), 16)
    assert chance(compared).data.groupby("scenario")["target"].first()["other"] == 9.0


def test_a_gap_whose_target_is_met_is_not_called_closed(tmp_path):
    """12 before any savings and a target of 11 at which the place aims: the target is met, and much of the gap left."""
    alone = results_of(tmp_path, "compare:\n  as it is: {target: 11}\n")
    (case,) = alone.cases
    left, outcome = float(np.median(case.gaps)), outcome_of(case)
    assert 1 < left <= 11
    assert outcome.is_met
    table, (row,) = scenario_table(alone), build_paper(alone).scenarios.rows
    assert table.headline == trajectory(alone).headline.removesuffix(" (medians)")
    assert f"{pounds(left)} of {pounds(case.before_savings)} remains" in table.headline
    closed = percent(1 - left / case.before_savings)
    assert f"{closed} closed; target met" in table.alt
    assert row[1] == closed
    assert table.data["closed"].tolist() == pytest.approx([1 - left / case.before_savings])
    assert f"gap before any savings, {pounds(case.before_savings)}" in table.note
    (written,) = next(scenario_sheets(alone, "")).rows
    assert written[1:5] == (outcome.cell, outcome.closed, case.before_savings, 11.0)


def test_a_chart_says_whose_gap_before_savings_it_draws(tmp_path):
    compared = results_of(tmp_path, COMPARED)
    assert "those of as it is; others have their own" in gap_over_time(compared).note


def test_a_paper_about_sets_of_assumptions_gives_the_range_of_their_targets(tmp_path):
    varied = results_of(tmp_path, VARIED)
    assert {case.target for case in varied.cases} == {2.0, 9.0}
    figures = {each.label: each.value for each in build_paper(varied).figures}
    assert figures["target a year"] == "£2m to £9m"
    assert figures["gap a year before any savings"] == "£5m to £20m"


@pytest.mark.parametrize(
    ("compared", "varied", "before", "written"),
    [
        ((SHOCKED,), "", [15.0], "£15m"),  # 12 and a shock of 3
        ((SHOCKED,), TRUST, [15.0, 15.0], "£15m"),
        ((SHOCKED,), SIZE, [12.0, 13.5], "£12m to £14m"),  # 12 + 0, 12 + 1.5
        ((SHOCKED, DEARER), TRUST, [15.0, 15.0, 19.0, 19.0], "£15m to £19m"),  # 12 + 3, 12 + 7
    ],
    ids=["tables kept", "tables not kept", "size of a shock varied", "choices with other shocks"],
)
def test_the_gap_before_any_savings_includes_cost_shocks(compared, varied, before, written, tmp_path):
    names = "".join(f"  choice {number}: {each}\n" for number, each in enumerate(compared))
    results = results_of(tmp_path, f"compare:\n{names}{varied}")
    assert bool(results.studies) is not bool(varied)
    assert sorted(case.before_savings for case in results.cases) == before
    assert before_savings_words(results.cases) == written
    if varied:
        figures = {each.label: each.value for each in build_paper(results).figures}
        assert figures["gap a year before any savings"] == written
    first = results.cases[0]
    left = float(np.median(first.gaps))
    assert outcome_of(first).closed == pytest.approx((before[0] - left) / before[0])
    assert outcome_of(first).is_met == (left <= 4)


def test_the_line_before_any_savings_rises_with_a_cost_shock(tmp_path):
    line = gap_over_time(results_of(tmp_path, f"compare:\n  as it is: {SHOCKED}\n  dearer: {DEARER}\n")).data
    of_line = line[line["series"] == "before any savings"].set_index("month")["value"]
    # 10 in the first of 24 months and 12 in the last; the shock of 3 from the seventh
    assert of_line["2024-09"] == pytest.approx(10 + 2 * 5 / 23)
    assert of_line["2024-10"] == pytest.approx(10 + 2 * 6 / 23 + 3)
    assert of_line["2026-03"] == 15


def test_what_two_choices_leave_is_held_against_their_own_targets_alone(tmp_path):
    """A third choice has another target and another gap before any savings, and is named in neither sentence."""
    both = "  as it is: {target: 4}\n  helped: {target: 4, levers: {coaching: {strength: 1}}}\n"
    third = "  worse: {target: 9, do_nothing: {2024-04: 5, 2026-03: 90}}\n"
    shutil.copy(TWO_TRUSTS, tmp_path / "place.yaml")
    asked = f"compare:\n{both}{third}assumptions: {{points: 64, replicates: 1}}\n"
    (tmp_path / "e.yaml").write_text(f"title: A\nscenario: place.yaml\nreplicates: 16\n{asked}")
    run_all(load_experiment(tmp_path / "e.yaml"), tmp_path / "out")
    compared = load_comparison(tmp_path / "out")
    before = compared.cases[0].before_savings
    said = next(each for each in build_paper(compared).answer if "before any savings" in each)
    assert "worse" not in said
    assert said.endswith(f"of {pounds(before)} before any savings and against a target of £4m.")
