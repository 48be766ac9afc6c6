"""An experiment file to an `Experiment`, or to everything that is wrong with it at once."""

import os
from pathlib import Path as FilePath
from typing import get_args

from simulation.experiment.factors import ParsedFactor, read_factor
from simulation.experiment.reader import Reader
from simulation.experiment.schema import DEFAULT_REPLICATES, SAMPLED, DesignKind, Distribution, Experiment
from simulation.experiment.supporting_requests import read_beside
from simulation.experiment.trials import try_factors
from simulation.experiment.variants import read_variants
from simulation.scenario.document import Node, read_document
from simulation.scenario.loading import looks_like_experiment
from simulation.scenario.problems import Problem, ScenarioError, describe_given, sort_problems

FIELDS = (
    "title",
    "question",
    "scenario",
    "seed",
    "replicates",
    "compare",
    "vary",
    "design",
    "detail",
    "attribution",
    "assumptions",
    "fixed_stances",
    "paper",
)
DETAIL = ("organisations", "relationships", "opportunities", "outturns", "agreements", "memberships", "trust")
"""The tables that may be kept besides the monthly summary."""

FOR_CHARTS = ("outturns", "agreements", "memberships", "trust")
"""What is kept if nothing is said and nothing is varied: what charts and papers need."""

MOST_REPLICATES = 2**31 - 1
_KINDS: tuple[DesignKind, ...] = get_args(DesignKind)
_MOST_POINTS = 1_000_000


def load_experiment(path: str | os.PathLike[str]) -> Experiment:
    """ParsedFactor an experiment file, the scenario that it starts from, and every change that it makes to it.

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
    """All that is wrong with an experiment file; empty if it can be used."""
    return _read(path)[1]


def is_experiment(path: str | os.PathLike[str]) -> bool:
    """Whether a file looks like an experiment and not like a scenario; false if it cannot be read."""
    tree, _ = read_document(FilePath(path), os.fspath(path))
    return tree is not None and looks_like_experiment(tree.keys)


def _read(path: str | os.PathLike[str]) -> tuple[Experiment | None, list[Problem]]:
    file = os.fspath(path)
    tree, problems = read_document(FilePath(path), file)
    if tree is None:
        return None, sort_problems(problems)
    reader = Reader()
    experiment = _read_tree(reader, tree, FilePath(path), file)
    return experiment, sort_problems([*problems, *reader.problems])


def _read_tree(reader: Reader, tree: Node, path: FilePath, file: str) -> Experiment | None:
    reader.expect_names(tree, (), FIELDS)
    for name in ("title", "scenario"):
        reader.require(tree, (), name)
    title, question = reader.text(tree, (), "title"), reader.text(tree, (), "question")
    seed = reader.whole(tree, (), "seed", 0, 2**64 - 1)
    replicates = reader.whole(tree, (), "replicates", 1, MOST_REPLICATES)
    reads = _read_factors(reader, tree)
    kind, points = _read_design(reader, tree)
    _check_design(reader, tree, kind, reads)
    detail = _read_detail(reader, tree)
    variants = read_variants(reader, tree, path, file)
    supporting = read_beside(reader, tree, variants)
    factors = try_factors(reader, variants, reads) if variants else []
    if reader.problems or not variants or title is None:
        return None
    return Experiment(
        name=path.stem,
        title=title,
        question=question,
        seed=1 if seed is None else seed,
        replicates=replicates or DEFAULT_REPLICATES,
        variants=tuple(variants),
        factors=tuple(factors),
        design=kind,
        points=points,
        detail=tuple(detail),
        **supporting,
    )


def _read_factors(reader: Reader, tree: Node) -> list[ParsedFactor]:
    vary = reader.mapping(tree, (), "vary")
    if vary is None:
        return []
    if not vary.value:
        reader.refuse(vary.location, ("vary",), "must name at least one thing to vary")
    read = (read_factor(reader, address, node, vary.keys[address]) for address, node in vary.value.items())
    return [each for each in read if each is not None]


def _read_design(reader: Reader, tree: Node) -> tuple[DesignKind, int | None]:
    node = tree.value.get("design")
    if node is None or node.flagged:
        return "grid", None
    if node.kind != "mapping":
        kind = reader.choice(node, ("design",), _KINDS)
        if kind in SAMPLED:
            mend = f"must say how many points it draws: write {{kind: {kind}, points: 100}}"
            reader.refuse(node.location, ("design",), mend)
        return kind or "grid", None
    reader.expect_names(node, ("design",), ("kind", "points"))
    reader.require(node, ("design",), "kind")
    kind = None
    if "kind" in node.value:
        kind = reader.choice(node.value["kind"], ("design", "kind"), _KINDS)
    least = 2 if kind in {"sobol", "morris"} else 1
    points = reader.whole(node, ("design",), "points", least, _MOST_POINTS)
    if kind in SAMPLED:
        reader.require(node, ("design",), "points")
    elif kind is not None and "points" in node.value:
        location = node.keys["points"]
        reader.refuse(
            location, ("design", "points"), f"has no meaning for {kind}, which takes the values that are given"
        )
    return kind or "grid", points


def _check_design(reader: Reader, tree: Node, kind: DesignKind, reads: list[ParsedFactor]) -> None:
    if "design" in tree.keys and "vary" not in tree.keys:
        reader.refuse(tree.keys["design"], ("design",), "has no effect without vary")
    if kind in SAMPLED:
        return
    for read in reads:
        if isinstance(read.factor.values, Distribution):
            what = f"a {kind} design needs values to try: give a list, or a range with steps"
            reader.refuse(read.location, ("vary", read.factor.address), what)


def _read_detail(reader: Reader, tree: Node) -> list[str]:
    node = tree.value.get("detail")
    if node is None or node.flagged:
        return [] if "vary" in tree.keys else list(FOR_CHARTS)
    if node.kind != "list":
        reader.refuse(node.location, ("detail",), "must be a list of tables", describe_given(node.to_plain()))
        return []
    words = [reader.choice(item, ("detail", position), DETAIL) for position, item in enumerate(node.value)]
    return [word for word in words if word is not None]
