"""Who keeps what: each sentence of the specification on places whose sums can be done by hand."""

import numpy as np
import pytest

from simulation.model.payments import provider_risks
from simulation.model.system import build_system
from tests.places import START, month_after, place, scenario

pytestmark = pytest.mark.unit

COMMISSIONERS, PROVIDERS = "pqr", "fgh"

VALUE = 4.0
"""£m a year, of the programme; so £8m of income is a share of 2."""


def system_of(activity, contracts, shares, **changes):
    """A place of three commissioners and three providers, with the programme care.

    Args:
        activity: The moves of care.
        contracts: By the two sides, such as `"pf"` for p that pays f: the payment and the amount.
        shares: Of the saving in cost of care.
        **changes: What else differs.
    """
    roles = dict.fromkeys(COMMISSIONERS, "commissioner") | dict.fromkeys(PROVIDERS, "provider")
    written = {
        sides: {"commissioner": sides[0], "provider": sides[1], "payment": payment, "amount": amount}
        for sides, (payment, amount) in contracts.items()
    }
    plain = place(
        months=3,
        organisations={name: {"role": role, "income": 500.0} for name, role in roles.items()},
        contracts=written,
        programmes={"care": {"value": VALUE, "shares": shares, "activity": activity}},
        **changes,
    )
    return build_system(scenario(plain))


def kept(activity, contracts, shares, month=0, **changes):
    """Each participant's share of care after payment."""
    system = system_of(activity, contracts, shares, **changes)
    k = system.axes.opportunities.index("care")
    members = slice(*system.first_membership[k : k + 2].tolist())
    names = [name for _, name in system.axes.memberships[members]]
    return dict(zip(names, system.schedule.shares.share[month, members].tolist(), strict=True))


FROM_F = [{"from": "f", "income": 8.0}]
F_TO_H = [{"from": "f", "to": "h", "income": 8.0}]
TO_H = [{"to": "h", "income": 8.0}]


# In a contract


@pytest.mark.parametrize(
    ("payment", "commissioner", "provider"), [("tariff", 1, 0), ("block", 0, 1), ("shared", 0.5, 0.5)]
)
def test_what_is_saved_in_a_contract_stays_with_the_side_that_carries_the_risk(payment, commissioner, provider):
    system = system_of([], {"pf": (payment, 10.0)}, {"p": 0.5, "f": 0.5})
    assert system.axes.memberships[2:] == (("pf", "f"), ("pf", "p"))
    assert system.schedule.shares.share[0, 2:].tolist() == [provider, commissioner]


def test_a_payment_that_is_not_written_is_a_tariff_for_acute_providers_and_else_a_block():
    plain = place(
        organisations={
            "a": {"role": "commissioner", "income": 100.0},
            "b": {"role": "provider", "income": 100.0, "sector": "acute"},
            "c": {"role": "provider", "income": 100.0, "sector": "community"},
            "d": {"role": "provider", "income": 100.0},
        },
        contracts={f"with-{each}": {"commissioner": "a", "provider": each, "amount": 9.0} for each in "bcd"},
        programmes={"care": {"value": 1.0, "shares": {"a": 0.5, "b": 0.5}}},
    )
    system = build_system(scenario(plain))
    assert system.axes.opportunities == ("care", "with-b", "with-c", "with-d")
    assert provider_risks(system.axes, [0.0] * 4) == [0, 0, 1, 1]
    assert provider_risks(system.axes, [1.0] * 4) == [0, 0.5, 0.5, 0.5]


# In a programme, activity that moves away


def test_by_tariff_the_hospital_whose_admissions_fall_loses_the_full_price_and_saves_its_cost():
    """It saves 5 of cost and loses 8 of income, -3 of 4; the commissioner bears 1 and keeps the 8, 7 of 4."""
    shares = kept(FROM_F, {"pf": ("tariff", 30.0)}, {"f": 1.25, "p": -0.25})
    assert shares == {"f": -0.75, "p": 1.75}


def test_by_block_it_keeps_the_saving_and_the_commissioner_gains_nothing():
    shares = kept(FROM_F, {"pf": ("block", 30.0)}, {"f": 1.25, "p": -0.25})
    assert shares == {"f": 1.25, "p": -0.25}


def test_two_commissioners_bear_a_move_by_the_amounts_of_their_contracts():
    """30 and 90: a quarter and three quarters of 8, which are shares of 0.5 and 1.5."""
    contracts = {"pf": ("tariff", 30.0), "qf": ("tariff", 90.0)}
    assert kept(FROM_F, contracts, {"f": 1.25, "p": -0.25, "q": 0}) == {"f": -0.75, "p": 0.25, "q": 1.5}


def test_each_commissioner_is_paid_by_its_own_contract():
    """P pays by tariff and keeps 2; q pays by block and keeps nothing, so f loses 2 and not 8."""
    contracts = {"pf": ("tariff", 30.0), "qf": ("block", 90.0)}
    assert kept(FROM_F, contracts, {"f": 1.25, "p": -0.25, "q": 0}) == {"f": 0.75, "p": 0.25, "q": 0}


def test_those_in_the_programme_bear_the_whole_move_between_them():
    """R pays f three times as much as p does, but takes no part."""
    contracts = {"pf": ("tariff", 30.0), "rf": ("tariff", 90.0)}
    assert kept(FROM_F, contracts, {"f": 1.25, "p": -0.25}) == {"f": -0.75, "p": 1.75}


def test_where_no_commissioner_feels_it_nothing_moves_not_even_to_where_it_goes():
    """P takes part and pays h, but not f; q pays f and takes no part."""
    contracts = {"ph": ("tariff", 50.0), "qf": ("tariff", 90.0)}
    shares = {"f": 1.5, "h": -0.5, "p": 0}
    assert kept(F_TO_H, contracts, shares) == shares
    assert system_of(F_TO_H, contracts, shares).transfers == ()


# Activity that goes somewhere else


def test_a_service_that_moves_takes_its_full_price_with_it_under_tariffs():
    contracts = {"pf": ("tariff", 30.0), "ph": ("tariff", 5.0)}
    assert kept(F_TO_H, contracts, {"f": 1.5, "h": -0.5, "p": 0}) == {"f": -0.5, "h": 1.5, "p": 0}


def test_the_commissioner_pays_where_it_goes_by_its_contract_there():
    """A block for h: it takes the patients and is paid nothing more; p keeps the 8."""
    contracts = {"pf": ("tariff", 30.0), "ph": ("block", 5.0)}
    assert kept(F_TO_H, contracts, {"f": 1.5, "h": -0.5, "p": 0}) == {"f": -0.5, "h": -0.5, "p": 2}


def test_without_a_contract_there_it_pays_by_the_mean_over_all_contracts_of_that_provider():
    """Those of q and r with h, which are not in the programme: 30 by block and 10 by tariff, 0.75 of the risk.

    So p pays 0.25 x 8 = 2, a share of 0.5, and keeps 6 of the 8.
    """
    contracts = {"pf": ("tariff", 30.0), "qh": ("block", 30.0), "rh": ("tariff", 10.0)}
    assert kept(F_TO_H, contracts, {"f": 1.5, "h": -0.5, "p": 0}) == {"f": -0.5, "h": 0, "p": 1.5}


def test_the_mean_is_over_contracts_in_the_programme_too():
    """P and q bear 8 evenly. Q pays h by its own block, nothing; p by the mean of 30 by block and 10 by tariff, 1."""
    contracts = {"pf": ("tariff", 50.0), "qf": ("tariff", 50.0), "qh": ("block", 30.0), "rh": ("tariff", 10.0)}
    shares = kept(F_TO_H, contracts, {"f": 1.5, "h": -0.5, "p": 0, "q": 0})
    assert shares == {"f": -0.5, "h": -0.25, "p": 0.75, "q": 1}


def test_a_provider_without_any_contract_is_paid_nothing():
    assert kept(F_TO_H, {"pf": ("tariff", 30.0)}, {"f": 1.5, "h": -0.5, "p": 0}) == {"f": -0.5, "h": -0.5, "p": 2}


def test_new_activity_is_paid_by_those_with_a_contract_there():
    """Only `to`: p and q pay h by their amounts, 2 and 6; r has no contract with h and pays nothing."""
    contracts = {"ph": ("tariff", 10.0), "qh": ("tariff", 30.0), "rf": ("tariff", 30.0)}
    shares = kept(TO_H, contracts, {"h": 0.5, "p": 0.5, "q": 0, "r": 0})
    assert shares == {"h": 2.5, "p": 0, "q": -1.5, "r": 0}


def test_one_that_is_in_the_activity_alone_takes_part_with_no_share_of_the_cost():
    """G is in no shares: what it receives is all that it keeps."""
    activity = [{"from": "f", "to": "g", "income": 2.0}]
    contracts = {"pf": ("tariff", 30.0), "pg": ("tariff", 30.0)}
    assert kept(activity, contracts, {"f": 1.25, "p": -0.25}) == {"f": 0.75, "g": 0.5, "p": -0.25}


def test_moves_add_up():
    """F loses 8 and 2; h gains 2; p keeps 8."""
    activity = [*FROM_F, {"from": "f", "to": "h", "income": 2.0}]
    contracts = {"pf": ("tariff", 30.0), "ph": ("tariff", 30.0)}
    assert kept(activity, contracts, {"f": 2.0, "p": -1.0}) == {"f": -0.5, "h": 0.5, "p": 1.0}


# Payment reform


@pytest.mark.parametrize(
    ("payment", "strength", "f"),
    [("tariff", 0.5, -0.25), ("block", 0.5, 0.75), ("shared", 0.5, 0.25), ("tariff", 1, 0.25), ("block", 1, 0.25)],
)
def test_payment_reform_shares_the_risk(payment, strength, f):
    """At one half a tariff leaves a quarter of the risk with f, which gives up 6, and a block three quarters, 2."""
    levers = {"payment_reform": {"strength": strength}}
    shares = kept(FROM_F, {"pf": (payment, 30.0)}, {"f": 1.25, "p": -0.25}, levers=levers)
    assert shares == {"f": f, "p": 1 - f}


def test_payment_reform_of_one_contract_changes_no_other():
    levers = {"payment_reform": {"strength": 1, "only": ["qf"]}}
    contracts = {"pf": ("tariff", 30.0), "qf": ("tariff", 90.0)}
    shares = kept(FROM_F, contracts, {"f": 1.25, "p": -0.25, "q": 0}, levers=levers)
    assert shares == {"f": 0, "p": 0.25, "q": 0.75}


def test_reform_counts_from_its_month_on():
    levers = {"payment_reform": {"strength": 1, "from": month_after(1), "until": month_after(2)}}
    asked = (FROM_F, {"pf": ("tariff", 30.0)}, {"f": 1.25, "p": -0.25})
    assert [kept(*asked, month=month, levers=levers)["f"] for month in range(3)] == [-0.75, 0.25, -0.75]


# What is recorded of it


def test_gains_and_losses_are_those_after_payment():
    system = system_of(FROM_F, {"pf": ("tariff", 30.0), "qf": ("tariff", 90.0)}, {"f": 1.25, "p": -0.25, "q": 0})
    assert system.schedule.shares.gains[0].tolist() == [1.75, 1, 1]
    assert system.schedule.shares.losses[0].tolist() == [0.75, 0, 0]


def test_a_transfer_can_be_traced_from_the_contract():
    """A quarter of 8 goes from f to p; p pays it on to h, by the mean of two contracts."""
    contracts = {"pf": ("tariff", 30.0), "qf": ("tariff", 90.0), "qh": ("block", 30.0), "rh": ("tariff", 10.0)}
    system = system_of(F_TO_H, contracts, {"f": 1.5, "h": -0.5, "p": 0, "q": 0})
    names = system.axes.opportunities
    risk = provider_risks(system.axes, [0.0] * len(names))
    found = [
        (names[each.programme], each.giver, each.receiver, each.part, [(names[k], w) for k, w in each.contracts],
         each.amount(risk))
        for each in system.transfers
    ]  # fmt: skip
    assert found == [
        ("care", "f", "p", 0.25, [("pf", 1)], 2),
        ("care", "p", "h", 0.25, [("qh", 0.75), ("rh", 0.25)], 0.5),
        ("care", "f", "q", 0.75, [("qf", 1)], 6),
        ("care", "q", "h", 0.75, [("qh", 1)], 0),
    ]


def test_a_programme_that_opens_after_the_end_moves_nothing():
    late = {"value": 1.0, "shares": {"p": 0.5, "f": 0.5}, "activity": FROM_F, "from": month_after(9)}
    programmes = {"late": late, "care": {"value": 1.0, "shares": {"p": 0.5, "f": 0.5}}}
    plain = place(
        months=3,
        organisations={"p": {"role": "commissioner", "income": 99.0}, "f": {"role": "provider", "income": 99.0}},
        contracts={"pf": {"commissioner": "p", "provider": "f", "amount": 9.0}},
        programmes=programmes,
        do_nothing={START: 1.0},
    )
    assert build_system(scenario(plain)).transfers == ()


def test_months_with_the_same_contracts_have_the_same_shares_to_the_bit():
    levers = {"payment_reform": {"strength": 0.3, "ramp": 2}}
    shares = system_of(FROM_F, {"pf": ("tariff", 30.0)}, {"f": 1.25, "p": -0.25}, levers=levers).schedule.shares
    assert np.array_equal(shares.share[1], shares.share[2])
    assert not np.array_equal(shares.share[0], shares.share[1])
