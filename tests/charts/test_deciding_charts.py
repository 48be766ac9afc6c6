"""The charts of what would have to be true: their headlines, and which ranges they show."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from simulation.charts import CHARTS, reason_unavailable
from tests.analysis.test_along_assumption import along_trust
from tests.analysis.test_deciding import in_a_box, needs_trees, noise, points_at, two_choices

pytestmark = pytest.mark.unit

PLAIN = "partnership leaves less than no joint action"


def drawn(name, comparison):
    assert reason_unavailable(name, comparison) is None
    return CHARTS[name](comparison)


@needs_trees
def test_the_headline_names_the_assumptions_that_decide():
    chart = drawn("deciding", in_a_box())
    named = "opening trust", "“how hard each budget is held to account”"
    assert chart.headline in {
        f"It depends on {one} and {other} whether {PLAIN}" for one, other in (named, reversed(named))
    }
    assert set(chart.data["across"]) | set(chart.data["up"]) == {"opening_trust", "accountability_pressure"}
    assert chart.data["points"].sum() == 900
    assert chart.data["better"].min() < 0.2
    assert chart.data["better"].max() > 0.8


@needs_trees
def test_in_noise_it_says_that_nothing_decides():
    chart = drawn("deciding", noise())
    assert chart.headline == f"No two or three assumptions decide whether {PLAIN}"


def test_without_the_extra_it_says_that_this_is_rank_correlation(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    headline = drawn("deciding", in_a_box()).headline
    assert headline.endswith(f" goes furthest with whether {PLAIN}, by rank correlation alone")
    assert drawn("deciding", noise()).headline == (
        f"No single assumption clearly goes with whether {PLAIN}, by rank correlation alone"
    )


@pytest.fixture
def only_wide():
    """Partnership is better everywhere over the ranges, and only at high opening trust over wider ones."""
    narrow, wide = points_at(300), points_at(600, 7)
    wide["opening_trust"] = 0.1 + 2 * (wide["opening_trust"] - 0.25)
    turned = np.repeat(np.where(wide["opening_trust"] > 0.3, 10.0, -10.0)[:, np.newaxis], 2, axis=1)
    return two_choices(narrow, np.full((300, 2), 10.0), stretched=(wide, turned))


@needs_trees
def test_stretched_ranges_are_shown_if_only_there_something_decides_and_it_is_said(only_wide):
    chart = drawn("deciding", only_wide)
    assert chart.headline == f"Over ranges stretched by a factor of 2, it depends on opening trust whether {PLAIN}"
    assert "stretched by a factor of 2" in chart.subtitle
    assert chart.note.startswith("Over the ranges themselves no two or three assumptions decide it.")
    assert "of 600 sets of assumptions" in chart.note


def test_a_turning_point_over_stretched_ranges_says_so(only_wide):
    chart = drawn("turning_point", only_wide)
    assert chart.headline == (
        "Over ranges stretched by a factor of 2, no joint action more often leaves less than partnership where opening "
        "trust is at most 0.3, and less often above"
    )
    assert chart.note.endswith("Over the ranges themselves no order clearly changes.")


def test_a_turning_point_is_marked_and_named():
    chart = drawn("turning_point", along_trust(-8.0, 8.0))
    value = chart.headline.split("at most ")[1].split(",")[0]
    assert float(value) == pytest.approx(0.4, abs=0.011)
    assert chart.headline.startswith("No joint action more often leaves less than partnership where opening trust is")
    marked = [text.get_text() for panel in chart.axes for text in panel.texts]
    assert f"The order changes at {value}" in marked


def test_a_grid_of_assumptions_has_charts_of_its_own():
    grid = replace(noise(), factors=("parameters.exposure",))
    assert reason_unavailable("deciding", grid) is not None
    assert reason_unavailable("turning_point", grid) is not None


def test_without_a_turning_point_nothing_is_marked():
    chart = drawn("turning_point", noise())
    assert chart.headline == "At no value of a single assumption does the order of two choices clearly change"
    assert not any("changes" in text.get_text() for panel in chart.axes for text in panel.texts)
