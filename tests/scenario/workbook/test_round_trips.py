"""Nothing is lost on the way to a workbook and back, for any scenario."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from simulation.scenario.loading import load_scenario
from simulation.scenario.replicate_systems import replicate_systems
from simulation.scenario.schema import Scenario
from tests.examples import slow_examples
from tests.scenario.scenario_files import Write
from tests.scenario.strategies import scenarios
from tests.scenario.workbook.round_trips import assert_same, through_a_workbook

SCENARIOS = sorted(Path("scenarios").glob("*.yaml"))


@pytest.mark.unit
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_shipped_scenarios_come_back_equal(path: Path) -> None:
    scenario = load_scenario(path)
    assert_same(through_a_workbook(scenario), scenario)


@pytest.mark.unit
def test_the_small_scenario_to_start_from_comes_back_equal(write: Write) -> None:
    starter = files("simulation.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    scenario = load_scenario(write(starter.replace("TITLE", "A place", 1)))
    assert_same(through_a_workbook(scenario), scenario)


@pytest.mark.unit
def test_a_place_of_three_systems_comes_back_equal() -> None:
    scenario = replicate_systems(load_scenario("scenarios/mid-south-essex.yaml"), 3, title="Three systems")
    assert_same(through_a_workbook(scenario), scenario)


@pytest.mark.property
@slow_examples()
@given(scenarios())
def test_any_scenario_comes_back_equal(data: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(data)
    assert_same(through_a_workbook(scenario), scenario)


TRICKY = """\
title: "=1+1"
description: "  two lines,\\n\\tthen a bell \\x07, a return \\r, _x0041_ and 🏥 "
start: 2016-04
months: 36
population: {value: 999999999999, low: 1, high: 1000000000000}
do_nothing: {2018-03: -0.0, 2016-04: 1.0e-7, 2015-10: {value: 0.30000000000000004, source: "@accounts"}}
plan: {2016-04: 999999.9999999999}
target: {value: 5, unit: " ", source: " ", status: derived}
organisations:
  "007": {role: provider, income: 300, name: "1e6", sector: "-", skills: {"7": 0.5, " ": {value: 0.1, source: a}}}
  "1e5": {role: provider, income: 310, name: "008", skills: {"TRUE": 0, "true": 1, a b: 0.2, a_b: 0.3}}
  "TRUE": {role: commissioner, income: 500, lead_capacity: {value: 4, source: "+b"}}
  "true": {role: commissioner, income: 500}
programmes:
  2016-04: {value: 3, shares: {"TRUE": -0.6, "007": {value: 1.6, low: 1.5, high: 1.7}}, domain: "TRUE"}
  both: {saves: {"007": 0, "1e5": {value: 3, source: c}}, activity: [{to: "007", income: 2}, {from: "1e5", income: 3}]}
  twice: {saves: {"007": 1, "TRUE": 1}, activity: [{to: "007", income: 2}, {from: "1e5", income: {value: 3, unit: d}}]}
contracts:
  Note: {commissioner: "TRUE", provider: "007", amount: 200, title: Notes}
levers:
  menu_framing:
    - {strength: {value: 1, source: e}, only: [2016-04, Note]}
    - {strength: {value: 0, source: f}, until: 2017-04}
  coaching: {strength: 0.5, ramp: 3, cost: {value: 0, status: derived}}
events:
  - {event: breach, month: 2016-05, organisation: "1e5", size: {value: 0.5, source: g}}
  - {event: breach, month: 2016-05, organisation: "007", size: {value: 0.5, source: h}}
  - {event: leader_change, month: 2016-05, organisation: "007"}
  - {event: cost_shock, month: 2016-05, size: 3}
  - {event: grip_shock, size: 1, from: 2016-05, until: 2016-06, only: ["007", "1e5"]}
  - {event: fixed_stance, organisation: "007", stance: population_first, until: 2017-04}
relationships:
  overrides:
    - {of: "007", in: "1e5", trust: {value: 0.5, source: i}}
    - {of: "007", in: "TRUE", trust: {value: 0.4, source: j}}
parameters: {trust_rule: confirmatory, opening_trust: {value: 0.4, low: 0.3, high: 0.5}, mobilisation: 3}
observed:
  gap: {2017-01: 3, 2016-04: {value: 2, source: k}}
  outturns:
    - {organisations: ["007", "1e5"], by_year: {2017/18: {value: -3, source: l}, 2016/17: 1}, title: "A 2"}
    - {organisations: ["007"], by_year: {2017/18: {value: -3, source: m}}, title: A}
    - {organisations: ["007"], by_year: {2018/19: {value: -3, source: p}}, title: A}
    - {organisations: ["1e5"], by_year: {2018/19: {value: -3, source: o}}}
"""


@pytest.mark.unit
def test_a_place_full_of_tricky_entries_comes_back_equal(write: Write) -> None:
    scenario = load_scenario(write(TRICKY))
    assert_same(through_a_workbook(scenario), scenario)


@pytest.mark.unit
def test_a_large_place_with_a_source_for_each_saving_comes_back_equal() -> None:
    names = [f"org{number}" for number in range(60)]
    scenario = Scenario.model_validate(
        {
            "title": "A large place",
            "start": "2026-04",
            "months": 36,
            "population": 3_000_000,
            "do_nothing": {"2026-04": 100},
            "organisations": {name: {"role": "provider", "income": {"value": 90, "source": name}} for name in names},
            "programmes": {
                f"programme{number}": {"saves": {name: {"value": 0.5, "source": f"costing {number}"} for name in names}}
                for number in range(80)
            },
        }
    )
    assert_same(through_a_workbook(scenario), scenario)
