"""Tools that a researcher brings; and the small place that all of them run."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from simulation import Scenario, load_scenario

ROOT = Path(__file__).parents[2]


def tool(module: str) -> Any:
    """Return a tool's module; where it is not installed, skip the test, unless all tools should be there."""
    return import_module(module) if os.environ.get("CI") else pytest.importorskip(module)


def two_trusts() -> Scenario:
    """Two organisations with one programme and one contract, for two years."""
    return load_scenario(ROOT / "scenarios/two-trusts.yaml")
