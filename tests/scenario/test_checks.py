"""Contradictions, reported together with what the schema finds; and parts that have no effect."""

from hashlib import blake2b

import pytest

from simulation.scenario.checks import find_contradictions
from simulation.scenario.loading import load_scenario
from simulation.scenario.oddities import find_oddities
from simulation.scenario.references import find_collisions, subject_digest
from simulation.scenario.schema import Scenario
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

EVENT = "  - {event: breach, month: 2016-05, organisation: meht, size: 0.5}\n"

CONTRADICTIONS = [
    (
        "{meht: 0.4, ccg: 0.6}",
        "{meht: 0.4, ccg: 0.5}",
        "a.yaml:11:38: opportunities.frailty.shares: shares must add up to 1 (given: they add up to 0.9)",
    ),
    (
        "{meht: 0.4, ccg: 0.6}",
        "{meth: 0.4, ccg: 0.6}",
        'a.yaml:11:39: opportunities.frailty.shares.meth: unknown organisation (given: "meth"); did you mean meht?',
    ),
    (
        "income: 300}",
        "income: 300, deficit_share: 1}",
        "a.yaml:8:9: organisations.btuh.deficit_share: is missing: give deficit_share for all organisations or for none"
        " (given: missing for btuh, ccg)",
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, only: [meht, frailty]}",
        "a.yaml:14:42: levers.coaching.only[1]: coaching acts on organisations; frailty is an opportunity",
    ),
    (
        "coaching: {strength: 0.5}",
        "gain_share: {strength: 0.5, only: [meht]}",
        "a.yaml:14:38: levers.gain_share.only[0]: gain_share acts on opportunities; meht is an organisation",
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: [{strength: 0.5, only: [methh]}]",
        'a.yaml:14:37: levers.coaching[0].only[0]: unknown organisation (given: "methh"); did you mean meht?',
    ),
    (
        "coaching: {strength: 0.5}",
        "gain_share: {strength: 0.5, only: [fraility]}",
        'a.yaml:14:38: levers.gain_share.only[0]: unknown opportunity (given: "fraility"); did you mean frailty?',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, only: []}",
        "a.yaml:14:35: levers.coaching.only: must name at least one organisation, or be left out for all"
        " (given: an empty list)",
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, from: 2017-01, until: 2017-01}",
        'a.yaml:14:51: levers.coaching.until: must be after from, 2017-01 (given: "2017-01")',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, until: 2016-04}",
        'a.yaml:14:36: levers.coaching.until: must be after the start, 2016-04 (given: "2016-04")',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, from: 2015-01}",
        'a.yaml:14:35: levers.coaching.from: is before the start, 2016-04 (given: "2015-01")',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, until: 2015-01}",
        'a.yaml:14:36: levers.coaching.until: is before the start, 2016-04 (given: "2015-01")',
    ),
    (
        "month: 2016-05",
        "month: 2016-03",
        'a.yaml:16:28: events[0].month: is before the start, 2016-04 (given: "2016-03")',
    ),
    (
        "value: 3}\n  surgery",
        "value: 3, from: 2016-03}\n  surgery",
        'a.yaml:11:77: opportunities.frailty.from: is before the start, 2016-04 (given: "2016-03")',
    ),
    (
        "organisation: meht, size",
        "organisation: mehtt, size",
        'a.yaml:16:51: events[0].organisation: unknown organisation (given: "mehtt"); did you mean meht?',
    ),
    (
        EVENT,
        "  - {event: grip_shock, size: 1, from: 2016-06, until: 2016-05}\n",
        'a.yaml:16:56: events[0].until: must be after from, 2016-06 (given: "2016-05")',
    ),
    (
        EVENT,
        "  - {event: fixed_stance, organisation: meht, stance: institutional}\n"
        "  - {event: fixed_stance, organisation: meht, stance: population_first, from: 2017-01}\n",
        "a.yaml:17:55: events[1].stance: contradicts events[0]: meht cannot be institutional and population_first"
        " in the same month",
    ),
    (
        "  surgery: {",
        "  btuh: {",
        "a.yaml:12:3: opportunities.btuh: is the id of an organisation too; give it another",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), CONTRADICTIONS)
def test_contradiction_is_reported_with_location_and_fix(
    complaints_after: Complaints, old: str, new: str, said: str
) -> None:
    assert complaints_after(old, new) == [said]


OVERRIDES = [
    (
        "{of: methh, in: ccg, trust: 0.4}",
        '20: relationships.overrides[0].of: unknown organisation (given: "methh"); did you mean meht?',
    ),
    (
        "{of: meht, in: cgc, trust: 0.4}",
        '30: relationships.overrides[0].in: unknown organisation (given: "cgc"); did you mean ccg?',
    ),
    (
        "{of: meht, in: meht, trust: 0.4}",
        '30: relationships.overrides[0].in: must be another organisation than the one that trusts (given: "meht")',
    ),
    (
        "{of: btuh, in: ccg, trust: 0.4}",
        "15: relationships.overrides[0]: they share no opportunity, so there is no relationship; remove it"
        " (given: btuh in ccg)",
    ),
]


@pytest.mark.parametrize(("override", "said"), OVERRIDES)
def test_opening_trust_between_whom(complaints: Complaints, override: str, said: str) -> None:
    assert complaints(f"{VALID}relationships:\n  overrides: [{override}]\n") == [f"a.yaml:18:{said}"]


def test_opening_trust_given_twice(complaints: Complaints) -> None:
    both = "    - {of: meht, in: ccg, trust: 0.4}\n"
    assert complaints(f"{VALID}relationships:\n  overrides:\n{both}{both}") == [
        "a.yaml:20:7: relationships.overrides[1]: is given twice: relationships.overrides[0] has it too; remove one"
        " (given: meht in ccg)"
    ]


def test_trust_is_directed(complaints: Complaints) -> None:
    both = "    - {of: meht, in: ccg, trust: 0.4}\n    - {of: ccg, in: meht, trust: 0.5}\n"
    assert complaints(f"{VALID}relationships:\n  overrides:\n{both}") == []


def test_too_few_organisations_or_opportunities(complaints: Complaints) -> None:
    text = VALID.split("organisations:")[0] + "organisations: {meht: {role: provider, income: 1}}\nopportunities: {}\n"
    assert complaints(text) == [
        "a.yaml:6:16: organisations: must name at least two organisations (given: 1)",
        "a.yaml:7:16: opportunities: must name at least one opportunity (given: 0)",
    ]


def test_something_must_open_before_the_end(complaints: Complaints) -> None:
    assert complaints(VALID.replace("value: 3}", "value: 3, from: 2018-04}")) == [
        "a.yaml:11:3: opportunities: at least one must open before the simulation ends"
    ]
    assert complaints(VALID.replace("value: 3}", "value: 3, from: 2018-03}")) == []


def test_deficit_shares_that_are_all_nothing(complaints: Complaints) -> None:
    found = complaints(VALID.replace("role: ", "deficit_share: 0, role: "))
    assert found == ["a.yaml:7:3: organisations: deficit_share must be above 0 for at least one organisation"]


@pytest.mark.parametrize(
    "second",
    ["stance: institutional", "stance: population_first, from: 2017-01", "stance: population_first, until: 2016-05"],
)
def test_stances_that_do_not_meet_are_no_contradiction(complaints: Complaints, second: str) -> None:
    text = (
        "  - {event: fixed_stance, organisation: meht, stance: institutional, from: 2016-05, until: 2017-01}\n"
        f"  - {{event: fixed_stance, organisation: meht, {second}}}\n"
    )
    assert complaints(VALID.replace(EVENT, text)) == []


def test_dates_of_paths_may_lie_before_the_start(complaints: Complaints) -> None:
    text = VALID.replace("{2016-04: 10,", "{2015-04: 10,") + "plan: {2015-04: 3}\nobserved: {gap: {2015-04: 3}}\n"
    assert complaints(text) == []


def test_a_share_may_miss_the_sum_by_a_thousandth(complaints_after: Complaints) -> None:
    assert complaints_after("{meht: 0.4, ccg: 0.6}", "{meht: 0.4004, ccg: 0.6004}") == []


def test_ids_whose_digests_collide_are_refused() -> None:
    subjects = {"meht": ("organisations", "meht"), "a\x1fmeht": ("opportunities", "a", "shares", "meht")}
    assert list(find_collisions(subjects)) == []
    (found,) = find_collisions(subjects, digest=lambda _: b"same")
    assert str(found) == "opportunities.a.shares.meht: would get the same random draws as meht; change the id"


def test_digest_is_64_bits_of_blake2b() -> None:
    assert subject_digest("meht") == blake2b(b"meht", digest_size=8).digest()


@pytest.mark.parametrize("garbage", [None, 3, "text", [], {"organisations": 3, "levers": [1], "events": {"a": 1}}])
def test_checks_pass_over_garbage(garbage: object) -> None:
    assert list(find_contradictions(garbage)) == []


def test_a_scenario_built_in_python_is_checked_too(write: Write) -> None:
    data = load_scenario(write(VALID)).model_dump(by_alias=True)
    data["opportunities"]["frailty"]["shares"]["meht"] = 0.9
    with pytest.raises(ValueError, match=r"opportunities\.frailty\.shares: shares must add up to 1"):
        Scenario.model_validate(data)


ODDITIES = [
    (
        "value: 3}\n  surgery",
        "value: 3, from: 2018-04}\n  surgery",
        "opportunities.frailty: is dropped, because it opens in 2018-04, after the last month (2018-03)",
    ),
    (
        "{strength: 0.5}",
        "{strength: 0.5, from: 2018-04}",
        "levers.coaching: a setting never acts, because it starts in 2018-04, after the last month (2018-03)",
    ),
    ("month: 2016-05", "month: 2019-01", "events[0]: breach never happens: 2019-01 is after the last month (2018-03)"),
    (
        "income: 300}",
        "income: 300, skills: {genral: 0.6}}",
        "organisations.meht.skills.genral: no opportunity is in this domain; did you mean general?",
    ),
    (
        "income: 300}",
        "income: 300, skills: {xyz: 0.6}}",
        "organisations.meht.skills.xyz: no opportunity is in this domain",
    ),
    ("kind: contract,", "kind: contract, reach: 3,", "opportunities.surgery.reach: has no effect on a contract"),
    (
        "kind: contract,",
        "kind: contract, milestones: 3,",
        "opportunities.surgery.milestones: has no effect on a contract",
    ),
    (
        "kind: contract,",
        "kind: contract, set_up_cost: 3,",
        "opportunities.surgery.set_up_cost: has no effect on a contract",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), ODDITIES)
def test_oddity_is_reported(write: Write, old: str, new: str, said: str) -> None:
    assert find_oddities(load_scenario(write(VALID.replace(old, new)))) == [said]


def test_a_plain_scenario_has_no_oddities(write: Write) -> None:
    assert find_oddities(load_scenario(write(VALID))) == []
