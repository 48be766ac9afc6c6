"""The size of results in memory, known before they are run or read."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.memory import check_memory
from simulation.results.axes import Axes
from simulation.results.ensemble import Keep
from simulation.results.financial_year import financial_years

_NUMBER, _MEMBERSHIP = 8, 2
"""Bytes of a number, and of a number in the table of memberships."""


def bytes_of_replicate(axes: Axes, keep: Keep) -> int:
    """Return the bytes that the tables of one replicate take.

    Args:
        axes: The names along the axes of its place.
        keep: The monthly tables that are kept, and their months.
    """
    organisations, opportunities = len(axes.organisations), len(axes.opportunities)
    a_month = {
        "organisations": organisations * len(columns.ORGANISATIONS),
        "relationships": len(axes.relationships),
        "opportunities": opportunities * len(columns.OPPORTUNITIES),
    }
    numbers = (
        len(axes.months) * len(columns.SYSTEM)
        + len(financial_years(axes.months)) * organisations
        + opportunities * len(columns.AGREEMENTS)
        + len(keep.months) * sum(a_month[table] for table in keep.tables)
    )
    memberships = len(axes.memberships) * len(columns.MEMBERSHIPS)
    return _NUMBER * numbers + _MEMBERSHIP * memberships


def unknown_values(shape: Sequence[int]) -> NDArray[np.float64]:
    """Return an array of NaN, for values that are read from results.

    Args:
        shape: Its shape, as results say it; they may be wrong.

    Raises:
        TooLargeError: If it does not fit in memory.
    """
    check_memory(8.0 * math.prod(shape), "the results, or what they say of themselves, are too large for it")
    return np.full(tuple(shape), np.nan)
