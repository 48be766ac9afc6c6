"""The schema that editors use: current, in step with the loader, and lenient where a file extends another."""

import json
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.json_schema import scenario_json_schema
from tests.scenario.scenario_files import VALID

ROOT = Path(__file__).parents[2]
SCHEMA = scenario_json_schema()
NEGATIVE = {"exclusiveMinimum": -1e-300, "exclusiveMaximum": 0}


@cache
def validator() -> Any:
    """Return what checks data by the schema."""
    import jsonschema  # only here: it takes more than a second, which each process that collects tests would pay

    return jsonschema.Draft7Validator(SCHEMA)


def mistakes(text: str) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(yaml.safe_load(text))]


@pytest.mark.golden
def test_the_published_schema_is_current() -> None:
    published = (ROOT / "scenarios" / "schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(SCHEMA, indent=2, sort_keys=True) + "\n", (
        "run: trustsim schema > scenarios/schema.json"
    )


@pytest.mark.unit
def test_the_schema_is_a_schema_and_made_without_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        validator().check_schema(scenario_json_schema())


@pytest.mark.unit
@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_scenarios_are_valid_by_it(path: Path) -> None:
    assert mistakes(path.read_text(encoding="utf-8")) == []


@pytest.mark.unit
def test_levers_and_parameters_are_listed_with_what_they_mean() -> None:
    levers = SCHEMA["else"]["properties"]["levers"]["properties"]
    assert list(levers) == [str(lever) for lever in Lever]
    assert all(lever["description"] for lever in levers.values())
    parameters: dict[str, Any] = SCHEMA["definitions"]["ParameterOverrides"]["properties"]
    assert list(parameters) == [row.name for row in TABLE]
    quorum = parameters["quorum"]
    assert quorum["default"] == 0.7
    assert (
        quorum["description"]
        == "the co-ownership at which a programme can be agreed; co-ownership, 0.55 to 0.85, default 0.7"
    )
    assert SCHEMA["definitions"][quorum["$ref"].rsplit("/", 1)[1]]["anyOf"][0] == {
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "not": {"anyOf": [{"exclusiveMinimum": 0, "exclusiveMaximum": 1e-300}, NEGATIVE]},
    }


@pytest.mark.unit
def test_every_field_is_described() -> None:
    closed = [SCHEMA, *SCHEMA["definitions"].values()]
    for part in closed:
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), f"{name} in {part.get('description')}"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("income: 300}", "income: -300}"),
        ("income: 300}", "incmoe: 300}"),
        ("income: 300}", "income: null}"),
        ("income: 300}", "income: {value: 300, sorce: x}}"),
        ("role: provider, income: 300}", "role: provdier, income: 300}"),
        ("start: 2016-04\n", "start: 2016-4\n"),
        ("start: 2016-04\n", ""),
        ("{2016-04: 10, 2018-03: 20}", "{}"),
        ("{2016-04: 10, 2018-03: 20}", "{april: 3}"),
        ("{meht: 0.4, ccg: 0.6}", "{meht: 1}"),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "value: 3"),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "shares: {meht: 0.4, ccg: 0.6}"),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "benefit: 1"),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "value: 3, saves: {meht: 1, ccg: 2}"),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "saves: {meht: 1, ccg: 2}, shares: {meht: 0.4, ccg: 0.6}"),
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "saves: {meht: 1}"),
        ("{from: meht, income: 2}", "{income: 2}"),
        ("{from: meht, income: 2}", "{from: meht}"),
        ("{from: meht, income: 2}", "{from: meht, income: 0}"),
        ("amount: 200", "amount: 0"),
        (", amount: 200", ""),
        ("amount: 200", "amount: 200, payment: tarif"),
        ("contracts:", "opportunities:"),
        ("coaching:", "coachng:"),
        ("{strength: 0.5}", "{strength: 1.5}"),
        ("{strength: 0.5}", "[{ramp: 1}]"),
        ("event: breach", "event: breech"),
        ("size: 0.5}", "size: 0.5, until: 2017-01}"),
        ("title:", "tilte: x\ntitle:"),
    ],
)
def test_what_the_loader_refuses_is_refused_here(old: str, new: str) -> None:
    assert mistakes(VALID) == []
    assert mistakes(VALID.replace(old, new)) != []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 3, shares: {meht: 0.4, ccg: 0.6}", "saves: {meht: 5, ccg: -1}"),
        ("{from: meht, income: 2}", "{to: meht, income: 2}"),
        ("{from: meht, income: 2}", "{from: meht, to: btuh, income: 2}"),
        ("contracts:\n  deal: {commissioner: ccg, provider: meht, amount: 200}\n", ""),
        ("amount: 200", "amount: {value: 200, source: accounts}, payment: shared"),
    ],
)
def test_what_the_loader_takes_is_taken_here(old: str, new: str) -> None:
    assert VALID.count(old) == 1
    assert mistakes(VALID.replace(old, new)) == []


@pytest.mark.unit
def test_there_is_a_programme_or_a_contract() -> None:
    neither = VALID.split("contracts:")[0]
    assert mistakes(neither) != []
    assert mistakes(f"{neither}contracts: {{}}\nprogrammes: {{}}\n") != []
    assert mistakes(f"extends: base.yaml\n{neither}") == []


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "title: A",
        "organisations: {meht: {income: 3}, btuh: null}",
        "contracts: {deal: {payment: block}, other: null}",
        "programmes: {frailty: {shares: {meht: 1, ccg: 0}, title: null}}",
        "programmes: {frailty: {value: null, shares: null, saves: {meht: 1, ccg: 0}}}",
        "levers: {coaching: null, gain_share: [{strength: 1}]}",
        "parameters: {quorum: null}",
        "observed: null",
    ],
)
def test_a_file_that_extends_another_may_be_partial(text: str) -> None:
    assert mistakes(f"extends: base.yaml\n{text}" if text != "{}" else "extends: base.yaml") == []
    assert mistakes(text) != []


@pytest.mark.unit
@pytest.mark.parametrize("text", ["organisations: {meht: {incmoe: 3}}", "levers: {coaching: {ramp: 2}}", "tilte: A"])
def test_a_file_that_extends_another_is_still_checked(text: str) -> None:
    assert mistakes(f"extends: base.yaml\n{text}") != []
