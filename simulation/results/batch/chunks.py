"""Parts: what one piece of work brought, in a folder of its own, written whole or not at all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.batch.files import whole_folder
from simulation.results.batch.rows import Held
from simulation.results.batch.tables import to_parquet

PARTS = "parts"
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
    """Replicates of one design in a part.

    Attributes:
        key: Names the block of replicates.
        scenario_hash: Whose replicates they are.
        design: The number of the design when the part was written.
        first: Number of the first replicate.
        count: How many.
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
class Part:
    """A part on disk."""

    folder: Path
    entries: tuple[Entry, ...]

    @property
    def number(self) -> int:
        """Its place among the parts."""
        return int(self.folder.name.split("-")[0])

    @property
    def held(self) -> dict[str, Held]:
        """What it holds, by hash of the design's scenario."""
        told: dict[str, Held] = {}
        for entry in self.entries:
            before = told.get(entry.scenario_hash, Held(entry.design, entry.first, 0))
            after = max(before.after, entry.first + entry.count)
            told[entry.scenario_hash] = Held(entry.design, min(before.first, entry.first), after)
        return told

    def table(self, table: str) -> Path | None:
        """The file of one of its tables; None if it has none because all its replicates failed."""
        path = self.folder / f"{table}.parquet"
        return path if path.exists() else None

    def failures(self) -> list[Failure]:
        """Its replicates that could not be run; designs have the numbers that they had when it was written."""
        return read_failures(self.folder / FAILURES)


def write_part(
    folder: Path, entries: Sequence[Entry], tables: Mapping[str, bytes], failures: Sequence[Failure], *, number: int
) -> Part:
    """Write a part to a batch's folder.

    Args:
        folder: The batch's folder.
        entries: What it holds, designs in order.
        tables: Each table as the bytes of a Parquet file; none if all replicates failed.
        failures: Replicates that could not be run.
        number: Its place among the parts; the later says what holds.

    Raises:
        OSError: If there is no room or no leave to write; nothing half written is left.
    """
    place = folder / PARTS / f"{number:07d}-{entries[0].key[:12]}"
    with whole_folder(place) as partial:
        for name, content in tables.items():
            (partial / f"{name}.parquet").write_bytes(content)
        if failures:
            (partial / FAILURES).write_bytes(to_parquet(failures_table(failures)))
        (partial / _ENTRIES).write_text(json.dumps([vars(entry) for entry in entries]), encoding="utf-8")
    return Part(folder=place, entries=tuple(entries))


def read_parts(folder: Path) -> list[Part]:
    """The parts of a batch, in the order in which they were written."""
    parts = []
    for place in _part_folders(folder):
        told = json.loads((place / _ENTRIES).read_text(encoding="utf-8"))
        parts.append(Part(folder=place, entries=tuple(Entry(**entry) for entry in told)))
    return parts


def failures_table(failures: Sequence[Failure]) -> pa.Table:
    """Failures as a table."""
    return pa.Table.from_pylist([vars(failure) for failure in failures], schema=FAILURE_COLUMNS)


def read_failures(path: Path) -> list[Failure]:
    """The failures in a file; none if there is no file."""
    if not path.exists():
        return []
    return [Failure(**row) for row in pq.read_table(path).to_pylist()]


def _part_folders(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in (folder / PARTS).glob("[0-9]*-*") if path.is_dir())
