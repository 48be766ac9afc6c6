"""`extends: path` in a scenario file: the file's changes are applied to its base.

Organisations, contracts and programmes are merged field by field; levers, parameters, relationships and observed by
key; all else (dated paths, shares, skills, lists, a lever's settings, a number with its source) as a whole.
`null` removes what the base has; `*` stands for every organisation, contract or programme that it has. Every node keeps
its own file and line.
"""

import os
from pathlib import Path as FilePath
from typing import NamedTuple

from simulation.input_files import other_kind
from simulation.known_names import closest
from simulation.limits import MOST_EXTENDED
from simulation.scenario.document import Node, files_in_folder_of
from simulation.scenario.every import EVERY, expand_every, refuse_every
from simulation.scenario.files import read_file
from simulation.scenario.problems import Path, Problem, describe_given, one_line, where_of

MERGED_BY_KEY = frozenset(
    {"organisations", "contracts", "programmes", "levers", "parameters", "relationships", "observed"}
)
MERGED_BY_FIELD = frozenset({"organisations", "contracts", "programmes"})
_NO_CHANGE = "is empty, which changes nothing; write null to remove all of it, or leave the line out"
_NO_VALUE = "has no value; give one, or leave the line out"


class Resolved(NamedTuple):
    """A scenario's tree, merged with all its bases.

    Attributes:
        tree: None if the file itself cannot be read.
        problems: Mistakes in the files and in merging them.
        whole: False if a base is missing or unreadable, so that a missing field is not a mistake.
    """

    tree: Node | None
    problems: list[Problem]
    whole: bool


def resolve_extends(path: FilePath, file: str | None = None, chain: tuple[str, ...] = ()) -> Resolved:
    """Read a scenario file and everything it extends.

    Args:
        path: The file.
        file: The name of the file in messages; the path if left out.
        chain: The files, by real path, that led here.
    """
    file = file or str(path)
    chain = (*chain, os.path.realpath(path))
    tree, problems = read_file(path, file)
    if tree is None:
        return Resolved(None, problems, False)
    if "extends" not in tree.value:
        return Resolved(merge(None, tree, (), problems), problems, True)
    reference = tree.value.pop("extends")
    del tree.keys["extends"]
    base_path, refusal = find_base(reference, path, chain)
    if base_path is None:
        problems += [refusal] if refusal else []
        return Resolved(merge(None, tree, (), problems, sure=False), problems, False)
    base = resolve_extends(base_path, os.path.normpath(FilePath(file).parent / reference.value), chain)
    problems += base.problems
    return Resolved(merge(base.tree, tree, (), problems, sure=base.whole), problems, base.whole)


def find_base(
    reference: Node, path: FilePath, chain: tuple[str, ...], field: str = "extends"
) -> tuple[FilePath | None, Problem | None]:
    """Return the path of the scenario that a file starts from, or None and the problem, unless it was reported before.

    Args:
        reference: The node that names the scenario.
        path: The file.
        chain: The files, by real path, that led here.
        field: The name of that node in the file.
    """

    def refuse(what: str, given: str | None = None, suggestion: str | None = None) -> tuple[None, Problem]:
        return None, Problem(reference.location, field, what, given, suggestion)

    if reference.flagged:
        return None, None
    if not isinstance(reference.value, str) or not reference.value:
        return refuse("must be the path of a scenario file", describe_given(reference.to_plain()))
    base = path.parent / reference.value
    given = one_line(reference.value)
    if os.path.isdir(base):  # noqa: PTH112 - unlike Path.is_dir, it takes any text for a name
        return refuse("is a folder, not a scenario file", given)
    if not os.path.exists(base):  # noqa: PTH110 - as above
        return refuse(
            "no such file (paths start at this file's folder)", given, closest(base.name, files_in_folder_of(base))
        )
    if unfit := other_kind(base.stat()):
        return refuse(unfit, given)
    real = os.path.realpath(base)
    too_long = _refuse_chain(real, chain)
    return refuse(too_long) if too_long else (base, None)


def _refuse_chain(real: str, chain: tuple[str, ...]) -> str | None:
    """Return what is wrong with a chain of files that goes on with another; None if nothing is."""
    if real in chain:
        names = [FilePath(step).name for step in (*chain[chain.index(real) :], real)]
        return f"files must not extend one another in a circle: {' → '.join(names)}"
    if len(chain) > MOST_EXTENDED:
        return f"files must not extend one another more than {MOST_EXTENDED} times in a row"
    return None


def merge(base: Node | None, over: Node, path: Path, problems: list[Problem], *, sure: bool = True) -> Node:
    """Return the base with the changes of `over` applied; `over` alone where there is no base.

    Args:
        base: The node that is changed.
        over: The node with the changes.
        path: The path of both.
        problems: The list to which mistakes are added, such as a null that removes nothing.
        sure: False if the base could not be read in full, so that a null may remove something after all.
    """
    if not _is_merged(path) or over.kind != "mapping":
        return refuse_nulls(over, path, problems)
    below = base if base is not None and base.kind == "mapping" else Node("mapping", {}, over.location)
    if path and below.value and not over.value:
        problems.append(Problem(over.location, where_of(path), _NO_CHANGE))
    flagged = below.flagged_keys | over.flagged_keys
    merged = Node("mapping", dict(below.value), over.location, {**below.keys, **over.keys}, flagged_keys=flagged)
    for key, change in over.value.items():
        node = change if path or base is None else _written_out(below.value.get(key), change, key, problems)
        if node is None:
            continue
        if not _is_null(node):
            merged.value[key] = merge(below.value.get(key), node, (*path, key), problems, sure=sure)
        elif key in below.value:
            del merged.value[key]
        else:
            merged.value[key] = node
            node.flagged = True
            flagged.add(key)
            if sure:
                problems.append(_nothing_to_remove(base, node, (*path, key)))
    return merged


def _written_out(base: Node | None, over: Node, section: str, problems: list[Problem]) -> Node | None:
    """Return the change of a section with `*` written out where it may stand; None if nothing else is left of it."""
    if section not in MERGED_BY_KEY or over.kind != "mapping" or EVERY not in over.value:
        return over
    each = over.value[EVERY]
    if section not in MERGED_BY_FIELD:
        change = refuse_every(over, section, problems)
    else:
        for field, node in each.value.items() if each.kind == "mapping" else ():
            if not _is_null(node):
                refuse_nulls(node, (section, EVERY, field), problems)
        below = base if base is not None and base.kind == "mapping" else Node("mapping", {}, over.location)
        change = expand_every(below, over, section, problems)
    return change if change.value else None


def refuse_nulls(node: Node, path: Path, problems: list[Problem]) -> Node:
    """Report each null in a node, flag it so that it is reported only once, and return the node."""
    if path == ("opportunities",):
        return node  # the checks refuse the whole section, which is of the first edition
    parts = node.value.items() if node.kind == "mapping" else enumerate(node.value) if node.kind == "list" else ()
    for key, part in parts:
        refuse_nulls(part, (*path, key), problems)
    if _is_null(node):
        problems.append(Problem(node.location, where_of(path), _NO_VALUE))
        node.flagged = True
    return node


def _is_merged(path: Path) -> bool:
    """Return True where the two files are merged key by key."""
    match path:
        case ():
            return True
        case (top,):
            return top in MERGED_BY_KEY
        case (top, _):
            return top in MERGED_BY_FIELD
    return False


def _is_null(node: Node) -> bool:
    return node.kind == "scalar" and node.value is None and not node.flagged


def _nothing_to_remove(base: Node | None, node: Node, path: Path) -> Problem:
    if base is None or base.kind != "mapping":
        return Problem(node.location, where_of(path), _NO_VALUE)
    what = "nothing to remove: the file that this one extends does not have it"
    return Problem(node.location, where_of(path), what, None, closest(path[-1], base.value))
