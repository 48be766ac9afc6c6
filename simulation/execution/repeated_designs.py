"""The designs of points that are repeated, where one factor at a time is set to a scenario's own value."""

from collections.abc import Mapping

from simulation.experiment.addresses import Value, find_moved
from simulation.results.batch.common_cases import Asked
from simulation.results.batch.manifest import Design
from simulation.results.repeated_points import find_repeated
from simulation.scenario.schema import Scenario


def repeated_designs(asked: Asked, scenarios: Mapping[str, Scenario]) -> frozenset[int]:
    """Return the numbers of the designs of repeated points: where one factor at a time is set to its own value.

    Args:
        asked: The designs of a batch.
        scenarios: The compared scenarios by name.
    """
    if asked.kind != "one-at-a-time":
        return frozenset()
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
