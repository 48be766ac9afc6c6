"""A file is loaded as a scenario, or all its mistakes are reported at once."""

from pathlib import Path

import pytest

from simulation.levers import Lever
from simulation.scenario.loading import find_locations, find_problems, load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.vocabulary import EventKind, OpportunityKind, Payment, Role
from tests.scenario.scenario_files import VALID, Complaints, Write

pytestmark = pytest.mark.unit

MISTAKES = """\
title: A place with ten mistakes
start: 2016-04-01
months: 24
population: 1.2 million
do_nothing: {2016-04: 10}
organisations:
  meht: {role: provider, incmoe: 300, income: 275}
  ccg: {role: payer, income: 500}
contracts:
  deal: {commissioner: meht, provider: meht, amount: 1e1, payment: tarif}
programmes:
  frailty: {shares: {meht: 0.4, cgc: 0.6}, value: 3, activity: [{from: ccg, income: 2}]}
  surgery: {shares: {meht: 0.4, ccg: 0.5}, value: 3}
levers:
  coaching: {strength: 50, only: [meht]}
"""


def test_a_valid_file_is_a_scenario(write: Write) -> None:
    place = load_scenario(write(VALID))
    assert place.organisations["ccg"].role is Role.COMMISSIONER
    assert place.opportunities["deal"].kind is OpportunityKind.CONTRACT
    assert place.payment_of("deal") is Payment.BLOCK
    assert place.opportunities["frailty"].kind is OpportunityKind.PROGRAMME
    assert place.levers[Lever.COACHING][0].strength == 0.5
    assert place.events[0].event is EventKind.BREACH
    assert find_problems(write(VALID)) == []


def test_text_and_paths_are_taken(write: Write) -> None:
    path = write(VALID)
    assert load_scenario(str(path)) == load_scenario(Path(path))


def test_many_mistakes_get_a_line_each_that_names_the_location_and_the_fix(complaints: Complaints) -> None:
    assert complaints(MISTAKES) == [
        "a.yaml:2:8: start: this is a full date; write the month as 2016-04 (given: 2016-04-01)",
        'a.yaml:4:13: population: must be a number; write 1200000 (given: "1.2 million")',
        "a.yaml:7:26: organisations.meht.incmoe: unknown field; did you mean income?",
        'a.yaml:8:15: organisations.ccg.role: must be commissioner or provider (given: "payer")',
        'a.yaml:10:40: contracts.deal.provider: must be another organisation than the commissioner (given: "meht")',
        "a.yaml:10:54: contracts.deal.amount: YAML reads this as text; write 10, or put it in quotes (given: 1e1)",
        'a.yaml:10:68: contracts.deal.payment: must be tariff, block or shared (given: "tarif"); did you mean tariff?',
        'a.yaml:12:33: programmes.frailty.shares.cgc: unknown organisation (given: "cgc"); did you mean ccg?',
        "a.yaml:13:21: programmes.surgery.shares: shares must add up to 1 (given: they add up to 0.9)",
        "a.yaml:15:24: levers.coaching.strength: must be at most 1: write 0.5 for 50% (given: 50)",
    ]


def test_the_error_holds_the_problems_of_find_problems(write: Write) -> None:
    path = write(MISTAKES)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert list(caught.value.problems) == find_problems(path)
    assert len(str(caught.value).splitlines()) == 10


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "nowhere.yaml")
    assert str(caught.value) == f"{tmp_path}/nowhere.yaml: no such file"


def test_the_folder_in_which_a_relative_path_was_looked_for_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load_scenario("scenarios/nowhere.yaml")
    assert str(caught.value) == f"scenarios/nowhere.yaml: no such file in {tmp_path}/scenarios"


def test_what_is_loaded_cannot_be_changed(write: Write) -> None:
    place = load_scenario(write(VALID))
    with pytest.raises(TypeError, match="a loaded scenario cannot be changed"):
        place.organisations["new"] = place.organisations["meht"]
    with pytest.raises(ValueError, match="frozen"):
        place.title = "Another"


def test_a_lone_setting_and_a_list_of_one_are_the_same(write: Write) -> None:
    alone = load_scenario(write(VALID))
    listed = load_scenario(write(VALID.replace("{strength: 0.5}", "[{strength: 0.5}]"), "b.yaml"))
    assert alone == listed


@pytest.mark.parametrize(
    ("sector", "payment", "expected"),
    [
        ("", "", Payment.BLOCK),
        ("sector: acute, ", "", Payment.TARIFF),
        ("sector: acute, ", ", payment: shared", Payment.SHARED),
        ("sector: community, ", ", payment: tariff", Payment.TARIFF),
    ],
)
def test_an_acute_provider_is_paid_by_tariff_and_any_other_by_block_unless_said(
    write: Write, sector: str, payment: str, expected: Payment
) -> None:
    text = VALID.replace("meht: {role", f"meht: {{{sector}role").replace("amount: 200", f"amount: 200{payment}")
    assert load_scenario(write(text)).payment_of("deal") is expected


def test_contracts_and_programmes_may_be_left_out(write: Write) -> None:
    before, rest = VALID.split("contracts:")
    contracts, programmes = rest.split("programmes:")
    assert load_scenario(write(f"{before}contracts:{contracts}")).programmes == {}
    assert load_scenario(write(f"{before}programmes:{programmes}")).contracts == {}


def test_net_income_is_what_is_left_of_income_and_at_least_a_tenth(write: Write) -> None:
    assert load_scenario(write(VALID)).net_incomes() == {"btuh": 310, "ccg": 300, "meht": 300}
    spent = load_scenario(write(VALID.replace("amount: 200", "amount: 480")))
    assert spent.net_incomes() == {"btuh": 310, "ccg": 50, "meht": 300}


def test_the_gap_is_shared_as_given_or_else_by_net_income(write: Write) -> None:
    assert load_scenario(write(VALID)).deficit_shares() == {"btuh": 310 / 910, "ccg": 300 / 910, "meht": 300 / 910}
    given = VALID.replace("income: 300}", "income: 300, deficit_share: 3}").replace(
        "income: 310}", "income: 310, deficit_share: 0}"
    )
    shares = load_scenario(write(given.replace("income: 500}", "income: 500, deficit_share: 1}"))).deficit_shares()
    assert shares == {"btuh": 0, "ccg": 0.25, "meht": 0.75}


def test_numbers_are_found_where_the_file_has_them(write: Write) -> None:
    """A date may be written as the financial year that it is the middle of, and a lever's setting without a list."""
    text = VALID.replace("{2016-04: 10, 2018-03: 20}", "{2016/17: 10, 2018-03: 20}")
    paths = [("do_nothing", "2016-10"), ("do_nothing", "2018-03"), ("levers", "coaching", 0, "strength"), ("target",)]
    found = find_locations(write(text), paths)
    assert [each and (each.line, each.column) for each in found] == [(5, 23), (5, 36), (16, 24), None]
