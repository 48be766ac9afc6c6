"""Values that are hardly ever meant: numbers at extremes, and text that other programs would act on."""

import math
import random
from copy import deepcopy
from typing import Any

Draw = random.Random

NUMBERS: tuple[Any, ...] = (
    0, -0.0, 1, -1, 2, 0.5, 1e-9, 5e-324, 1e-300, 1e16, 1e30, 1e300, 1.7976931348623157e308, -1e308, math.inf,
    -math.inf, math.nan, 2**31, 2**31 - 1, 2**53 + 1, 2**63, 2**64, -(2**63) - 1, 10**30, 10**400, 10**4000, 600, 601,
    1_000_000, 1_000_001, 9_999_999, 0.1 + 0.2, 1 / 3, 100, 1000, 12, 360,
)  # fmt: skip
"""Numbers of every size and sign."""

TEXTS = (
    "", " ", "\xa0", "\u200b", "\n", "\t", "\0", "a\0b", "\x07\x1b[31mred", "a\r\nb", "=1+1", "=cmd|' /C calc'!A0",
    "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "<b>bold</b> & \"quoted\" 'text'", "</textarea>", "&lt;",
    "{{7*7}}", "{0}", "%s%n", "${HOME}", "`ls`", "$\\frac{1}{2}$", "$x^2$ and $", "\\input{/etc/passwd}", "a_b^c",
    "# Heading", "**bold** _it_ [a](http://b)", "| a | b |", "---", "\u202eright to left", "\u05e9\u05dc\u05d5\u05dd",
    "é😀", "\ud800", "\udcff", "\ufffe", "\ufeff", "e\u0301" * 30, "x" * 300, "x" * 20_000, "word " * 2000, "null",
    "true", "no", "2016-04", "2016-13", "1e5", "0x10", "0o17", "1_000", "6,5", "50%", "£1,2m", "١٢", "nan", "inf", "-",
    "~", "../../etc/passwd", "CON", "a/b", "a:b", "a.b", "a[0]", "*", "organisations", "commissioner", "hospital",
    "provider",
)  # fmt: skip
"""Text of every kind, valid where any text is."""

MONTHS = (
    "2024-04", "2024-05", "2025-01", "2026-03", "2026-04", "1899-12", "1900-01", "2199-12", "2200-01", "9999-12",
    "0000-01", "2024-00", "2024-13", "2024/25", "2024/26", "April 2024", "2024-4", "2024-04-01", 2024, 202404,
    "20240-01", "-2024-01",
)  # fmt: skip
"""Months, some of them ill-written or far away."""

OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], {"": None}, [None], {"value": 1}, {"a": {"b": {"c": 1}}})
"""Values of no use."""


def any_value(draw: Draw) -> Any:
    """Return a value of any kind."""
    return deepcopy(draw.choice(draw.choice((NUMBERS, TEXTS, MONTHS, OTHERS))))


def near(draw: Draw, number: float) -> float | int:
    """Return another number of the same kind and about the same size."""
    if not -1e15 < number < 1e15:
        return 1
    if isinstance(number, int):
        return max(min(number, 1), draw.choice((number + 1, number - 1, number * 2, number // 2, number + 10, number)))
    return draw.choice(
        (number * 0.5, number * 0.9, number * 1.1, number * 2, round(number, 1), number / 3, int(number))
    )
