"""The dates and words that a scenario gives are found, and nothing that changes no result."""

import pytest

from simulation.scenario.schema import Scenario
from simulation.scenario.settings import settings_in
from tests.places import place

pytestmark = pytest.mark.unit


def test_dates_and_names_of_a_lever_are_settings():
    levers = {"coaching": {"strength": 0.5, "from": "2020-06", "only": ["a", "b"]}}
    found = settings_in(Scenario.model_validate(place(levers=levers)))
    assert found["levers.coaching.from"] == "2020-06"
    assert found["levers.coaching.only"] == "a, b"
    assert found["contracts.deal.payment"] == "shared"
    assert "levers.coaching.strength" not in found


def test_settings_of_one_lever_have_their_index():
    levers = {"coaching": [{"strength": 1, "until": "2020-06"}, {"strength": 0.5, "from": "2020-09"}]}
    found = settings_in(Scenario.model_validate(place(levers=levers)))
    assert found["levers.coaching[0].until"] == "2020-06"
    assert found["levers.coaching[1].from"] == "2020-09"


def test_titles_names_and_sourced_numbers_are_not_settings():
    sourced = {"value": 300_000, "source": "a census", "status": "sourced"}
    found = settings_in(Scenario.model_validate(place(population=sourced, description="A place.")))
    assert not {"title", "description", "population", "population.source"} & found.keys()
    assert not any(where.endswith((".title", ".name")) for where in found)
