"""Estimate the disk space of results before anything is run, from the place and the tables alone."""

from collections.abc import Sequence
from math import log2
from pathlib import Path

from simulation.execution.plan import Plan
from simulation.execution.points import count_points
from simulation.execution.run import RunRequest
from simulation.experiment.schema import Experiment
from simulation.results.batch.chunks import CHUNKS
from simulation.results.table_rows import rows_of_replicate
from simulation.scenario.schema import Scenario

_EACH_FILE = 10_000
"""Bytes of a table without rows, and of a scenario or a record."""

_SUPPORTING_ROW = 13.0
"""Bytes of a month of a run's supporting run, of which gap and position are kept."""

_CHARTS = 10_000_000
"""Bytes of all charts of a scenario."""

_GENEROUSLY = 1.5
"""How much more an estimate may be than the size of the same tables."""

_SUMMARY = ("system", "outturns", "agreements", "memberships")


def expected_of_batch(plan: Plan, folder: Path, *, fresh: bool = False) -> float:
    """Return about how many bytes a batch will add to the disk, those for a time while tables are merged included.

    The estimate is within a factor of one and a half for places like those that are shipped.

    Args:
        plan: The plan of the batch.
        folder: Its folder; tables that are there already need no room again.
        fresh: True if they are removed first.
    """
    experiment = plan.experiment
    tables = sum(
        _of_tables(variant.scenario, plan.tables, plan.replicates / len(experiment.variants))
        for variant in experiment.variants
    )
    held = 0 if fresh else sum(path.stat().st_size for path in _tables_in(folder))
    return 2 * max(0.0, tables - _GENEROUSLY * held)


def _tables_in(folder: Path) -> list[Path]:
    return [path for pattern in ("*.parquet", f"{CHUNKS}/*/*.parquet") for path in folder.glob(pattern)]


def expected_of_run(request: RunRequest) -> float:
    """Return about how many bytes the folder of a run takes.

    Args:
        request: The run.
    """
    names = (*_SUMMARY, *(["trust"] if request.for_charts else []), *request.tables)
    supporting = sum(_of_supporting(each, names) for each in request.supporting)
    charts = _CHARTS if request.for_charts else 0
    return _of_tables(request.scenario, names, request.replicates) + supporting + charts


def _of_supporting(experiment: Experiment, names: Sequence[str]) -> float:
    """Return the bytes of one of a run's supporting runs."""
    replicates = count_points(experiment) * experiment.replicates
    if experiment.supporting == "no-joint-action":
        kept = [name for name in names if name in {*_SUMMARY, "trust"}]
        return sum(_of_tables(each.scenario, kept, replicates) for each in experiment.variants)
    tables = [table for table in experiment.detail if table == "outturns"]
    return sum(
        _of_tables(each.scenario, tables, replicates) + replicates * each.scenario.months * _SUPPORTING_ROW
        for each in experiment.variants
    )


def _of_tables(scenario: Scenario, tables: Sequence[str], replicates: float) -> float:
    """Return the bytes of some tables of replicates of a place.

    Args:
        scenario: The place.
        tables: Names of the tables.
        replicates: How many replicates they hold.
    """
    rows, size = rows_of_replicate(scenario), _row_sizes(scenario)
    return sum(_EACH_FILE + replicates * rows[name] * size[name] for name in tables if name in rows)


def _row_sizes(scenario: Scenario) -> dict[str, float]:
    """Return the bytes of a row of each table, as measured on shipped places: more differs where more can happen."""
    kinds = log2(max(2, len(scenario.organisations)))
    return {
        "system": 20 + 17 * kinds,
        "outturns": 8.0,
        "agreements": 20.0,
        "memberships": 1.0,
        "organisations": min(31.0, 8 + 6 * kinds),
        "relationships": 6.9,
        "opportunities": 5.5,
        "trust": 6.5,
        "ends": 18.0,
    }
