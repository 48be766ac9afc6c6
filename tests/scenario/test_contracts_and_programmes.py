"""Mistakes in contracts, programmes and activity, and in whom a lever or an event names; each is one message."""

import pytest

from simulation.scenario.loading import load_scenario
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

DEAL = "{commissioner: ccg, provider: meht, amount: 200}"
CONTRACTS = [
    (
        "{commissioner: cgc, provider: meth, amount: 200}",
        [
            'a.yaml:11:24: contracts.deal.commissioner: unknown organisation (given: "cgc"); did you mean ccg?',
            'a.yaml:11:39: contracts.deal.provider: unknown organisation (given: "meth"); did you mean meht?',
        ],
    ),
    (
        "{commissioner: cgc, amount: 200}",
        [
            "a.yaml:11:9: contracts.deal.provider: is missing",
            'a.yaml:11:24: contracts.deal.commissioner: unknown organisation (given: "cgc"); did you mean ccg?',
        ],
    ),
    (
        "{commissioner: btuh, provider: meht, amount: 200}",
        ["a.yaml:11:24: contracts.deal.commissioner: must be a commissioner; btuh is a provider"],
    ),
    (
        "{commissioner: meht, provider: ccg, amount: 200}",
        [
            "a.yaml:11:24: contracts.deal.commissioner: must be a commissioner; meht is a provider",
            "a.yaml:11:40: contracts.deal.provider: must be a provider; ccg is a commissioner",
        ],
    ),
    (
        "{commissioner: ccg, provider: ccg, amount: 200}",
        ['a.yaml:11:39: contracts.deal.provider: must be another organisation than the commissioner (given: "ccg")'],
    ),
    (
        "{commissioner: ccg, provider: meht, amount: 200}\n  again: {commissioner: ccg, provider: meht, amount: 1}",
        ["a.yaml:12:3: contracts.again: ccg and meht have a contract already, deal; make one contract of the two"],
    ),
]


@pytest.mark.parametrize(("contract", "said"), CONTRACTS)
def test_a_contract_joins_one_commissioner_and_one_provider(
    complaints_after: Complaints, contract: str, said: list[str]
) -> None:
    assert complaints_after(DEAL, contract) == said


def test_one_commissioner_may_have_contracts_with_several_providers(complaints_after: Complaints) -> None:
    assert complaints_after(DEAL, f"{DEAL}\n  other: {{commissioner: ccg, provider: btuh, amount: 1}}") == []


SAVING = "value: 3, shares: {meht: 0.4, ccg: 0.6}"
SAVINGS = [
    ("value: 3", "12: programmes.frailty.shares: is missing: the part of the saving in cost that falls to each"),
    (
        "shares: {meht: 0.4, ccg: 0.6}",
        "12: programmes.frailty.value: is missing: the saving in cost of all together, in £m a year",
    ),
    ("benefit: 1", "12: programmes.frailty: has no saving; give value and shares, or saves"),
    (
        f"{SAVING}, saves: {{meht: 2, ccg: 1}}",
        "61: programmes.frailty.saves: replaces value and shares; remove it, or value and shares",
    ),
    (
        "value: 3, saves: {meht: 2, ccg: 1}",
        "30: programmes.frailty.saves: replaces value and shares; remove it, or value",
    ),
    (
        "shares: {meht: 0.4, ccg: 0.6}, saves: {meht: 2, ccg: 1}",
        "51: programmes.frailty.saves: replaces value and shares; remove it, or shares",
    ),
    (
        "value: 3, shares: {meht: 0.4, ccg: 0.598}",
        "31: programmes.frailty.shares: shares must add up to 1 (given: they add up to 0.998)",
    ),
    (
        "value: 8.7, shares: {meht: 5.2, ccg: 3.5}",
        "33: programmes.frailty.shares: shares must add up to 1; if these are £m a year, write them as saves, without"
        " value (given: they add up to 8.7)",
    ),
    (
        "value: 3, shares: {meht: 40, ccg: 60}",
        "31: programmes.frailty.shares: shares must add up to 1: write 0.5 for 50% (given: they add up to 100)",
    ),
    (
        "value: 3, shares: {meht: 94, ccg: 6}",
        "31: programmes.frailty.shares: shares must add up to 1: write 0.5 for 50% (given: they add up to 100)",
    ),
    (
        "value: 3, shares: {meht: 10, ccg: 80}",
        "47: programmes.frailty.shares.ccg: must be at most 10 (given: 80)",
    ),
    (
        "saves: {meht: 2, ccg: -2}",
        "20: programmes.frailty.saves: savings must be more than the costs; they must add up to more than 0"
        " (given: they add up to 0)",
    ),
    (
        "saves: {meht: 11, ccg: -10}",
        "27: programmes.frailty.saves.meht: must be at most 10 times what all save together, 1 (given: 11)",
    ),
    (
        "value: 3, shares: {meth: 0.4, ccg: 0.6}",
        '32: programmes.frailty.shares.meth: unknown organisation (given: "meth"); did you mean meht?',
    ),
    (
        "saves: {meth: 4, ccg: 6}",
        '21: programmes.frailty.saves.meth: unknown organisation (given: "meth"); did you mean meht?',
    ),
]


@pytest.mark.parametrize(("saving", "said"), SAVINGS)
def test_a_programme_says_once_what_it_saves(complaints_after: Complaints, saving: str, said: str) -> None:
    assert complaints_after(SAVING, saving) == [f"a.yaml:13:{said}"]


@pytest.mark.parametrize(
    "saving",
    [
        "value: 3, shares: {meht: 0.4004, ccg: 0.6004}",
        "value: 3, shares: {meht: 1, ccg: 0}",
        "saves: {meht: 5, ccg: -1}",
    ],
)
def test_shares_may_miss_the_sum_by_a_thousandth_and_be_nothing_or_a_cost(
    complaints_after: Complaints, saving: str
) -> None:
    assert complaints_after(SAVING, saving) == []


def test_savings_are_the_value_and_its_shares(write: Write) -> None:
    programme = load_scenario(write(VALID.replace(SAVING, "saves: {meht: 5, ccg: -1}"))).programmes["frailty"]
    assert programme.paper_value == 4
    assert programme.cost_shares() == {"ccg": -0.25, "meht": 1.25}


def test_participants_are_in_shares_or_in_activity(write: Write) -> None:
    place = load_scenario(write(VALID.replace("{from: meht, income: 2}", "{from: meht, to: btuh, income: 2}")))
    assert place.programmes["frailty"].participants == ("btuh", "ccg", "meht")
    assert place.programmes["frailty"].cost_shares() == {"btuh": 0, "ccg": 0.6, "meht": 0.4}
    assert place.contracts["deal"].participants == ("ccg", "meht")


MOVE = "{from: meht, income: 2}"
MOVES = [
    (
        "{from: methh, to: bthu, income: 2}",
        [
            '72: programmes.frailty.activity[0].from: unknown organisation (given: "methh"); did you mean meht?',
            '83: programmes.frailty.activity[0].to: unknown organisation (given: "bthu"); did you mean btuh?',
        ],
    ),
    ("{from: [meht], income: 2}", ["72: programmes.frailty.activity[0].from: must be text (given: a list)"]),
    ("{from: ccg, income: 2}", ["72: programmes.frailty.activity[0].from: must be a provider; ccg is a commissioner"]),
    ("{to: ccg, income: 2}", ["70: programmes.frailty.activity[0].to: must be a provider; ccg is a commissioner"]),
    (
        "{from: meht, to: meht, income: 2}",
        [
            "82: programmes.frailty.activity[0].to: must be another provider than the one that it moves from"
            ' (given: "meht")'
        ],
    ),
    (
        "{income: 2}",
        ["65: programmes.frailty.activity[0]: must say which provider it moves from, which it moves to, or both"],
    ),
]


@pytest.mark.parametrize(("move", "said"), MOVES)
def test_activity_moves_from_or_to_providers(complaints_after: Complaints, move: str, said: list[str]) -> None:
    assert complaints_after(MOVE, move) == [f"a.yaml:13:{each}" for each in said]


ONLY = [
    ("coaching", "meht, frailty", "coaching acts on organisations; frailty is a programme"),
    ("coaching", "meht, deal", "coaching acts on organisations; deal is a contract"),
    ("gain_share", "frailty, meht", "gain_share acts on programmes; meht is an organisation"),
    ("gain_share", "frailty, deal", "gain_share acts on programmes; deal is a contract"),
    ("top_down_instruction", "frailty, deal", "top_down_instruction acts on programmes; deal is a contract"),
    ("payment_reform", "deal, frailty", "payment_reform acts on contracts; frailty is a programme"),
    ("menu_framing", "deal, ccg", "menu_framing acts on programmes and contracts; ccg is an organisation"),
    ("coaching", "meht, methh", 'unknown organisation (given: "methh"); did you mean meht?'),
    ("gain_share", "frailty, fraility", 'unknown programme (given: "fraility"); did you mean frailty?'),
    ("payment_reform", "deal, dael", 'unknown contract (given: "dael"); did you mean deal?'),
    ("celebration", "deal, sugery", 'unknown opportunity (given: "sugery"); did you mean surgery?'),
]


@pytest.mark.parametrize(("lever", "only", "said"), ONLY)
def test_a_lever_names_what_it_acts_on(complaints_after: Complaints, lever: str, only: str, said: str) -> None:
    (found,) = complaints_after("coaching: {strength: 0.5}", f"{lever}: {{strength: 0.5, only: [{only}]}}")
    assert found.startswith("a.yaml:16:")
    assert found.endswith(f": levers.{lever}.only[1]: {said}")


def test_a_lever_on_contracts_names_none_where_there_are_none(complaints: Complaints) -> None:
    text = VALID.replace(f"contracts:\n  deal: {DEAL}\n", "").replace(
        "coaching: {strength: 0.5}", "payment_reform: [{strength: 0.5, only: [frailty]}, {strength: 1, only: [deal]}]"
    )
    assert complaints(text) == [
        "a.yaml:14:43: levers.payment_reform[0].only[0]: payment_reform acts on contracts; frailty is a programme",
        'a.yaml:14:75: levers.payment_reform[1].only[0]: unknown contract (given: "deal")',
    ]


@pytest.mark.parametrize(
    ("lever", "kind"), [("coaching", "organisation"), ("gain_share", "programme"), ("payment_reform", "contract")]
)
def test_a_lever_on_nothing_is_refused(complaints_after: Complaints, lever: str, kind: str) -> None:
    (found,) = complaints_after("coaching: {strength: 0.5}", f"{lever}: {{strength: 0.5, only: []}}")
    assert found.endswith(
        f"levers.{lever}.only: must name at least one {kind}, or be left out for all (given: an empty list)"
    )


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("[meht, btuhh]", 'only[1]: unknown organisation (given: "btuhh"); did you mean btuh?'),
        ("[deal]", "only[0]: grip_shock acts on organisations; deal is a contract"),
        ("[]", "only: must name at least one organisation, or be left out for all (given: an empty list)"),
        ("meht", 'only: must be a list (given: "meht")'),
    ],
)
def test_a_grip_shock_names_organisations(complaints_after: Complaints, only: str, said: str) -> None:
    breach = "{event: breach, month: 2016-05, organisation: meht, size: 0.5}"
    (found,) = complaints_after(breach, f"{{event: grip_shock, size: 1, only: {only}}}")
    assert found.startswith("a.yaml:18:")
    assert found.endswith(f": events[0].{said}")
    assert complaints_after(breach, "{event: grip_shock, size: 1, only: [meht, ccg]}") == []


OLD = """\
opportunities:
  frailty: {kind: programme, shares: {meht: 0.4, cgc: 0.5}, milestones: , value: 3, from: 2016-01}
  deal: {kind: contract, shares: {ccg: 0.5, btuh: 0.5}, value: 2, milestones: 3}
"""
FIRST_EDITION = (
    "opportunities: is now two sections, contracts and programmes;"
    " docs/how-to/from-the-first-edition.md says how to convert the file"
)


def test_a_file_of_the_first_edition_gets_one_message(complaints: Complaints) -> None:
    before, rest = VALID.split("contracts:")
    after = "levers:" + rest.split("levers:")[1]
    text = f"{before}{OLD}{after}relationships: {{overrides: [{{of: meht, in: ccg, trust: 0.4}}]}}\n"
    text = text.replace("coaching: {strength: 0.5}", "gain_share: {strength: 0.5, only: [deal, frailty]}")
    assert complaints(text) == [f"a.yaml:10:1: {FIRST_EDITION}"]


def test_a_change_of_the_first_edition_gets_one_message(write: Write, complaints: Complaints) -> None:
    write(VALID, "base.yaml")
    assert complaints("extends: base.yaml\nopportunities: {frailty: {milestones: null}, deal: null}\n") == [
        f"a.yaml:2:1: {FIRST_EDITION}"
    ]


def test_what_is_left_of_the_first_edition_gets_a_message_each(complaints: Complaints) -> None:
    text = VALID.replace(
        "amount: 200}", "amount: 200, kind: contract, value: 2, shares: {ccg: 0.5, meht: 0.5}}"
    ).replace("surgery: {", "surgery: {kind: programme, ")
    assert complaints(text) == [
        "a.yaml:11:58: contracts.deal.kind: no longer exists: every entry of contracts is a contract; remove it",
        "a.yaml:11:74: contracts.deal.value: no longer exists: it follows from amount and the parameter"
        " contract_saving; remove it",
        "a.yaml:11:84: contracts.deal.shares: no longer exists: they follow from payment; remove it",
        "a.yaml:14:13: programmes.surgery.kind: no longer exists: every entry of programmes is a programme; remove it",
    ]


def test_names_are_not_called_unknown_where_a_section_is_missing_or_broken(complaints: Complaints) -> None:
    before, rest = VALID.split("organisations:")
    text = f"{before}contracts:" + rest.split("contracts:")[1].replace("coaching: {", "coaching: {only: [meht], ")
    assert complaints(text) == ["a.yaml:1:1: organisations: is missing"]
    lever = VALID.replace("coaching: {", "gain_share: {only: [frailty], ")
    broken = lever.split("programmes:")[0] + "programmes: [frailty]\nlevers:" + lever.split("levers:")[1]
    assert complaints(broken) == [
        "a.yaml:12:13: programmes: must be a mapping of names to values (given: a list)",
    ]
