"""Experiment files: checked, planned, and run for one replicate if that is little work."""

import random
from copy import deepcopy
from typing import Any

from tests.fuzz.cases import Case
from tests.fuzz.documents import change_document, nudge, retitle, shuffle
from tests.fuzz.kinds.scenarios import ROOT, read_shipped
from tests.fuzz.values import MONTHS, NUMBERS, TEXTS, any_value
from tests.fuzz.yaml_text import to_yaml

Draw = random.Random

FILE = "e.yaml"
SHIPPED = (
    "instruct-or-coach", "loss-ratio-and-trust-rule", "ways-to-close-a-gap", "levers-one-by-one", "package-or-parts",
    "early-or-late", "one-that-never-moves",
)  # fmt: skip

FACTORS: tuple[tuple[str, Any], ...] = (
    ("parameters.loss_ratio", [0.5, 1, 2]),
    ("parameters.exposure", {"from": 0.1, "to": 0.5, "steps": 3}),
    ("parameters.exposure", {"distribution": "uniform", "low": 0.1, "high": 0.5}),
    ("parameters.turnover", {"distribution": "triangular", "low": 0.0, "mode": 0.01, "high": 0.05}),
    ("parameters.opening_trust", {"distribution": "normal", "mean": 0.4, "sd": 0.1, "low": 0.1, "high": 0.7}),
    ("parameters.trust_rule", ["linear", "confirmatory"]),
    ("organisations.*.orientation", [0.1, 0.3]),
    ("organisations.hospital.income", {"values": [90, 110], "choice": False}),
    ("programmes.care_at_home.value", {"from": 3, "to": 8, "steps": 2}),
    ("programmes.*.milestones", [2, 6]),
    ("contracts.hospital_contract.payment", ["tariff", "block", "shared"]),
    ("levers.coaching.strength", {"values": [0, 0.5, 1], "choice": True}),
    ("population", {"from": 50000, "to": 150000}),
    ("months", [12, 24]),
    ("do_nothing.2024-04", [8, 12]),
)
"""Addresses in the small place and values for each."""


def make(draw: Draw, name: str) -> Case:
    """Make a case."""
    files = _shipped(draw) if draw.random() < 0.05 else _small(draw)
    plan = ["plan", FILE, "--replicates", "1", "--workers", "1"]
    batch = ["batch", FILE, "--replicates", "1", "--workers", "1", "--out", "out"]
    steps = [["validate", FILE]]
    steps += [plan, batch] if draw.random() < 0.3 else []
    return Case(name, steps, files, writes=["out"])


def _shipped(draw: Draw) -> dict[str, bytes]:
    """An experiment of Mid and South Essex, with the places that it is about."""
    data = read_shipped(f"scenarios/experiments/{draw.choice(SHIPPED)}.yaml")
    change_document(draw, data, MILD)
    files = {path.name: path.read_bytes() for path in (ROOT / "scenarios").glob("mid-south-essex*.yaml")}
    for part in (data, *_dicts(data.get("compare"))):
        if isinstance(part, dict) and isinstance(part.get("scenario"), str):
            part["scenario"] = part["scenario"].replace("../", "")
    return files | {FILE: to_yaml(draw, data)}


def _dicts(compare: Any) -> list[Any]:
    return list(compare.values()) if isinstance(compare, dict) else []


def _small(draw: Draw) -> dict[str, bytes]:
    data: dict[str, Any] = {"title": "A", "scenario": "place.yaml"}
    optional: tuple[tuple[str, Any], ...] = (
        ("question", "Why?"),
        ("seed", 3),
        ("replicates", 2),
        ("compare", {"a": {}, "b": {"levers": {"coaching": {"strength": 0.5}}}}),
        ("assumptions", {"points": 4, "replicates": 1}),
        ("fixed_stances", {"replicates": 1}),
        ("detail", ["outturns", "trust"]),
        ("paper", {"title": "B", "for": "the board", "ask": ["note it"]}),
    )
    for key, value in optional:
        if draw.random() < 0.3:
            data[key] = value
    if draw.random() < 0.6:
        if draw.random() < 0.9:
            data = {key: value for key, value in data.items() if key not in {"assumptions", "fixed_stances"}}
        data["vary"] = deepcopy(dict(draw.sample(FACTORS, draw.randint(1, 2))))
        kinds = ("random", "latin-hypercube", "morris", "sobol")
        data["design"] = {"kind": draw.choice(kinds), "points": draw.choice((2, 4))}
        if all(_is_listed(values) for values in data["vary"].values()):
            data["design"] = draw.choice(("grid", "one-at-a-time", data["design"]))
    change_document(draw, data, MILD)
    place = (ROOT / "scenarios/two-trusts.yaml").read_bytes()
    return {FILE: to_yaml(draw, data), "place.yaml": place}


def _is_listed(values: Any) -> bool:
    return isinstance(values, list) or "values" in values or "steps" in values


def vary(draw: Draw, data: Any) -> None:
    """Vary something more, perhaps what is not there, over values that may be strange."""
    if not isinstance(data, dict) or (data.keys() & {"assumptions", "fixed_stances"} and draw.random() < 0.9):
        return
    factors = data.setdefault("vary", {})
    if isinstance(factors, dict):
        address, values = deepcopy(draw.choice(FACTORS))
        if draw.random() < 0.3:
            address = draw.choice(
                (f"{address}.x", address.upper(), address.replace("hospital", "*"), draw.choice(TEXTS))
            )
        if draw.random() < 0.15:
            number = draw.choice(NUMBERS)
            ends = {"from": draw.choice(NUMBERS), "to": number}
            values = draw.choice(
                (
                    [number],
                    [number, number],
                    ends,
                    ends | {"steps": draw.choice(NUMBERS)},
                    any_value(draw),
                    list(MONTHS[:3]),
                )
            )
        factors[address] = values
        data.setdefault("design", {"kind": "random", "points": 3})


def compare(draw: Draw, data: Any) -> None:
    """Compare with one more, or very many."""
    variants = data.setdefault("compare", {}) if isinstance(data, dict) else None
    if isinstance(variants, dict):
        change = draw.choice(
            ({}, None, {"months": 12}, {"levers": None}, {"scenario": "place.yaml"}, {"title": "x"}, 1)
        )
        for number in range(draw.choice((1, 1, 1, 3, 200))):
            variants[draw.choice((draw.choice(TEXTS), *[f"c{number}"] * 5))] = change


MILD = (nudge, nudge, retitle, retitle, shuffle, vary, vary, compare)
"""Changes after which most experiments are valid."""
