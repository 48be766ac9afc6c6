"""The same number is of the same statistic in the terminal, in the chart and in the paper, and says which."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.summary import summarise
from simulation.charts import question_mix, who_wins
from simulation.cli._headline import RunSummary, headline
from simulation.formatting import MINUS, percent, pounds, without_joiners
from simulation.report.content import build_paper
from simulation.results.comparison import as_comparison
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand
from tests.charts.conftest import study_of

pytestmark = pytest.mark.unit


def printed(ensemble) -> dict[str, str]:
    """The lines that a terminal shows of a run, by their label."""
    record = SimpleNamespace(run="a")
    text = headline(RunSummary(summary=summarise(ensemble), record=record, folder=Path("out")))
    lines = [line[2:] for line in text.splitlines() if line.startswith("  ")]
    return {line[:18].strip(): line[18:] for line in lines} | {"all": text}


def test_the_question_is_a_median_in_the_terminal_the_chart_and_the_paper():
    """Three replicates, of which one asks for the population far more often: the median is 20%, the mean 40%."""
    ensemble = by_hand(3, system={"population_first": [[0.1], [0.2], [0.9]]}, months=12)
    assert printed(ensemble)["question"].startswith(
        "population-first in 20% of stances in an average month of the first half-year and in 20% in"
    )
    chart = question_mix(ensemble)
    assert chart.headline.endswith("organisations put themselves first in 80% of decisions (medians)")
    assert "in 20% of decisions in an average month of the first half-year and in 20% in the last" in chart.alt
    answer = "\n".join(build_paper(as_comparison(Study(ensemble=ensemble)), with_charts=False).answer)
    assert (
        "for the population in 20% of decisions in an average month of the first half-year and in 20% in the last"
        in answer
    )


def test_shares_of_the_few_runs_in_which_anybody_still_meets_say_so_in_the_terminal_the_chart_and_the_paper():
    """Of three replicates all meet in the first half-year, and one in the last."""
    share = np.full((3, 12), np.nan)
    share[:, 0], share[0, 11] = (0.7, 0.75, 0.8), 0.5
    ensemble = by_hand(3, system={"population_first": share}, months=12)
    few = "in which organisations meet: 1 of 3 in the last half-year)"
    assert printed(ensemble)["question"].endswith(f"and in 50% in the last (medians of the replicates {few}")
    chart = question_mix(ensemble)
    assert chart.headline.endswith("in 50% in the last (medians of 1 of 3 runs in the last half-year)")
    assert chart.alt.endswith(f"(medians of the simulated runs {few}.")
    lines = "medians of 3 simulated runs, in each month of those in which organisations meet: 3 in the first, 1 in the"
    assert lines in f"{chart.subtitle} {chart.note}"
    answer = "\n".join(build_paper(as_comparison(Study(ensemble=ensemble)), with_charts=False).answer)
    assert f"and in 50% in the last (medians of the simulated runs {few}." in answer


def test_an_end_at_which_nobody_meets_is_said_in_the_terminal_the_chart_and_the_paper():
    share = np.repeat([0.88, np.nan], [3, 9])
    ensemble = by_hand(3, system={"population_first": share}, months=12)
    shortly = "in the first half-year; in the last nobody meets"
    words = f"in an average month of {shortly.removeprefix('in ')}"
    assert printed(ensemble)["question"] == f"population-first in 88% of stances {words}"
    chart = question_mix(ensemble)
    assert chart.headline == f"Organisations ask “our population” in 88% of decisions {shortly} (medians)"
    assert f"“our population” in 88% of decisions {words}; the rest ask “my organisation” (medians)." in chart.alt
    answer = "\n".join(build_paper(as_comparison(Study(ensemble=ensemble)), with_charts=False).answer)
    assert f"for the population in 88% of decisions {words}." in answer


@pytest.mark.parametrize("name", ["no joint action", "partnership", "gap grows"])
def test_the_questions_of_a_run_are_written_alike(name):
    study = study_of(name)
    early, late = (percent(float(np.median(_share(study, months)))) for months in (slice(6), slice(-6, None)))
    assert (
        f"population-first in {early} of stances in an average month of the first half-year and in {late} in"
        in printed(study.ensemble)["question"]
    )
    assert (
        f"in {early} of decisions in an average month of the first half-year and in {late} in the last"
        in question_mix(study).alt
    )


def _share(study, months):
    return np.nanmean(study.ensemble["population_first"][:, months], axis=1)


@pytest.mark.parametrize("name", ["no joint action", "gap grows"])
def test_against_its_own_plan_is_a_mean_in_the_terminal_the_chart_and_the_paper(name):
    study = study_of(name)
    worst = organisations_positions(study.ensemble)[0]
    mean = pounds(worst.against_plan.mean)
    said, signed = printed(study.ensemble)["worst off"], pounds(worst.against_plan.mean, signed=True)
    assert said.startswith(without_joiners(f"{worst.name}: {signed} over the run (mean; 90% of replicates: "))
    assert f"{worst.name} {mean}" in who_wins(study).alt
    (table,) = build_paper(as_comparison(study), with_charts=False).books
    assert table.rows[0][:2] == (worst.name, signed)
    assert "undiscounted, means, by chance alone" in table.note


def test_a_terminal_says_which_numbers_are_medians_and_which_are_means():
    several, one = printed(study_of("partnership").ensemble), printed(study_of("partnership", 1).ensemble)
    assert "seed 1; medians where nothing else is said\n" in several["all"]
    assert several["trust"].endswith(" after the last (means)")
    assert "behind in an average month (means)" in several["all"]
    assert "seed 1\n" in one["all"]
    assert "(mean" not in one["trust"] + one["worst off"]


def test_a_terminal_says_in_how_many_replicates_anything_is_delivered():
    """In one of three: all months in which any is in delivery are behind, and half of what is delivered is saved."""
    nan = float("nan")
    few = {"realised": [[0.5], [nan], [nan]], "behind": [[1.0], [nan], [nan]]}
    said = printed(by_hand(3, system=few, months=12))["all"]
    assert "50% of the paper value of what is delivered is saved in an average run of the 1 of 3 in which" in said
    assert "100% of programmes in delivery are behind in an average month in which any is, in 1 of 3 replicates" in said


def test_a_surplus_is_not_still_open_and_nobody_loses_who_ends_above_plan():
    ensemble = by_hand(3, system={"gap": [[-5.0], [-4.0], [-3.0]]}, months=12)
    paper = build_paper(as_comparison(Study(ensemble=ensemble)), with_charts=False)
    assert "still open" not in paper.answer[0]
    assert f", and a surplus is left: a gap of {pounds(-4)} a year" in paper.answer[0]
    (table,) = paper.books
    assert table.caption.startswith("Who ends lowest against its own plan, and who highest: ")
    assert all(row[1].startswith(("+", MINUS, "£0")) for row in table.rows)
