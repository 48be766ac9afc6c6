"""Who gains and who pays with each choice, worked out on paper."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.analysis.organisation_changes import organisation_changes
from simulation.charts.drawing.theme import ANALYSIS_FUNCTION
from simulation.report.organisations import organisation_tables
from simulation.report.payers import payers_table
from simulation.report.slide_charts import slide_charts
from simulation.report.subject import subject_of
from simulation.results.comparison import side_by_side
from simulation.results.study import Study
from tests.analysis.by_hand import by_hand

pytestmark = pytest.mark.unit

SHARED = np.array([[[4.0, -2.0]], [[6.0, 0.0]], [[5.0, -4.0]]])
"""`[replicate, year, organisation]`: a gains 5 on average; b pays 2 ± 5, so that it is not clear."""

ORDERED = np.array([[[-1.0, -3.0]], [[-1.0, -3.0]], [[-1.0, -3.0]]])
"""Both pay in every run, b more."""

FREE = np.array([[[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]]])
"""a gains, b sees no difference."""


def comparison_of_four():
    studies = {"shared": SHARED, "ordered": ORDERED, "free": FREE}
    return side_by_side(
        {
            "alone": Study(ensemble=by_hand(3)),
            **{label: Study(ensemble=by_hand(3, outturns=found)) for label, found in studies.items()},
        }
    )


def test_each_choice_has_a_row_with_who_gains_and_who_pays():
    comparison = comparison_of_four()
    table = payers_table(comparison, organisation_changes(comparison))
    assert table.caption == "Who gains and who pays with each choice, against alone"
    assert table.heads == ("Choice", "Gain", "Pay", "Not clear", "Pays most", "Of it")
    assert table.rows == (
        ("Shared", "1: £5m", "none", "1", "–", "–"),
        ("Ordered", "none", "2: £4m", "none", "b", "£3m"),
        ("Free", "1: £1m", "none", "none", "–", "–"),
    )
    assert sum(table.widths) == pytest.approx(1.0)


def test_a_paper_has_it_before_the_details_of_one_choice():
    comparison = comparison_of_four()
    captions = [table.caption for table in organisation_tables(comparison, comparison.cases[1:2])]
    assert captions == [
        "Who gains and who pays with each choice, against alone",
        "Change in each organisation’s books, £m: shared against alone",
    ]


def test_of_a_single_choice_a_sentence_and_a_chart_say_it():
    comparison = side_by_side(
        {"alone": Study(ensemble=by_hand(3)), "shared": Study(ensemble=by_hand(3, outturns=SHARED))}
    )
    assert payers_table(comparison, organisation_changes(comparison)) is None


def test_the_headline_of_its_slide_is_a_whole_sentence_whatever_the_runs_show():
    """Of neither a nor b does the interval leave 0 out."""
    unclear = np.array([[[-4.0, -2.0]], [[4.0, 0.0]], [[0.0, 1.0]]])
    studies = {"alone": Study(ensemble=by_hand(3)), "shared": Study(ensemble=by_hand(3, outturns=unclear))}
    comparison = side_by_side(studies)
    subject = replace(subject_of(comparison), case=comparison.cases[1])
    (chart,) = (each.chart for each in slide_charts(subject, ANALYSIS_FUNCTION))
    assert chart.headline == (
        "With shared, at our central assumptions, it is not clear of any of 2 organisations if it gains or pays, by "
        "95% intervals"
    )
