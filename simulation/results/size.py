"""The size of an ensemble in memory, known from its place before it is run."""

from simulation import columns
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
