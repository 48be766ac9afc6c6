"""What an experiment file asks for beside its comparison: attribution, assumptions, fixed stances, a paper's texts."""

from collections.abc import Sequence
from typing import Any

from simulation.experiment.addresses import to_plain
from simulation.experiment.reader import Reader
from simulation.experiment.schema import AssumptionSample, Attribution, PaperTexts, Variant
from simulation.scenario.changes import find_differing_levers, mix_scenarios
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import Node

FIXED_STANCE_REPLICATES = 200
MOST_SUPPORTING_REPLICATES = 100_000
_NOT_WITH_VARY = ("attribution", "assumptions", "fixed_stances")


def read_beside(reader: Reader, tree: Node, variants: Sequence[Variant]) -> dict[str, Any]:
    """The fields of an `Experiment` that say what is run and written beside its comparison.

    Args:
        reader: Gathers what is wrong.
        tree: The experiment file.
        variants: What is compared; none if anything was wrong with it.
    """
    for name in _NOT_WITH_VARY:
        if name in tree.keys and "vary" in tree.keys:
            what = "is run for scenarios that are compared as they are; leave out vary, or ask for it in another file"
            reader.refuse(tree.keys[name], (name,), what)
    return {
        "attribution": _read_attribution(reader, tree, variants),
        "assumptions": _read_assumptions(reader, tree),
        "fixed_stances": _read_fixed_stances(reader, tree),
        "paper": _read_paper(reader, tree),
    }


def _read_attribution(reader: Reader, tree: Node, variants: Sequence[Variant]) -> Attribution | None:
    node = reader.mapping(tree, (), "attribution")
    if node is None:
        return None
    path = ("attribution",)
    reader.expect_names(node, path, ("from", "to", "replicates"))
    ends: list[Variant] = []
    for end in ("from", "to"):
        reader.require(node, path, end)
        if end in node.value and variants:
            named = reader.choice(node.value[end], (*path, end), [variant.name for variant in variants])
            ends += [variant for variant in variants if variant.name == named]
    replicates = reader.whole(node, path, "replicates", 1, MOST_SUPPORTING_REPLICATES)
    if len(ends) < 2:
        return None
    first, second = ends
    _check_lever_combinations(reader, node, first, second)
    return Attribution(first=first.name, second=second.name, replicates=replicates or Attribution.replicates)


def _check_lever_combinations(reader: Reader, node: Node, first: Variant, second: Variant) -> None:
    """Refuse two scenarios that do not differ, or of which one's levers cannot stand in the other."""
    levers = find_differing_levers(first.scenario, second.scenario)
    if not levers:
        what = f"{first.name} and {second.name} do not differ in anything that changes a number"
        reader.refuse(node.location, ("attribution",), what)
    everyone = frozenset(levers)
    for some in [frozenset({lever}) for lever in levers] + [everyone - {lever} for lever in levers]:
        mixed = mix_scenarios(first.scenario, second.scenario, some)
        for finding in find_contradictions(to_plain(mixed)):
            told = ", ".join(sorted(some))
            what = f"with {told} of {second.name} and all else of {first.name} the place contradicts itself: {finding}"
            reader.refuse(node.location, ("attribution",), what)
            return


def _read_assumptions(reader: Reader, tree: Node) -> AssumptionSample | None:
    node = reader.mapping(tree, (), "assumptions")
    if node is None:
        return None
    path = ("assumptions",)
    reader.expect_names(node, path, ("points", "replicates"))
    points = reader.whole(node, path, "points", 2, MOST_SUPPORTING_REPLICATES)
    replicates = reader.whole(node, path, "replicates", 1, MOST_SUPPORTING_REPLICATES)
    return AssumptionSample(
        points=points or AssumptionSample.points, replicates=replicates or AssumptionSample.replicates
    )


def _read_fixed_stances(reader: Reader, tree: Node) -> int | None:
    node = reader.mapping(tree, (), "fixed_stances")
    if node is None:
        return None
    reader.expect_names(node, ("fixed_stances",), ("replicates",))
    return (
        reader.whole(node, ("fixed_stances",), "replicates", 1, MOST_SUPPORTING_REPLICATES) or FIXED_STANCE_REPLICATES
    )


def _read_paper(reader: Reader, tree: Node) -> PaperTexts:
    node = reader.mapping(tree, (), "paper")
    if node is None:
        return PaperTexts()
    reader.expect_names(node, ("paper",), ("title", "for", "ask"))
    title, audience, ask = (reader.text(node, ("paper",), name) for name in ("title", "for", "ask"))
    return PaperTexts(title=title, audience=audience, ask=ask)
