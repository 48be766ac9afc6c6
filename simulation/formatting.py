"""Write numbers, amounts, dates and sizes for people, in the same way in the terminal, in charts and in papers.

Files for machines (CSV, JSON, Parquet) hold the numbers themselves and don't use this module.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from math import isfinite
from typing import Any, Self

_JOINER = "\N{WORD JOINER}"
MINUS = f"\N{MINUS SIGN}{_JOINER}"
"""A minus sign that no line break can part from its number."""

NOT_KNOWN = "not known"
"""Stands for a number that is not finite."""

_KEPT = 9
"""Decimals of a number before it is rounded: beyond are rounding errors, which would part two sums that end in half."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def pounds(amount: float, *, signed: bool = False) -> str:
    """Write an amount of money in £m: £135m, £4.7m, £0.04m.

    Under £10m it has two significant figures, and no more than two decimals: less than £5,000 is £0m.

    Args:
        amount: £m.
        signed: True to put a plus before an amount above zero.

    Returns:
        The amount, or "not known" if it is not finite. It has a sign unless it is shown as £0m.
    """
    if not isfinite(amount):
        return NOT_KNOWN
    sign, digits = _split(amount, signed=signed)
    return f"{sign}£{digits}m"


def millions(amount: float, *, signed: bool = False) -> str:
    """Write an amount as `pounds` does, without its unit: for a column whose head says £m.

    Args:
        amount: £m.
        signed: True to put a plus before an amount above zero.
    """
    return "".join(_split(amount, signed=signed)) if isfinite(amount) else NOT_KNOWN


def _split(number: float, decimals: int | None = None, *, signed: bool = False) -> tuple[str, str]:
    """Return the sign and the digits of a number; a number that is shown as 0 has no sign."""
    size = round(abs(number), _KEPT)
    places = decimals if decimals is not None else 0 if size >= 9.95 else 1 if size >= 0.995 else 2
    digits = f"{size:,.{places}f}"
    if decimals is None and places:
        digits = digits.rstrip("0").rstrip(".")
    if not digits.strip("0."):
        return "", digits
    return MINUS if number < 0 else "+" if signed else "", digits


def percent(share: float) -> str:
    """Write a share in whole per cent; as 0% or 100% only if it is exactly that.

    A share that would round to them is "under 1%" or "over 99%" (and outside 0 to 1 "under 0%" or "over 100%").

    Args:
        share: A part of 1, such as 0.37.

    Returns:
        The share, or "not known" if it is not finite.
    """
    if not isfinite(share):
        return NOT_KNOWN
    exact = round(100 * share, _KEPT)
    whole = round(exact)
    if whole in {0, 100} and exact != whole:
        limits = {0: ("under 0%", "under 1%"), 100: ("over 99%", "over 100%")}
        return limits[whole][exact > whole]
    return f"{MINUS if whole < 0 else ''}{abs(whole):,}%"


def two_decimals(number: float) -> str:
    """Write a trust, an orientation or a weight, such as 0.43; "not known" if it is not finite."""
    return "".join(_split(number, 2)) if isfinite(number) else NOT_KNOWN


def one_decimal(number: float) -> str:
    """Write a mean of counts, such as 12.3 programmes; "not known" if it is not finite."""
    return "".join(_split(number, 1)) if isfinite(number) else NOT_KNOWN


def discount_words(rate: float) -> str:
    """Say if money over several years is discounted.

    Args:
        rate: % a year; 0 if it is not.

    >>> discount_words(0), discount_words(3.5)
    ('nominal, undiscounted', 'discounted at 3.5% a year')
    """
    return f"discounted at {as_written(rate, 4)}% a year" if rate else "nominal, undiscounted"


class Stretch(float):
    """The factor by which the ranges of assumptions were stretched, and if the place's own numbers were varied too."""

    with_place: bool

    def __new__(cls, factor: float, *, with_place: bool = False) -> Self:
        """Make a factor; 1 is the table."""
        stretch = super().__new__(cls, factor)
        stretch.with_place = with_place
        return stretch

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), with_place=self.with_place), (float(self),)


def stretch_words(stretch: float) -> str:
    """Say in brackets how far the ranges of assumptions were stretched, and if the place's own numbers were varied too.

    Args:
        stretch: The factor; 1 is the table.

    Returns:
        Nothing for the table's own ranges of the model's assumptions alone.
    """
    parts = [
        *([f"ranges stretched by a factor of {as_written(stretch, 4)}"] if stretch != 1 else []),
        *(["with the place’s own assumed numbers"] if is_with_place(stretch) else []),
    ]
    return f" ({'; '.join(parts)})" if parts else ""


def is_with_place(stretch: float) -> bool:
    """Return True if a place's own numbers were varied too."""
    return isinstance(stretch, Stretch) and stretch.with_place


def searched_words(stretch: float) -> str:
    """Say which numbers were searched for those that decide, in a sentence that follows others.

    Args:
        stretch: The factor of the sample; it knows if the place's own numbers were varied too.

    Returns:
        Nothing if only the model's assumptions were varied, since all of them are searched.
    """
    if not is_with_place(stretch):
        return ""
    return " Only the model’s assumptions were searched; the place’s own assumed numbers varied with them."


def as_written(number: float, figures: int = 10) -> str:
    """Write a number with all its digits, as in a scenario, with commas between thousands.

    Args:
        number: Any number.
        figures: The maximum number of significant figures.

    Returns:
        The number, or "not known" if it is not finite.
    """
    if not isfinite(number):
        return NOT_KNOWN
    return f"{Decimal(f'{number:.{figures}g}').normalize():,f}".replace("-", MINUS)


def range_words(low: float, high: float, show: Callable[[float], str] = pounds) -> str:
    """Write a range: £38m to £54m; only one number if both ends are written alike.

    Args:
        low: The lower end.
        high: The upper end.
        show: Writes one number.
    """
    return show(low) if show(low) == show(high) else f"{show(low)} to {show(high)}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number of things with their name.

    Args:
        number: The number of things.
        singular: The name of one.
        plural: The name of several; the singular with an s if left out.

    >>> counted(1, "replicate"), counted(1200, "replicate")
    ('1 replicate', '1,200 replicates')
    """
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


def in_hundred(count: int, of: int) -> str:
    """Say how often something happened, as a natural frequency.

    A hundred replicates or more are given per hundred, and never rounded to none or all where that is wrong. Fewer are
    given as counted, since "35 of 100" would claim more than 20 replicates can show.

    Examples:
        >>> in_hundred(370, 1000)
        '37 of 100 simulated runs'
        >>> in_hundred(1, 1000)
        'fewer than 1 of 100 simulated runs'
        >>> in_hundred(7, 20)
        '7 of 20 simulated runs'

    Args:
        count: Number of replicates in which it happened, 0 to `of`.
        of: Number of all replicates, 1 or more.

    Raises:
        ValueError: If `count` is not from 0 to `of`, or there is no replicate.
    """
    if of < 1 or not 0 <= count <= of:
        message = f"cannot say {count} of {of} replicates: the count must be from 0 to all, and all be one at least"
        raise ValueError(message)
    if of < 100:
        return f"{count} of {of} simulated {'run' if of == 1 else 'runs'}"
    return f"{_hundredths(round(100 * count / of), count, of)} of 100 simulated runs"


def parts_of_hundred(counts: Sequence[int]) -> tuple[str, ...]:
    """Write the parts of a whole in hundredths that add up to 100, or as counted if the whole is less than 100.

    Examples:
        >>> parts_of_hundred((71, 8, 177))
        ('28', '3', '69')
        >>> parts_of_hundred((255, 1, 0))
        ('more than 99', 'fewer than 1', '0')
        >>> parts_of_hundred((7, 0, 13))
        ('7', '0', '13')

    Args:
        counts: The count of each part, 0 or more.
    """
    of = sum(counts)
    if of < 100:
        return tuple(map(str, counts))
    hundredths = [100 * count // of for count in counts]
    # Of parts that are equally near to the next hundredth, the largest gets it, so that their order doesn't matter.
    by_remainder = sorted(range(len(counts)), key=lambda part: (-(100 * counts[part] % of), -counts[part]))
    for part in by_remainder[: 100 - sum(hundredths)]:
        hundredths[part] += 1
    return tuple(_hundredths(each, count, of) for each, count in zip(hundredths, counts, strict=True))


def _hundredths(hundredths: int, count: int, of: int) -> str:
    """Write hundredths; never as none or all where that is wrong."""
    if count and not hundredths:
        return "fewer than 1"
    return "more than 99" if count < of and hundredths == 100 else str(hundredths)


def month_words(month: str, *, short: bool = False) -> str:
    """Write a month YYYY-MM in words: March 2019, or short Mar 2019."""
    name = _MONTHS[int(month[5:]) - 1]
    return f"{name[:3] if short else name} {month[:4]}"


def day_words(day: str) -> str:
    """Write a day YYYY-MM-DD in words, such as 5 November 2026; any other text stays as it is."""
    found = re.fullmatch(r"(\d{4}-(?:0[1-9]|1[0-2]))-(\d{2})", day)
    return f"{int(found[2])} {month_words(found[1])}" if found else day


def duration(seconds: float) -> str:
    """Write a length of time.

    >>> duration(5), duration(100), duration(9000)
    ('5 seconds', '1 min 40 s', '2 h 30 min')
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return counted(whole, "second")
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def disk_space(room: float) -> str:
    """Write an amount of disk space or memory.

    Args:
        room: Bytes.

    >>> disk_space(2_300_000), disk_space(4.5e9)
    ('2.3 MB', '4.5 GB')
    """
    return f"{room / 1e9:.1f} GB" if room >= 1e9 else f"{max(room, 1e5) / 1e6:.1f} MB"


def file_size(size: int) -> str:
    """Write the size of a file.

    Args:
        size: Bytes.

    >>> file_size(312_703), file_size(8_870_000)
    ('313 kB', '8.9 MB')
    """
    return f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{size / 1e3:.0f} kB"


def without_joiners(text: str) -> str:
    """Remove the word joiners after minus signs, since a terminal may show them as blanks."""
    return text.replace(_JOINER, "")


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Join one or more names with commas and an "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def first_few(names: Sequence[str], most: int) -> str:
    """Join the first names with commas, and count the others.

    >>> first_few(["board", "hospital", "council"], 2)
    'board, hospital and 1 other'

    Args:
        names: The names.
        most: How many are named, 1 or more.
    """
    others = f" and {counted(len(names) - most, 'other')}" if len(names) > most else ""
    return f"{', '.join(names[:most])}{others}"
