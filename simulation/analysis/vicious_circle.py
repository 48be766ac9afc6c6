"""Vicious circles: the plan slips, regulators press harder, and fewer organisations ask for the population."""

from dataclasses import dataclass

import numpy as np

from simulation.analysis.bands import Floats
from simulation.results.ensemble import Ensemble

QUARTER = 3
"""Months over which a rise or a fall is measured, so that one month's chance is not a trend."""

SPELL = 6
"""The fewest months in a row that make a circle."""


@dataclass(frozen=True, kw_only=True)
class ViciousCircle:
    """Spells in which pressure rises while the population-first share falls."""

    caught: int
    """Replicates with such a spell."""
    replicates: int
    begins: Floats
    """`[replicate]`, first month of the longest such spell, months from the start; NaN where there is none."""
    lasts: Floats
    """`[replicate]`, months that it lasts; 0 where there is none."""

    @property
    def usual_length(self) -> float:
        """Median length of the spells, months; NaN if there are none."""
        return float(np.median(self.lasts[self.lasts > 0])) if (self.lasts > 0).any() else float("nan")


def vicious_circle(ensemble: Ensemble) -> ViciousCircle:
    """Find spells in which pressure rises while the population-first share falls.

    A spell is half a year or more. In each of its months, pressure is higher and the share lower than a quarter before.

    Args:
        ensemble: The replicates.
    """
    pressure, share = ensemble["pressure"], ensemble["population_first"]
    turning = np.zeros(pressure.shape, dtype=bool)
    rises = pressure[:, QUARTER:] > pressure[:, :-QUARTER]
    falls = share[:, QUARTER:] < share[:, :-QUARTER]
    turning[:, QUARTER:] = rises & falls
    replicates, months = len(turning), int(pressure.shape[1])
    run = np.zeros(replicates)
    longest, ends = np.zeros(replicates), np.full(replicates, np.nan)
    for month in range(months):
        run = np.where(turning[:, month], run + 1, 0)
        ends = np.where(run > longest, month, ends)
        longest = np.maximum(longest, run)
    is_circle = longest >= SPELL
    return ViciousCircle(
        caught=int(is_circle.sum()),
        replicates=replicates,
        begins=np.where(is_circle, ends - longest + 1, np.nan),
        lasts=np.where(is_circle, longest, 0.0),
    )
