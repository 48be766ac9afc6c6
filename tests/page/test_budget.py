"""The budget on the page: what levers cost is what the place's books say, and what is left is said in words."""

import pytest

from simulation.analysis.finance import finance_of
from simulation.model.run import run_ensemble
from simulation.page.place_data import place_data
from simulation.results.study import Study
from simulation.scenario.loading import load_scenario
from tests.page.node import call_with_engine, needs_node
from tests.places import SCENARIOS, random_place, scenario

pytestmark = [pytest.mark.parity, needs_node]

PLACES = ["mid-south-essex-partnership", "mid-south-essex-partnership-instruction-lifted", "two-trusts", "3", "11"]


def given(name):
    subject = scenario(random_place(int(name))) if name.isdigit() else load_scenario(SCENARIOS / f"{name}.yaml")
    return subject, place_data(subject, SCENARIOS / "place.yaml", date="2026-11-28")


@pytest.mark.parametrize("name", PLACES)
def test_what_levers_cost_is_what_the_books_say(name):
    subject, place = given(name)
    books = finance_of(Study(ensemble=run_ensemble(subject, replicates=1, seed=1)))
    (spent,) = call_with_engine("budget_given.mjs", [("spent", place)])
    assert spent == pytest.approx(-books.by_year("levers").sum(), rel=1e-9, abs=1e-9)


def test_at_least_one_of_these_places_spends_on_levers():
    assert any(call_with_engine("budget_given.mjs", [("spent", given(name)[1])])[0] > 1 for name in PLACES)


@pytest.mark.parametrize(
    ("spent", "budget", "words"),
    [
        (0, None, "The levers cost nothing."),
        (0, 7, "The levers cost nothing: £7m of the budget of £7m is left."),
        (6.875, None, "The levers cost £6.9m by March 2019."),
        (5.5, 7, "The levers cost £5.5m by March 2019: £1.5m of the budget of £7m is left."),
        (9.25, 7, "The levers cost £9.2m by March 2019: £2.2m more than the budget of £7m."),
        (7, 7, "The levers cost £7m by March 2019: all of the budget of £7m."),
        (0.1 + 0.2, 0.3, "The levers cost £0.3m by March 2019: all of the budget of £0.3m."),
        (5, 0, "The levers cost £5m by March 2019: £5m more than the budget of £0m."),
        (0, 0, "The levers cost nothing: all of the budget of £0m."),
    ],
)
def test_what_is_left_is_said(spent, budget, words):
    _, place = given("mid-south-essex-partnership")
    assert call_with_engine("budget_given.mjs", [("said", place, spent, budget)]) == [words]
