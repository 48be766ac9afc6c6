"""Text that was meant to be a month or a financial year, such as Oct 2026 or FY28 or 26/27, and how to write it."""

import re

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_YEAR = "(?:19|20)?[0-9]{2}"
_BETWEEN = r" ?[-/.,\u2012-\u2015'\u2019 ] ?"

_TWO_YEARS = re.compile(rf"(?:fy|f/y)? ?(?P<first>{_YEAR}) ?[-/\u2012-\u2015] ?(?P<last>{_YEAR})", re.I)
_LAST_YEAR = re.compile(rf"(?:fy|f/y) ?(?P<last>{_YEAR})", re.I)
_ONE_YEAR = re.compile("(?P<first>(?:19|20)[0-9]{2})")
_NAMED = re.compile(rf"(?:[0-9]{{1,2}}{_BETWEEN})?(?P<name>[a-z]{{3,9}})\.?(?:{_BETWEEN})?(?P<year>{_YEAR})", re.I)
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)[0-9]{2})[-/. ](?P<month>[0-9]{1,2})(?:[-/. ][0-9]{1,2})?")
_YEAR_LAST = re.compile(r"(?:[0-9]{1,2}[-/. ])?(?P<month>[0-9]{1,2})[-/. ](?P<year>(?:19|20)[0-9]{2})")


def how_to_write_date(text: str, *, months: bool = True, years: bool = False) -> str | None:
    """Return how to write a text as the month or financial year that it was meant to be; None if it is like neither.

    Examples:
        >>> how_to_write_date("Oct 2026"), how_to_write_date("26/27", years=True)
        ('write 2026-10', 'write 2026/27')
        >>> how_to_write_date("FY28", years=True)
        'write 2027/28 for the year that ends in March 2028'

    Args:
        text: As it was typed.
        months: True if the field may hold a month.
        years: True if it may hold a financial year.
    """
    typed = " ".join(text.split())
    first, note = _financial_year(typed)
    if first is not None and years:
        return f"write {first}/{(first + 1) % 100:02d}{note}"
    if first is not None and months and not _ONE_YEAR.fullmatch(typed):
        return f"write {first}-04 for the first month of {first}/{(first + 1) % 100:02d}"
    month = _month(typed)
    return f"write {month}" if month and months else None


def _financial_year(typed: str) -> tuple[int | None, str]:
    """Return the first year of a financial year, and what it is if that may be doubted; None if it is none."""
    if found := _TWO_YEARS.fullmatch(typed):
        first = _full_year(found["first"])
        return (first if str(first + 1).endswith(found["last"]) else None), ""
    if found := _LAST_YEAR.fullmatch(typed):
        last = _full_year(found["last"])
        return last - 1, f" for the year that ends in March {last}"
    if found := _ONE_YEAR.fullmatch(typed):
        first = _full_year(found["first"])
        return first, f" for the year that begins in April {first}"
    return None, ""


def _month(typed: str) -> str | None:
    """Return a month as YYYY-MM; None if the text names none."""
    if found := _NAMED.fullmatch(typed):
        numbers = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(found["name"].lower())]
        return f"{_full_year(found['year'])}-{numbers[0]:02d}" if numbers else None
    found = _YEAR_FIRST.fullmatch(typed) or _YEAR_LAST.fullmatch(typed)
    if found is None or not 1 <= int(found["month"]) <= len(_MONTHS):
        return None
    return f"{found['year']}-{int(found['month']):02d}"


def _full_year(written: str) -> int:
    return int(written) if len(written) > 2 else 2000 + int(written)
