"""Observed series only: an XmR chart's mean and natural process limits, after Making Data Count (NHS England).

Simulated numbers get bands, never control limits: these tell routine variation from a signal in what was measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats

FEWEST = 6
"""Points below which limits say nothing."""

_MOVING_RANGE = 2.66
"""3 / 1.128: from the mean moving range to three sigma of single values (Wheeler 2000)."""

_RUN = 7
"""Points in a row on one side of the mean that are a shift."""


@dataclass(frozen=True, kw_only=True)
class ProcessBehaviour:
    """A series as it was observed."""

    months: tuple[str, ...]
    """YYYY-MM, in order."""
    values: Floats
    mean: float
    limits: tuple[float, float] | None
    """Natural process limits; None with fewer than six points."""
    signals: tuple[int, ...]
    """Positions of points beyond the limits, or in a run of seven on one side of the mean."""


def process_behaviour(observed: Mapping[str, float]) -> ProcessBehaviour:
    """Mean, limits and signals of an observed series.

    Args:
        observed: Values by month, YYYY-MM; one or more.

    Raises:
        ValueError: If nothing was observed.
    """
    if not observed:
        message = "there is no observed series"
        raise ValueError(message)
    months = tuple(sorted(observed))
    values = np.array([float(observed[month]) for month in months])
    mean = float(values.mean())
    if len(values) < FEWEST:
        return ProcessBehaviour(months=months, values=values, mean=mean, limits=None, signals=())
    reach = _MOVING_RANGE * float(np.abs(np.diff(values)).mean())
    low, high = mean - reach, mean + reach
    signals = {int(n) for n in np.flatnonzero((values < low) | (values > high))} | _runs(values > mean, values < mean)
    return ProcessBehaviour(months=months, values=values, mean=mean, limits=(low, high), signals=tuple(sorted(signals)))


def _runs(*sides: NDArray[np.bool_]) -> set[int]:
    """Positions in runs of seven or more on one side."""
    found: set[int] = set()
    for side in sides:
        start = 0
        for position in range(len(side) + 1):
            if position == len(side) or not side[position]:
                if position - start >= _RUN:
                    found |= set(range(start, position))
                start = position + 1
    return found
