"""`*` in a change of a scenario: it stands for every organisation, contract or programme that the changed file has."""

from simulation.known_names import closest
from simulation.scenario.document import Node
from simulation.scenario.problems import Path, Problem, where_of

EVERY = "*"
"""The name that stands for every one there is."""

_OF_WHAT = "`*` stands for organisations, contracts and programmes only"
_NO_CHANGE = "is empty, which changes nothing; say what changes in each, or leave the line out"


def expand_every(base: Node, over: Node, section: str, problems: list[Problem]) -> Node:
    """Return the change of a section in which `*` is written out; what is written for a name comes before it.

    The location of `*` stays in `keys`, and is that of each name that it stands for.

    Args:
        base: The section that is changed; `*` stands for the names in it, and has no effect if there are none.
        over: The change, as written.
        section: The name of the section, such as contracts.
        problems: The list to which mistakes in what `*` says are added.
    """
    each = over.value[EVERY]
    named = {name: node for name, node in over.value.items() if name != EVERY}
    expanded = Node("mapping", dict(named), over.location, dict(over.keys), flagged_keys=set(over.flagged_keys))
    if each.kind == "mapping" and not each.value:
        problems.append(Problem(each.location, where_of((section, EVERY)), _NO_CHANGE))
        return expanded
    _refuse_absent(base, each, (section, EVERY), problems)
    for name, entry in base.value.items():
        combined = _combined(entry, each, named.get(name))
        if combined.kind != "mapping" or combined.value:
            expanded.value[name] = combined
            expanded.keys.setdefault(name, over.keys[EVERY])
    return expanded


def refuse_every(over: Node, section: str, problems: list[Problem]) -> Node:
    """Return a change without `*`, reported, in a section whose entries are not changed field by field."""
    instead = "name each lever and give its whole setting" if section == "levers" else "write each name"
    problems.append(Problem(over.keys[EVERY], where_of((section, EVERY)), f"{_OF_WHAT}; {instead}"))
    value = {name: node for name, node in over.value.items() if name != EVERY}
    return Node("mapping", value, over.location, over.keys, flagged_keys=over.flagged_keys)


def stands_for_every(section: Node, name: str | int) -> bool:
    """Return True if what is written of a name in a section was written as `*`."""
    return EVERY in section.keys and name != EVERY and section.keys.get(str(name)) == section.keys[EVERY]


def _combined(entry: Node, each: Node, own: Node | None) -> Node:
    """Return the change of one entry: what `*` says, then what its own name says."""
    if each.kind != "mapping" or (own is not None and own.kind != "mapping"):
        return each if own is None else own
    fields = {
        field: node
        for field, node in each.value.items()
        if not _is_null(node) or (entry.kind == "mapping" and field in entry.value)
    }
    keys = {field: each.keys[field] for field in fields}
    if own is None:
        return Node("mapping", fields, each.location, keys, flagged_keys=set(each.flagged_keys))
    return Node(
        "mapping",
        {**fields, **own.value},
        own.location,
        {**keys, **own.keys},
        flagged_keys=each.flagged_keys | own.flagged_keys,
    )


def _refuse_absent(base: Node, each: Node, path: Path, problems: list[Problem]) -> None:
    """Report a null that removes nothing from any of them, and take it for a field that is not there."""
    if each.kind != "mapping" or not base.value:
        return
    there = {field for entry in base.value.values() if entry.kind == "mapping" for field in entry.value}
    for field, node in each.value.items():
        if _is_null(node) and field not in there:
            what = "nothing to remove: none of them has it"
            problems.append(Problem(node.location, where_of((*path, field)), what, None, closest(field, there)))


def _is_null(node: Node) -> bool:
    return node.kind == "scalar" and node.value is None and not node.flagged
