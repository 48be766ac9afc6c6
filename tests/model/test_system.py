"""A scenario as arrays: order, what is filled in, what is left out."""

from dataclasses import fields

import numpy as np
import pytest

from simulation.model.agents.model import TrustModel
from simulation.model.system import build_system, subject_of
from tests.places import month_after, place, scenario

pytestmark = pytest.mark.unit

THREE = {
    "b": {"role": "provider", "income": 300.0, "sector": "acute", "orientation": 0.5, "lead_capacity": 2},
    "B": {"role": "provider", "income": 100.0, "sector": "acute", "skills": {"acute": 0.9}},
    "_": {"role": "commissioner", "income": 100.0},
}


def programme(shares, **entry):
    return {"value": 4.0, "shares": shares} | entry


def test_ids_are_in_the_order_of_their_code_points():
    shares = {"b": 0.2, "B": 0.3, "_": 0.5}
    system = build_system(
        scenario(
            place(
                organisations=THREE,
                contracts={},
                programmes={
                    "z": programme(shares),
                    "Z": programme(shares),
                    "10": programme(shares),
                    "9": programme(shares),
                },
            )
        )
    )
    assert system.axes.organisations == ("B", "_", "b")
    assert system.axes.opportunities == ("10", "9", "Z", "z")
    assert system.axes.relationships == (("B", "_"), ("B", "b"), ("_", "B"), ("_", "b"), ("b", "B"), ("b", "_"))
    assert system.axes.memberships[:3] == (("10", "B"), ("10", "_"), ("10", "b"))
    assert system.schedule.shares.share[0, :3].tolist() == [0.3, 0.5, 0.2]
    assert system.member[:3].tolist() == [0, 1, 2]
    assert system.first_membership.tolist() == [0, 3, 6, 9, 12]
    assert system.stance_subject[2] == subject_of("10", "b")


def test_shares_are_divided_by_their_sum():
    subject = scenario(place(contracts={}, programmes={"care": programme({"a": 0.7, "b": 0.2995})}))
    np.testing.assert_allclose(
        build_system(subject).schedule.shares.share[0], [0.7 / 0.9995, 0.2995 / 0.9995], rtol=1e-15
    )


def test_what_each_saves_stands_for_value_and_shares():
    """5 saved and 1 borne are a value of 4, and shares of 1.25 and -0.25."""
    entry = {"saves": {"a": -1.0, "b": 5.0}}
    system = build_system(scenario(place(contracts={}, programmes={"care": entry})))
    assert system.value.tolist() == [4.0]
    assert system.schedule.shares.share[0].tolist() == [-0.25, 1.25]


def test_net_income_is_income_less_what_is_paid_on():
    """A pays 80 of its 100 on; with 95 it would keep 5, and a tenth of its income counts instead. 300 - 80 for all."""
    assert build_system(scenario(place())).net_income.tolist() == [20.0, 200.0]
    assert build_system(scenario(place())).place_income == 220.0
    deal = {"commissioner": "a", "provider": "b", "amount": 95.0}
    assert build_system(scenario(place(contracts={"deal": deal}))).net_income.tolist() == [10.0, 200.0]
    more = {"deal": deal | {"amount": 290.0}}
    assert build_system(scenario(place(contracts=more))).place_income == pytest.approx(30.0)


def test_deficits_are_by_net_income_unless_given():
    organisations = {"a": {"role": "commissioner", "income": 100.0}, "b": {"role": "provider", "income": 60.0}}
    assert build_system(scenario(place(organisations=organisations))).deficit_share.tolist() == [0.25, 0.75]
    organisations = {
        "a": {"role": "provider", "income": 100.0, "deficit_share": 3.0},
        "b": {"role": "provider", "income": 300.0, "deficit_share": 1.0},
    }
    subject = scenario(place(organisations=organisations, contracts={}))
    assert build_system(subject).deficit_share.tolist() == [0.75, 0.25]


def test_missing_values_take_the_parameters():
    shares = {"b": 0.2, "B": 0.3, "_": 0.5}
    system = build_system(
        scenario(
            place(
                organisations=THREE,
                contracts={},
                programmes={"care": programme(shares, domain="acute"), "home": programme(shares)},
                parameters={"lead_capacity": 5},
            )
        )
    )
    assert system.opening_orientation.tolist() == [0.2, 0.2, 0.5]
    assert system.lead_capacity.tolist() == [5, 5, 2]
    assert system.skill.tolist() == [0.9, 0.5, 0.5, 0.5, 0.5, 0.5]


def test_opening_trust_is_an_override_else_by_sector():
    subject = scenario(
        place(
            organisations=THREE | {"q": {"role": "provider", "income": 1.0}},
            contracts={"deal": {"commissioner": "_", "provider": "q", "amount": 1.0}},
            programmes={"care": programme({"b": 0.2, "B": 0.3, "_": 0.5})},
            relationships={"overrides": [{"of": "b", "in": "_", "trust": 0.9}]},
            parameters={"opening_trust": 0.3, "same_sector_premium": 0.3},
        )
    )
    system = build_system(subject)
    trust = dict(zip(system.axes.relationships, system.baseline.tolist(), strict=True))
    assert trust == {
        ("B", "_"): 0.3, ("B", "b"): 0.6, ("_", "B"): 0.3, ("_", "b"): 0.3, ("_", "q"): 0.3, ("b", "B"): 0.6,
        ("b", "_"): 0.9, ("q", "_"): 0.3,
    }  # fmt: skip


def test_a_sector_is_the_role_if_none_is_given():
    organisations = {"a": {"role": "provider", "income": 1.0}, "b": {"role": "provider", "income": 1.0}}
    subject = scenario(place(organisations=organisations, contracts={}))
    assert build_system(subject).baseline.tolist() == [0.5, 0.5]
    assert build_system(scenario(place())).baseline.tolist() == [0.4, 0.4]


def test_opening_trust_stays_within_bounds():
    organisations = {each: {"role": "provider", "income": 1.0} for each in "ab"}
    high = {"opening_trust": 0.95, "same_sector_premium": 0.2}
    subject = scenario(place(organisations=organisations, contracts={}, parameters=high))
    assert build_system(subject).baseline.tolist() == [1.0, 1.0]


def test_what_opens_after_the_horizon_is_left_out_with_its_relationships():
    organisations = {name: {"role": "provider", "income": 1.0} for name in "abc"}
    half = {"value": 1.0}
    subject = scenario(
        place(
            months=6,
            organisations=organisations,
            contracts={},
            programmes={
                "early": half | {"shares": {"a": 0.5, "b": 0.5}},
                "last": half | {"shares": {"a": 0.5, "b": 0.5}, "from": month_after(5)},
                "late": half | {"shares": {"a": 0.5, "c": 0.5}, "from": month_after(6)},
            },
            relationships={"overrides": [{"of": "a", "in": "c", "trust": 0.9}]},
            levers={"celebration": {"strength": 1, "only": ["late"]}},
        )
    )
    system = build_system(subject)
    assert system.axes.opportunities == ("early", "last")
    assert system.axes.relationships == (("a", "b"), ("b", "a"))
    model = TrustModel(system)
    model.run()
    assert model.organisations[2].relationships == []


def test_arrays_cannot_be_written_to():
    system = build_system(scenario(place()))
    arrays = [
        getattr(system, each.name) for each in fields(system) if isinstance(getattr(system, each.name), np.ndarray)
    ]
    assert len(arrays) > 15
    assert not any(array.flags.writeable for array in arrays)


def test_parameters_can_be_given_with_the_scenario():
    subject = scenario(place())
    other = subject.resolve_parameters()._replace(opening_trust=0.7)
    assert build_system(subject, other).baseline.tolist() == [0.7, 0.7]
    assert build_system(subject, other).parameters == other
