"""Calendar months as scenario files write them, YYYY-MM."""

import re
from functools import lru_cache
from typing import Any

MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
YEAR_PATTERN = r"^[0-9]{4}/[0-9]{2}$"
"""A financial year, such as 2017/18."""

_APRIL = 3


@lru_cache(maxsize=4096)
def month_number(month: str) -> int:
    """Return the months since January of the year 0, so that two months can be subtracted.

    Args:
        month: A month as YYYY-MM.

    Raises:
        ValueError: If the text is not a month.
    """
    if not re.match(MONTH_PATTERN, month):
        message = f"a month is written YYYY-MM, such as 2015-12 (given: {month!r})"
        raise ValueError(message)
    return int(month[:4]) * 12 + int(month[5:]) - 1


@lru_cache(maxsize=64)
def month_names(start: str, months: int) -> tuple[str, ...]:
    """Return consecutive months from a first one, each as YYYY-MM."""
    first = month_number(start)
    return tuple(month_name(first + month) for month in range(months))


def month_name(number: int) -> str:
    """Return the month YYYY-MM that is `number` months after January of the year 0."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_of(raw: Any) -> int | None:
    """Return a month as a number; None if it is not written YYYY-MM."""
    try:
        return month_number(raw) if isinstance(raw, str) else None
    except ValueError:
        return None


def financial_year_of(raw: Any) -> int | None:
    """Return the number of a financial year's April, as `month_number`; None if it is not two years in a row, YYYY/YY.

    >>> financial_year_of("2017/18") == month_number("2017-04"), financial_year_of("2017/19")
    (True, None)
    """
    if not isinstance(raw, str) or not re.match(YEAR_PATTERN, raw):
        return None
    first = int(raw[:4])
    return first * 12 + _APRIL if (first + 1) % 100 == int(raw[5:]) else None


def acting_months(start: int, months: int, first: str | None, until: str | None) -> tuple[int, int]:
    """Return the first month, counted from 0, and the month after the last one, within the horizon.

    Args:
        start: The number of the first month.
        months: How many there are.
        first: The first month, YYYY-MM; the start if left out.
        until: The month in which it no longer acts, YYYY-MM; the end if left out.
    """
    begin = 0 if first is None else month_number(first) - start
    end = months if until is None else min(months, month_number(until) - start)
    return begin, end
