"""The date of each month, for tables that people plot over time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

DateLike = str | date | np.datetime64
"""A month as YYYY-MM, or a day in it: as text, or as a date of Python, NumPy or pandas."""

_FIRST, _LAST = np.datetime64("1678-01", "M"), np.datetime64("2261-12", "M")
"""The months that can be counted in nanoseconds."""


def as_month(given: Any) -> Any:
    """Return the month YYYY-MM of a day; anything else as it is.

    >>> as_month("2018-03-01"), as_month(date(2018, 3, 1)), as_month("2018-03"), as_month(27)
    ('2018-03', '2018-03', '2018-03', 27)

    Args:
        given: A day as text, or as a date of Python, NumPy or pandas; or anything else.
    """
    if isinstance(given, np.datetime64):
        return str(given.astype("datetime64[M]"))
    try:
        day = date.fromisoformat(given) if isinstance(given, str) else given
        return f"{day:%Y-%m}" if isinstance(day, date) else given
    except ValueError:
        return given


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
