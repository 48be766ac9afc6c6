"""Properties of the rules for any input: ranges, directions, and amounts that stay the same."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from simulation.model.rules import (
    account,
    convene,
    delivery,
    levers,
    negotiation,
    numeric,
    payment,
    reflection,
    stance,
)

pytestmark = pytest.mark.property

portion = st.floats(0, 1)
inside = st.floats(0.001, 0.999)
money = st.floats(0, 1e4)
count = st.integers(2, 20)
exponent = st.floats(-43, 43)


def ulps(one, other):
    """Return the number of steps of the smaller spacing between two floats."""
    return abs(one - other) / math.ulp(other)


# Numeric


@given(exponent)
@example(0.5 * math.log(2))
@example(-43.0)
def test_exp_is_within_two_units_in_the_last_place(x):
    assert ulps(numeric.exp(x), math.exp(x)) <= 2


def test_exp_is_within_two_units_in_the_last_place_on_a_grid():
    worst = max(ulps(numeric.exp(x / 997), math.exp(x / 997)) for x in range(-43 * 997, 43 * 997 + 1))
    assert worst <= 2


@given(exponent, exponent)
def test_exp_rises(one, other):
    assume(abs(one - other) > 1e-12 * max(1, abs(one)))
    low, high = sorted((one, other))
    assert numeric.exp(low) < numeric.exp(high)


@given(st.integers(-64, 63))
def test_power_of_two_is_exact(k):
    assert numeric.power_of_two(float(k)) == math.ldexp(1.0, k)


@given(st.floats(-1e6, 1e6))
def test_logistic_is_a_probability_and_symmetric(x):
    chance = numeric.logistic(x)
    assert 0 < chance <= 1
    assert chance + numeric.logistic(-x) == pytest.approx(1, abs=1e-15)
    assert (chance > 0.5) == (x > 1e-15) or abs(x) < 1e-15


@given(st.floats(-10, 10), st.floats(-10, 0), st.floats(0, 10))
def test_clip_keeps_within_and_moves_no_more_than_it_must(x, low, high):
    assert numeric.clip(x, low, high) == min(max(x, low), high)


# Levers


@given(portion, st.integers(0, 50), st.integers(1, 24))
def test_a_ramp_rises_to_its_strength_and_stays(strength, months, ramp):
    now = levers.ramped_strength(strength, months, ramp)
    assert 0 <= now <= levers.ramped_strength(strength, months + 1, ramp) <= strength
    assert levers.ramped_strength(strength, ramp - 1, ramp) == strength


# Convene


@given(portion, portion)
def test_a_breach_never_raises_trust(trust, size):
    assert 0 <= convene.trust_after_breach(trust, size) <= trust


@given(portion, portion, portion, st.integers(0, 2))
def test_a_leader_change_moves_trust_toward_its_baseline_and_not_past_it(trust, baseline, loss, ends):
    after = convene.trust_after_leader_change(trust, baseline, loss, ends)
    low, high = sorted((trust, baseline))
    assert low - 1e-15 <= after <= high + 1e-15


@given(portion, portion)
def test_two_ends_are_one_end_twice(trust, loss):
    once = convene.trust_after_leader_change(trust, 0.4, loss, 1)
    twice = convene.trust_after_leader_change(once, 0.4, loss, 1)
    assert convene.trust_after_leader_change(trust, 0.4, loss, 2) == pytest.approx(twice, abs=1e-15)


@given(portion, portion, count)
def test_co_ownership_falls_with_a_leader_by_no_more_than_that_participants_part(owned, loss, n):
    after = convene.co_ownership_after_leader_change(owned, loss, n)
    assert owned * (1 - 1 / n) - 1e-15 <= after <= owned


pressed = st.fixed_dictionaries(
    {
        "everyday": st.floats(0, 0.6),
        "grip_response": st.floats(0, 2),
        "own_shortfall": st.floats(0, 20),
        "place_shortfall": st.floats(0, 20),
        "shared": portion,
        "instruction_effect": st.floats(0, 2),
        "instruction": portion,
        "shock": st.floats(0, 5),
        "acknowledgement_effect": portion,
        "acknowledgement": portion,
    }
)


@given(
    pressed, st.sampled_from(["everyday", "grip_response", "own_shortfall", "place_shortfall", "instruction", "shock"])
)
def test_pressure_rises_with_everything_but_acknowledgement(terms, name):
    before = convene.accountability_pressure(**terms)
    assert before >= 0
    assert convene.accountability_pressure(**terms | {name: terms[name] + 0.5}) >= before
    assert convene.accountability_pressure(**terms | {"acknowledgement": 1.0}) <= before + 1e-12
    assert convene.accountability_pressure(**terms | {"acknowledgement_effect": 1.0, "acknowledgement": 1.0}) == 0


@given(portion, portion, portion)
def test_an_order_is_felt_no_more_than_it_is_given_and_no_less_than_what_is_left_of_it(on_table, in_delivery, left):
    felt = convene.order_felt(on_table, in_delivery, left)
    assert felt == max(on_table, left * in_delivery)
    assert convene.order_felt(on_table, in_delivery, 1.0) == max(on_table, in_delivery)


# Take a stance


@given(portion, portion)
def test_payment_reform_moves_the_risk_toward_one_half_and_not_past_it(risk, reform):
    after = payment.risk_after_reform(risk, reform)
    low, high = sorted((risk, 0.5))
    assert low - 1e-15 <= after <= high + 1e-15
    assert after + payment.risk_of_the_other(after) == pytest.approx(1, abs=1e-15)


@given(st.floats(0.1, 50), st.lists(st.floats(1, 500), min_size=1, max_size=6), portion)
def test_commissioners_bear_a_whole_move_between_them(income, amounts, risk):
    parts = [payment.part_of_amounts(each, math.fsum(amounts)) for each in amounts]
    moved = [payment.income_moved(income, part, risk) for part in parts]
    assert math.fsum(moved) == pytest.approx(income * (1 - risk), rel=1e-12, abs=1e-12)


@given(portion, portion, portion)
def test_reciprocity_lies_between_the_least_trust_and_the_mean(least, more, weakest_link):
    mean = least + (1 - least) * more
    q = stance.expected_reciprocity(mean, least, weakest_link)
    assert least - 1e-15 <= q <= mean + 1e-15
    assert stance.expected_reciprocity(mean, least, 0.0) == mean
    assert stance.expected_reciprocity(mean, least, 1.0) == least


@given(st.floats(-2, 2), count, portion)
def test_a_share_that_is_counted_lies_between_its_own_and_an_even_one(share, n, shared):
    counted = stance.counted_share(share, n, shared)
    low, high = sorted((share, 1 / n))
    assert low - 1e-12 <= counted <= high + 1e-12
    assert stance.counted_share(share, n, 1.0) == 1 / n
    assert stance.counted_share(share, n, 0.0) == share


@given(st.floats(0, 2), st.floats(-2, 2), count, portion)
def test_exposure_falls_with_the_stake_and_vanishes_with_it(exposure, share, n, less):
    exposed = stance.exposure_at_stake(exposure, share, n)
    assert 0 <= stance.exposure_at_stake(exposure, share * less, n) <= exposed <= exposure
    assert stance.exposure_at_stake(exposure, -share, n) == exposed
    assert stance.exposure_at_stake(exposure, 0.0, n) == 0
    assert exposed == exposure or abs(n * share) < 1


@st.composite
def divided(draw):
    """Return shares that add up to 1, some of them negative."""
    others = draw(st.lists(st.floats(-0.5, 1), min_size=1, max_size=7))
    shares = [*others, 1 - math.fsum(others)]
    assume(max(shares) > 0.01)
    return shares


@given(divided(), portion)
def test_gain_share_creates_nothing(shares, strength):
    gains = sum(share for share in shares if share > 0)
    losses = sum(-share for share in shares if share < 0)
    after = [stance.share_after_gain_share(share, strength, gains, losses) for share in shares]
    assert math.fsum(after) == pytest.approx(1, abs=1e-12)
    for before, now in zip(shares, after, strict=True):
        assert 0 <= now <= before or before <= now <= 0 or now == pytest.approx(0, abs=1e-12)


@given(divided())
def test_gain_share_in_full_leaves_no_loser(shares):
    gains = sum(share for share in shares if share > 0)
    losses = sum(-share for share in shares if share < 0)
    assert all(stance.share_after_gain_share(share, 1, gains, losses) >= -1e-12 for share in shares)


@given(st.floats(0.1, 0.8), portion, portion, portion, portion)
def test_exposure_never_rises_with_a_lever(exposure, menu_effect, menu, skill, coaching):
    after = stance.exposure_after_levers(exposure, menu_effect, menu, skill, coaching)
    assert 0 <= after <= exposure


stakes_terms = st.tuples(portion, count, st.floats(-2, 2), st.floats(1, 2.2), st.floats(0, 3))


@given(stakes_terms, st.floats(0.1, 0.8), st.floats(0, 2), st.floats(0.1, 12), inside, st.floats(0.001, 0.5))
def test_more_trust_helps_where_there_is_something_to_win_and_hurts_where_there_is_not(
    terms, exposure, pressure, sharpness, trust, more
):
    orientation = terms[0]
    at_stake = stance.stakes(*terms)
    assume(abs(at_stake) > 1e-6)

    def chance(trust):
        return stance.population_first_chance(
            sharpness, stance.advantage(trust, at_stake, orientation, exposure, pressure)
        )

    low, high = chance(trust), chance(trust + more)
    assume(1e-15 < low < 1 - 1e-10)
    assume(1e-15 < high < 1 - 1e-10)
    assume(abs(sharpness * more * at_stake) > 1e-9)
    assert (high > low) == (at_stake > 0)


@given(stakes_terms, st.floats(0.1, 0.8), st.floats(0, 2), st.floats(0.1, 12))
def test_at_the_threshold_the_chance_is_one_half(terms, exposure, pressure, sharpness):
    orientation = terms[0]
    at_stake = stance.stakes(*terms)
    assume(at_stake > 1e-3)
    threshold = stance.trust_threshold(at_stake, orientation, exposure, pressure)

    def chance(trust):
        return stance.population_first_chance(
            sharpness, stance.advantage(trust, at_stake, orientation, exposure, pressure)
        )

    step = 1e-6 * max(1, threshold)
    assert chance(threshold) == pytest.approx(0.5, abs=1e-12)
    assert chance(threshold - step) < 0.5 < chance(threshold + step)


@given(st.floats(-1e3, 1e3))
def test_without_sharpness_the_stance_is_a_coin_toss(advantage):
    assert stance.population_first_chance(0.0, advantage) == 0.5


@given(st.floats(1e-6, 10))
def test_with_great_sharpness_the_stance_is_the_best_response(advantage):
    assert stance.population_first_chance(1e9, advantage) == 1
    assert stance.population_first_chance(1e9, -advantage) < 1e-18


# Negotiate


@given(st.floats(0, 2), st.floats(0.1, 100))
def test_a_cost_shift_is_the_exposure_of_an_even_share_of_the_month(exposure, value):
    assert negotiation.cost_shift(exposure, value) == pytest.approx(exposure * (value / 2) / 12, rel=1e-12)


@given(st.booleans(), st.booleans(), money, money)
def test_what_one_side_of_a_contract_gains_by_a_shift_the_other_loses(mine, theirs, my_loss, their_loss):
    one = negotiation.net_shift(mine, theirs, my_loss, their_loss)
    other = negotiation.net_shift(theirs, mine, their_loss, my_loss)
    assert one + other == 0
    assert one == 0 or mine != theirs


@given(portion, st.floats(0.1, 1), portion)
def test_co_ownership_stays_between_its_value_and_the_share_that_asks(owned, memory, asked):
    low, high = sorted((owned, asked))
    assert low - 1e-15 <= negotiation.co_ownership_after_meeting(owned, memory, asked) <= high + 1e-15


@given(st.floats(-2, 2), count, st.floats(0, 0.3))
def test_nobody_wins_and_loses_at_once(share, n, band):
    loses, wins = negotiation.stands_to_lose(share, n, band), negotiation.stands_to_win(share, n, band)
    assert not (loses and wins)
    assert negotiation.stands_to_win(-share, n, band) == loses


@given(portion, inside, inside, portion, portion)
def test_a_lead_is_chosen_by_size_or_by_skill_and_trust(by_skill, size, skill, trust, more):
    score = negotiation.lead_score(by_skill, size, 1.0, skill, trust)
    assert 0 <= score <= 1
    assert negotiation.lead_score(by_skill, size, 1.0, skill, max(trust, more)) >= score
    assert negotiation.lead_score(0.0, size, 1.0, skill, trust) == size


@given(portion, portion)
def test_realisation_lies_evenly_about_1(draw, spread):
    realised = negotiation.realisation(draw, spread)
    assert 1 - spread - 1e-15 <= realised <= 1 + spread + 1e-15
    assert realised + negotiation.realisation(1 - draw, spread) == pytest.approx(2, abs=1e-15)


# Deliver


@given(portion, portion, portion, portion, portion)
def test_a_milestone_is_likelier_with_skill_trust_and_co_ownership(skill, floor, trust, owned, more):
    chance = delivery.milestone_chance(skill, floor, trust, owned)
    assert skill * floor - 1e-15 <= chance <= skill + 1e-15
    assert delivery.milestone_chance(max(skill, more), floor, trust, owned) >= chance
    assert delivery.milestone_chance(skill, floor, max(trust, more), owned) >= chance
    assert delivery.milestone_chance(skill, floor, trust, max(owned, more)) >= chance


@given(money, st.integers(1, 24))
def test_instalments_add_up(cost, milestones):
    assert delivery.set_up_instalment(cost, milestones) * milestones == pytest.approx(cost, rel=1e-14)


@given(money, st.integers(1, 12), st.floats(0, 2), portion, portion, portion, portion)
def test_a_milestone_is_worth_more_where_more_own_it(value, milestones, realised, less, more, owned, other):
    low, high = sorted((less, more))
    terms = (value, milestones, realised, low, high)
    worth = delivery.milestone_worth(*terms, owned)
    part = value / milestones * realised
    assert part * low * (1 - 1e-15) <= worth <= part * high * (1 + 1e-15) + 1e-300
    assert delivery.milestone_worth(*terms, max(owned, other)) >= worth


months = st.integers(0, 60)


@given(months, months, st.integers(0, 24), st.integers(1, 24), st.integers(1, 8), st.integers(0, 8))
def test_a_programme_is_behind_where_fewer_are_met_than_due(agreed, later, mobilisation, pace, milestones, met):
    """Due is a milestone every `pace` months once mobilised, no more than there are, and none before."""
    month, met = agreed + 1 + later, min(met, milestones)
    due = min(milestones, max(0, (month - agreed - mobilisation) // pace))
    behind = delivery.is_behind(True, met == milestones, month, agreed, mobilisation, pace, met)
    assert behind == (met < due)
    assert not (behind and not delivery.is_mobilised(month, agreed, mobilisation))


# Reflect


@given(st.floats(-5, 5), portion)
def test_a_milestones_weight_is_between_full_loss_and_full_win(gain, neutral):
    weight = reflection.milestone_weight(gain, neutral)
    assert -1 <= weight <= 1
    assert reflection.milestone_weight(gain + 0.1, neutral) >= weight
    assert abs(reflection.milestone_weight(gain + 1e-9, neutral) - weight) <= 2.1e-9


@given(portion, portion, portion, st.booleans())
def test_trust_stays_between_0_and_1_under_both_rules(trust, gain, loss, confirmatory):
    after = reflection.trust_after_events(trust, gain, loss, confirmatory)
    assert 0 <= after <= 1
    assert reflection.trust_after_events(trust, gain, 0, confirmatory) >= trust
    assert reflection.trust_after_events(trust, 0, loss, confirmatory) <= trust


@given(inside, portion, portion, st.booleans())
def test_more_gain_is_more_trust_and_more_loss_is_less(trust, gain, loss, confirmatory):
    after = reflection.trust_after_events(trust, gain / 4, loss / 4, confirmatory)
    assert reflection.trust_after_events(trust, gain / 4 + 0.05, loss / 4, confirmatory) > after
    assert reflection.trust_after_events(trust, gain / 4, loss / 4 + 0.05, confirmatory) < after


@given(portion, st.floats(0, 0.1), portion)
def test_confirmatory_trust_moves_most_where_it_is_undecided(trust, gain, other):
    assume(abs(trust - 0.5) < abs(other - 0.5))
    moved = reflection.trust_after_events(trust, gain, 0, True) - trust
    elsewhere = reflection.trust_after_events(other, gain, 0, True) - other
    assert moved >= elsewhere - 1e-15


@given(portion, st.floats(0, 0.06), portion, st.floats(0, 0.1), portion, st.floats(0, 5))
def test_orientation_stays_between_0_and_1_and_follows(orientation, effect, coaching, follow, part, seen):
    after = reflection.orientation_after_month(orientation, effect, coaching, follow, part * seen, seen)
    assert 0 <= after <= 1
    uncoached = reflection.orientation_after_month(orientation, effect, 0, follow, part * seen, seen)
    assert uncoached <= after + 1e-15
    if seen > 1e-6:
        assert min(orientation, part) - 1e-12 <= uncoached <= max(orientation, part) + 1e-12


# Account


@given(portion, money, st.floats(0.01, 0.06), st.floats(0, 0.6), st.integers(0, 20), st.integers(0, 20))
def test_efficiency_nears_its_pool_and_never_passes_it(found, pool, rate, attention, busy, programmes):
    busy = min(busy, programmes)
    before = found * pool
    after = account.efficiency_after_month(before, pool, rate, attention, busy, programmes)
    assert before <= after <= pool * (1 + 1e-15)
    assert after <= account.efficiency_after_month(before, pool, rate, attention, 0, programmes)


@given(st.floats(1, 1e4), money)
def test_net_income_is_what_is_left_and_at_least_a_tenth(income, paid):
    net = account.net_of(income, paid)
    assert net >= 0.1 * income
    assert net == income - paid or income - paid < 0.1 * income


@given(st.floats(-100, 300), st.floats(-100, 300), st.floats(1, 1e4))
def test_a_shortfall_is_never_negative_and_in_tenths_of_income(gap, plan, income):
    short = account.shortfall(gap, plan, income)
    assert short >= 0
    assert short * income / 10 == pytest.approx(max(0, gap - plan), rel=1e-12)
