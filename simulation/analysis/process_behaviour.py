"""Mean and natural process limits of an observed series, as in an XmR chart (Making Data Count, NHS England).

The limits separate routine variation from signals in measured numbers. Simulated numbers have bands instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.bands import Floats

FEWEST = 6
"""The fewest points for which limits are computed."""

_MOVING_RANGE = 2.66
"""3 / 1.128: from the mean moving range to three sigma of single values (Wheeler 2000)."""

_ROUNDING = 1e-12
"""As a share of the largest value: closer to the mean or to a limit is the same as on it, but for rounding."""

_RUN = 7
"""Points in a row on one side of the mean that count as a shift."""


@dataclass(frozen=True, kw_only=True)
class ProcessBehaviour:
    """An observed series with its mean, limits and signals."""

    months: tuple[str, ...]
    """YYYY-MM, in order."""
    values: Floats
    mean: float
    limits: tuple[float, float] | None
    """Natural process limits; None with fewer than six points."""
    signals: tuple[int, ...]
    """Indices of points beyond the limits, or in a run of seven on one side of the mean."""


def process_behaviour(observed: Mapping[str, float]) -> ProcessBehaviour:
    """Compute mean, limits and signals of an observed series.

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
    least = _ROUNDING * float(np.abs(values).max())
    beyond = np.flatnonzero((values < low - least) | (values > high + least))
    signals = {int(n) for n in beyond} | _runs(values > mean + least, values < mean - least)
    return ProcessBehaviour(months=months, values=values, mean=mean, limits=(low, high), signals=tuple(sorted(signals)))


def _runs(*sides: NDArray[np.bool_]) -> set[int]:
    """Return the indices of points in runs of seven or more on one side."""
    found: set[int] = set()
    for side in sides:
        start = 0
        for index in range(len(side) + 1):
            if index == len(side) or not side[index]:
                if index - start >= _RUN:
                    found |= set(range(start, index))
                start = index + 1
    return found
