"""What the interview says, one test for each claim: it fails when its mechanism is taken out of the rules.

`make verify` takes them out, one at a time, in a copy; tests/verification/mutations.py names the line. Places here
have two or three organisations; where stances are scripted, "open" is population-first and "closed" institutional.
"""

import pytest

from simulation import columns
from simulation.levers import Lever
from simulation.model.agents.model import TrustModel
from tests.places import fixed, no_turnover, place, run

pytestmark = pytest.mark.property

PROVIDERS = {name: {"role": "provider", "income": 100.0, "deficit_share": 1} for name in "abc"}
EAGER = {"delivery_floor": 1, "mobilisation": 0, "realisation_spread": 0}
"""Delivery that needs nothing but skill, at once and without chance."""

ORDER = {"levers": {"top_down_instruction": {"strength": 1}}}


def with_care(stances, *, parties=None, skills=1.0, shares=None, parameters=(), **changes):
    """A scripted place whose one opportunity is a programme of £6m a year in two milestones."""
    names = [*stances]
    return no_turnover(
        place(
            organisations=parties or {each: PROVIDERS[each] | {"skills": {"care": skills}} for each in names},
            contracts={},
            programmes={
                "care": {
                    "value": 6.0,
                    "domain": "care",
                    "milestones": 2,
                    "shares": shares or dict.fromkeys(names, 1 / len(names)),
                }
            },
            parameters=EAGER | dict(parameters),
            **({"events": fixed(stances)} | changes),
        )
    )


def after_a_month(subject):
    """The place after its first month."""
    model = TrustModel(subject, seed=1)
    model.step()
    return model


def chances(subject):
    """Each participant's chance of the population's question in the first month, by opportunity and organisation."""
    model = TrustModel(subject, seed=1)
    model.convene()
    return {
        (part.opportunity.id, part.organisation.id): part.organisation.population_first_chance(part)
        for opportunity in model.opportunities
        for part in opportunity.members
    }


def with_lever(lever, **changes):
    """The made-up place with one lever at full strength."""
    return no_turnover(place(levers={lever.value: {"strength": 1}}, **changes))


def all_rise(before, after):
    """True if every number of one mapping is larger in another."""
    assert before
    return before.keys() == after.keys() and all(after[key] > before[key] for key in before)


def trust(trajectory, trusting, trusted):
    """Trust of one organisation in another at the end of each month."""
    return trajectory.relationships[:, trajectory.axes.relationships.index((trusting, trusted))]


def of_organisation(trajectory, name, column):
    """A column of one organisation, month by month."""
    index = columns.index_of(columns.ORGANISATIONS, column)
    return trajectory.organisations[:, trajectory.axes.organisations.index(name), index]


def agreed(trajectory):
    """The month in which the one programme was agreed; NaN if it never was."""
    return trajectory.agreements[0, columns.AGREEMENTS.agreed]


def shares(subject):
    """Each participant's share of the one programme after payment and gain share, in the first month."""
    (programme,) = TrustModel(subject).programmes
    return {member.organisation.id: member.share for member in programme.members}


def test_eight_weeks():
    """An order has its plan agreed within eight weeks, though no organisation is willing."""
    assert agreed(run(with_care({"a": "closed", "b": "closed"}, **ORDER))) == 1


def test_shared_goal():
    """With a shared goal every organisation is more likely to ask the population's question."""
    assert all_rise(chances(no_turnover(place())), chances(with_lever(Lever.SUPERORDINATE_GOAL)))


def test_coaching():
    """Coached leaders come to put more weight on the population, whatever they see others do."""
    quiet = {"parameters": {"role_modelling": 0}}
    coached, others = run(with_lever(Lever.COACHING, **quiet)), run(no_turnover(place(**quiet)))
    for name in "ab":
        assert (of_organisation(coached, name, "orientation") > of_organisation(others, name, "orientation")).all()


def test_not_instruction():
    """Those who are instructed are pressed harder, and less likely to ask the population's question."""
    assert all_rise(chances(with_lever(Lever.TOP_DOWN_INSTRUCTION)), chances(no_turnover(place())))


def test_plan_on_a_page():
    """Where delivery has no floor, an agreed plan that nobody owns is never enacted; with trust and owners it is."""
    needy = {"delivery_floor": 0, "opening_trust": 0.9}
    closed, opened = (
        run(with_care(dict.fromkeys("ab", stance), months=36, parameters=needy, **ORDER))
        for stance in ("closed", "open")
    )
    assert agreed(closed) == 1
    assert closed["milestones_value"][-1] == 0
    assert opened["milestones_value"][-1] == 6


def test_owners():
    """What is met without owners saves 0.55 of its value on paper; with them nearly 0.75."""
    closed, opened = (run(with_care(dict.fromkeys("ab", stance), **ORDER)) for stance in ("closed", "open"))
    assert closed["realised"][-1] == pytest.approx(0.55)
    assert 0.7 < opened["realised"][-1] < 0.75


def test_questions_evolve():
    """Those who trust one another are more likely to ask the population's question."""
    low, high = (chances(no_turnover(place(parameters={"opening_trust": each}))) for each in (0.2, 0.8))
    assert all_rise(low, high)


def test_role_models():
    """An organisation comes to put more weight on the population where its partner does, and less where it doesn't."""
    follower, stayed = (
        of_organisation(run(no_turnover(place(events=fixed({"b": stance})))), "a", "orientation")[-1]
        for stance in ("open", "closed")
    )
    assert follower > 0.2 > stayed


def test_menu():
    """Asked from a menu, every organisation is more likely to ask the population's question."""
    assert all_rise(chances(no_turnover(place())), chances(with_lever(Lever.MENU_FRAMING)))


def test_ward_32():
    """While they deliver together, organisations go on saving on their own, and both close the gap."""
    pools = {each: entry | {"efficiency_pool": 5.0} for each, entry in place()["organisations"].items()}
    trajectory = run(no_turnover(place(organisations=pools, months=36, events=fixed({"a": "open", "b": "open"}))))
    assert trajectory["programmes"][-1] > 1
    assert trajectory["efficiency"][-1] > trajectory["efficiency"][0] > 0


def test_attention():
    """An organisation finds less on its own while it delivers."""
    pool = {each: PROVIDERS[each] | {"efficiency_pool": 5.0, "skills": {"care": 0.0}} for each in "ab"}
    open_, closed = (run(with_care(dict.fromkeys("ab", each), parties=pool)) for each in ("open", "closed"))
    assert agreed(open_) < 3
    assert open_["efficiency"][-1] < closed["efficiency"][-1]


def test_acknowledgement():
    """Where the regulator acknowledges the tension, each is more likely to ask the population's question."""
    assert all_rise(chances(no_turnover(place())), chances(with_lever(Lever.REGULATOR_ACKNOWLEDGEMENT)))


def test_grip():
    """Regulators press harder on an organisation that falls behind its plan."""
    pressure = of_organisation(run(no_turnover(place(events=fixed({"a": "closed", "b": "closed"})))), "b", "pressure")
    assert pressure[0] == pytest.approx(0.2)
    assert (pressure[2:] > pressure[1:-1]).all()


def test_savings_already_made():
    """Each month's own saving is less than the last's."""
    found = run(no_turnover(place(programmes={})))["efficiency"]
    months = found[1:] - found[:-1]
    assert (months > 0).all()
    assert (months[1:] < months[:-1]).all()


def test_leading_and_following():
    """The largest leads by custom, the most skilled where leading goes by skill."""
    parties = {
        "a": {"role": "provider", "income": 900.0, "skills": {"care": 0.2}},
        "b": {"role": "provider", "income": 100.0, "skills": {"care": 0.9}},
    }
    for levers, leader in ({}, "a"), ({"lead_by_skill": {"strength": 1}}, "b"):
        subject = with_care({"a": "open", "b": "open"}, parties=parties, levers=levers)
        trajectory = run(subject)
        assert trajectory.axes.organisations[int(trajectory.agreements[0, columns.AGREEMENTS.lead])] == leader


def test_individually_accountable():
    """An organisation that is short of its plan is pressed harder than one that is not, in the same place."""
    parties = {"a": PROVIDERS["a"], "b": PROVIDERS["b"] | {"deficit_share": 0}}
    trajectory = run(with_care({"a": "closed", "b": "closed"}, parties=parties))
    assert of_organisation(trajectory, "a", "pressure")[-1] > 0.25
    assert of_organisation(trajectory, "b", "pressure")[-1] == pytest.approx(0.2)


def test_shared_accountability():
    """One that stands to lose by a programme is not won over by trust, unless it counts the place's gain as its own."""
    unequal = {"a": 1.2, "b": -0.2}
    alone, shared = (
        TrustModel(with_care({"a": "open", "b": "open"}, shares=unequal, levers=levers))
        for levers in ({}, {"shared_accountability": {"strength": 1}})
    )
    brackets = []
    for model in (alone, shared):
        model.convene()
        loser = model.organisations[1]
        brackets.append(loser.stakes_for(loser.memberships[0]))
    assert brackets[0] < 0 < brackets[1]


def test_delivery_builds_trust():
    """A milestone raises trust among those who met it, though nothing else does."""
    trajectory = run(with_care({"a": "open", "b": "open"}, parameters={"meeting": 0}))
    assert trajectory["milestones_value"][-1] == 6
    for pair in ("ab", "ba"):
        assert trust(trajectory, *pair)[-1] > trust(trajectory, *pair)[0] + 0.05


def test_trust_grows():
    """Two who always meet each other with the population's question come to trust one another."""
    trajectory = run(no_turnover(place(programmes={}, events=fixed({"a": "open", "b": "open"}))))
    for pair in ("ab", "ba"):
        assert (trust(trajectory, *pair)[1:] > trust(trajectory, *pair)[:-1]).all()


def test_promises_that_slip():
    """The others trust the lead of a programme less while it cannot deliver; its own trust stays as it was."""
    trajectory = run(with_care({"a": "open", "b": "open"}, skills=0.0, parameters={"meeting": 0}, months=24))
    assert trust(trajectory, "b", "a")[-1] < trust(trajectory, "b", "a")[0]
    assert trust(trajectory, "a", "b")[-1] == trust(trajectory, "a", "b")[0]


def test_neutral_or_win():
    """One for whom a milestone is neutral trusts more for it; not as much more as one who wins by it."""
    trajectory = run(with_care({"a": "open", "b": "open"}, shares={"a": 1.0, "b": 0.0}, parameters={"meeting": 0}))
    winner, neutral = (trust(trajectory, *pair)[-1] - trust(trajectory, *pair)[0] for pair in ("ab", "ba"))
    assert winner > neutral > 0


def test_sovereign_boards():
    """A programme is agreed without one of its three boards, unless that board stands to lose by it."""
    stances, quorum = {"a": "open", "b": "open", "c": "closed"}, {"quorum": 0.55}
    for its_share, agrees in ((0.2, True), (-0.2, False)):
        rest = (1 - its_share) / 2
        subject = with_care(stances, shares={"a": rest, "b": rest, "c": its_share}, parameters=quorum)
        assert (agreed(run(subject)) >= 0) == agrees


def test_gain_share():
    """With gains shared in full nobody loses, and nothing is created."""
    unequal = {"a": 0.9, "b": 0.4, "c": -0.3}
    stances = dict.fromkeys("abc", "open")
    assert shares(with_care(stances, shares=unequal)) == pytest.approx(unequal)
    whole = shares(with_care(stances, shares=unequal, levers={"gain_share": {"strength": 1}}))
    assert min(whole.values()) >= 0
    assert sum(whole.values()) == pytest.approx(1)


def test_my_budget():
    """By tariff a hospital that admits fewer people loses by a programme that saves it cost; by block it gains."""
    kept = {payment: shares(fewer_admissions(payment))["b"] for payment in ("tariff", "block")}
    assert kept["tariff"] < 0 < kept["block"]


def fewer_admissions(payment, **changes):
    """A place whose programme saves its hospital £6m of cost, and moves activity priced at £8m away from it."""
    deal = {"commissioner": "a", "provider": "b", "amount": 80.0, "payment": payment}
    care = {"value": 6.0, "shares": {"a": 0.0, "b": 1.0}, "activity": [{"from": "b", "income": 8.0}]}
    return no_turnover(place(contracts={"deal": deal}, programmes={"care": care}, **changes))


def test_payment_reform():
    """Payment reform in full sets a tariff and a block alike, between what either leaves to the hospital."""
    reformed = {
        payment: shares(fewer_admissions(payment, levers={"payment_reform": {"strength": 1}}))["b"]
        for payment in ("tariff", "block")
    }
    assert reformed["tariff"] == pytest.approx(reformed["block"])
    assert shares(fewer_admissions("tariff"))["b"] < reformed["tariff"] < shares(fewer_admissions("block"))["b"]


def test_win_lose():
    """What one takes from another in a contract is what the other loses: the place has nothing of it."""
    model = after_a_month(no_turnover(place(programmes={}, events=fixed({"a": "open", "b": "closed"}))))
    (contract,) = model.contracts
    loser, winner = (contract.net_shift(member) for member in contract.members)
    assert winner > 0 > loser
    assert winner + loser == 0
    assert model.position == pytest.approx(-model.gap / 12)


def test_celebrate():
    """One who is in no programme comes to trust those who met a milestone, if it is celebrated."""
    organisations = PROVIDERS | {"c": {"role": "commissioner", "income": 100.0, "deficit_share": 1}}
    deal = {"commissioner": "c", "provider": "a", "amount": 80.0, "payment": "shared"}
    care = {"value": 6.0, "shares": {"a": 0.5, "b": 0.5}}
    moved = {}
    for strength in (0, 1):
        subject = no_turnover(
            place(
                organisations=organisations,
                contracts={"deal": deal},
                programmes={"care": care},
                events=fixed({"a": "closed", "b": "open", "c": "closed"}),
                levers={"celebration": {"strength": strength}, "top_down_instruction": {"strength": 1}},
                parameters=EAGER | {"stalemate": 0},
                months=24,
            )
        )
        moved[strength] = trust(run(subject), "c", "a")
    assert moved[0][-1] == moved[0][0]
    assert moved[1][-1] > moved[1][0]


def test_wellbeing():
    """The more a programme does for the population, the likelier each is to ask the population's question of it."""

    def chance_at(benefit):
        care = place()["programmes"]["care"] | {"benefit": benefit}
        found = chances(no_turnover(place(programmes={"care": care})))
        return {key: chance for key, chance in found.items() if key[0] == "care"}

    assert all_rise(chance_at(0.5), chance_at(1.5))


def test_programmes():
    """A programme delivered in full closes the gap by what it is worth, and is delivered in parts."""
    trajectory = run(with_care({"a": "open", "b": "open"}))
    assert sorted(set(trajectory["milestones_value"].tolist())) == [0, 3, 6]
    worth = trajectory["programmes"][-1]
    assert worth > 4
    assert trajectory["gap"][-1] == pytest.approx(trajectory["do_nothing"][-1] - trajectory["efficiency"][-1] - worth)
