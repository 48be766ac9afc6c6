"""What an experiment file asks for beside its comparison: attribution, assumptions, fixed stances, a paper's texts."""

from collections.abc import Sequence
from typing import Any

from simulation.scenario.addresses import plain_of
from simulation.scenario.checks import find_contradictions
from simulation.scenario.document import Node
from simulation.scenario.experiment import Arm, AssumptionSample, Attribution, PaperTexts
from simulation.scenario.reader import Reader
from simulation.scenario.variants import find_players, mix_scenarios

FIXED_STANCE_REPLICATES = 200
MOST_HISTORIES = 100_000
_NOT_WITH_VARY = ("attribution", "assumptions", "fixed_stances")


def read_beside(reader: Reader, tree: Node, arms: Sequence[Arm]) -> dict[str, Any]:
    """The fields of an `Experiment` that say what is run and written beside its comparison.

    Args:
        reader: Gathers what is wrong.
        tree: The experiment file.
        arms: What is compared; none if anything was wrong with it.
    """
    for name in _NOT_WITH_VARY:
        if name in tree.keys and "vary" in tree.keys:
            what = "is run for scenarios that are compared as they are; leave out vary, or ask for it in another file"
            reader.refuse(tree.keys[name], (name,), what)
    return {
        "attribution": _read_attribution(reader, tree, arms),
        "assumptions": _read_assumptions(reader, tree),
        "fixed_stances": _read_fixed_stances(reader, tree),
        "paper": _read_paper(reader, tree),
    }


def _read_attribution(reader: Reader, tree: Node, arms: Sequence[Arm]) -> Attribution | None:
    node = reader.mapping(tree, (), "attribution")
    if node is None:
        return None
    path = ("attribution",)
    reader.expect_names(node, path, ("from", "to", "replicates"))
    ends: list[Arm] = []
    for end in ("from", "to"):
        reader.require(node, path, end)
        if end in node.value and arms:
            named = reader.choice(node.value[end], (*path, end), [arm.name for arm in arms])
            ends += [arm for arm in arms if arm.name == named]
    replicates = reader.whole(node, path, "replicates", 1, MOST_HISTORIES)
    if len(ends) < 2:
        return None
    first, second = ends
    _check_coalitions(reader, node, first, second)
    return Attribution(first=first.name, second=second.name, replicates=replicates or Attribution.replicates)


def _check_coalitions(reader: Reader, node: Node, first: Arm, second: Arm) -> None:
    """Refuse two scenarios that do not differ, or of which one's levers cannot stand in the other."""
    players = find_players(first.scenario, second.scenario)
    if not players:
        what = f"{first.name} and {second.name} do not differ in anything that changes a number"
        reader.refuse(node.place, ("attribution",), what)
    everyone = frozenset(players)
    for some in [frozenset({player}) for player in players] + [everyone - {player} for player in players]:
        mixed = mix_scenarios(first.scenario, second.scenario, some)
        for finding in find_contradictions(plain_of(mixed)):
            told = ", ".join(sorted(some))
            what = f"with {told} of {second.name} and all else of {first.name} the place contradicts itself: {finding}"
            reader.refuse(node.place, ("attribution",), what)
            return


def _read_assumptions(reader: Reader, tree: Node) -> AssumptionSample | None:
    node = reader.mapping(tree, (), "assumptions")
    if node is None:
        return None
    path = ("assumptions",)
    reader.expect_names(node, path, ("points", "replicates"))
    points = reader.whole(node, path, "points", 2, MOST_HISTORIES)
    replicates = reader.whole(node, path, "replicates", 1, MOST_HISTORIES)
    return AssumptionSample(
        points=points or AssumptionSample.points, replicates=replicates or AssumptionSample.replicates
    )


def _read_fixed_stances(reader: Reader, tree: Node) -> int | None:
    node = reader.mapping(tree, (), "fixed_stances")
    if node is None:
        return None
    reader.expect_names(node, ("fixed_stances",), ("replicates",))
    return reader.whole(node, ("fixed_stances",), "replicates", 1, MOST_HISTORIES) or FIXED_STANCE_REPLICATES


def _read_paper(reader: Reader, tree: Node) -> PaperTexts:
    node = reader.mapping(tree, (), "paper")
    if node is None:
        return PaperTexts()
    reader.expect_names(node, ("paper",), ("title", "for", "ask"))
    title, audience, ask = (reader.text(node, ("paper",), name) for name in ("title", "for", "ask"))
    return PaperTexts(title=title, audience=audience, ask=ask)
