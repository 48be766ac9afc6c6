"""Number formats that show another number than a cell holds, such as £9k or 9 thousand for 9."""

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|_.|\*.|General|E[-+]|(?P<digit>[0#?])|(?P<mark>[.,/%@])|(?P<bare>.)',
    re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]*)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {"<=": le, ">=": ge, "<>": ne, "<": lt, ">": gt, "=": eq}

_SCALED = re.compile(r"#,+(?![#,])")
"""Commas after the last digit: each divides what is shown by a thousand."""
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
    digits, words = "", ""
    for token in _TOKEN.finditer(section):
        typed = token["quoted"] or token["escaped"] or token["bare"] or ""
        digits += "#" if token["digit"] else token["mark"] or (" " if typed else "")
        words += "#" if token["digit"] else typed
    if "#" not in digits:
        return False
    is_million = _MILLIONS.search(words) and "£" not in unit and "month" not in unit
    return bool(_SCALED.search(digits) or _TYPED_DIGITS.search(words) or _THOUSANDS.search(words) or is_million)


def _section_for(number_format: str, number: float) -> str:
    """Return the section of a format that shows a number: by its conditions, else by the number's sign."""
    sections: list[str] = [each for each in _SECTION.findall(number_format) if each] or [""]
    conditions = [_CONDITION.search(each) for each in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition[1]](number, float(condition[2])):
                return section
        return sections[-1]
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]
