"""The outcomes that other tools ask of a run: a few numbers of an ensemble, in one table."""

from typing import Literal, NamedTuple

import numpy as np

from simulation.analysis.question_mix import first_and_last
from simulation.analysis.summary import find_worst_off
from simulation.results.ensemble import Ensemble


class Outcome(NamedTuple):
    """One row of the table; `better` is None for what is a means and not an end."""

    name: str
    label: str
    unit: str
    meaning: str
    better: Literal["lower", "higher"] | None


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("gap", "Gap", "£m a year", "the gap left in the last month", "lower"),
    Outcome("position", "Position", "£m", "the place's position over the whole run, costs included", "higher"),
    Outcome("trust", "Trust", "0–1", "mean over relationships in the last month", None),
    Outcome("population_first", "Population-first", "0–1", "share of stances in the last half-year, if any", None),
    Outcome("worst_off", "Worst-off organisation", "£m", "its outturn over the run against its own plan", "higher"),
)
"""Every outcome is a mean over replicates; stances, over those in which anyone meets in that half-year."""


def outcomes_of(ensemble: Ensemble) -> dict[str, float]:
    """Return every outcome of the table, by name.

    Args:
        ensemble: The replicates.
    """
    return {
        "gap": float(np.mean(ensemble["gap"][:, -1])),
        "position": float(np.mean(ensemble["cumulative_position"][:, -1])),
        "trust": float(np.mean(ensemble["trust"][:, -1])),
        "population_first": first_and_last(ensemble).late.mean,
        "worst_off": find_worst_off(ensemble).against_plan.mean,
    }
