"""Where a choice is varied too, each scenario is compared with the first at its own values, and words say so."""

import pytest

from simulation.analysis.compare import baseline_words, compare
from simulation.charts.catalogue import CHARTS
from simulation.charts.drawing.publish import svg_text
from simulation.experiment.entries import FOR_CHARTS
from simulation.experiment.schema import Variant
from simulation.report.finance import finance_tables
from simulation.results.load import load_comparison
from tests.execution.small import experiment, run_all
from tests.places import place, scenario

pytestmark = pytest.mark.unit

ORDERED = {"levers": {"top_down_instruction": {"strength": 1, "cost": 0.2}}}
COACHING = "levers.coaching.strength"
AT_THE_SAME = "none at the same values"


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    variants = (
        Variant(name="none", scenario=scenario(place())),
        Variant(name="ordered", scenario=scenario(place(**ORDERED))),
    )
    asked = experiment({COACHING: (0.0, 1.0)}, choices=(COACHING,), variants=variants, replicates=3, detail=FOR_CHARTS)
    folder = tmp_path_factory.mktemp("results") / "grid"
    run_all(asked, folder)
    return load_comparison(folder)


def test_each_is_compared_with_the_first_at_its_own_values(grid):
    found = {each.label: each.baseline for each in compare(grid)}
    assert found == {f"ordered, coaching strength {each}": f"none, coaching strength {each}" for each in (0, 1)}


@pytest.mark.parametrize("chart", ["paired_difference", "money", "who_gains"])
def test_a_chart_names_no_one_baseline_for_all(grid, chart):
    subtitle = CHARTS[chart](grid).subtitle.replace("“none”", "none")
    assert AT_THE_SAME in subtitle
    assert "none, coaching" not in subtitle


def test_the_line_at_nothing_is_of_both(grid):
    assert "None at the same values: £0m" in svg_text(CHARTS["money"](grid), letters="text")


def test_a_table_of_months_names_no_one_baseline(grid):
    labels = [case.label for case in grid.cases]
    assert any(each.caption.endswith(f"catches up with {AT_THE_SAME}") for each in finance_tables(grid, labels, ""))


def test_one_baseline_is_named(grid):
    assert baseline_words(grid, ["none, coaching strength 0"], quoted=True) == "“none, coaching strength 0”"
