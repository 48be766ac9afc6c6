"""A batch's folder: its chunks, and the finished tables into which they are merged."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.experiment.schema import SENSITIVITY
from simulation.interrupts import let_interrupts_in
from simulation.limits import MOST_REPLICATES
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.chunks import (
    CHUNKS,
    FAILURES,
    Entry,
    Failure,
    failures_table,
    read_chunks,
    read_failures,
    write_chunk,
)
from simulation.results.batch.errors import DamagedResultsError, NoBatchError, OtherFormatError
from simulation.results.batch.files import UNFINISHED, remove_folder, remove_unfinished
from simulation.results.batch.lock import LOCK, LOCK_OWNER
from simulation.results.batch.manifest import DESIGNS, MANIFEST, SCENARIOS, Design, Manifest
from simulation.results.batch.replacing import replace_files
from simulation.results.batch.rows import Held, Source, merge
from simulation.results.batch.tables import ENDS, TABLES, TableWriter, schema_of, to_parquet
from simulation.results.integrity import BATCH_AGAIN, Damage, in_words
from simulation.results.verification import VERIFICATION

CHANGES = "organisations-against-baseline.parquet"
"""The table that compares each organisation's books with the baseline's, in a finished batch."""

INDICES = ("indices-sobol.json", "indices-morris.json", "indices-pawn.json")
"""The sensitivity indices of each method, in a finished batch of sensitivity runs."""

_ABOUT = b"trustsim"
_BEFORE_POINTS = "hashes"
"""The name by which older tables gave the identities of designs."""
"""Key of a finished table's metadata: its designs, and the number of replicates of each."""


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The content of a finished table: replicates 0 to `replicates` − 1 of each design, except those that failed.

    Attributes:
        identities: Identity of each design, by the number of the design.
        replicates: Replicates of each design.
        failed: Replicates of all designs that failed, of which there are no rows.
        seed: Random seed.
        model: Version of the model.
    """

    identities: tuple[str, ...] = ()
    replicates: int = 0
    failed: int = 0
    seed: int = 0
    model: str = ""

    @classmethod
    def of(
        cls, folder: Path, designs: Sequence[Design], replicates: int, failures: Mapping[tuple[str, int], Failure]
    ) -> Self:
        """Return what the finished tables of a batch will hold.

        Args:
            folder: The batch's folder, with its record.
            designs: All designs, by number.
            replicates: Number of replicates of each design, including those that failed.
            failures: Replicates that failed, by identity of design and number.
        """
        manifest = Manifest.read(folder)
        failed = Counter(identity for identity, replicate in failures if replicate < replicates)
        return cls(
            identities=tuple(design.identity for design in designs),
            replicates=replicates,
            failed=sum(failed[design.identity] for design in designs),
            seed=manifest.seed,
            model=manifest.model,
        )

    @property
    def held(self) -> dict[str, Held]:
        """The same, by identity of the design."""
        return {each: Held(number, 0, self.replicates) for number, each in enumerate(self.identities)}

    @property
    def rows_of(self) -> int:
        """Number of replicates of all designs that have rows."""
        return self.replicates * len(self.identities) - self.failed

    def to_metadata(self) -> dict[bytes, str]:
        """Return it as metadata of a Parquet file."""
        return {_ABOUT: json.dumps(asdict(self))}


class Store:
    """A batch's folder. Only the owner of its lock may write.

    Args:
        folder: The folder.

    Attributes:
        folder: The same.
        chunks: Its chunks.
        damaged: Chunks that were changed, which are not read.
        finished: The content of its finished tables.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chunks, self.damaged = read_chunks(folder)
        self.finished = read_finished(self._main)

    @property
    def headlines(self) -> str:
        """The table that has the headlines of every replicate."""
        has_ends = (self.folder / f"{ENDS}.parquet").exists() or any(chunk.table(ENDS) for chunk in self.chunks)
        return ENDS if has_ends else "system"

    @property
    def _main(self) -> Path:
        return self.folder / f"{self.headlines}.parquet"

    @property
    def is_compact(self) -> bool:
        """True if no chunk is left to merge into the finished tables."""
        return not self.chunks

    @property
    def identities(self) -> set[str]:
        """Identities of the designs that have replicates."""
        return {*self.finished.identities, *(entry.identity for chunk in self.chunks for entry in chunk.entries)}

    def held(self) -> dict[str, list[tuple[int, int]]]:
        """Return the replicates that were run or failed, by identity of design: spans of first and last + 1."""
        spans = defaultdict(list)
        for identity in self.finished.identities:
            spans[identity].append((0, self.finished.replicates))
        for chunk in self.chunks:
            for entry in chunk.entries:
                spans[entry.identity].append((entry.first, entry.first + entry.count))
        return {identity: _joined(each) for identity, each in spans.items()}

    def failures(self) -> dict[tuple[str, int], Failure]:
        """Return replicates that failed when they were last tried, by identity of design and number."""
        failed = _by_replicate(read_failures(self.folder / FAILURES))
        for chunk in self.chunks:
            for entry in chunk.entries if failed else ():
                for replicate in range(entry.first, entry.first + entry.count):
                    failed.pop((entry.identity, replicate), None)
            failed |= _by_replicate(chunk.failures())
        return failed

    def write_failures(self, designs: Sequence[Design]) -> None:
        """Write the replicates that failed when they were last tried, with the present numbers of their designs.

        Args:
            designs: All designs, by number.
        """
        now = {design.identity: design for design in reversed(designs)}
        failed = [
            replace(failure, design=now[identity].number, scenario=now[identity].variant)
            for (identity, _), failure in self.failures().items()
            if identity in now
        ]
        in_order = sorted(failed, key=lambda failure: (failure.design, failure.replicate))
        replace_files(self.folder, {FAILURES: to_parquet(failures_table(in_order)) if failed else None})

    def add(self, entries: Sequence[Entry], tables: Mapping[str, bytes], failures: Sequence[Failure]) -> None:
        """Write the result of a task as a new chunk.

        Raises:
            OSError: If it cannot be written; earlier results stay.
        """
        number = 1 + self.chunks[-1].number if self.chunks else 0
        self.chunks.append(write_chunk(self.folder, entries, tables, failures, number=number))

    def sources(self, table: str, columns: Sequence[str] | None = None) -> list[Source]:
        """Return the files that hold rows of a table."""
        finished = self.folder / f"{table}.parquet"
        found = [Source(finished, read_finished(finished).held, columns)] if finished.exists() else []
        for chunk in self.chunks:
            path = chunk.table(table)
            if path is not None:
                found.append(Source(path, chunk.held, columns))
        return found

    def rows(self, table: str, designs: Sequence[Design], columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield the rows of a table in order of design, some at a time, under the present numbers of the designs."""
        return merge(designs, self.sources(table, columns))

    def compact(self, designs: Sequence[Design], tables: Sequence[str], replicates: int) -> None:
        """Merge all rows into one file for each table, in order, and remove the chunks.

        The bytes depend on the rows alone. It can be killed and repeated: chunks are removed last, and a replicate that
        is in two files is read once.

        Args:
            designs: All designs, by number.
            tables: Names of the tables.
            replicates: Number of replicates of each design, including those that failed.

        Raises:
            OSError: If it cannot be written; earlier results stay.
        """
        about = Finished.of(self.folder, designs, replicates, self.failures()).to_metadata()
        written = {f"{table}.parquet": self._write_finished(table, designs, about) for table in tables}
        self.write_failures(designs)
        replace_files(self.folder, written)
        for chunk in self.chunks:
            remove_folder(chunk.folder)
        self.chunks = []
        self.finished = read_finished(self._main)

    def _write_finished(self, table: str, designs: Sequence[Design], about: dict[bytes, str]) -> Path:
        path = self.folder / f"{table}.parquet"
        partial = path.with_name(UNFINISHED + path.name)
        writer = TableWriter(partial, schema_of(table), about)
        try:
            for rows in self.rows(table, designs):
                writer.write(rows)
                let_interrupts_in()
            writer.close()
        except BaseException:
            writer.abandon()
            partial.unlink(missing_ok=True)
            raise
        return partial


def whole_from_start(spans: Sequence[tuple[int, int]]) -> int:
    """Return the number of replicates from the first on without a gap, of spans as `Store.held` returns them."""
    return spans[0][1] if spans and spans[0][0] == 0 else 0


def check_folder(folder: Path) -> None:
    """Check that a folder can take a batch: it does not exist, is empty, or holds a batch.

    Raises:
        NoBatchError: If it holds anything else, or is a file.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        message = f"{folder} is a file; name a folder with --out"
    elif (folder / MANIFEST).exists() or _lacks_its_record(folder) or all(_is_ours(path) for path in folder.iterdir()):
        return
    else:
        message = f"{folder} holds files that are not a batch; name another folder with --out, or empty this one"
    raise NoBatchError(message)


def clear(folder: Path) -> None:
    """Remove a batch's tables, chunks and record from its folder, and nothing else."""
    remove_unfinished(folder)
    for name in (CHUNKS, SCENARIOS):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (
        *(f"{table}.parquet" for table in TABLES),
        CHANGES,
        *INDICES,
        FAILURES,
        VERIFICATION,
        DESIGNS,
        MANIFEST,
    ):
        (folder / name).unlink(missing_ok=True)


def _lacks_its_record(folder: Path) -> bool:
    """True if a folder holds a batch, but not its record."""
    return (folder / DESIGNS).is_file() and (folder / SCENARIOS).is_dir()


def _is_ours(path: Path) -> bool:
    """True for the files of a batch that was stopped before it wrote its record, and for sensitivity runs."""
    return path.name in {LOCK, LOCK_OWNER, CHUNKS, SCENARIOS, DESIGNS} or path.name.startswith(
        (UNFINISHED, SENSITIVITY)
    )


def _by_replicate(failures: Sequence[Failure]) -> dict[tuple[str, int], Failure]:
    return {(failure.identity, failure.replicate): failure for failure in failures}


def read_finished(path: Path) -> Finished:
    """Return the content of a finished table; nothing if there is no such file.

    Raises:
        DamagedResultsError: If it says nothing of its replicates, or that it has more than any table has.
    """
    if not path.exists():
        return Finished()
    try:
        about = json.loads((pq.read_metadata(arrow_path(path)).metadata or {})[_ABOUT])
        if _BEFORE_POINTS in about:
            message = (
                f"{path} is of an older version of trustsim, in which all points had the same random events: "
                "run the same `trustsim batch` again with --fresh"
            )
            raise OtherFormatError([message])
        found = Finished(**(about | {"identities": tuple(about["identities"])}))
    except (KeyError, TypeError, ValueError):
        said = Damage(path, "does not say of which replicates it is")
        raise DamagedResultsError(in_words([said], BATCH_AGAIN)) from None
    if not 0 <= found.replicates <= MOST_REPLICATES:
        said = Damage(path, f"says that it has {found.replicates:,} replicates; {MOST_REPLICATES:,} is the most")
        raise DamagedResultsError(in_words([said], BATCH_AGAIN))
    return found


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, with those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for first, after in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(after, joined[-1][1])
        else:
            joined.append((first, after))
    return joined
