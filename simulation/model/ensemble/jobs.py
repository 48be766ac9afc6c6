"""From batches to jobs for the kernel, and from its tables to ensembles."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.model.batches import Batch
from simulation.model.ensemble.blocks import Job, simulate_jobs
from simulation.model.ensemble.packing import Place, pack_assumptions, pack_calendar, pack_place
from simulation.model.ensemble.record import Tables
from simulation.model.system import System
from simulation.results import columns
from simulation.results.ensemble import Ensemble, Keep
from simulation.results.financial_year import financial_years


def run_batches(
    batches: Iterable[Batch],
    *,
    seed: int,
    keep: Keep,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Ensemble]:
    """Run batches with the kernel and yield the replicates of each design, in order; few are in memory at a time.

    Args:
        batches: What is to be run; taken as it is needed.
        seed: Random seed.
        keep: Which monthly tables are kept, of which months.
        threads: How many work at once; one for each processor if left out.
        progress: Told of replicates as they are done.
    """
    taken: deque[Batch] = deque()

    def jobs() -> Iterator[Job]:
        packed: tuple[System, Place] | None = None
        for batch in batches:
            if packed is None or packed[0].member is not batch.system.member:
                packed = batch.system, pack_place(batch.system)
            taken.append(batch)
            yield _job(batch, packed[1], seed, keep)

    for tables in simulate_jobs(jobs(), threads=threads, progress=progress):
        batch = taken.popleft()
        yield from batch.split(_ensemble(batch, tables, seed, keep))


def _job(batch: Batch, place: Place, seed: int, keep: Keep) -> Job:
    return Job(
        place=place,
        calendar=pack_calendar(batch.system.schedule),
        assumptions=pack_assumptions(batch.system, batch.rows),
        rows=batch.assumed,
        replicates=batch.numbers.astype(np.uint64),
        seed=seed,
        tables=_blank_tables(batch.system, len(batch), keep),
    )


def _ensemble(batch: Batch, tables: Tables, seed: int, keep: Keep) -> Ensemble:
    return Ensemble(
        axes=batch.system.axes,
        seed=seed,
        replicates=batch.numbers,
        system=tables.system,
        outturns=tables.outturns,
        agreements=tables.agreements,
        memberships=tables.memberships,
        detail_months=keep.months,
        **{name: getattr(tables, name) for name in keep.tables},
    )


def _blank_tables(system: System, replicates: int, keep: Keep) -> Tables:
    months, organisations, opportunities = system.months, len(system.income), len(system.value)
    years = financial_years(system.axes.months)
    kept = np.full(months, -1, dtype=np.int64)
    kept[list(keep.months)] = np.arange(len(keep.months))

    def monthly(name: str, *shape: int) -> NDArray[np.float64]:
        return np.empty((replicates, len(keep.months) if name in keep.tables else 0, *shape))

    return Tables(
        system=np.empty((replicates, months, len(columns.SYSTEM))),
        outturns=np.zeros((replicates, len(years), organisations)),
        agreements=np.empty((replicates, opportunities, len(columns.AGREEMENTS))),
        memberships=np.empty((replicates, len(system.member), len(columns.MEMBERSHIPS)), dtype=np.uint16),
        organisations=monthly("organisations", organisations, len(columns.ORGANISATIONS)),
        relationships=monthly("relationships", len(system.baseline)),
        opportunities=monthly("opportunities", opportunities, len(columns.OPPORTUNITIES)),
        year=np.repeat(np.arange(len(years)), [year.until - year.first for year in years]),
        kept=kept,
    )
