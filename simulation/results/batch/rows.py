"""Read the rows of a table, design by design, from the finished table and from chunks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.manifest import Design
from simulation.results.batch.tables import ROW_GROUP, numbers_of

_INDEX = ("design", "replicate")

_ROOM = 2**30
"""Bytes of rows that stay in memory between designs; files beyond that are read again for each of their designs."""


class Held(NamedTuple):
    """One design in a file: its number there, its first replicate and the one after its last."""

    number: int
    first: int
    after: int


class Source:
    """A Parquet file whose rows are in order of design, read a row group at a time.

    A file with one row group, as chunks have, is open only while it is read: a batch can have more chunks than a
    process may have open files.

    Args:
        path: The file.
        held: The designs in it, by their identity.
        columns: The columns to read besides design and replicate; all if left out.

    Attributes:
        path: The file.
        held: The designs in it.
        size: Bytes of the rows that are in memory.
    """

    def __init__(self, path: Path, held: Mapping[str, Held], columns: Sequence[str] | None = None) -> None:
        self.path = path
        self.held = held
        self._columns = None if columns is None else [*_INDEX, *columns]
        self._file: pq.ParquetFile | None = None
        self._ranges: list[tuple[int, int]] | None = None
        self._read: tuple[int, pa.Table, NDArray[np.int32]] | None = None
        self.size = 0

    def rows(self, first: str, last: str) -> Iterator[pa.Table]:
        """Yield the rows of designs from the first to the last, given by identity, one row group at a time."""
        least, most = self.held[first].number, self.held[last].number
        for group, (low, high) in enumerate(self._find_ranges()):
            if low <= most and least <= high:
                table, designs = self._group(group)
                ends = np.array([least, most + 1], dtype=designs.dtype)  # of another type, all would be converted
                first, after = np.searchsorted(designs, ends)
                if after > first:
                    yield table.slice(first, after - first)

    def close(self) -> None:
        """Close the file and forget what was read."""
        self._close_file()
        self._read, self.size = None, 0

    def _find_ranges(self) -> list[tuple[int, int]]:
        """Return the smallest and the largest design number of each row group."""
        if self._ranges is None:
            metadata = self._open().metadata
            groups = [metadata.row_group(group).column(0).statistics for group in range(metadata.num_row_groups)]
            self._ranges = [(each.min, each.max) for each in groups if each is not None and each.has_min_max]
            if not self._ranges:
                self._close_file()
        return self._ranges

    def _group(self, group: int) -> tuple[pa.Table, NDArray[np.int32]]:
        if self._read is None or self._read[0] != group:
            table = self._open().read_row_group(group, columns=self._columns, use_threads=False)
            self._read = group, table.replace_schema_metadata(None), numbers_of(table["design"])
            self.size = table.nbytes
            if len(self._find_ranges()) == 1:
                self._close_file()
        return self._read[1], self._read[2]

    def _open(self) -> pq.ParquetFile:
        if self._file is None:
            self._file = pq.ParquetFile(arrow_path(self.path))
        return self._file

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None


class _Memory:
    """The sources whose rows stay in memory between designs."""

    def __init__(self) -> None:
        self._sizes: dict[Source, int] = {}
        self._used = 0

    def keep(self, source: Source) -> None:
        """Keep the rows of a source that was just read, or forget them where there is no room."""
        used = self._used - self._sizes.get(source, 0) + source.size
        if used > _ROOM:
            self.forget(source)
        else:
            self._sizes[source], self._used = source.size, used

    def forget(self, source: Source) -> None:
        """Forget the rows of a source."""
        source.close()
        self._used -= self._sizes.pop(source, 0)


def merge(designs: Sequence[Design], sources: Sequence[Source]) -> Iterator[pa.Table]:
    """Yield the rows of designs from all sources, each replicate once, in order of design and replicate.

    Each source is closed after its last design, so that memory does not grow with the number of designs. Of files that
    hold many designs, no more than `_ROOM` bytes stay in memory.

    Args:
        designs: In the order of the result, with the numbers that rows get.
        sources: Files that may hold rows; a replicate that is in two of them is read from the first.

    Yields:
        Some rows at a time, of one design or of several that lie together in one file.
    """
    holding: dict[str, list[Source]] = {}
    for source in sources:
        for identity in source.held:
            holding.setdefault(identity, []).append(source)
    last = {source: design.number for design in designs for source in holding.get(design.identity, ())}
    ending: dict[int, list[Source]] = {}
    for source, number in last.items():
        ending.setdefault(number, []).append(source)
    memory = _Memory()
    for together in _together(designs, holding):
        for rows in _joined(_rows_of(together, holding, memory)):
            yield _numbered(rows, together, holding)
        for design in together:
            for source in ending.get(design.number, ()):
                memory.forget(source)


def _together(designs: Sequence[Design], holding: Mapping[str, list[Source]]) -> Iterator[list[Design]]:
    """Yield designs in lists that can be read at once: one after another, here and in the one file that holds them."""
    together: list[Design] = []
    for design in designs:
        if together and not _follows(together[-1], design, holding):
            yield together
            together = []
        together.append(design)
    if together:
        yield together


def _follows(before: Design, design: Design, holding: Mapping[str, list[Source]]) -> bool:
    """Return True if a design lies in one file alone, right after the one before."""
    here = holding.get(design.identity, [])
    if len(here) != 1 or here != holding.get(before.identity) or design.number != before.number + 1:
        return False
    held = here[0].held
    return held[design.identity].number == held[before.identity].number + 1


def _joined(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield small tables as fewer large ones, because each that is handled takes its time however small it is."""
    waiting, rows = [], 0
    for table in tables:
        waiting.append(table)
        rows += len(table)
        if rows >= ROW_GROUP:
            yield pa.concat_tables(waiting)
            waiting, rows = [], 0
    if waiting:
        yield pa.concat_tables(waiting)


def _rows_of(together: Sequence[Design], holding: Mapping[str, list[Source]], memory: _Memory) -> Iterator[pa.Table]:
    """Yield the rows of designs that can be read at once."""
    first, last = together[0].identity, together[-1].identity
    sources = holding.get(first, [])
    in_order = sorted(sources, key=lambda source: source.held[first].first)
    spans = [source.held[first] for source in in_order]
    if all(before.after <= after.first for before, after in pairwise(spans)):
        for source in in_order:
            yield from source.rows(first, last)
            memory.keep(source)
    else:
        found = []
        for source in sources:
            found += [pa.concat_tables(rows)] if (rows := list(source.rows(first, last))) else []
            memory.keep(source)
        yield from [_each_replicate_once(found)] if found else []


def _numbered(rows: pa.Table, together: Sequence[Design], holding: Mapping[str, list[Source]]) -> pa.Table:
    """Return rows with the present numbers of their designs, which follow each other as those in the file do."""
    there, first = numbers_of(rows["design"]), together[0]
    if len(together) == 1:  # files may differ in its number, and in one it may have several if scenarios are equal
        numbers = np.full_like(there, first.number)
    else:
        (source,) = holding[first.identity]
        numbers = there + np.int32(first.number - source.held[first.identity].number)
    if (there == numbers).all():
        return rows
    return rows.set_column(0, rows.schema.field(0), pa.array(numbers))


def _each_replicate_once(found: list[pa.Table]) -> pa.Table:
    seen = np.empty(0, dtype=np.int32)
    kept = []
    for rows in found:
        replicates = numbers_of(rows["replicate"])
        kept.append(rows.filter(pa.array(~np.isin(replicates, seen))))
        seen = np.union1d(seen, replicates)
    rows = pa.concat_tables(kept)
    return rows.take(pa.array(np.argsort(numbers_of(rows["replicate"]), kind="stable")))
