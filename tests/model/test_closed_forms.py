"""The answers that MODEL.md knows in closed form, 1 to 11, on whole replicates (levers off, turnover 0 unless said)."""

import math
from functools import cache

import numpy as np
import pytest

from simulation import columns
from simulation.levers import Lever
from simulation.model.agents.model import TrustModel
from simulation.model.agents.opportunity import Programme
from simulation.model.rules import reflection
from simulation.model.run import run_ensemble
from simulation.scenario.loading import load_scenario
from simulation.vocabulary import EventKind
from tests.places import (
    SCENARIOS,
    SHIPPED,
    fixed,
    in_other_order,
    month_after,
    place,
    random_place,
    run,
    run_many,
    same,
    scenario,
    written,
)

pytestmark = pytest.mark.property

EXACT = 1e-14
"""For sums and products of a few dozen floats."""

BOOKS = 1e-9
"""£m: for sums over all organisations and opportunities, of amounts up to a few hundred."""

PARTIES = {"a": {"role": "commissioner", "income": 100.0}, "b": {"role": "provider", "income": 100.0}}
DEAL = {"deal": {"kind": "contract", "value": 2.0, "shares": {"a": 0.5, "b": 0.5}}}


def two_at_a_contract(stances, months=40, **parameters):
    """Two organisations at one contract with scripted stances, and their trust month by month, from 0.5."""
    plain = place(
        months=months,
        organisations=PARTIES,
        opportunities=DEAL,
        events=fixed(stances),
        parameters={"opening_trust": 0.5} | parameters,
    )
    trajectory = run(scenario(plain, turnover=0.0))
    assert trajectory.axes.relationships == (("a", "b"), ("b", "a"))
    return trajectory.relationships.T


def made_up_and_shipped():
    """Made-up places that use everything, and every scenario that is shipped."""
    return [*range(10), *SHIPPED]


@cache
def build(which):
    """A made-up place by its number, or a shipped one by its file."""
    return load_scenario(SCENARIOS / which) if isinstance(which, str) else scenario(random_place(which))


@cache
def replicates(which):
    """Some replicates of a place, with all detail."""
    return run_many(build(which), replicates=3)


each_place = pytest.mark.parametrize("which", made_up_and_shipped())


# 1


def test_1_always_a_gain():
    """τ_n = 1 − (1 − τ_0)(1 − γ)^n; γ = 0.1: τ_10 = .8256608."""
    a_in_b, b_in_a = two_at_a_contract({"a": "open", "b": "open"}, trust_gain=0.1, meeting=1)
    n = np.arange(1, 41)
    np.testing.assert_allclose(a_in_b, 1 - 0.5 * 0.9**n, rtol=EXACT)
    np.testing.assert_array_equal(a_in_b, b_in_a)
    assert a_in_b[9] == pytest.approx(0.8256608, abs=5e-8)


def test_1_always_a_loss():
    """τ_n = τ_0(1 − λ)^n; λ = 0.2: τ_10 = .0536871."""
    a_in_b, b_in_a = two_at_a_contract({"a": "closed", "b": "closed"}, trust_gain=0.1, loss_ratio=2, stalemate=1)
    n = np.arange(1, 41)
    np.testing.assert_allclose(a_in_b, 0.5 * 0.8**n, rtol=EXACT)
    np.testing.assert_array_equal(a_in_b, b_in_a)
    assert a_in_b[9] == pytest.approx(0.0536871, abs=5e-8)


# 2


def test_2_gains_and_losses_by_chance_are_at_rest_at_their_mean_fixed_point():
    """With p = ½, γ = 0.1 and λ = 0.2 the mean stays where it is at pγ/(pγ + (1 − p)λ) = 1/3, and nowhere else."""

    def mean_after(trust, p, gain, loss):
        up = reflection.trust_after_events(trust, gain, 0.0, False)
        down = reflection.trust_after_events(trust, 0.0, loss, False)
        return p * up + (1 - p) * down

    assert mean_after(1 / 3, 0.5, 0.1, 0.2) == pytest.approx(1 / 3, abs=1e-15)
    assert mean_after(0.3, 0.5, 0.1, 0.2) > 0.3
    assert mean_after(0.4, 0.5, 0.1, 0.2) < 0.4
    for p, gain, loss in ((0.2, 0.05, 0.05), (0.9, 0.03, 0.12)):
        rest = p * gain / (p * gain + (1 - p) * loss)
        assert mean_after(rest, p, gain, loss) == pytest.approx(rest, abs=1e-15)


def test_2_gains_and_losses_by_chance_over_replicates():
    """One is always open, the other tosses a coin: the first one's trust gains 0.1 or loses 0.2; its mean nears 1/3.

    The mean over replicates after n months is 1/3 + (1/2 − 1/3)·0.85^n; four standard errors are allowed.
    """
    plain = place(
        months=20,
        organisations=PARTIES,
        opportunities=DEAL,
        events=fixed({"a": "open"}),
        parameters={"opening_trust": 0.5, "trust_gain": 0.1, "loss_ratio": 2, "meeting": 1, "decision_sharpness": 0},
    )
    ensemble = run_many(scenario(plain, turnover=0.0), replicates=120)
    a_in_b = ensemble.relationships[:, :, 0]
    expected = 1 / 3 + (1 / 2 - 1 / 3) * 0.85 ** np.arange(1, 21)
    error = a_in_b.std(axis=0, ddof=1) / math.sqrt(120)
    assert np.all(np.abs(a_in_b.mean(axis=0) - expected) < 4 * error)
    assert np.all(error < 0.02)


# 3


def test_3_efficiency_without_attention_cost():
    """e_n = pool·(1 − (1 − rate)^n), also while delivering."""
    plain = place(
        months=24,
        events=fixed({"a": "open", "b": "open"}),
        parameters={"attention_cost": 0, "efficiency_rate": 0.04},
    )
    trajectory = run(scenario(plain, turnover=0.0))
    assert np.isfinite(trajectory.agreements[0, columns.AGREEMENTS.agreed])
    saved = trajectory.organisations[:, :, columns.ORGANISATIONS.efficiency]
    left = 1 - 0.96 ** np.arange(1, 25)
    np.testing.assert_allclose(saved, np.outer(left, [3.0, 5.0]), rtol=1e-13)
    np.testing.assert_allclose(trajectory["efficiency"], 8.0 * left, rtol=1e-13)


@pytest.mark.parametrize(("stances", "asked"), [("oo", 1), ("ooc", 2 / 3), ("oc", 1 / 2), ("occ", 1 / 3), ("cc", 0)])
def test_3_co_ownership_when_stances_never_change(stances, asked):
    """c_n = φ(1 − (1 − memory)^n), on the table and in delivery alike, from 0 in its first month."""
    names = dict(zip("abc", stances, strict=False))
    plain = place(
        months=20,
        organisations={name: {"role": "provider", "income": 100.0, "skills": {"general": 0.0}} for name in names},
        opportunities={
            "care": {
                "kind": "programme",
                "value": 6.0,
                "shares": dict.fromkeys(names, 1 / len(names)),
                "from": month_after(3),
            },
        },
        events=fixed({name: {"o": "open", "c": "closed"}[stance] for name, stance in names.items()}),
        parameters={"co_ownership_memory": 0.3},
    )
    owned = run(scenario(plain, turnover=0.0, delivery_floor=0.0)).opportunities[
        :, 0, columns.OPPORTUNITIES.co_ownership
    ]
    assert owned[:3].tolist() == [0, 0, 0]
    np.testing.assert_allclose(owned[3:], asked * (1 - 0.7 ** np.arange(1, 18)), rtol=EXACT)


# 4


@pytest.mark.parametrize("seed", range(4))
def test_4_without_sharpness_every_stance_is_a_coin_toss(seed):
    """decision_sharpness 0: P is exactly ½, whatever the trust."""
    model = TrustModel(scenario(random_place(seed), decision_sharpness=0.0), seed=seed)
    for _ in range(3):
        model.step()
        chances = {each.population_first_chance(part) for each in model.organisations for part in each.memberships}
        assert chances <= {0.5}
        assert chances


@pytest.mark.parametrize("seed", range(6))
def test_4_with_great_sharpness_every_stance_is_the_best_response(seed):
    """Very large sharpness: population-first above q*, institutional below; the other way if negative."""
    model = TrustModel(scenario(random_place(seed), decision_sharpness=1e9), seed=seed)
    model.calendar.set_month(0)
    model.draws.set_month(0)
    model.convene()
    model.take_stances()
    open_parts = [
        (organisation, part)
        for organisation in model.organisations
        for part in organisation.memberships
        if part.opportunity.is_active and model.calendar.fixed_stance[organisation.index] < 0
    ]
    for organisation, part in open_parts:
        bracket = organisation.stakes_for(part)
        cost = (1 - organisation.orientation) * part.exposure + organisation.pressure
        expected = part.reciprocity * bracket > cost
        assert part.is_population_first is expected
    if seed == 0:
        assert {part.is_population_first for _, part in open_parts} == {True, False}


# 5


def at_trust(organisation, part, trust):
    """The chance of the population's question if all trust were so."""
    for relationship in part.others:
        relationship.trust = trust
    return organisation.population_first_chance(part)


def test_5_the_chance_is_one_half_at_the_threshold_and_rises_with_trust():
    """Bracket positive, q* in (0, 1): P(q*) = ½, and P rises with q. Sums as in scenarios/two-trusts.yaml."""
    model = TrustModel(scenario(place(), turnover=0.0))
    model.step()
    thresholds = {("a", "care"): 0.44 / 1.16, ("b", "care"): 0.44 / 0.84, ("a", "deal"): 0.44, ("b", "deal"): 0.44}
    for organisation in model.organisations:
        organisation.orientation, organisation.pressure = 0.2, 0.2
        for part in organisation.memberships:
            threshold = thresholds[organisation.id, part.opportunity.id]
            assert at_trust(organisation, part, threshold) == pytest.approx(0.5, abs=1e-14)
            chances = [at_trust(organisation, part, trust / 20) for trust in range(21)]
            assert chances == sorted(set(chances))


def test_5_where_there_is_more_to_lose_the_chance_falls_with_trust():
    """Bracket negative: P falls with q."""
    shares = {"care": {"kind": "programme", "value": 6.0, "shares": {"a": 1.4, "b": -0.4}}}
    model = TrustModel(scenario(place(opportunities=shares), turnover=0.0))
    model.step()
    _, loser = model.organisations
    (part,) = loser.memberships
    assert loser.stakes_for(part) < 0
    chances = [at_trust(loser, part, trust / 20) for trust in range(21)]
    assert chances == sorted(set(chances), reverse=True)
    assert max(chances) < 0.5


# 6 and 7


@each_place
def test_6_shares_after_gain_share_sum_to_one(which):
    """Σy = 1 in every opportunity, every month."""
    model = TrustModel(build(which), seed=3)
    while model.month < model.system.months:
        model.step()
        for opportunity in model.opportunities:
            assert math.fsum(part.agreed_share for part in opportunity.members) == pytest.approx(1, abs=1e-14)


def test_6_cost_shifts_sum_to_zero():
    """Three at contracts, nothing else: what is left of the books after gap and yield is shifts, and they cancel."""
    plain = place(
        months=12,
        organisations={
            name: {"role": "provider", "income": income} for name, income in zip("abc", (90.0, 10.0, 40.0), strict=True)
        },
        opportunities={
            "one": {"kind": "contract", "value": 9.0, "shares": {"a": 0.5, "b": 0.3, "c": 0.2}},
            "two": {"kind": "contract", "value": 4.0, "shares": {"a": 0.9, "c": 0.1}},
        },
        events=fixed({"a": "open"}),
        levers={
            "menu_framing": {"strength": 1, "only": ["one"]},
            "coaching": {"strength": 0.5, "only": ["a"], "cost": 0},
        },
        parameters={"decision_sharpness": 1},
    )
    ensemble = run_many(scenario(plain), replicates=20)
    position, yields, shifted, gap = position_of(ensemble), yield_of(ensemble), shifted_of(ensemble), ensemble["gap"]
    own = -gap[:, :, None] / 12 * np.array([90, 10, 40]) / 140
    yielded = yields[:, :, :1] * np.array([0.5, 0.3, 0.2]) + yields[:, :, 1:] * np.array([0.9, 0, 0.1])
    shifts = position - own - yielded
    assert shifted.sum() > 1
    assert shifts[:, :, 0].max() <= BOOKS
    np.testing.assert_allclose(shifts.sum(axis=2), 0, atol=1e-12)
    np.testing.assert_allclose(np.abs(shifts).max(axis=2) <= shifted.sum(axis=2) + 1e-12, True)


def test_6_set_up_and_lever_costs_sum_to_their_totals():
    """What leaves the books beyond the gap is set-up and levers, no more and no less, by income."""
    plain = place(
        months=12,
        opportunities={
            "care": {
                "kind": "programme",
                "value": 6.0,
                "shares": {"a": 0.6, "b": 0.4},
                "milestones": 3,
                "set_up_cost": 1.5,
            },
        },
        levers={
            "celebration": [
                {"strength": 0.5, "cost": 2.4, "ramp": 2},
                {"strength": 1, "cost": 1.2, "from": month_after(4), "until": month_after(6), "only": ["care"]},
            ],
        },
        events=fixed({"a": "open", "b": "open"}),
    )
    trajectory = run(scenario(plain, turnover=0.0))
    assert trajectory.agreements[0, columns.AGREEMENTS.agreed] == 1
    spent = -trajectory["gap"] / 12 - trajectory.organisations[:, :, columns.ORGANISATIONS.position].sum(axis=1)
    levers = np.array([0.6, 1.2, 1.2, 1.2, 2.4, 2.4, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2]) / 12
    set_up = np.array([0, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0, 0])
    np.testing.assert_allclose(spent, levers + set_up, atol=1e-12)
    assert spent.sum() == pytest.approx(levers.sum() + 1.5, abs=1e-12)


def position_of(ensemble):
    return ensemble.organisations[..., columns.ORGANISATIONS.position]


def yield_of(ensemble):
    return ensemble.opportunities[..., columns.OPPORTUNITIES.contract_yield]


def shifted_of(ensemble):
    return ensemble.opportunities[..., columns.OPPORTUNITIES.cost_shifted]


def set_up_spent(ensemble):
    """£m each month by all, worked out from the agreements and the file: even instalments from the month after."""
    spent = np.zeros(ensemble["gap"].shape)
    for replicate, agreed in enumerate(ensemble.agreement("agreed")):
        for k in ensemble.axes.programmes:
            entry = ensemble.axes.opportunity(ensemble.axes.opportunities[k])
            if np.isfinite(agreed[k]):
                first = int(agreed[k]) + 1
                spent[replicate, first : first + entry.milestones] += entry.set_up_cost / entry.milestones
    return spent


def lever_costs(subject):
    """£m a year each month, worked out from the file."""
    costs = np.zeros(subject.months)
    months = [month_after(month, subject.start) for month in range(subject.months)]
    for settings in subject.levers.values():
        for setting in settings:
            acting = [month for month in months if (setting.from_ or "") <= month < (setting.until or "9999-12")]
            for since, month in enumerate(acting):
                costs[months.index(month)] += setting.cost * setting.strength * min(1, (since + 1) / setting.ramp)
    return costs


@each_place
def test_7_the_gap_is_what_is_not_saved(which):
    """Gap + Σe + Σ worth = do_nothing, every month, every replicate."""
    ensemble = replicates(which)
    saved = ensemble.organisations[..., columns.ORGANISATIONS.efficiency].sum(axis=2)
    worth = np.nansum(ensemble.opportunities[..., columns.OPPORTUNITIES.worth], axis=2)
    np.testing.assert_allclose(ensemble["gap"] + saved + worth, ensemble["do_nothing"], atol=BOOKS)
    np.testing.assert_allclose(ensemble["efficiency"], saved, atol=BOOKS)
    np.testing.assert_allclose(ensemble["programmes"], worth, atol=BOOKS)


@each_place
def test_7_the_books_add_up(which):
    """Σ organisations' months = −gap/12 + contract yield − set-up − lever costs, every month, every replicate."""
    subject, ensemble = build(which), replicates(which)
    books = (
        -ensemble["gap"] / 12
        + np.nansum(yield_of(ensemble), axis=2)
        - set_up_spent(ensemble)
        - lever_costs(subject) / 12
    )
    np.testing.assert_allclose(position_of(ensemble).sum(axis=2), books, atol=BOOKS)


# 8


@pytest.mark.parametrize("lever", Lever)
@pytest.mark.parametrize("seed", [2, 5])
def test_8_a_lever_at_strength_0_is_no_lever(lever, seed):
    """Bit for bit the scenario without it, whatever else it says."""
    plain = random_place(seed)
    others = {name: settings for name, settings in plain["levers"].items() if name != lever}
    ids = list(plain["organisations"] if lever.acts_on_organisations else plain["opportunities"])
    settings = [{"strength": 0, "cost": 3.0, "ramp": 4}, {"strength": 0, "from": month_after(1), "only": ids[:1]}]
    without = run(scenario(plain | {"levers": others}))
    assert same(run(scenario(plain | {"levers": others | {lever.value: settings}})), without)
    settings[0] = {"strength": 1, "cost": 3.0}
    assert not same(run(scenario(plain | {"levers": others | {lever.value: settings}})), without)


SIZED = {
    EventKind.BREACH: {"month": month_after(2), "organisation": "a"},
    EventKind.COST_SHOCK: {"month": month_after(1)},
    EventKind.GRIP_SHOCK: {"from": month_after(1), "until": month_after(6)},
}


@pytest.mark.parametrize("kind", SIZED)
def test_8_an_event_of_size_0_is_no_event(kind):
    """Bit for bit the scenario without it."""
    plain = place()
    without = run(scenario(plain))
    assert same(run(scenario(plain | {"events": [{"event": kind.value, "size": 0, **SIZED[kind]}]})), without)
    assert not same(run(scenario(plain | {"events": [{"event": kind.value, "size": 0.5, **SIZED[kind]}]})), without)


# 9


def test_9_both_population_first():
    """1 with γ = trust_gain·meeting."""
    a_in_b, b_in_a = two_at_a_contract({"a": "open", "b": "open"})
    np.testing.assert_allclose(a_in_b, 1 - 0.5 * (1 - 0.03 * 0.5) ** np.arange(1, 41), rtol=EXACT)
    np.testing.assert_array_equal(a_in_b, b_in_a)


def test_9_both_institutional():
    """A loss chain with λ = trust_gain·loss_ratio·stalemate."""
    a_in_b, b_in_a = two_at_a_contract({"a": "closed", "b": "closed"})
    np.testing.assert_allclose(a_in_b, 0.5 * (1 - 0.03 * 2 * 0.1) ** np.arange(1, 41), rtol=EXACT)
    np.testing.assert_array_equal(a_in_b, b_in_a)


def test_9_one_of_each():
    """The open side's trust is a loss chain with λ = trust_gain·loss_ratio·meeting, the other's constant."""
    a_in_b, b_in_a = two_at_a_contract({"a": "open", "b": "closed"}, loss_ratio=3)
    np.testing.assert_allclose(a_in_b, 0.5 * (1 - 0.03 * 3 * 0.5) ** np.arange(1, 41), rtol=EXACT)
    assert b_in_a.tolist() == [0.5] * 40


def test_9_under_the_confirmatory_rule():
    """The same weights, moved by 2Gτ(1 − τ) and 2Lτ(1 − τ)."""
    up, _ = two_at_a_contract({"a": "open", "b": "open"}, trust_rule="confirmatory")
    down, _ = two_at_a_contract({"a": "closed", "b": "closed"}, trust_rule="confirmatory")
    trust_up = trust_down = 0.5
    for month in range(40):
        trust_up += 2 * (0.03 * 0.5) * trust_up * (1 - trust_up)
        trust_down -= 2 * (0.03 * 2 * 0.1) * trust_down * (1 - trust_down)
        assert up[month] == pytest.approx(trust_up, rel=EXACT)
        assert down[month] == pytest.approx(trust_down, rel=EXACT)


# 10


@pytest.mark.parametrize("seed", range(8))
def test_10_the_order_of_a_file_changes_nothing(seed):
    """Bit for bit: organisations, opportunities, shares, dates, levers and events in any order."""
    plain = random_place(seed)
    other = in_other_order(plain, seed)
    assert list(other["organisations"]) != list(plain["organisations"]) or len(plain["organisations"]) < 4
    assert same(run(scenario(other), seed), run(scenario(plain), seed))


@pytest.mark.parametrize("name", SHIPPED)
def test_10_the_order_of_a_shipped_file_changes_nothing(name):
    subject = load_scenario(SCENARIOS / name)
    assert same(run(scenario(in_other_order(written(subject), 4))), run(subject))


# 11


@pytest.mark.parametrize("seed", [1, 2, 4, 5])
def test_11_one_milestone_a_month_where_every_chance_is_1(seed):
    """Everyone population-first, skill 1, delivery_floor 1, room to lead: a milestone a month from the month after."""
    plain = random_place(seed)
    names = plain["organisations"]
    plain |= {
        "events": fixed(dict.fromkeys(names, "open")),
        "organisations": {
            name: {
                "role": "provider",
                "income": 50.0,
                "lead_capacity": 20,
                "skills": dict.fromkeys(("general", "acute", "community"), 1.0),
            }
            for name in names
        },
        "opportunities": {
            name: {key: value for key, value in entry.items() if key != "from"}
            for name, entry in plain["opportunities"].items()
        },
        "months": 20,
        "parameters": {},
    }
    model = TrustModel(scenario(plain, turnover=0.0, delivery_floor=1.0))
    trajectory = model.run()
    programmes = [each for each in model.opportunities if isinstance(each, Programme)]
    assert programmes
    for programme in programmes:
        assert programme.agreed is not None
        expected = np.clip(np.arange(20) - programme.agreed, 0, programme.milestones)
        met = trajectory.opportunities[:, programme.index, columns.OPPORTUNITIES.milestones_met]
        assert met.tolist() == expected.tolist()


def test_the_closed_forms_run_on_many_replicates_too():
    """Scripted replicates without chance are all alike."""
    plain = place(organisations=PARTIES, opportunities=DEAL, events=fixed({"a": "open", "b": "closed"}))
    system = run_ensemble(scenario(plain, turnover=0.0), replicates=3, seed=9).system
    np.testing.assert_array_equal(system[0], system[2])
