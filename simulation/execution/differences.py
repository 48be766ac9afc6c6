"""Compare the rows of a replicate in a table with those of the same replicate when it is run again, to the bit."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from simulation.formatting import counted

_KEYS = ("month", "year", "opportunity", "organisation", "trusting", "trusted")
"""Columns that say which row of a replicate it is."""

_OF_PARTS = ("point", "who_never_moves")
"""Columns by which supporting runs in one table differ; the run itself does not write them."""

_NINE_DIGITS = 1e-9


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A number of a table that is not what the model gives.

    Attributes:
        table: The table's path from the folder of the results.
        where: The row: its design, replicate and, as far as it has them, its month, organisation and so on.
        column: The column.
        stored: Its value in the table.
        again: Its value when the replicate was run again.
    """

    table: str
    where: Mapping[str, Any]
    column: str
    stored: Any
    again: Any


def find_differences(
    table: str, where: Mapping[str, int], stored: pa.Table, again: pa.Table | None
) -> Iterator[Difference]:
    """Yield the numbers that differ.

    Args:
        table: The table's path from the folder of the results.
        where: The design and the replicate.
        stored: The rows in the table.
        again: The rows when it was run again; None if it could not be run.
    """
    if again is None or len(stored) != len(again):
        count = "no row" if again is None else counted(len(again), "row")
        yield Difference(table=table, where=where, column="rows", stored=counted(len(stored), "row"), again=count)
        return
    for column in dict.fromkeys((*again.column_names, *stored.column_names)):
        if column in where or (column in _OF_PARTS and column not in again.column_names):
            continue
        said = [_described(each, column) for each in (stored, again)]
        if said[0] != said[1]:
            yield Difference(table=table, where=where, column=column, stored=said[0], again=said[1])
            continue
        ours, theirs = stored[column].cast(again.schema.field(column).type, safe=False), again[column]
        for row in _unequal(ours, theirs):
            named = {name: again[name][row].as_py() for name in _KEYS if name in again.column_names and name != column}
            pair = {"stored": ours[row].as_py(), "again": theirs[row].as_py()}
            yield Difference(table=table, where={**where, **named}, column=column, **pair)


def find_disorder(table: str, where: Mapping[str, int], stored: pa.Table) -> Iterator[Difference]:
    """Yield that rows are not in the order of their replicates, or points, in which they are read.

    Args:
        table: The table's path from the folder of the results.
        where: The design.
        stored: Its rows.
    """
    for column in (name for name in ("replicate", "point") if name in stored.column_names):
        numbers = np.asarray(stored[column])
        if (np.diff(numbers) < 0).any():
            yield Difference(table=table, where=where, column=column, stored="another order", again="rising numbers")


def find_differences_of_values(file: str, stored: Any, again: Any, where: str = "") -> Iterator[Difference]:
    """Yield the values that differ between two records of names, lists, texts and numbers.

    Numbers that were worked out from tables are compared to nine digits, since sums may depend on the libraries.

    Args:
        file: The file's path from the folder of the results.
        stored: What it holds.
        again: What the tables give.
        where: The place within the record.
    """
    if isinstance(stored, Mapping) and isinstance(again, Mapping):
        for name in dict.fromkeys((*again, *stored)):
            place = f"{where}.{name}".lstrip(".")
            yield from find_differences_of_values(file, stored.get(name), again.get(name), place)
    elif isinstance(stored, list | tuple) and isinstance(again, list | tuple) and len(stored) == len(again):
        for index, (one, other) in enumerate(zip(stored, again, strict=True)):
            yield from find_differences_of_values(file, one, other, f"{where}[{index}]")
    elif not _is_same(stored, again):
        yield Difference(table=file, where={}, column=where, stored=stored, again=again)


def _is_same(first: object, second: object) -> bool:
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=_NINE_DIGITS, abs_tol=_NINE_DIGITS) or (
            math.isnan(first) and math.isnan(second)
        )
    return first == second


def _described(table: pa.Table, column: str) -> str:
    """Return how often a table has a column, and of what kind it is, in words."""
    kinds = [_kind(field.type) for field in table.schema if field.name == column]
    return kinds[0] if len(kinds) == 1 else counted(len(kinds), "column")


def _kind(kind: pa.DataType) -> str:
    """Return a name for types that hold the same values: of whole numbers and of texts there are several."""
    if pa.types.is_dictionary(kind):
        return _kind(kind.value_type)
    if pa.types.is_integer(kind):
        return "whole numbers"
    return "texts" if pa.types.is_string(kind) or pa.types.is_large_string(kind) else f"{kind} values"


def _unequal(first: pa.ChunkedArray, second: pa.ChunkedArray) -> list[int]:
    """Return the rows in which two columns differ, numbers by their bits."""
    if not pa.types.is_floating(second.type):
        pairs = zip(first.to_pylist(), second.to_pylist(), strict=True)
        return [row for row, (one, other) in enumerate(pairs) if one != other]
    numbers = [np.asarray(each.fill_null(np.nan), dtype=np.float64) for each in (first, second)]
    bits = [np.where(np.isnan(each), np.nan, each).view(np.int64) for each in numbers]  # no number is NaN or null
    return [int(row) for row in np.flatnonzero(bits[0] != bits[1])]
