"""Compose YAML's nodes from text, within limits that are held while it is read, so that no file takes long."""

from functools import lru_cache
from typing import Any

import yaml
from yaml.composer import Composer

from simulation.limits import MOST_NESTING, MOST_VALUES

_Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The reader of libyaml, where there is one."""

_MOST_KEPT = 100_000
"""Number of characters of the largest text whose nodes are kept; they take 30 times its memory."""


class TooMuchError(Exception):
    """An error for a document beyond a limit.

    Attributes:
        what: The mistake.
        mark: The location of the part that is beyond it.
    """

    def __init__(self, what: str, mark: yaml.Mark) -> None:
        super().__init__(what)
        self.what, self.mark = what, mark


def compose(text: str) -> yaml.Node | None:
    """Return PyYAML's nodes of a text, which nobody may change; None if there are none.

    Raises:
        yaml.YAMLError: If it is not valid YAML.
        TooMuchError: If it is nested too deeply or holds too much.
    """
    return _compose_and_keep(text) if len(text) <= _MOST_KEPT else _compose(text, _Fast)


@lru_cache(maxsize=8)
def _compose_and_keep(text: str) -> yaml.Node | None:
    """Return the nodes of a text, and keep them: the scenarios of an experiment extend the same file."""
    try:
        return _compose(text, _Fast)
    except yaml.YAMLError:
        return _compose(text, _Explained)


def _compose(text: str, loader: type[Any]) -> yaml.Node | None:
    node: yaml.Node | None = loader(text).get_single_node()
    return node


class _Limits(Composer):
    """Counts values and their depth as nodes are composed, as they are once aliases are followed."""

    peek_event: Any
    """Return the event that comes next, which the parser has."""

    def __init__(self) -> None:
        Composer.__init__(self)
        self.depth = self.values = 0
        self.sizes: dict[int, tuple[int, int]] = {}
        """The number of values in each list and mapping and its depth, by the identity of its node."""

    def compose_sequence_node(self, anchor: Any) -> Any:
        """Return a list within the limits."""
        self._open()
        node = super().compose_sequence_node(anchor)
        return self._close(node, node.value)

    def compose_mapping_node(self, anchor: Any) -> Any:
        """Return a mapping within the limits."""
        self._open()
        node = super().compose_mapping_node(anchor)
        return self._close(node, [part for entry in node.value for part in entry], names=len(node.value))

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return a node, unless there are too many of them."""
        is_name = isinstance(parent, yaml.MappingNode) and index is None
        self.values += not is_name
        if self.values > MOST_VALUES:
            raise TooMuchError(f"holds more than {MOST_VALUES:,} values", self.peek_event().start_mark)
        return super().compose_node(parent, index)

    def _open(self) -> None:
        self.depth += 1
        if self.depth > MOST_NESTING:
            raise _too_deep(self.peek_event().start_mark)

    def _close(self, node: yaml.Node, parts: list[yaml.Node], names: int = 0) -> yaml.Node:
        """Return a node whose parts are within the limits, also where an alias stands for them."""
        self.depth -= 1
        sizes = [self.sizes.get(id(part), (1, 0)) for part in parts]
        size, depth = 1 + sum(each for each, _ in sizes) - names, 1 + max((each for _, each in sizes), default=0)
        self.sizes[id(node)] = size, depth
        if size > MOST_VALUES:
            what = f"holds more than {MOST_VALUES:,} values once its aliases are followed"
            raise TooMuchError(what, node.start_mark)
        if depth > MOST_NESTING:
            raise _too_deep(node.start_mark)
        return node


class _Explained(_Limits, yaml.SafeLoader):
    """PyYAML's own reader within limits; its messages are those that are explained in plain English."""

    def __init__(self, text: str) -> None:
        yaml.SafeLoader.__init__(self, text)
        _Limits.__init__(self)


class _Fast(_Limits, _Fastest):  # type: ignore[misc]
    """The reader of libyaml within limits, which takes a fraction of the time."""

    def __init__(self, text: str) -> None:
        _Fastest.__init__(self, text)
        _Limits.__init__(self)

    def compose_scalar_node(self, anchor: Any) -> Any:
        """Return a scalar; as PyYAML's own reader does, one without quotes has no style."""
        node = super().compose_scalar_node(anchor)
        node.style = node.style or None
        return node


def _too_deep(mark: yaml.Mark) -> TooMuchError:
    return TooMuchError(f"is nested more than {MOST_NESTING} levels deep", mark)
