"""A file of answers as a table of texts: with commas, semicolons or tabs in any usual encoding, or a workbook."""

import codecs
import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulation.formatting import counted
from simulation.input_files import UnfitFileError, read_input
from simulation.limits import MOST_ENTRIES
from simulation.scenario.problems import Location, Problem, ScenarioError, Sheet
from simulation.survey.sheet import sheet_of

_SEPARATORS = ",;\t"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REPEATED = 3
"""A mistake that at least so many more lines repeat is reported once."""
_OTHER_WORKBOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})


@dataclass(slots=True)
class Row:
    """A row of a file of answers: its line, and its entries from the left."""

    line: int
    entries: list[str]

    def entry(self, column: int | None) -> str:
        """Return the entry in a column, counted from 0; empty if there is no such column."""
        return "" if column is None or column >= len(self.entries) else self.entries[column]


@dataclass(slots=True)
class Cells:
    """A file of answers as texts.

    Attributes:
        file: The name of the file in messages.
        headings: The headings from the left.
        rows: The rows below them that have any entry.
        line: The line of the headings.
        sheet: The sheet, if the file is a workbook.
        problems: Mistakes so far.
        not_read: The names of other sheets with entries.
    """

    file: str
    headings: list[str]
    rows: list[Row]
    line: int = 1
    sheet: Sheet | None = None
    problems: list[Problem] = field(default_factory=list)
    not_read: tuple[str, ...] = ()

    def report(
        self,
        line: int,
        column: int | None,
        what: str,
        given: str | None = None,
        meant: str | None = None,
        *,
        where: str = "",
    ) -> None:
        """Add a mistake.

        Args:
            line: The line of the file, or row of the sheet.
            column: The column, counted from 0; None for the row as a whole.
            what: The mistake, and how to fix it.
            given: The entry, where it can hold nothing personal.
            meant: What was probably meant.
            where: What is at fault, if no column is.
        """
        number = None if self.sheet is None else 1 if column is None else column + 1
        if column is not None:
            where = f"column {shown_heading(self.headings[column]) or column + 1}"
        self.problems.append(Problem(Location(self.file, line, number, self.sheet), where, what, given, meant))

    def mistakes(self) -> ScenarioError:
        """Return the mistakes as an error; one that more than three lines repeat once, with the lines of the next."""
        alike: dict[tuple[str, str, str | None], list[Problem]] = {}
        for each in self.problems:
            alike.setdefault((each.where, each.what, each.given), []).append(each)
        return ScenarioError(each for group in alike.values() for each in _once(group))


def read_cells(path: str | os.PathLike[str]) -> Cells:
    """Read a file of answers as texts.

    Args:
        path: A text file whose first line holds headings, or a workbook (.xlsx) whose first sheet that is shown does.

    Raises:
        ScenarioError: If it cannot be read as a table.
        OSError: If it cannot be read at all.
    """
    file = os.fspath(path)
    suffix = Path(path).suffix.lower()
    if suffix in _OTHER_WORKBOOKS:
        raise _error(
            file, f"is of a kind ({suffix}) that is not read; save it as Excel Workbook (.xlsx) or as CSV UTF-8"
        )
    content = _read(path, file)
    table = sheet_of(content, file) if suffix == ".xlsx" else None
    rows = _of_text(content, file) if table is None else [Row(*each) for each in table.rows]
    filled = [row for row in rows if any(row.entries)]
    if not filled:
        raise _error(file, "is empty; the first line must hold the headings, and each line below it answers")
    first, *others = filled
    if not others:
        raise _error(file, "has headings and no answers")
    cells = Cells(file, first.entries, others, first.line)
    if table is not None:
        cells.sheet, cells.not_read = table.sheet, table.not_read
        for line, column, what in table.mistakes:
            cells.report(line, column if column < len(first.entries) else None, what)
    _report_long_rows(cells)
    return cells


def _read(path: str | os.PathLike[str], file: str) -> bytes:
    try:
        return read_input(path)
    except UnfitFileError as error:
        smaller = "; keep the columns of the form only" if "larger" in str(error) else ""
        raise _error(file, f"{error}{smaller}") from error


def _report_long_rows(cells: Cells) -> None:
    """Report and leave out rows with more entries than headings, whose entries may stand in wrong columns."""
    kept = []
    for row in cells.rows:
        if any(row.entries[len(cells.headings) :]):
            what = (
                f"has {counted(len(row.entries), 'entry', 'entries')} for "
                f"{counted(len(cells.headings), 'column')}; put an entry in quotes if it holds "
                "the separator, such as a decimal comma"
            )
            cells.report(row.line, None, what)
        else:
            kept.append(row)
    cells.rows = kept


def _of_text(content: bytes, file: str) -> list[Row]:
    text = _decode(content, file)
    first = text.lstrip().partition("\n")[0].strip()
    named = re.fullmatch(r"sep=(.)", first)
    separator = named[1] if named else max(_SEPARATORS, key=first.count)
    try:
        rows = list(_within_limit(_records(text, separator), file))
    except csv.Error as error:
        raise _error(file, "cannot be read as a table; a quotation mark may not be closed") from error
    return rows[1:] if named and rows else rows


def _records(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    for entries in reader:
        if entries:
            yield Row(line, [entry.strip() for entry in entries])
        line = reader.line_num + 1


def _within_limit(rows: Iterable[Row], file: str) -> Iterator[Row]:
    """Yield rows as long as they don't hold too many entries."""
    entries = 0
    for row in rows:
        entries += len(row.entries)
        if entries > MOST_ENTRIES:
            what = f"the file has more than {MOST_ENTRIES:,} entries up to here; give the answers of one wave at a time"
            raise ScenarioError([Problem(Location(file, row.line), "", what)])
        yield row


def _decode(content: bytes, file: str) -> str:
    """Return the text of a file: by its mark if it has one, else UTF-8, else that of Windows."""
    mark, encoding = next((each for each in _BOMS if content.startswith(each[0])), (b"", "utf-8"))
    content = content.removeprefix(mark)
    for each in (encoding,) if mark else (encoding, "cp1252"):
        try:
            text = content.decode(each)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _error(file, "is not a text file; save it as CSV UTF-8, or give the workbook (.xlsx) itself")


def _once(alike: list[Problem]) -> list[Problem]:
    """Return the first of many equal mistakes, with how often the others follow; a few as they are."""
    first, *others = alike
    if len(others) < _REPEATED:
        return alike
    what = f"{first.what}; so in {counted(len(others), 'more line')}, the next being {others[0].location.line}"
    return [replace(first, what=what)]


def _error(file: str, what: str) -> ScenarioError:
    return ScenarioError([Problem(Location(file), "", what)])


def shown_heading(heading: str) -> str:
    """Return a heading for one line of a message: without line breaks, and cut short.

    Args:
        heading: The heading as the file has it.
    """
    line = "".join(each if each.isprintable() else " " for each in " ".join(heading.split()))
    return line if len(line) <= 40 else f"{line[:39]}…"
