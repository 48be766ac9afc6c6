"""Assumptions outside their usual range, for warnings."""

from collections.abc import Iterator

from simulation.formatting import as_written, range_words
from simulation.parameters import TABLE
from simulation.scenario.schema import Scenario


def find_unusual_parameters(scenario: Scenario) -> Iterator[str]:
    """Find the assumptions that are outside their usual range, one sentence each."""
    for row in TABLE:
        value = getattr(scenario.parameters, row.name)
        if row.status != "structural" and value is not None and not row.low <= value <= row.high:
            span = range_words(row.low, row.high, as_written)
            yield f"parameters.{row.name}: {as_written(value)} is outside the usual range, {span}"
