"""A batch's folder: what is there, what is missing, and the tables that are made of it in the end."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.batch.chunks import (
    FAILURES,
    PARTS,
    Entry,
    Failure,
    failures_table,
    read_failures,
    read_parts,
    write_part,
)
from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.files import UNFINISHED, remove_unfinished, sync, write_whole
from simulation.results.batch.lock import HOLDER, LOCK
from simulation.results.batch.manifest import DESIGNS, MANIFEST, SCENARIOS, Design
from simulation.results.batch.rows import Held, Source, merge
from simulation.results.batch.tables import TABLES, TableWriter, schema_of, to_parquet

_ABOUT = b"trustsim"
"""Under this name a finished table tells which designs it holds, and how many replicates of each."""


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What a finished table holds: replicates 0 to `replicates` − 1 of each design but those that failed."""

    hashes: tuple[str, ...] = ()
    replicates: int = 0

    @property
    def held(self) -> dict[str, Held]:
        """The same, by hash of the design's scenario."""
        return {told: Held(number, 0, self.replicates) for number, told in enumerate(self.hashes)}


class Store:
    """A batch's folder. Only whoever holds it (see `lock`) may write.

    Args:
        folder: Where it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = read_parts(folder)
        self.finished = _read_finished(folder / "system.parquet")

    @property
    def is_compact(self) -> bool:
        """Whether all that there is lies in the finished tables."""
        return not self.parts

    @property
    def hashes(self) -> set[str]:
        """The scenarios of which there are replicates, by hash."""
        return {*self.finished.hashes, *(entry.scenario_hash for part in self.parts for entry in part.entries)}

    def held(self) -> dict[str, list[tuple[int, int]]]:
        """Which replicates were run, those that failed among them: first and number after the last, by scenario."""
        spans = defaultdict(list)
        for scenario_hash in self.finished.hashes:
            spans[scenario_hash].append((0, self.finished.replicates))
        for part in self.parts:
            for entry in part.entries:
                spans[entry.scenario_hash].append((entry.first, entry.first + entry.count))
        return {scenario_hash: _joined(each) for scenario_hash, each in spans.items()}

    def failures(self) -> dict[tuple[str, int], Failure]:
        """Replicates that failed when they were last tried, by hash of scenario and replicate."""
        failed = _by_replicate(read_failures(self.folder / FAILURES))
        for part in self.parts:
            for entry in part.entries if failed else ():
                for replicate in range(entry.first, entry.first + entry.count):
                    failed.pop((entry.scenario_hash, replicate), None)
            failed |= _by_replicate(part.failures())
        return failed

    def write_failures(self, designs: Sequence[Design]) -> None:
        """Write down which replicates failed when they were last tried, with the numbers that their designs have now.

        Args:
            designs: All designs, by number.
        """
        now = {design.scenario_hash: design for design in reversed(designs)}
        failed = [
            replace(failure, design=now[scenario_hash].number, scenario=now[scenario_hash].variant)
            for (scenario_hash, _), failure in self.failures().items()
            if scenario_hash in now
        ]
        path = self.folder / FAILURES
        if failed:
            in_order = sorted(failed, key=lambda failure: (failure.design, failure.replicate))
            write_whole(path, to_parquet(failures_table(in_order)))
        else:
            path.unlink(missing_ok=True)

    def add(self, entries: Sequence[Entry], tables: Mapping[str, bytes], failures: Sequence[Failure]) -> None:
        """Write what a piece of work brought.

        Raises:
            OSError: If there is no room or no leave to write; what was there before stays.
        """
        self.parts.append(write_part(self.folder, entries, tables, failures, number=self._next_number()))

    def _next_number(self) -> int:
        return 1 + self.parts[-1].number if self.parts else 0

    def sources(self, table: str, columns: Sequence[str] | None = None) -> list[Source]:
        """Where the rows of a table are."""
        finished = self.folder / f"{table}.parquet"
        found = [Source(finished, _read_finished(finished).held, columns)] if finished.exists() else []
        for part in self.parts:
            path = part.table(table)
            if path is not None:
                found.append(Source(path, part.held, columns))
        return found

    def rows(
        self, table: str, designs: Sequence[Design], columns: Sequence[str] | None = None
    ) -> Iterator[tuple[Design, pa.Table]]:
        """The rows of a table, design by design, some at a time, as far as there are any."""
        return merge(designs, self.sources(table, columns))

    def compact(self, designs: Sequence[Design], tables: Sequence[str], replicates: int) -> None:
        """Put all rows into one file for each table, in order, and remove the parts.

        The bytes depend on the rows alone. Killed at any moment, it can be done again: parts go last, and a replicate
        that is in two places is taken once.

        Args:
            designs: All designs, by number.
            tables: The tables that are kept.
            replicates: How many replicates of each there are, those that failed among them.

        Raises:
            OSError: If there is no room; what was there before stays.
        """
        about = {_ABOUT: json.dumps({"designs": [d.scenario_hash for d in designs], "replicates": replicates})}
        written = [self._write_finished(table, designs, about) for table in tables]
        self.write_failures(designs)
        for partial, path in written:
            partial.replace(path)
        sync(self.folder)
        for part in self.parts:
            shutil.rmtree(part.folder)
        self.parts = []
        self.finished = _read_finished(self.folder / "system.parquet")

    def _write_finished(self, table: str, designs: Sequence[Design], about: dict[bytes, str]) -> tuple[Path, Path]:
        path = self.folder / f"{table}.parquet"
        partial = path.with_name(UNFINISHED + path.name)
        writer = TableWriter(partial, schema_of(table), about)
        try:
            for _, rows in self.rows(table, designs):
                writer.write(rows)
            writer.close()
        except BaseException:
            writer.abandon()
            partial.unlink(missing_ok=True)
            raise
        return partial, path


def whole_from_start(spans: Sequence[tuple[int, int]]) -> int:
    """How many replicates there are from the first on without a gap, of spans as `Store.held` gives them."""
    return spans[0][1] if spans and spans[0][0] == 0 else 0


def check_folder(folder: Path) -> None:
    """Make sure that a folder can take a batch: it is not there, or empty, or holds one.

    Raises:
        NoBatchError: If it holds anything else, or is a file.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        message = f"{folder} is a file; name a folder with --out"
    elif (folder / MANIFEST).exists() or all(_is_ours(path) for path in folder.iterdir()):
        return
    else:
        message = f"{folder} holds files that are no batch; name another folder with --out, or empty this one"
    raise NoBatchError(message)


def clear(folder: Path) -> None:
    """Remove a batch from its folder: its tables, its parts and its record, and nothing else."""
    remove_unfinished(folder)
    for name in (PARTS, SCENARIOS):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (*(f"{table}.parquet" for table in TABLES), FAILURES, DESIGNS, MANIFEST):
        (folder / name).unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Whether a file is what a batch leaves that was stopped before it had begun."""
    return path.name in {LOCK, HOLDER, PARTS, SCENARIOS} or path.name.startswith(UNFINISHED)


def _by_replicate(failures: Sequence[Failure]) -> dict[tuple[str, int], Failure]:
    return {(failure.scenario_hash, failure.replicate): failure for failure in failures}


def _read_finished(path: Path) -> Finished:
    if not path.exists():
        return Finished()
    told = json.loads(pq.read_metadata(path).metadata[_ABOUT])
    return Finished(hashes=tuple(told["designs"]), replicates=told["replicates"])


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for first, after in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(after, joined[-1][1])
        else:
            joined.append((first, after))
    return joined
