"""Scenarios compared in memory."""

import numpy as np
import pytest

from simulation import load_scenario, run_comparison, run_ensemble, with_parameters
from simulation.analysis import attribute, compare
from simulation.formatting import millions, pounds, range_words
from simulation.scenario.changes import titles_together
from simulation.scenario.what_if import with_levers
from tests.places import place, scenario

pytestmark = pytest.mark.unit

ALONE = scenario(place())
BOTH = with_levers(ALONE, coaching=1.0, menu_framing=1.0)


def run(**asked):
    return run_comparison({"alone": ALONE, "both": BOTH}, replicates=6, seed=3, engine="mesa", **asked)


def test_scenarios_share_random_draws_and_the_first_is_the_baseline():
    results = run()
    assert [(case.label, case.baseline) for case in results.cases] == [("alone", None), ("both", 0)]
    for case, placed in zip(results.cases, (ALONE, BOTH), strict=True):
        same = run_ensemble(placed, replicates=6, seed=3, engine="mesa")["gap"][:, -1]
        assert case.gaps.tolist() == same.tolist()
    assert compare(results)[0].chance.counts.of == 6


def test_an_attribution_adds_up_and_its_ends_are_the_two_scenarios():
    results = run(attribution=("alone", "both"))
    lever_combinations = results.attribution
    assert lever_combinations.levers == ("coaching", "menu_framing")
    assert lever_combinations.gaps[:, 0, 0].tolist() == results.cases[0].gaps.tolist()
    assert lever_combinations.gaps[:, 1, 1].tolist() == results.cases[1].gaps.tolist()
    only_menu = run_ensemble(with_levers(ALONE, menu_framing=1.0), replicates=6, seed=3, engine="mesa")
    assert lever_combinations.gaps[:, 0, 1].tolist() == only_menu["gap"][:, -1].tolist()
    attribution = attribute(lever_combinations)
    assert sum(each.shapley.mean for each in attribution.worths) == pytest.approx(attribution.closes.mean)


def test_supporting_runs_are_what_charts_compare_a_scenario_with():
    study = run(supporting_runs=True).studies["both"]
    assert study.assumptions is not None
    assert set(study.holding_out) == {"a", "b"}
    assert study.all_population_first["gap"][:, -1].mean() < study.all_institutional["gap"][:, -1].mean()


def test_a_comparison_shows_itself_and_gives_its_cases_by_label():
    results = run()
    heading, *lines = repr(results).splitlines()
    about = "Comparison “A made-up place”: 2 scenarios, 6 replicates each, seed 3"
    assert heading == f"<{about}; median gap in 2021-03 (9 in 10, by chance alone):"
    shown = results._repr_html_()
    assert f"<caption>{about}</caption>" in shown
    assert shown.count("<tr>") == 3
    assert "against" in shown
    for case, line in zip(results.cases, lines, strict=True):
        low, middle, high = np.quantile(case.gaps, (0.05, 0.5, 0.95))
        said = f"{pounds(middle)} a year ({range_words(low, high, pounds)})"
        assert line.removesuffix(">").split(maxsplit=1) == [case.label, said]
        assert f">{millions(middle)}<" in shown
    assert results["both"] is results.studies["both"].ensemble
    with pytest.raises(KeyError, match="there is no case 'bot' whose tables were kept; did you mean 'both'"):
        results["bot"]


def test_scenarios_of_different_places_show_a_title_each():
    """The title of the first does not stand for the others."""
    other = scenario(place(title="Another place"))
    results = run_comparison({"one": ALONE, "other": other}, replicates=3, seed=1, engine="mesa")
    heading, first, second = repr(results).splitlines()
    assert heading.startswith("<Comparison: 2 scenarios, ")
    assert "one    A made-up place: one " in first
    assert "other  Another place: other " in second
    for title in ("A made-up place: one", "Another place: other"):
        assert f">{title}<" in results._repr_html_()


def test_of_many_scenarios_the_first_are_shown_and_the_rest_counted():
    results = run_comparison({f"case {n}": ALONE for n in range(20)}, replicates=1, seed=1, engine="mesa")
    assert repr(results).count("a year") == 16
    assert repr(results).endswith("\n  and 4 more>")


def test_a_comparison_maps_names_to_ensembles():
    results = run()
    assert list(results) == list(results.keys()) == ["alone", "both"]
    assert {name: each.gap.mean() for name, each in results.items()} == {
        name: results[name].gap.mean() for name in ("alone", "both")
    }
    assert "bot" not in results
    assert results.get("bot") is None


def test_detail_is_kept_of_every_scenario_in_every_month():
    kept = run(detail=("relationships",))
    alone = run_ensemble(ALONE, replicates=6, seed=3, engine="mesa", detail=("relationships",))
    assert kept["alone"].trust_between("a", "b").equals(alone.trust_between("a", "b"))
    assert kept["both"].detail_months == tuple(range(ALONE.months))
    with pytest.raises(ValueError, match="there is no table 'relationship'; did you mean relationships"):
        run(detail="relationship")


def test_all_cases_are_one_table():
    results = run()
    table = results.to_pandas()
    assert list(table.columns[:4]) == ["scenario", "replicate", "month", "date"]
    final = table[table["month"] == 11].groupby("scenario")["gap"].mean()
    assert final["both"] == pytest.approx(results["both"].gap[:, -1].mean())
    assert set(results.to_pandas("outturns")["scenario"]) == {"alone", "both"}


def test_each_case_has_its_name_in_its_title():
    results = run()
    titles = [study.ensemble.scenario.title for study in results.studies.values()]
    assert (results.title, titles) == ("A made-up place", ["A made-up place: alone", "A made-up place: both"])
    essex = load_scenario("scenarios/mid-south-essex.yaml")
    both = {"none": essex, "coach": with_levers(essex, coaching=1)}
    found = run_comparison(both, replicates=1, seed=1, engine="mesa").plot("trajectory", case="coach")
    words = f"{found.subtitle} {found.source} {found.alt}"
    assert words.count("Mid and South Essex: coach") == 3
    assert "no joint action" not in words


def test_assumptions_alone_leave_a_place_without_joint_action():
    essex = load_scenario("scenarios/mid-south-essex.yaml")
    assert titles_together([essex, with_parameters(essex, loss_ratio=3)]) == essex.title
    assert titles_together([essex, ALONE]) == essex.title


def test_a_place_may_be_given_by_its_path():
    (case,) = run_comparison({"two": "scenarios/two-trusts.yaml"}, replicates=1, seed=1, engine="mesa").cases
    assert case.study.ensemble.scenario == load_scenario("scenarios/two-trusts.yaml")


def test_scenarios_without_names_are_refused():
    with pytest.raises(TypeError, match=r'^scenarios are compared by name: give \{"as it is": place, '):
        run_comparison([ALONE, BOTH], replicates=1, seed=1)


def test_progress_counts_every_replicate():
    reported = []
    run(attribution=("alone", "both"), progress=reported.append)
    assert sum(reported) == 2 * 6 + 4 * 6


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"scenarios": {}}, "at least one scenario"),
        (
            {"scenarios": {"alone": ALONE, "long": scenario(place(months=13))}},
            "^run_comparison: long: runs for 13 months from 2020-04, and alone, the first, for 12 months from 2020-04; "
            "compared scenarios must have the same start and months$",
        ),
        ({"scenarios": {"alone": ALONE}, "attribution": ("alone", "both")}, "no scenario 'both'; there are alone"),
    ],
)
def test_invalid_comparisons_are_reported(asked, words):
    with pytest.raises(ValueError, match=words):
        run_comparison(**{"replicates": 2, "seed": 1} | asked)
