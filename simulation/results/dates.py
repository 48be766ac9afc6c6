"""The date of each month, for tables that people plot over time."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_FIRST, _LAST = np.datetime64("1678-01", "M"), np.datetime64("2261-12", "M")
"""The months that can be counted in nanoseconds."""


def first_days(start: ArrayLike, months: ArrayLike) -> NDArray[np.datetime64]:
    """Return the first day of each month as `datetime64[ns]`, or in seconds where nanoseconds cannot hold one.

    >>> first_days("2015-12", [0, 1]).astype("datetime64[D]")
    array(['2015-12-01', '2016-01-01'], dtype='datetime64[D]')

    Args:
        start: The first month as YYYY-MM; or one for each month.
        months: Months, counted from the start.
    """
    found = np.asarray(start, dtype="datetime64[M]") + np.asarray(months, dtype=np.int64)
    fits = not found.size or (found.min() >= _FIRST and found.max() <= _LAST)
    return found.astype("datetime64[ns]" if fits else "datetime64[s]")


def dates_beside(columns: Mapping[str, Any], start: str) -> dict[str, Any]:
    """Return the columns of a table with `date` after `month`; as they are if there is no month.

    Args:
        columns: The columns; `month` is counted from 0.
        start: The first month as YYYY-MM.
    """
    found: dict[str, Any] = {}
    for name, values in columns.items():
        found[name] = values
        if name == "month":
            months = np.asarray(values)
            found["date"] = first_days(start, np.arange(months.max(initial=-1) + 1))[months]
    return found
