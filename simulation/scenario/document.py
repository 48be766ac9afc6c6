"""Read a YAML file as a tree of nodes with their locations; every mistake is a problem with its location."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, Literal

import yaml

from simulation.scenario.cut_numbers import entries_with_rests
from simulation.scenario.problems import Location, Path, Problem, closest, describe_given, one_line, where_of
from simulation.scenario.scalars import TAG, read_key, read_scalar, short_tag
from simulation.scenario.typed_numbers import how_to_write

MOST_VALUES = 200_000
"""Maximum number of values in a file, mappings and lists included, after its aliases are followed."""

_MOST_KEPT = 100_000
"""Number of characters of the largest file whose nodes are kept; they take 30 times its memory."""

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


class _TooMuchError(Exception):
    """The tree is endless, or so large that it must be a mistake."""


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
    except RecursionError:
        problem = Problem(Location(file), "", "is nested too deeply")
    return None, [problem]


def _read_tree(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    raw = _compose_and_keep(text) if len(text) <= _MOST_KEPT else _compose(text)
    if raw is None:
        return None, [Problem(Location(file, 1, 1), "", "is empty; `trustsim new` writes a file to start from")]
    builder = _Builder(file)
    try:
        tree = builder.build(raw, ())
    except _TooMuchError:
        return None, builder.problems
    if tree.kind == "mapping":
        return tree, builder.problems
    if not tree.flagged:
        builder.report(
            tree.location, (), "must be a mapping of names to values at the top", describe_given(tree.to_plain())
        )
    return None, builder.problems


def _compose(text: str) -> yaml.Node | None:
    """Return PyYAML's nodes of a text, which nobody changes."""
    node: yaml.Node | None = yaml.SafeLoader(text).get_single_node()
    return node


@lru_cache(maxsize=8)
def _compose_and_keep(text: str) -> yaml.Node | None:
    """Return the nodes of a text, and keep them: the scenarios of an experiment extend the same file."""
    return _compose(text)


def read_bytes(path: FilePath, file: str, most: int | None = None) -> tuple[bytes | None, list[Problem]]:
    """Return the content of a file, or None and the problem.

    Args:
        path: The file.
        file: The name of the file in messages.
        most: The largest size that is read, in bytes; any if left out.
    """

    def refuse(what: str, suggestion: str | None = None) -> tuple[None, list[Problem]]:
        return None, [Problem(Location(file), "", what, suggestion=suggestion)]

    try:
        if most is not None and path.stat().st_size > most:
            return refuse(f"is larger than {most // 2**20} MB; remove pictures, and the sheets that are not needed")
        return path.read_bytes(), []
    except FileNotFoundError:
        return refuse("no such file", closest(path.name, files_in_folder_of(path)))
    except IsADirectoryError:
        return refuse("is a folder, not a file")
    except PermissionError:
        return refuse("may not be read: permission denied")
    except (OSError, ValueError) as error:
        return refuse(f"cannot be read: {getattr(error, 'strerror', None) or error}")


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
        before = text[: error.position]
        what = "holds a control character that YAML does not allow; remove it"
        given = f"U+{ord(text[error.position]):04X}"
        location = Location(file, before.count("\n") + 1, error.position - before.rfind("\n"))
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
        self.visited = 0
        self.open: set[int] = set()
        self.cut: set[int] = set()

    def report(self, location: Location, path: Path, what: str, given: str | None = None) -> None:
        """Add a problem, once for each location even if an alias repeats it."""
        if not any((old.location, old.what) == (location, what) for old in self.problems):
            self.problems.append(Problem(location, where_of(path), what, given))

    def build(self, raw: yaml.Node, path: Path) -> Node:
        """Return the tree under one of PyYAML's nodes."""
        location = self._location(raw)
        self.visited += 1
        if id(raw) in self.open:
            self.report(location, path, "an alias refers to a part that contains it; write it out")
            raise _TooMuchError
        if self.visited > MOST_VALUES:
            self.report(location, path, f"holds more than {MOST_VALUES} values once its aliases are followed")
            raise _TooMuchError
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
