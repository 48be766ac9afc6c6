"""A month as the specification describes it, on scripted organisations whose sums can be done by hand."""

import math

import numpy as np
import pytest

from simulation import columns
from simulation.model.agents.model import TrustModel
from simulation.vocabulary import OutcomeClass
from tests.places import fixed, month_after, place, run, scenario

pytestmark = pytest.mark.unit


def providers(names, **entry):
    """Organisations of one sector and equal income."""
    return {name: {"role": "provider", "income": 100.0} | entry for name in names}


def programme(shares, **entry):
    return {"value": 6.0, "shares": shares, "domain": "general"} | entry


def always(stances, **changes):
    """Providers with one stance each, `open` or `closed` by id, and a programme that needs no mobilisation."""
    names = list(stances)
    together = {"care": programme(dict.fromkeys(names, 1 / len(names)), milestones=12)}
    plain = {"organisations": providers(names), "contracts": {}, "programmes": together, "events": fixed(stances)}
    return place(**plain | changes | {"parameters": {"mobilisation": 0} | changes.get("parameters", {})})


def dealing(stances, payment, **changes):
    """A commissioner a and a provider b with one contract and nothing else, and one stance each."""
    deal = {"commissioner": "a", "provider": "b", "amount": 1200.0, "payment": payment}
    plain = {"programmes": {}, "contracts": {"deal": deal}, "events": fixed(stances), "do_nothing": {month_after(0): 0}}
    organisations = {each: {"role": role, "income": 100.0} for each, role in (("a", "commissioner"), ("b", "provider"))}
    return place(**plain | {"organisations": organisations} | changes)


def column(trajectory, table, name):
    return getattr(trajectory, table)[..., columns.index_of(getattr(columns, table.upper()), name)]


def agreement(trajectory, name, k=0):
    return trajectory.agreements[k, columns.index_of(columns.AGREEMENTS, name)]


# Phase 1, convene


def test_a_breach_lowers_everyones_trust_in_one_and_no_other_trust():
    events = [{"event": "breach", "month": month_after(1), "organisation": "b", "size": 0.5}]
    stances = fixed({"a": "open", "b": "closed", "c": "open"})
    broken = run(scenario(always(dict.fromkeys("abc", "open"), events=stances + events), turnover=0.0))
    whole = run(scenario(always(dict.fromkeys("abc", "open"), events=stances), turnover=0.0))
    ratio = broken.relationships / whole.relationships
    for pair, column_of_pair in zip(broken.axes.relationships, ratio.T, strict=True):
        expected = [1.0] + [0.5] * 11 if pair[1] == "b" else [1.0] * 12
        np.testing.assert_allclose(column_of_pair, expected, rtol=1e-14)


def test_a_new_leader_changes_orientation_trust_and_co_ownership_before_organisations_meet():
    """One of two leaves in month 2: τ toward its baseline by 0.4, c by 0.4/2; if both leave, by 0.64 and 0.2 twice."""
    for leaving, kept, owned in (("a", 0.6, 0.8), ("ab", 0.36, 0.64)):
        events = [{"event": "leader_change", "month": month_after(2), "organisation": each} for each in leaving]
        plain = always({"a": "open", "b": "open"})
        model = TrustModel(scenario(plain | {"events": plain["events"] + events}, turnover=0.0))
        model.step()
        model.step()
        before = model.relationships[0].trust
        (care,) = model.programmes
        co_ownership = care.co_ownership
        for each in model.organisations:
            each.orientation = 0.7
        model.calendar.set_month(2)
        model.convene()
        assert model.relationships[0].trust == pytest.approx(0.5 + (before - 0.5) * kept, rel=1e-14)
        assert care.co_ownership == pytest.approx(co_ownership * owned, rel=1e-14)
        assert [each.orientation for each in model.organisations] == [0.2 if each in leaving else 0.7 for each in "ab"]


def test_leaders_change_by_chance_in_the_first_month_too_and_less_often_where_they_are_supported():
    names = [f"o{number}" for number in range(150)]
    plain = place(
        months=1,
        organisations=providers(names, orientation=0.9),
        contracts={},
        programmes={"deal": programme({"o0": 0.5, "o1": 0.5})},
    )
    support = {"leadership_stability": {"strength": 0.5, "only": names[:75]}}
    for turnover, stability, changed in ((1.0, 1.0, 150), (0.4, 1.0, 60), (0.0, 0.6, 0)):
        model = TrustModel(scenario(plain, turnover=turnover, stability_effect=stability))
        model.step()
        assert sum(each.leader_changed for each in model.organisations) == pytest.approx(changed, abs=4 * 6)
        model = TrustModel(scenario(plain | {"levers": support}, turnover=turnover, stability_effect=stability))
        model.step()
        left = [each.leader_changed for each in model.organisations if each.id in names[:75]]
        expected = 75 * turnover * (1 - 0.5 * stability)
        assert sum(left) == pytest.approx(expected, abs=4 * math.sqrt(75) / 2)


def test_a_delivered_programme_loses_no_co_ownership_with_a_leader():
    events = [{"event": "leader_change", "month": month_after(8), "organisation": "a"}]
    plain = always({"a": "open", "b": "open"}, programmes={"care": programme({"a": 0.5, "b": 0.5})})
    plain["organisations"]["a"]["skills"] = plain["organisations"]["b"]["skills"] = {"general": 1.0}
    replicate = run(scenario(plain | {"events": plain["events"] + events}, turnover=0.0, delivery_floor=1.0))
    owned = column(replicate, "opportunities", "co_ownership")[:, 0]
    assert owned.tolist() == [0.5, 0.75, *[0.875] * 10]


def test_pressure_is_everyday_in_the_first_month_and_then_grips_by_last_months_shortfall():
    """Plan 0, nothing saved: a is short by a third of 20 at an income of 100, which is 20/3 tenths of it."""
    organisations = {
        "a": {"role": "provider", "income": 100.0, "deficit_share": 0.5},
        "b": {"role": "provider", "income": 300.0, "deficit_share": 1.0},
    }
    plain = place(plan={month_after(0): 0.0}, organisations=organisations, contracts={})
    pressure = column(run(scenario(plain, turnover=0.0)), "organisations", "pressure")
    assert pressure[0].tolist() == [0.2, 0.2]
    np.testing.assert_allclose(pressure[1], [0.2 * (1 + 20 / 3 / 10), 0.2 * (1 + 40 / 3 / 30)], rtol=1e-13)
    planned = plain | {"plan": {month_after(0): 6.0}}
    np.testing.assert_allclose(
        column(run(scenario(planned, turnover=0.0)), "organisations", "pressure")[1],
        [0.2 * (1 + 14 / 3 / 10), 0.2 * (1 + 28 / 3 / 30)],
        rtol=1e-13,
    )
    shared = plain | {"levers": {"shared_accountability": {"strength": 1, "only": ["b"]}}}
    np.testing.assert_allclose(
        column(run(scenario(shared, turnover=0.0)), "organisations", "pressure")[1],
        [0.2 * (1 + 20 / 3 / 10), 0.2 * (1 + 20 / 40)],
        rtol=1e-13,
    )


def test_the_places_shortfall_is_of_net_income_and_ones_own_of_income_as_it_stands():
    """A pays 80 of its 100 on to b, which has 200: 20 short is 20/22 tenths of the place's 220, and a's part 20/30."""
    organisations = {
        "a": {"role": "commissioner", "income": 100.0, "deficit_share": 1},
        "b": {"role": "provider", "income": 200.0, "deficit_share": 2},
    }
    shared = {"shared_accountability": {"strength": 1, "only": ["b"]}}
    plain = place(plan={month_after(0): 0.0}, organisations=organisations, levers=shared, programmes={})
    pressure = column(run(scenario(plain, turnover=0.0)), "organisations", "pressure")
    np.testing.assert_allclose(pressure[1], [0.2 * (1 + 20 / 30), 0.2 * (1 + 20 / 22)], rtol=1e-13)


def test_an_order_presses_until_it_is_obeyed_and_less_until_it_is_delivered():
    """Opens in month 3, ordered in month 4, delivered in months 5 and 6, when half the pressure is left."""
    skilled = providers("abc", skills={"general": 1.0})
    plain = always(
        dict.fromkeys("abc", "closed"),
        organisations=skilled,
        programmes={
            "late": programme({"a": 0.5, "b": 0.5}, milestones=2, **{"from": month_after(3)}),
            "other": programme({"b": 0.5, "c": 0.5}, **{"from": month_after(11)}),
        },
        levers={"top_down_instruction": {"strength": 1, "only": ["late"]}},
        do_nothing={month_after(0): 0.0},
    )
    pressure = column(run(scenario(plain, turnover=0.0, delivery_floor=1.0)), "organisations", "pressure")
    under = [0.2] * 3 + [0.4] * 2 + [0.3] * 2 + [0.2] * 5
    np.testing.assert_allclose(pressure, np.transpose([under, under, [0.2] * 12]), rtol=1e-14)


def test_a_shock_to_grip_presses_those_it_names():
    shock = {"event": "grip_shock", "size": 0.5, "from": month_after(2), "until": month_after(4), "only": ["b"]}
    plain = always({"a": "closed", "b": "closed"}, do_nothing={month_after(0): 0.0})
    plain |= {"events": [*plain["events"], shock]}
    pressure = column(run(scenario(plain, turnover=0.0)), "organisations", "pressure")
    np.testing.assert_allclose(pressure[:, 1], [0.2] * 2 + [0.3] * 2 + [0.2] * 8, rtol=1e-14)
    assert (pressure[:, 0] == 0.2).all()


# Phase 2, take a stance


def test_the_weakest_relationship_weighs_beside_the_mean():
    """A trusts b 0.8 and c 0.2: q = 0.75 x 0.5 + 0.25 x 0.2."""
    overrides = [{"of": "a", "in": "b", "trust": 0.8}, {"of": "a", "in": "c", "trust": 0.2}]
    model = TrustModel(scenario(always(dict.fromkeys("abc", "open"), relationships={"overrides": overrides})))
    first = model.organisations[0]
    assert first.reciprocity_in(first.memberships[0]) == pytest.approx(0.75 * 0.5 + 0.25 * 0.2)


def test_nothing_at_stake_is_nothing_to_concede():
    """Exposure 0.3 in full from an even share on: n·y is 2.4, 0.6 and 0 of three."""
    shares = {"a": 0.8, "b": 0.2, "c": 0.0}
    model = TrustModel(scenario(always(dict.fromkeys("abc", "open"), programmes={"care": programme(shares)})))
    exposures = [each.exposure_for(each.memberships[0]) for each in model.organisations]
    assert exposures == pytest.approx([0.3, 0.18, 0.0])


def test_shared_accountability_counts_an_even_part_in_stances_and_not_in_the_books():
    """At strength 0.5 the loser of -0.2 counts 0.5 x -0.2 + 0.5 x 0.5 = 0.15, and its books still bear -0.2."""
    plain = always(
        {"a": "open", "b": "open"},
        programmes={"care": programme({"a": 1.2, "b": -0.2})},
        levers={"shared_accountability": {"strength": 0.5}},
    )
    model = TrustModel(scenario(plain, turnover=0.0))
    loser = model.organisations[1]
    assert loser.stakes_for(loser.memberships[0]) == pytest.approx(0.8 * 2 * 0.15 + 0.2)
    assert loser.memberships[0].share == -0.2
    model.run()
    assert not model.programmes[0].is_agreed or model.programmes[0].outcome is OutcomeClass.WIN_LOSE


# Phase 3, negotiate


def test_a_board_that_stands_to_lose_blocks_agreement():
    """All but the loser are open: co-owned enough, never agreed; agreed at once if it is within the neutral band."""
    four = {"a": "open", "b": "open", "c": "open", "d": "closed"}
    for loss, agreed in ((-0.03, math.nan), (-0.025, 3.0)):
        shares = {"a": 0.5, "b": 0.25, "c": 0.25 - loss, "d": loss}
        programmes = {"care": programme(shares, milestones=12)}
        replicate = run(scenario(always(four, programmes=programmes), turnover=0.0))
        assert agreement(replicate, "agreed") == pytest.approx(agreed, nan_ok=True)
        assert column(replicate, "opportunities", "co_ownership")[4, 0] == pytest.approx(0.75 * (1 - 0.5**5))


def test_a_quorum_that_is_just_reached_is_enough():
    """C is 0.5 and then 0.75, without rounding."""
    for quorum, agreed in ((0.5, 0), (0.75, 1), (0.7500001, 2)):
        plain = always({"a": "open", "b": "open"}, parameters={"quorum": quorum})
        assert agreement(run(scenario(plain, turnover=0.0)), "agreed") == agreed


def test_gain_share_is_fixed_when_a_programme_is_agreed():
    """Agreed in month 1 at full gain share; that it ends in month 3 changes neither the shares nor the outcome."""
    plain = always(
        {"a": "open", "b": "open"},
        programmes={"care": programme({"a": 1.2, "b": -0.2}, milestones=1)},
        levers={"gain_share": {"strength": 1, "until": month_after(3)}},
    )
    model = TrustModel(scenario(plain, turnover=0.0))
    model.run()
    (care,) = model.programmes
    assert care.agreed == 1
    assert care.outcome is OutcomeClass.WIN_NEUTRAL
    assert [part.share for part in care.members] == [pytest.approx(1.0), 0.0]
    _, loser = model.organisations
    assert loser.month_position == pytest.approx(-20 / 2 / 12)


def test_payment_decides_who_keeps_what_a_contract_saves():
    """A contract of 1,200 saves 1 a month: all the commissioner's by tariff, and halved from month 3 by reform."""
    reform = {"payment_reform": {"strength": 1, "from": month_after(3)}}
    for payment, before in (("tariff", [1, 0]), ("block", [0, 1]), ("shared", [0.5, 0.5])):
        plain = dealing({"a": "open", "b": "open"}, payment, levers=reform)
        position = column(run(scenario(plain, turnover=0.0)), "organisations", "position")
        np.testing.assert_allclose(position, [before] * 3 + [[0.5, 0.5]] * 9, rtol=1e-14)


def test_payment_changes_shares_after_agreement_too():
    """Activity of 6 leaves b, who saves all the cost: by tariff it loses the income; reform gives half of it back."""
    deal = {"commissioner": "a", "provider": "b", "amount": 100.0, "payment": "tariff"}
    organisations = {each: {"role": role, "income": 100.0} for each, role in (("a", "commissioner"), ("b", "provider"))}
    plain = always(
        {"a": "open", "b": "open"},
        organisations=organisations,
        contracts={"deal": deal},
        programmes={"care": programme({"a": 0.0, "b": 1.0}, activity=[{"from": "b", "income": 6.0}])},
        levers={"payment_reform": {"strength": 1, "from": month_after(6)}},
    )
    model = TrustModel(scenario(plain, turnover=0.0))
    for _ in range(6):
        model.step()
    (care,) = model.programmes
    assert care.agreed == 1
    assert [each.share for each in care.members] == [1.0, 0.0]
    model.step()
    assert [each.share for each in care.members] == [0.5, 0.5]


def test_by_order_only_after_enough_months_under_instruction_which_need_not_be_in_a_row():
    """Instructed in months 0 and 4: the second month under instruction is month 4; three months of it there are not."""
    settings = [
        {"strength": 1, "until": month_after(1)},
        {"strength": 1, "from": month_after(4), "until": month_after(5)},
    ]
    plain = always({"a": "closed", "b": "closed"}, levers={"top_down_instruction": settings})
    replicate = run(scenario(plain, turnover=0.0))
    assert agreement(replicate, "agreed") == 4
    assert agreement(replicate, "by_order") == 1
    assert agreement(replicate, "co_ownership") == 0
    three = plain | {"parameters": {"instruction_months": 3}}
    assert math.isnan(agreement(run(scenario(three, turnover=0.0)), "agreed"))


def test_months_under_instruction_count_only_on_the_table():
    plain = always(
        {"a": "closed", "b": "closed"},
        programmes={"care": programme({"a": 0.5, "b": 0.5}, **{"from": month_after(3)})},
        levers={"top_down_instruction": {"strength": 1}},
    )
    assert agreement(run(scenario(plain, turnover=0.0)), "agreed") == 4


def test_an_order_of_half_strength_takes_its_time():
    names = [f"p{number}" for number in range(200)]
    plain = always(
        {"a": "closed", "b": "closed"},
        months=2,
        programmes={name: programme({"a": 0.5, "b": 0.5}) for name in names},
        levers={"top_down_instruction": {"strength": 0.3}},
    )
    agreed = run(scenario(plain, turnover=0.0)).agreements[:, columns.AGREEMENTS.agreed]
    assert np.isfinite(agreed).sum() == pytest.approx(60, abs=4 * math.sqrt(200 * 0.21))


def test_what_is_agreed_by_consent_is_not_by_order():
    plain = always({"a": "open", "b": "open"}, levers={"top_down_instruction": {"strength": 1}})
    replicate = run(scenario(plain, turnover=0.0))
    assert agreement(replicate, "agreed") == 1
    assert agreement(replicate, "by_order") == 0


def test_the_largest_leads_or_by_skill_the_most_skilled_that_the_others_trust():
    organisations = {
        "a": {"role": "provider", "income": 100.0, "skills": {"general": 0.9}},
        "b": {"role": "provider", "income": 300.0, "skills": {"general": 0.4}},
        "c": {"role": "provider", "income": 200.0, "skills": {"general": 1.0}},
    }
    overrides = [{"of": of, "in": "c", "trust": 0.1} for of in "ab"]
    plain = always(dict.fromkeys("abc", "open"), organisations=organisations, relationships={"overrides": overrides})
    assert agreement(run(scenario(plain, turnover=0.0)), "lead") == 1
    skilled = plain | {"levers": {"lead_by_skill": {"strength": 1}}}
    assert agreement(run(scenario(skilled, turnover=0.0)), "lead") == 0
    trusted = skilled | {"relationships": {}}
    assert agreement(run(scenario(trusted, turnover=0.0)), "lead") == 2


def large_commissioner(**changes):
    """A commissioner of 300 that pays 250 of them on, and a provider of 100, in one programme."""
    return place(
        organisations={
            "a": {"role": "commissioner", "income": 300.0, "deficit_share": 1},
            "b": {"role": "provider", "income": 100.0, "deficit_share": 1},
        },
        contracts={"deal": {"commissioner": "a", "provider": "b", "amount": 250.0, "payment": "tariff"}},
        programmes={"care": programme({"a": 0.5, "b": 0.5}, milestones=3, set_up_cost=1.2)},
        events=fixed({"a": "open", "b": "open"}),
        do_nothing={month_after(0): 0.0},
        **changes,
    )


def test_the_largest_is_so_by_net_income():
    """A keeps 50 of its 300, so b with its 100 leads."""
    replicate = run(scenario(large_commissioner(), turnover=0.0))
    assert agreement(replicate, "lead") == replicate.axes.organisations.index("b")


def test_set_up_and_levers_are_paid_by_income_as_it_stands():
    """A pays three parts and b one: of 0.4 of set-up in months 2 to 4, and of 0.1 for a lever in every month.

    The contract yields nothing here, and neither organisation has savings of its own.
    """
    levers = {"menu_framing": {"strength": 1, "cost": 1.2}}
    plain = large_commissioner(levers=levers, parameters={"contract_saving": 0})
    position = column(run(scenario(plain, turnover=0.0)), "organisations", "position")
    set_up = np.array([0, 0, 0.4, 0.4, 0.4, 0, 0])
    np.testing.assert_allclose(position[:7], -np.outer(set_up + 0.1, [0.75, 0.25]), atol=1e-15)


def test_a_tie_goes_to_the_lower_id():
    plain = always(dict.fromkeys("bca", "open"))
    assert agreement(run(scenario(plain, turnover=0.0)), "lead") == 0


def test_a_tie_by_skill_and_trust_goes_to_the_lower_id():
    """Six alike in two sectors: each is trusted 0.5 by two and 0.4 by three, only in another order."""
    organisations = {
        name: {"role": "provider", "income": 100.0, "sector": "acute" if name in "abc" else "community"}
        for name in "abcdef"
    }
    plain = always(
        dict.fromkeys("abcdef", "open"),
        organisations=organisations,
        levers={"lead_by_skill": {"strength": 1}},
        months=2,
        parameters={"co_ownership_memory": 1},
    )
    assert agreement(run(scenario(plain, turnover=0.0)), "lead") == 0


def test_a_participant_without_room_does_not_lead_unless_nobody_has_room():
    organisations = {
        "a": {"role": "provider", "income": 300.0, "lead_capacity": 2},
        "b": {"role": "provider", "income": 100.0},
    }
    programmes = {name: programme({"a": 0.5, "b": 0.5}, milestones=12) for name in ("p1", "p2", "p3", "p4", "p5")}
    plain = always(
        {"a": "open", "b": "open"},
        organisations=organisations,
        programmes=programmes,
        parameters={"lead_capacity": 1},
    )
    leads = run(scenario(plain, turnover=0.0)).agreements[:, columns.AGREEMENTS.lead]
    assert leads.tolist() == [0, 0, 1, 0, 0]


def test_room_to_lead_comes_back_when_a_programme_is_delivered():
    """p1 is delivered in month 2, so that one agreed in month 5 finds its lead free again."""
    organisations = providers("ab", skills={"general": 1.0})
    organisations["a"] |= {"income": 300.0, "lead_capacity": 1}
    programmes = {
        "p1": programme({"a": 0.5, "b": 0.5}, milestones=1),
        "p2": programme({"a": 0.5, "b": 0.5}, milestones=9),
        "p3": programme({"a": 0.5, "b": 0.5}, milestones=9, **{"from": month_after(4)}),
    }
    plain = always({"a": "open", "b": "open"}, organisations=organisations, programmes=programmes)
    replicate = run(scenario(plain, turnover=0.0, delivery_floor=1.0))
    assert replicate.agreements[:, columns.AGREEMENTS.agreed].tolist() == [1, 1, 5]
    assert replicate.agreements[:, columns.AGREEMENTS.lead].tolist() == [0, 1, 0]


def test_the_outcome_is_by_each_ones_part_of_the_value():
    for shares, outcome in (
        ({"a": 0.94, "b": 0.06}, OutcomeClass.WIN_WIN),
        ({"a": 0.95, "b": 0.05}, OutcomeClass.WIN_NEUTRAL),
        ({"a": 1.05, "b": -0.05}, OutcomeClass.WIN_NEUTRAL),
        ({"a": 1.06, "b": -0.06}, OutcomeClass.WIN_LOSE),
    ):
        plain = always({"a": "open", "b": "open"}, programmes={"care": programme(shares)})
        assert agreement(run(scenario(plain, turnover=0.0)), "outcome") == outcome


def test_realisation_is_drawn_once_whenever_a_programme_is_agreed():
    early = always({"a": "open", "b": "open"})
    late = early | {"programmes": {"care": early["programmes"]["care"] | {"from": month_after(5)}}}
    one, other = run(scenario(early, turnover=0.0)), run(scenario(late, turnover=0.0))
    assert agreement(one, "agreed") == agreement(other, "agreed") - 5
    assert agreement(one, "realisation") == agreement(other, "realisation")


def test_cost_shifts_by_hand():
    """A contract of 1,200 is worth 12: an open side with all at stake (κ = 0.3) gives 0.3 x 12/24 = 0.15 a month."""
    for payment, shift in (("tariff", 0.15), ("shared", 0.15), ("block", 0.0)):
        replicate = run(scenario(dealing({"a": "open", "b": "closed"}, payment), turnover=0.0))
        position = column(replicate, "organisations", "position")
        np.testing.assert_allclose(position, [[-shift, shift]] * 12, rtol=1e-14)
        np.testing.assert_allclose(column(replicate, "opportunities", "cost_shifted"), -shift, rtol=1e-14)
        assert column(replicate, "opportunities", "contract_yield").max() == 0


# Phase 4, deliver


def test_a_lead_attempts_no_more_than_it_can_lead_earlier_agreements_first():
    """Nobody has room but one for one: three programmes are delivered one after the other, by agreement and then id."""
    organisations = providers("ab", skills={"general": 1.0}, lead_capacity=1)
    organisations["a"] |= {"income": 300.0}
    organisations["b"] |= {"skills": {"general": 0.0}}
    programmes = {name: programme({"a": 0.5, "b": 0.5}, milestones=2) for name in ("p2", "p3", "p4")}
    programmes["p1"] = programme({"a": 0.5, "b": 0.5}, milestones=2, **{"from": month_after(1)})
    plain = always({"a": "open", "b": "open"}, organisations=organisations, programmes=programmes)
    replicate = run(scenario(plain, turnover=0.0, delivery_floor=1.0))
    leads = replicate.agreements[:, columns.AGREEMENTS.lead].tolist()
    assert leads == [0, 0, 1, 0]
    met = column(replicate, "opportunities", "milestones_met")[:, [k for k, lead in enumerate(leads) if lead == 0]]
    assert met.tolist()[:9] == [[0, 0, 0]] * 2 + [
        [0, 1, 0],
        [0, 2, 0],
        [0, 2, 1],
        [0, 2, 2],
        [1, 2, 2],
        [2, 2, 2],
        [2, 2, 2],
    ]


def test_delivery_needs_skill_trust_and_co_ownership():
    """P = skill·(floor + (1 − floor)·T̄·c); met about as often as that over many programmes in their first month."""
    names = [f"p{number}" for number in range(400)]
    plain = always(
        {"a": "open", "b": "open"},
        months=3,
        organisations=providers("ab", skills={"general": 0.8}, lead_capacity=20),
        programmes={name: programme({"a": 0.5, "b": 0.5}, milestones=9) for name in names},
        parameters={"trust_gain": 0.01, "meeting": 0},
    )
    model = TrustModel(scenario(plain, turnover=0.0, lead_capacity=1000.0))
    for organisation in model.organisations:
        organisation.lead_capacity = 1000.0
    model.run()
    chance = 0.8 * (0.05 + 0.95 * 0.5 * 0.875)
    met = sum(each.milestones_met for each in model.programmes)
    assert met == pytest.approx(400 * chance, abs=4 * math.sqrt(400 * chance * (1 - chance)))


def test_a_programme_mobilises_before_it_is_attempted_and_is_behind_by_its_promised_pace():
    """Agreed in month 1, mobilised from month 4: one is due from month 5 and every two months; skill 0 meets none."""
    plain = always(
        {"a": "open", "b": "open"},
        organisations=providers("ab", skills={"general": 0.0}),
        parameters={"mobilisation": 2, "pace": 2},
    )
    replicate = run(scenario(plain, turnover=0.0, delivery_floor=1.0))
    behind = column(replicate, "opportunities", "behind")[:, 0].tolist()
    assert behind[2:] == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert all(math.isnan(each) for each in behind[:2])
    assert replicate["behind"].tolist()[2:] == behind[2:]
    skilled = plain | {"organisations": providers("ab", skills={"general": 1.0})}
    replicate = run(scenario(skilled, turnover=0.0, delivery_floor=1.0))
    assert column(replicate, "opportunities", "milestones_met")[:, 0].tolist() == [0, 0, 0, 0, *range(1, 9)]
    assert replicate["behind"].tolist()[2:] == [0] * 10


# Phase 5, reflect


def milestone_month(shares, celebrate=0.0, **changes):
    """Trust before and after the month in which all of a programme is delivered, and nothing else moves it."""
    organisations = providers("abcd", skills={"general": 1.0})
    later = programme(dict.fromkeys("abcd", 0.25), **{"from": month_after(3)})
    plain = always(
        dict.fromkeys("abcd", "open"),
        months=4,
        organisations=organisations,
        programmes={"care": programme(shares), "later": later},
        levers={"celebration": {"strength": celebrate}},
        parameters={"meeting": 0, "co_ownership_memory": 1} | changes,
    )
    replicate = run(scenario(plain, turnover=0.0, delivery_floor=1.0))
    assert column(replicate, "opportunities", "milestones_met")[:, 0].tolist() == [0, 1, 1, 1]
    after = replicate.relationships[1]
    assert (replicate.relationships[0] == 0.5).all()
    return dict(zip(replicate.axes.relationships, after.tolist(), strict=True))


def test_a_milestone_raises_trust_by_what_each_gets_of_it():
    """γ = 0.08·w(n·y): a full win 1, half an even share 0.4 + 0.6·0.5, and 0.4 for nothing."""
    trust = milestone_month({"a": 0.5, "b": 0.5 / 3, "c": 1 - 0.5 - 0.5 / 3})
    assert trust["a", "b"] == pytest.approx(0.5 + 0.08 * 0.5)
    assert trust["b", "a"] == pytest.approx(0.5 + 0.08 * 0.7 * 0.5)
    assert trust["c", "b"] == pytest.approx(0.5 + 0.08 * 0.5)
    assert trust["d", "a"] == trust["a", "d"] == 0.5


def test_a_milestone_that_costs_me_lowers_my_trust_in_those_who_gain_and_in_no_others():
    """w(3·−0.2) = 0.4 − 1.4·0.6 = −0.44: λ = 0.08·2·0.44 toward a, who gains; c loses too, and is not held to blame."""
    trust = milestone_month({"a": 1.4, "b": -0.2, "c": -0.2})
    assert trust["b", "a"] == pytest.approx(0.5 * (1 - 0.16 * 0.44))
    assert trust["b", "c"] == 0.5
    assert trust["a", "b"] == pytest.approx(0.5 + 0.08 * 0.5)


def test_a_celebrated_milestone_is_seen_beyond_its_participants():
    """D has no part in it: γ = 0.08·0.2·λ toward each who met it; nobody gains trust in d."""
    trust = milestone_month({"a": 0.5, "b": 0.25, "c": 0.25}, celebrate=0.5)
    assert trust["d", "a"] == trust["d", "c"] == pytest.approx(0.5 + 0.08 * 0.2 * 0.5 * 0.5)
    assert trust["a", "d"] == 0.5


def test_a_month_behind_lowers_trust_in_the_lead_alone():
    """A leads and is skilled in nothing; from month 2 on one milestone is due: λ = 0.08·2·0.1 toward a."""
    plain = always(
        dict.fromkeys("abc", "open"),
        organisations=providers("abc", skills={"general": 0.0}),
        parameters={"meeting": 0, "pace": 1},
    )
    trust = run(scenario(plain, turnover=0.0)).relationships
    pairs = [("a", "b"), ("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b")]
    expected = {pair: 0.5 * (1 - 0.016) if pair[1] == "a" else 0.5 for pair in pairs}
    assert dict(zip(pairs, trust[2].tolist(), strict=True)) == pytest.approx(expected)


def test_several_gains_in_a_month_leave_less_each():
    """Open in two programmes: 1 − (1 − γ)², not 2γ, with γ = 0.08·0.1."""
    two = {each: programme({"a": 0.5, "b": 0.5}) for each in "xy"}
    plain = always({"a": "open", "b": "open"}, months=1, programmes=two)
    trust = run(scenario(plain, turnover=0.0)).relationships[0, 0]
    assert trust == pytest.approx(1 - 0.5 * (1 - 0.008) ** 2)


def test_gains_come_before_losses():
    """Both open in x; in y b is closed: a's trust in b goes up by 0.008, and then down by 0.016."""
    two = {each: programme({"a": 0.5, "b": 0.5}) for each in "xy"}
    plain = always({"a": "open", "b": "open"}, months=1, programmes=two)
    model = TrustModel(scenario(plain | {"events": []}, turnover=0.0))
    model.calendar.set_month(0)
    model.convene()
    model.take_stances()
    for part in (each for opportunity in model.opportunities for each in opportunity.members):
        part.stance = type(part.stance)(not (part.opportunity.id == "y" and part.organisation.id == "b"))
    model.reflect()
    assert model.relationships[0].trust == pytest.approx((0.5 + 0.008 * 0.5) * 0.984)
    assert model.relationships[1].trust == pytest.approx(0.5 + 0.008 * 0.5)


def test_orientation_follows_those_who_are_trusted():
    """A trusts b 0.6 and c 0.2: s̄ = 0.6/0.8; b sees c (0) and a (1) equally; trust is that of before the meeting."""
    overrides = [{"of": "a", "in": "b", "trust": 0.6}, {"of": "a", "in": "c", "trust": 0.2}]
    plain = always(
        {"a": "open", "b": "open", "c": "closed"}, months=1, relationships={"overrides": overrides},
        levers={"coaching": {"strength": 1, "only": ["c"]}},
    )  # fmt: skip
    orientation = column(run(scenario(plain, turnover=0.0)), "organisations", "orientation")[0]
    np.testing.assert_allclose(
        orientation,
        [0.2 + 0.04 * (0.75 - 0.2), 0.2 + 0.04 * (0.5 - 0.2), 0.2 + 0.03 * 0.8 + 0.04 * (1 - 0.2)],
        rtol=1e-14,
    )


def test_an_organisation_that_nobody_trusts_is_not_followed():
    overrides = [{"of": "a", "in": "b", "trust": 0.0}]
    plain = always({"a": "closed", "b": "open"}, months=1, relationships={"overrides": overrides})
    assert column(run(scenario(plain, turnover=0.0)), "organisations", "orientation")[0, 0] == 0.2


# Phase 6, account


def test_delivering_takes_attention_from_ones_own_savings():
    """One of a's two programmes is in delivery in months 2 and 3, the month of its last milestone included."""
    organisations = providers("ab", efficiency_pool=10.0, skills={"general": 1.0})
    programmes = {
        "care": programme({"a": 0.5, "b": 0.5}, milestones=2),
        "late": programme({"a": 0.5, "b": 0.5}, **{"from": month_after(11)}),
    }
    plain = always({"a": "open", "b": "open"}, organisations=organisations, programmes=programmes)
    saved = column(run(scenario(plain, turnover=0.0, delivery_floor=1.0)), "organisations", "efficiency")[:, 0]
    left = 1 - saved / 10
    kept = left / np.concatenate([[1], left[:-1]])
    busy = 1 - 0.03 * (1 - 0.3 / 2)
    np.testing.assert_allclose(kept, [0.97, 0.97, busy, busy, *[0.97] * 8], rtol=1e-13)


def test_what_the_system_table_counts():
    """One of two programmes opens in month 4; the other is agreed in month 1 and meets milestones in months 2 and 3."""
    programmes = {
        "care": programme({"a": 0.5, "b": 0.5}, milestones=2, reach=300, benefit=2.0),
        "late": programme({"a": 0.5, "b": 0.5}, value=3.0, milestones=9, reach=100, **{"from": month_after(4)}),
    }
    plain = always(
        {"a": "open", "b": "open"}, organisations=providers("ab", skills={"general": 1.0}), programmes=programmes
    )
    replicate = run(scenario(plain | {"months": 6}, turnover=0.0, delivery_floor=1.0))
    assert replicate["plan_coverage"].tolist() == pytest.approx([0, 1, 1, 1, 6 / 9, 1])
    assert replicate["co_ownership"].tolist() == pytest.approx(
        [0.5, 0.75, 0.875, 0.9375, (0.9375 + 0.5) / 2, (0.9375 + 0.75) / 2]
    )
    assert replicate["people_reached"].tolist() == [0, 0, 150, 300, 300, 300]
    assert replicate["milestones_value"].tolist() == [0, 0, 3, 6, 6, 6]
    assert replicate["benefit"].tolist() == pytest.approx([0, 0, 0.4, 0.8, 0.8, 0.8])
    factor = agreement(replicate, "realisation")
    assert 0.75 <= factor <= 1.25
    first, second = 3 * factor * (0.55 + 0.2 * 0.875), 3 * factor * (0.55 + 0.2 * 0.9375)
    worth = [0, 0, first, *[first + second] * 3]
    assert replicate["programmes"].tolist() == pytest.approx(worth)
    assert replicate["realised"].tolist()[2:] == pytest.approx([first / 3, *[(first + second) / 6] * 3])
    assert np.isnan(replicate["realised"][:2]).all()
    assert replicate["population_first"].tolist() == [1] * 6


def test_where_there_is_nothing_to_count():
    """No contract: no stances in contracts. Nothing open: no stances, no co-ownership. No benefit: no share of it."""
    late = {"care": programme({"a": 0.5, "b": 0.5}, benefit=0.0, **{"from": month_after(2)})}
    replicate = run(scenario(always({"a": "open", "b": "open"}, months=4, programmes=late), turnover=0.0))
    assert np.isnan(replicate["population_first_contracts"]).all()
    assert np.isnan(replicate["population_first"]).tolist() == [True, True, False, False]
    assert np.isnan(replicate["co_ownership"]).tolist() == [True, True, False, False]
    assert replicate["plan_coverage"].tolist() == [0, 0, 0, 1]
    assert np.isnan(replicate["benefit"]).all()
    assert np.isnan(replicate["behind"][:3]).all()
    replicate = run(scenario(dealing({"a": "open", "b": "closed"}, "shared"), turnover=0.0))
    assert np.isnan(replicate["co_ownership"]).all()
    assert replicate["plan_coverage"].tolist() == [0] * 12
    assert replicate["population_first_contracts"].tolist() == replicate["population_first"].tolist() == [0.5] * 12
    assert np.isnan(replicate.agreements).all()


def test_months_on_the_table_and_who_asked_the_institutional_question():
    """On the table in months 0 and 1 (agreed then); the contract all twelve; b is closed in the contract's eyes too."""
    stances = (
        fixed({"a": "open"})
        + fixed({"b": "open"}, until=month_after(6))
        + fixed({"b": "closed"}, **{"from": month_after(6)})
    )
    replicate = run(scenario(place(events=stances), turnover=0.0))
    assert dict(zip(replicate.axes.memberships, replicate.memberships.tolist(), strict=True)) == {
        ("care", "a"): [2, 0], ("care", "b"): [2, 0], ("deal", "a"): [12, 0], ("deal", "b"): [12, 6],
    }  # fmt: skip


def test_what_people_see_of_agents():
    model = TrustModel(scenario(place(), turnover=0.0))
    assert [repr(each) for each in model.organisations] == [
        "<Commissioner a: orientation 0.20>",
        "<Provider b: orientation 0.20>",
    ]
    assert repr(model.relationships[0]) == "<trust of a in b: 0.40>"
    assert [repr(each) for each in model.opportunities] == ["<Programme care>", "<Contract deal>"]
    assert repr(model.opportunities[0].members[1]) == "<b in care: institutional>"
