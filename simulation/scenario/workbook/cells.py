"""One cell as the entry of a column: its value, or what is wrong with it and how to fix it."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from math import copysign
from typing import Any, Literal, NamedTuple, get_args, get_origin

from simulation.scenario.evidence import Number
from simulation.scenario.fields import Month, PathDate, without_none
from simulation.scenario.messages import MUST_BE_A_DATE, MUST_BE_A_MONTH
from simulation.scenario.problems import describe_given, one_line
from simulation.scenario.typed_months import how_to_write_date
from simulation.scenario.typed_numbers import how_to_write
from simulation.scenario.workbook.compared_words import plain
from simulation.scenario.workbook.grids import Cell
from simulation.scenario.workbook.number_formats import rounded_away, shows_another_number

LARGEST_WHOLE = 2**53
"""The first whole number that a workbook cannot tell from the next."""

_PLAIN_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_NOTHING = frozenset(
    {"-", "--", "–", "—", "?", "x", "n/a", "n.a.", "na", "#n/a", "none", "nil", "not known", "tbc", "tbd"}
)
"""Words that people type in place of a number that there is not, as they are compared."""

_AGAIN = "format the cell as a number and type it again"


class Entry(NamedTuple):
    """The value of a cell; if `what` is given it has none, and this is the mistake."""

    value: Any = None
    what: str | None = None
    given: str | None = None


def read_cell(cell: Cell, annotation: Any, empty: str = "") -> Entry:
    """Return a cell as an entry of a type.

    Text that names something else, such as an organisation, is checked by others.

    Args:
        cell: The cell.
        annotation: The type of the field that it fills; None for any text.
        empty: When the cell may be left empty, such as `it is not known`; empty if it may not be.
    """
    if cell.kind == "formula":
        what = "has a formula without a stored value; open the workbook in Excel or LibreOffice and save it there"
        return Entry(what=what)
    if cell.kind == "error":
        return Entry(what=_error(str(cell.value)))
    number = next((extra for extra in get_args(annotation)[1:] if isinstance(extra, Number)), None)
    if number is not None:
        return _number(cell, number, empty)
    if annotation in (Month, PathDate):
        return _month(cell, years=annotation == PathDate)
    return _text(cell, words_of(annotation))


def words_of(annotation: Any) -> dict[str, str]:
    """Return the words that a type allows, each with its name in a board's words where it has one; none for any text.

    Args:
        annotation: The type of a field.
    """
    bare = without_none(annotation)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return {str(word.value): str(getattr(word, "label", "")) for word in bare}
    return {str(word): "" for word in get_args(bare)} if get_origin(bare) is Literal else {}


def match_word(text: str, words: Iterable[tuple[str, str]]) -> str | None:
    """Return the word that a text is, in small or capital letters, or the one of that name; None if there is none.

    Args:
        text: The text of a cell.
        words: Each word with its name; the name may be empty.
    """
    typed = plain(text)
    return next((word for word, name in words if typed in {plain(word), plain(name)}), None)


def given_in(cell: Cell) -> str:
    """Return the entry of a cell for a message."""
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    return describe_given(cell.value) if isinstance(cell.value, str) else as_text(cell)


def as_text(cell: Cell) -> str:
    """Return the entry of a cell as text: a whole number without a point, a date as YYYY-MM-DD."""
    if isinstance(cell.value, float) and cell.value.is_integer() and abs(cell.value) < 1e15:
        return str(int(cell.value))
    return cell.value.isoformat() if isinstance(cell.value, date) else str(cell.value)


def _error(said: str) -> str:
    return f"holds the error {said}; fix its formula, or type the value" if said[:1] == "#" else f"holds {said}"


def _number(cell: Cell, number: Number, empty: str) -> Entry:
    unit, kind = number.unit or "", "a whole number" if number.whole else "a number"
    match cell.value:
        case bool():
            return Entry(None, f"must be {kind}", given_in(cell))
        case float():
            return _shown_wrongly(cell, cell.value, unit, whole=number.whole) or Entry(_as_typed(cell.value))
        case date():
            return Entry(None, f"must be {kind}, not a date; {_AGAIN}", as_text(cell))
    text = str(cell.value)
    if _PLAIN_NUMBER.fullmatch(text):
        return Entry(None, f"is a number stored as text; {_AGAIN}", given_in(cell))
    fix = how_to_write(text, unit, whole=number.whole)
    if empty and plain(text) in _NOTHING:
        fix = f"leave the cell empty if {empty}"
    return Entry(None, f"must be a number; {fix}" if fix else f"must be {kind}", given_in(cell))


def _shown_wrongly(cell: Cell, value: float, unit: str, *, whole: bool) -> Entry | None:
    """Return the mistake of a number whose format shows another one; None if it does not."""
    if cell.percent and ("£" in unit or whole):
        shown = f"{round(value * 100, 6):g}%"
        return Entry(None, f"is shown as per cent, but the unit is {unit}; {_AGAIN}", shown)
    if shows_another_number(cell.number_format, value, unit):
        shown = one_line(cell.number_format)
        return Entry(None, f"has the format {shown}, which shows another number than it holds; {_AGAIN}", as_text(cell))
    if (rounded := rounded_away(cell.number_format, value)) is not None:
        shown = one_line(cell.number_format)
        return Entry(None, f"has the format {shown}, which shows {rounded}; show more decimals of it", as_text(cell))
    return None


def _as_typed(number: float) -> float | int:
    """Return a number without a point if it is whole, as a file would have it; -0 and very large ones stay."""
    is_whole = number.is_integer() and abs(number) < LARGEST_WHOLE
    return int(number) if is_whole and (number or copysign(1, number) > 0) else number


def _month(cell: Cell, *, years: bool) -> Entry:
    if isinstance(cell.value, date):
        if cell.value.day != 1:
            what = f"is a day within a month, and months are whole; write {cell.value:%Y-%m} for the whole month"
            return Entry(None, f"{what} (Until is the first month in which it no longer acts)", as_text(cell))
        return Entry(f"{cell.value.year:04d}-{cell.value.month:02d}")
    if cell.kind == "text":
        return Entry(cell.value)
    what, fix = MUST_BE_A_DATE if years else MUST_BE_A_MONTH, how_to_write_date(as_text(cell), years=years)
    return Entry(None, f"{what}; {fix}" if fix else what, given_in(cell))


def _text(cell: Cell, words: dict[str, str]) -> Entry:
    if cell.kind in {"boolean", "date"}:
        kind = "a date" if cell.kind == "date" else "true or false"
        what = f"must be text, not {kind}; format the cell as text and type it again"
        return Entry(None, what, given_in(cell))
    text = as_text(cell)
    return Entry((match_word(text, words.items()) if words else None) or text)
