"""The rankings of parameters side by side, in the chart and in the paper."""

from dataclasses import replace

import pytest

from simulation.analysis.discounting import discounted
from simulation.analysis.sensitivity_words import deciding_outcomes, factor_label
from simulation.charts import sensitivity_chart
from simulation.cli._sensitivity_words import outcome_lines
from simulation.formatting import without_joiners
from simulation.report.content import build_paper
from simulation.report.rankings import rankings_table
from simulation.results.indices import Knowledge
from tests.charts.conftest import add_indices, comparison_of
from tests.charts.test_every_chart import texts_of

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def results():
    made = add_indices(comparison_of("no joint action", 8))
    (found,) = made.sensitivity
    *_, last = (each.factor for each in found.outcomes[0].parameters)
    information = {each.factor: Knowledge(0.0, 0.1, 0.0) for each in found.outcomes[0].parameters}
    information |= {
        last: Knowledge(2.5, 0.5, 0.3),
        found.outcomes[0].parameters[1].factor: Knowledge(0.4, 0.5, 0.0),
        found.outcomes[0].parameters[2].factor: Knowledge(0.4, 0.1, 0.5),
    }
    return replace(made, sensitivity=(replace(found, information=information),)), last


def outcomes_of(results):
    (found,) = results.sensitivity
    gap, position = deciding_outcomes(found)
    return found, gap, position


def test_the_paper_has_the_first_parameters_by_each_ranking_and_why_they_differ(results):
    comparison, last = results
    table = rankings_table(comparison)
    assert table.heads == ("Parameter", "In total", "Alone", "Shapley", "Worth knowing (EVPPI)")
    assert [len(row) for row in table.rows] == [5] * 5  # four by the made-up indices, and one by what it is worth
    rows = {row[0]: [without_joiners(cell) for cell in row[1:]] for row in table.rows}
    assert rows[factor_label(last)] == ["1% (41)", "0%", "1% (41)", "£2.5m (1)"]
    assert [cells[-1] for cells in rows.values()] == ["£0m", "not clear", "not clear", "£0m", "£2.5m (1)"]
    assert "Not clear: not distinguishable from 0, as one of so many may be worth as much by chance or" in table.note
    assert table.note.endswith("while the value of information counts only what would change the choice.")
    assert sum(table.widths) == pytest.approx(1)
    paper = build_paper(comparison, with_charts=False)
    (chapter,) = [each for each in paper.chapters if each.head == "What to find out first"]
    assert chapter.blocks == (table,)
    assert table in paper.tables


def test_no_chart_and_no_paper_ranks_what_has_no_effect(results):
    comparison, _ = results
    found, _, position = outcomes_of(comparison)
    nothing = dict.fromkeys(("total", "first", "shapley"), 0.0)
    rows = [replace(each, values=nothing, is_clear=False) for each in position.parameters[3:]]
    few = replace(position, parameters=(*position.parameters[:3], *rows))
    drawn = sensitivity_chart(found, few)
    left_out = f"{len(rows)} parameters of {len(rows) + 3} have no measured effect (a share of 0 or less), and no rank."
    assert ", the 3 largest: " in drawn.subtitle
    assert left_out in drawn.note
    assert left_out in drawn.alt
    assert factor_label(rows[0].factor) not in drawn.alt
    none = replace(position, sd=0.0, parameters=tuple(rows))
    drawn = sensitivity_chart(found, none)
    assert "largest" not in drawn.subtitle
    assert "indices: chance" in drawn.alt
    outcomes = tuple(few if each is position else each for each in found.outcomes)
    table = rankings_table(replace(comparison, sensitivity=(replace(found, outcomes=outcomes, information={}),)))
    assert [row[0] for row in table.rows] == [factor_label(each.factor) for each in few.parameters[:3]]
    assert left_out in table.note
    outcomes = tuple(none if each is position else each for each in found.outcomes)
    assert rankings_table(replace(comparison, sensitivity=(replace(found, outcomes=outcomes, information={}),))) is None


def test_a_discounted_paper_says_that_its_rankings_are_nominal(results):
    comparison, _ = results
    said = "All of it is of the position over the run as it was found, nominal, undiscounted"
    assert f"{said}." in rankings_table(comparison).note
    other = ", while other money over the run here is discounted at 10% a year."
    assert f"{said}{other}" in rankings_table(discounted(comparison, 10)).note
    found, gap, position = outcomes_of(comparison)
    assert "£m over the run, nominal, undiscounted." in sensitivity_chart(found, position).subtitle
    assert "nominal" not in sensitivity_chart(found, gap).subtitle
    assert any("over the run, nominal, undiscounted." in line for line in outcome_lines(found, position))
    assert not any("nominal" in line for line in outcome_lines(found, gap))


def test_the_command_that_made_the_rankings_is_named(results):
    comparison, _ = results
    paper = build_paper(replace(comparison, command="trustsim batch x.yaml --replicates 8 --seed 1"), with_charts=False)
    (found,) = comparison.sensitivity
    assert dict(paper.reproduce)["Rankings of parameters"] == (
        f"trustsim sensitivity x.yaml --method sobol --points {found.points} --replicates {found.replicates} "
        f"--seed {found.seed}"
    )


def test_without_two_rankings_there_is_no_table(results):
    comparison, _ = results
    assert rankings_table(replace(comparison, sensitivity=())) is None
    (found,) = comparison.sensitivity
    alone = replace(found, outcomes=tuple(each for each in found.outcomes if each.quantity == "gap"))
    assert rankings_table(replace(comparison, sensitivity=(alone,))) is None


def test_the_chart_has_the_value_of_information_where_it_is_of_the_position(results):
    comparison, last = results
    found, gap, position = outcomes_of(comparison)
    drawn = {each.quantity: sensitivity_chart(found, each) for each in (gap, position)}
    heads = {name: {text.get_text() for text in texts_of(chart)} for name, chart in drawn.items()}
    assert "EVPPI" not in heads["gap"]
    assert {"EVPPI", "not clear"} <= heads["position"]
    assert "EVPPI" not in drawn["gap"].note
    assert f"Worth most: {factor_label(last)}, £2.5m (1)." in without_joiners(drawn["position"].note)
