"""The month in which a place crosses over: from then on most ask the population's question."""

from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats
from simulation.results.ensemble import Ensemble


@dataclass(frozen=True, kw_only=True)
class FirstCrossing:
    """When population-first becomes the majority, and stays it to the horizon."""

    months: Floats
    """`[replicate]`, months from the start; NaN where that never happens."""
    by: str | None
    """YYYY-MM by which half of the replicates have crossed; None if half never do."""
    crossed: int
    """Replicates that cross at all."""
    replicates: int


def first_crossing(ensemble: Ensemble) -> FirstCrossing:
    """The month from which population-first stances are more than half in every month in which anyone meets.

    A majority that is lost again does not count, since a chance month above one half is no crossing.

    Args:
        ensemble: The replicates.
    """
    share = ensemble["population_first"]
    met = ~np.isnan(share)
    minority = met & ~(share > 0.5)
    horizon = share.shape[1]
    last_minority = np.where(minority.any(axis=1), horizon - 1 - np.argmax(minority[:, ::-1], axis=1), -1)
    later = met & (np.arange(horizon) > last_minority[:, np.newaxis])
    months = np.where(later.any(axis=1), np.argmax(later, axis=1).astype(float), np.nan)
    middle = np.sort(np.nan_to_num(months, nan=np.inf))[(len(months) - 1) // 2]
    return FirstCrossing(
        months=months,
        by=ensemble.axes.months[int(middle)] if np.isfinite(middle) else None,
        crossed=int((~np.isnan(months)).sum()),
        replicates=len(months),
    )
