"""Records for the kernel: a field that is forgotten, or that there is none of, is never passed over."""

import numpy as np
import pytest

from simulation.levers import Lever
from simulation.model.ensemble import packing
from simulation.model.system import build_system
from simulation.vocabulary import LeverScope
from tests.places import month_after, place, scenario

pytestmark = pytest.mark.unit

KIND = np.dtype([("at", np.uint32), ("value", np.float64)])


def test_a_record_takes_each_of_its_fields():
    records = packing._records(KIND, at=[0, 16], value=[1.5, 2.5])
    assert records.tolist() == [(0, 1.5), (16, 2.5)]


def test_a_forgotten_field_is_an_error():
    with pytest.raises(TypeError, match=r"^fields given and fields of the record differ: value$"):
        packing._records(KIND, at=[0, 16])


def test_an_unknown_field_is_an_error():
    with pytest.raises(TypeError, match=r"^fields given and fields of the record differ: worth$"):
        packing._records(KIND, at=[0], value=[1.0], worth=[1.0])


def test_the_strength_of_each_lever_stands_in_the_field_of_its_name():
    levers = {str(lever): {"strength": (1 + number) / 100} for number, lever in enumerate(Lever)}
    calendar = packing.pack_calendar(build_system(scenario(place(levers=levers))))
    for number, lever in enumerate(Lever):
        records = calendar.organisations if lever.acts_on_organisations else calendar.opportunities
        of_another_kind = [0.0] if lever.scope in {LeverScope.PROGRAMME, LeverScope.CONTRACT} else []
        assert np.unique(records[lever]).tolist() == [*of_another_kind, (1 + number) / 100]


def differ(**changes):
    """`shares_differ` of each opportunity that is packed from a place of six months."""
    packed = packing.pack_calendar(build_system(scenario(place(months=6, **changes))))
    return packed.opportunities.shares_differ.T.astype(int).tolist()


def test_shares_are_worked_out_in_the_first_month_and_when_gain_share_moves():
    """The programme care, of which gain share moves in months 2 and 4, and the contract deal."""
    gain_share = {"gain_share": {"strength": 1, "from": month_after(2), "until": month_after(4)}}
    assert differ() == [[1, 0, 0, 0, 0, 0]] * 2
    assert differ(levers=gain_share) == [[1, 0, 1, 0, 1, 0], [1, 0, 0, 0, 0, 0]]


def test_shares_are_worked_out_when_a_contract_is_reformed_in_all_that_it_pays_for():
    """Deal, a tariff, is reformed in months 1 and 2: it changes, as does care, whose activity it pays for, not home."""
    care = {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}}
    deal = {"commissioner": "a", "provider": "b", "amount": 80.0, "payment": "tariff"}
    asked = {
        "contracts": {"deal": deal},
        "programmes": {"care": care | {"activity": [{"from": "b", "income": 2.0}]}, "home": care},
    }
    reform = {"payment_reform": {"strength": 1, "from": month_after(1), "ramp": 2}}
    assert differ(**asked) == [[1, 0, 0, 0, 0, 0]] * 3
    assert differ(**asked, levers=reform) == [[1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0]]


def test_shares_of_a_programme_that_opens_late_are_worked_out_then():
    late = {"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "from": month_after(3)}}
    assert differ(programmes=late) == [[0, 0, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0]]


def test_what_contracts_and_programmes_have_is_packed():
    """A contract has an amount and no value on paper; net incomes of 20 and 200 of incomes of 100 and 200."""
    packed = packing.pack_place(build_system(scenario(place())))
    assert packed.opportunities.amount.tolist() == [0.0, 80.0]
    assert packed.opportunities.value.tolist() == [6.0, 0.0]
    assert packed.opportunities.largest_net_income.tolist() == [200.0, 200.0]
    assert packed.organisations.net_income.tolist() == [20.0, 200.0]
    assert packed.income == 220.0
