"""The unit in which a place's money is written: £m, or £ thousand in a small place. The one rule for small amounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, isfinite, log10

from simulation.formatting import MINUS, NOT_KNOWN, as_written, millions, pounds

_SMALL = 1.0
"""£m a year; a place whose gap is always smaller is written in £ thousand."""

_SHOWN = 0.005
"""£m; less than this would be written £0m."""

ROUNDING = 1e-9
"""£m; less than this is a rounding error, and none."""

_POUNDS = 1_000_000
"""Pounds in £m."""


def is_none(amount: float) -> bool:
    """True if an amount is 0 but for errors of rounding in a sum.

    Args:
        amount: £m.
    """
    return abs(amount) <= ROUNDING


@dataclass(frozen=True)
class MoneyUnit:
    """A unit of money, and how amounts are written in it.

    Attributes:
        head: Its name, for the heads and captions of tables.
        factor: Its number in £m.
    """

    head: str
    factor: int

    def words(self, amount: float, *, signed: bool = False) -> str:
        """Write an amount in a sentence: £135m, £4.7m, under £5,000; in a small place £200,000, £3,400.

        Only a true 0 is £0m, so that nothing that is paid or gained is called nothing.

        Args:
            amount: £m.
            signed: True to put a plus before an amount above zero.
        """
        if not isfinite(amount):
            return NOT_KNOWN
        if self.factor == 1:
            return "under £5,000" if not is_none(amount) and abs(amount) < _SHOWN else pounds(amount, signed=signed)
        return _small_words(amount, signed=signed)

    def cell(self, amount: float, *, signed: bool = False) -> str:
        """Write an amount without its unit, for a column whose head has it.

        Args:
            amount: £m.
            signed: True to put a plus before an amount above zero.
        """
        return millions(amount * self.factor, signed=signed)


MILLIONS = MoneyUnit("£m", 1)
THOUSANDS = MoneyUnit("£ thousand", 1000)


def unit_for(gaps: Iterable[float]) -> MoneyUnit:
    """Return the unit for places with these gaps before any savings.

    Args:
        gaps: £m a year; one that is not known is left out.
    """
    known = [abs(gap) for gap in gaps if isfinite(gap)]
    return THOUSANDS if known and 0 < max(known) < _SMALL else MILLIONS


def _small_words(amount: float, *, signed: bool) -> str:
    """Write an amount in pounds with two significant figures; from £1m on as elsewhere."""
    size = abs(amount) * _POUNDS
    if is_none(amount):
        return "£0"
    places = floor(log10(size)) - 1
    rounded = round(size, -places)
    if rounded >= _POUNDS:
        return pounds(amount, signed=signed)
    if rounded < 1:
        return "under £1"
    sign = MINUS if amount < 0 else "+" if signed else ""
    return f"{sign}£{as_written(rounded)}"
