"""Reading an experiment file's tree: what is expected at each location, and a located problem where it isn't there."""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, TypeVar

from simulation.scenario.document import Node, SourceLocation
from simulation.scenario.problems import Path, Problem, closest, describe_given, either, where_of

Word = TypeVar("Word", bound=str)
Bare = int | float | str


class Reader:
    """Takes values out of a tree and gathers all that is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(
        self, location: SourceLocation, path: Path, what: str, given: str | None = None, suggestion: str | None = None
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(*location, where_of(path), what, given, suggestion))

    def expect_names(self, mapping: Node, path: Path, names: Sequence[str]) -> None:
        """Refuse names that mean nothing here."""
        for name, location in mapping.keys.items():
            if name not in names:
                self.refuse(location, (*path, name), "unknown field", None, closest(name, names))

    def require(self, mapping: Node, path: Path, name: str) -> None:
        """Refuse a mapping that lacks a name."""
        if name not in mapping.value:
            self.refuse(mapping.location, (*path, name), "is missing")

    def mapping(self, above: Node, path: Path, name: str) -> Node | None:
        """A mapping; None if it isn't there or isn't one."""
        node: Node | None = above.value.get(name)
        if node is None or node.flagged:
            return None
        if node.kind != "mapping":
            self._expected(node, (*path, name), "must be a mapping of names to values")
            return None
        return node

    def text(self, above: Node, path: Path, name: str) -> str | None:
        """Text that is not empty; None if it isn't there or isn't that."""
        node: Node | None = above.value.get(name)
        if node is None or node.flagged:
            return None
        if not isinstance(node.value, str):
            mend = "; put it in quotes" if isinstance(node.value, int | float) else ""
            self._expected(node, (*path, name), f"must be text{mend}")
        elif not node.value.strip():
            self._expected(node, (*path, name), "must not be empty")
        else:
            return node.value
        return None

    def whole(self, above: Node, path: Path, name: str, low: int, high: int) -> int | None:
        """A whole number within bounds; None if it isn't there or isn't that."""
        node: Node | None = above.value.get(name)
        if node is None or node.flagged:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            self._expected(node, (*path, name), "must be a whole number")
        elif node.value < low:
            self._expected(node, (*path, name), f"must be at least {low}")
        elif node.value > high:
            self._expected(node, (*path, name), f"must be at most {high}")
        else:
            return node.value
        return None

    def number(self, above: Node, path: Path, name: str) -> float | None:
        """A number; None if it isn't there or isn't that."""
        node: Node | None = above.value.get(name)
        if node is None or node.flagged:
            return None
        told = node.value
        if isinstance(told, bool) or not isinstance(told, int | float) or not isfinite(told):
            self._expected(node, (*path, name), "must be a number")
            return None
        return told

    def choice(self, node: Node, path: Path, words: Iterable[Word]) -> Word | None:
        """One of some words, as it stands among them; None if it isn't."""
        known = list(words)
        if node.flagged:
            return None
        if node.kind == "scalar" and node.value in known:
            return known[known.index(node.value)]
        given = node.to_plain()
        self.refuse(node.location, path, f"must be {either(known)}", describe_given(given), closest(given, known))
        return None

    def bare(self, node: Node, path: Path) -> Bare | None:
        """A number or text; None if it is neither."""
        if node.flagged:
            return None
        told = node.value if node.kind == "scalar" else None
        if isinstance(told, str | int | float) and not isinstance(told, bool):
            return told
        self._expected(node, path, "must be a number, a month or a word")
        return None

    def _expected(self, node: Node, path: Path, what: str) -> None:
        given: Any = node.to_plain()
        self.refuse(node.location, path, what, describe_given(given))
