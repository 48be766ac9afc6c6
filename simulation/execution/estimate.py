"""Estimate a batch's time and disk space from a short timed run."""

import time
from dataclasses import dataclass
from pathlib import Path

from simulation.execution.outline import Outline, some_of
from simulation.execution.record import check_designs, check_record
from simulation.execution.rounds import SMALLEST_ROUND
from simulation.execution.tasks import simulate
from simulation.model.run import prepare_engine
from simulation.results.batch.manifest import MANIFEST
from simulation.results.batch.opened import Batch
from simulation.results.batch.store import Store, check_folder

_STARTING = 2.0
"""Seconds until workers have started."""

_MERGING = 60e6
"""Bytes a second at which chunks are merged into tables."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Estimated time and disk space of a batch.

    Attributes:
        replicates: Replicates asked for.
        done: Replicates that were run before.
        seconds: Time for the rest.
        disk: Bytes of the finished tables; twice that while chunks are merged.
    """

    replicates: int
    done: int
    seconds: float
    disk: float


def estimate_batch(outline: Outline, folder: Path, workers: int) -> Estimate:
    """Time some replicates of some designs, and estimate time and disk space of all.

    Args:
        outline: The outline of the batch.
        folder: The folder that it was outlined for; replicates that are there already are not run again.
        workers: Number of processes.

    Raises:
        BatchFolderError: If the folder holds something else.
    """
    plan = outline.plan
    check_folder(folder)
    store = Batch.open(folder).store if (folder / MANIFEST).exists() else Store(folder)
    check_record(folder, plan)
    check_designs(folder, plan, store)
    held = store.held()
    missing = plan.count_missing(held, plan.experiment.replicates) if held else outline.replicates
    prepare_engine(plan.experiment.variants[0].scenario)
    count = min(SMALLEST_ROUND, plan.experiment.replicates)
    sample = plan.task(some_of(plan.designs), 0, count)
    simulate(plan.task(plan.designs[:1], 0, 1))
    started = time.perf_counter()
    result = simulate(sample)
    each = (time.perf_counter() - started) / len(sample)
    disk = sum(len(content) for content in result.tables.values()) / len(sample) * outline.replicates
    seconds = missing * each / workers + disk / _MERGING + _STARTING if missing else 0.0
    return Estimate(replicates=outline.replicates, done=outline.replicates - missing, seconds=seconds, disk=disk)
