"""Chunks: the result of one task, in a folder of its own, written whole or not at all.

The entries of a chunk hold the digests of its tables, and the name of its folder that of its entries.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field

from simulation.limits import MOST_REPLICATES
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.files import whole_folder
from simulation.results.batch.manifest import identity_of
from simulation.results.batch.rows import Held
from simulation.results.batch.tables import to_parquet
from simulation.results.digests import digest_of_bytes
from simulation.results.integrity import CHANGED, MISSING, Damage
from simulation.results.record_fields import STRICT, FileDigests, Replicates, problems_of
from simulation.results.sealed import RecordError, read_json_object, read_limited

CHUNKS = "chunks"
FAILURES = "failures.parquet"
_ENTRIES = "entries.json"
_NAME = re.compile(r"\d{7,}-[0-9a-f]{16}")
_DIGITS = 16
"""Digits of the digest of its entries in a chunk's name."""

FAILURE_COLUMNS = pa.schema(
    [
        ("design", pa.int32()),
        ("scenario", pa.string()),
        ("replicate", pa.int64()),
        ("error", pa.string()),
        ("traceback", pa.string()),
        ("scenario_hash", pa.string()),
        ("point", pa.int32()),
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
        point: The drawn point whose random events the design has; None if all designs share theirs.
    """

    key: str
    scenario_hash: str
    design: Annotated[int, Field(ge=0)]
    first: Annotated[int, Field(ge=0, lt=MOST_REPLICATES)]
    count: Replicates
    point: Annotated[int, Field(ge=0)] | None = None

    @property
    def identity(self) -> str:
        """That of its design, see `identity_of`."""
        return identity_of(self.scenario_hash, self.point)


@dataclass(frozen=True, kw_only=True)
class _Entries:
    """The content of a chunk's file of entries."""

    __pydantic_config__: ClassVar[Any] = STRICT

    entries: Annotated[Sequence[Entry], Field(min_length=1)]
    files: FileDigests


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One replicate that could not be run."""

    design: int
    scenario: str
    replicate: int
    error: str
    traceback: str
    scenario_hash: str
    point: int | None = None

    @property
    def identity(self) -> str:
        """That of its design, see `identity_of`."""
        return identity_of(self.scenario_hash, self.point)


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A chunk on disk."""

    folder: Path
    entries: tuple[Entry, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """Digest of each of its files by name."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a chunk from its folder; its tables are not checked.

        Raises:
            FileNotFoundError: If it has no entries.
            RecordError: If they are not as they were written.
        """
        path = folder / _ENTRIES
        digest = digest_of_bytes(read_limited(path))
        data = read_json_object(path)
        if folder.name.partition("-")[2] != digest[:_DIGITS] or problems_of(_Entries, data):
            raise RecordError(CHANGED)
        return cls(folder=folder, entries=tuple(Entry(**each) for each in data["entries"]), files=data["files"])

    @property
    def number(self) -> int:
        """Its number, counted from 0 in the order in which chunks were written."""
        return int(self.folder.name.split("-")[0])

    @property
    def held(self) -> dict[str, Held]:
        """Its replicates, by identity of the design."""
        found: dict[str, Held] = {}
        for entry in self.entries:
            before = found.get(entry.identity, Held(entry.design, entry.first, 0))
            after = max(before.after, entry.first + entry.count)
            found[entry.identity] = Held(entry.design, min(before.first, entry.first), after)
        return found

    def table(self, table: str) -> Path | None:
        """Return the file of one of its tables; None if all its replicates failed."""
        name = f"{table}.parquet"
        return self.folder / name if name in self.files else None

    def failures(self) -> list[Failure]:
        """Return its replicates that could not be run, with the numbers that designs had when it was written."""
        return read_failures(self.folder / FAILURES) if FAILURES in self.files else []


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
    contents = {f"{name}.parquet": content for name, content in tables.items()}
    if failures:
        contents[FAILURES] = to_parquet(failures_table(failures))
    digests = {name: digest_of_bytes(content) for name, content in contents.items()}
    about = json.dumps({"entries": [vars(entry) for entry in entries], "files": digests}).encode()
    (folder / CHUNKS).mkdir(exist_ok=True)
    path = folder / CHUNKS / f"{number:07d}-{digest_of_bytes(about)[:_DIGITS]}"
    with whole_folder(path) as partial:
        for name, content in {**contents, _ENTRIES: about}.items():
            (partial / name).write_bytes(content)
    return Chunk(folder=path, entries=tuple(entries), files=digests)


def read_chunks(folder: Path) -> tuple[list[Chunk], list[Damage]]:
    """Read the chunks of a batch, in the order in which they were written, without their tables.

    Args:
        folder: The batch's folder.

    Returns:
        The chunks whose entries are as they were written, and the damage to others.
    """
    chunks: list[Chunk] = []
    damages = []
    for path in sorted(path for path in (folder / CHUNKS).glob("*") if _NAME.fullmatch(path.name)):
        try:
            chunks.append(Chunk.read(path))
        except FileNotFoundError:
            if path.exists():  # else it was merged meanwhile
                damages.append(Damage(path / _ENTRIES, MISSING))
        except RecordError as error:
            damages.append(Damage(path / _ENTRIES, str(error)))
    return chunks, damages


def failures_table(failures: Sequence[Failure]) -> pa.Table:
    """Return failures as a table."""
    return pa.Table.from_pylist([vars(failure) for failure in failures], schema=FAILURE_COLUMNS)


def read_failures(path: Path) -> list[Failure]:
    """Read the failures in a file; none if there is no file."""
    if not path.exists():
        return []
    return [Failure(**row) for row in pq.read_table(arrow_path(path)).to_pylist()]
