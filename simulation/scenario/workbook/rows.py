"""A scenario as the tables of its workbook: which entry stands in which cell, in the order of the sheets."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.workbook.columns import WITH_UNDERSCORES, Sheet, readable
from simulation.scenario.workbook.sheets import (
    ACTIVITY,
    ASSUMPTIONS,
    CONTRACTS,
    EVENTS,
    GAP,
    LEVERS,
    LIST_SEPARATOR,
    OBSERVED_TRUST,
    ORGANISATIONS,
    OUTTURNS,
    PLACE,
    POOLED,
    PROGRAMMES,
    RELATIONSHIPS,
    SAVING,
    SKILLS,
)

Row = Mapping[int, Any]
"""Entries by column, counted from 0: a text, a number, or a number with its evidence as a mapping."""


class Table(NamedTuple):
    """The entries of one sheet.

    Attributes:
        sheet: The sheet.
        rows: Its rows of entries, from the top.
        across: The headings to the right of its columns, in a sheet that is a table of two kinds of names.
    """

    sheet: Sheet
    rows: tuple[Row, ...] = ()
    across: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings from the left."""
        if self.sheet is PLACE:
            return "Item", "Value", "Note"
        return (*(column.heading for column in self.sheet.columns), *self.across)


def tables_of(data: Mapping[str, Any]) -> list[Table]:
    """Return the tables of a workbook, without the sheet *Sources*.

    Args:
        data: A scenario's data, as `scenario_data` returns it; a part that is missing gives an empty table.
    """
    return [make(data) for make in _MAKERS]


def _place(data: Mapping[str, Any]) -> Table:
    rows = [{0: item.heading, 1: data.get(item.field), 2: item.described} for item in PLACE.columns]
    return Table(PLACE, tuple(rows))


def _gap(data: Mapping[str, Any]) -> Table:
    paths = [data.get("do_nothing", {}), data.get("plan", {}), data.get("observed", {}).get("gap", {})]
    months = sorted({month for path in paths for month in path})
    rows = [{0: month} | {column: path.get(month) for column, path in enumerate(paths, start=1)} for month in months]
    return Table(GAP, tuple(rows))


def _organisations(data: Mapping[str, Any]) -> Table:
    return _by_id(ORGANISATIONS, data.get("organisations", {}))


def _skills(data: Mapping[str, Any]) -> Table:
    entries = data.get("organisations", {})
    needed = (programme.get("domain") for programme in data.get("programmes", {}).values())
    known = sorted({domain for entry in entries.values() for domain in entry.get("skills", {})})
    domains = _once([*(domain for domain in needed if domain is not None), *known])
    return _crossed(SKILLS, domains, {name: entry.get("skills", {}) for name, entry in entries.items()})


def _programmes(data: Mapping[str, Any]) -> Table:
    return _by_id(PROGRAMMES, data.get("programmes", {}))


def _saving(data: Mapping[str, Any]) -> Table:
    programmes = data.get("programmes", {})
    savings = {name: entry.get("shares") or entry.get("saves") or {} for name, entry in programmes.items()}
    return _crossed(SAVING, tuple(data.get("organisations", {})), savings)


def _activity(data: Mapping[str, Any]) -> Table:
    programmes = data.get("programmes", {})
    return _named(ACTIVITY, ((name, move) for name, entry in programmes.items() for move in entry.get("activity", ())))


def _contracts(data: Mapping[str, Any]) -> Table:
    return _by_id(CONTRACTS, data.get("contracts", {}))


def _levers(data: Mapping[str, Any]) -> Table:
    levers = data.get("levers", {})
    return _named(LEVERS, ((Lever(name).label, setting) for name, settings in levers.items() for setting in settings))


def _relationships(data: Mapping[str, Any]) -> Table:
    return _listed(RELATIONSHIPS, data.get("relationships", {}).get("overrides", ()))


def _events(data: Mapping[str, Any]) -> Table:
    return _listed(EVENTS, data.get("events", ()))


def _assumptions(data: Mapping[str, Any]) -> Table:
    labels = {row.name: row.label for row in TABLE}
    parameters = data.get("parameters", {})
    return Table(ASSUMPTIONS, tuple({0: labels[name], 1: value} for name, value in parameters.items()))


def _outturns(data: Mapping[str, Any]) -> Table:
    entries = data.get("observed", {}).get("outturns", ())
    years = tuple(sorted({year for entry in entries for year in entry["by_year"]}))
    rows = _listed(OUTTURNS, entries).rows
    return Table(
        OUTTURNS,
        tuple({**row, **_across(OUTTURNS, years, entry["by_year"])} for row, entry in zip(rows, entries, strict=True)),
        years,
    )


def _observed_trust(data: Mapping[str, Any]) -> Table:
    entries = data.get("observed", {}).get("trust", ())
    rows = (
        {0: entry.get("of", POOLED), 1: entry.get("in"), 2: month, 3: trust}
        for entry in entries
        for month, trust in entry["by_month"].items()
    )
    return Table(OBSERVED_TRUST, tuple(rows))


_MAKERS: tuple[Callable[[Mapping[str, Any]], Table], ...] = (
    _place,
    _gap,
    _organisations,
    _skills,
    _programmes,
    _saving,
    _activity,
    _contracts,
    _levers,
    _relationships,
    _events,
    _assumptions,
    _outturns,
    _observed_trust,
)


def _by_id(sheet: Sheet, entries: Mapping[str, Any]) -> Table:
    return _named(sheet, entries.items())


def _named(sheet: Sheet, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> Table:
    """Return a table with a row for each entry, whose first column holds its name."""
    return Table(sheet, tuple({**_cells_of(sheet, entry), 0: name} for name, entry in entries))


def _listed(sheet: Sheet, entries: Iterable[Mapping[str, Any]]) -> Table:
    return Table(sheet, tuple(_cells_of(sheet, entry) for entry in entries))


def _crossed(sheet: Sheet, across: tuple[str, ...], entries: Mapping[str, Mapping[str, Any]]) -> Table:
    """Return a table of two kinds of names: rows by the first column, and `across` to its right."""
    rows = ({0: name, **_across(sheet, across, entry)} for name, entry in entries.items())
    return Table(sheet, tuple(rows), across)


def _across(sheet: Sheet, across: tuple[str, ...], entry: Mapping[str, Any]) -> dict[int, Any]:
    return {position: entry.get(name) for position, name in enumerate(across, start=len(sheet.columns))}


def _cells_of(sheet: Sheet, entry: Mapping[str, Any]) -> dict[int, Any]:
    """Return the entries of one row by the fields of its columns; several ids are one text."""
    cells = {}
    for position, column in enumerate(sheet.columns):
        value = entry.get(column.field) if column.field else None
        if column.choices in WITH_UNDERSCORES and value is not None:
            value = readable(value)
        cells[position] = f"{LIST_SEPARATOR} ".join(value) if isinstance(value, list) else value
    return cells


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
