"""Studies that go up, down and nowhere, and places that are hard to draw; each is made once."""

from functools import cache

import pytest

from simulation.charts import CHARTS, Chart
from simulation.experiments.study import run_for_charts, run_study
from simulation.results.study import Study
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Lever
from tests.places import place

HARD_NAME = "The <script>alert(1)</script> $x_1$ & عربى 🏥 Trust of Sixty Characters"
PARTNERSHIP = {lever: {"strength": 1.0} for lever in Lever if lever is not Lever.TOP_DOWN_INSTRUCTION}

PLACES = {
    "left alone": place(months=24),
    "partnership": place(months=24, levers=PARTNERSHIP),
    "instruction": place(months=24, levers={Lever.TOP_DOWN_INSTRUCTION: {"strength": 1.0}}),
    "gap grows": place(
        months=12, events=[{"event": "cost_shock", "month": "2020-08", "size": 30}], do_nothing={"2020-04": 5.0}
    ),
    "gap closes": place(
        months=40,
        do_nothing={"2020-04": 4.0},
        target=1.0,
        organisations={
            "a": {"role": "commissioner", "income": 100.0, "efficiency_pool": 6.0},
            "b": {"role": "provider", "income": 200.0, "efficiency_pool": 6.0},
        },
    ),
    "nowhere": place(
        months=6,
        organisations={"a": {"role": "commissioner", "income": 100.0}, "b": {"role": "provider", "income": 100.0}},
    ),
    "three months": place(months=3),
    "one month": place(months=1),
    "no contracts": place(opportunities={"care": {"kind": "programme", "value": 6, "shares": {"a": 0.5, "b": 0.5}}}),
    "no programmes": place(opportunities={"deal": {"kind": "contract", "value": 2, "shares": {"a": 0.5, "b": 0.5}}}),
    "not yet open": place(
        opportunities={
            "care": {"kind": "programme", "value": 6, "shares": {"a": 0.5, "b": 0.5}, "from": "2020-09"},
        }
    ),
    "hard names": place(
        title=HARD_NAME,
        organisations={
            each: {"role": "provider", "income": 100.0, "name": f"{HARD_NAME} {each}", "efficiency_pool": 2}
            for each in "ab"
        },
        opportunities={
            "care": {"kind": "programme", "value": 6, "shares": {"a": 0.5, "b": 0.5}, "title": f"=cmd() {HARD_NAME}"},
            "deal": {"kind": "contract", "value": 2, "shares": {"a": 0.5, "b": 0.5}},
        },
    ),
}


@cache
def study_of(name: str, replicates: int = 8) -> Study:
    """A study of one of the places, with bounds and assumptions varied."""
    ensemble = run_for_charts(Scenario.model_validate(PLACES[name]), replicates=replicates, seed=1)
    return run_study(ensemble, seed=1, version="0.0.0", made="2026-01-01")


@cache
def chart_of(chart: str, name: str, replicates: int = 8) -> Chart:
    """One chart of one of the places, drawn once; tests only look at it."""
    return CHARTS[chart](study_of(name, replicates))


@pytest.fixture(params=list(PLACES))
def place_name(request):
    return request.param
