"""Number formats that show another number than a cell holds: £9k or 9 thousand for 9, nothing at all, or 0 for 0.4."""

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<whole>General|@)|(?P<power>E[-+])|(?P<digit>[0#?])|(?P<mark>[.,/%])|(?P<bare>.)',
    re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*);')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]*)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}

_SCALED = re.compile(r"#,+(?![#,])")
"""Commas after the last digit: each divides what is shown by a thousand."""
_SIGN = re.compile("[-−–(]")
_COLOUR = re.compile(r"\[(?:red|blue|green|cyan|magenta|yellow|color\s*[0-9]+)\]", re.IGNORECASE)
_NEAR = 0.1
"""The part of a number by which what is shown may differ from it."""
_TYPED_DIGITS = re.compile(r"000|#[0-9]|[0-9]#")
_THOUSANDS = re.compile(r"(?<![a-z])(k|th|thou|thousands?|bn|billions?|tn|trillions?)(?![a-z])", re.IGNORECASE)
_MILLIONS = re.compile(r"(?<![a-z])(m|mn|mln|millions?)(?![a-z])", re.IGNORECASE)


def shows_another_number(number_format: str, number: float, unit: str) -> bool:
    """Return True if a format shows a number as another one.

    Examples:
        >>> shows_another_number('"£"0"k"', 9, "£m"), shows_another_number('"£"0"m"', 9, "£m")
        (True, False)
        >>> shows_another_number("#,##0.0,,", 9, "£m"), shows_another_number("#,##0.0", 9, "£m")
        (True, False)

    Args:
        number_format: The format, as the workbook has it.
        number: The number in the cell.
        unit: The unit of the column; in £m, an *m* behind the number is right, and with months it may mean them.
    """
    section = _section_for(number_format, number)
    digits, words = _parts_of(section)
    if "#" not in digits:
        return number != 0  # a dash, or nothing, is how many formats show a zero
    if number and _has_other_sign(number_format, section, words, number):
        return True
    is_million = _MILLIONS.search(words) and "£" not in unit and "month" not in unit
    return bool(_SCALED.search(digits) or _TYPED_DIGITS.search(words) or _THOUSANDS.search(words) or is_million)


def rounded_away(number_format: str, number: float) -> str | None:
    """Return a number as its format rounds it, if that is far from it; None if it is not.

    Examples:
        >>> rounded_away("0", 0.4), rounded_away("0.0", 6.44), rounded_away("0%", 0.004)
        ('0', None, '0%')

    Args:
        number_format: The format, as the workbook has it.
        number: The number in the cell.
    """
    digits, _ = _parts_of(_section_for(number_format, number))
    if "#" not in digits or set("/EG") & set(digits):
        return None
    percents, decimals = digits.count("%"), digits.partition(".")[2].count("#")
    shown = round(number * 100**percents, decimals)
    if abs(shown - number * 100**percents) <= _NEAR * abs(number) * 100**percents:
        return None
    return f"{shown:.{decimals}f}{'%' * percents}"


def _has_other_sign(number_format: str, section: str, words: str, number: float) -> bool:
    """Return True if a negative number is shown with no sign, bracket or colour of its own, or a positive with one."""
    if number > 0:
        return _SIGN.match(words.strip()) is not None
    has_own = section != number_format and _CONDITION.search(number_format) is None
    return has_own and _SIGN.search(words) is None and _COLOUR.search(section) is None


def _parts_of(section: str) -> tuple[str, str]:
    """Return where a section shows digits, as # (G for all of them, E for powers of ten) and marks, and its words."""
    digits, words = "", ""
    for token in _TOKEN.finditer(section):
        typed = token["quoted"] or token["escaped"] or token["bare"] or ""
        is_digit = token["digit"] or token["whole"]
        digits += "#" if is_digit else token["mark"] or ("E" if token["power"] else " " if typed else "")
        digits += "G" if token["whole"] else ""
        words += "#" if is_digit else typed
    return digits, words


def _section_for(number_format: str, number: float) -> str:
    """Return the section of a format that shows a number: by its conditions, else by the number's sign."""
    sections: list[str] = _SECTION.findall(f"{number_format or 'General'};")
    conditions = [_CONDITION.search(each) for each in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition[1]](number, float(condition[2])):
                return section
        return sections[-1]
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]
