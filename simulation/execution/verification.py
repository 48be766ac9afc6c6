"""Run replicates of some results again and compare every number with the tables, to the bit."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulation.execution.differences import (
    Difference,
    find_differences,
    find_differences_of_values,
    find_disorder,
)
from simulation.execution.part_tables import PartTables, run_again
from simulation.execution.plan import plan_batch
from simulation.execution.record import plan_of
from simulation.execution.supporting_parts import supporting_parts
from simulation.execution.worked_out import work_out_again
from simulation.experiment.schema import Experiment, Variant
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.errors import BatchFolderError, DamagedResultsError
from simulation.results.batch.manifest import Design
from simulation.results.batch.opened import Batch, find_batch_damage, in_plain_words, open_all
from simulation.results.batch.readback import sensitivity_beside
from simulation.results.batch.tables import TABLES
from simulation.results.day_made import day_made
from simulation.results.integrity import BATCH_AGAIN, in_words
from simulation.results.load import is_batch, is_run, no_results
from simulation.results.provenance import RunRecord, model_version
from simulation.results.search_record import COMPARED, SEARCH_RECORD
from simulation.results.store import SCENARIO, WITHOUT_LEVERS, read_record
from simulation.results.verification import Verification
from simulation.scenario.loading import load_scenario


class OtherModelError(BatchFolderError):
    """Results of another version of the model, which this one cannot run again."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One set of tables of the results, and what of it was compared.

    Attributes:
        name: Its folder within that of the results; empty for the results themselves.
        replicates: Replicates that it holds.
        drawn: Number of the design and of the replicate of each that was run again.
        numbers: How many numbers were compared.
        differences: Those that differ, of the tables or of the files that follow from them.
        worked_out: Files that follow from the tables, which were worked out again.
    """

    name: str
    replicates: int
    drawn: tuple[tuple[int, int], ...] = field(repr=False)
    numbers: int
    differences: tuple[Difference, ...] = field(repr=False)
    worked_out: tuple[str, ...] = field(repr=False)


class Outcome(NamedTuple):
    """The outcome of a verification."""

    parts: tuple[Part, ...]
    record: Verification
    is_whole: bool
    """True if the results are finished, so that the record can be kept beside them."""


def verify_results(
    folder: Path, *, replicates: int = 32, seed: int | None = None, skip_integrity_check: bool = False
) -> Outcome:
    """Run some replicates of a run or a batch again, drawn at random from each of its parts, and compare them.

    What follows from the tables of a finished batch, such as sensitivity indices, is worked out again from all of them.
    The search of `trustsim decide` is not run again, which the record says.

    Every file is hashed again, also those that the cache knows.

    Args:
        folder: The folder of the results.
        replicates: How many of each part: the comparison, and each of its supporting runs.
        seed: Seed of the draw; from the clock if left out, so that nobody knows it before.
        skip_integrity_check: True to compare files that are not as they were written.

    Raises:
        NoBatchError: If it holds no results.
        DamagedResultsError: If a file is not as it was written.
        OtherModelError: If another version of the model made them.
    """
    drawn_by = time.time_ns() if seed is None else seed
    if is_batch(folder):
        parts = _parts_of_batch(folder, skip_integrity_check=skip_integrity_check)
    elif not is_run(folder):
        raise no_results(folder)
    else:
        parts = _parts_of_run(folder, skip_integrity_check=skip_integrity_check)
    checked = tuple(_check(part, replicates, drawn_by) for part in parts)
    record = Verification(
        made=day_made(),
        model=model_version(),
        seed=drawn_by,
        drawn=[(part.name, *each) for part in checked for each in part.drawn],
        numbers=sum(part.numbers for part in checked),
        differences=sum(len(part.differences) for part in checked),
        files={part.path_of(name): digest for part in parts for name, digest in part.files.items()},
        has_search=folder.resolve().name == COMPARED and (folder.resolve().parent / SEARCH_RECORD).exists(),
    )
    return Outcome(checked, record, all(part.is_whole for part in parts))


def _parts_of_batch(folder: Path, *, skip_integrity_check: bool) -> list[PartTables]:
    batch, supporting = open_all(folder, skip_integrity_check=skip_integrity_check)
    beside = [Batch.open(each, skip_integrity_check=skip_integrity_check) for each in sensitivity_beside(batch)]
    opened = [batch, *supporting, *beside]
    if not skip_integrity_check:
        damages = [each for one in opened for each in find_batch_damage(one.folder, one.manifest, use_cache=False)]
        if damages:
            raise DamagedResultsError(in_words(damages, BATCH_AGAIN))
    _check_model(folder, batch.manifest.model)
    return [_of_batch(each, each.folder.relative_to(folder).as_posix().strip(".")) for each in opened]


def _of_batch(batch: Batch, name: str) -> PartTables:
    held = batch.store.held()
    plan = plan_of(batch)
    is_whole = batch.is_whole and batch.store.is_compact
    return PartTables(
        name=name,
        folder=name,
        spans=[(each, *span) for each in batch.designs for span in held.get(each.identity, ())],
        failed=frozenset(batch.store.failures()),
        read=batch.table,
        again=partial(run_again, plan),
        files={each: batch.manifest.files.get(each, "") for each in _names(batch.manifest.tables)},
        is_whole=is_whole,
        work_out=partial(work_out_again, batch) if is_whole else tuple,
    )


def _parts_of_run(folder: Path, *, skip_integrity_check: bool) -> list[PartTables]:
    record = read_record(folder, skip_integrity_check=skip_integrity_check, use_cache=False)
    _check_model(folder, record.model or record.version)
    found = [_of_run(folder, "", record)]
    if (folder / WITHOUT_LEVERS).exists():
        found.append(_of_run(folder, WITHOUT_LEVERS, record))
    scenario = load_scenario(folder / SCENARIO)
    return [*found, *supporting_parts(folder, scenario, record)]


def _of_run(folder: Path, name: str, record: RunRecord) -> PartTables:
    scenario = load_scenario(folder / name / SCENARIO)
    files = {
        Path(each).name: digest for each, digest in record.files.items() if (folder / each).parent == folder / name
    }
    tables = [table for table in TABLES if f"{table}.parquet" in files]
    plan = plan_batch(
        Experiment(
            name=name or "run",
            title=record.title,
            seed=record.seed,
            replicates=record.replicates,
            variants=(Variant(name=scenario.title, scenario=scenario),),
            detail=tuple(tables),
        )
    )
    return PartTables(
        name=name,
        folder=name,
        spans=[(plan.designs[0], record.first, record.first + record.replicates)],
        failed=frozenset(),
        read=lambda table, _design: pq.read_table(arrow_path(folder / name / f"{table}.parquet")),
        again=partial(run_again, plan),
        files={each: files[each] for each in _names(tables)},
        is_whole=True,
    )


def _check_model(folder: Path, model: str) -> None:
    if model != model_version():
        message = (
            f"{folder} was made by version {model} of the model, and this is {model_version()}, which need not give "
            "the same numbers: verify it with the version that made it"
        )
        raise OtherModelError(message)


def _check(part: PartTables, replicates: int, seed: int) -> Part:
    """Run some replicates of a part again and compare them."""
    total = sum(after - first for _, first, after in part.spans)
    drawn = list(_drawn(part, _draw(total, replicates, f"{seed}/{part.name}")))
    numbers = 0
    differences: list[Difference] = []
    for design in dict.fromkeys(design for design, _ in drawn):
        kept: dict[str, pa.Table] = {}
        for replicate in (replicate for of, replicate in drawn if of is design):
            for table, again in part.again(design, replicate).items():
                path = part.path_of(f"{table}.parquet")
                if table not in kept:
                    with in_plain_words(Path(path)):
                        kept[table] = part.read(table, design)
                    differences += find_disorder(path, {"design": design.number}, kept[table])
                stored = kept[table]
                where = {"design": design.number, "replicate": replicate}
                rows = stored.filter(pc.equal(stored["replicate"], replicate))
                numbers += rows.num_rows * (rows.num_columns - len(where))
                differences += find_differences(path, where, rows, again)
    worked_out = tuple(part.work_out())
    for each in worked_out:
        differences += find_differences_of_values(part.path_of(each.name), each.stored, each.again)
    return Part(
        name=part.name,
        replicates=total,
        drawn=tuple((design.number, replicate) for design, replicate in drawn),
        numbers=numbers,
        differences=tuple(differences),
        worked_out=tuple(each.name for each in worked_out),
    )


def _drawn(part: PartTables, numbers: set[int]) -> Iterator[tuple[Design, int]]:
    """Yield the design and the number of replicates that are counted through a part, without those that failed."""
    ends = np.cumsum([0, *(after - first for _, first, after in part.spans)])
    for index in sorted(numbers):
        at = int(np.searchsorted(ends, index, side="right")) - 1
        design, first, _ = part.spans[at]
        replicate = first + index - int(ends[at])
        if (design.identity, replicate) not in part.failed:
            yield design, replicate


def _draw(total: int, count: int, key: str) -> set[int]:
    """Return so many different numbers below a total, by hashes of a key; all if there are no more."""
    if count >= total:
        return set(range(total))
    drawn: set[int] = set()
    turn = 0
    while len(drawn) < count:
        drawn.add(int.from_bytes(sha256(f"{key}/{turn}".encode()).digest()[:16]) % total)
        turn += 1
    return drawn


def _names(tables: Sequence[str]) -> list[str]:
    return [f"{table}.parquet" for table in tables]
