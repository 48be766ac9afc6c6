"""The scenarios that an experiment compares: named changes, each applied to the scenario that it starts from."""

import os
from dataclasses import replace
from pathlib import Path as FilePath

from simulation.experiment.schema import Variant
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import Node
from simulation.scenario.extends import find_base, merge, resolve_extends
from simulation.scenario.loading import find_problems, load_scenario, locate_all
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Problem
from simulation.scenario.schema import Scenario


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
    reference = tree.value.get("scenario")
    if reference is None:
        return [], []
    base, refusal = find_base(reference, path, (), "scenario")
    if base is None:
        return [], [refusal] if refusal else []
    named = os.path.normpath(FilePath(file).parent / reference.value)
    if wrong := find_problems(base, named):
        return [], wrong
    scenario = load_scenario(base)
    if "compare" not in tree.keys:
        return [Variant(name=base.stem, scenario=scenario)], []
    compare = tree.value["compare"]
    below = resolve_extends(base, named).tree
    changes = compare.value if compare.kind == "mapping" else {}
    read = [_read_variant(name, change, below, scenario, file) for name, change in changes.items()]
    variants = [variant for variant, _ in read if variant is not None]
    problems = [problem for _, found in read for problem in found]
    return variants if len(variants) == len(read) else [], problems


def _read_variant(
    name: str, change: Node, below: Node | None, base: Scenario, file: str
) -> tuple[Variant | None, list[Problem]]:
    if change.kind == "scalar" and change.value is None and not change.flagged:
        change = Node("mapping", {}, change.location)
    if change.kind != "mapping" or "extends" in change.value:
        return None, []
    problems: list[Problem] = []
    merged = merge(below, change, (), problems)
    if "title" not in change.value:
        merged.value["title"] = Node("scalar", f"{base.title}: {name}", change.location)
    data = merged.to_plain()
    scenario, findings = find_schema_problems(Scenario, data)
    findings += find_contradictions(data)
    problems += locate_all(merged, findings, whole=True)
    variant = None if scenario is None or problems else Variant(name=name, scenario=scenario)
    return variant, [_within(problem, name, file) for problem in problems]


def _within(problem: Problem, name: str, file: str) -> Problem:
    """Return a variant's problem with its path in the experiment file, if that is the file at fault."""
    if problem.file != file:
        return problem
    return replace(problem, where=f"compare.{name}.{problem.where}" if problem.where else f"compare.{name}")
