"""Financial years, April to March, along a run's months."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.months import month_number

_APRIL = 3


class FinancialYear(NamedTuple):
    """A financial year as far as a run covers it."""

    label: str
    """Such as 2015/16."""
    first: int
    """Its first month in the run."""
    until: int
    """The month in the run after its last."""

    @property
    def is_part(self) -> bool:
        """True if the run covers only a part of it."""
        return self.until - self.first < 12


@lru_cache(maxsize=64)
def financial_years(months: tuple[str, ...]) -> tuple[FinancialYear, ...]:
    """Return the financial years that a run covers, whole or in part.

    Args:
        months: The run's months, YYYY-MM, in order.
    """
    begins = np.array([(month_number(month) - _APRIL) // 12 for month in months])
    return tuple(
        FinancialYear(f"{year}/{(year + 1) % 100:02d}", int(inside[0]), int(inside[-1]) + 1)
        for year in sorted(set(begins.tolist()))
        for inside in [np.flatnonzero(begins == year)]
    )


def outturns(positions: NDArray[np.float64], years: tuple[FinancialYear, ...]) -> NDArray[np.float64]:
    """Sum monthly positions to financial-year outturns.

    Args:
        positions: `[month, organisation]`, £m a month.
        years: The years along the months.

    Returns:
        `[year, organisation]`, £m.
    """
    summed = np.zeros((len(years), positions.shape[1]))
    for number, year in enumerate(years):
        for month in range(year.first, year.until):  # one after the other, as the other engine does
            summed[number] += positions[month]
    return summed
