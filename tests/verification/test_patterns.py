"""The patterns that the specification expects: each prints its paired difference with a 95% interval and a verdict.

A pattern that does not hold is reported and does not fail; only what theory guarantees is asserted.
"""

import math

import numpy as np
import pytest

from simulation import columns
from simulation.model.agents.model import TrustModel
from simulation.scenario.schema import Scenario
from tests.places import fixed, month_after, place, scenario
from tests.verification.variants import REPLICATES, plain, replicates, shipped

pytestmark = pytest.mark.verification

NO_JOINT_ACTION = "mid-south-essex"
INSTRUCTION = "mid-south-essex-instruction"
HALF = "mid-south-essex-partnership"
FULL = "mid-south-essex-partnership-full"
LARGEST_PROVIDER = "btuh"
"""The acute trust with the largest income."""


def last(ensemble, name="gap"):
    """Return a column of the system table in the last month, by replicate."""
    return ensemble[name][:, -1]


def with_events(name, events):
    """Return a shipped scenario with further events."""
    changed = plain(name)
    return changed | {"events": changed.get("events", []) + events}


def date(name, month):
    """Return a month of a shipped scenario, counted from 0, as YYYY-MM."""
    return month_after(month, plain(name)["start"])


def final_share(ensemble, months=6):
    """Return the share of population-first stances over the last months; one month alone is too coarse."""
    return ensemble["population_first"][:, -months:].mean(axis=1)


# 1


@pytest.mark.parametrize("rule", ["linear", "confirmatory"])
@pytest.mark.parametrize(("ratio", "expected"), [(1, "none"), (2, "down")])
def test_1_trust_falls_faster_than_it_rises(report, rule, ratio, expected):
    """One organisation is always population-first, the other tosses a coin: as many good meetings as bad, from 0.5."""
    parties = {"a": {"role": "provider", "income": 1.0}, "b": {"role": "provider", "income": 1.0}}
    subject = place(
        months=12,
        organisations=parties,
        opportunities={"deal": {"kind": "contract", "value": 1.0, "shares": {"a": 0.5, "b": 0.5}}},
        events=fixed({"a": "open"}),
        parameters={"decision_sharpness": 0, "loss_ratio": ratio, "trust_rule": rule, "opening_trust_same_sector": 0.5},
    )
    ensemble = replicates(scenario(subject, turnover=0.0), detail=("relationships",))
    moved = ensemble.relationships[:, -1, 0] - 0.5
    report.add("1", f"trust after 12 months of even chance, less 0.5; loss_ratio {ratio}, {rule}", moved, expected)
    first = ensemble.relationships[:, 0, 0] - 0.5
    rise, fall = first[first > 0], first[first < 0]
    assert rise.size + fall.size == REPLICATES
    np.testing.assert_allclose(fall, -ratio * rise.mean(), rtol=1e-12)


# 2


def test_2_where_it_ends_depends_on_where_it_began(report):
    """The final share of population-first stances, opening trust 0.65 less 0.35, by decision_sharpness."""
    for name in (NO_JOINT_ACTION, HALF):
        widths = {}
        for sharpness in (1, 6, 10):
            shares = []
            for trust in (0.65, 0.35):
                assumed = {"opening_trust": trust, "opening_trust_same_sector": trust, "decision_sharpness": sharpness}
                shares.append(final_share(replicates(plain(name) | {"parameters": assumed})))
            widths[sharpness] = shares[0] - shares[1]
            opened = widths[sharpness]
            report.add(
                "2",
                f"final population-first share, opening trust 0.65 less 0.35, sharpness {sharpness}; {name}",
                opened,
                "up",
            )
        for low, high in ((1, 6), (6, 10)):
            grown = widths[high] - widths[low]
            report.add("2", f"that difference, sharpness {high} less {low}; {name}", grown, "up")


# 3


def test_3_an_early_breach_costs_more_than_a_late_one(report):
    """A breach of size 0.5 by the largest provider in month 2 and in month 20, under each kind of place."""
    for name in (HALF, FULL, NO_JOINT_ACTION):
        without = last(shipped(name))
        gaps = {}
        for month in (2, 20):
            breach = {"event": "breach", "month": date(name, month), "organisation": LARGEST_PROVIDER, "size": 0.5}
            gaps[month] = last(replicates(with_events(name, [breach])))
            report.add(
                "3", f"final gap, £m a year, breach in month {month} less none; {name}", gaps[month] - without, "up"
            )
        report.add("3", f"final gap, £m a year, breach in month 2 less in month 20; {name}", gaps[2] - gaps[20], "up")


# 4


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, HALF])
def test_4_small_early_milestones_help_other_programmes(report, name):
    """Frailty in Mid Essex, whole; and split, so that a quarter of its value is one milestone that can be met at once.

    A split programme is also one more opportunity to meet about: the comparison includes both effects.
    """
    chosen = "frailty_mid"
    whole = plain(name)
    entry = whole["opportunities"][chosen]
    value = entry["value"]["value"] if isinstance(entry["value"], dict) else entry["value"]
    others = {k: other for k, other in whole["opportunities"].items() if k != chosen}
    parts = {
        chosen: entry | {"value": value * 3 / 4},
        f"{chosen}_early": entry | {"value": value / 4, "milestones": 1, "set_up_cost": 0.0},
    }
    met = [
        delivered_by_others(replicates(whole | {"opportunities": others | chosen_parts}), others)
        for chosen_parts in ({chosen: entry}, parts)
    ]
    what = f"other programmes' milestones met, £m a year on paper, {chosen} split less whole; {name}"
    report.add("4", what, met[1] - met[0], "up")


def delivered_by_others(ensemble, names):
    """Return the value on paper, £m a year, of the milestones met by the last month in some programmes."""
    met = ensemble.agreement("milestones_met")
    total = np.zeros(len(ensemble))
    for k in ensemble.axes.programmes:
        if ensemble.axes.opportunities[k] in names:
            entry = ensemble.axes.opportunity(ensemble.axes.opportunities[k])
            total += float(entry.value) * met[:, k] / entry.milestones
    return total


# 5


@pytest.mark.parametrize("name", [NO_JOINT_ACTION, FULL])
def test_5_a_leader_change_takes_from_high_trust_and_gives_to_low(report, name):
    """The largest provider's leader changes in month 12: its relationships a month later, by where they stood."""
    month = 12
    event = {"event": "leader_change", "month": date(name, month), "organisation": LARGEST_PROVIDER}
    without = replicates(plain(name), detail=("relationships",))
    changed = replicates(with_events(name, [event]), detail=("relationships",))
    mine = [r for r, pair in enumerate(without.axes.relationships) if LARGEST_PROVIDER in pair]
    baseline = TrustModel(Scenario.model_validate(plain(name))).system.baseline[mine]
    before = without.relationships[:, month - 1][:, mine]
    np.testing.assert_array_equal(before, changed.relationships[:, month - 1][:, mine])
    moved = changed.relationships[:, month][:, mine] - without.relationships[:, month][:, mine]
    for side, expected in (("above", "down"), ("below", "up")):
        stood = before > baseline if side == "above" else before < baseline
        with np.errstate(invalid="ignore"):
            of_replicate = np.where(stood, moved, 0).sum(axis=1) / stood.sum(axis=1)
        if stood.any():
            report.add(
                "5",
                f"trust that stood {side} its baseline, with a leader change less without; {name}",
                of_replicate,
                expected,
            )


def test_5_before_organisations_meet_it_always_holds():
    """At the end of phase 1 no relationship of a new leader is further from its baseline, nor on its other side."""
    model = TrustModel(Scenario.model_validate(with_events(FULL, [
        {"event": "leader_change", "month": date(FULL, 12), "organisation": LARGEST_PROVIDER}])))  # fmt: skip
    while model.month < 12:
        model.step()
    before = [each.trust for each in model.relationships]
    model.calendar.set_month(12)
    model.draws.set_month(12)
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
    """Gain share alone at 0, half and full strength."""
    base = plain(HALF)
    classes, worst = {}, {}
    for strength in (0, 0.5, 1):
        levers = base["levers"] | {"gain_share": [{"strength": strength}]}
        ensemble = replicates(base | {"levers": levers})
        outcome = ensemble.agreement("outcome")
        classes[strength] = (outcome == 2).sum(axis=1)
        worst[strength] = (ensemble.outturns.sum(axis=1) / incomes(ensemble)).min(axis=1) * 100
    for high in (0.5, 1):
        report.add("6", f"win/lose agreements, gain share {high} less 0; {HALF}", classes[high] - classes[0], "down")
        report.add(
            "6",
            f"outturn of the worst-off, % of a year's income, gain share {high} less 0; {HALF}",
            worst[high] - worst[0],
            "up",
        )


def incomes(ensemble):
    return np.array([float(ensemble.axes.organisation(each).income) for each in ensemble.axes.organisations])


# 7


def test_7_levers_together_against_the_sum_of_each_alone(report):
    """What all partnership levers close together, less the sum of each alone, at full and at quarter strength."""
    base = plain(NO_JOINT_ACTION)
    names = list(plain(FULL)["levers"])
    alone = last(shipped(NO_JOINT_ACTION))
    for strength in (0.25, 1):

        def closed(levers, strength=strength):
            return alone - last(replicates(base | {"levers": {name: [{"strength": strength}] for name in levers}}))

        together = closed(names)
        each = {name: closed([name]) for name in names}
        gained = together - sum(each.values())
        report.add(
            "7", f"£m a year closed by all nine levers less the sum of each alone, strength {strength}", gained, "up"
        )
        report.note(
            "7",
            f"strength {strength}: together {together.mean():.1f}; alone "
            + ", ".join(f"{name} {gap.mean():.1f}" for name, gap in each.items()),
        )
        if strength == 1:
            without = {name: together - closed([other for other in names if other != name]) for name in names}
            report.note(
                "7",
                "dropping one of nine loses "
                + ", ".join(f"{name} {lost.mean():.1f}" for name, lost in without.items()),
            )


# 8


def test_8_trust_and_milestones_go_together(report):
    """Over relationships: trust at month t, and the milestones met in t+1 to t+4 by programmes that both are in."""
    for name in (NO_JOINT_ACTION, HALF):
        ensemble = replicates(plain(name), detail=("relationships", "opportunities"))
        met = np.nan_to_num(ensemble.opportunities[..., columns.OPPORTUNITIES.milestones_met])
        shared = np.array([
            [{of, to} <= set(ensemble.axes.opportunity(k).shares) for k in ensemble.axes.opportunities]
            for of, to in ensemble.axes.relationships
        ])  # fmt: skip
        months = range(8, ensemble.scenario.months - 4, 8)
        by_replicate = []
        for replicate in range(len(ensemble)):
            trust = ensemble.relationships[replicate, list(months)].ravel()
            later = np.concatenate([(met[replicate, t + 4] - met[replicate, t]) @ shared.T for t in months])
            by_replicate.append(np.corrcoef(trust, later)[0, 1] if later.std() > 0 and trust.std() > 0 else math.nan)
        report.add("8", f"correlation of trust with milestones met in the next four months; {name}", by_replicate, "up")


# 9


def test_9_an_order_is_agreed_sooner_and_delivered_less(report):
    """Top-down instruction against the place without joint action, and against partnership at half strength."""
    ordered = shipped(INSTRUCTION)
    for name in (NO_JOINT_ACTION, HALF):
        other = shipped(name)
        sooner = ordered["plan_coverage"][:, 1] - other["plan_coverage"][:, 1]
        report.add("9", f"plan coverage at eight weeks, instruction less {name}", sooner, "up")
        delivered = delivered_share(ordered) - delivered_share(other)
        report.add("9", f"delivered share of the agreed plan, instruction less {name}", delivered, "down")
        report.add(
            "9",
            f"final gap, £m a year, instruction less {name}",
            last(ordered) - last(other),
            "up" if name == HALF else "down",
        )
        report.note("9", in_words(name, other))
    report.note("9", in_words(INSTRUCTION, ordered))
    instructed = TrustModel(ordered.scenario)
    from_start = [each.index for each in instructed.programmes if each.opens == 0]
    assert (ordered.agreement("agreed")[:, from_start] <= 1).all()


def in_words(name, ensemble):
    """Return the share of the plan that was agreed by the end, and the delivered share of it, in words."""
    agreed, delivered = last(ensemble, "plan_coverage").mean(), np.nanmean(delivered_share(ensemble))
    return f"{name}: agreed by the end {agreed:.2f}, delivered share of it {delivered:.2f}"


def delivered_share(ensemble):
    """Return the milestones met by the end as a share of the value agreed by then; NaN where nothing was agreed."""
    value = np.array([float(ensemble.axes.opportunity(k).value) for k in ensemble.axes.opportunities])
    agreed = (np.isfinite(ensemble.agreement("agreed")) * value).sum(axis=1)
    return np.divide(last(ensemble, "milestones_value"), agreed, out=np.full(len(ensemble), np.nan), where=agreed > 0)


# 10


@pytest.mark.parametrize("name", [FULL, HALF, NO_JOINT_ACTION])
def test_10_one_organisation_never_moves(report, name):
    """The largest provider always asks its own question."""
    event = {"event": "fixed_stance", "organisation": LARGEST_PROVIDER, "stance": "institutional"}
    moving, held = shipped(name), replicates(with_events(name, [event]))
    report.add(
        "10",
        f"final gap, £m a year, {LARGEST_PROVIDER} never moves less may; {name}",
        last(held) - last(moving),
        "up",
    )
    apart = {k for k in moving.axes.opportunities if LARGEST_PROVIDER not in moving.axes.opportunity(k).shares}
    lost = delivered_by_others(held, apart) - delivered_by_others(moving, apart)
    report.add(
        "10",
        f"milestones met in programmes that it is not in, £m a year on paper, never moves less may; {name}",
        lost,
        "down",
    )
    mine = moving.axes.organisations.index(LARGEST_PROVIDER)
    paid = held.outturns[:, :, mine].sum(axis=1) - moving.outturns[:, :, mine].sum(axis=1)
    expected = "up" if name == NO_JOINT_ACTION else "down"
    report.add("10", f"its own outturn over the period, £m, never moves less may; {name}", paid, expected)


# 11


def test_11_too_late(report):
    """All partnership levers in full from month 0, 12, 24 and 36."""
    gaps = {}
    for delay in (0, 12, 24, 36):
        package = plain(FULL)
        begins = date(FULL, delay)
        levers = {
            name: [setting | {"from": begins} for setting in settings] for name, settings in package["levers"].items()
        }
        gaps[delay] = last(replicates(package | {"levers": levers}))
    for delay in (12, 24, 36):
        report.add("11", f"final gap, £m a year, package {delay} months later", gaps[delay] - gaps[0], "up")
    for delay in (24, 36):
        steeper = (gaps[delay] - gaps[delay - 12]) - (gaps[delay - 12] - gaps[delay - 24])
        report.add("11", f"cost of the year of delay before month {delay}, less the year before it", steeper, "up")
