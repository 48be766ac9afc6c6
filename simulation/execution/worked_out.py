"""Files of a batch that follow from its tables, worked out from them again."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.execution.changes import changes_table
from simulation.execution.part_tables import WorkedOut
from simulation.execution.record import plan_of
from simulation.execution.sensitivity import find_sensitivity
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.opened import Batch
from simulation.results.batch.store import CHANGES
from simulation.results.indices import MAIN
from simulation.results.sealed import read_sealed_json, unseal


def work_out_again(batch: Batch) -> Iterator[WorkedOut]:
    """Yield each file of a finished batch that follows from its tables, beside what the tables give.

    Args:
        batch: The batch, whose tables are compared on their own.
    """
    if CHANGES in batch.manifest.files:
        stored, again = pq.read_table(arrow_path(batch.folder / CHANGES)), changes_table(batch)
        yield WorkedOut(CHANGES, _columns(stored), {} if again is None else _columns(again))
    for method in MAIN:
        name = f"indices-{method}.json"
        if name in batch.manifest.files:
            found = find_sensitivity(batch, plan_of(batch).experiment, method)
            kept = read_sealed_json(batch.folder / name, skip_integrity_check=True)
            yield WorkedOut(name, kept, unseal(json.loads(found.to_json())))


def _columns(table: pa.Table) -> dict[str, list[Any]]:
    return {name: table[name].to_pylist() for name in table.column_names}
