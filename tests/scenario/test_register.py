"""The register: every number with its unit, its source and its status, what is assumed first."""

import pytest

from simulation.parameters import TABLE
from simulation.scenario.loading import load_scenario
from simulation.scenario.register import Entry, assumptions_register, count_sources, own_entries, sources_words
from tests.places import SCENARIOS
from tests.scenario.scenario_files import VALID, Write

pytestmark = pytest.mark.unit

EVIDENCE = """\
parameters: {quorum: {value: 0.6, source: judgement of the board, status: assumed}, trust_rule: confirmatory}
plan: {2016-04: {value: 10, status: derived, source: sum of the above}}
target: 0
relationships: {overrides: [{of: meht, in: ccg, trust: 0.3}]}
"""


@pytest.fixture
def register(write: Write) -> list[Entry]:
    text = VALID.replace(
        "income: 300}", "income: {value: 300, unit: £m in 2015/16, source: accounts}, skills: {general: 0.4}}"
    )
    return assumptions_register(load_scenario(write(text + EVIDENCE)))


def test_what_is_assumed_comes_first(register: list[Entry]) -> None:
    order = ["assumed", "structural", "derived", "evidence", "sourced"]
    said = [entry.status for entry in register]
    assert said == sorted(said, key=order.index)
    assert set(said) == {"assumed", "derived", "evidence", "sourced"}


def test_a_number_keeps_what_its_file_says(register: list[Entry]) -> None:
    assert Entry("organisations.meht.income", 300, "£m in 2015/16", "accounts", "sourced") in register
    assert Entry("plan.2016-04", 10, "£m a year", "sum of the above", "derived") in register


@pytest.mark.parametrize(
    "entry",
    [
        Entry("months", 24, "months", None, "assumed"),
        Entry("population", 1000, "people", None, "assumed"),
        Entry("do_nothing.2016-04", 10, "£m a year", None, "assumed"),
        Entry("target", 0, "£m a year", None, "assumed"),
        Entry("organisations.btuh.income", 310, "£m a year", None, "assumed"),
        Entry("organisations.meht.skills.general", 0.4, "0 to 1", None, "assumed"),
        Entry("contracts.deal.amount", 200, "£m a year", None, "assumed"),
        Entry("programmes.frailty.shares.meht", 0.4, "share of value", None, "assumed"),
        Entry("programmes.frailty.value", 3, "£m a year", None, "assumed"),
        Entry("programmes.frailty.activity[0].income", 2, "£m a year", None, "assumed"),
        Entry("relationships.overrides[0].trust", 0.3, "probability", None, "assumed"),
        Entry("levers.coaching.strength", 0.5, "0 to 1", None, "assumed"),
        Entry("events[0].size", 0.5, "share of trust", None, "assumed"),
        Entry("parameters.quorum", 0.6, "co-ownership", "judgement of the board", "assumed"),
        Entry("parameters.trust_rule", "confirmatory", None, None, "assumed"),
    ],
)
def test_units_come_from_the_schema_where_the_file_gives_none(register: list[Entry], entry: Entry) -> None:
    assert entry in register


def test_every_parameter_in_force_is_listed_once(register: list[Entry]) -> None:
    listed = [entry.where for entry in register if entry.where.startswith("parameters.")]
    assert sorted(listed) == sorted(f"parameters.{row.name}" for row in TABLE)


def test_a_parameter_at_its_default_keeps_the_words_of_the_table(register: list[Entry]) -> None:
    (turnover,) = (entry for entry in register if entry.where == "parameters.turnover")
    (row,) = (row for row in TABLE if row.name == "turnover")
    assert turnover == Entry("parameters.turnover", row.default, row.unit, row.source, "evidence")


def test_the_trust_rule_at_its_default_is_structural(write: Write) -> None:
    (rule,) = (e for e in assumptions_register(load_scenario(write(VALID))) if e.where == "parameters.trust_rule")
    assert (rule.value, rule.status) == ("linear", "structural")


def test_a_list_of_settings_is_numbered(write: Write) -> None:
    place = load_scenario(write(VALID.replace("{strength: 0.5}", "[{strength: 0.5}, {strength: 0.6, cost: 2}]")))
    where = [entry.where for entry in assumptions_register(place)]
    assert {"levers.coaching[0].strength", "levers.coaching[1].strength", "levers.coaching[1].cost"} <= set(where)


def test_what_a_file_leaves_out_is_not_listed(register: list[Entry]) -> None:
    assert not [entry for entry in register if "milestones" in entry.where]


def test_savings_in_place_of_shares_are_listed(write: Write) -> None:
    text = VALID.replace(
        "value: 3, shares: {meht: 0.4, ccg: 0.6}", "saves: {meht: {value: 5, source: costing}, ccg: -1}"
    )
    register = assumptions_register(load_scenario(write(text)))
    assert Entry("programmes.frailty.saves.meht", 5, "£m a year", "costing", "sourced") in register
    assert Entry("programmes.frailty.saves.ccg", -1, "£m a year", None, "assumed") in register


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ((), "None of this place’s 3 numbers names a source: take them as assumed."),
        ((0,), "1 of this place’s 3 numbers names a source; take the other 2 as assumed."),
        ((0, 1), "2 of this place’s 3 numbers name a source; take the other 1 as assumed."),
        ((0, 1, 2), "Each of this place’s 3 numbers names a source."),
    ],
)
def test_it_is_said_how_many_numbers_name_a_source(named: tuple[int, ...], said: str) -> None:
    entries = [
        Entry(f"population{each}", 1, None, "accounts" if each in named else None, "assumed") for each in range(3)
    ]
    assert count_sources(entries) == said


def test_the_numbers_of_a_place_are_those_of_its_file_and_not_those_of_the_model() -> None:
    scenario = load_scenario(SCENARIOS / "two-trusts.yaml")
    assert sources_words(scenario) == count_sources(own_entries(scenario))
    assert "None of this place’s 18 numbers" in sources_words(scenario)


def test_a_weight_of_which_only_proportions_count_is_called_one_and_no_share() -> None:
    """Both organisations have 1, which is half of the gap each and not all of it."""
    place = load_scenario(SCENARIOS / "two-trusts.yaml")
    weights = [entry for entry in assumptions_register(place) if entry.where.endswith(".deficit_share")]
    assert [(entry.value, entry.unit) for entry in weights] == [(1.0, "weight, only proportions count")] * 2
    assert [*place.deficit_shares().values()] == [0.5, 0.5]
