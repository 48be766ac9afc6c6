"""The mistakes in one field: location and message, each in a file that is otherwise valid."""

import pytest

from tests.scenario.scenario_files import VALID, Complaints

pytestmark = pytest.mark.unit

MISTAKES = [
    ("title: A small place\n", "", "a.yaml:1:1: title: is missing"),
    ("title: A small place", "title: 3", "a.yaml:1:8: title: must be text; put it in quotes (given: 3)"),
    ("title: A small place", "title: [a]", "a.yaml:1:8: title: must be text (given: a list)"),
    ("title: A small place", "title: ''", 'a.yaml:1:8: title: must not be empty (given: "")'),
    (
        "start: 2016-04",
        "start: 2016-4",
        'a.yaml:2:8: start: must be a month written YYYY-MM, such as 2015-12; write 2016-04 (given: "2016-4")',
    ),
    (
        "start: 2016-04",
        "start: 2016-04-01",
        "a.yaml:2:8: start: this is a full date; write the month as 2016-04 (given: 2016-04-01)",
    ),
    ("months: 24", "months: 24.5", "a.yaml:3:9: months: must be a whole number (given: 24.5)"),
    ("months: 24", "months: 0", "a.yaml:3:9: months: must be at least 1 (given: 0)"),
    ("months: 24", 'months: "24"', 'a.yaml:3:9: months: must be a number; write 24 (given: "24")'),
    ("months: 24", "months: true", "a.yaml:3:9: months: must be a whole number (given: true)"),
    ("months: 24", "months: two years", 'a.yaml:3:9: months: must be a whole number (given: "two years")'),
    ("population: 1000", "population: 1,000", 'a.yaml:4:13: population: must be a number; write 1000 (given: "1,000")'),
    (
        "{2016-04: 10, 2018-03: 20}",
        "{2016-4: 10, 2018-03: 20}",
        "a.yaml:5:14: do_nothing.2016-4: must be a month written YYYY-MM, such as 2015-12, or a financial year, such as"
        " 2015/16; write 2016-04",
    ),
    ("{2016-04: 10, 2018-03: 20}", "{}", "a.yaml:5:13: do_nothing: must name at least one month (given: 0)"),
    ("{2016-04: 10, 2018-03: 20}", "20", "a.yaml:5:13: do_nothing: must be a mapping of names to values (given: 20)"),
    (
        "{2016-04: 10, 2018-03: 20}",
        "{2016-04: £94m}",
        'a.yaml:5:23: do_nothing.2016-04: must be a number; write 94 (given: "£94m")',
    ),
    (
        "{strength: 0.5}",
        "{strength: 50}",
        "a.yaml:16:24: levers.coaching.strength: must be at most 1: write 0.5 for 50% (given: 50)",
    ),
    ("{strength: 0.5}", "{strength: 4}", "a.yaml:16:24: levers.coaching.strength: must be at most 1 (given: 4)"),
    ("{role: provider, income: 300}", "{role: provider}", "a.yaml:7:9: organisations.meht.income: is missing"),
    (
        "{role: provider, income: 300}",
        "{role: provdier, income: 300}",
        "a.yaml:7:16: organisations.meht.role: must be commissioner or provider"
        ' (given: "provdier"); did you mean provider?',
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: 300, incomes: 3}",
        "a.yaml:7:39: organisations.meht.incomes: unknown field; did you mean income?",
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: .inf}",
        "a.yaml:7:34: organisations.meht.income: must be a finite number (given: inf)",
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: lots}",
        'a.yaml:7:34: organisations.meht.income: must be a number (given: "lots")',
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: {value: -300, source: x}}",
        "a.yaml:7:42: organisations.meht.income.value: must be more than 0 (given: -300)",
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: {source: x}}",
        "a.yaml:7:34: organisations.meht.income.value: is missing",
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: {value: 3, sorce: x}}",
        "a.yaml:7:45: organisations.meht.income.sorce: unknown field; did you mean source?",
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: {value: 3, status: guessed}}",
        'a.yaml:7:53: organisations.meht.income.status: must be sourced, derived or assumed (given: "guessed")',
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: {value: 3, source: 12}}",
        "a.yaml:7:53: organisations.meht.income.source: must be text; put it in quotes (given: 12)",
    ),
    (
        "{role: provider, income: 300}",
        "{role: provider, income: 300, lead_capacity: 2.5}",
        "a.yaml:7:54: organisations.meht.lead_capacity: must be a whole number (given: 2.5)",
    ),
    (
        "{role: provider, income: 300}",
        "provider",
        'a.yaml:7:9: organisations.meht: must be a mapping of names to values (given: "provider")',
    ),
    (
        "shares: {meht: 0.4, ccg: 0.6}",
        "shares: {ccg: 1}",
        "a.yaml:13:31: programmes.frailty.shares: must name at least two organisations (given: 1)",
    ),
    (
        "value: 3, shares: {meht: 0.4, ccg: 0.6}",
        "saves: {ccg: 1}",
        "a.yaml:13:20: programmes.frailty.saves: must name at least two organisations (given: 1)",
    ),
    (
        "shares: {meht: 0.4, ccg: 0.6}",
        "shares: {meht: 11, ccg: -10}",
        "a.yaml:13:38: programmes.frailty.shares.meht: must be at most 10 (given: 11)",
    ),
    (
        "shares: {meht: 0.4, ccg: 0.6}",
        "from_: 2016-05, shares: {meht: 0.4, ccg: 0.6}",
        "a.yaml:13:23: programmes.frailty.from_: unknown field; did you mean from?",
    ),
    (
        "from: meht, income: 2}",
        "from: meht, incom: 1, income: 2}",
        "a.yaml:13:78: programmes.frailty.activity[0].incom: unknown field; did you mean income?",
    ),
    (
        "from: meht, income: 2}",
        "from: meht, income: 0}",
        "a.yaml:13:86: programmes.frailty.activity[0].income: must be more than 0 (given: 0)",
    ),
    (
        "from: meht, income: 2}",
        "from: meht}",
        "a.yaml:13:65: programmes.frailty.activity[0].income: is missing",
    ),
    (
        "[{from: meht, income: 2}]",
        "{from: meht, income: 2}",
        "a.yaml:13:64: programmes.frailty.activity: must be a list (given: a mapping)",
    ),
    ("amount: 200", "amount: -1", "a.yaml:11:53: contracts.deal.amount: must be more than 0 (given: -1)"),
    (", amount: 200", "", "a.yaml:11:9: contracts.deal.amount: is missing"),
    (
        "amount: 200",
        "amount: 200, paymnt: block",
        "a.yaml:11:58: contracts.deal.paymnt: unknown field; did you mean payment?",
    ),
    (
        "amount: 200",
        "amount: 200, payment: tarif",
        'a.yaml:11:67: contracts.deal.payment: must be tariff, block or shared (given: "tarif"); did you mean tariff?',
    ),
    (
        "contracts:",
        "contract:",
        "a.yaml:10:1: contract: unknown field; did you mean contracts?",
    ),
    (
        "coaching: {strength: 0.5}",
        "coachng: {strength: 0.5}",
        "a.yaml:16:3: levers.coachng: unknown lever; did you mean coaching?",
    ),
    ("{strength: 0.5}", "{strength: 1.5}", "a.yaml:16:24: levers.coaching.strength: must be at most 1 (given: 1.5)"),
    (
        "{strength: 0.5}",
        "[{strength: 0.5}, {strength: 1.5}]",
        "a.yaml:16:42: levers.coaching[1].strength: must be at most 1 (given: 1.5)",
    ),
    ("{strength: 0.5}", "{ramp: 3}", "a.yaml:16:13: levers.coaching.strength: is missing"),
    (
        "{strength: 0.5}",
        "{strength: 0.5, rmp: 3}",
        "a.yaml:16:29: levers.coaching.rmp: unknown field; did you mean ramp?",
    ),
    (
        "{strength: 0.5}",
        "[{strength: 0.5, rmp: 3}]",
        "a.yaml:16:30: levers.coaching[0].rmp: unknown field; did you mean ramp?",
    ),
    (
        "{strength: 0.5}",
        "0.5",
        "a.yaml:16:13: levers.coaching: must be a setting, such as {strength: 0.5}, or a list of settings (given: 0.5)",
    ),
    (
        "{strength: 0.5}",
        "{strength: 0.5, only: meht}",
        'a.yaml:16:35: levers.coaching.only: must be a list (given: "meht")',
    ),
    (
        "event: breach",
        "event: breech",
        "a.yaml:18:13: events[0].event: must be breach, leader_change, cost_shock, grip_shock or fixed_stance"
        ' (given: "breech"); did you mean breach?',
    ),
    (
        "event: breach, month",
        "month",
        "a.yaml:18:5: events[0].event: is missing: breach, leader_change, cost_shock, grip_shock or fixed_stance",
    ),
    ("size: 0.5}", "size: 2}", "a.yaml:18:63: events[0].size: must be at most 1 (given: 2)"),
    ("size: 0.5}", "szie: 0.5}", "a.yaml:18:5: events[0].size: is missing"),
    ("size: 0.5}", "size: 0.5, until: 2017-01}", "a.yaml:18:68: events[0].until: unknown field"),
    ("size: 0.5}", "size: 0.5, sizes: 1}", "a.yaml:18:68: events[0].sizes: unknown field; did you mean size?"),
    ("size: 0.5}", "size: 0.5, breach: 1}", "a.yaml:18:68: events[0].breach: unknown field"),
    (
        "  meht: {role",
        "  m.e.h.t: {role: provider, income: 1}\n  meht: {role",
        "a.yaml:7:3: organisations.m.e.h.t: must be made of letters, digits, - and _ only",
    ),
    (
        "  meht: {role",
        "  no: {role: provider, income: 1}\n  meht: {role",
        "a.yaml:7:3: organisations.no: YAML reads this as true or false; put it in quotes (given: no)",
    ),
    ("title: A small place", "tilte: B\ntitle: A", "a.yaml:1:1: tilte: unknown field; did you mean title?"),
    ("title: A small place", "'[key]': B\ntitle: A", "a.yaml:1:1: [key]: unknown field"),
    ("title: A small place", "'#bare': B\ntitle: A", "a.yaml:1:1: #bare: unknown field"),
    ("title: A small place", "extend: B\ntitle: A", "a.yaml:1:1: extend: unknown field; did you mean extends?"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_mistake_is_reported_with_location_and_fix(complaints_after: Complaints, old: str, new: str, said: str) -> None:
    found = complaints_after(old, new)
    assert said in found
    assert len(found) == (2 if "szie" in new else 1)


ADDED = [
    ("parameters: {qurum: 0.6}", "a.yaml:19:14: parameters.qurum: unknown parameter; did you mean quorum?"),
    ("parameters: {exposure: 3}", "a.yaml:19:24: parameters.exposure: must be at most 2 (given: 3)"),
    ("parameters: {lead_capacity: 0}", "a.yaml:19:29: parameters.lead_capacity: must be at least 1 (given: 0)"),
    (
        "parameters: {instruction_months: 1.5}",
        "a.yaml:19:34: parameters.instruction_months: must be a whole number (given: 1.5)",
    ),
    (
        "parameters: {trust_rule: liner}",
        'a.yaml:19:26: parameters.trust_rule: must be linear or confirmatory (given: "liner"); did you mean linear?',
    ),
    ("parameters: [quorum]", "a.yaml:19:13: parameters: must be a mapping of names to values (given: a list)"),
    ("observed: {gpa: {2016-04: 1}}", "a.yaml:19:12: observed.gpa: unknown field; did you mean gap?"),
    ("relationships: {override: []}", "a.yaml:19:17: relationships.override: unknown field; did you mean overrides?"),
    (
        "relationships: {overrides: [{of: meht, on: btuh, trust: 0.4}]}",
        "a.yaml:19:40: relationships.overrides[0].on: YAML reads this as true or false; put it in quotes (given: on)",
    ),
    (
        "relationships: {overrides: [{of: meht, in: btuh, trust: 4}]}",
        "a.yaml:19:57: relationships.overrides[0].trust: must be at most 1 (given: 4)",
    ),
]


@pytest.mark.parametrize(("line", "said"), ADDED)
def test_mistake_in_an_added_part(complaints: Complaints, line: str, said: str) -> None:
    assert said in complaints(f"{VALID}{line}\n")


def test_a_trap_is_one_problem_and_not_two(complaints_after: Complaints) -> None:
    assert complaints_after("months: 24", "months: 1e2") == [
        "a.yaml:3:9: months: YAML reads this as text; write 100, or put it in quotes (given: 1e2)"
    ]


def test_a_trap_among_shares_says_nothing_of_their_sum(complaints_after: Complaints) -> None:
    assert complaints_after("{meht: 0.4, ccg: 0.6}", "{meht: 00.4, ccg: 06}") == [
        "a.yaml:13:49: programmes.frailty.shares.ccg: YAML reads a leading 0 as octal; write 6, or put it in quotes"
        " (given: 06)"
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "{opening_trust_same_sector: 0.5}",
            "opening_trust_same_sector: is now same_sector_premium, the difference from opening_trust, such as 0.1",
        ),
        (
            "{entry_orientation: 0.2}",
            "entry_orientation: no longer exists: a new leader has the organisation's opening orientation; remove it",
        ),
        (
            "{shortfall_unit: 0.1}",
            "shortfall_unit: no longer exists: a shortfall is always counted in tenths of income; remove it",
        ),
        (
            "{realisation_mean: 0.6}",
            "realisation_mean: is now two parameters, owned_realisation and unowned_realisation",
        ),
    ],
)
def test_a_parameter_of_the_first_edition_is_reported_with_its_replacement(
    complaints: Complaints, line: str, said: str
) -> None:
    assert complaints(f"{VALID}parameters: {line}\n") == [f"a.yaml:19:14: parameters.{said}"]


def test_a_share_that_a_comma_cuts_in_two_is_one_mistake(complaints_after: Complaints) -> None:
    (said,) = complaints_after("{meht: 0.4, ccg: 0.6}", "{meht: 0,4, ccg: 0.6}")
    assert said.endswith("a comma separates entries here, so this is not one number; write 0.4 (given: 0,4)")
