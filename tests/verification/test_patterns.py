"""The patterns that the specification expects: paired differences by chance, and their signs over the ranges.

A pattern that does not hold is reported and does not fail; only what theory guarantees is asserted.
"""

import math
from functools import cache

import numpy as np
import pytest

from simulation import columns
from simulation.analysis.claims import outcomes_of
from simulation.experiment import switches
from simulation.experiment.claims import Outcome
from simulation.model.agents.model import TrustModel
from simulation.model.system import build_system
from simulation.scenario.schema import Scenario
from simulation.vocabulary import Payment, Role
from tests.places import fixed, month_after, place, scenario
from tests.verification.documents import WRITE, check_or_write, in_markdown
from tests.verification.variants import POINTS, REPLICATES, SEED, Variant, plain, shipped

pytestmark = pytest.mark.verification

NO_JOINT_ACTION = "mid-south-essex"
INSTRUCTION = "mid-south-essex-instruction"
HALF = "mid-south-essex-partnership"
FULL = "mid-south-essex-partnership-full"
BOTH = "mid-south-essex-partnership-instruction"
LIFTED = "mid-south-essex-partnership-instruction-lifted"
IN_WORDS = {
    NO_JOINT_ACTION: "no joint action",
    INSTRUCTION: "instruction",
    HALF: "partnership, half",
    FULL: "partnership, full",
}
LARGEST_PROVIDER = "btuh"
"""The acute trust with the largest income."""


def last(ensemble, name="gap"):
    """Return a column of the system table in the last month, by replicate."""
    return ensemble[name][:, -1]


def less(column="gap"):
    """Return a measure: the last month of one variant less another's."""
    return lambda one, other: last(one, column) - last(other, column)


gap_less = less()
position_less = less("cumulative_position")


def with_events(name, events):
    """Return a shipped scenario with further events."""
    changed = plain(name)
    return changed | {"events": changed.get("events", []) + events}


def date(name, month):
    """Return a month of a shipped scenario, counted from 0, as YYYY-MM."""
    return month_after(month, plain(name)["start"])


def delivered(ensemble):
    """Return the delivered part of what was agreed, by replicate; NaN where nothing was."""
    return outcomes_of(ensemble)[Outcome.DELIVERED]


def final_share(ensemble, months=6):
    """Return the share of population-first stances over the last months; one month alone is too coarse."""
    return ensemble["population_first"][:, -months:].mean(axis=1)


# 1


@pytest.mark.parametrize("rule", ["linear", "confirmatory"])
@pytest.mark.parametrize(("ratio", "expected"), [(1, "none"), (2, "down")])
def test_1_trust_falls_faster_than_it_rises(report, rule, ratio, expected):
    """One organisation is always population-first, the other tosses a coin: as many good meetings as bad, from 0.5."""
    subject = place(
        programmes={},
        events=fixed({"a": "open"}),
        parameters={"decision_sharpness": 0, "loss_ratio": ratio, "trust_rule": rule, "opening_trust": 0.5},
    )
    subject["parameters"] |= {"same_sector_premium": 0, "turnover": 0}
    tossed = Variant(scenario(subject), detail=("relationships",))
    what = f"trust after 12 months of even chance, less 0.5; loss_ratio {ratio}, {rule}"
    report.add("1", what, expected, lambda ensemble: ensemble.relationships[:, -1, 0] - 0.5, tossed)
    first = tossed.chance.relationships[:, 0, 0] - 0.5
    rise, fall = first[first > 0], first[first < 0]
    assert rise.size + fall.size == REPLICATES
    np.testing.assert_allclose(fall, -ratio * rise.mean(), rtol=1e-12)


# 2


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF])
def test_2_where_it_ends_depends_on_where_it_began(report, name):
    """The final share of population-first stances, opening trust 0.55 less 0.25, by decision_sharpness."""

    def began(trust, sharpness):
        assumed = {"opening_trust": trust, "decision_sharpness": sharpness}
        return Variant(plain(name) | {"parameters": assumed})

    pairs = {sharpness: (began(0.55, sharpness), began(0.25, sharpness)) for sharpness in (3, 6, 9)}

    def width(high, low):
        return final_share(high) - final_share(low)

    what = "final population-first share, opening trust 0.55 less 0.25"
    for sharpness, pair in pairs.items():
        report.add("2", f"{what}, sharpness {sharpness}; {IN_WORDS[name]}", "up", width, *pair)
    for low, high in ((3, 6), (6, 9)):
        report.add(
            "2",
            f"that difference, sharpness {high} less {low}; {IN_WORDS[name]}",
            "up",
            lambda a, b, c, d: width(a, b) - width(c, d),
            *pairs[high],
            *pairs[low],
        )


# 3


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF, FULL])
def test_3_an_early_breach_costs_more_than_a_late_one(report, name):
    """A breach of size 0.5 by the largest provider in month 2 and in month 20."""
    broken = {
        month: Variant(
            with_events(
                name,
                [{"event": "breach", "month": date(name, month), "organisation": LARGEST_PROVIDER, "size": 0.5}],
            )
        )
        for month in (2, 20)
    }
    for month, variant in broken.items():
        what = f"final gap, £m a year, breach in month {month} less none; {IN_WORDS[name]}"
        report.add("3", what, "up", gap_less, variant, shipped(name))
    what = f"final gap, £m a year, breach in month 2 less in month 20; {IN_WORDS[name]}"
    report.add("3", what, "up", gap_less, broken[2], broken[20])


# 4


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF])
def test_4_small_early_milestones_help_other_programmes(report, name):
    """Frailty in Mid Essex, whole; and split, so that a quarter of it is one milestone, due within three months.

    A split programme is also one more opportunity to meet about, and both parts mobilise within a month: the
    comparison includes both effects, and the whole programme mobilises as soon.
    """
    chosen, quick = "frailty_mid", {"parameters": {"mobilisation": 1}}
    whole = plain(name) | quick
    entry = whole["programmes"][chosen]
    others = {each: other for each, other in whole["programmes"].items() if each != chosen}

    def part(fraction, **changes):
        moves = [move | {"income": number(move["income"]) * fraction} for move in entry["activity"]]
        return entry | {"value": number(entry["value"]) * fraction, "activity": moves} | changes

    early = part(1 / 4, milestones=1, set_up_cost=0.0)
    split = whole | {"programmes": others | {chosen: part(3 / 4), f"{chosen}_early": early}}
    what = f"other programmes' milestones met, £m a year on paper, one programme split less whole; {IN_WORDS[name]}"
    report.add(
        "4", what, "up", lambda one, other: delivered_by(one, others) - delivered_by(other, others),
        Variant(split), Variant(whole),
    )  # fmt: skip


def number(written):
    """Return a number that may be written with its evidence."""
    return written["value"] if isinstance(written, dict) else written


def delivered_by(ensemble, names):
    """Return the value on paper, £m a year, of the milestones met by the last month in some programmes."""
    met = ensemble.agreement("milestones_met")
    total = np.zeros(len(ensemble))
    for k in ensemble.axes.programmes:
        if ensemble.axes.opportunities[k] in names:
            entry = ensemble.axes.programme(k)
            total += entry.paper_value * np.nan_to_num(met[:, k]) / entry.milestones
    return total


# 5


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, FULL])
def test_5_a_leader_change_takes_from_high_trust_and_gives_to_low(report, name):
    """The largest provider's leader changes in month 12: its relationships that month, by where they stood."""
    month = 12
    event = {"event": "leader_change", "month": date(name, month), "organisation": LARGEST_PROVIDER}
    without = Variant(plain(name), detail=("relationships",))
    changed = Variant(with_events(name, [event]), detail=("relationships",))

    def moved(side, one, other):
        mine = [r for r, pair in enumerate(one.axes.relationships) if LARGEST_PROVIDER in pair]
        before, baseline = one.relationships[:, month - 1][:, mine], baselines(one.scenario)[mine]
        stood = before > baseline if side == "above" else before < baseline
        difference = other.relationships[:, month][:, mine] - one.relationships[:, month][:, mine]
        with np.errstate(invalid="ignore"):
            return np.where(stood, difference, 0).sum(axis=1) / stood.sum(axis=1)

    mine = [r for r, pair in enumerate(without.chance.axes.relationships) if LARGEST_PROVIDER in pair]
    before = [each.chance.relationships[:, month - 1][:, mine] for each in (without, changed)]
    np.testing.assert_array_equal(*before)
    for side, expected in (("above", "down"), ("below", "up")):
        what = f"trust that stood {side} its baseline, with a leader change less without; {IN_WORDS[name]}"
        report.add("5", what, expected, lambda one, other, side=side: moved(side, one, other), without, changed)


def baselines(subject):
    """Return the opening trust of each relationship of a scenario."""
    return build_system(subject).baseline


def test_5_before_organisations_meet_it_always_holds():
    """At the end of phase 1 no relationship of a new leader is further from its baseline, nor on its other side."""
    event = {"event": "leader_change", "month": date(FULL, 12), "organisation": LARGEST_PROVIDER}
    model = TrustModel(Scenario.model_validate(with_events(FULL, [event])))
    while model.month < 12:
        model.step()
    before = [each.trust for each in model.relationships]
    model.begin_month()
    model.convene()
    seen = 0
    for relationship, trust in zip(model.relationships, before, strict=True):
        if LARGEST_PROVIDER in (relationship.trusting.id, relationship.trusted.id):
            assert abs(relationship.trust - relationship.baseline) < abs(trust - relationship.baseline)
            assert (relationship.trust > relationship.baseline) == (trust > relationship.baseline)
            seen += 1
    assert seen > 10


# 6


def test_6_more_gain_share_fewer_losers(report):
    """Gain share at half and at full strength against none, in partnership at half strength."""
    base = plain(HALF)
    at = {
        strength: Variant(base | {"levers": base["levers"] | {"gain_share": [{"strength": strength}]}})
        for strength in (0, 0.5, 1)
    }
    for high in (0.5, 1):
        what = f"win/lose agreements, gain share {high:g} less 0; {IN_WORDS[HALF]}"
        report.add("6", what, "down", lambda one, other: losers(one) - losers(other), at[high], at[0])
        what = f"outturn of the worst-off, % of a year's income, gain share {high:g} less 0; {IN_WORDS[HALF]}"
        report.add("6", what, "up", lambda one, other: worst_off(one) - worst_off(other), at[high], at[0])


def losers(ensemble):
    """Return the number of win/lose agreements."""
    return (ensemble.agreement("outcome") == 2).sum(axis=1)


def worst_off(ensemble):
    """Return the outturn over the period of the organisation that it costs most, % of its income of a year."""
    incomes = np.array([float(ensemble.axes.organisation(each).income) for each in ensemble.axes.organisations])
    return (ensemble.outturns.sum(axis=1) / incomes).min(axis=1) * 100


# 7


@pytest.mark.parametrize(("strength", "expected"), [(0.25, "up"), (1, "down")])
def test_7_levers_together_against_the_sum_of_each_alone(report, strength, expected):
    """What all partnership levers close together, less the sum of each alone: more far from the ceiling, less near."""
    base, names = plain(NO_JOINT_ACTION), list(plain(FULL)["levers"])

    def using(levers):
        return Variant(base | {"levers": {name: [{"strength": strength}] for name in levers}})

    each = {name: using([name]) for name in names}

    def gained(none, together, *alone):
        return (last(none) - last(together)) - sum(last(none) - last(one) for one in alone)

    together = using(names)
    what = f"£m a year closed by all {len(names)} levers less the sum of each alone, strength {strength:g}"
    report.add("7", what, expected, gained, shipped(NO_JOINT_ACTION), together, *each.values())
    none = last(shipped(NO_JOINT_ACTION).chance)
    closed = {name: (none - last(one.chance)).mean() for name, one in each.items()}
    alone = ", ".join(f"{name} {gap:.1f}" for name, gap in closed.items())
    report.note("7", f"strength {strength:g}: together {(none - last(together.chance)).mean():.1f}; alone {alone}")


# 8


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF])
def test_8_trust_and_milestones_go_together(report, name):
    """Over relationships: trust at month t, and the milestones met in t+1 to t+4 by programmes that both are in."""
    detailed = Variant(plain(name), detail=("relationships", "opportunities"))
    what = f"correlation of trust with milestones met in the next four months; {IN_WORDS[name]}"
    report.add("8", what, "up", correlation, detailed)


def correlation(ensemble):
    """Return the correlation over relationships and every eighth month, by replicate; NaN where nothing varies."""
    met = np.nan_to_num(ensemble.opportunities[..., columns.OPPORTUNITIES.milestones_met])
    together = [
        set(ensemble.axes.opportunity(name).participants) if name in ensemble.scenario.programmes else set()
        for name in ensemble.axes.opportunities
    ]
    shared = np.array([[set(pair) <= each for each in together] for pair in ensemble.axes.relationships])
    months = range(8, ensemble.scenario.months - 4, 8)
    by_replicate = []
    for replicate in range(len(ensemble)):
        trust = ensemble.relationships[replicate, list(months)].ravel()
        later = np.concatenate([(met[replicate, t + 4] - met[replicate, t]) @ shared.T for t in months])
        by_replicate.append(np.corrcoef(trust, later)[0, 1] if later.std() > 0 and trust.std() > 0 else math.nan)
    return np.array(by_replicate)


# 9


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF])
def test_9_an_order_is_agreed_sooner_and_delivered_less(report, name):
    """Top-down instruction against no joint action, and against partnership at half strength."""
    pair, against = (shipped(INSTRUCTION), shipped(name)), f"instruction less {IN_WORDS[name]}"
    report.add("9", f"plan coverage at eight weeks, {against}", "up", eight_weeks_less, *pair)
    report.add("9", f"delivered share of the agreed plan, {against}", "down", delivered_less, *pair)
    report.add("9", f"final gap, £m a year, {against}", "either", gap_less, *pair)
    report.add("9", f"position over the period, £m, {against}", "either", position_less, *pair)


def eight_weeks_less(one, other):
    """Return the difference in plan coverage in the second month."""
    return one["plan_coverage"][:, 1] - other["plan_coverage"][:, 1]


def delivered_less(one, other):
    """Return the difference in the delivered part of what was agreed."""
    return delivered(one) - delivered(other)


def test_9_what_is_on_the_table_from_the_start_is_agreed_in_eight_weeks():
    ordered = shipped(INSTRUCTION).chance
    from_start = [each.index for each in TrustModel(ordered.scenario).programmes if each.opens == 0]
    assert (ordered.agreement("agreed")[:, from_start] <= 1).all()


# 10


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF, FULL])
def test_10_one_organisation_never_moves(report, name):
    """The largest provider always asks its own question."""
    event = {"event": "fixed_stance", "organisation": LARGEST_PROVIDER, "stance": "institutional"}
    pair = Variant(with_events(name, [event])), shipped(name)
    programmes = pair[1].scenario.programmes
    apart = {each for each, entry in programmes.items() if LARGEST_PROVIDER not in entry.participants}

    def others(held, moving):
        return delivered_by(held, apart) - delivered_by(moving, apart)

    never = f"never moves less may; {IN_WORDS[name]}"
    report.add("10", f"final gap, £m a year, {LARGEST_PROVIDER} {never}", "up", gap_less, *pair)
    report.add("10", f"milestones met where it takes no part, £m a year on paper, {never}", "down", others, *pair)
    expected = "up" if name == NO_JOINT_ACTION else "down"
    report.add("10", f"its own outturn over the period, £m, {never}", expected, own_outturn_less, *pair)


def own_outturn_less(one, other):
    """Return the difference in the largest provider's outturn over the period, £m."""
    mine = one.axes.organisations.index(LARGEST_PROVIDER)
    return one.outturns[:, :, mine].sum(axis=1) - other.outturns[:, :, mine].sum(axis=1)


# 11


def test_11_too_late(report):
    """All partnership levers in full from month 0, 12, 24 and 36."""

    @cache
    def delayed(months):
        package = plain(FULL)
        begins = {"from": date(FULL, months)}
        levers = {name: [each | begins for each in settings] for name, settings in package["levers"].items()}
        return Variant(package | {"levers": levers})

    for delay in (12, 24, 36):
        what = f"final gap, £m a year, package {delay} months later"
        report.add("11", what, "up", gap_less, delayed(delay), delayed(0))
    for delay in (24, 36):
        report.add(
            "11",
            f"cost of the year of delay before month {delay}, less the year before it",
            "up",
            lambda third, second, first: (last(third) - last(second)) - (last(second) - last(first)),
            *(delayed(each) for each in (delay, delay - 12, delay - 24)),
        )


# 12


def test_12_an_order_without_anybody_willing(report):
    """Ordered, with every organisation institutional for ever."""
    closed = Variant(switches.everyone_institutional(shipped(INSTRUCTION).scenario))
    report.add("12", "delivered share of the plan, less one half; ordered, nobody willing", "down",
               lambda ensemble: delivered(ensemble) - 0.5, closed)  # fmt: skip
    report.add("12", "delivered share of the plan, nobody willing less as they are; ordered", "down",
               delivered_less, closed, shipped(INSTRUCTION))  # fmt: skip
    report.add("12", "worth over paper value, nobody willing less as they are; ordered", "down",
               less("realised"), closed, shipped(INSTRUCTION))  # fmt: skip
    met, worth = np.nanmean(delivered(closed.chance)), np.nanmean(last(closed.chance, "realised"))
    report.note("12", f"ordered, nobody willing: {met:.2f} delivered, worth {worth:.2f} of its value on paper")


def test_12_what_nobody_owns_is_worth_what_is_unowned():
    """With no spread of realisation it is exactly that."""
    subject = switches.everyone_institutional(shipped(INSTRUCTION).scenario)
    assumed = subject.parameters.model_copy(update={"realisation_spread": 0.0})
    worth = last(Variant(subject.model_copy(update={"parameters": assumed})).chance, "realised")
    np.testing.assert_allclose(worth[np.isfinite(worth)], 0.55)


# 13


@pytest.mark.parametrize("name", [INSTRUCTION, HALF])
def test_13_without_gains_of_trust(report, name):
    """Only losses counted; and nothing from milestones."""
    none, as_is = shipped(NO_JOINT_ACTION), shipped(name)
    losses = Variant(as_is.scenario, change=switches.no_gains_of_trust)
    talk = Variant(as_is.scenario, change=switches.no_trust_from_milestones)

    def most(without, usual, none):
        return (last(without) - last(usual)) - (last(none) - last(usual)) / 2

    what = f"final gap, £m a year, no gains of trust less as it is; {IN_WORDS[name]}"
    report.add("13", what, "up", gap_less, losses, as_is)
    what = f"what it closes that is lost without gains, less one half of it, £m a year; {IN_WORDS[name]}"
    report.add("13", what, "up", most, losses, as_is, none)
    what = f"final gap, £m a year, no trust from milestones less as it is; {IN_WORDS[name]}"
    report.add("13", what, "up", gap_less, talk, as_is)


# 14


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, INSTRUCTION, HALF])
@pytest.mark.parametrize("payment", [Payment.BLOCK, Payment.SHARED])
def test_14_payments_matter(report, payment, name):
    """All block and all shared against contracts as they are: the gap, and who gains."""
    paid, as_is = Variant(switches.all_paid(payment)(shipped(name).scenario)), shipped(name)
    versus = f"all {payment} less as they are; {IN_WORDS[name]}"
    report.add("14", f"final gap, £m a year, {versus}", "either", gap_less, paid, as_is)
    for role in Role:
        what = f"outturns of {role}s over the period, £m, {versus}"
        report.add("14", what, "either", lambda one, other, role=role: of_role(one, role) - of_role(other, role),
                   paid, as_is)  # fmt: skip


def of_role(ensemble, role):
    """Return the outturns over the period of all commissioners or all providers, £m."""
    chosen = [o for o, each in enumerate(ensemble.axes.organisations) if ensemble.axes.organisation(each).role == role]
    return ensemble.outturns[:, :, chosen].sum(axis=(1, 2))


# 15


@pytest.mark.parametrize("lifted", [False, True])
@pytest.mark.parametrize("persistence", [0, 0.5, 1])
def test_15_an_order_beside_partnership(report, persistence, lifted):
    """Partnership at half strength and an order, against partnership alone."""
    ordered = Variant(plain(LIFTED if lifted else BOTH) | {"parameters": {"instruction_persistence": persistence}})
    pair = ordered, shipped(HALF)
    order = f"order {'of two months' if lifted else 'throughout'}, persistence {persistence:g}, less none"
    report.add("15", f"final gap, £m a year, {order}; {IN_WORDS[HALF]}", "either", gap_less, *pair)
    report.add("15", f"position over the period, £m, {order}; {IN_WORDS[HALF]}", "either", position_less, *pair)


def test_the_document_says_what_was_found(report, request):
    """Runs after the others: docs/patterns.md has this table, whole."""
    if {row[0] for row in report.rows} != {str(pattern) for pattern in range(1, 16)}:
        pytest.skip("the document is compared when every pattern was run")
    head = (
        "Pattern",
        "What is compared, with common random numbers",
        "Difference and 95% interval",
        f"Runs above, below 0 of {REPLICATES}",
        "Verdict",
        "Points above, below 0",
    )
    table = in_markdown(head, report.rows)
    print(f"\n\n{REPLICATES} replicates a scenario, {POINTS} points, seed {SEED}.\n\n{table}\n", flush=True)
    check_or_write("docs/patterns.md", "patterns", table, write=request.config.getoption(WRITE, default=False))
