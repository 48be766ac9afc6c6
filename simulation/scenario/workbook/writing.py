"""A scenario as a workbook, and the empty workbook of a new place; the same scenario always gives the same bytes."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from simulation.scenario.problems import Location, Problem, ScenarioError, describe_given
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.evidence_rows import sources_of
from simulation.scenario.workbook.filling import fill_sheet
from simulation.scenario.workbook.read_me import fill_read_me
from simulation.scenario.workbook.rows import Table, tables_of
from simulation.scenario.workbook.sheets import HEADING_ROW, SKILLS
from simulation.scenario.workbook.styling import Styles
from simulation.scenario.workbook.tables import is_note, position_of
from simulation.scenario.writing import scenario_data

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of everything in a workbook, the first that a zip file can hold."""

_MONTHS = 36
_CREATED_ON_UNIX = 3
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def write_workbook(scenario: Scenario, file: str = "workbook.xlsx") -> bytes:
    """Return a scenario as a workbook that reads back as an equal scenario, sources included.

    Args:
        scenario: The scenario.
        file: The name of the workbook in messages.

    Raises:
        ScenarioError: If an entry cannot be held, such as a text of more than 32,767 characters; each with its cell.
    """
    return _write(scenario_data(scenario), file)


def write_template(title: str) -> bytes:
    """Return a workbook with room for a new place: its title, three years and nothing else.

    Args:
        title: The title of the place.
    """
    return _write({"title": title, "months": _MONTHS}, "workbook.xlsx")


def _write(data: Mapping[str, Any], file: str) -> bytes:
    tables = tables_of(data)
    book = Workbook()
    styles = Styles(book)
    listed = fill_read_me(book.worksheets[0], styles)
    problems = list(_find_unread(data, next(table for table in tables if table.sheet is SKILLS), file))
    for table in [*tables, sources_of(tables)]:
        sheet = book.create_sheet(table.sheet.name)
        problems += fill_sheet(sheet, table, styles, listed, file)
    if problems:
        raise ScenarioError(problems)
    book.properties.creator = "trustsim"
    book.properties.created = datetime(*_FIRST_MOMENT)
    written = BytesIO()
    book.save(written)
    return _without_times(written)


def _find_unread(data: Mapping[str, Any], skills: Table, file: str) -> Iterator[Problem]:
    """Yield a problem for each field of skill that would be taken for a note."""
    needed = {entry.get("domain") for entry in data.get("programmes", {}).values()}
    for column, domain in enumerate(skills.across, start=len(SKILLS.columns) + 1):
        if is_note(domain) and domain not in needed:
            what = "is a field of skill that no programme needs and would be taken for a note; rename or remove it"
            location = Location(file, HEADING_ROW, column, position_of(SKILLS))
            yield Problem(location, "", what, describe_given(domain))


def _without_times(written: BytesIO) -> bytes:
    """Return a workbook whose parts all have the same time, whenever they were written."""
    moment = datetime(*_FIRST_MOMENT).isoformat().encode() + b"Z"
    packed = BytesIO()
    with ZipFile(written) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _FIRST_MOMENT)
            part.compress_type, part.create_system = ZIP_DEFLATED, _CREATED_ON_UNIX
            new.writestr(part, _MODIFIED.sub(rb"\g<1>" + moment, old.read(name)) if "core" in name else old.read(name))
    return packed.getvalue()
