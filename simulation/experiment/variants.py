"""The scenarios that an experiment compares: named changes of its scenario, or of another that the entry names."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath

from simulation.experiment.schema import Variant
from simulation.formatting import counted
from simulation.scenario.alike_names import NamesSeen, say_alike
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import Node
from simulation.scenario.extends import find_base, merge, resolve_extends
from simulation.scenario.loading import find_problems, load_scenario, locate_all
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Problem, one_line, where_of
from simulation.scenario.schema import Scenario

SCENARIO = "scenario"
"""The field that names a scenario file, at the top of an experiment and in an entry of `compare`."""


def read_variants(tree: Node, path: FilePath, file: str) -> tuple[list[Variant], list[Problem]]:
    """Read the compared scenarios, the baseline first.

    Args:
        tree: The experiment file.
        path: Its path.
        file: The name of the file in messages.

    Returns:
        The variants, none if anything is wrong with them, and what is wrong with the scenario and with each change.
        Changes that are not mappings are passed over.
    """
    reference = tree.value.get(SCENARIO)
    if reference is None:
        return [], []
    base, refusal = find_base(reference, path, (), SCENARIO)
    if base is None:
        return [], [refusal] if refusal else []
    read = _Reader(path, file)
    below, problems = read.scenario_tree(base, reference, SCENARIO)
    if below is None:
        return [], problems
    if "compare" not in tree.keys:
        return [Variant(name=base.stem, scenario=load_scenario(base))], []
    compare = tree.value["compare"]
    changes = compare.value if compare.kind == "mapping" else {}
    found = [read.variant(name, change, below) for name, change in changes.items()]
    problems = [problem for _, wrong in found for problem in wrong]
    variants = {name: variant for name, (variant, _) in zip(changes, found, strict=True) if variant is not None}
    problems += _find_alike(changes)
    problems += _find_other_months(variants, changes)
    return [*variants.values()] if len(variants) == len(found) and not problems else [], problems


class _Reader:
    """Reads the entries of `compare` in one experiment file, and each scenario file that they name once."""

    def __init__(self, path: FilePath, file: str) -> None:
        self.path, self.file = path, file
        self.trees: dict[str, tuple[Node | None, list[Problem]]] = {}

    def scenario_tree(self, scenario: FilePath, reference: Node, where: str) -> tuple[Node | None, list[Problem]]:
        """Return a scenario file merged with all its bases, or None and what is wrong with it.

        Args:
            scenario: The file.
            reference: The node that names it, where a fault of the file as a whole is reported.
            where: The path of that node in the experiment file.
        """
        named = os.path.normpath(FilePath(self.file).parent / reference.value)
        if named not in self.trees:
            wrong = find_problems(scenario, named)
            self.trees[named] = (None, wrong) if wrong else (resolve_extends(scenario, named).tree, [])
        tree, wrong = self.trees[named]
        given = one_line(reference.value)
        return tree, [
            Problem(reference.location, where, each.what, given) if each.location.of_file else each for each in wrong
        ]

    def variant(self, name: str, change: Node, below: Node) -> tuple[Variant | None, list[Problem]]:
        """Return an entry of `compare` as a variant, or None and what is wrong with it.

        Args:
            name: Its name.
            change: The entry.
            below: The experiment's own scenario, which is changed unless the entry names another.
        """
        if change.kind == "scalar" and change.value is None and not change.flagged:
            change = Node("mapping", {}, change.location)
        if change.kind != "mapping" or "extends" in change.value:
            return None, []
        reference = change.value.get(SCENARIO)
        if reference is not None:
            found, problems = self._named_scenario(reference, name)
            if found is None:
                return None, problems
            below, change = found, _without(change, SCENARIO)
        problems = []
        merged = merge(below, change, (), problems)
        if change.value and "title" not in change.value:
            title = below.value["title"].value
            merged.value["title"] = Node("scalar", f"{title}: {name}", change.location)
        data = merged.to_plain()
        scenario, findings = find_schema_problems(Scenario, data)
        findings += find_contradictions(data)
        problems += locate_all(merged, findings, whole=True)
        variant = None if scenario is None or problems else Variant(name=name, scenario=scenario)
        return variant, [_within(problem, name, self.file) for problem in problems]

    def _named_scenario(self, reference: Node, name: str) -> tuple[Node | None, list[Problem]]:
        where = where_of(("compare", name, SCENARIO))
        scenario, refusal = find_base(reference, self.path, (), where)
        if scenario is None:
            return None, [refusal] if refusal else []
        return self.scenario_tree(scenario, reference, where)


def _without(change: Node, field: str) -> Node:
    """Return a mapping without one of its fields."""
    value = {name: node for name, node in change.value.items() if name != field}
    keys = {name: location for name, location in change.keys.items() if name != field}
    return replace(change, value=value, keys=keys)


def _find_alike(changes: dict[str, Node]) -> Iterator[Problem]:
    """Find names that readers of charts and tables cannot distinguish."""
    seen = NamesSeen()
    for name, change in changes.items():
        before = seen.add(name)
        if before is not None:
            yield Problem(change.location, where_of(("compare", name)), say_alike(before))


def _find_other_months(variants: dict[str, Variant], changes: dict[str, Node]) -> Iterator[Problem]:
    """Find the scenarios that cannot be compared with the first month by month."""
    if not variants or next(iter(variants)) != next(iter(changes)):
        return
    first, *others = variants.values()
    for each in others:
        what = say_other_months(first, each)
        if what is None:
            continue
        change = changes[each.name]
        parts = change.value if change.kind == "mapping" else {}
        field = next((name for name in ("start", "months", SCENARIO) if name in parts), None)
        node: Node = change if field is None else parts[field]
        yield Problem(node.location, where_of(("compare", each.name, *([] if field is None else [field]))), what)


def say_other_months(first: Variant, other: Variant) -> str | None:
    """Say that a scenario cannot be compared with the first month by month; None if it can.

    Args:
        first: The first of the compared scenarios.
        other: Another of them.
    """
    if _months_of(other.scenario) == _months_of(first.scenario):
        return None
    return (
        f"runs for {_span_of(other.scenario)}, and {one_line(first.name)}, the first, for {_span_of(first.scenario)}; "
        "compared scenarios must have the same start and months"
    )


def _months_of(scenario: Scenario) -> tuple[str, int]:
    return scenario.start, scenario.months


def _span_of(scenario: Scenario) -> str:
    return f"{counted(scenario.months, 'month')} from {scenario.start}"


def _within(problem: Problem, name: str, file: str) -> Problem:
    """Return a variant's problem with its path in the experiment file, if that is the file at fault."""
    if problem.location.file != file:
        return problem
    where = where_of(("compare", name))
    return replace(problem, where=f"{where}.{problem.where}" if problem.where else where)
