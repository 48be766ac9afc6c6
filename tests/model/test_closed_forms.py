"""The answers that MODEL.md knows in closed form, 1 to 15, on whole replicates (levers off, turnover 0 unless said)."""

import math
from functools import cache
from itertools import permutations

import numpy as np
import pytest

from simulation import columns
from simulation.levers import Lever
from simulation.model.agents.model import TrustModel
from simulation.model.rules import reflection
from simulation.model.run import run_ensemble
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from simulation.scenario.loading import load_scenario
from simulation.vocabulary import EventKind, LeverScope
from tests.places import (
    SCENARIOS,
    SHIPPED,
    fixed,
    in_other_order,
    month_after,
    no_turnover,
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

ENGINES = ("mesa", "compiled")
both_engines = pytest.mark.parametrize("engine", ENGINES)

PARTIES = {
    "a": {"role": "commissioner", "income": 100.0, "deficit_share": 1},
    "b": {"role": "provider", "income": 100.0, "deficit_share": 1},
}
DEAL = {"deal": {"commissioner": "a", "provider": "b", "amount": 80.0, "payment": "shared"}}


def run_by(engine, subject, replicates=3, seed=1):
    """Replicates by one engine, with all monthly detail."""
    return run_ensemble(subject, replicates=replicates, seed=seed, engine=engine, detail=DETAIL)


def table(ensemble, name, column):
    """One column of a table of an ensemble."""
    return getattr(ensemble, name)[..., columns.index_of(getattr(columns, name.upper()), column)]


def same_runs(one, other):
    """True if two ensembles are equal in every table, to the bit."""
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in one.arrays)


def two_at_a_contract(stances, months=40, **parameters):
    """Two organisations at one contract with scripted stances, and their trust month by month, from 0.5."""
    plain = place(
        months=months,
        organisations=PARTIES,
        contracts=DEAL,
        programmes={},
        events=fixed(stances),
        parameters={"opening_trust": 0.5} | parameters,
    )
    trajectory = run(no_turnover(plain))
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
def replicates(which, engine):
    """Some replicates of a place, with all detail."""
    return run_by(engine, build(which))


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
        contracts=DEAL,
        programmes={},
        events=fixed({"a": "open"}),
        parameters={"opening_trust": 0.5, "trust_gain": 0.1, "loss_ratio": 2, "meeting": 1, "decision_sharpness": 0},
    )
    ensemble = run_many(no_turnover(plain), replicates=120)
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
    trajectory = run(no_turnover(plain))
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
        contracts={},
        programmes={
            "care": {
                "value": 6.0,
                "shares": dict.fromkeys(names, 1 / len(names)),
                "domain": "general",
                "from": month_after(3),
            },
        },
        events=fixed({name: {"o": "open", "c": "closed"}[stance] for name, stance in names.items()}),
        parameters={"co_ownership_memory": 0.3},
    )
    owned = table(run(no_turnover(plain)), "opportunities", "co_ownership")[:, 0]
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
        expected = organisation.reciprocity_in(part) * bracket > cost
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
    """Bracket positive, q* in (0, 1): P(q*) = ½, and P rises with q.

    At orientation 0.2 and pressure 0.2, q* = (0.8κ + 0.2)/(0.8·n·y + 0.2): κ is 0.3 where n·y is 1 or more, and 0.24
    where it is 0.8.
    """
    model = TrustModel(no_turnover(place()))
    model.step()
    thresholds = {("a", "care"): 0.44 / 1.16, ("b", "care"): 0.392 / 0.84, ("a", "deal"): 0.44, ("b", "deal"): 0.44}
    for organisation in model.organisations:
        organisation.orientation, organisation.pressure = 0.2, 0.2
        for part in organisation.memberships:
            threshold = thresholds[organisation.id, part.opportunity.id]
            assert at_trust(organisation, part, threshold) == pytest.approx(0.5, abs=1e-14)
            chances = [at_trust(organisation, part, trust / 20) for trust in range(21)]
            assert chances == sorted(set(chances))


def test_5_where_there_is_more_to_lose_the_chance_falls_with_trust():
    """Bracket negative: P falls with q."""
    shares = {"care": {"value": 6.0, "shares": {"a": 1.4, "b": -0.4}}}
    model = TrustModel(no_turnover(place(contracts={}, programmes=shares)))
    model.step()
    _, loser = model.organisations
    (part,) = loser.memberships
    assert loser.stakes_for(part) < 0
    chances = [at_trust(loser, part, trust / 20) for trust in range(21)]
    assert chances == sorted(set(chances), reverse=True)
    assert max(chances) < 0.5


# 6 and 7


@each_place
def test_6_shares_after_payment_and_gain_share_sum_to_one(which):
    """Σy = 1 in every opportunity, every month."""
    model = TrustModel(build(which), seed=3)
    while model.month < model.system.months:
        model.step()
        for opportunity in model.opportunities:
            assert math.fsum(part.share for part in opportunity.members) == pytest.approx(1, abs=1e-12)


@both_engines
def test_6_cost_shifts_sum_to_zero(engine):
    """A commissioner, open for ever, at two contracts: what the books hold beyond gap and yield is shifts.

    In `one` the commissioner's exposure is 0.3 x 0.67 x 0.9 (menu and coaching), so 0.1809 x 9/24 is shifted in a
    one-sided month. In `two`, a tariff of which reform at 0.4 leaves 0.8 to the commissioner, 0.3 x 0.9 x 4/24.
    """
    plain = place(
        months=12,
        organisations={
            "a": {"role": "commissioner", "income": 2000.0, "deficit_share": 90},
            "b": {"role": "provider", "income": 900.0, "deficit_share": 10},
            "c": {"role": "provider", "income": 400.0, "deficit_share": 40},
        },
        contracts={
            "one": {"commissioner": "a", "provider": "b", "amount": 900.0, "payment": "shared"},
            "two": {"commissioner": "a", "provider": "c", "amount": 400.0, "payment": "tariff"},
        },
        programmes={},
        events=fixed({"a": "open"}),
        levers={
            "menu_framing": {"strength": 1, "only": ["one"]},
            "payment_reform": {"strength": 0.4, "only": ["two"]},
            "coaching": {"strength": 0.5, "only": ["a"]},
        },
        parameters={"decision_sharpness": 1},
    )
    ensemble = run_by(engine, no_turnover(plain), replicates=20)
    own = -ensemble["gap"][:, :, None] / 12 * np.array([90, 10, 40]) / 140
    yields, shifted = yield_of(ensemble), shifted_of(ensemble)
    yielded = yields[:, :, :1] * np.array([0.5, 0.5, 0]) + yields[:, :, 1:] * np.array([0.8, 0, 0.2])
    shifts = position_of(ensemble) - own - yielded
    np.testing.assert_allclose(shifts.sum(axis=2), 0, atol=1e-12)
    np.testing.assert_allclose(shifts[:, :, 1:], -shifted, atol=1e-12)
    for contract, amount in ((0, 0.1809 * 9 / 24), (1, 0.27 * 4 / 24)):
        found = -shifted[:, :, contract]  # a, the first by id, is open and bears it
        assert (found > 0).any()
        np.testing.assert_allclose(found[found > 0], amount, rtol=1e-13)


@both_engines
def test_6_set_up_and_lever_costs_sum_to_their_totals(engine):
    """What leaves the books beyond the gap is set-up and levers, no more and no less."""
    plain = place(
        months=12,
        contracts={},
        programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 3, "set_up_cost": 1.5}},
        levers={
            "celebration": [
                {"strength": 0.5, "cost": 2.4, "ramp": 2},
                {"strength": 1, "cost": 1.2, "from": month_after(4), "until": month_after(6), "only": ["care"]},
            ],
        },
        events=fixed({"a": "open", "b": "open"}),
    )
    ensemble = run_by(engine, no_turnover(plain), replicates=1)
    assert table(ensemble, "agreements", "agreed").tolist() == [[1]]
    spent = (-ensemble["gap"] / 12 - position_of(ensemble).sum(axis=2))[0]
    levers = np.array([0.6, 1.2, 1.2, 1.2, 2.4, 2.4, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2]) / 12
    set_up = np.array([0, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0, 0])
    np.testing.assert_allclose(spent, levers + set_up, atol=1e-12)
    assert spent.sum() == pytest.approx(levers.sum() + 1.5, abs=1e-12)


def position_of(ensemble):
    return table(ensemble, "organisations", "position")


def yield_of(ensemble):
    return table(ensemble, "opportunities", "contract_yield")


def shifted_of(ensemble):
    return table(ensemble, "opportunities", "cost_shifted")


def set_up_spent(ensemble):
    """£m each month by all, worked out from the agreements and the file: even instalments from the month after."""
    spent = np.zeros(ensemble["gap"].shape)
    for replicate, agreed in enumerate(ensemble.agreement("agreed")):
        for k in ensemble.axes.programmes:
            entry = ensemble.axes.programme(k)
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


@both_engines
@each_place
def test_7_the_gap_is_what_is_not_saved(which, engine):
    """Gap + Σe + Σ worth = do_nothing, every month, every replicate."""
    ensemble = replicates(which, engine)
    saved = table(ensemble, "organisations", "efficiency").sum(axis=2)
    worth = np.nansum(table(ensemble, "opportunities", "worth"), axis=2)
    np.testing.assert_allclose(ensemble["gap"] + saved + worth, ensemble["do_nothing"], atol=BOOKS)
    np.testing.assert_allclose(ensemble["efficiency"], saved, atol=BOOKS)
    np.testing.assert_allclose(ensemble["programmes"], worth, atol=BOOKS)


@both_engines
@each_place
def test_7_the_books_add_up(which, engine):
    """Σ organisations' months = −gap/12 + contract yield − set-up − lever costs/12: the place's position, summed up."""
    subject, ensemble = build(which), replicates(which, engine)
    books = (
        -ensemble["gap"] / 12
        + np.nansum(yield_of(ensemble), axis=2)
        - set_up_spent(ensemble)
        - lever_costs(subject) / 12
    )
    np.testing.assert_allclose(position_of(ensemble).sum(axis=2), books, atol=BOOKS)
    np.testing.assert_allclose(ensemble["position"], books, atol=BOOKS)
    np.testing.assert_allclose(ensemble["cumulative_position"], books.cumsum(axis=1), atol=BOOKS)


# 8


SECTIONS = {
    LeverScope.ORGANISATION: ("organisations",),
    LeverScope.PROGRAMME: ("programmes",),
    LeverScope.CONTRACT: ("contracts",),
    LeverScope.OPPORTUNITY: ("contracts", "programmes"),
}
"""The sections of a file on which a lever of a scope acts."""


@both_engines
@pytest.mark.parametrize("lever", Lever)
@pytest.mark.parametrize("seed", range(4))
def test_8_a_lever_at_strength_0_is_no_lever(lever, seed, engine):
    """Bit for bit the scenario without it, whatever else it says."""
    plain = random_place(seed)
    others = {name: settings for name, settings in plain["levers"].items() if name != lever}
    settings = [{"strength": 0, "cost": 3.0, "ramp": 4}]
    if ids := [each for section in SECTIONS[lever.scope] for each in plain[section]]:
        settings.append({"strength": 0, "from": month_after(1), "only": ids[:1]})
    without = run_by(engine, scenario(plain | {"levers": others}))
    assert same_runs(run_by(engine, scenario(plain | {"levers": others | {lever.value: settings}})), without)


@pytest.mark.parametrize("lever", Lever)
def test_8_a_lever_at_full_strength_is_one(lever):
    """In the reference place no lever acts as if it were not there, its cost aside."""
    without = build("mid-south-essex.yaml")
    with_lever = scenario(written(without) | {"levers": {lever.value: {"strength": 1}}})
    asked = {"replicates": 8, "seed": 1, "engine": "compiled"}
    assert not same_runs(run_ensemble(with_lever, **asked), run_ensemble(without, **asked))


SIZED = {
    EventKind.BREACH: {"month": month_after(2), "organisation": "a"},
    EventKind.COST_SHOCK: {"month": month_after(1)},
    EventKind.GRIP_SHOCK: {"from": month_after(1), "until": month_after(6), "only": ["b"]},
}


@both_engines
@pytest.mark.parametrize("kind", SIZED)
def test_8_an_event_of_size_0_is_no_event(kind, engine):
    """Bit for bit the scenario without it."""
    plain = place()
    without = run_by(engine, scenario(plain))

    def of_size(size):
        event = {"event": kind.value, "size": size, **SIZED[kind]}
        return run_by(engine, scenario(plain | {"events": [event]}))

    assert same_runs(of_size(0), without)
    assert not same_runs(of_size(0.5), without)


# 9


GAIN, RATIO, MEETING, STALEMATE = 0.08, 2, 0.1, 0.03
"""The parameters' defaults: trust_gain, loss_ratio, and the weights of a meeting and of a stalemate."""


def test_9_both_population_first():
    """1 with γ = trust_gain·meeting."""
    a_in_b, b_in_a = two_at_a_contract({"a": "open", "b": "open"})
    np.testing.assert_allclose(a_in_b, 1 - 0.5 * (1 - GAIN * MEETING) ** np.arange(1, 41), rtol=EXACT)
    np.testing.assert_array_equal(a_in_b, b_in_a)


def test_9_both_institutional():
    """A loss chain with λ = trust_gain·loss_ratio·stalemate."""
    a_in_b, b_in_a = two_at_a_contract({"a": "closed", "b": "closed"})
    np.testing.assert_allclose(a_in_b, 0.5 * (1 - GAIN * RATIO * STALEMATE) ** np.arange(1, 41), rtol=EXACT)
    np.testing.assert_array_equal(a_in_b, b_in_a)


def test_9_one_of_each():
    """The open side's trust is a loss chain with λ = trust_gain·loss_ratio·meeting, the other's constant."""
    a_in_b, b_in_a = two_at_a_contract({"a": "open", "b": "closed"}, loss_ratio=3)
    np.testing.assert_allclose(a_in_b, 0.5 * (1 - GAIN * 3 * MEETING) ** np.arange(1, 41), rtol=EXACT)
    assert b_in_a.tolist() == [0.5] * 40


def test_9_under_the_confirmatory_rule():
    """The same weights, moved by 2Gτ(1 − τ) and 2Lτ(1 − τ)."""
    up, _ = two_at_a_contract({"a": "open", "b": "open"}, trust_rule="confirmatory")
    down, _ = two_at_a_contract({"a": "closed", "b": "closed"}, trust_rule="confirmatory")
    trust_up = trust_down = 0.5
    for month in range(40):
        trust_up += 2 * (GAIN * MEETING) * trust_up * (1 - trust_up)
        trust_down -= 2 * (GAIN * RATIO * STALEMATE) * trust_down * (1 - trust_down)
        assert up[month] == pytest.approx(trust_up, rel=EXACT)
        assert down[month] == pytest.approx(trust_down, rel=EXACT)


# 10


@pytest.mark.parametrize("seed", range(8))
def test_10_the_order_of_a_file_changes_nothing(seed):
    """Bit for bit: organisations, contracts, programmes, shares, moves, dates, levers and events in any order."""
    plain = random_place(seed)
    other = in_other_order(plain, seed)
    assert list(other["organisations"]) != list(plain["organisations"]) or len(plain["organisations"]) < 4
    assert same(run(scenario(other), seed), run(scenario(plain), seed))


@pytest.mark.parametrize("name", SHIPPED)
def test_10_the_order_of_a_shipped_file_changes_nothing(name):
    subject = load_scenario(SCENARIOS / name)
    assert same(run(scenario(in_other_order(written(subject), 4))), run(subject))


def test_10_the_order_of_moves_changes_nothing():
    """Bit for bit, though what one hospital is paid for the patients of three is a sum, and sums depend on order."""
    incomes = {"b": 0.1, "c": 0.2, "d": 0.3}
    moves = [{"from": name, "to": "e", "income": income} for name, income in incomes.items()]
    plain = place(
        organisations={"a": {"role": "commissioner", "income": 100.0}}
        | {name: {"role": "provider", "income": 30.0} for name in "bcde"},
        contracts={
            f"with-{name}": {"commissioner": "a", "provider": name, "amount": 7.0, "payment": "tariff"}
            for name in "bcde"
        },
    )

    def shares(activity):
        care = {"value": 1.0, "shares": {"a": 1, "e": 0}, "activity": activity}
        return build_system(scenario(plain | {"programmes": {"care": care}})).schedule.shares.share.tobytes()

    assert len({shares(list(each)) for each in permutations(moves)}) == 1


# 11


@both_engines
@pytest.mark.parametrize("seed", range(6))
def test_11_one_milestone_a_month_where_every_chance_is_1(seed, engine):
    """Everyone population-first, skill 1, delivery_floor 1, mobilisation 0, room to lead: one from the month after."""
    plain = random_place(seed)
    names = plain["organisations"]
    skilled = {"lead_capacity": 20, "skills": {"it": 1.0}}
    plain |= {
        "events": fixed(dict.fromkeys(names, "open")),
        "organisations": {name: entry | skilled for name, entry in names.items()},
        "programmes": {
            name: {key: value for key, value in entry.items() if key != "from"} | {"domain": "it"}
            for name, entry in plain["programmes"].items()
        }
        or {"some-care": {"value": 1.0, "shares": dict.fromkeys(list(names)[:2], 0.5), "domain": "it"}},
        "months": 20,
        "parameters": {"delivery_floor": 1, "mobilisation": 0},
    }
    ensemble = run_by(engine, no_turnover(plain), replicates=2)
    met, agreed = table(ensemble, "opportunities", "milestones_met"), table(ensemble, "agreements", "agreed")
    for k in ensemble.axes.programmes:
        milestones = ensemble.axes.programme(k).milestones
        for replicate in range(2):
            expected = np.clip(np.arange(20) - agreed[replicate, k], 0, milestones)
            assert met[replicate, :, k].tolist() == expected.tolist()


# 12


def shared_contracts(*, payment="shared", exchanged=False):
    """Two of each role, with unlike numbers, deficits given, and contracts alone; with `exchanged`, of other roles.

    Sectors are given: a sector that isn't is the organisation's role.
    """
    roles = ("commissioner", "provider")
    if exchanged:
        roles = roles[::-1]
    sides = {"a": 0, "b": 1, "c": 0, "d": 1}
    pairs = {"one": ("a", "b"), "two": ("c", "b"), "three": ("a", "d")}
    organisations = {
        name: {
            "role": roles[side],
            "sector": "care",
            "income": 100.0 + 30 * number,
            "deficit_share": 1.0 + number,
            "efficiency_pool": 2.0 + number,
            "orientation": 0.2 + number / 10,
        }
        for number, (name, side) in enumerate(sides.items())
    }
    contracts = {
        name: dict(zip(roles, pair, strict=True)) | {"amount": 40.0 + 10 * number, "payment": payment}
        for number, (name, pair) in enumerate(pairs.items())
    }
    levers = {
        "payment_reform": {"strength": 0.7, "ramp": 3} if payment == "shared" else {"strength": 0},
        "coaching": {"strength": 1, "only": ["a"], "cost": 1.0},
        "menu_framing": {"strength": 0.5, "ramp": 4},
        "shared_accountability": {"strength": 0.5, "only": ["b"]},
    }
    return place(organisations=organisations, contracts=contracts, programmes={}, levers=levers)


@both_engines
def test_12_with_shared_contracts_alone_the_roles_can_be_exchanged(engine):
    """A commissioner and a provider with the same numbers exchange their roles, and nothing else changes, to the bit.

    Why: a role decides who stands where in a contract, and so who keeps what of it. Where the risk is shared each side
    keeps one half, with or without reform, so the side does not matter. No activity moves, so no income follows it. Net
    income weighs in the choice of a lead alone, and in deficits that are not given; the place's is the same.
    """
    same_numbers = {name: entry | {"sector": "care"} for name, entry in PARTIES.items()}
    one = place(organisations=same_numbers, contracts=DEAL, programmes={})
    roles = {
        "organisations": {
            "a": same_numbers["a"] | {"role": "provider"},
            "b": same_numbers["b"] | {"role": "commissioner"},
        },
        "contracts": {"deal": DEAL["deal"] | {"commissioner": "b", "provider": "a"}},
    }
    for before, after in ((one, one | roles), (shared_contracts(), shared_contracts(exchanged=True))):
        made = run_by(engine, scenario(before), replicates=20)
        assert same_runs(run_by(engine, scenario(after), replicates=20), made)
        assert len({row.tobytes() for row in made.system}) == 20


@both_engines
def test_12_a_block_is_a_tariff_with_the_roles_exchanged(engine):
    """What is saved stays with the side that carries the risk: roles and payment exchanged together change nothing."""
    tariff = run_by(engine, scenario(shared_contracts(payment="tariff")), replicates=20)
    block = run_by(engine, scenario(shared_contracts(payment="block", exchanged=True)), replicates=20)
    assert same_runs(tariff, block)
    for other in (shared_contracts(payment="block"), shared_contracts(payment="tariff", exchanged=True)):
        assert not same_runs(run_by(engine, scenario(other), replicates=20), tariff)


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.0])
def test_12_from_tariff_to_block_the_two_sides_change_places(strength):
    """The y of commissioner and provider, also under reform."""

    def shares(payment):
        deal = {"deal": DEAL["deal"] | {"payment": payment}}
        levers = {"payment_reform": {"strength": strength}}
        subject = scenario(place(organisations=PARTIES, contracts=deal, programmes={}, levers=levers))
        return build_system(subject).schedule.shares.share[0]

    np.testing.assert_allclose(shares("tariff"), shares("block")[::-1], rtol=1e-15)
    assert shares("tariff").tolist() == pytest.approx([1 - strength / 2, strength / 2], rel=1e-15)


# 13


@pytest.mark.parametrize("which", [*range(40), *SHIPPED])
def test_13_transfers_sum_to_zero(which):
    """Income that follows activity is only moved, in every programme and month; without activity b = a."""
    subject = build(which)
    system = build_system(subject)
    ends = system.first_membership
    for k in system.axes.programmes:
        entry = system.axes.programme(k)
        share = system.schedule.shares.share[:, ends[k] : ends[k + 1]]
        cost = np.array(list(entry.cost_shares().values()))
        transfers = (share - cost) * entry.paper_value
        np.testing.assert_allclose(transfers.sum(axis=1), 0, atol=1e-12)
        if not entry.activity:
            assert (share == cost).all()


def test_13_some_activity_moves_income_in_the_places_that_are_made_up():
    """The sums above are not all of zeros."""
    assert sum(bool(build_system(build(which)).transfers) for which in range(40)) > 5


# 14


def test_14_the_weakest_link():
    """weakest_link 0: q is the mean; 1: the smallest."""
    names = "abcd"
    trusts = {"b": 0.7, "c": 0.2, "d": 0.3}
    plain = place(
        organisations={name: {"role": "provider", "income": 100.0} for name in names},
        contracts={},
        programmes={"care": {"value": 6.0, "shares": dict.fromkeys(names, 0.25)}},
        relationships={"overrides": [{"of": "a", "in": name, "trust": trust} for name, trust in trusts.items()]},
    )
    for weakest_link, expected in ((0, 0.4), (0.5, 0.3), (1, 0.2)):
        model = TrustModel(no_turnover(plain | {"parameters": {"weakest_link": weakest_link}}))
        asking = model.organisations[0]
        assert asking.reciprocity_in(asking.memberships[0]) == pytest.approx(expected, rel=1e-15)


@both_engines
def test_14_all_count_alike_under_shared_accountability_in_full(engine):
    """ŷ = 1/n for each: a large share and none have the same stakes, and with nothing to concede the same chance.

    Over all replicates of the first month, before anything else differs, each asks the population's question where its
    own draw says so: exposure is 0, so the shares make no difference at all, to the bit.
    """

    def asked(shares, strength):
        plain = place(
            months=1,
            organisations={name: {"role": "provider", "income": 100.0} for name in "abc"},
            contracts={},
            programmes={"care": {"value": 6.0, "shares": shares}},
            levers={"shared_accountability": {"strength": strength}},
            parameters={"exposure": 0},
        )
        return table(run_by(engine, no_turnover(plain), replicates=60), "organisations", "population_first")

    uneven, even = {"a": 1.1, "b": 0.0, "c": -0.1}, dict.fromkeys("abc", 1 / 3)
    np.testing.assert_array_equal(asked(uneven, 1), asked(even, 1))
    assert not np.array_equal(asked(uneven, 0), asked(even, 0))


# 15


@both_engines
@pytest.mark.parametrize(("stance", "factor"), [("closed", 0.55), ("open", 0.75)])
def test_15_what_a_milestone_is_worth(stance, factor, engine):
    """Co-ownership 0 for ever: V/milestones·r·unowned_realisation; 1: with owned_realisation."""
    plain = place(
        months=30,
        organisations={name: entry | {"skills": {"it": 1.0}} for name, entry in PARTIES.items()},
        programmes={"care": {"value": 6.0, "shares": {"a": 0.6, "b": 0.4}, "milestones": 4, "domain": "it"}},
        events=fixed(dict.fromkeys("ab", stance)),
        levers={"top_down_instruction": {"strength": 1}},
        parameters={"co_ownership_memory": 1, "delivery_floor": 0.5, "realisation_spread": 0.4},
    )
    ensemble = run_by(engine, no_turnover(plain), replicates=10)
    owned = table(ensemble, "opportunities", "co_ownership")[:, :, 0]
    assert np.unique(owned).tolist() == [{"closed": 0.0, "open": 1.0}[stance]]
    met, worth = (table(ensemble, "opportunities", name)[:, :, 0] for name in ("milestones_met", "worth"))
    realised = table(ensemble, "agreements", "realisation")[:, :1]
    assert len(np.unique(realised)) == 10
    assert met.max() == 4
    np.testing.assert_allclose(worth, met * 6 / 4 * realised * factor, rtol=1e-14)
    delivered = met[:, -1] > 0
    np.testing.assert_allclose(ensemble["realised"][delivered, -1], realised[delivered, 0] * factor, rtol=1e-14)


def test_the_closed_forms_run_on_many_replicates_too():
    """Scripted replicates without chance are all alike."""
    plain = place(organisations=PARTIES, contracts=DEAL, programmes={}, events=fixed({"a": "open", "b": "closed"}))
    system = run_ensemble(no_turnover(plain), replicates=3, seed=9).system
    np.testing.assert_array_equal(system[0], system[2])
