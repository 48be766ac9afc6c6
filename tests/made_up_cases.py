"""Cases of a comparison that were made up: with the target and the gap before any savings of a shipped place."""

from functools import cache
from pathlib import Path
from typing import Any

from simulation import load_scenario
from simulation.results.comparison import Case
from simulation.scenario.paths import target, undisturbed_gap
from simulation.scenario.schema import Scenario

ROOT = Path(__file__).parents[1]


@cache
def _place() -> Scenario:
    return load_scenario(ROOT / "scenarios/two-trusts.yaml")


def made_up_case(**given: Any) -> Case:
    """Return a case with the fields given, and with the goals of its study, else those of the smallest place."""
    study = given.get("study")
    if study is None:
        goals = {"target": target(_place()), "before_savings": float(undisturbed_gap(_place())[-1])}
    else:
        goals = {"target": study.ensemble.target, "before_savings": float(study.ensemble["do_nothing"][:, -1].mean())}
    return Case(**{**goals, **given})
