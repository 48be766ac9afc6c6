"""The same number is of the same statistic in the terminal, in the chart and in the paper, and says which."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from simulation.analysis.organisations_positions import organisations_positions
from simulation.analysis.summary import summarise
from simulation.charts import question_mix, who_wins
from simulation.cli._headline import RunSummary, headline
from simulation.formatting import percent, pounds, without_joiners
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
    assert printed(ensemble)["question"].startswith("population-first in 20% of stances in the first half-year, 20% in")
    chart = question_mix(ensemble)
    assert chart.headline.endswith("organisations put themselves first in 80% of decisions (medians)")
    assert "in 20% of decisions in the first half-year and in 20% in the last" in chart.alt
    answer = "\n".join(build_paper(as_comparison(Study(ensemble=ensemble)), with_charts=False).answer)
    assert "for the population in 20% of decisions in the first half-year and in 20% in the last" in answer


@pytest.mark.parametrize("name", ["no joint action", "partnership", "gap grows"])
def test_the_questions_of_a_run_are_written_alike(name):
    study = study_of(name)
    early, late = (percent(float(np.median(_share(study, months)))) for months in (slice(6), slice(-6, None)))
    assert (
        f"population-first in {early} of stances in the first half-year, {late} in"
        in printed(study.ensemble)["question"]
    )
    assert f"in {early} of decisions in the first half-year and in {late} in the last" in question_mix(study).alt


def _share(study, months):
    return np.nanmean(study.ensemble["population_first"][:, months], axis=1)


@pytest.mark.parametrize("name", ["no joint action", "gap grows"])
def test_against_its_own_plan_is_a_mean_in_the_terminal_the_chart_and_the_paper(name):
    study = study_of(name)
    worst = organisations_positions(study.ensemble)[0]
    mean = pounds(worst.against_plan.mean)
    said = printed(study.ensemble)["worst off"]
    assert said.startswith(without_joiners(f"{worst.name}: {mean} over the run (mean; 90% of replicates: "))
    assert f"{worst.name} {mean}" in who_wins(study).alt
    (table,) = build_paper(as_comparison(study), with_charts=False).books
    assert table.rows[0][:2] == (worst.name, mean)
    assert "undiscounted, means, by chance alone" in table.note


def test_a_terminal_says_which_numbers_are_medians_and_which_are_means():
    several, one = printed(study_of("partnership").ensemble), printed(study_of("partnership", 1).ensemble)
    assert "seed 1; medians where nothing else is said\n" in several["all"]
    assert several["trust"].endswith(" at the end (means)")
    assert "behind in an average month (means)" in several["all"]
    assert "seed 1\n" in one["all"]
    assert "(mean" not in one["trust"] + one["worst off"]
