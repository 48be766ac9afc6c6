"""The comment on each heading: what the cell holds, its unit, its range, an example and a typical size."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, NamedTuple

from simulation.formatting import as_written
from simulation.scenario.entries import (
    ActivityEntry,
    ContractEntry,
    OrganisationEntry,
    ProgrammeEntry,
    Setting,
    TrustOverride,
)
from simulation.scenario.evidence import Number
from simulation.scenario.fields import Money, MoneyRate, Strength, number_in, written_name
from simulation.scenario.schema import Scenario
from simulation.scenario.typical import typical_of
from simulation.scenario.workbook.columns import Column, Sheet
from simulation.scenario.workbook.sheets import (
    ACTIVITY,
    ASSUMPTIONS,
    EVENTS,
    GAP,
    LEVERS,
    OUTTURNS,
    SAVING,
    SKILLS,
    SOURCES,
)

_SECTIONS = MappingProxyType(
    {
        Scenario: "place",
        OrganisationEntry: "organisations",
        ContractEntry: "contracts",
        ProgrammeEntry: "programmes",
        ActivityEntry: "activity",
        Setting: "levers",
        TrustOverride: "relationships",
    }
)
"""The section of the typical sizes in which the fields of each model stand."""


_KEYS = frozenset(
    {
        *(sheet.columns[0] for sheet in (GAP, SKILLS, SAVING, ACTIVITY, LEVERS, EVENTS)),
        *ASSUMPTIONS.columns,
        *SOURCES.columns[:3],
    }
)
"""Columns that name a row, or what it is about."""

_FOR_SOME_ROWS = frozenset({*GAP.columns[1:], *EVENTS.columns[1:]})
"""Columns that some rows need and others do without."""


class _Across(NamedTuple):
    """The columns to the right of a table of two kinds of names."""

    meaning: str
    number: Any
    example: str
    typical: str | None = None


_ACROSS = MappingProxyType(
    {
        SKILLS.name: _Across(
            "A field of skill that a programme needs, as on the sheet Programmes. Below it stands the skill of each "
            "organisation in it; an empty cell counts as 0.5.",
            Strength,
            "0.6",
            typical_of("organisations", "skills"),
        ),
        SAVING.name: _Across(
            "An organisation, by its id or name. Below it stands what it saves in cost by each programme; negative if "
            "it spends more, 0 if it takes part and saves nothing, empty if it takes no part. Where the sheet "
            "Programmes gives a value, type shares of it that add up to 1.",
            MoneyRate,
            "5",
            typical_of("programmes", "saves"),
        ),
        OUTTURNS.name: _Across(
            "A financial year, such as 2026/27. Below it stands the outturn as reported; a deficit is below 0.",
            Money,
            "-55",
        ),
    }
)


def comment_on(column: Column) -> str:
    """Return the comment on the heading of a column."""
    section = _SECTIONS.get(column.model) if column.model else None
    typical = typical_of(section, column.field) if section else None
    example = column.example if isinstance(column.example, str) else as_written(column.example)
    lines = [_without_marks(column.described), "Must be given." if is_required(column) else _when_empty(column)]
    return "\n".join(line for line in [*lines, *_size(column.number, example, typical)] if line)


def comment_across(sheet: Sheet) -> str:
    """Return the comment on each heading to the right of a sheet's columns."""
    across = _ACROSS[sheet.name]
    return "\n".join([across.meaning, *_size(number_across(sheet), across.example, across.typical)])


def number_across(sheet: Sheet) -> Number | None:
    """Return the unit and bounds of the numbers to the right of a sheet's columns; None if it has none there."""
    return number_in(_ACROSS[sheet.name].number) if sheet.across else None


def is_required(column: Column) -> bool:
    """Return True if no row in use can do without an entry in this column."""
    return column in _KEYS or (column.is_needed and column not in _FOR_SOME_ROWS)


def money_units(sheet: Sheet) -> str:
    """Return the units of a sheet's columns of money in a sentence; empty if it has none.

    >>> from simulation.scenario.workbook.sheets import PROGRAMMES
    >>> money_units(PROGRAMMES)
    'In £m a year: Value if shares are given. In £m: Set-up cost.'
    """
    found = {unit: [column.heading for column in sheet.columns if column.unit == unit] for unit in ("£m a year", "£m")}
    return " ".join(f"In {unit}: {', '.join(headings)}." for unit, headings in found.items() if headings)


def _when_empty(column: Column) -> str:
    """Return what an empty cell counts as, where that is a number; else the description says it."""
    if column.model is None:
        return ""
    for name, field in column.model.model_fields.items():
        default = field.default
        if written_name(column.model, name) == column.field and isinstance(default, int | float):
            return f"Left empty: {as_written(default)}."
    return ""


def range_of(number: Number) -> str:
    """Return the numbers that are allowed, in words; empty if any is.

    >>> range_of(Number("£m a year", gt=0)), range_of(Number(ge=1, le=50, whole=True))
    ('above 0 to 1,000,000', 'a whole number from 1 to 50')
    """
    low, above, high = (number.bounds.get(name) for name in ("ge", "gt", "le"))
    words = f"from {as_written(low)}" if low is not None else f"above {as_written(above)}" if above is not None else ""
    if high is not None:
        words += f" to {as_written(high)}"
    elif low is not None:
        words = f"{as_written(low)} or more"
    return f"a whole number {words}".strip() if number.whole else words


def _size(number: Number | None, example: str, typical: str | None) -> Iterator[str]:
    if number is not None:
        yield f"Unit: {number.unit}" if number.unit else ""
        yield f"Range: {words}" if (words := range_of(number)) else ""
    yield f"Example: {example}" if example else ""
    yield f"Typical: {typical}" if typical else ""


def _without_marks(text: str) -> str:
    return text.replace("`", "")
