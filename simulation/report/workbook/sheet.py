"""A sheet of results: its title, two lines that say what it holds and rests on, its headings and its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from simulation.report.workbook.headings import IN_WORDS, LABELLED, SHARES, UNROUNDED, heading_of
from simulation.report.workbook.names import Names
from simulation.scenario.months import month_of

if TYPE_CHECKING:
    import pandas as pd

Cell = str | float | int | date | None
"""The content of a cell; None for an empty one."""

HEADING_ROW = 4
"""The row of the headings; the title and two lines stand above it."""


class Format(StrEnum):
    """How the numbers of a column are shown; what is stored is not rounded."""

    TEXT = "@"
    LONG_TEXT = "text"
    WHOLE = "#,##0"
    MONEY = "#,##0.00"
    SHARE = "0.0%"
    MONTH = "mmm yyyy"
    PLAIN = "General"


class Column(NamedTuple):
    """A column: its heading, how its numbers are shown, and its width in letters; None to fit what it holds."""

    heading: str
    format: Format = Format.TEXT
    width: float | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of a workbook of results.

    Attributes:
        name: Its name: 31 letters at most, none of them one of []:*?/ and backslash.
        title: The first row.
        holds: The second row: what the sheet holds, and in which unit.
        rests: The third row: on how many simulated runs and sets of assumptions it rests.
        columns: Its columns.
        rows: A cell for each column.
        is_data: False for a sheet of texts, which needs no filter.
        frozen: Columns that stay in sight.
    """

    name: str
    title: str
    holds: str
    rests: str = ""
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]] = field(repr=False)
    is_data: bool = True
    frozen: int = 0


def table_of(
    frame: "pd.DataFrame", names: Names, *, of_shares: bool = False
) -> tuple[tuple[Column, ...], list[tuple[Cell, ...]]]:
    """Return the columns and rows of a table, with words beside each id or code, and months as dates.

    Args:
        frame: The table; texts, numbers, and yes or no.
        names: The words for ids.
        of_shares: True if all its numbers are shares, to be shown in per cent.
    """
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    for name in map(str, frame.columns):
        values = frame[name].tolist()
        if name in LABELLED and not (name == "organisation" and "name" in frame.columns):
            columns.append(Column(heading_of(name)))
            cells.append([names.label(name, str(each)) if _is_known(each) else None for each in values])
        is_code = name in LABELLED
        look = _format_of(name, values)
        if look is Format.MONEY and (of_shares or (name == "value" and "parameter" in frame)):
            look = Format.SHARE if of_shares else Format.PLAIN
        in_words = ", in words" if name in IN_WORDS and look is Format.TEXT else ""
        columns.append(Column(heading_of(name, is_code=is_code) + in_words, look))
        cells.append([cell_of(each) for each in values])
    return tuple(columns), [tuple(row) for row in zip(*cells, strict=True)]


def cell_of(value: Any) -> Cell:
    """Return a value as a cell: a month YYYY-MM as the date of its first day, yes or no in words, not known as empty.

    Args:
        value: A text, a number, a truth value or None.
    """
    if not _is_known(value):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if month_of(value) is None else date(int(value[:4]), int(value[5:]), 1)
    return int(value) if isinstance(value, int) else float(value)


def _is_known(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and not isfinite(value))


def _format_of(name: str, values: Iterable[Any]) -> Format:
    known = [each for each in values if _is_known(each) and each != ""]
    if any(isinstance(each, str) for each in known):
        return Format.MONTH if all(month_of(each) is not None for each in known) else Format.TEXT
    if all(isinstance(each, bool) for each in known):
        return Format.TEXT
    if all(isinstance(each, int) for each in known):
        return Format.WHOLE
    if name in UNROUNDED:
        return Format.PLAIN
    return Format.SHARE if name in SHARES else Format.MONEY
