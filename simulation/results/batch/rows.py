"""Rows of one table, design by design, wherever they lie: in the finished table, in parts, or in both."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.results.batch.manifest import Design
from simulation.results.batch.tables import numbers_of

_INDEX = ("design", "replicate")


class Source:
    """A Parquet file whose rows are in order of design, read a row group at a time.

    Args:
        path: The file.
        numbers: The number that each design has in it, by hash of its scenario.
        columns: The columns that are read besides design and replicate; all if left out.
    """

    def __init__(self, path: Path, numbers: Mapping[str, int], columns: Sequence[str] | None = None) -> None:
        self.path = path
        self.numbers = numbers
        self._columns = None if columns is None else [*_INDEX, *columns]
        self._file: pq.ParquetFile | None = None
        self._ranges: list[tuple[int, int]] = []
        self._read: tuple[int, pa.Table, NDArray[np.int32]] | None = None

    def rows(self, scenario_hash: str) -> pa.Table | None:
        """The rows of one design; None if there are none."""
        number = self.numbers.get(scenario_hash)
        if number is None:
            return None
        found = []
        for group, (low, high) in enumerate(self._open()):
            if low <= number <= high:
                table, designs = self._group(group)
                first, after = np.searchsorted(designs, [number, number + 1])
                found.append(table.slice(first, after - first))
        rows = pa.concat_tables(found) if found else None
        return rows if rows is not None and len(rows) else None

    def close(self) -> None:
        """Let go of the file and of what was read."""
        if self._file is not None:
            self._file.close()
        self._file, self._read = None, None

    def _open(self) -> list[tuple[int, int]]:
        """The least and the largest design of each row group."""
        if self._file is None:
            self._file = pq.ParquetFile(self.path)
            told = self._file.metadata
            groups = [told.row_group(group).column(0).statistics for group in range(told.num_row_groups)]
            self._ranges = [(each.min, each.max) for each in groups if each is not None and each.has_min_max]
        return self._ranges

    def _group(self, group: int) -> tuple[pa.Table, NDArray[np.int32]]:
        if self._read is None or self._read[0] != group:
            if self._file is None:
                raise ValueError
            table = self._file.read_row_group(group, columns=self._columns)
            self._read = group, table.replace_schema_metadata(None), numbers_of(table["design"])
        return self._read[1], self._read[2]


def merge(designs: Sequence[Design], sources: Sequence[Source]) -> Iterator[tuple[Design, pa.Table | None]]:
    """The rows of each design from all sources, each history once, in order of replicate.

    Sources are read as they are needed and let go of after the last design in them, so that memory does not grow with
    the number of designs.

    Args:
        designs: In the order in which they are wanted, with the numbers that they get.
        sources: Where rows may be; a history that is in two of them is taken from the first.

    Yields:
        Each design with its rows, None if there are none yet.
    """
    holding: dict[str, list[Source]] = {}
    for source in sources:
        for scenario_hash in source.numbers:
            holding.setdefault(scenario_hash, []).append(source)
    last = {source: design.number for design in designs for source in holding.get(design.scenario_hash, ())}
    ending: dict[int, list[Source]] = {}
    for source, number in last.items():
        ending.setdefault(number, []).append(source)
    for design in designs:
        found = [source.rows(design.scenario_hash) for source in holding.get(design.scenario_hash, ())]
        yield design, _join(design.number, [rows for rows in found if rows is not None])
        for source in ending.get(design.number, ()):
            source.close()


def _join(number: int, found: list[pa.Table]) -> pa.Table | None:
    if not found:
        return None
    spans = [_span(rows) for rows in found]
    if any(after[0] <= before[1] for before, after in itertools.pairwise(spans)):
        rows = _each_history_once(found)
    else:
        rows = pa.concat_tables(found)
    if rows["design"][0].as_py() != number:
        rows = rows.set_column(0, rows.schema.field(0), pa.array(np.full(len(rows), number, dtype=np.int32)))
    return rows


def _span(rows: pa.Table) -> tuple[int, int]:
    replicates = rows["replicate"]
    return replicates[0].as_py(), replicates[-1].as_py()


def _each_history_once(found: list[pa.Table]) -> pa.Table:
    seen = np.empty(0, dtype=np.int32)
    kept = []
    for rows in found:
        replicates = numbers_of(rows["replicate"])
        kept.append(rows.filter(pa.array(~np.isin(replicates, seen))))
        seen = np.union1d(seen, replicates)
    rows = pa.concat_tables(kept)
    return rows.take(pa.array(np.argsort(numbers_of(rows["replicate"]), kind="stable")))
