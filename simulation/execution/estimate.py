"""How long a batch would take and how much room it would need, from a short timed run."""

import time
from dataclasses import dataclass
from pathlib import Path

from simulation.execution.plan import Plan
from simulation.execution.record import check_same
from simulation.execution.rounds import SMALLEST_ROUND
from simulation.execution.tasks import simulate
from simulation.model.run import prepare_engine
from simulation.results.batch.store import Store, check_folder

_SAMPLED = 8
"""Designs in the timed run."""

_STARTING = 2.0
"""Seconds until workers are at work."""

_PUTTING_TOGETHER = 60e6
"""Bytes a second at which tables are put together in the end."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a batch would take.

    Attributes:
        replicates: How many are asked for.
        there: How many of them were run before.
        seconds: About how long the rest would take.
        room: About how many bytes the finished tables take; twice that while they are put together.
    """

    replicates: int
    there: int
    seconds: float
    room: float


def estimate_batch(plan: Plan, folder: Path, workers: int) -> Estimate:
    """Time some replicates of some designs, and reckon what all of them would take.

    Args:
        plan: What is to be run.
        folder: Where it would go; what is there already is not run again.
        workers: How many processes would run it.

    Raises:
        BatchFolderError: If the folder holds something else.
    """
    check_folder(folder)
    store = Store(folder)
    check_same(folder, plan, store)
    held = store.held()
    missing = sum(len(task) for task in plan.tasks(held, plan.experiment.replicates))
    prepare_engine(plan.experiment.variants[0].scenario)
    apart = max(1, len(plan.designs) // _SAMPLED)
    count = min(SMALLEST_ROUND, plan.experiment.replicates)
    sample = plan.task(plan.designs[::apart][:_SAMPLED], 0, count)
    simulate(plan.task(plan.designs[:1], 0, 1))
    started = time.perf_counter()
    result = simulate(sample)
    each = (time.perf_counter() - started) / len(sample)
    room = sum(len(content) for content in result.tables.values()) / len(sample) * plan.replicates
    seconds = missing * each / workers + room / _PUTTING_TOGETHER + _STARTING if missing else 0.0
    return Estimate(replicates=plan.replicates, there=plan.replicates - missing, seconds=seconds, room=room)
