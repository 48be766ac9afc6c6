"""The chart of what decides between two choices, in a paper: where something decides, and of the same two choices."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.charts.drawing.theme import ANALYSIS_FUNCTION
from simulation.extras import is_installed
from simulation.report.content import build_paper
from simulation.report.deciding import deciding_findings
from simulation.report.paper import DECISION_HEAD
from simulation.report.subject import subject_of
from tests.analysis.test_deciding import points_at, two_choices

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(not is_installed("sklearn"), reason="the extra discovery is not installed"),
]

POINTS = 400


def paper_and_findings(gains):
    comparison = two_choices(points_at(POINTS), gains)
    found = tuple(deciding_findings(subject_of(comparison), ANALYSIS_FUNCTION))
    paper = replace(build_paper(comparison, with_charts=False), findings=found)
    return next(chapter for chapter in paper.chapters if chapter.head == DECISION_HEAD), found


def test_where_trust_decides_the_chart_stands_below_what_would_change_our_mind():
    trust = points_at(POINTS)["opening_trust"]
    gains = np.repeat(np.where(trust > 0.4, 20.0, -20.0)[:, np.newaxis], 2, axis=1)
    chapter, found = paper_and_findings(gains)
    table, finding = chapter.blocks
    said = dict(table.rows)["What would change our mind?"]
    assert "trust" in said
    assert said.endswith(" Less: by over £1m a year.")
    assert (finding,) == found
    assert finding.chart.name == "deciding"
    assert "opening_trust" in finding.chart.data["up"].tolist() + finding.chart.data["across"].tolist()
    of_pair = set(finding.chart.data[["choice", "baseline"]].to_numpy().ravel())
    assert of_pair == {"no joint action", "partnership"}


def test_where_chance_decides_there_is_a_sentence_and_no_chart():
    gains = np.random.default_rng(5).normal(0, 20, size=(POINTS, 2))
    chapter, found = paper_and_findings(gains)
    assert not found
    said = dict(chapter.blocks[0].rows)["What would change our mind?"]
    assert "Less: by over" not in said
    assert f"{POINTS} sets of assumptions are too few to say if two or three assumptions decide" in said


def test_of_sets_of_assumptions_and_without_a_verdict_there_is_none():
    assert not list(deciding_findings(None, ANALYSIS_FUNCTION))
