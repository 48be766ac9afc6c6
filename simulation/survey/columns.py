"""The columns of a file of answers: who answers about whom, when, and which columns hold answers to which statement."""

import re
from dataclasses import dataclass, field
from types import MappingProxyType

from simulation.known_names import closest
from simulation.scenario.workbook.names import Names
from simulation.survey.cells import Cells
from simulation.survey.form import CODE_QUESTION, OF_QUESTION, TO_QUESTION, find_statement, known_statements, plain

_ROLES = MappingProxyType(
    {
        plain(heading): role
        for role, headings in {
            "of": ("from", OF_QUESTION),
            "in": ("to", TO_QUESTION),
            "item": ("item",),
            "score": ("score",),
            "date": ("date", "completion time"),
            "respondent": ("respondent", CODE_QUESTION),
            "email": ("email",),
        }.items()
        for heading in headings
    }
)
_NAMES = MappingProxyType({"of": "from", "in": "to"})
_OF_FORMS = frozenset({"id", "start time", "name", "last modified time", "total points", "quiz feedback", "language"})
_OF_QUIZZES = ("points - ", "feedback - ")
_SPLITS = re.compile(r"\s*[:.|]\s*(?=\S)|\s+[-–—]\s+")


@dataclass(slots=True)
class Columns:
    """The columns of a file of answers, counted from 0.

    Attributes:
        roles: The column of each role: of, in, item, score, date, respondent or email.
        answers: The columns of answers, each with the organisation that its heading names (None if the row names it)
            and the id of its statement.
        ignored: The headings of columns that are not read.
    """

    roles: dict[str, int] = field(default_factory=dict)
    answers: dict[int, tuple[str | None, str]] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        """True if each row holds one answer."""
        return "item" in self.roles or "score" in self.roles

    @property
    def has_across(self) -> bool:
        """True if headings name the organisations that the answers are about."""
        return any(trusted is not None for trusted, _ in self.answers.values())


def find_columns(cells: Cells, names: Names, *, needs_date: bool) -> Columns:
    """Return the columns of a file, and add what is wrong with its headings to its mistakes.

    Args:
        cells: The file.
        names: The organisations of the place.
        needs_date: True if the month of the answers is not given otherwise.
    """
    columns = Columns()
    seen: dict[str, int] = {}
    unknown: list[int] = []
    for column, heading in enumerate(cells.headings):
        words = plain(heading)
        if not words:
            if any(row.entry(column) for row in cells.rows):
                cells.report(cells.line, column, "has entries and no heading; give it one")
            continue
        if words in seen:
            cells.report(cells.line, column, f"is the heading of column {seen[words] + 1} too; rename or remove one")
            continue
        seen[words] = column
        role = _ROLES.get(words)
        if role is not None:
            columns.roles.setdefault(role, column)
        elif words in _OF_FORMS or words.startswith(_OF_QUIZZES):
            continue
        elif not _find_answers(cells, columns, column, names):
            unknown.append(column)
    _report_repeated(cells, columns)
    _report_unknown(cells, columns, unknown, needs_date=needs_date)
    _report_missing(cells, columns, needs_date=needs_date)
    return columns


def _find_answers(cells: Cells, columns: Columns, column: int, names: Names) -> bool:
    """Note a column of answers; return False if its heading names no statement."""
    heading = cells.headings[column]
    statement = find_statement(heading)
    if statement is not None:
        columns.answers[column] = None, statement.id
        return True
    for split in _SPLITS.finditer(heading):
        organisation, rest = heading[: split.start()].strip(), heading[split.end() :].strip()
        found, what, meant = names.find(organisation, ("organisations",))
        statement = find_statement(rest)
        if found is None and statement is not None and _is_named_by_rows(cells):
            columns.answers[column] = None, statement.id  # the title of a question stands before its statement
            return True
        if found is not None and statement is not None:
            columns.answers[column] = found, statement.id
            return True
        if statement is not None or (found is not None and rest):
            if statement is None:
                what, meant = "unknown statement after the organisation", closest(rest, known_statements())
            cells.report(cells.line, column, what or "", None, meant)
            return True
    numbered = re.fullmatch(r"(.+?)[0-9]+", heading)
    if numbered is not None and find_statement(numbered[1]) is not None:
        what = "repeats a statement without its organisation; begin each with its name: “The hospital: They …”"
        cells.report(cells.line, column, what)
        return True
    return False


def _is_named_by_rows(cells: Cells) -> bool:
    """Return True if each row names the organisation that its answers are about."""
    return any(_ROLES.get(plain(heading)) == "in" for heading in cells.headings)


def _report_repeated(cells: Cells, columns: Columns) -> None:
    """Report columns that ask the same about the same organisation."""
    first: dict[tuple[str | None, str], int] = {}
    for column, asked in columns.answers.items():
        if first.setdefault(asked, column) != column:
            cells.report(cells.line, column, f"asks the same as column {first[asked] + 1}; remove one of the two")


def _report_unknown(cells: Cells, columns: Columns, unknown: list[int], *, needs_date: bool) -> None:
    """Report headings that are probably mistyped; note the others as not read."""
    open_ = [heading for heading, role in _ROLES.items() if role not in columns.roles]
    if not needs_date:
        open_ = [heading for heading in open_ if _ROLES[heading] != "date"]
    for column in unknown:
        heading = cells.headings[column]
        meant = closest(heading, [*open_, *known_statements()])
        if meant is None:
            columns.ignored.append(heading)
        else:
            cells.report(cells.line, column, "unknown heading", None, meant)


def _report_missing(cells: Cells, columns: Columns, *, needs_date: bool) -> None:
    needed = ["of"]
    if columns.is_long:
        needed += ["in", "item", "score"]
    elif not columns.answers:
        cells.report(
            cells.line, None, "has no answers: neither columns item and score, nor a column for each statement"
        )
    elif not columns.has_across:
        needed.append("in")
    if needs_date:
        needed.append("date")
    for role in needed:
        if role not in columns.roles:
            hint = " (or give --month)" if role == "date" else ""
            cells.report(cells.line, None, f"is missing; add it{hint}", where=f"column {_NAMES.get(role, role)}")
    if columns.has_across and "in" in columns.roles:
        cells.report(cells.line, None, "names organisations in headings and in a column to; keep one of the two")
