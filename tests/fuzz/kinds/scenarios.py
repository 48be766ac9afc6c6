"""Scenario files: checked, then run for one replicate."""

import random
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.fuzz.cases import Case
from tests.fuzz.documents import change_document
from tests.fuzz.values import TEXTS
from tests.fuzz.yaml_text import to_yaml

Draw = random.Random

ROOT = Path(__file__).parents[3]
FILE = "place.yaml"

BASES = (
    *["scenarios/two-trusts.yaml"] * 9,
    *["tests/golden/everything.yaml"] * 6,
    *["simulation/cli/starter.yaml"] * 3,
    "scenarios/an-integrated-care-system.yaml",
    "scenarios/mid-south-essex.yaml",
)
"""Files to change; small ones more often."""

EXTENDING = ("scenarios/mid-south-essex-partnership.yaml", "scenarios/mid-south-essex-instruction.yaml")


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def read_shipped(name: str) -> Any:
    """Return a copy of a YAML file of the repository, parsed."""
    return deepcopy(_read(name))


def make(draw: Draw, name: str) -> Case:
    """Make a case."""
    files = draw.choice(MAKERS)(draw)
    run = ["run", FILE, "--replicates", "1", "--no-charts", "--out", "out", "--engine", "mesa"]
    return Case(name, [["validate", FILE], run], files, writes=["out"])


def _alone(draw: Draw) -> dict[str, bytes]:
    data = read_shipped(draw.choice(BASES))
    change_document(draw, data)
    return {FILE: to_yaml(draw, data)}


def _extending_small(draw: Draw) -> dict[str, bytes]:
    """A place that extends a small one; either may be changed."""
    base, data = read_shipped("scenarios/two-trusts.yaml"), {"extends": "base.yaml"}
    for key in draw.sample(sorted(base), draw.randint(0, 4)):
        data[key] = deepcopy(base[key])
    change_document(draw, draw.choice((base, data)))
    if draw.random() < 0.2:
        data["extends"] = draw.choice(
            (draw.choice(TEXTS), FILE, ".", "..", "missing.yaml", ["base.yaml"], None, 1, "/dev/null")
        )
    if draw.random() < 0.1:
        base["extends"] = draw.choice((FILE, "base.yaml", "./place.yaml", f"x/../{FILE}"))
    return {FILE: to_yaml(draw, data), "base.yaml": to_yaml(draw, base)}


def _extending_large(draw: Draw) -> dict[str, bytes]:
    data = read_shipped(draw.choice(EXTENDING))
    change_document(draw, data)
    base = (ROOT / "scenarios/mid-south-essex.yaml").read_bytes()
    return {FILE: to_yaml(draw, data), "mid-south-essex.yaml": base}


def _chain(draw: Draw) -> dict[str, bytes]:
    """Files that extend one another, up to far more than anyone needs."""
    length = draw.choice((2, 3, 10, 60))
    files = {f"p{n}.yaml": f"extends: p{n + 1}.yaml\n".encode() for n in range(length)}
    last = read_shipped("scenarios/two-trusts.yaml")
    change_document(draw, last)
    end = draw.choice((to_yaml(draw, last), b"extends: place.yaml\n", (ROOT / BASES[0]).read_bytes()))
    return files | {FILE: b"extends: p0.yaml\n", f"p{length}.yaml": end}


MAKERS: tuple[Callable[[Draw], dict[str, bytes]], ...] = (
    *[_alone] * 25, *[_extending_small] * 8, _extending_large, _chain,
)  # fmt: skip
