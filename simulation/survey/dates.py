"""The months of a file's dates, with one order of day and month; what can be read in two ways is refused."""

import re
from collections.abc import Mapping
from datetime import date

from simulation.limits import FIRST_YEAR, LAST_YEAR

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:[T ].*)?")
_SLASHES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})(?:[ ,].*)?")
_WRITE = "write it as 2026-06-30"
_NO_DATE = f"is not a date; {_WRITE}"


def read_months(entries: Mapping[int, str]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the month of each date, and what is wrong with each other.

    Args:
        entries: Dates as a file writes them, by row. With slashes or dots the day comes first or the month does, in all
            of them alike.

    Returns:
        Months as YYYY-MM by row, and mistakes by row.
    """
    months: dict[int, str] = {}
    mistakes: dict[int, str] = {}
    open_: dict[int, tuple[int, int, int]] = {}
    for row, entry in entries.items():
        iso, slashes = _ISO.fullmatch(entry), _SLASHES.fullmatch(entry)
        if iso is not None:
            _place(months, mistakes, row, int(iso[1]), int(iso[2]), int(iso[3] or 1))
        elif slashes is not None:
            year = int(slashes[3]) + (2000 if len(slashes[3]) == 2 else 0)
            open_[row] = int(slashes[1]), int(slashes[2]), year
        else:
            mistakes[row] = _NO_DATE if entry else f"is missing: the day of the answer; {_WRITE}"
    day_first = any(first > 12 for first, _, _ in open_.values())
    month_first = any(second > 12 for _, second, _ in open_.values())
    is_same = all(first == second for first, second, _ in open_.values())
    if open_ and day_first == month_first and not is_same:
        both = "some dates have the day first and others the month" if day_first else "day or month may come first"
        mistakes[next(iter(open_))] = f"can be read in two ways ({both}); write dates as 2026-06-30, or give --month"
        return months, mistakes
    for row, (first, second, year) in open_.items():
        month, day = (first, second) if month_first else (second, first)
        _place(months, mistakes, row, year, month, day)
    return months, mistakes


def _place(months: dict[int, str], mistakes: dict[int, str], row: int, year: int, month: int, day: int) -> None:
    try:
        found = date(year, month, day)
    except ValueError:
        mistakes[row] = _NO_DATE
        return
    if not FIRST_YEAR <= year <= LAST_YEAR:
        mistakes[row] = f"must be within {FIRST_YEAR} to {LAST_YEAR}; {_WRITE}"
        return
    months[row] = f"{found.year:04d}-{found.month:02d}"
