"""The tables of a batch as Arrow and Parquet: a schema for each, and bytes that depend on the rows alone."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation import columns
from simulation.results.axes import chosen_months
from simulation.results.batch.files import sync
from simulation.results.ensemble import DETAIL, Ensemble
from simulation.results.financial_year import financial_years
from simulation.results.frames import to_pandas

ENDS = "ends"
"""The table of the headlines in the last month, which supporting runs keep of which no other month is read."""

TABLES = ("system", "outturns", "agreements", "memberships", *DETAIL, "trust", ENDS)
"""Tables that a batch can keep, always the first or the last. `trust` is relationships at the months that charts show.
"""

ROW_GROUP = 131_072
"""Rows in each row group of a finished table, except the last."""

_TEXT = pa.dictionary(pa.int32(), pa.string())
_REPLICATE = [("design", pa.int32()), ("replicate", pa.int32())]
_MONTHLY = [*_REPLICATE, ("month", pa.int32())]
_PROGRAMME = {
    "agreed": pa.int32(),
    "by_order": pa.bool_(),
    "outcome": _TEXT,
    "lead": _TEXT,
    "milestones_met": pa.int32(),
}
_RELATIONSHIPS = [*_MONTHLY, ("trusting", _TEXT), ("trusted", _TEXT), ("trust", pa.float64())]


def _measured(names: Sequence[str], kinds: dict[str, Any] | None = None) -> list[tuple[str, Any]]:
    return [(name, (kinds or {}).get(name, pa.float64())) for name in names]


_COLUMNS: dict[str, list[tuple[str, Any]]] = {
    "system": [*_MONTHLY, *_measured(columns.SYSTEM._fields)],
    "outturns": [
        *_REPLICATE,
        ("year", _TEXT),
        ("organisation", _TEXT),
        ("part", pa.bool_()),
        ("outturn", pa.float64()),
    ],
    "agreements": [*_REPLICATE, ("opportunity", _TEXT), *_measured(columns.AGREEMENTS._fields, _PROGRAMME)],
    "memberships": [
        *_REPLICATE,
        ("opportunity", _TEXT),
        ("organisation", _TEXT),
        *((name, pa.int32()) for name in columns.MEMBERSHIPS._fields),
    ],
    "organisations": [*_MONTHLY, ("organisation", _TEXT), *_measured(columns.ORGANISATIONS._fields)],
    "relationships": _RELATIONSHIPS,
    "trust": _RELATIONSHIPS,
    "opportunities": [*_MONTHLY, ("opportunity", _TEXT), *_measured(columns.OPPORTUNITIES._fields)],
    ENDS: [*_REPLICATE, *_measured(columns.HEADLINES)],
}


@cache
def schema_of(table: str) -> pa.Schema:
    """Return the columns of a table on disk, with text as plain strings."""
    return pa.schema([(name, pa.string() if kind is _TEXT else kind) for name, kind in _COLUMNS[table]])


def to_arrow(table: str, numbers: Sequence[int], ensembles: Sequence[Ensemble]) -> pa.Table:
    """Return one table of several designs, one design after the other.

    Args:
        table: One of `TABLES`.
        numbers: The number of each design.
        ensembles: The replicates of each.
    """
    if table == "system":
        return _system(numbers, ensembles)
    if table == ENDS:
        return _ends(numbers, ensembles)
    if table == "outturns":
        return pa.concat_tables([_outturns(*each) for each in zip(numbers, ensembles, strict=True)])
    frames = []
    for number, ensemble in zip(numbers, ensembles, strict=True):
        frame = to_pandas(ensemble, "relationships" if table == "trust" else table, dates=False)
        if table == "trust":
            frame = frame[frame["month"].isin(chosen_months(len(ensemble.axes.months)))]
        frame.insert(0, "design", number)
        frames.append(pa.Table.from_pandas(frame, schema=schema_of(table), preserve_index=False))
    return pa.concat_tables(frames).replace_schema_metadata(None)


def _system(numbers: Sequence[int], ensembles: Sequence[Ensemble]) -> pa.Table:
    """Return the system table without pandas, since it is the largest table."""
    shapes = [ensemble.system.shape[:2] for ensemble in ensembles]
    index = {
        "design": np.repeat(np.asarray(numbers), [replicates * months for replicates, months in shapes]),
        "replicate": np.concatenate(
            [np.repeat(e.replicates, months) for e, (_, months) in zip(ensembles, shapes, strict=True)]
        ),
        "month": np.concatenate([np.tile(np.arange(months), replicates) for replicates, months in shapes]),
    }
    by_column = np.empty((len(columns.SYSTEM), len(index["design"])))
    first = 0
    for ensemble in ensembles:
        rows = ensemble.system.reshape(-1, len(columns.SYSTEM))
        by_column[:, first : first + len(rows)] = rows.T
        first += len(rows)
    arrays = [*(values.astype(np.int32) for values in index.values()), *by_column]
    schema = schema_of("system")
    return pa.Table.from_arrays(
        [_view(values, field.type) for values, field in zip(arrays, schema, strict=True)], schema=schema
    )


def _ends(numbers: Sequence[int], ensembles: Sequence[Ensemble]) -> pa.Table:
    designs = np.repeat(np.asarray(numbers), [len(each.replicates) for each in ensembles])
    replicates = np.concatenate([each.replicates for each in ensembles])
    ends = (np.concatenate([each[name][:, -1] for each in ensembles]) for name in columns.HEADLINES)
    schema = schema_of(ENDS)
    arrays = [designs.astype(np.int32), replicates.astype(np.int32), *ends]
    return pa.Table.from_arrays(
        [_view(values, field.type) for values, field in zip(arrays, schema, strict=True)], schema=schema
    )


def _outturns(number: int, ensemble: Ensemble) -> pa.Table:
    """Return the outturns of one design without pandas, which takes longer than to run them."""
    replicates, rows = len(ensemble.replicates), ensemble.outturns[0].size
    years, organisations = financial_years(ensemble.axes.months), len(ensemble.axes.organisations)
    each = np.tile(np.repeat(np.arange(len(years)), organisations), replicates)
    names = pa.array(ensemble.axes.organisations, pa.string())
    columns_there = {
        "design": pa.array(np.full(replicates * rows, number, dtype=np.int32)),
        "replicate": pa.array(np.repeat(ensemble.replicates, rows).astype(np.int32)),
        "year": pa.array([year.label for year in years], pa.string()).take(pa.array(each)),
        "organisation": names.take(pa.array(np.tile(np.arange(organisations), replicates * len(years)))),
        "part": pa.array([year.is_part for year in years], pa.bool_()).take(pa.array(each)),
        "outturn": pa.array(ensemble.outturns.reshape(-1)),
    }
    return pa.table(columns_there, schema=schema_of("outturns"))


def _view(values: NDArray[Any], kind: pa.DataType) -> pa.Array:
    """Return numbers as an Arrow array, without a copy and without pandas, which `pa.array` would import."""
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def numbers_of(column: pa.ChunkedArray) -> NDArray[Any]:
    """Return a column without missing numbers as an array, without pandas, which `to_numpy` would import."""
    arrays = [
        np.frombuffer(chunk.buffers()[1], dtype=chunk.type.to_pandas_dtype())[chunk.offset : chunk.offset + len(chunk)]
        for chunk in column.chunks
    ]
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def last_rows(designs: NDArray[np.int_], replicates: NDArray[np.int_]) -> NDArray[np.intp]:
    """Return the number of the last row of each replicate, whose rows follow each other.

    Args:
        designs: The design of each row; at least one row.
        replicates: The replicate of each row.
    """
    ends = (designs[1:] != designs[:-1]) | (replicates[1:] != replicates[:-1])
    return np.append(np.flatnonzero(ends), len(replicates) - 1)


def to_parquet(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file with a single row group."""
    written = BytesIO()
    pq.write_table(table, written, row_group_size=max(1, len(table)), **options_of(table.schema))
    return written.getvalue()


def options_of(schema: pa.Schema) -> dict[str, Any]:
    """Return options for writing: repeated values as a dictionary, measures split by byte, all compressed with zstd."""
    measures = [field.name for field in schema if pa.types.is_floating(field.type)]
    return {
        "compression": "zstd",
        "compression_level": 1,
        "use_dictionary": [field.name for field in schema if field.name not in measures],
        "column_encoding": dict.fromkeys(measures, "BYTE_STREAM_SPLIT"),
        "store_schema": False,
    }


class TableWriter:
    """A writer of row groups of equal size; one group is written while the rows of the next are collected."""

    def __init__(self, path: Path, schema: pa.Schema, metadata: dict[bytes, str]) -> None:
        self._schema = schema
        self._path, self._file = path, path.open("wb")
        self._writer = pq.ParquetWriter(self._file, schema, **options_of(schema))
        self._writer.add_key_value_metadata(metadata)
        self._waiting: list[pa.Table] = []
        self._rows = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._writing: deque[Future[None]] = deque()

    def write(self, rows: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(rows)
        self._rows += len(rows)
        if self._rows >= ROW_GROUP:
            self._empty(everything=False)

    def close(self) -> None:
        """Write the remaining rows and flush the file to the disk."""
        self._empty(everything=True)
        self._wait()
        self._thread.shutdown()
        self._writer.close()
        self._file.close()
        sync(self._path)

    def abandon(self) -> None:
        """Close the file without finishing it."""
        self._thread.shutdown(cancel_futures=True)
        self._writer.is_open = False  # or its destructor would try to finish the file, and print that it cannot
        self._file.close()

    def _empty(self, *, everything: bool) -> None:
        rows = pa.concat_tables(self._waiting) if self._waiting else self._schema.empty_table()
        least = 1 if everything else ROW_GROUP
        while len(rows) >= least:
            group = rows.slice(0, ROW_GROUP).combine_chunks()  # bytes must not depend on how the rows arrived
            self._wait(for_all_but=1)
            self._writing.append(self._thread.submit(self._writer.write_table, group, ROW_GROUP))
            rows = rows.slice(ROW_GROUP)
        self._waiting, self._rows = [rows], len(rows)

    def _wait(self, for_all_but: int = 0) -> None:
        """Wait until at most so many row groups are being written, to limit memory."""
        while len(self._writing) > for_all_but:
            self._writing.popleft().result()
