"""What-if changes in one line: levers, parameters, events and contracts, checked where they are written."""

import warnings
from datetime import date

import numpy as np
import pytest

from simulation import load_scenario, run_ensemble, with_contracts, with_events, with_levers, with_parameters
from simulation.levers import Lever
from simulation.scenario.entries import Breach, Setting
from simulation.vocabulary import EventKind
from tests.places import SCENARIOS, place, scenario

pytestmark = pytest.mark.unit

PLACE = scenario(
    place(
        levers={"coaching": {"strength": 0.2}, "celebration": {"strength": 1}},
        events=[{"event": "leader_change", "month": "2020-05", "organisation": "b"}],
    )
)


BREACH = Breach(event=EventKind.BREACH, month="2020-06", organisation="a", size=0.3)


def written(**changes):
    """The same place with changes that its file makes."""
    levers = {"coaching": {"strength": 0.2}, "celebration": {"strength": 1}}
    events = [{"event": "leader_change", "month": "2020-05", "organisation": "b"}]
    return scenario(place(**{"levers": levers, "events": events} | changes))


@pytest.mark.parametrize(
    ("use", "in_file"),
    [
        (0.5, {"strength": 0.5}),
        (np.float32(0.5), {"strength": 0.5}),
        (1, {"strength": 1}),
        ((0.5, "2020-06"), {"strength": 0.5, "from": "2020-06"}),
        ((0.5, date(2020, 6, 1)), {"strength": 0.5, "from": "2020-06"}),
        ((0.5, "2020-06", "2020-09"), {"strength": 0.5, "from": "2020-06", "until": "2020-09"}),
        ((0.5, None, "2020-09"), {"strength": 0.5, "until": "2020-09"}),
        ((0.5, None, None, 6, 1.5, ("a",)), {"strength": 0.5, "ramp": 6, "cost": 1.5, "only": ["a"]}),
        ({"strength": 0.5, "only": "B"}, {"strength": 0.5, "only": ["b"]}),
        (Setting(strength=0.5, only=("b",)), {"strength": 0.5, "only": ["b"]}),
        ({"strength": 0.5, "from": "2020-06"}, {"strength": 0.5, "from": "2020-06"}),
        ([0.5, (1, "2020-06")], [{"strength": 0.5}, {"strength": 1, "from": "2020-06"}]),
        ((Setting(strength=0.5), Setting(strength=1)), [{"strength": 0.5}, {"strength": 1}]),
    ],
)
def test_a_lever_is_what_a_file_would_make_of_it(use, in_file):
    changed = with_levers(PLACE, coaching=use)
    assert changed.levers == written(levers={"coaching": in_file, "celebration": {"strength": 1}}).levers


COACHED = written(levers={"coaching": {"strength": 0.5, "ramp": 6, "cost": 1.6, "only": ["a"], "from": "2020-06"}})


@pytest.mark.parametrize(
    ("use", "strength", "changes"),
    [
        (0.2, 0.2, {}),
        ((0.2, "2020-08"), 0.2, {"from": "2020-08"}),
        ((0.2, None, "2020-09"), 0.2, {"until": "2020-09"}),
        ({"cost": 3}, 0.5, {"cost": 3.0}),
        ({"strength": 1, "from": None, "only": None}, 1, {"from": None, "only": None}),
    ],
)
def test_what_is_not_given_of_a_lever_in_use_stays_as_it_is(use, strength, changes):
    before = {"ramp": 6, "cost": 1.6, "only": ["a"], "from": "2020-06"}
    expected = {name: value for name, value in (before | changes).items() if value is not None}
    changed = with_levers(COACHED, coaching=use)
    assert changed.levers == written(levers={"coaching": {"strength": strength, **expected}}).levers


@pytest.mark.parametrize("use", [Setting(strength=0.2), [0.2], [Setting(strength=0.2)]])
def test_a_setting_or_a_list_takes_the_place_of_all_that_a_lever_has(use):
    assert with_levers(COACHED, coaching=use).levers == {Lever.COACHING: (Setting(strength=0.2),)}


def test_a_lever_with_several_settings_is_not_changed_by_a_strength():
    twice = written(levers={"coaching": [{"strength": 0.2}, {"strength": 1, "from": "2020-06"}]})
    with pytest.raises(ValueError, match=r"coaching: has 2 settings in this place.*give all that it shall have as a"):
        with_levers(twice, coaching=0.5)
    assert with_levers(twice, coaching=[0.5]).levers == {Lever.COACHING: (Setting(strength=0.5),)}


def test_a_title_says_what_was_changed_and_each_thing_once():
    titled = written().model_copy(update={"title": "Essex, no joint action"})
    coached = with_levers(titled, coaching=(0.5, "2020-06"))
    assert coached.title == "Essex, coaching at 0.5 from Jun 2020"
    assert with_levers(coached, coaching=1).title == "Essex, coaching at 1 from Jun 2020"
    assert with_levers(coached, coaching=None).title == "Essex, no coaching"
    averse = with_parameters(titled, loss_ratio=3)
    assert averse.title == "Essex, no joint action, weight of losses relative to gains 3"
    assert with_parameters(averse, loss_ratio=2).title == "Essex, no joint action, weight of losses relative to gains 2"
    left = with_events(coached, leader_change=("2020-12", "a"))
    assert left.title == "Essex, coaching at 0.5 from Jun 2020, leader change Dec 2020 a"
    assert with_events(left, leader_change=None).title == "Essex, coaching at 0.5 from Jun 2020, no leader change"


def test_what_changes_nothing_leaves_the_place_as_it_is():
    place = written(levers={"coaching": {"strength": 0.5}})
    assert with_levers(place, coaching=0.5) is place
    assert with_parameters(place, loss_ratio=None) is place
    assert with_events(place, breach=None) is place
    assert with_contracts(PAYING, only="home", payment=None) is PAYING


def test_no_two_changes_of_a_place_have_one_title():
    every = dict.fromkeys(Lever, 1)
    uses = [{"coaching": 0.5}, {"coaching": 1}, {"coaching": (1, "2020-06")}, {"coaching": {"strength": 1, "cost": 2}}]
    uses += [{"coaching": {"strength": 1, "only": [each]}} for each in ("a", "b")]
    uses += [{**every, lever: strength} for lever in Lever for strength in (0.25, 0.75)]
    changed = [with_levers(written(), **use) for use in uses]
    changed += [with_parameters(each, loss_ratio=ratio) for each in changed[-2:] for ratio in (2, 3)]
    titles = {each.title for each in changed}
    assert len(titles) == len(changed)
    assert max(map(len, titles)) < 150


def test_a_place_may_be_given_by_the_path_of_its_file():
    path = SCENARIOS / "two-trusts.yaml"
    for changed in (with_levers(path, coaching=1), with_parameters(str(path), loss_ratio=3), with_events(path)):
        assert changed.population == load_scenario(path).population
    with pytest.raises(TypeError, match=r"must be a Scenario or the path of its file \(given: 3\)"):
        with_levers(3, coaching=1)


def test_programmes_and_contracts_are_named_by_id_or_title():
    titled = scenario(
        place(programmes={"care": {"title": "Care at home", "value": 6.0, "shares": {"a": 0.6, "b": 0.4}}})
    )
    changed = with_levers(titled, gain_share={"strength": 1, "only": ["care at home"]})
    assert changed.levers[Lever.GAIN_SHARE][0].only == ("care",)


def test_other_levers_stay_and_none_removes_one():
    assert set(with_levers(PLACE, coaching=None, gain_share=1).levers) == {Lever.CELEBRATION, Lever.GAIN_SHARE}
    assert set(PLACE.levers) == {Lever.COACHING, Lever.CELEBRATION}


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({"coching": 1}, "with_levers: coching: unknown lever; did you mean coaching?"),
        ({"coching": None}, "with_levers: coching: unknown lever; did you mean coaching?"),
        ({"training": 1}, "with_levers: training: unknown lever; there are superordinate_goal, coaching, "),
        ({"coaching": 50}, "with_levers: coaching.strength: must be at most 1: write 0.5 for 50% (given: 50)"),
        ({"coaching": "50%"}, "with_levers: coaching.strength: must be a number"),
        ({"coaching": True}, "with_levers: coaching.strength: must be a number (given: true)"),
        ({"coaching": float("nan")}, "with_levers: coaching.strength: must be a finite number"),
        ({"coaching": ()}, "with_levers: coaching.strength: is missing"),
        ({"coaching": (1, 12)}, "coaching.from: must be a month written YYYY-MM, such as 2020-04 (given: 12)"),
        ({"coaching": (1, "2020")}, "coaching.from: must be a month written YYYY-MM, such as 2015-12"),
        ({"coaching": (1, "2019-12")}, 'coaching.from: is before the start, 2020-04 (given: "2019-12")'),
        ({"coaching": (1, "2021-04")}, 'coaching.from: is after the last month, 2021-03 (given: "2021-04")'),
        ({"coaching": [0, (50, "2020-06")]}, "with_levers: coaching[1].strength: must be at most 1"),
        ({"coaching": Setting(strength=1, only=("c",))}, 'coaching.only[0]: unknown organisation (given: "c")'),
        ({"coaching": (1, None, None, 1, 0, ("a",), 3)}, "takes strength, from, until, ramp, cost, only, in this"),
    ],
)
def test_a_mistake_in_a_lever_is_reported_where_it_is_written(levers, words):
    with pytest.raises(ValueError, match="with_") as error:
        with_levers(PLACE, **levers)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_every_mistake_has_a_line():
    with pytest.raises(ValueError, match="with_") as error:
        with_levers(PLACE, coching=1, gain_share=20)
    assert str(error.value).splitlines() == [
        "with_levers: coching: unknown lever; did you mean coaching?",
        "with_levers: gain_share.strength: must be at most 1: write 0.5 for 50% (given: 20)",
    ]


def test_parameters_are_changed_and_the_others_stay():
    before = with_parameters(PLACE, exposure=0.3)
    changed = with_parameters(before, loss_ratio=np.int64(3), trust_rule="confirmatory")
    expected = written(parameters={"exposure": 0.3, "loss_ratio": 3.0, "trust_rule": "confirmatory"})
    assert changed.parameters == expected.parameters
    assert changed.levers is PLACE.levers
    assert with_parameters(changed, exposure=None, loss_ratio=None, trust_rule=None).parameters == PLACE.parameters


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"loss_ration": 3}, "with_parameters: loss_ration: unknown parameter; did you mean loss_ratio?"),
        ({"loss_ration": None}, "with_parameters: loss_ration: unknown parameter; did you mean loss_ratio?"),
        ({"speed": 3}, "with_parameters: speed: unknown parameter; the table in docs/model.md names them"),
        ({"loss_ratio": 300}, "with_parameters: loss_ratio: must be at most 5 (given: 300)"),
        ({"quorum": 50}, "with_parameters: quorum: must be at most 1: write 0.5 for 50% (given: 50)"),
        ({"trust_rule": "linea"}, "with_parameters: trust_rule: must be linear or confirmatory"),
        ({"owned_realisation": 0.1}, "with_parameters: owned_realisation: must be at least unowned_realisation"),
    ],
)
def test_a_mistake_in_a_parameter_is_reported_where_it_is_written(values, words):
    with pytest.raises(ValueError, match="with_") as error:
        with_parameters(PLACE, **values)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_value_outside_its_usual_range_is_warned_of_where_it_is_written():
    with pytest.warns(UserWarning, match=r"^with_parameters: loss_ratio: 4\.5 is outside the usual range, ") as caught:
        unusual = with_parameters(PLACE, loss_ratio=4.5)
    assert (len(caught), caught[0].filename) == (1, __file__)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with_parameters(unusual, exposure=0.3)
        with_parameters(unusual, loss_ratio=None)


def test_a_place_that_theory_pushed_past_the_limits_can_still_be_changed():
    beyond = scenario(place(), turnover=0.0, loss_ratio=50.0)
    changed = with_levers(with_parameters(beyond, exposure=0.3), coaching=0.5)
    assert (changed.parameters.loss_ratio, changed.parameters.exposure) == (50.0, 0.3)


def test_events_are_added():
    changed = with_events(
        PLACE,
        leader_change=("2020-06", "a"),
        cost_shock=[("2020-06", 5), ("2020-09", np.float64(2))],
        breach={"month": "2020-07", "organisation": "b", "size": 0.3},
        grip_shock=(1, "2020-06", "2020-09"),
        fixed_stance=("a", "institutional"),
    )
    expected = written(
        events=[
            {"event": "leader_change", "month": "2020-05", "organisation": "b"},
            {"event": "leader_change", "month": "2020-06", "organisation": "a"},
            {"event": "cost_shock", "month": "2020-06", "size": 5.0},
            {"event": "cost_shock", "month": "2020-09", "size": 2.0},
            {"event": "breach", "month": "2020-07", "organisation": "b", "size": 0.3},
            {"event": "grip_shock", "size": 1.0, "from": "2020-06", "until": "2020-09"},
            {"event": "fixed_stance", "organisation": "a", "stance": "institutional"},
        ]
    )
    assert changed.events == expected.events
    assert with_events(PLACE, cost_shock=changed.events[2]).events[-1] == changed.events[2]
    assert with_events(changed, leader_change=None).events == changed.events[2:]


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ({"leader_chang": ("2020-06", "a")}, "leader_chang: unknown kind of event; did you mean leader_change?"),
        ({"leaves": ("2020-06", "a")}, 'takes part is fixed_stance=(organisation, "institutional", month)'),
        ({"strike": ("2020-06", "a")}, "strike: unknown kind of event; there are breach, leader_change, "),
        ({"leader_change": ("2020-06", "c")}, "leader_change: unknown organisation 'c'; there are a, b"),
        ({"leader_change": ("a", "2020-06")}, "leader_change: the month comes first: month, organisation"),
        ({"leader_change": ("2021-06", "a")}, "leader_change.month: is after the last month, 2021-03"),
        ({"leader_change": ("2020-06", "a", 3)}, "leader_change: takes month, organisation, in this order"),
        ({"breach": ("2020-06", "a")}, "with_events: breach.size: is missing"),
        ({"breach": [("2020-06", "a", 0.1), ("2020-06", "a", 30)]}, "with_events: breach[1].size: must be at most 1"),
        ({"leader_change": BREACH}, "with_events: leader_change.size: unknown field"),
        ({"fixed_stance": ("a", "instituional")}, "did you mean institutional?"),
    ],
)
def test_a_mistake_in_an_event_is_reported_where_it_is_written(events, words):
    with pytest.raises(ValueError, match="with_") as error:
        with_events(PLACE, **events)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


DEALS = {
    "acute": {"title": "Hospital care", "commissioner": "a", "provider": "b", "amount": 80.0, "payment": "tariff"},
    "home": {"commissioner": "a", "provider": "c", "amount": 20.0},
    "other": {"commissioner": "d", "provider": "b", "amount": 10.0, "payment": "shared"},
}
PAYING = scenario(
    place(
        organisations={
            "a": {"role": "commissioner", "income": 150.0, "name": "Hill Council"},
            "b": {"role": "provider", "income": 200.0, "name": "Riverside Hospital"},
            "c": {"role": "provider", "income": 50.0, "name": "Hill Community Trust"},
            "d": {"role": "commissioner", "income": 100.0},
        },
        contracts=DEALS,
    )
)


@pytest.mark.parametrize(
    ("which", "chosen"),
    [
        ({}, {"acute", "home", "other"}),
        ({"only": "home"}, {"home"}),
        ({"only": ("home", "hospital care")}, {"home", "acute"}),
        ({"provider": "Riverside"}, {"acute", "other"}),
        ({"provider": ["Riverside", "hill"]}, {"acute", "home", "other"}),
        ({"commissioner": "hill"}, {"acute", "home"}),
        ({"commissioner": "a", "provider": "hill"}, {"home"}),
        ({"only": ["acute", "home"], "provider": "b"}, {"acute"}),
    ],
)
def test_contracts_are_chosen_by_id_title_or_side(which, chosen):
    expected = {name: entry | ({"payment": "block"} if name in chosen else {}) for name, entry in DEALS.items()}
    changed = with_contracts(PAYING, payment="block", **which)
    assert changed.contracts == PAYING.model_validate(PAYING.model_dump() | {"contracts": expected}).contracts
    which = "all contracts" if len(chosen) == len(DEALS) else " and ".join(name for name in DEALS if name in chosen)
    assert changed.title == f"A made-up place, payment block in {which}"


def test_amount_and_payment_of_a_contract_change_and_none_takes_payment_back_to_what_it_is_if_left_out():
    changed = with_contracts(PAYING, only="acute", amount=np.float64(90), payment=None)
    assert (float(changed.contracts["acute"].amount), changed.contracts["acute"].payment) == (90.0, None)
    assert changed.payment_of("acute") == "block"
    assert changed.contracts["home"] is PAYING.contracts["home"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"paymnt": "block"}, "with_contracts: paymnt: unknown field; did you mean payment?"),
        ({"speed": 3}, "with_contracts: speed: unknown field; there are payment, amount, title"),
        ({"payment": "blok"}, 'must be tariff, block or shared (given: "blok"); did you mean block?'),
        ({"payment": "PbR"}, "payment by activity is tariff here"),
        ({"amount": 0}, "with_contracts: amount: must be more than 0 (given: 0)"),
        ({"amount": None}, "with_contracts: amount: is missing"),
        ({}, "with_contracts: says nothing that changes; give payment, amount or title"),
        ({"payment": "block", "provider": []}, "with_contracts: provider: must name at least one provider, or be left"),
        ({"payment": "block", "provider": 3}, "with_contracts: provider: "),
        ({"payment": "block", "only": "hom"}, "only: unknown contract 'hom'; did you mean home?"),
        ({"payment": "block", "only": ["Hospital car"]}, "unknown contract 'Hospital car'; did you mean acute?"),
        ({"payment": "block", "only": 3}, "only: unknown contract 3; there are acute, home, other"),
        ({"payment": "block", "only": []}, "only: must name at least one contract, or be left out for all"),
        ({"payment": "block", "provider": "d"}, "with_contracts: provider: d is a commissioner"),
        ({"payment": "block", "commissioner": "Seaside"}, "commissioner: unknown organisation 'Seaside'; there are"),
        (
            {"payment": "block", "commissioner": "d", "provider": "c"},
            "no contract that is named is of d and c; of d or c there are home, other",
        ),
    ],
)
def test_a_mistake_in_a_contract_is_reported_once_where_it_is_written(given, words):
    with pytest.raises(ValueError, match="with_") as error:
        with_contracts(PAYING, **given)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_contracts_of_a_place_without_any_or_with_one_title_twice_are_reported():
    with pytest.raises(ValueError, match="with_contracts: this place has no contracts"):
        with_contracts(scenario(place(contracts={})), payment="block")
    twice = with_contracts(PAYING, title="Care")
    with pytest.raises(ValueError, match="only: 'care' is the title of acute, home and other; give the id"):
        with_contracts(twice, only="care", payment="block")


def test_a_changed_place_runs_as_one_whose_file_says_so():
    changed = with_events(with_parameters(with_levers(PLACE, coaching=(1, "2020-08")), loss_ratio=3), breach=None)
    changed = with_contracts(changed, commissioner="a", payment="block")
    from_file = written(
        levers={"coaching": {"strength": 1, "from": "2020-08"}, "celebration": {"strength": 1}},
        parameters={"loss_ratio": 3.0},
        contracts={"deal": {"commissioner": "a", "provider": "b", "amount": 80.0, "payment": "block"}},
    )
    gaps = [run_ensemble(each, replicates=3, seed=1, engine="mesa")["gap"] for each in (changed, from_file)]
    assert (gaps[0] == gaps[1]).all()


NAMED = scenario(
    place(
        organisations={
            "a": {"role": "commissioner", "income": 100.0, "name": "Riverside Council"},
            "b": {"role": "provider", "income": 200.0, "name": "Riverside Hospital"},
            "c": {"role": "provider", "income": 50.0, "name": "Community Trust, Hill"},
            "d": {"role": "provider", "income": 50.0},
        }
    )
)


@pytest.mark.parametrize(
    ("name", "found"),
    [("b", "b"), ("Riverside Hospital", "b"), ("riverside h", "b"), ("Community", "c"), ("hill", "c"), ("D", "d")],
)
def test_an_organisation_is_found_by_id_or_name(name, found):
    assert NAMED.organisation_id(name) == found
    assert NAMED.organisation(name) is NAMED.organisations[found]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "Riverside",
            r"'Riverside' may be a \(Riverside Council\) or b \(Riverside Hospital\); write more of the name",
        ),
        ("Comunity", r"unknown organisation 'Comunity'; did you mean c \(Community Trust, Hill\)\?"),
        ("Seaside-on-sea", r"unknown organisation 'Seaside-on-sea'; there are a, b, c, d"),
        ("", "unknown organisation ''; there are"),
        (3, "unknown organisation 3; there are"),
    ],
)
def test_an_organisation_that_is_not_found_is_reported_with_those_that_may_be_meant(name, words):
    for look_up in (NAMED.organisation, NAMED.organisation_id, NAMED.sector_of):
        with pytest.raises(ValueError, match=words):
            look_up(name)


def test_a_sector_is_that_of_an_organisation_found_by_id_or_name():
    assert [NAMED.sector_of(each) for each in ("a", "riverside h", "Hill")] == ["commissioner", "provider", "provider"]


def test_how_a_contract_pays_is_asked_by_its_id_or_title():
    titled = with_contracts(PAYING, only="acute", title="Care of adults")
    for written in ("acute", "Care of adults", "care of ADULTS"):
        assert titled.payment_of(written) is titled.payment_of("acute")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("acut", r"^unknown contract 'acut'; did you mean acute\?$"),
        ("Care of adult", r"^unknown contract 'Care of adult'; did you mean acute\?$"),
        ("x", "^unknown contract 'x'; there are acute, home, other$"),
        (3, "^unknown contract 3; there are"),
        (None, "^unknown contract None; there are"),
        (["acute"], r"^unknown contract \['acute'\]; there are"),
    ],
)
def test_a_contract_that_is_not_found_is_reported_with_the_one_that_may_be_meant(name, words):
    with pytest.raises(ValueError, match=words):
        with_contracts(PAYING, only="acute", title="Care of adults").payment_of(name)
    with pytest.raises(ValueError, match=r"^unknown contract 'x'; this place has none$"):
        scenario(place(contracts={})).payment_of("x")
