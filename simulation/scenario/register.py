"""The register of assumptions: every number of a scenario with its unit and the evidence for it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from simulation.parameters import TABLE
from simulation.scenario.evidence import Count, Figure
from simulation.scenario.fields import annotations_of, mapped_in, number_in, written_name
from simulation.scenario.problems import Path, where_of
from simulation.scenario.schema import Scenario
from simulation.vocabulary import TrustRule

FIRST_TO_LAST = ("assumed", "default", "structural", "derived", "evidence", "sourced")


class Entry(NamedTuple):
    """One number of the register.

    `status` is assumed, derived or sourced as the scenario says, or for a parameter at its default the word of the
    parameters' table: assumed, structural or evidence. Any other number that the file leaves out is a default. `low`
    and `high` are the range that the scenario gives.
    """

    where: str
    value: float | int | str
    unit: str | None
    source: str | None
    status: str
    low: float | None = None
    high: float | None = None


class NumberAt(NamedTuple):
    """A number of a scenario: its path with all indices, its name in files, its value and its field's annotation."""

    path: Path
    where: str
    value: Figure | Count | str
    annotation: Any


def assumptions_register(scenario: Scenario) -> list[Entry]:
    """Return every number that a scenario gives and every parameter in force, assumptions first.

    Parameters at their defaults are listed. Other numbers that the file leaves out are in `full_register`.
    """
    rows = [*map(_row_of, numbers_in(scenario)), *_defaults(scenario)]
    return sorted(rows, key=lambda row: FIRST_TO_LAST.index(row.status))


def own_entries(scenario: Scenario) -> list[Entry]:
    """Return the numbers that a scenario gives of its place, parameters of the model left out, assumptions first."""
    return [entry for entry in assumptions_register(scenario) if not entry.where.startswith("parameters.")]


def sources_words(scenario: Scenario) -> str:
    """Say how many of a place's own numbers name a source and how many name none, in a sentence or two."""
    return count_sources(own_entries(scenario))


def count_sources(entries: Sequence[Entry]) -> str:
    """Say how many of a place's own numbers name a source and how many name none, in a sentence or two."""
    named, count = sum(entry.source is not None for entry in entries), len(entries)
    if named == 0:
        return f"None of this place’s {count:,} numbers names a source: take them as assumed."
    if named == count:
        return f"Each of this place’s {count:,} numbers names a source."
    name = "names" if named == 1 else "name"
    return f"{named:,} of this place’s {count:,} numbers {name} a source; take the other {count - named:,} as assumed."


def numbers_in(scenario: Scenario) -> Iterator[NumberAt]:
    """Yield every number that a scenario gives, and its trust rule, in the order of the fields."""
    yield from _numbers_of(scenario, (), ())


def _numbers_of(part: BaseModel, path: Path, said: Path) -> Iterator[NumberAt]:
    model = type(part)
    for name, annotation in annotations_of(model).items():
        value = getattr(part, name)
        if name in part.model_fields_set and value is not None:
            written = written_name(model, name)
            yield from _numbers_at(value, annotation, (*path, written), (*said, written))


def _numbers_at(value: Any, annotation: Any, path: Path, said: Path) -> Iterator[NumberAt]:
    """Yield the numbers at a path; `said` is the same path as people write it."""
    if isinstance(value, BaseModel):
        yield from _numbers_of(value, path, said)
    elif isinstance(value, Figure | Count):
        yield NumberAt(path, where_of(said), value, annotation)
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _numbers_at(held, mapped_in(annotation)[1], (*path, str(key)), (*said, str(key)))
    elif isinstance(value, tuple):
        lone = len(value) == 1 and path[0] == "levers"
        for index, held in enumerate(value):
            yield from _numbers_at(held, annotation, (*path, index), said if lone else (*said, index))
    elif path == ("parameters", "trust_rule"):
        yield NumberAt(path, where_of(said), value, annotation)


def _row_of(number: NumberAt) -> Entry:
    value = number.value
    if isinstance(value, str):
        return Entry(number.where, value, None, None, "assumed")
    known = number_in(number.annotation)
    unit, source, status, low, high = value.evidence
    bare = int(value) if isinstance(value, Count) else float(value)
    return Entry(number.where, bare, unit or (known.unit if known else None), source, str(status), low, high)


def _defaults(scenario: Scenario) -> Iterator[Entry]:
    for row in TABLE:
        if getattr(scenario.parameters, row.name) is not None:
            continue
        rule = row.name == "trust_rule"
        value = str(TrustRule.LINEAR) if rule else int(row.default) if row.whole else row.default
        yield Entry(f"parameters.{row.name}", value, None if rule else row.unit, row.source, row.status)
