"""A scenario written as one file loads back the same; two have the same hash only if they are equal."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from simulation.scenario.json_schema import scenario_json_schema
from simulation.scenario.loading import load_scenario
from simulation.scenario.register import assumptions_register
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_hash, scenario_to_yaml
from tests.examples import slow_examples
from tests.scenario.scenario_files import VALID, Write
from tests.scenario.strategies import scenarios


@cache
def validator() -> Any:
    """Return what checks data by the schema."""
    import jsonschema  # only here: it takes more than a second, which each process that collects tests would pay

    return jsonschema.Draft7Validator(scenario_json_schema())


def load_text(text: str) -> Scenario:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        return load_scenario(path)


@pytest.mark.property
@slow_examples()
@given(scenarios())
def test_any_scenario_loads_back_equal_with_its_sources(data: dict[str, Any]) -> None:
    place = Scenario.model_validate(data)
    again = load_text(scenario_to_yaml(place))
    assert again == place
    assert scenario_hash(again) == scenario_hash(place)
    assert assumptions_register(again) == assumptions_register(place)


@pytest.mark.property
@slow_examples()
@given(scenarios())
def test_any_scenario_is_valid_by_the_json_schema(data: dict[str, Any]) -> None:
    assert [error.message for error in validator().iter_errors(data)] == []


@pytest.mark.unit
def test_the_resolved_scenario_reads_like_a_file(write: Write) -> None:
    write(VALID.replace("income: 300}", "income: {value: 300, unit: £m, source: accounts}}"), "base.yaml")
    place = load_scenario(write("extends: base.yaml\ntitle: 'no'\nlevers: {coaching: null}\n"))
    text = scenario_to_yaml(place, schema="../schema.json")
    assert text.startswith("# yaml-language-server: $schema=../schema.json\ntitle: 'no'\nstart: 2016-04\nmonths: 24\n")
    assert (
        "\n  meht:\n    role: provider\n    income: {value: 300.0, unit: £m, source: accounts, status: sourced}\n"
        in text
    )
    assert "\n    shares: {ccg: 0.6, meht: 0.4}\n" in text
    assert "extends" not in text
    assert "coaching" not in text


@pytest.mark.unit
def test_the_order_of_ids_does_not_change_the_hash(write: Write) -> None:
    lines = VALID.splitlines()
    lines[6:9] = reversed(lines[6:9])
    lines[12:14] = reversed(lines[12:14])
    shuffled = load_scenario(write("\n".join(lines), "b.yaml"))
    assert list(shuffled.organisations) == ["ccg", "btuh", "meht"]
    assert scenario_hash(shuffled) == scenario_hash(load_scenario(write(VALID)))


@pytest.mark.unit
@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("income: 300}", "income: 300.0}", True),
        ("income: 300}", "income: {value: 300}}", True),
        ("income: 300}", "income: 300, efficiency_pool: 0}", True),
        ("{strength: 0.5}", "[{strength: 0.5}]", True),
        ("amount: 200}", "amount: 200, payment: block}", False),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "saves: {meht: 1.2, ccg: 1.8}", False),
        ("income: 300}", "income: 300.1}", False),
        ("income: 300}", "income: {value: 300, source: accounts}}", False),
        ("title: A small place", "title: Another place", False),
    ],
)
def test_the_hash_is_of_what_is_said_and_not_of_how(write: Write, old: str, new: str, same: bool) -> None:
    assert VALID.count(old) == 1
    changed = scenario_hash(load_scenario(write(VALID.replace(old, new), "b.yaml")))
    assert (changed == scenario_hash(load_scenario(write(VALID)))) is same


@pytest.mark.golden
def test_the_hash_of_a_known_scenario(write: Write) -> None:
    assert scenario_hash(load_scenario(write(VALID))) == (
        "5233ecc5e925dcbb6f9df087a69a545bd814e1207f9dbcf6a332e1ee14c1d09c"
    )


@pytest.mark.unit
def test_what_holds_nothing_is_left_out(write: Write) -> None:
    bare = load_scenario(write(VALID.replace("  coaching: {strength: 0.5}\n", "  coaching: []\n  celebration: []\n")))
    empty = "observed: {}\nrelationships: {overrides: []}\nparameters: {}\n"
    same = load_scenario(write(VALID.replace("levers:\n  coaching: {strength: 0.5}\n", empty), "b.yaml"))
    assert scenario_to_yaml(bare) == scenario_to_yaml(same)
    assert scenario_hash(bare) == scenario_hash(same)
    assert bare.levers == {}
    assert same.observed is None


@pytest.mark.unit
def test_dates_and_shares_are_written_in_order(write: Write) -> None:
    text = VALID.replace("{2016-04: 10, 2018-03: 20}", "{2018-03: 20, 2016-04: 10}")
    written = scenario_to_yaml(load_scenario(write(text)))
    assert "do_nothing: {2016-04: 10.0, 2018-03: 20.0}\n" in written
    assert "shares: {btuh: 0.5, meht: 0.5}\n" in written
