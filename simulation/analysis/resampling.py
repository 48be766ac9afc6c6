"""The part of the cases that is a sample, and bootstraps that draw it again with replacement."""

from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.experiment.entries import DRAWN_APART, IN_STEPS


class Sampled(StrEnum):
    """The part of the cases that is a sample of others, by the design of the points; intervals are over it (ADR 46)."""

    POINTS = "points"
    """Points that were drawn one by one, each with random events of its own."""
    RUNS = "runs"
    """Runs, each with the same random events at every point; the points were chosen and are a sample of nothing."""
    STEPS = "steps"
    """Points that were drawn in steps from one to the next (Sobol, Morris). No text gives an interval over them."""


def sampled_by(design: str) -> Sampled:
    """Return the part of the cases that is a sample.

    Args:
        design: The kind of design by which the points were made, such as grid or sobol.
    """
    if design in DRAWN_APART:
        return Sampled.POINTS
    return Sampled.STEPS if design in IN_STEPS else Sampled.RUNS


@lru_cache(maxsize=4)
def draw_again(units: int, resamples: int, seed: int) -> NDArray[np.int64]:
    """Return how often each unit is drawn in each resample, `[resample, unit]`; each row adds up to the units.

    Args:
        units: Number of points, or of runs, 1 or more.
        resamples: Number of resamples.
        seed: Random seed, 0 or more.
    """
    from scipy.stats import multinomial

    drawn = multinomial.rvs(units, np.full(units, 1 / units), size=resamples, random_state=seed % 2**32)
    drawn.setflags(write=False)  # one result is returned to all who ask for the same
    return np.asarray(drawn, dtype=np.int64)
