"""What moves the gap or the difference most is said of what any of the choices draws, and of whom it is true."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulation import run_comparison
from simulation.parameters import TABLE
from simulation.report.risks import risks_of
from simulation.report.subject import subject_of
from simulation.results.comparison import Comparison
from simulation.results.replicates import Replicates
from simulation.scenario.schema import Scenario
from tests.places import place

pytestmark = pytest.mark.unit

NAMES = ("efficiency_rate", "opening_trust")
DRAWN = np.random.default_rng(1).uniform(size=(2, 40))
FIRST = "The assumption that moves the gap most"


@cache
def plain() -> Comparison:
    names = ("as it stands", "one", "two")
    return run_comparison({name: Scenario.model_validate(place(months=6)) for name in names}, replicates=4, seed=1)


def sample(base: float, by_savings: float, by_trust: float, held: str) -> Replicates:
    """Make gaps at 40 points up of a part by own savings and a part by opening trust; what is held moves nothing."""
    drawn = {name: np.full(40, 0.5) if name == held else part for name, part in zip(NAMES, DRAWN, strict=True)}
    gap = (base - by_savings * drawn["efficiency_rate"] - by_trust * drawn["opening_trust"])[:, None]
    rows = {row.name: row for row in TABLE if row.name in NAMES}
    values = {name: rows[name].low + (rows[name].high - rows[name].low) * part for name, part in drawn.items()}
    return Replicates(columns={"gap": gap, "cumulative_position": -gap}, parameters=values)


def risks(*samples: tuple[float, float, float, str]) -> tuple[str, ...]:
    cases = tuple(
        replace(case, study=replace(case.study, assumptions=sample(*each)))
        for case, each in zip(plain().cases, samples, strict=False)
    )
    return risks_of(subject_of(replace(plain(), cases=cases)))


@pytest.mark.parametrize(
    ("stands", "other"),
    [("", "opening_trust"), ("opening_trust", "")],
    ids=["the other holds it", "the first holds it"],
)
def test_what_one_of_two_choices_holds_moves_their_difference(stands, other):
    """Own savings move both gaps alike; opening trust moves the one that draws it by 12."""
    _, second, *_ = risks((60, 30, 12, stands), (40, 30, 12, other))
    assert second.startswith("What moves the difference between one and as it stands most: opening trust, by £12m")


def test_what_both_hold_moves_nothing():
    _, second, *_ = risks((60, 30, 12, "opening_trust"), (40, 20, 12, "opening_trust"))
    assert second.startswith("What moves the difference between one and as it stands most: how fast own savings")


@pytest.mark.parametrize("held", [0, 1, 2])
def test_what_one_choice_holds_is_not_what_moves_the_gap_whichever_is_chosen(held):
    """The third choice counts too, though the second is in detail and compared with the first."""
    ends = [(60.0, 3.0, 12.0, ""), (40.0, 3.0, 12.0, ""), (50.0, 3.0, 12.0, "")]
    said = risks(*ends)[0]
    assert said.startswith(f"{FIRST}, whichever is chosen: opening trust, by £12m")
    assert said.endswith("from one end of its range to the other where one is chosen.")
    ends[held] = (*ends[held][:3], "opening_trust")
    name = "how fast own savings are found" if held == 1 else "opening trust"
    assert risks(*ends)[0].startswith(f"{FIRST} where one is chosen: {name}")


def test_what_holds_of_one_choice_alone_names_it():
    said = next(each for each in risks((60, 3, 12, ""), (40, 3, 12, "")) if each.startswith("The target"))
    assert " is met with one in " in said
