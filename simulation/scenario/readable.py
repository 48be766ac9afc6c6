"""Find the sizes that are hardly meant in a file with mistakes, so that both are reported at once.

The parts with mistakes are left out, with what depends on them, until the rest holds together as a scenario. Only the
sizes that this cannot change for the worse are then checked.
"""

import os
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

from simulation.scenario.checks import find_contradictions
from simulation.scenario.extends import resolve_extends
from simulation.scenario.loading import looks_like_experiment
from simulation.scenario.messages import find_schema_problems
from simulation.scenario.problems import Path
from simulation.scenario.raw_data import mapping_of
from simulation.scenario.schema import Scenario
from simulation.scenario.sizes import find_sizes_of_parts
from simulation.vocabulary import Role

_MOST_ROUNDS = 20
_STAND_INS = {"title": "-", "start": "2000-01", "months": 1, "population": 10**9, "do_nothing": {"2000-01": 0}}
"""The values of missing fields at the top of a file; against so many people, no amount is large."""
_NO_PROGRAMME = 1e-9
"""£m a year, the value of the programme that stands in where all programmes and contracts are left out."""


def find_sizes_beside_mistakes(path: str | os.PathLike[str]) -> list[str]:
    """Return warnings about the sizes in a scenario file that has mistakes, as far as it can be read.

    Args:
        path: A YAML file or a workbook (.xlsx).
    """
    tree = resolve_extends(FilePath(path), os.fspath(path)).tree
    if tree is None or looks_like_experiment(tree.keys):
        return []
    scenario = _without_mistakes(tree.to_plain())
    return [] if scenario is None else list(find_sizes_of_parts(scenario))


def _without_mistakes(data: dict[str, Any]) -> Scenario | None:
    """Return what is left of a scenario's data without its mistakes; None if nothing that can be checked is."""
    for entry in mapping_of(data, "organisations").values():
        if isinstance(entry, dict):
            entry.pop("deficit_share", None)  # given for some only, it would cost the others their place
    for _ in range(_MOST_ROUNDS):
        _put_stand_ins(data)
        scenario, found = find_schema_problems(Scenario, data)
        if scenario is not None:
            return scenario
        wrong = {_existing(data, finding.path) for finding in (*found, *find_contradictions(data))}
        if not wrong or () in wrong:
            return None
        _remove(data, wrong)
    return None


def _put_stand_ins(data: dict[str, Any]) -> None:
    for name, stand_in in _STAND_INS.items():
        data.setdefault(name, stand_in)
    organisations = mapping_of(data, "organisations")
    for entry in organisations.values():
        if isinstance(entry, dict):
            entry.setdefault("role", str(Role.PROVIDER))
    if not (data.get("contracts") or data.get("programmes")) and len(organisations) > 1:
        first, second, *_ = organisations
        data["programmes"] = {"-": {"value": _NO_PROGRAMME, "shares": {first: 1.0, second: 0.0}}}


def _existing(data: Any, path: Path) -> Path:
    """Return the path, or the part of it that is in the data."""
    for position, part in enumerate(path):
        there = isinstance(data, dict | list) and part in (data if isinstance(data, dict) else range(len(data)))
        if not there:
            return path[:position]
        data = data[part]
    return path


def _remove(data: Any, paths: Iterable[Path]) -> None:
    """Remove what is at some paths, all of which exist; the last items of a list before the first."""
    for path in sorted(paths, key=lambda each: [str(part).zfill(9) for part in each], reverse=True):
        here = data
        for part in path[:-1]:
            here = here[part]
        del here[path[-1]]
