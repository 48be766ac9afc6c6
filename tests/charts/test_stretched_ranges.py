"""Wherever a reader meets uncertain assumptions, how far their ranges were stretched is said beside them."""

import re
from dataclasses import replace

import pytest

from simulation.charts import CHARTS
from simulation.charts.tornado import tornado
from simulation.report.content import build_paper
from simulation.results.comparison import Comparison
from simulation.results.study import Study
from tests.charts.conftest import comparison_of, results_of, with_many_points

pytestmark = pytest.mark.unit

STRETCHED = " (ranges stretched by a factor of 1.5)"
PLACE = "no joint action"


def stretched(results):
    """The same results, as if the ranges of all parameters had been half as wide again."""
    if isinstance(results, Comparison):
        return replace(results, cases=tuple(replace(case, study=stretched_study(case.study)) for case in results.cases))
    return stretched_study(results)


def stretched_study(study: Study | None) -> Study | None:
    if study is None or study.assumptions is None:
        return study
    return replace(study, assumptions=replace(study.assumptions, stretch=1.5))


def texts_of(chart):
    return " ".join((chart.headline, chart.subtitle, chart.note, chart.source, chart.alt))


def check(plain, wide):
    """The stretch is said at each mention of uncertain assumptions, and nowhere if there is none."""
    assert STRETCHED not in plain
    mentions = re.findall(r"uncertain assumptions(.{38})?", wide)
    assert [after for after in mentions if after != STRETCHED] == []


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "actuals"])
def test_a_chart_says_how_far_ranges_were_stretched(name):
    results = results_of(name, "observed" if name in {"observed_trust", "reported"} else PLACE)
    plain, wide = (texts_of(CHARTS[name](each)) for each in (results, stretched(results)))
    check(plain, wide)
    if "uncertain assumptions" in plain:
        assert STRETCHED in wide


def test_the_tornado_shows_the_ranges_that_were_drawn_from():
    study = with_many_points(PLACE, 8)
    shown = {text.get_text() for text in tornado(stretched_study(study)).axes[0].texts}
    assert "0.175 to 0.625" in shown, "opening trust, 0.25 to 0.55 in the table"
    assert "0 to 0.6" in shown, "exposure, 0.1 to 0.5 in the table"


def test_a_paper_says_how_far_ranges_were_stretched():
    results = comparison_of(PLACE)
    plain, wide = (str(build_paper(each)) for each in (results, stretched(results)))
    assert STRETCHED not in plain
    mentions = re.findall(r"uncertain assumptions(.{38})?", wide)
    assert mentions
    assert [after for after in mentions if after != STRETCHED] == []
