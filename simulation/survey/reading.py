"""Read a file of answers as a tidy table: one answer a row, by whom about whom, and its month.

Respondents are distinguished by a number that is made here; their names and addresses are compared and not kept.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from simulation.formatting import counted
from simulation.known_names import closest
from simulation.scenario.problems import describe_given
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.names import Names
from simulation.survey.cells import Cells, Row, read_cells, shown_heading
from simulation.survey.columns import Columns, find_columns
from simulation.survey.dates import read_months
from simulation.survey.form import NO_ANSWER, find_statement, known_statements, plain, read_score

_NOT_A_PERSON = NO_ANSWER | {"anonymous", "none", "no code", "nil", "x", "?"}
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]{0,11}|[-+]?[.,][0-9]{1,9}")
_DATE = re.compile(r"[0-9][0-9/.: T-]{0,24}")


class Answer(NamedTuple):
    """One person's answer to one statement about one organisation.

    Attributes:
        of: The organisation that the person works for, by id.
        trusted: The organisation that the answer is about, by id.
        month: YYYY-MM.
        respondent: Distinguishes the people of a file.
        statement: The id of the statement.
        score: 1 to 7.
    """

    of: str
    trusted: str
    month: str
    respondent: int
    statement: str
    score: int


@dataclass(slots=True)
class Answers:
    """The answers of a file.

    Attributes:
        answers: One for each person, organisation, month and statement.
        statements: The statements that the file asks.
        notices: What was left out or taken for granted, a sentence each.
    """

    answers: list[Answer]
    statements: frozenset[str]
    notices: list[str] = field(default_factory=list)


def read_answers(path: str | os.PathLike[str], place: Scenario, month: str | None = None) -> Answers:
    """Read the answers of a survey about the organisations of a place.

    Args:
        path: A file in long or wide layout, or a Microsoft Forms export; text or a workbook (.xlsx).
        place: The place.
        month: The month that all answers count for, YYYY-MM; by their dates if left out.

    Raises:
        ScenarioError: With all mistakes in the file.
    """
    cells = read_cells(path)
    names = Names()
    for each, organisation in place.organisations.items():
        names.add("organisations", each, organisation.name)
    columns = find_columns(cells, names, needs_date=month is None)
    if cells.problems:
        raise cells.mistakes()
    reader = _Reader(cells, columns, names, month)
    answers = reader.read()
    if cells.problems:
        raise cells.mistakes()
    return answers


class _Reader:
    """Reads the rows of a file whose columns are known."""

    def __init__(self, cells: Cells, columns: Columns, names: Names, month: str | None) -> None:
        self.cells, self.columns, self.names = cells, columns, names
        self.months = self._months(month)
        self.numbers: dict[tuple[str, ...], int] = {}
        self.ranks: dict[tuple[str, ...], int] = {}
        self.employers: dict[int, set[str]] = {}
        self.kept: dict[tuple[str, str, str, int, str], Answer] = {}
        self.asked: set[str] = {statement for _, statement in columns.answers.values()}
        self.entries = self.missing = self.twice = self.own = 0

    def read(self) -> Answers:
        """Return the answers; add mistakes to those of the file."""
        for row in self.cells.rows:
            of = self._organisation(row, "of")
            trusted = self._organisation(row, "in") if "in" in self.columns.roles else None
            if self.columns.is_long:
                self._read_long(row, of, trusted)
            else:
                self._read_wide(row, of, trusted)
        return Answers(list(self.kept.values()), frozenset(self.asked), list(self._notices()))

    def _read_long(self, row: Row, of: str | None, trusted: str | None) -> None:
        column = self.columns.roles["item"]
        given = row.entry(column)
        statement = find_statement(given)
        if statement is None:
            self.cells.report(row.line, column, "unknown statement", _shown(given), closest(given, known_statements()))
            self._score(row, self.columns.roles["score"])
            return
        self.asked.add(statement.id)
        respondent = self._respondent(row, of, trusted, statement.id)
        self._add(row, of, trusted, respondent, statement.id, self.columns.roles["score"])

    def _read_wide(self, row: Row, of: str | None, trusted: str | None) -> None:
        respondent = self._respondent(row, of, trusted)
        for column, (about, statement) in self.columns.answers.items():
            self._add(row, of, about or trusted, respondent, statement, column)

    def _add(self, row: Row, of: str | None, trusted: str | None, respondent: int, statement: str, column: int) -> None:
        score = self._score(row, column)
        month = self.months.get(row.line)
        if score is None or of is None or trusted is None or month is None:
            return
        if of == trusted:
            self.own += 1
            return
        self.employers.setdefault(respondent, set()).add(of)
        key = of, trusted, month, respondent, statement
        self.twice += key in self.kept
        self.kept[key] = Answer(of, trusted, month, respondent, statement, score)

    def _score(self, row: Row, column: int) -> int | None:
        """Return the score in a column; None if there is none, or it is wrong, which is reported."""
        text = row.entry(column)
        self.entries += 1
        try:
            score = read_score(text)
        except ValueError as error:
            self.cells.report(row.line, column, str(error), _shown(text) if _NUMBER.fullmatch(text) else None)
            return None
        self.missing += score is None
        return score

    def _organisation(self, row: Row, role: str) -> str | None:
        """Return the id of the organisation in a column; None if it is unknown, which is reported."""
        column = self.columns.roles[role]
        given = row.entry(column)
        if not given:
            who = (
                "the organisation of the respondent" if role == "of" else "the organisation that the answers are about"
            )
            self.cells.report(row.line, column, f"is missing: {who}")
            return None
        found, what, meant = self.names.find(given, ("organisations",))
        if found is None:
            self.cells.report(row.line, column, what or "", _shown(given), meant)
        return found

    def _respondent(self, row: Row, of: str | None, trusted: str | None, statement: str = "") -> int:
        """Return the number of the person who has filled a row.

        Where a file doesn't distinguish people, the nth row of an organisation about another counts as its nth person,
        so that nobody is counted twice.
        """
        key: tuple[str, ...] | None = None
        for role in ("respondent", "email"):
            code = plain(row.entry(self.columns.roles.get(role)))
            if role in self.columns.roles and code not in _NOT_A_PERSON and key is None:
                key = role, code
        if "respondent" in self.columns.roles and key is None:
            what = "is missing: any code that no other respondent has; it is not kept"
            self.cells.report(row.line, self.columns.roles["respondent"], what)
        if key is None and self.columns.has_across:
            key = "row", str(row.line)
        if key is None:
            place = of or "", trusted or "", self.months.get(row.line, ""), statement
            self.ranks[place] = self.ranks.get(place, 0) + 1
            key = "rank", of or "", str(self.ranks[place])
        return self.numbers.setdefault(key, len(self.numbers))

    def _months(self, month: str | None) -> dict[int, str]:
        """Return the month of each row; report dates that are none."""
        if month is not None:
            return {row.line: month for row in self.cells.rows}
        column = self.columns.roles["date"]
        months, mistakes = read_months({row.line: row.entry(column) for row in self.cells.rows})
        entries = {row.line: row.entry(column) for row in self.cells.rows}
        for line, what in mistakes.items():
            is_like_one = bool(_DATE.fullmatch(entries[line]))
            self.cells.report(line, column, what, _shown(entries[line]) if is_like_one else None)
        return months

    def _notices(self) -> Iterator[str]:
        if self.missing:
            yield f"{self.missing:,} of {counted(self.entries, 'answer')} are missing"
        if self.own:
            yield f"not used: {counted(self.own, 'answer')} of respondents about their own organisation"
        if self.twice:
            yield f"given twice by one respondent: {counted(self.twice, 'answer')}; the one further down counts"
        several = sum(len(employers) > 1 for employers in self.employers.values())
        if several:
            yield f"answering for more than one organisation: {counted(several, 'respondent')}, counted under each"
        if self.ranks:
            yield (
                "the file does not distinguish respondents (no column respondent), so that one who answers twice about "
                "the same organisation counts as two"
            )
        for sheet in self.cells.not_read:
            yield f"not read: sheet “{shown_heading(sheet)}”"
        for heading in self.columns.ignored:
            yield f"not read: column “{shown_heading(heading)}”"


def _shown(text: str) -> str | None:
    """Return an entry for a message; None if it may be somebody's address."""
    return None if "@" in text or not text else describe_given(text)
