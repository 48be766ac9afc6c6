"""The designs of points that are repeated: in a sample of words and whole numbers, or one factor at a time."""

from collections.abc import Callable, Mapping

from simulation.experiment.addresses import Value, find_moved
from simulation.results.batch.common_cases import Asked
from simulation.results.batch.manifest import Design
from simulation.results.repeated_points import find_repeated
from simulation.scenario.schema import Scenario


def repeated_designs(asked: Asked, scenarios: Callable[[], Mapping[str, Scenario]]) -> frozenset[int]:
    """Return the numbers of the designs of repeated points, each of which counts once.

    Args:
        asked: The designs of a batch.
        scenarios: Returns the compared scenarios by name; called only where one factor at a time is varied.
    """
    last = {(asked.choice(each), asked.assumed(each), each.point): each.number for each in asked.designs}
    again = frozenset(each.number for each in asked.designs).difference(last.values())
    return again | _own_again(asked, scenarios()) if asked.kind == "one-at-a-time" else again


def _own_again(asked: Asked, scenarios: Mapping[str, Scenario]) -> frozenset[int]:
    """Return the numbers of the designs in which one factor at a time is set to the scenario's own value again."""
    by_choice: dict[tuple[object, ...], dict[tuple[object, ...], Design]] = {}
    takes: dict[str, set[int]] = {}
    for design in asked.designs:
        point = asked.assumed(design)
        by_choice.setdefault(asked.choice(design), {})[point] = design
        takes.setdefault(design.variant, set()).update(n for n, value in enumerate(point) if value is not None)
    every = set().union(*takes.values())
    points = dict.fromkeys(p for own in by_choice.values() for p, d in own.items() if takes[d.variant] == every)
    moved = []
    for own in by_choice.values():
        taken = takes[next(iter(own.values())).variant]
        at = {p: own.get(tuple(v if n in taken else None for n, v in enumerate(p))) for p in points}
        moved.append({p: None if d is None else _moved(asked, d, scenarios) for p, d in at.items()})
    again = find_repeated(points, moved)
    return frozenset(d.number for own in by_choice.values() for p, d in own.items() if p in again)


def _moved(asked: Asked, design: Design, scenarios: Mapping[str, Scenario]) -> Mapping[str, Value]:
    values = zip(asked.factors, design.values, strict=True)
    return find_moved(scenarios[design.variant], {name: value for name, value in values if value is not None})
