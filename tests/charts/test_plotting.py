"""Charts by name from results themselves: `ensemble.plot("trajectory")`."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from simulation import load_results, run_comparison, run_ensemble, with_levers
from simulation.charts import OF_STUDIES
from tests.execution.small import run, small_plan
from tests.places import place, scenario

pytestmark = pytest.mark.unit

PLACE = scenario(place(months=6))


@pytest.fixture(scope="module")
def ensemble():
    return run_ensemble(PLACE, replicates=4, seed=1, engine="mesa", detail=("relationships",))


@pytest.fixture(scope="module")
def comparison():
    both = {"alone": PLACE, "coached": with_levers(PLACE, coaching=1)}
    return run_comparison(both, replicates=4, seed=1, engine="mesa")


def test_a_chart_is_drawn_by_its_name(ensemble):
    figure = ensemble.plot("question_mix")
    assert isinstance(figure, Figure)
    assert figure.name == "question_mix"
    assert "month" in figure.data


def test_every_name_that_is_listed_can_be_drawn(ensemble, comparison):
    assert ensemble.plot.names[0] == "trajectory"
    assert {"trust_map", "trust_matrix"} <= set(ensemble.plot.names) <= set(OF_STUDIES)
    assert {"scenario_table", "paired_difference", "trajectory"} <= set(comparison.plot.names)
    for name in comparison.plot.names:
        case = "coached" if name in OF_STUDIES else None
        assert comparison.plot(name, case=case).name


def test_without_a_name_the_first_is_drawn(ensemble, comparison):
    assert ensemble.plot().name == ensemble.plot.names[0]
    assert comparison.plot(theme="nhs").name == comparison.plot.names[0]
    assert repr(ensemble.plot).startswith("<Plot: call it with one of trajectory, ")


def test_the_case_that_is_named_is_the_one_shown(comparison):
    coached = comparison.plot("trajectory", case="coached").data
    alone = comparison.studies["coached"].ensemble.plot("trajectory").data
    assert coached.equals(alone)


def test_a_batch_draws_its_comparison(tmp_path):
    run(small_plan({"levers.coaching.strength": (0, 1)}, replicates=4), tmp_path)
    results = load_results(tmp_path)
    assert results.plot().name == results.plot.names[0]


def test_a_chart_of_one_case_of_several_says_which_it_is(comparison):
    first, second = comparison.cases
    # As a batch reads them: the first has the title of the place, the second its name after that.
    plain = first.study.ensemble.scenario.model_copy(update={"title": "Essex, no joint action"})
    coached = second.study.ensemble.scenario.model_copy(update={"title": "Essex, no joint action: coached"})
    cases = []
    for case, scenario_read in ((first, plain), (second, coached)):
        ensemble = replace(case.study.ensemble, axes=replace(case.study.ensemble.axes, scenario=scenario_read))
        cases.append(replace(case, study=replace(case.study, ensemble=ensemble)))
    read = replace(comparison, cases=(replace(cases[0], label="as it is"), cases[1]))
    for label in ("as it is", "coached"):
        chart = read.plot("trajectory", case=label)
        assert f"Essex: {label}, April 2020 to September 2020" in chart.subtitle
        assert f"scenario “Essex: {label}”" in chart.source


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "trajectry"}, "there is no chart 'trajectry'; did you mean trajectory?"),
        ({"name": "x"}, "there is no chart 'x'; there are scenario_table, "),
        ({"name": "verdict"}, "the chart verdict compares scenarios: draw it of run_comparison"),
        ({"name": "actuals"}, "the chart actuals cannot be drawn of these results: the scenario has no observed gap"),
        ({"theme": "nsh"}, "there is no theme 'nsh'; did you mean nhs?"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(ensemble, asked, words):
    with pytest.raises(ValueError, match=r"there is no|the chart") as error:
        ensemble.plot(**asked)
    assert words in str(error.value)


def test_trust_that_was_not_kept_is_the_reason():
    plain = run_ensemble(PLACE, replicates=1, seed=1, engine="mesa")
    assert "trust_map" not in plain.plot.names
    with pytest.raises(ValueError, match=r'trust was not kept: run it with run_ensemble\(\.\.\., detail=\("relation'):
        plain.plot("trust_map")


def test_a_comparison_asks_which_case_is_meant(comparison):
    with pytest.raises(ValueError, match="say which with case=, one of 'alone', 'coached'"):
        comparison.plot("trajectory")
    with pytest.raises(ValueError, match="there is no case 'coach'; did you mean coached"):
        comparison.plot("trajectory", case="coach")
