"""A misspelt name of a fixed set names the one that was probably meant, and the others, wherever one can be given."""

import re
from typing import Any

import pytest

from simulation import best_levers, run_comparison, run_designs, run_ensemble, verdict, with_levers, write_paper
from simulation.analysis import deciding, finance_of
from simulation.analysis.measure import Measure
from simulation.analysis.verdict import find_verdict
from simulation.charts import reason_unavailable
from simulation.execution.salib_problem import salib_function, salib_problem
from simulation.known_names import check_name, unknown_name
from tests.places import place, scenario

pytestmark = pytest.mark.unit

ALONE = scenario(place())
BOTH = {"alone": ALONE, "coached": with_levers(ALONE, coaching=1.0)}


@pytest.fixture(scope="module")
def compared() -> Any:
    return run_comparison(BOTH, replicates=2, seed=1, engine="mesa", supporting_runs=True)


MISSPELT = {
    "engine": (lambda _: run_ensemble(ALONE, replicates=1, seed=1, engine="messa"), "mesa"),
    "engine of designs": (lambda _: list(run_designs([ALONE], replicates=1, seed=1, engine="compild")), "compiled"),
    "engine of a comparison": (lambda _: run_comparison(BOTH, replicates=1, seed=1, engine="autos"), "auto"),
    "detail": (
        lambda _: run_ensemble(ALONE, replicates=1, seed=1, engine="mesa", detail=("relations",)),
        "relationships",
    ),
    "attribution": (
        lambda _: run_comparison(BOTH, replicates=1, seed=1, engine="mesa", attribution=("alone", "coach")),
        "coached",
    ),
    "table": (lambda found: found["alone"].to_pandas("agreement"), "agreements"),
    "table of polars": (lambda found: found["alone"].to_polars("sistem"), "system"),
    "table of a comparison": (lambda found: found.to_pandas("outturn"), "outturns"),
    "column": (lambda found: found["alone"]["possition"], "position"),
    "column of agreements": (lambda found: found["alone"].agreement("outcomes"), "outcome"),
    "chart": (lambda found: found.plot("trajektory"), "trajectory"),
    "chart that can be drawn": (lambda found: reason_unavailable("trajektory", found), "trajectory"),
    "theme": (lambda found: found.plot("chance", theme="analysis-functions"), "analysis-function"),
    "case": (lambda found: found.plot("trajectory", case="coach"), "coached"),
    "first": (lambda found: found.plot("deciding", first="coach"), "coached"),
    "label": (lambda found: found["coach"], "coached"),
    "measure": (lambda found: verdict(found, measure="postion"), "position"),
    "measure that may find nothing": (lambda found: find_verdict(found, "gaps"), "gap"),
    "measure that decides": (lambda found: deciding(found, "coached", "alone", measure="gaps"), "gap"),
    "choice that decides": (lambda found: deciding(found, "coach", "alone"), "coached"),
    "choice of a verdict": (lambda found: verdict(found).between("coach", "alone"), "coached"),
    "measure as an enum": (lambda _: Measure("gaps"), "gap"),
    "item": (lambda found: finance_of(found.studies["alone"]).over_run("efficency"), "efficiency"),
    "levers": (lambda _: best_levers(ALONE, levers=["coachng", "gain_share"], replicates=1), "coaching"),
    "names": (lambda _: salib_problem(["coachng"]), "coaching"),
    "outcomes": (lambda _: salib_function(ALONE, salib_problem(["loss_ratio"]), outcomes=["gaps"]), "gap"),
    "format": (lambda found: write_paper(found, "nowhere", formats=["doc"]), "docx"),
}


@pytest.mark.parametrize("name", MISSPELT)
def test_a_misspelt_name_is_told_which_was_meant(compared, name):
    call, meant = MISSPELT[name]
    with pytest.raises((ValueError, KeyError), match=r"there is no [a-z ]+ '|unknown lever") as raised:
        call(compared)
    assert re.search(rf"did you mean '?{meant}\b", str(raised.value))


@pytest.mark.parametrize("given", [None, 1, ["gap"], ""])
def test_what_is_no_name_is_answered_by_all_names(given):
    with pytest.raises(ValueError, match=re.escape(f"there is no measure {given!r}; there are gap, position")):
        check_name("measure", given, Measure)


def test_of_many_names_the_nearest_alone_is_named():
    many = [f"name{n}" for n in range(40)]
    assert unknown_name("chart", "name7x", many) == "there is no chart 'name7x'; did you mean name7?"
    assert unknown_name("chart", "", many).endswith("; there are " + ", ".join(many))
