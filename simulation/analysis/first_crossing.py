"""The month from which most stances are population-first."""

from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats, month_of_half
from simulation.results.ensemble import Ensemble


@dataclass(frozen=True, kw_only=True)
class FirstCrossing:
    """The month from which population-first stances are the majority and stay so to the horizon."""

    months: Floats
    """`[replicate]`, months from the start; NaN if it never happens."""
    by: str | None
    """YYYY-MM by which half of the replicates have such a majority; None if half never have."""
    crossed: int
    """Replicates in which it happens."""
    replicates: int


def first_crossing(ensemble: Ensemble) -> FirstCrossing:
    """Find the month from which population-first stances are more than half in every month in which anyone meets.

    A majority that is lost again does not count, since one month above half may be chance.

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
    return FirstCrossing(
        months=months,
        by=month_of_half(months, ensemble.axes.months),
        crossed=int((~np.isnan(months)).sum()),
        replicates=len(months),
    )
