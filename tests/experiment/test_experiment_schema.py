"""The schema by which editors check experiment files: current, and in step with the loader."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from simulation.experiment.json_schema import experiment_json_schema

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SCHEMA = experiment_json_schema()
HEAD = "title: A\nscenario: b.yaml\n"


@cache
def validator():
    """Return what checks data by the schema."""
    import jsonschema  # only here: it takes more than a second, which each process that collects tests would pay

    return jsonschema.Draft7Validator(SCHEMA)


@pytest.mark.golden
def test_the_published_schema_is_current():
    published = (SCENARIOS / "experiment-schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(SCHEMA, indent=2, sort_keys=True) + "\n", "run: make schema"


@pytest.mark.unit
def test_it_is_a_schema():
    validator().check_schema(SCHEMA)


@pytest.mark.unit
def test_every_field_is_described():
    for part in [SCHEMA, *SCHEMA["definitions"].values()]:
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), f"{name} in {part.get('description')}"


@pytest.mark.unit
@pytest.mark.parametrize("path", sorted((SCENARIOS / "experiments").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_experiments_are_valid_by_it(path):
    assert list(validator().iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("", True),
        ("compare: {a: null, b: {levers: {coaching: {strength: 0.5}}}}", True),
        ("compare: {a: {levers: {coching: {strength: 0.5}}}}", False),
        ("compare: {a: {levers: {coaching: {strength: 5}}}}", False),
        ("compare: {a: {contracts: {'*': {payment: block}}}}", True),
        ("compare: {a: {contracts: {'*': {payment: blok}}}}", False),
        ("compare: {a: {contracts: {'**': {payment: block}}}}", False),
        ("compare: {a: {parameters: {'*': 1}}}", False),
        ("vary: {months: [1, 2]}\ndesign: one-at-a-time", True),
        ("vary: {months: []}", False),
        ("vary: {months: {from: 1, to: 3, steps: 2}}", True),
        ("vary: {a.b: {values: [1, 2], choice: true}}", True),
        ("vary: {a.b: {values: [], choice: true}}", False),
        ("vary: {a.b: {from: 1, to: 3, steps: 2, choice: 1}}", False),
        ("vary: {months: {from: 1, to: 3, step: 2}}", False),
        ("vary: {a.b: {distribution: normal, mean: 1, sd: 1, low: 0, high: 2}}", True),
        ("vary: {a.b: {distribution: normal, mean: 1, low: 0, high: 2}}", False),
        ("vary: {a.b: {distribution: uniform, low: 0, high: 2, mode: 1}}", False),
        ("design: {kind: sobol, points: 8}", True),
        ("design: {kind: sobol}", False),
        ("design: sobol", False),
        ("detail: [outturns]", True),
        ("detail: [outturn]", False),
        ("sed: 1", False),
    ],
)
def test_it_takes_what_the_loader_takes(text, valid):
    assert validator().is_valid(yaml.safe_load(HEAD + text)) == valid
