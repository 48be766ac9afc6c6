"""Make jobs for the kernel from sets of replicates, and ensembles from its tables."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.model.ensemble.chunks import Job, simulate_jobs
from simulation.model.ensemble.packing import PlaceArrays, pack_assumptions, pack_calendar, pack_place
from simulation.model.ensemble.record import Tables
from simulation.model.replicate_sets import ReplicateSet
from simulation.model.system import System
from simulation.results.ensemble import Ensemble, Keep
from simulation.results.financial_year import financial_years


def run_replicate_sets(
    sets: Iterable[ReplicateSet],
    *,
    seed: int,
    keep: Keep,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Ensemble]:
    """Run sets of replicates with the kernel and yield those of each design, in order; few are in memory at a time.

    Args:
        sets: The sets; each is taken when it is needed.
        seed: Random seed.
        keep: The monthly tables that are kept, and their months.
        threads: How many threads to use; by default one for each processor.
        progress: Called with the number of replicates done since the last call.
    """
    taken: deque[ReplicateSet] = deque()

    def jobs() -> Iterator[Job]:
        packed: tuple[System, PlaceArrays] | None = None
        for replicates in sets:
            if packed is None or packed[0].member is not replicates.system.member:
                packed = replicates.system, pack_place(replicates.system)
            taken.append(replicates)
            yield _job(replicates, packed[1], seed, keep)

    for tables in simulate_jobs(jobs(), threads=threads, progress=progress):
        replicates = taken.popleft()
        yield from replicates.split(_ensemble(replicates, tables, seed, keep))


def _job(replicates: ReplicateSet, place: PlaceArrays, seed: int, keep: Keep) -> Job:
    return Job(
        place=place,
        calendar=pack_calendar(replicates.system),
        assumptions=pack_assumptions(replicates.system, replicates.rows),
        rows=replicates.assumed,
        replicates=replicates.numbers.astype(np.uint64),
        seed=seed,
        tables=blank_tables(replicates.system, len(replicates), keep),
    )


def _ensemble(replicates: ReplicateSet, tables: Tables, seed: int, keep: Keep) -> Ensemble:
    return Ensemble(
        axes=replicates.system.axes,
        seed=seed,
        replicates=replicates.numbers,
        system=tables.system,
        outturns=tables.outturns,
        agreements=tables.agreements,
        memberships=tables.memberships,
        detail_months=keep.months,
        **{name: getattr(tables, name) for name in keep.tables},
    )


def blank_tables(system: System, replicates: int, keep: Keep) -> Tables:
    """Return tables for so many replicates; the kernel writes all of them, and adds to outturns."""
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
