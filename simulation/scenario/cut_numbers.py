"""Numbers that a comma within { } cuts in two, such as `{income: 6,5}`."""

from collections.abc import Iterator

import yaml

from simulation.scenario.scalars import TAG

Entry = tuple[yaml.Node, yaml.Node]
"""A name and its value."""


def entries_with_rests(raw: yaml.MappingNode) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield each entry of a mapping, with the names without a value that follow its number after a comma alone.

    In `{income: 6,5}` YAML reads the name 5 after the number 6.

    Args:
        raw: A mapping as PyYAML reads it.
    """
    entries: list[tuple[Entry, list[Entry]]] = []
    for entry in raw.value:
        key, value = entry
        begun = entries[-1] if entries else None
        if begun is not None and raw.flow_style and _is_rest(key, value):
            last = begun[1][-1][0] if begun[1] else begun[0][1]
            if isinstance(last, yaml.ScalarNode) and last.style is None and _ends_before(last, key):
                begun[1].append(entry)
                continue
        entries.append((entry, []))
    yield from entries


def _is_rest(key: yaml.Node, value: yaml.Node) -> bool:
    """Return True for a name that begins with a digit and has no value."""
    return (
        isinstance(key, yaml.ScalarNode) and key.value[:1].isdigit() and value.tag == f"{TAG}null" and not value.value
    )


def _ends_before(last: yaml.Node, key: yaml.Node) -> bool:
    """Return True if nothing but a comma is between the two, and a digit before it."""
    return bool(last.value[-1:].isdigit()) and key.start_mark.index == last.end_mark.index + 1
