"""Text that was meant to be a number, such as 6,5 or 50% or £1,200m, and how to write it."""

import re
from decimal import Decimal

_TYPED = re.compile(r"(?P<sign>[-+]?) ?£? ?(?P<digits>[0-9.][0-9., ]*?) ?(?P<unit>%|k|m|bn|million|billion)?", re.I)
_IN_BRACKETS = re.compile(r"\( ?([0-9£.][^()]*)\)")
"""An amount in brackets, as accounts write one below 0."""
_POWERS = {"k": -3, "bn": 3, "billion": 3}
"""The power of ten by which an amount in k or bn is an amount in £m."""

_PLAIN_POWERS = {"k": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
"""The same for a number that is not money."""

_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?")
_POINTS_FOR_THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(\.[0-9]{3}){2,}")
_DECIMAL_COMMA = re.compile(r"[0-9]*,[0-9]+")


def how_to_write(text: str, unit: str = "", *, whole: bool = False) -> str | None:
    """Return how to write a text as the number that it was meant to be; None if it is not like a number.

    Where a comma may separate thousands or decimals, both readings are given.

    Examples:
        >>> how_to_write("6,5"), how_to_write("50%", "0 to 1")
        ('write 6.5', 'write 0.5')
        >>> how_to_write("(3.4)")
        'write -3.4'
        >>> how_to_write("1,234")
        'write 1234, or 1.234 if the comma is a decimal one'

    Args:
        text: As it was typed.
        unit: Unit of the field; an amount of money is in £m or £m a year.
        whole: True if the field holds a whole number.
    """
    typed = text.strip().replace("\u2212", "-").replace("\u2013", "-")
    if in_brackets := _IN_BRACKETS.fullmatch(typed):
        typed = f"-{in_brackets[1]}"
    found = _TYPED.fullmatch(typed)
    if found is None:
        return None
    given = (found["unit"] or "").lower()
    readings = _readings(found["digits"].strip(), whole=whole, has_unit="£" in text or bool(given))
    if given == "%":
        if "£" in unit or whole:
            return "write the amount itself; this field takes no per cent"
        power = -2
    else:
        is_money = "£" in unit + text or not unit
        power = (_POWERS if is_money else _PLAIN_POWERS).get(given, 0)
    if whole:
        readings = [reading for reading in readings if "." not in _shifted(reading[0], power)]
    written = [f"{found['sign'].replace('+', '')}{_shifted(number, power)}{reason}" for number, reason in readings]
    if not written:
        return None
    if len(written) == 1 and "£m" in unit and Decimal(_shifted(readings[0][0], power)) >= 10**6 and not given:
        return f"write {written[0]}, or {_shifted(readings[0][0], -6)} if these are pounds: money is in £m"
    return f"write {', or '.join(written)}"


def _readings(digits: str, *, whole: bool, has_unit: bool) -> list[tuple[str, str]]:
    """Return the numbers that digits with commas, points and spaces may mean, each with its condition."""
    if _PLAIN.fullmatch(digits):
        return [(digits, "")]
    if _THOUSANDS.fullmatch(digits):
        thousands = re.sub("[, ]", "", digits)
        is_clear = whole or " " in digits or "." in digits or digits.count(",") > 1
        decimal = [] if is_clear else [(digits.replace(",", "."), " if the comma is a decimal one")]
        return [(thousands, ""), *decimal]
    if _POINTS_FOR_THOUSANDS.fullmatch(digits):
        return [(digits.replace(".", "").replace(",", "."), "")]
    if _DECIMAL_COMMA.fullmatch(digits) and (has_unit or not whole):
        slip = [(digits.replace(",", ""), " if the comma is a slip")] if has_unit else []
        return [(digits.replace(",", "."), ""), *slip]
    return []


def _shifted(number: str, power: int) -> str:
    """Return a number times a power of ten, without an exponent and without zeros at its end."""
    shifted = format(Decimal(number).scaleb(power), "f")
    return shifted.rstrip("0").rstrip(".") if "." in shifted else shifted
