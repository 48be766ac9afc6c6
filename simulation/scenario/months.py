"""Calendar months as scenario files write them, YYYY-MM."""

import re
from functools import lru_cache
from typing import Any

from simulation.limits import FIRST_YEAR, LAST_YEAR

_LIMITED = r"(19|2[01])[0-9]{2}"
"""The years of `limits`."""

MONTH_PATTERN = rf"^{_LIMITED}-(0[1-9]|1[0-2])$"
"""A month within the limits of dates."""

YEAR_PATTERN = rf"^{_LIMITED}/[0-9]{{2}}$"
"""A financial year within them, such as 2017/18."""

PATH_DATE_PATTERN = rf"^({_LIMITED}-(0[1-9]|1[0-2])|{_LIMITED}/[0-9]{{2}})$"
"""A date of a dated path: a month, or a financial year."""

MUST_BE_WITHIN = f"must be within {FIRST_YEAR} to {LAST_YEAR}"
"""The message for a date that is written as it should be, in a year beyond the limits."""

_ANY_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_ANY_YEAR = re.compile(r"[0-9]{4}/[0-9]{2}")

_APRIL = 3
_TO_THE_MIDDLE = 6
"""Months from the first of a financial year to the month that begins at its middle: April to October."""


@lru_cache(maxsize=4096)
def month_number(month: str) -> int:
    """Return the months since January of the year 0, so that two months can be subtracted.

    Args:
        month: A month as YYYY-MM.

    Raises:
        ValueError: If the text is not a month.
    """
    if not _ANY_MONTH.fullmatch(month):
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


def is_beyond_limits(raw: Any) -> bool:
    """Return True for a month, or a financial year, that is written as it should be, in a year beyond the limits."""
    if not isinstance(raw, str) or not (_ANY_MONTH.fullmatch(raw) or _ANY_YEAR.fullmatch(raw)):
        return False
    return not FIRST_YEAR <= int(raw[:4]) <= LAST_YEAR


def financial_year_of(raw: Any) -> int | None:
    """Return the number of a financial year's April, as `month_number`; None if it is not two years in a row, YYYY/YY.

    >>> financial_year_of("2017/18") == month_number("2017-04"), financial_year_of("2017/19")
    (True, None)
    """
    if not isinstance(raw, str) or not _ANY_YEAR.fullmatch(raw):
        return None
    first = int(raw[:4])
    return first * 12 + _APRIL if (first + 1) % 100 == int(raw[5:]) else None


def month_of_date(date: str) -> str:
    """Return the month of a date of a dated path; a financial year stands for October, which begins at its middle.

    A yearly figure is a rate over twelve months, and a straight line through the middles of years has that rate on
    average in each year between two others, as long as growth is steady.

    >>> month_of_date("2026/27"), month_of_date("2026-04")
    ('2026-10', '2026-04')

    Raises:
        ValueError: If the years of a financial year do not follow each other.
    """
    if not _ANY_YEAR.fullmatch(date):
        return date
    first = financial_year_of(date)
    if first is None:
        raise ValueError(must_end_in_the_next_year(date))
    return month_name(first + _TO_THE_MIDDLE)


def must_end_in_the_next_year(year: str) -> str:
    """Return what is wrong with a financial year whose years do not follow each other.

    >>> must_end_in_the_next_year("2026/29")
    'must end in the next year: 2026/27'
    """
    return f"must end in the next year: {year[:4]}/{(int(year[:4]) + 1) % 100:02d}"


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
