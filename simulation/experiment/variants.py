"""The scenarios that an experiment compares: named changes, each laid over the scenario that it starts from."""

import os
from dataclasses import replace
from pathlib import Path as FilePath

from simulation.experiment.reader import Reader
from simulation.experiment.schema import Variant
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import Node
from simulation.scenario.extends import find_base, merge, resolve_extends
from simulation.scenario.loading import find_problems, load_scenario, locate_all
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Path, Problem, describe_given
from simulation.scenario.schema import Scenario

_LONGEST_NAME = 60


def read_variants(reader: Reader, tree: Node, path: FilePath, file: str) -> list[Variant]:
    """The compared scenarios, the baseline first; none if anything is wrong with them, which the reader then knows.

    Args:
        reader: Gathers what is wrong.
        tree: The experiment file.
        path: Its path.
        file: What problems call it.
    """
    reference = tree.value.get("scenario")
    if reference is None:
        return []
    base, refusal = find_base(reference, path, (), "scenario")
    if base is None:
        reader.problems += [refusal] if refusal else []
        return []
    named = os.path.normpath(FilePath(file).parent / reference.value)
    wrong = find_problems(base, named)
    if wrong:
        reader.problems += wrong
        return []
    whole = load_scenario(base)
    compare = reader.mapping(tree, (), "compare")
    if compare is None:
        return [] if "compare" in tree.keys else [Variant(name=base.stem, scenario=whole)]
    if not compare.value:
        reader.refuse(compare.location, ("compare",), "must name at least one scenario, such as `left alone: {}`")
    below = resolve_extends(base, named).tree
    variants = [_read_variant(reader, name, patch, below, whole, file) for name, patch in compare.value.items()]
    for name, location in compare.keys.items():
        if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
            reader.refuse(location, ("compare", name), f"must be a name of up to {_LONGEST_NAME} letters")
    return [] if None in variants else [variant for variant in variants if variant is not None]


def _read_variant(
    reader: Reader, name: str, patch: Node, below: Node | None, base: Scenario, file: str
) -> Variant | None:
    path: Path = ("compare", name)
    if patch.flagged:
        return None
    if patch.kind == "scalar" and patch.value is None:
        patch = Node("mapping", {}, patch.location)
    if patch.kind != "mapping":
        given = describe_given(patch.to_plain())
        reader.refuse(patch.location, path, "must be what differs from the scenario, or {} if nothing does", given)
        return None
    if "extends" in patch.value:
        what = "is not used here: what is compared starts from `scenario`; write what differs"
        reader.refuse(patch.keys["extends"], (*path, "extends"), what)
        return None
    problems: list[Problem] = []
    merged = merge(below, patch, (), problems)
    if "title" not in patch.value:
        merged.value["title"] = Node("scalar", f"{base.title}: {name}", patch.location)
    data = merged.to_plain()
    scenario, findings = find_schema_problems(data)
    findings += find_contradictions(data)
    problems += locate_all(merged, findings, whole=True)
    reader.problems += [_within(problem, name, file) for problem in problems]
    return None if scenario is None or problems else Variant(name=name, scenario=scenario)


def _within(problem: Problem, name: str, file: str) -> Problem:
    """A problem of an variant, told by its location in the experiment file if it is there."""
    if problem.file != file:
        return problem
    return replace(problem, where=f"compare.{name}.{problem.where}" if problem.where else f"compare.{name}")
