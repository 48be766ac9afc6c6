"""Arithmetic that gives the same bits in every engine; the exponential uses only + − × and exact scaling."""

from math import nan

from simulation.model._rule import rule

_LOG2_E = 1.4426950408889634
_LN2_HIGH = 0.6931471803691238  # ln 2 in two parts (fdlibm), so that k·ln 2 is exact to beyond double precision
_LN2_LOW = 1.9082149292705877e-10
_ROUND = 6755399441055744.0  # 1.5 × 2⁵²: adding and taking it away rounds to the nearest whole number
_LIMIT = 43.0


@rule
def clip(x: float, low: float, high: float) -> float:
    """A number beyond a bound is moved to that bound.

    Args:
        x: Any number.
        low: The lower bound.
        high: The upper bound, `low` or more.
    """
    if x < low:
        return low
    if x > high:
        return high
    return x


@rule
def power_of_two(k: float) -> float:
    """2 to a whole power, by exact doublings alone.

    Args:
        k: The power, a whole number from −64 to 63.
    """
    rest = k + 64.0
    scale = 5.421010862427522e-20  # 2⁻⁶⁴
    scale, rest = (scale * 1.8446744073709552e19, rest - 64.0) if rest >= 64.0 else (scale, rest)
    scale, rest = (scale * 4294967296.0, rest - 32.0) if rest >= 32.0 else (scale, rest)
    scale, rest = (scale * 65536.0, rest - 16.0) if rest >= 16.0 else (scale, rest)
    scale, rest = (scale * 256.0, rest - 8.0) if rest >= 8.0 else (scale, rest)
    scale, rest = (scale * 16.0, rest - 4.0) if rest >= 4.0 else (scale, rest)
    scale, rest = (scale * 4.0, rest - 2.0) if rest >= 2.0 else (scale, rest)
    return scale * 2.0 if rest >= 1.0 else scale


@rule
def exp(x: float) -> float:
    """The exponential, to 2 units in the last place.

    x = k·ln 2 + r with k whole and |r| ≤ ½·ln 2; e^r is a polynomial of degree 13, and 2^k is exact.

    Args:
        x: A number from −43 to 43; beyond, the nearer bound counts.
    """
    x = clip(x, -_LIMIT, _LIMIT)
    k = (x * _LOG2_E + _ROUND) - _ROUND
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    tail = 1.0 / 39916800.0 + r * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0))
    tail = 1.0 / 40320.0 + r * (1.0 / 362880.0 + r * (1.0 / 3628800.0 + r * tail))
    tail = 1.0 / 120.0 + r * (1.0 / 720.0 + r * (1.0 / 5040.0 + r * tail))
    tail = 0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * tail))
    return (1.0 + (r + r * r * tail)) * power_of_two(k)


@rule
def logistic(x: float) -> float:
    """The logistic function turns a number into a probability: one half at 0, rising with x.

    Args:
        x: Any number.
    """
    return 1.0 / (1.0 + exp(-x))


@rule
def mean(total: float, number: float) -> float:
    """The mean is the sum, taken in id order, divided by how many were added; NaN if none were.

    Args:
        total: The sum.
        number: How many numbers were added, 0 or more.
    """
    return total / number if number > 0.0 else nan


@rule
def larger(one: float, other: float) -> float:
    """The larger of two numbers.

    Args:
        one: Any number.
        other: Any number.
    """
    return one if one > other else other


@rule
def smaller(one: float, other: float) -> float:
    """The smaller of two numbers.

    Args:
        one: Any number.
        other: Any number.
    """
    return one if one < other else other


@rule
def happens(draw: float, chance: float) -> bool:
    """An event happens where a uniform draw falls below its chance; the one place where chance decides.

    Args:
        draw: A uniform draw, from 0 up to, not including, 1.
        chance: The probability of the event, 0–1.
    """
    return draw < chance
