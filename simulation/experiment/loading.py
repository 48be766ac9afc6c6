"""Read an experiment file as an `Experiment`, or report all its mistakes at once."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path as FilePath

from pydantic import ValidationError

from simulation.experiment.checks import design_kind, find_contradictions
from simulation.experiment.decide import resolve_decision
from simulation.experiment.decide_checks import find_decide_contradictions, find_misfits
from simulation.experiment.entries import FOR_CHARTS, ExperimentEntry
from simulation.experiment.factors import ParsedFactor, parse_factor
from simulation.experiment.schema import Experiment, Factor, Variant
from simulation.experiment.supporting import find_mixed_contradictions
from simulation.experiment.trials import try_factors
from simulation.experiment.variants import read_variants
from simulation.input_files import name_of
from simulation.limits import MOST_MISTAKES
from simulation.scenario.document import WORKBOOK, Node
from simulation.scenario.extends import refuse_nulls
from simulation.scenario.files import read_file
from simulation.scenario.loading import locate_all, looks_like_experiment
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Finding, Problem, ScenarioError, sort_problems
from simulation.scenario.raw_data import mapping_of


def load_experiment(path: str | os.PathLike[str]) -> Experiment:
    """Read an experiment file, the scenario that it starts from, and every change that it makes to it.

    Args:
        path: A YAML file.

    Raises:
        ScenarioError: With all that is wrong in the file, or in the scenario.
    """
    experiment, problems = _read(path)
    if experiment is None or problems:
        raise ScenarioError(problems)
    return experiment


def find_experiment_problems(path: str | os.PathLike[str]) -> list[Problem]:
    """Return all that is wrong with an experiment file; an empty list if it can be used."""
    return _read(path)[1]


def is_experiment(path: str | os.PathLike[str]) -> bool:
    """Return True if a file looks like an experiment and not like a scenario; False if it cannot be read."""
    if os.fspath(path).lower().endswith(WORKBOOK):
        return False
    tree, _ = read_file(FilePath(path), os.fspath(path))
    return tree is not None and looks_like_experiment(tree.keys)


def _read(path: str | os.PathLike[str]) -> tuple[Experiment | None, list[Problem]]:
    file = os.fspath(path)
    tree, problems = read_file(FilePath(path), file)
    if tree is None:
        return None, sort_problems(problems)
    _refuse_nulls(tree, problems)
    data = tree.to_plain()
    entry, findings = find_schema_problems(ExperimentEntry, data)
    findings += [*find_contradictions(data), *find_decide_contradictions(data)]
    variants, in_variants = read_variants(tree, FilePath(path), file)
    findings = findings[: MOST_MISTAKES + 1]
    factors: list[Factor] = []
    if variants:
        alone = design_kind(data) == "one-at-a-time"
        factors, misfits = try_factors(variants, _parse_factors(data, findings), alone=alone)
        findings += [*misfits, *find_mixed_contradictions(data, variants)]
        findings += find_misfits(data, variants[0].scenario)
    problems += [*in_variants, *locate_all(tree, findings, whole=True)]
    if entry is None or not variants or problems:
        return None, sort_problems(problems)
    return _resolve(name_of(file), entry, variants, factors), []


def _refuse_nulls(tree: Node, problems: list[Problem]) -> None:
    """Report each field without a value; within compared scenarios null removes, so `merge` looks at those."""
    for name, node in tree.value.items():
        if name != "compare" or node.kind != "mapping":
            refuse_nulls(node, (name,), problems)


def _parse_factors(data: object, findings: Sequence[Finding]) -> list[ParsedFactor]:
    """Return the factors that have no mistakes so far."""
    wrong = {finding.path[1] for finding in findings if finding.path[0] == "vary" and len(finding.path) > 1}
    parsed = []
    for address, raw in mapping_of(data, "vary").items():
        if address not in wrong:
            with suppress(ValidationError):  # its mistake was found, though not under this name or among the first
                parsed.append(parse_factor(address, raw))
    return parsed


def _resolve(name: str, entry: ExperimentEntry, variants: Sequence[Variant], factors: Sequence[Factor]) -> Experiment:
    return Experiment(
        name=name,
        title=entry.title,
        question=entry.question,
        seed=entry.seed,
        replicates=entry.replicates,
        variants=tuple(variants),
        factors=tuple(factors),
        design=entry.design.kind,
        points=entry.design.points,
        detail=entry.detail if entry.detail is not None else () if entry.vary else FOR_CHARTS,
        attribution=entry.attribution,
        assumptions=entry.assumptions,
        fixed_stances=None if entry.fixed_stances is None else entry.fixed_stances.replicates,
        decision=None if entry.decide is None else resolve_decision(entry.decide, variants[0].scenario),
        paper=entry.paper,
    )
