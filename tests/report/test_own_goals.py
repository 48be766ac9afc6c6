"""Scenarios, and sets of assumptions, that have a target or a gap before any savings of their own are judged by it."""

import shutil
from pathlib import Path

import pytest

from simulation import load_comparison, load_experiment
from simulation.charts.chance import chance
from simulation.charts.over_time import gap_over_time
from simulation.charts.text.comparison_words import target_met
from simulation.execution.batch import run_batch
from simulation.execution.plan import plan_batch
from simulation.report.content import build_paper
from simulation.results.comparison import Comparison
from tests.cli.test_run import TWO_TRUSTS

pytestmark = pytest.mark.unit

COMPARED = "compare:\n  as it is: {}\n  other: {target: 9, do_nothing: {2024-04: 5, 2026-03: 15}}\n"
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


def test_a_chart_says_whose_gap_before_savings_it_draws(tmp_path):
    compared = results_of(tmp_path, COMPARED)
    assert "those of as it is; others have their own" in gap_over_time(compared).note


def test_a_paper_about_sets_of_assumptions_gives_the_range_of_their_targets(tmp_path):
    varied = results_of(tmp_path, VARIED)
    assert {case.target for case in varied.cases} == {2.0, 9.0}
    figures = {each.label: each.value for each in build_paper(varied).figures}
    assert figures["target a year"] == "£2m to £9m"
    assert figures["gap a year before any savings"] == "£5m to £20m"
