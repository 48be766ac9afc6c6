"""The register of assumptions: every number of a scenario with its unit and the evidence for it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from simulation.parameters import TABLE
from simulation.scenario.evidence import Count, Figure
from simulation.scenario.fields import annotations_of, mapped_in, number_in, written_name
from simulation.scenario.problems import Path, where_of
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

_FIRST_TO_LAST = ("assumed", "structural", "derived", "evidence", "sourced")


class Entry(NamedTuple):
    """One number of the register.

    `status` is assumed, derived or sourced as the scenario says, or for a parameter at its default the word of the
    parameters' table: assumed, structural or evidence. `low` and `high` are the range that the scenario gives.
    """

    where: str
    value: float | int | str
    unit: str | None
    source: str | None
    status: str
    low: float | None = None
    high: float | None = None


def assumptions_register(scenario: Scenario) -> list[Entry]:
    """Return every number that a scenario gives and every parameter in force, assumptions first.

    Parameters at their defaults are listed. Other numbers that the file leaves out are not.
    """
    rows = [*_rows_of(scenario, ()), *_defaults(scenario)]
    return sorted(rows, key=lambda row: _FIRST_TO_LAST.index(row.status))


def _rows_of(part: BaseModel, path: Path) -> Iterator[Entry]:
    model = type(part)
    for name, annotation in annotations_of(model).items():
        value = getattr(part, name)
        if name in part.model_fields_set and value is not None:
            yield from _rows_in(value, annotation, (*path, written_name(model, name)))


def _rows_in(value: Any, annotation: Any, path: Path) -> Iterator[Entry]:
    if isinstance(value, BaseModel):
        yield from _rows_of(value, path)
    elif isinstance(value, Figure | Count):
        yield _row_of(value, annotation, path)
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _rows_in(held, mapped_in(annotation)[1], (*path, str(key)))
    elif isinstance(value, tuple):
        lone = len(value) == 1 and path[0] == "levers"
        for index, held in enumerate(value):
            yield from _rows_in(held, annotation, path if lone else (*path, index))
    elif path == ("parameters", "trust_rule"):
        yield Entry(where_of(path), value, None, None, "assumed")


def _row_of(number: Figure | Count, annotation: Any, path: Path) -> Entry:
    known = number_in(annotation)
    unit, source, status, low, high = number.evidence
    value = int(number) if isinstance(number, Count) else float(number)
    return Entry(where_of(path), value, unit or (known.unit if known else None), source, str(status), low, high)


def _defaults(scenario: Scenario) -> Iterator[Entry]:
    for row in TABLE:
        if getattr(scenario.parameters, row.name) is not None:
            continue
        rule = row.name == "trust_rule"
        value = str(TrustRule.LINEAR) if rule else int(row.default) if row.whole else row.default
        yield Entry(f"parameters.{row.name}", value, None if rule else row.unit, row.source, row.status)
