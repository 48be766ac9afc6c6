"""The words for a value beyond a limit, which an analyst reads."""

from typing import Any

from simulation.limits import LARGEST_NUMBER, MOST_MONEY
from simulation.scenario.months import MUST_BE_WITHIN, is_beyond_limits

_UNITS = frozenset({"months", "milestones"})
"""Units that stand in the message for a number that is too large."""


def words_beyond_limit(kind: str, context: dict[str, Any], given: Any, name: str, unit: str) -> str | None:
    """Return what is wrong with a value beyond one of the limits; None if it is within all of them.

    Args:
        kind: The kind of the error, as pydantic names it.
        context: Its bounds.
        given: The value.
        name: The field's name, or "values" for what is varied.
        unit: The unit of a number, empty if it has none.
    """
    what = None
    match kind:
        case "string_pattern_mismatch" if is_beyond_limits(given):
            what = MUST_BE_WITHIN
        case "float_type" if isinstance(given, int) and not isinstance(given, bool):
            what = f"must be within -{LARGEST_NUMBER:,} to {LARGEST_NUMBER:,}"  # too large for a float
        case "too_long":
            what = f"must have at most {context['max_length']:,} {name}"
        case "less_than_equal" if unit in _UNITS:
            what = f"must be at most {context['le']:,} {unit}"
        case "less_than_equal" if "£m" in unit and context["le"] == MOST_MONEY:
            what = f"must be at most {_money(unit)}{_in_pounds(given)}"
        case "greater_than_equal" if "£m" in unit and context["ge"] == -MOST_MONEY:
            what = f"must be at least -{_money(unit)}{_in_pounds(given)}"
    return what


def in_digits(bound: Any) -> Any:
    """Return a bound for a message: a number in digits, anything else as it is.

    >>> in_digits(1e6), in_digits(0.5), in_digits("a")
    ('1,000,000', '0.5', 'a')
    """
    if isinstance(bound, bool) or not isinstance(bound, int | float):
        return bound
    if not float(bound).is_integer():
        return f"{bound:g}"
    return f"{int(bound):,}" if abs(bound) <= LARGEST_NUMBER else int(bound)


def _money(unit: str) -> str:
    return unit.replace("£m", f"£{MOST_MONEY:,}m")


def _in_pounds(given: float) -> str:
    """Return how to write an amount that was given in pounds; nothing if it can't have been."""
    return f"; write {given / 10**6:g} if this is in pounds" if abs(given) <= MOST_MONEY * 10**6 else ""
