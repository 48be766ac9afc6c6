"""A place's own numbers go by names that people use, each of another kind."""

import pytest

from simulation.levers import Lever
from simulation.scenario.number_names import number_name
from simulation.scenario.own_numbers import find_own_numbers
from simulation.scenario.schema import Scenario
from tests.places import place

pytestmark = pytest.mark.unit

PLACE = Scenario.model_validate(
    place(
        organisations={
            "rth": {"role": "provider", "income": 200.0, "name": "Ribbleton", "deficit_share": 1},
            "icb": {"role": "commissioner", "income": 300.0, "deficit_share": 1, "efficiency_pool": 2},
        },
        contracts={"main": {"commissioner": "icb", "provider": "rth", "amount": 100.0}},
        programmes={
            "hah": {
                "title": "Hospital at home",
                "domain": "care_at_home",
                "saves": {"icb": 1.0, "rth": 2.0},
                "activity": [{"from": "rth", "income": 3.0}],
            },
            "desk": {"value": 2, "shares": {"icb": 0.5, "rth": 0.5}},
        },
        levers={Lever.COACHING: [{"strength": 0.5, "cost": 1.0}, {"strength": 1, "cost": 2.0, "from": "2020-10"}]},
        relationships={"overrides": [{"of": "rth", "in": "icb", "trust": {"value": 0.4, "status": "assumed"}}]},
        events=[
            {"event": "breach", "month": "2020-05", "organisation": "rth", "size": {"value": 0.5, "status": "assumed"}},
            {"event": "cost_shock", "month": "2020-06", "size": {"value": 3, "status": "assumed"}},
            {"event": "grip_shock", "size": {"value": 1, "status": "assumed"}},
        ],
    )
)


def test_each_kind_of_number_has_a_name_without_code():
    found = {each.where: number_name(PLACE, each) for each in find_own_numbers(PLACE)}
    assert (
        found.items()
        >= {
            "organisations.rth.skills.care_at_home": "Ribbleton: skill in care at home",
            "organisations.icb.efficiency_pool": "Icb: what own efficiency can save",
            "contracts.main.amount": "Contract of Icb with Ribbleton: amount",
            "programmes.hah.benefit": "Hospital at home: benefit to the population",
            "programmes.hah.saves.rth": "Hospital at home: saving of Ribbleton",
            "programmes.hah.activity[0].income": "Hospital at home: income that moves from Ribbleton",
            "programmes.desk.value": "Desk: value on paper",
            "programmes.desk.shares.icb": "Desk: share of the saving of Icb",
            "levers.coaching[1].cost": "Coaching: cost (setting 2)",
            "levers.coaching[0].cost": "Coaching: cost",
            "relationships.overrides[0].trust": "Opening trust of Ribbleton in Icb",
            "events[0].size": "Trust in Ribbleton that is lost by a breach, May 2020",
            "events[1].size": "Rise of the gap before any savings, June 2020",
            "events[2].size": "Extra pressure of regulators from April 2020",
        }.items()
    )
    assert any(words.startswith("Gap before any savings, ") for words in found.values())
    assert [words for words in found.values() if "_" in words or ".." in words] == []
    assert len(set(found.values())) == len(found)
