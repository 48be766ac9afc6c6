"""Read a YAML file as a tree of nodes with their locations; every mistake is a problem with its location."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Literal

import yaml

from simulation.input_files import STANDARD_INPUT, UnfitFileError, read_input, read_standard_input
from simulation.known_names import closest
from simulation.limits import MOST_MISTAKES
from simulation.scenario.composing import TooMuchError, compose
from simulation.scenario.cut_numbers import entries_with_rests
from simulation.scenario.problems import Location, Path, Problem, describe_given, one_line, where_of
from simulation.scenario.scalars import TAG, read_key, read_scalar, short_tag
from simulation.scenario.typed_numbers import how_to_write

WORKBOOK = ".xlsx"
"""The end of the name of a workbook."""

_PLAIN_ENGLISH = {
    "mapping values are not allowed": "a ': ' where none can be; fix the indentation, or put the text in quotes",
    "'\\t'": "indent with spaces, not with tabs",
    "could not find expected ':'": "expected `name: value`",
    "expected a single document": "must be one document; remove the second `---`",
    "but found another document": "must be one document; remove the second `---`",
    "<block end>": "the indentation does not fit the lines above",
    "expected ',' or '}'": "a mapping in { } is not closed, or a comma is missing",
    "expected ',' or ']'": "a list in [ ] is not closed, or a comma is missing",
    "end of stream": "a quotation mark is not closed",
}


@dataclass(slots=True)
class Node:
    """A mapping, list or scalar of a file, with its location.

    Attributes:
        kind: Mapping, list or scalar.
        value: Nodes by key, a list of nodes, or the scalar itself.
        location: The location at which it begins.
        keys: The location of each key of a mapping.
        flagged: True if a problem with this value has already been reported; the value is then None.
        flagged_keys: Keys for which a problem has already been reported.
    """

    kind: Literal["mapping", "list", "scalar"]
    value: Any
    location: Location
    keys: dict[str, Location] = field(default_factory=dict)
    flagged: bool = False
    flagged_keys: set[str] = field(default_factory=set)

    def to_plain(self) -> Any:
        """Return the tree as dictionaries, lists and scalars."""
        if self.kind == "mapping":
            return {key: node.to_plain() for key, node in self.value.items()}
        if self.kind == "list":
            return [node.to_plain() for node in self.value]
        return self.value


class _StoppedError(Exception):
    """The tree is endless, or has so many mistakes that it is not read to its end."""


def read_document(path: FilePath, file: str) -> tuple[Node | None, list[Problem]]:
    """Read a file; return its tree, or None if it cannot be read as one, and all problems found.

    Args:
        path: The file.
        file: The name of the file in messages.
    """
    text, problems = _read_text(path, file)
    if text is None:
        return None, problems
    try:
        return _read_tree(text, file)
    except yaml.YAMLError as error:
        problem = _syntax_problem(error, text, file)
    except TooMuchError as error:
        problem = Problem(Location(file, error.mark.line + 1, error.mark.column + 1), "", error.what)
    return None, [problem]


def _read_tree(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    raw = compose(text)
    if raw is None:
        return None, [Problem(Location(file, 1, 1), "", "is empty; `trustsim new` writes a file to start from")]
    builder = _Builder(file)
    try:
        tree = builder.build(raw, ())
    except _StoppedError:
        return None, builder.problems
    if tree.kind == "mapping":
        return tree, builder.problems
    if not tree.flagged:
        builder.report(
            tree.location, (), "must be a mapping of names to values at the top", describe_given(tree.to_plain())
        )
    return None, builder.problems


def read_bytes(path: FilePath, file: str, smaller: str = "") -> tuple[bytes | None, list[Problem]]:
    """Return the content of a file, or of standard input; None and the problem if it cannot be read.

    Args:
        path: The file; `-` is standard input.
        file: The name of the file in messages.
        smaller: How to make a file smaller that is too large.
    """

    def refuse(what: str, suggestion: str | None = None) -> tuple[None, list[Problem]]:
        return None, [Problem(Location(file), "", what, suggestion=suggestion)]

    try:
        return read_standard_input() if os.fspath(path) == STANDARD_INPUT else read_input(path), []
    except FileNotFoundError:
        return refuse("no such file", closest(path.name, files_in_folder_of(path)))
    except PermissionError:
        return refuse("may not be read: permission denied")
    except UnfitFileError as error:
        return refuse(f"{error}; {smaller}" if smaller and "larger" in str(error) else str(error))
    except ValueError:
        return refuse("cannot be read: no file can have such a name")
    except OSError as error:
        return refuse(f"cannot be read: {error.strerror or error}")


def _read_text(path: FilePath, file: str) -> tuple[str | None, list[Problem]]:
    content, problems = read_bytes(path, file)
    if content is None:
        return None, problems
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        return None, [Problem(Location(file, line, column), "", "is not UTF-8; save the file as UTF-8")]


def is_scenario_file(name: str) -> bool:
    """Return True for the name of a YAML file or a workbook; False for one that Excel locks a workbook with."""
    return name.endswith((".yaml", ".yml")) or (name.lower().endswith(WORKBOOK) and not name.startswith("~$"))


def files_in_folder_of(path: FilePath) -> Iterator[str]:
    """Yield the names of the scenario files in the folder of a path."""
    try:
        yield from (other.name for other in path.parent.iterdir() if is_scenario_file(other.name))
    except OSError:
        return


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)  # libyaml counts bytes, not characters
        at = error.position if found is None else found.start()
        before = text[:at]
        what = "holds a control character that YAML does not allow; remove it"
        given = f"U+{ord(text[at]):04X}"
        location = Location(file, before.count("\n") + 1, at - before.rfind("\n"))
        return Problem(location, "", what, given)
    mark = _mark_of(error, text)
    said = " ".join(str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    fix = next((plain for words, plain in _PLAIN_ENGLISH.items() if words in said), said)
    what = fix if fix.startswith("must") else f"is not valid YAML: {fix}"
    line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
    return Problem(Location(file, line, column), "", what)


def _mark_of(error: yaml.YAMLError, text: str) -> yaml.Mark | None:
    """Return the location of a mistake: the start of a part that has no end, else the point where reading stopped."""
    begun: yaml.Mark | None = getattr(error, "context_mark", None)
    stopped: yaml.Mark | None = getattr(error, "problem_mark", None)
    if begun is None or stopped is None:
        return stopped
    endless = not text[stopped.index :].strip() or "simple key" in str(getattr(error, "context", ""))
    return begun if endless else stopped


class _Builder:
    """Turns PyYAML's nodes into ours and collects their problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.reported: set[tuple[Location, str]] = set()
        self.open: set[int] = set()
        self.cut: set[int] = set()

    def report(self, location: Location, path: Path, what: str, given: str | None = None) -> None:
        """Add a problem, once for each location even if an alias repeats it."""
        if (location, what) in self.reported:
            return
        if len(self.reported) >= MOST_MISTAKES:
            self.problems.append(Problem(location, "", f"more than {MOST_MISTAKES:,} mistakes; fix those above first"))
            raise _StoppedError
        self.reported.add((location, what))
        self.problems.append(Problem(location, where_of(path), what, given))

    def build(self, raw: yaml.Node, path: Path) -> Node:
        """Return the tree under one of PyYAML's nodes."""
        location = self._location(raw)
        if id(raw) in self.open:
            self.report(location, path, "an alias refers to a part that contains it; write it out")
            raise _StoppedError
        kind = raw.tag.removeprefix(TAG)
        self.open.add(id(raw))
        try:
            if isinstance(raw, yaml.MappingNode) and kind == "map":
                return self._mapping(raw, location, path)
            if isinstance(raw, yaml.SequenceNode) and kind == "seq":
                nodes = [self.build(part, (*path, index)) for index, part in enumerate(raw.value)]
                return Node("list", nodes, location)
            if isinstance(raw, yaml.ScalarNode):
                return self._scalar(raw, location, path)
        finally:
            self.open.discard(id(raw))
        self.report(location, path, f"unknown tag {short_tag(raw.tag)}; remove it")
        return Node("scalar", None, location, flagged=True)

    def _location(self, raw: yaml.Node) -> Location:
        return Location(self.file, raw.start_mark.line + 1, raw.start_mark.column + 1)

    def _mapping(self, raw: yaml.MappingNode, location: Location, path: Path) -> Node:
        mapping = Node("mapping", {}, location)
        for raw_key, raw_value in self._without_cut_numbers(raw, path):
            key_place = self._location(raw_key)
            key, fix = read_key(raw_key)
            if key is None:
                self.report(key_place, path, fix or "")
                continue
            key_path = (*path, key)
            if key in mapping.keys:
                first = mapping.keys[key]
                what = f"is given twice: also at line {first.line}, column {first.column}; remove one"
                self.report(key_place, key_path, what)
                continue
            if fix is not None:
                self.report(key_place, key_path, fix, one_line(raw_key.value))
                mapping.flagged_keys.add(key)
            mapping.keys[key] = key_place
            mapping.value[key] = self.build(raw_value, key_path)
            if id(raw_value) in self.cut:
                mapping.value[key].value = None
                mapping.value[key].flagged = True
        return mapping

    def _without_cut_numbers(self, raw: yaml.MappingNode, path: Path) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        """Yield the entries of a mapping, without the ends of numbers that a comma within { } has cut in two."""
        for number, rest in entries_with_rests(raw):
            key, value = number
            if rest:
                text = ",".join([value.value, *(name.value for name, _ in rest)])
                fix = how_to_write(text)
                what = "a comma separates entries here, so this is not one number"
                self.report(
                    self._location(value), (*path, key.value), f"{what}; {fix}" if fix else what, one_line(text)
                )
                self.cut.add(id(value))
            yield number

    def _scalar(self, raw: yaml.ScalarNode, location: Location, path: Path) -> Node:
        value, fix = read_scalar(raw)
        if fix is not None:
            self.report(location, path, fix, one_line(raw.value))
        return Node("scalar", value, location, flagged=fix is not None)
