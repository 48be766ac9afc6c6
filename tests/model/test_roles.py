"""Commissioners and providers differ: by who pays whom, and by whose income follows activity, and by nothing else."""

from functools import cache

import numpy as np
import pytest

from simulation.levers import Lever
from simulation.model.run import run_ensemble
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from simulation.scenario.loading import load_scenario
from simulation.vocabulary import Payment, Role
from tests.places import SCENARIOS, place, scenario, written

pytestmark = pytest.mark.property

REFERENCE = "mid-south-essex.yaml"
ORDERED = "mid-south-essex-instruction.yaml"

PAYMENTS = {
    "as it is": {},
    "exchanged": {Payment.TARIFF: "block", Payment.BLOCK: "tariff"},
    "all block": dict.fromkeys(Payment, "block"),
    "all tariff": dict.fromkeys(Payment, "tariff"),
    "all shared": dict.fromkeys(Payment, "shared"),
}


@cache
def paid(name, how):
    """A scenario of the reference place with its contracts paid otherwise."""
    subject = load_scenario(SCENARIOS / name)
    plain = written(subject)
    for contract, entry in plain["contracts"].items():
        payment = subject.payment_of(contract)
        entry["payment"] = PAYMENTS[how].get(payment, str(payment))
    return scenario(plain)


@cache
def replicates(name, how):
    """Enough replicates to see a difference."""
    return run_ensemble(paid(name, how), replicates=64, seed=1, engine="compiled", detail=DETAIL)


def organisation_totals(ensemble):
    """£m in all months, by replicate and organisation."""
    return ensemble.outturns.sum(axis=1)


def test_payments_as_they_are_are_the_reference_place():
    """Every contract's payment written out is the scenario itself."""
    expected = run_ensemble(load_scenario(SCENARIOS / REFERENCE), replicates=64, seed=1, engine="compiled")
    assert replicates(REFERENCE, "as it is").system.tobytes() == expected.system.tobytes()


@pytest.mark.parametrize("name", [REFERENCE, ORDERED])
@pytest.mark.parametrize("how", ["exchanged", "all block", "all shared"])
def test_payments_matter_in_the_reference_place(name, how):
    """In every replicate the gap, trust and each organisation's own books take another course."""
    before, after = replicates(name, "as it is"), replicates(name, how)
    assert (np.abs(after["trust"] - before["trust"]).max(axis=1) > 0).all()
    assert (after["gap"][:, -1] != before["gap"][:, -1]).mean() > 0.9
    moved = np.abs(organisation_totals(after) - organisation_totals(before)).mean(axis=0)
    assert (moved > 0).all()
    assert moved.max() > 1


@pytest.mark.parametrize("name", ["frailty_mid", "frailty_south", "long_term_conditions", "telehealth"])
def test_those_whose_admissions_fall_lose_by_tariff_and_keep_the_saving_by_block(name):
    """Every hospital that gives up activity to care elsewhere does better by block, every commissioner by tariff."""
    by_tariff, by_block = (shares_of(paid(REFERENCE, how), name) for how in ("all tariff", "all block"))
    cost = load_scenario(SCENARIOS / REFERENCE).programmes[name].cost_shares()
    assert by_block == pytest.approx(cost)
    giving = {move.from_ for move in load_scenario(SCENARIOS / REFERENCE).programmes[name].activity}
    assert giving
    assert all(by_tariff[each] < by_block[each] for each in giving)
    gaining = {each for each in by_tariff if by_tariff[each] > by_block[each]}
    organisations = load_scenario(SCENARIOS / REFERENCE).organisations
    assert gaining
    assert {organisations[each].role for each in gaining} == {Role.COMMISSIONER}


def shares_of(subject, programme):
    """The shares of a programme after payment in the first month."""
    system = build_system(subject)
    k = system.axes.opportunities.index(programme)
    members = slice(*system.first_membership[k : k + 2].tolist())
    names = [name for _, name in system.axes.memberships[members]]
    return dict(zip(names, system.schedule.shares.share[0, members].tolist(), strict=True))


def test_reform_in_full_is_all_shared():
    """Whatever a contract paid before, payment reform at full strength leaves half of the risk on either side."""
    levers = {Lever.PAYMENT_REFORM.value: {"strength": 1}}
    shared = build_system(paid(REFERENCE, "all shared")).schedule.shares.share
    for how in ("as it is", "exchanged"):
        reformed = scenario(written(paid(REFERENCE, how)) | {"levers": levers})
        np.testing.assert_array_equal(build_system(reformed).schedule.shares.share, shared)


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
@pytest.mark.parametrize(("payment", "differ"), [("tariff", True), ("block", True), ("shared", False)])
def test_a_commissioner_and_a_provider_are_alike_only_where_the_risk_is_shared(engine, payment, differ):
    """Two with the same numbers exchange their roles: only under `shared` are they interchangeable, to the bit.

    Closed form 12 says why in tests/model/test_closed_forms.py.
    """

    def made(commissioner, provider):
        roles = {commissioner: "commissioner", provider: "provider"}
        plain = place(
            organisations={
                each: {"role": roles[each], "sector": "care", "income": 100.0, "deficit_share": 1} for each in "ab"
            },
            contracts={
                "deal": {"commissioner": commissioner, "provider": provider, "amount": 90.0, "payment": payment}
            },
            programmes={},
        )
        return run_ensemble(scenario(plain), replicates=20, seed=1, engine=engine, detail=DETAIL)

    one, other = made("a", "b"), made("b", "a")
    assert (one.organisations.tobytes() != other.organisations.tobytes()) == differ
    assert (one.relationships.tobytes() != other.relationships.tobytes()) == differ


@pytest.mark.parametrize("payment", ["tariff", "block"])
def test_activity_that_moves_sets_the_two_sides_of_a_programme_apart(payment):
    """With the same shares of the cost, the side that is paid by activity loses and the side that pays keeps it."""
    organisations = {
        "a": {"role": "commissioner", "income": 100.0},
        "b": {"role": "provider", "income": 100.0},
    }
    deal = {"commissioner": "a", "provider": "b", "amount": 90.0, "payment": payment}
    care = {"value": 4.0, "shares": {"a": 0.5, "b": 0.5}, "activity": [{"from": "b", "income": 2.0}]}
    plain = place(organisations=organisations, contracts={"deal": deal}, programmes={"care": care})
    expected = {"tariff": {"a": 1.0, "b": 0.0}, "block": {"a": 0.5, "b": 0.5}}[payment]
    assert shares_of(scenario(plain), "care") == expected
