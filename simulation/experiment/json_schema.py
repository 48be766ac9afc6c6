"""The JSON Schema by which editors check, complete and explain experiment files as they are written."""

from typing import Any, get_args

from simulation.experiment.loading import DETAIL, MOST_REPLICATES
from simulation.experiment.schema import (
    DEFAULT_REPLICATES,
    SAMPLED,
    AssumptionSample,
    Attribution,
    DesignKind,
)
from simulation.experiment.supporting_requests import FIXED_STANCE_REPLICATES, MOST_SUPPORTING_REPLICATES
from simulation.scenario.json_schema import scenario_change_schema
from simulation.scenario.months import MONTH_PATTERN

Json = dict[str, Any]

_TEXT: Json = {"type": "string", "minLength": 1}
_NUMBER: Json = {"type": "number"}
_VALUE: Json = {"type": ["number", "string"]}
_END: Json = {"anyOf": [_NUMBER, {"type": "string", "pattern": MONTH_PATTERN}]}


def experiment_json_schema() -> Json:
    """The schema as JSON data, draft 7."""
    change, definitions = scenario_change_schema()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Experiment",
        "description": "One place under several changes and varied numbers, compared with common random numbers.",
        **_closed(_fields(change), ["title", "scenario"]),
        "definitions": definitions,
    }


def _fields(change: Json) -> Json:
    kinds: list[str] = [*get_args(DesignKind)]
    values = [kind for kind in kinds if kind not in SAMPLED]
    return {
        "title": {**_TEXT, "description": "One line that names the experiment."},
        "question": {**_TEXT, "description": "What it asks, in a sentence or two."},
        "scenario": {
            **_TEXT,
            "description": "Path, from this file's folder, of the scenario that it starts from.",
        },
        "seed": _whole("Random seed; the same for all that is compared.", 0, 2**64 - 1, 1),
        "replicates": _whole("Replicates of each design.", 1, MOST_REPLICATES, DEFAULT_REPLICATES),
        "compare": {
            "type": "object",
            "minProperties": 1,
            "description": "Named changes of the scenario, the baseline first: say only what differs; null removes.",
            "additionalProperties": {"anyOf": [change, {"type": "null"}]},
        },
        "vary": {
            "type": "object",
            "minProperties": 1,
            "description": "What is varied, by dotted address, such as parameters.loss_ratio, "
            "levers.coaching.strength or levers.*.from.",
            "additionalProperties": {"anyOf": _factor_forms()},
        },
        "design": {
            "description": "Which combinations of values are run; grid (all of them) if left out.",
            "anyOf": [{"enum": values}, *_design_forms(values)],
        },
        "detail": {
            "type": "array",
            "items": {"enum": list(DETAIL)},
            "description": "Tables to keep besides the monthly summary; those that charts need if nothing is varied.",
        },
        **_beside(),
    }


def _beside() -> Json:
    """What may be asked for beside a comparison that varies nothing."""

    def described(description: str, properties: Json, required: list[str]) -> Json:
        return {"description": description, **_closed(properties, required)}

    return {
        "attribution": described(
            "Take the difference between two of the compared scenarios apart: what each lever is worth.",
            {
                "from": {**_TEXT, "description": "The compared scenario that levers are added to."},
                "to": {**_TEXT, "description": "The compared scenario that has all of them."},
                "replicates": _whole(
                    "Replicates of each lever combination.", 1, MOST_SUPPORTING_REPLICATES, Attribution.replicates
                ),
            },
            ["from", "to"],
        ),
        "assumptions": described(
            "Run every compared scenario over the ranges of all parameters too; {} for a usual sample.",
            {
                "points": _whole("Sets of parameters.", 2, MOST_SUPPORTING_REPLICATES, AssumptionSample.points),
                "replicates": _whole(
                    "Replicates of each set.", 1, MOST_SUPPORTING_REPLICATES, AssumptionSample.replicates
                ),
            },
            [],
        ),
        "fixed_stances": described(
            "Run every compared scenario too with one organisation that never moves, with each in turn, and with all.",
            {"replicates": _whole("Replicates of each.", 1, MOST_SUPPORTING_REPLICATES, FIXED_STANCE_REPLICATES)},
            [],
        ),
        "paper": described(
            "What a paper for a board says that no result can tell.",
            {
                "title": {**_TEXT, "description": "Its title; the experiment's if left out."},
                "for": {**_TEXT, "description": "Whom it is for, such as Finance Committee."},
                "ask": {**_TEXT, "description": "What is asked of them."},
            },
            [],
        ),
    }


def _factor_forms() -> list[Json]:
    steps = {"type": "integer", "minimum": 2, "description": "How many values, both ends among them."}
    low_and_high = {"low": _NUMBER, "high": _NUMBER}
    above_0 = {"type": "number", "exclusiveMinimum": 0}
    return [
        {"type": "array", "items": _VALUE, "minItems": 1, "uniqueItems": True},
        _closed({"from": _END, "to": _END, "steps": steps}, ["from", "to"]),
        _distribution("uniform", low_and_high),
        _distribution("triangular", {**low_and_high, "mode": _NUMBER}),
        _distribution("normal", {**low_and_high, "mean": _NUMBER, "sd": above_0}),
    ]


def _distribution(name: str, numbers: Json) -> Json:
    return _closed({"distribution": {"const": name}, **numbers}, ["distribution", *numbers])


def _design_forms(values: list[str]) -> list[Json]:
    counted: Json = {"type": "integer", "minimum": 1, "description": "How many points are drawn."}
    return [
        _closed({"kind": {"enum": values}}, ["kind"]),
        _closed({"kind": {"enum": list(SAMPLED)}, "points": counted}, ["kind", "points"]),
    ]


def _whole(description: str, low: int, high: int, default: int) -> Json:
    return {"type": "integer", "minimum": low, "maximum": high, "default": default, "description": description}


def _closed(properties: Json, required: list[str]) -> Json:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
