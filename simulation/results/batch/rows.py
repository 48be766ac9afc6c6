"""Read the rows of a table, design by design, from the finished table and from chunks."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.results.batch.manifest import Design
from simulation.results.batch.tables import numbers_of

_INDEX = ("design", "replicate")


class Held(NamedTuple):
    """One design in a file: its number there, its first replicate and the one after its last."""

    number: int
    first: int
    after: int


class Source:
    """A Parquet file whose rows are in order of design, read a row group at a time.

    Args:
        path: The file.
        held: The designs in it, by hash of their scenarios.
        columns: The columns to read besides design and replicate; all if left out.
    """

    def __init__(self, path: Path, held: Mapping[str, Held], columns: Sequence[str] | None = None) -> None:
        self.path = path
        self.held = held
        self._columns = None if columns is None else [*_INDEX, *columns]
        self._file: pq.ParquetFile | None = None
        self._ranges: list[tuple[int, int]] = []
        self._read: tuple[int, pa.Table, NDArray[np.int32]] | None = None

    def rows(self, scenario_hash: str) -> Iterator[pa.Table]:
        """Yield the rows of one design, in order, one row group at a time."""
        number = self.held[scenario_hash].number
        for group, (low, high) in enumerate(self._open()):
            if low <= number <= high:
                table, designs = self._group(group)
                first, after = np.searchsorted(designs, [number, number + 1])
                if after > first:
                    yield table.slice(first, after - first)

    def close(self) -> None:
        """Close the file and forget what was read."""
        if self._file is not None:
            self._file.close()
        self._file, self._read = None, None

    def _open(self) -> list[tuple[int, int]]:
        """Return the smallest and the largest design number of each row group."""
        if self._file is None:
            self._file = pq.ParquetFile(self.path)
            metadata = self._file.metadata
            groups = [metadata.row_group(group).column(0).statistics for group in range(metadata.num_row_groups)]
            self._ranges = [(each.min, each.max) for each in groups if each is not None and each.has_min_max]
        return self._ranges

    def _group(self, group: int) -> tuple[pa.Table, NDArray[np.int32]]:
        if self._read is None or self._read[0] != group:
            if self._file is None:
                raise ValueError
            table = self._file.read_row_group(group, columns=self._columns)
            self._read = group, table.replace_schema_metadata(None), numbers_of(table["design"])
        return self._read[1], self._read[2]


def merge(designs: Sequence[Design], sources: Sequence[Source]) -> Iterator[tuple[Design, pa.Table]]:
    """Yield the rows of each design from all sources, each replicate once, in order of replicate.

    Each source is closed after its last design, so that memory does not grow with the number of designs.

    Args:
        designs: In the order of the result, with the numbers that rows get.
        sources: Files that may hold rows; a replicate that is in two of them is read from the first.

    Yields:
        Each design that has rows, with some of them at a time.
    """
    holding: dict[str, list[Source]] = {}
    for source in sources:
        for scenario_hash in source.held:
            holding.setdefault(scenario_hash, []).append(source)
    last = {source: design.number for design in designs for source in holding.get(design.scenario_hash, ())}
    ending: dict[int, list[Source]] = {}
    for source, number in last.items():
        ending.setdefault(number, []).append(source)
    for design in designs:
        for rows in _rows_of(design.scenario_hash, holding.get(design.scenario_hash, [])):
            yield design, _numbered(rows, design.number)
        for source in ending.get(design.number, ()):
            source.close()


def _rows_of(scenario_hash: str, sources: list[Source]) -> Iterator[pa.Table]:
    in_order = sorted(sources, key=lambda source: source.held[scenario_hash].first)
    spans = [source.held[scenario_hash] for source in in_order]
    if all(before.after <= after.first for before, after in pairwise(spans)):
        for source in in_order:
            yield from source.rows(scenario_hash)
    else:
        found = [pa.concat_tables(rows) for source in sources if (rows := list(source.rows(scenario_hash)))]
        yield from [_each_replicate_once(found)] if found else []


def _numbered(rows: pa.Table, number: int) -> pa.Table:
    """Return the rows with the present number of their design."""
    if (numbers_of(rows["design"]) == number).all():  # equal scenarios may have several numbers in a file
        return rows
    return rows.set_column(0, rows.schema.field(0), pa.array(np.full(len(rows), number, dtype=np.int32)))


def _each_replicate_once(found: list[pa.Table]) -> pa.Table:
    seen = np.empty(0, dtype=np.int32)
    kept = []
    for rows in found:
        replicates = numbers_of(rows["replicate"])
        kept.append(rows.filter(pa.array(~np.isin(replicates, seen))))
        seen = np.union1d(seen, replicates)
    rows = pa.concat_tables(kept)
    return rows.take(pa.array(np.argsort(numbers_of(rows["replicate"]), kind="stable")))
