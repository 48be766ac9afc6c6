"""Chunks: the result of one task, in a folder of its own, written whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.batch.files import whole_folder
from simulation.results.batch.rows import Held
from simulation.results.batch.tables import to_parquet

CHUNKS = "chunks"
FAILURES = "failures.parquet"
_ENTRIES = "entries.json"

FAILURE_COLUMNS = pa.schema(
    [
        ("design", pa.int32()),
        ("scenario", pa.string()),
        ("replicate", pa.int64()),
        ("error", pa.string()),
        ("traceback", pa.string()),
        ("scenario_hash", pa.string()),
    ]
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The replicates of one design in a chunk.

    Attributes:
        key: Identifies these replicates, see `manifest.key_of`.
        scenario_hash: Hash of the design's scenario.
        design: Number of the design when the chunk was written.
        first: Number of the first replicate.
        count: Number of replicates.
    """

    key: str
    scenario_hash: str
    design: int
    first: int
    count: int


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One replicate that could not be run."""

    design: int
    scenario: str
    replicate: int
    error: str
    traceback: str
    scenario_hash: str


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A chunk on disk."""

    folder: Path
    entries: tuple[Entry, ...]

    @property
    def number(self) -> int:
        """Its number, counted from 0 in the order in which chunks were written."""
        return int(self.folder.name.split("-")[0])

    @property
    def held(self) -> dict[str, Held]:
        """Its replicates, by hash of the design's scenario."""
        found: dict[str, Held] = {}
        for entry in self.entries:
            before = found.get(entry.scenario_hash, Held(entry.design, entry.first, 0))
            after = max(before.after, entry.first + entry.count)
            found[entry.scenario_hash] = Held(entry.design, min(before.first, entry.first), after)
        return found

    def table(self, table: str) -> Path | None:
        """Return the file of one of its tables; None if all its replicates failed."""
        path = self.folder / f"{table}.parquet"
        return path if path.exists() else None

    def failures(self) -> list[Failure]:
        """Return its replicates that could not be run, with the numbers that designs had when it was written."""
        return read_failures(self.folder / FAILURES)


def write_chunk(
    folder: Path, entries: Sequence[Entry], tables: Mapping[str, bytes], failures: Sequence[Failure], *, number: int
) -> Chunk:
    """Write a chunk to a batch's folder.

    Args:
        folder: The batch's folder.
        entries: Its replicates, designs in order.
        tables: Each table as the bytes of a Parquet file; empty if all replicates failed.
        failures: Replicates that could not be run.
        number: Its number; of a replicate that failed in one chunk, the later chunk counts.

    Raises:
        OSError: If it cannot be written; no half-written file is left.
    """
    path = folder / CHUNKS / f"{number:07d}-{entries[0].key[:12]}"
    with whole_folder(path) as partial:
        for name, content in tables.items():
            (partial / f"{name}.parquet").write_bytes(content)
        if failures:
            (partial / FAILURES).write_bytes(to_parquet(failures_table(failures)))
        (partial / _ENTRIES).write_text(json.dumps([vars(entry) for entry in entries]), encoding="utf-8")
    return Chunk(folder=path, entries=tuple(entries))


def read_chunks(folder: Path) -> list[Chunk]:
    """Read the chunks of a batch, in the order in which they were written."""
    chunks = []
    for path in sorted(path for path in (folder / CHUNKS).glob("[0-9]*-*") if path.is_dir()):
        entries = json.loads((path / _ENTRIES).read_text(encoding="utf-8"))
        chunks.append(Chunk(folder=path, entries=tuple(Entry(**entry) for entry in entries)))
    return chunks


def failures_table(failures: Sequence[Failure]) -> pa.Table:
    """Return failures as a table."""
    return pa.Table.from_pylist([vars(failure) for failure in failures], schema=FAILURE_COLUMNS)


def read_failures(path: Path) -> list[Failure]:
    """Read the failures in a file; none if there is no file."""
    if not path.exists():
        return []
    return [Failure(**row) for row in pq.read_table(path).to_pylist()]
