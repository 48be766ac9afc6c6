"""Read a scenario file as a `Scenario`, or report all its mistakes at once."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path as FilePath

from simulation.limits import MOST_MISTAKES
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import WORKBOOK, Node
from simulation.scenario.every import EVERY, stands_for_every
from simulation.scenario.extends import resolve_extends
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.months import month_of_date
from simulation.scenario.problems import (
    Finding,
    Location,
    Path,
    Problem,
    ScenarioError,
    describe_given,
    one_line,
    sort_problems,
    where_of,
)
from simulation.scenario.schema import Scenario
from simulation.scenario.workbook.file_words import called_in_workbook, column_of, in_words_of_workbooks

_NO_SUCH_FILE = "no such file"

_OF_EXPERIMENTS = frozenset({"scenario", "compare", "vary", "design", "question", "attribution", "decide", "paper"})
_OF_SCENARIOS = frozenset({"start", "organisations", "contracts", "programmes", "opportunities", "extends"})


def looks_like_experiment(names: Iterable[str]) -> bool:
    """Return True if the names at the top of a file are those of an experiment and not of a scenario."""
    there = set(names)
    return bool(there & _OF_EXPERIMENTS) and not there & _OF_SCENARIOS


def load_scenario(path: str | os.PathLike[str]) -> Scenario:
    """Read a scenario file and the files that it extends.

    Args:
        path: A YAML file or a workbook (.xlsx).

    Raises:
        ScenarioError: With all mistakes in these files.
    """
    scenario, problems = _read(path)
    if (
        [each.what for each in problems] == [_NO_SUCH_FILE]
        and problems[0].suggestion is None
        and not FilePath(path).is_absolute()
    ):
        # A notebook runs in a folder of its own, so the one in which a relative path was looked for is named.
        looked_in = FilePath(path).absolute().parent
        problems = [replace(problems[0], what=f"{_NO_SUCH_FILE} in {looked_in}")]
    if scenario is None or problems:
        raise ScenarioError(problems)
    return scenario


def find_problems(path: str | os.PathLike[str], file: str | None = None) -> list[Problem]:
    """Return all mistakes in a scenario file and the files that it extends, by file and line; none if it can be used.

    Args:
        path: A YAML file or a workbook (.xlsx).
        file: The name of the file in messages; the path if left out.
    """
    return _read(path, file)[1]


def _read(path: str | os.PathLike[str], file: str | None = None) -> tuple[Scenario | None, list[Problem]]:
    tree, problems, whole = resolve_extends(FilePath(path), file or os.fspath(path))
    if tree is None:
        return None, sort_problems(problems)
    if looks_like_experiment(tree.keys):
        what = "is an experiment, not a scenario; `trustsim batch` runs it"
        return None, [Problem(Location(file or os.fspath(path)), "", what)]
    data = tree.to_plain()
    scenario, findings = find_schema_problems(Scenario, data)
    if whole:
        findings += islice(find_contradictions(data), MOST_MISTAKES)
    problems += locate_all(tree, findings, whole=whole)
    return scenario, sort_problems(problems)


def find_locations(path: str | os.PathLike[str], paths: Iterable[Path]) -> list[Location | None]:
    """Return the location of each number in a scenario file, or in the file that it extends; None if it is left out.

    Args:
        path: A scenario file without mistakes.
        paths: Paths in its scenario, with all indices.
    """
    tree, _, _ = resolve_extends(FilePath(path), os.fspath(path))
    return [None if tree is None else _location_in(tree, each) for each in paths]


def find_cells_left_empty(path: str | os.PathLike[str], paths: Iterable[Path]) -> list[str | None]:
    """Return where each number that a workbook leaves out would stand, in words; None in a file of another kind.

    Args:
        path: A scenario file without mistakes.
        paths: Paths in its scenario, with all indices.
    """
    tree, _, _ = resolve_extends(FilePath(path), os.fspath(path))
    return [None if tree is None else _cell_left_empty(tree, each) for each in paths]


def _cell_left_empty(tree: Node, path: Path) -> str | None:
    location, _, absent = _locate(tree, path[:2], at_key=False)
    if absent or location.sheet is None:
        return None
    sheet, heading = column_of(path) or (None, "")
    if sheet is None:
        return None
    row = f"row {location.line}" if sheet == location.sheet.name else f"row {one_line(str(path[1]))}"
    return f"{sheet}, {row}, {one_line(heading)}"


def _location_in(tree: Node, path: Path) -> Location | None:
    """Return a path's location.

    A lever's only setting may stand in the file without a list around it, and a date as the year of which it is the
    middle.
    """
    lone = (*path[:2], *path[3:]) if path[0] == "levers" else path
    for each in dict.fromkeys((path, lone, _by_year(path))):
        location, _, absent = _locate(tree, each, at_key=False)
        if not absent:
            return location
    return None


def _by_year(path: Path) -> Path:
    """Return a path to a date of a dated path by its financial year; any other path as it is."""
    year = str(path[-1]).partition("-")[0]
    if not year.isdecimal():
        return path
    written = f"{year}/{(int(year) + 1) % 100:02d}"
    return (*path[:-1], written) if month_of_date(written) == path[-1] else path


def locate_all(tree: Node, findings: Iterable[Finding], *, whole: bool) -> Iterator[Problem]:
    """Yield findings as problems with file and line, without those for values that were reported before.

    Args:
        tree: The file, merged with its bases.
        findings: The mistakes, by path in the data.
        whole: False if a base could not be read, so that a missing field is not a mistake.
    """
    of_every: set[tuple[Location, str, str, str | None]] = set()
    for finding in findings:
        location, reported, absent = _locate(tree, finding.path, at_key=finding.at_key)
        if not reported and (whole or not absent):
            path = _as_written(tree, finding.path, location)
            where = where_of(path) if location.name is None else called_in_workbook(location)
            given = finding.given
            if given is None and finding.at_key and str(finding.path[-1]) not in where:
                given = describe_given(finding.path[-1])  # a cell's name says what it is, not always what it holds
            what = finding.what if location.sheet is None else in_words_of_workbooks(finding.what)
            if path != finding.path:
                mistake = (location, where, what, given)
                if mistake in of_every:
                    continue
                of_every.add(mistake)
            yield Problem(location, where, what, given, finding.suggestion)


def _as_written(tree: Node, path: Path, location: Location) -> Path:
    """Return the path of a mistake as its file has it: with `*` where that is what was written."""
    section = tree.value.get(path[0]) if path else None
    if len(path) < 2 or section is None or section.kind != "mapping" or not stands_for_every(section, path[1]):
        return path
    return (path[0], EVERY, *path[2:]) if location.file == section.keys[EVERY].file else path


def locate_warnings(path: str | os.PathLike[str], warnings: Iterable[str]) -> list[str]:
    """Return warnings about a scenario, each with the cell that it is about if the scenario is a workbook.

    Args:
        path: The scenario file.
        warnings: The warnings, each with the path of its subject before a colon.
    """
    texts = list(warnings)
    file = os.fspath(path)
    tree = resolve_extends(FilePath(path), file).tree if texts and file.lower().endswith(WORKBOOK) else None
    if tree is None:
        return texts
    places = dict(_locations_in(tree, ()))
    return [in_words_of_workbooks(_with_cell(text, places.get(text.partition(": ")[0]), file)) for text in texts]


def _locations_in(node: Node, path: Path) -> Iterator[tuple[str, Location]]:
    """Yield each path under a node, as warnings write it, with its location."""
    parts = node.value.items() if node.kind == "mapping" else enumerate(node.value) if node.kind == "list" else ()
    for key, part in parts:
        yield where_of((*path, key)), part.location
        yield from _locations_in(part, (*path, key))


def _with_cell(text: str, location: Location | None, file: str) -> str:
    """Return a warning with the cell and its name in place of the path."""
    if location is None or location.sheet is None:
        return text
    cell, name, what = str(location).removeprefix(f"{file}: "), called_in_workbook(location), text.partition(": ")[2]
    return f"{cell}: {name}: {what}" if name else f"{cell}: {what}"


def _locate(node: Node, path: Path, *, at_key: bool) -> tuple[Location, bool, bool]:
    """Return a path's location in the files, whether a problem was reported there, and whether it is absent."""
    reported = node.flagged
    for position, part in enumerate(path):
        last = position == len(path) - 1
        if node.kind == "mapping" and part in node.value:
            if at_key and last:
                return node.keys[str(part)], reported or part in node.flagged_keys, False
            node = node.value[part]
        elif node.kind == "list" and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return node.keys.get(str(part), node.location), reported, True
        reported = reported or node.flagged
    return node.location, reported, False
