"""Warnings: each fact is one sentence, and the scenario can still be run."""

import pytest

from simulation.scenario.loading import load_scenario
from simulation.scenario.oddities import find_oddities
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit

NO_DEFICITS = (
    "organisations: no deficit_share is given, so the gap of £20m in the last month is split by net income:"
    " btuh £6.8m (34%), ccg £6.6m (33%), meht £6.6m (33%)"
)


PLAUSIBLE = (
    VALID.replace("population: 1000", "population: 600000\ntarget: 18")
    .replace("income: 300", "income: 300, efficiency_pool: 1, skills: {frailty: 0.6}")
    .replace("income: 310", "income: 310, efficiency_pool: 1")
    .replace("income: 500", "income: 500, efficiency_pool: 1")
    .replace("frailty: {value: 3", "frailty: {domain: frailty, milestones: 3, set_up_cost: 1, value: 3")
    .replace("surgery: {value: 3", "surgery: {milestones: 3, set_up_cost: 1, value: 3")
)
"""The valid scenario with people enough, a target that its savings can reach, and nothing left out that matters."""


def oddities_after(write: Write, *changes: tuple[str, str]) -> list[str]:
    """Return the warnings about the valid scenario with deficit shares, after parts of its text are replaced."""
    text = PLAUSIBLE.replace("{role: ", "{deficit_share: 1, role: ")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is not there once"
        text = text.replace(old, new)
    return find_oddities(load_scenario(write(text)))


def test_a_plain_scenario_has_no_oddities(write: Write) -> None:
    assert oddities_after(write) == []


def test_the_parts_of_the_gap_are_listed_where_they_are_not_given(write: Write) -> None:
    assert find_oddities(load_scenario(write(PLAUSIBLE))) == [NO_DEFICITS]


ODDITIES = [
    (
        "income: 2}]}",
        "income: 2}], from: 2018-04}",
        "programmes.frailty: is dropped, because it opens in 2018-04, after the last month (2018-03)",
    ),
    (
        "{strength: 0.5}",
        "{strength: 0.5, from: 2018-04}",
        "levers.coaching: a setting never acts, because it starts in 2018-04, after the last month (2018-03)",
    ),
    ("month: 2016-05", "month: 2019-01", "events[0]: breach never happens: 2019-01 is after the last month (2018-03)"),
]


@pytest.mark.parametrize(("old", "new", "said"), ODDITIES)
def test_a_part_without_effect_is_reported(write: Write, old: str, new: str, said: str) -> None:
    assert oddities_after(write, (old, new)) == [said]


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        (
            "genral",
            "organisations.meht.skills.genral: no programme has this field of skill (domain); did you mean general?",
        ),
        ("xyz", "organisations.meht.skills.xyz: no programme has this field of skill (domain)"),
    ],
)
def test_a_skill_that_no_programme_needs_is_reported(write: Write, domain: str, said: str) -> None:
    skilled = ("skills: {frailty: 0.6}", f"skills: {{frailty: 0.6, {domain}: 0.6}}")
    assert oddities_after(write, skilled, ("  surgery: {", "  surgery: {domain: general, ")) == [said]


def test_payment_reform_without_contracts_is_reported(write: Write) -> None:
    contract = "contracts:\n  deal: {commissioner: ccg, provider: meht, amount: 200}\n"
    activity = ", activity: [{from: meht, income: 2}]"
    assert oddities_after(write, (contract, ""), (activity, ""), ("coaching:", "payment_reform:")) == [
        "levers.payment_reform: has no effect, because there are no contracts"
    ]


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ("delivery_floor: 0.15", ["parameters.delivery_floor: 0.15 is outside the usual range, 0 to 0.1"]),
        ("mobilisation: 13", ["parameters.mobilisation: 13 is outside the usual range, 0 to 12"]),
        ("delivery_floor: 0.1", []),
        ("trust_rule: confirmatory", []),
    ],
)
def test_a_parameter_outside_its_range_is_reported(write: Write, parameter: str, said: list[str]) -> None:
    shock = ("size: 0.5}\n", f"size: 0.5}}\nparameters: {{{parameter}}}\n")
    assert oddities_after(write, shock) == said


DEAL = "  deal: {commissioner: ccg, provider: meht, amount: 200}\n"
OTHER = "  other: {commissioner: icb, provider: meht, amount: 50, payment: tariff}\n"
WITH_ICB = ("  ccg: {", "  icb: {deficit_share: 1, role: commissioner, income: 500, efficiency_pool: 1}\n  ccg: {")
MOVE = "{from: meht, income: 2}"
ACTIVITY = [
    (
        [WITH_ICB, (DEAL, DEAL + OTHER)],
        "20% of what meht is paid in contracts comes from commissioners that take no part (icb);"
        " those that do bear the whole move",
    ),
    (
        [
            WITH_ICB,
            (DEAL, DEAL + OTHER),
            (MOVE, f"{MOVE}, {{from: meht, to: btuh, income: 1}}"),
            (OTHER, OTHER + "  b: {commissioner: ccg, provider: btuh, amount: 9}\n"),
        ],
        "20% of what meht is paid in contracts comes from commissioners that take no part (icb);"
        " those that do bear the whole move",
    ),
    (
        [WITH_ICB, (DEAL, OTHER)],
        "no income follows what moves, because no commissioner with a contract to meht takes part; if icb does,"
        " give it a saving of 0 (type 0 for it in Saving in cost)",
    ),
    ([(MOVE, "{from: btuh, income: 2}")], "no income follows what moves from btuh, which has no contract"),
    ([(MOVE, "{from: btuh, to: meht, income: 2}")], "no income follows what moves from btuh, which has no contract"),
    ([(MOVE, "{to: btuh, income: 2}")], "no income follows what moves to btuh, which has no contract"),
    (
        [(MOVE, "{from: meht, to: btuh, income: 2}")],
        "btuh is paid nothing for what moves to it, because it has no contract",
    ),
]


@pytest.mark.parametrize(("changes", "said"), ACTIVITY)
def test_activity_whose_income_does_not_follow_in_full_is_reported(
    write: Write, changes: list[tuple[str, str]], said: str
) -> None:
    assert oddities_after(write, *changes) == [f"programmes.frailty: {said}"]


def test_programmes_of_which_the_same_is_true_share_a_warning(write: Write) -> None:
    surgery = ("shares: {meht: 0.5, btuh: 0.5}}", "shares: {meht: 0.5, btuh: 0.5}, activity: [{to: btuh, income: 1}]}")
    assert oddities_after(write, surgery, (MOVE, "{to: btuh, income: 2}")) == [
        "programmes.frailty, surgery: no income follows what moves to btuh, which has no contract"
    ]


def test_providers_whose_income_does_not_follow_for_the_same_reason_share_a_sentence(write: Write) -> None:
    other = "  other: {commissioner: icb, provider: meht, amount: 50, payment: tariff}\n"
    third = "  third: {commissioner: icb, provider: btuh, amount: 50, payment: tariff}\n"
    changes = [WITH_ICB, (DEAL, other + third), (MOVE, f"{MOVE}, {{from: btuh, income: 1}}")]
    assert oddities_after(write, *changes) == [
        "programmes.frailty: no income follows what moves, because no commissioner with a contract to meht or btuh"
        " takes part; if icb does, give it a saving of 0 (type 0 for it in Saving in cost)"
    ]


def test_sectors_that_differ_in_capitals_alone_are_reported(write: Write) -> None:
    first = ("role: provider, income: 300", "role: provider, sector: Acute, income: 300")
    second = ("role: provider, income: 310", "role: provider, sector: acute, income: 310")
    said = "organisations.btuh.sector: acute and Acute are two sectors, since they are typed differently;"
    assert [each[: len(said)] for each in oddities_after(write, first, second)] == [said]
    assert oddities_after(write, (first[0], first[1].replace("Acute", "acute")), second) == []


def test_fields_of_skill_that_differ_in_capitals_alone_are_reported(write: Write) -> None:
    said = oddities_after(write, ("surgery: {milestones", "surgery: {domain: Frailty, milestones"))
    assert said == [
        "programmes.surgery.domain: Frailty and frailty are two fields of skill, since they are typed differently;"
        " write both the same"
    ]
