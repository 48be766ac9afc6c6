"""Contradictions, reported together with what the schema finds."""

import re
from hashlib import blake2b

import pytest

from simulation.scenario.checks import find_contradictions
from simulation.scenario.loading import load_scenario
from simulation.scenario.references import find_collisions, subject_digest
from simulation.scenario.schema import Scenario
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

EVENT = "  - {event: breach, month: 2016-05, organisation: meht, size: 0.5}\n"

CONTRADICTIONS = [
    (
        "income: 300}",
        "income: 300, deficit_share: 1}",
        "a.yaml:8:9: organisations.btuh.deficit_share: is missing: give each organisation's part of the gap (0 if it"
        " has none), or no part at all"
        " (given: missing for btuh, ccg)",
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, from: 2017-01, until: 2017-01}",
        'a.yaml:16:51: levers.coaching.until: must be after the first month, 2017-01 (given: "2017-01")',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, until: 2016-04}",
        'a.yaml:16:36: levers.coaching.until: must be after the start, 2016-04 (given: "2016-04")',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, from: 2015-01}",
        'a.yaml:16:35: levers.coaching.from: is before the start, 2016-04 (given: "2015-01")',
    ),
    (
        "coaching: {strength: 0.5}",
        "coaching: {strength: 0.5, until: 2015-01}",
        'a.yaml:16:36: levers.coaching.until: is before the start, 2016-04 (given: "2015-01")',
    ),
    (
        "month: 2016-05",
        "month: 2016-03",
        'a.yaml:18:28: events[0].month: is before the start, 2016-04 (given: "2016-03")',
    ),
    (
        "income: 2}]}",
        "income: 2}], from: 2016-03}",
        'a.yaml:13:97: programmes.frailty.from: is before the start, 2016-04 (given: "2016-03")',
    ),
    (
        "organisation: meht, size",
        "organisation: mehtt, size",
        'a.yaml:18:51: events[0].organisation: unknown organisation (given: "mehtt"); did you mean meht?',
    ),
    (
        EVENT,
        "  - {event: grip_shock, size: 1, from: 2016-06, until: 2016-05}\n",
        'a.yaml:18:56: events[0].until: must be after the first month, 2016-06 (given: "2016-05")',
    ),
    (
        EVENT,
        "  - {event: fixed_stance, organisation: meht, stance: institutional}\n"
        "  - {event: fixed_stance, organisation: meht, stance: population_first, from: 2017-01}\n",
        "a.yaml:19:55: events[1].stance: contradicts event 1 of the list: meht cannot be institutional"
        " and population_first in the same month",
    ),
    (
        "  surgery: {",
        "  btuh: {",
        "a.yaml:14:3: programmes.btuh: is the id of an organisation too; give it another",
    ),
    (
        "  surgery: {",
        "  deal: {",
        "a.yaml:14:3: programmes.deal: is the id of a contract too; give it another",
    ),
    (
        "  deal: {",
        "  ccg: {",
        "a.yaml:11:3: contracts.ccg: is the id of an organisation too; give it another",
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
        "15: relationships.overrides[0]: they share no programme or contract, so there is no relationship; remove it"
        " (given: btuh in ccg)",
    ),
]


@pytest.mark.parametrize(("override", "said"), OVERRIDES)
def test_opening_trust_between_whom(complaints: Complaints, override: str, said: str) -> None:
    assert complaints(f"{VALID}relationships:\n  overrides: [{override}]\n") == [f"a.yaml:20:{said}"]


def test_opening_trust_given_twice(complaints: Complaints) -> None:
    both = "    - {of: meht, in: ccg, trust: 0.4}\n"
    assert complaints(f"{VALID}relationships:\n  overrides:\n{both}{both}") == [
        "a.yaml:22:7: relationships.overrides[1]: is given twice: entry 1 of the list has it too; remove one"
        " (given: meht in ccg)"
    ]


def test_trust_is_directed(complaints: Complaints) -> None:
    both = "    - {of: meht, in: ccg, trust: 0.4}\n    - {of: ccg, in: meht, trust: 0.5}\n"
    assert complaints(f"{VALID}relationships:\n  overrides:\n{both}") == []


@pytest.mark.parametrize(
    "together",
    [
        "programmes: {care: {value: 3, shares: {meht: 0.5, btuh: 0.5}, activity: [{from: nelft, income: 1}]}}",
        "programmes: {care: {saves: {nelft: 3, btuh: 0}}}",
        "contracts: {deal: {commissioner: ccg, provider: nelft, amount: 1}}",
    ],
)
def test_opening_trust_is_between_any_two_participants(complaints: Complaints, together: str) -> None:
    other = "ccg" if "ccg" in together else "btuh"
    text = (
        VALID.split("organisations:")[0]
        + "organisations:\n"
        + "".join(f"  {each}: {{role: provider, income: 1}}\n" for each in ("meht", "btuh", "nelft"))
        + "  ccg: {role: commissioner, income: 1}\n"
        + f"{together}\nrelationships: {{overrides: [{{of: nelft, in: {other}, trust: 0.4}}]}}\n"
    )
    assert complaints(text) == []
    assert (
        len(complaints(text.replace(f"in: {other}, trust", f"in: {'meht' if other == 'ccg' else 'ccg'}, trust"))) == 1
    )


SMALL = VALID.split("organisations:")[0]


def test_too_few_organisations_and_nothing_to_do_together(complaints: Complaints) -> None:
    assert complaints(f"{SMALL}organisations: {{meht: {{role: provider, income: 1}}}}\nprogrammes: {{}}\n") == [
        "a.yaml:6:16: organisations: must name at least two organisations (given: 1)",
        "a.yaml:7:13: programmes: must name at least one programme, unless there is a contract (given: 0)",
    ]
    assert complaints(VALID.split("contracts:")[0]) == [
        "a.yaml:1:1: programmes: must name at least one programme, unless there is a contract (given: 0)"
    ]


@pytest.mark.parametrize("cut", ["contracts:.*(?=programmes:)", "programmes:.*(?=levers:)"])
def test_programmes_alone_or_contracts_alone_are_enough(complaints: Complaints, cut: str) -> None:
    assert complaints(re.sub(cut, "", VALID, flags=re.DOTALL)) == []


def test_something_must_open_before_the_end(complaints: Complaints) -> None:
    late = VALID.replace("value: 3", "from: 2018-04, value: 3")
    assert complaints(late) == []
    without = re.sub("contracts:.*(?=programmes:)", "", late, flags=re.DOTALL)
    assert complaints(without) == ["a.yaml:11:3: programmes: at least one must open before the simulation ends"]
    assert complaints(without.replace("2018-04", "2018-03")) == []


def test_deficit_shares_that_are_all_nothing(complaints: Complaints) -> None:
    found = complaints(VALID.replace("role: ", "deficit_share: 0, role: "))
    assert found == ["a.yaml:7:3: organisations: the part of the gap (deficit_share) must be above 0 for at least one"]


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


def test_ids_whose_digests_collide_are_refused() -> None:
    subjects = {"meht": ("organisations", "meht"), "a\x1fmeht": ("programmes", "a")}
    assert list(find_collisions(subjects)) == []
    (found,) = find_collisions(subjects, digest=lambda _: b"same")
    assert str(found) == "programmes.a: would get the same random draws as meht; change the id"


def test_digest_is_64_bits_of_blake2b() -> None:
    assert subject_digest("meht") == blake2b(b"meht", digest_size=8).digest()


GARBAGE = {"organisations": 3, "contracts": [2], "programmes": "a", "levers": [1], "events": {"a": 1}}


@pytest.mark.parametrize("garbage", [None, 3, "text", [], GARBAGE])
def test_checks_pass_over_garbage(garbage: object) -> None:
    assert list(find_contradictions(garbage)) == []


def test_a_scenario_built_in_python_is_checked_too(write: Write) -> None:
    data = load_scenario(write(VALID)).model_dump(by_alias=True, exclude_none=True)
    data["programmes"]["frailty"]["shares"]["meht"] = 0.9
    with pytest.raises(ValueError, match=r"programmes\.frailty\.shares: shares must add up to 1"):
        Scenario.model_validate(data)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        (
            "unowned_realisation: 0.8, owned_realisation: 0.7",
            "35: parameters.unowned_realisation: must be at most owned_realisation, which is 0.7 (given: 0.8)",
        ),
        (
            "unowned_realisation: 0.8",
            "35: parameters.unowned_realisation: must be at most owned_realisation, which is 0.75, its default"
            " (given: 0.8)",
        ),
        (
            "owned_realisation: 0.5",
            "33: parameters.owned_realisation: must be at least unowned_realisation, which is 0.55, its default"
            " (given: 0.5)",
        ),
    ],
)
def test_unowned_work_is_not_worth_more_than_owned(complaints: Complaints, parameters: str, said: str) -> None:
    assert complaints(f"{VALID}parameters: {{{parameters}}}\n") == [f"a.yaml:19:{said}"]
    assert complaints(f"{VALID}parameters: {{unowned_realisation: 0.6, owned_realisation: 0.6}}\n") == []


@pytest.mark.parametrize(
    "event", ["cost_shock, month: 2016-05", "grip_shock", "breach, month: 2016-05, organisation: meht"]
)
def test_no_event_has_a_size_below_nothing(complaints: Complaints, event: str) -> None:
    (said,) = complaints(VALID.replace(EVENT, f"  - {{event: {event}, size: -0.1}}\n"))
    assert said.endswith("events[0].size: must be at least 0 (given: -0.1)")
