"""Every table of results as CSV, row by row: months as dates, names beside ids, and no text that runs as a formula."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from simulation import columns
from simulation.charts.drawing.publish import csv_text
from simulation.report.workbook.names import names_in, names_of
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.belonging import other_batches
from simulation.results.batch.chunks import CHUNKS
from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.files import UNFINISHED
from simulation.results.batch.manifest import MANIFEST
from simulation.results.batch.opened import Batch
from simulation.results.comparison import Comparison
from simulation.results.left_out import note_left_out
from simulation.results.load import recorded_files
from simulation.results.unchecked import list_marked
from simulation.scenario.months import month_number

MOST_ROWS = 1_048_575
"""Rows that Excel shows below the headings."""

DICTIONARY = "columns.csv"

_TIMES_PARQUET = 5
"""About how many times the room of its Parquet file the CSV of a table takes."""

_AT_ONCE = 65_536
"""Rows that are in memory at once."""

_MONTHS = ("month", "agreed")
"""Columns that count months from the start."""

_IDS = ("organisation", "trusting", "trusted", "lead", "who_never_moves", "opportunity")
_RUNS = r"^ *[=+\-@\t\r\n＝＋－＠]"
_BOM = "\ufeff".encode()


class WrittenTable(NamedTuple):
    """A table that was written."""

    path: Path
    rows: int


def write_csv(
    comparison: Comparison, results: Path, folder: Path, tables: Collection[str] | None = None
) -> Iterator[WrittenTable]:
    """Write every Parquet table of some results as CSV, and a table of what their columns mean; yield each.

    Supporting runs of an earlier version of the experiment, which stay in the folder, are left out.

    Files are UTF-8 with a byte order mark, as Excel needs. Next to a month that is counted from the start stands the
    date of its first day; next to an id, its name; next to the number of a design, its scenario. A text that begins
    like a formula gets an apostrophe in front; a number never does.

    Args:
        comparison: The results.
        results: The folder that they were read from.
        folder: The folder to write to, with the same folders in it; files of these names are replaced.
        tables: Names of the tables to write, each in every folder that has it; all if left out.

    Raises:
        OSError: If a file cannot be written.
    """
    names = names_of(comparison).of
    folder.mkdir(parents=True, exist_ok=True)
    meanings = csv_text(_dictionary()).encode("utf-8-sig")
    (folder / DICTIONARY).write_bytes(meanings)
    yield WrittenTable(folder / DICTIONARY, meanings.count(b"\n") - 1)
    designs: dict[Path, _Designs] = {}
    paths = [*_tables(results, tables)]
    list_marked(folder, [path.relative_to(results).with_suffix(".csv").as_posix() for path in paths], comparison)
    note_left_out(folder, comparison.left_out, comparison.folder, is_raw=True)
    for path in paths:
        target = folder / path.relative_to(results).with_suffix(".csv")
        if path.parent not in designs and (path.parent / MANIFEST).exists():
            designs[path.parent] = _Designs.of(path.parent, is_checked=comparison.is_checked)
        readable = partial(_readable, names=names, start=comparison.scenario.start, designs=designs.get(path.parent))
        yield WrittenTable(target, _write_table(path, target, readable))


def unmerged_parts(results: Path) -> list[str]:
    """Return the folders of a batch whose tables are not finished, so that their CSV is not either.

    Args:
        results: A folder of results.
    """
    return sorted(str(path.parent) for path in results.rglob(CHUNKS) if path.is_dir() and any(path.iterdir()))


def table_names(results: Path) -> list[str]:
    """Return the names of the finished tables in a folder of results and those below it.

    Args:
        results: A folder of results.
    """
    return sorted({path.stem for path in _tables(results)})


def expected_size(results: Path, tables: Collection[str] | None = None) -> int:
    """Return about how many bytes the CSV of some results takes, from the size of its Parquet files.

    Args:
        results: A folder of results.
        tables: Names of the tables; all if left out.
    """
    return sum(path.stat().st_size for path in _tables(results, tables)) * _TIMES_PARQUET


def _tables(results: Path, names: Collection[str] | None = None) -> list[Path]:
    """Return the finished tables of some names below a folder, of which the records list those that are results."""
    others = other_batches(results)
    found = [path for path in results.rglob("*.parquet") if CHUNKS not in path.relative_to(results).parts]
    found = [path for path in found if not any(path.is_relative_to(each) for each in others)]
    recorded = recorded_files(results)
    found = [path for path in found if not recorded or path.relative_to(results).as_posix() in recorded]
    named = (path for path in found if names is None or path.stem in names)
    return sorted(path for path in named if not any(part.startswith((UNFINISHED, ".")) for part in path.parts[-2:]))


class _Designs(NamedTuple):
    """The scenario and the first month of each design of a batch, by its number, and the names in each scenario."""

    scenarios: pa.Array
    starts: Any
    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, folder: Path, *, is_checked: bool) -> "_Designs":
        batch = Batch.open(folder, skip_integrity_check=not is_checked)
        variants = batch.read_variants()
        starts = {name: month_number(each.scenario.start) for name, each in variants.items()}
        count = 1 + max(design.number for design in batch.designs)
        variants_of, begins = [""] * count, np.zeros(count, dtype=np.int64)
        for design in batch.designs:
            variants_of[design.number], begins[design.number] = design.variant, starts[design.variant]
        names = {name: names_in(each.scenario) for name, each in variants.items()}
        return cls(pa.array(variants_of, pa.string()), begins, names)

    def named(self, ids: pa.Array, numbers: pa.Array, others: Mapping[str, str]) -> pa.Array:
        """Return the name of each id in the scenario of its row; that among the others where it has none there."""
        rows = pa.table({"scenario": self.scenarios.take(numbers), "id": ids})
        found = rows.group_by(["scenario", "id"]).aggregate([]).to_pylist()
        pairs = [f"{each['scenario']}\0{each['id']}" for each in found]
        own = [self.names[each["scenario"]].get(each["id"]) or others.get(each["id"], each["id"]) for each in found]
        joined = pc.binary_join_element_wise(rows["scenario"], rows["id"], "\0")
        return pa.array(own, pa.string()).take(pc.index_in(joined, pa.array(pairs, pa.string()))).combine_chunks()


def _write_table(path: Path, target: Path, readable: Callable[[pa.Table], pa.Table]) -> int:
    """Write one table, whole or not at all, and return how many rows it has.

    Raises:
        NoBatchError: If it cannot be read, as it may be if it was not checked.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.partial")
    try:
        table = pq.ParquetFile(arrow_path(path))
        shape = readable(table.schema_arrow.empty_table()).schema
        with unfinished.open("wb") as file:
            file.write(_BOM)
            with arrow_csv.CSVWriter(file, shape) as writer:
                for batch in table.iter_batches(_AT_ONCE):
                    writer.write_table(readable(pa.Table.from_batches([batch])))
        unfinished.replace(target)
    except pa.ArrowException as error:
        message = f"{path} cannot be read: {str(error).splitlines()[0]}"
        raise NoBatchError(message) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return int(table.metadata.num_rows)


def _readable(rows: pa.Table, names: Mapping[str, str], start: str, designs: _Designs | None) -> pa.Table:
    """Add dates, names and scenarios beside months, ids and designs, and make texts safe."""
    added: dict[str, Any] = {}
    number_of = None if "design" not in rows.column_names else rows["design"].to_numpy()
    for name in rows.column_names:
        values = rows[name].combine_chunks()
        if pa.types.is_dictionary(values.type):
            values = values.cast(pa.string())
        added[name] = _safe(values)
        if name in _MONTHS and pa.types.is_integer(values.type):
            begins = month_number(start) if designs is None or number_of is None else designs.starts[number_of]
            added[f"{name}_date"] = _dates(values, begins)
        if name in _IDS and "name" not in rows.column_names:
            if designs is None or number_of is None:
                added[f"{name}_name"] = _safe(_named(values, names))
            else:
                added[f"{name}_name"] = _safe(designs.named(values, rows["design"], names))
        if name == "design" and designs is not None and "scenario" not in rows.column_names:
            added["scenario"] = _safe(designs.scenarios.take(values))
    return pa.table({_safe(pa.array([name]))[0].as_py(): values for name, values in added.items()})


def _named(ids: pa.Array, names: Mapping[str, str]) -> pa.Array:
    """Return the name of each id, which is looked up once for all rows with it."""
    coded = ids.dictionary_encode()
    return pa.array([names.get(each, each) for each in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def _dates(months: pa.Array, begins: Any) -> pa.Array:
    """Return the first day of each month that is counted from a first one; none where there is none."""
    counted = months.fill_null(0).to_numpy(zero_copy_only=False) + begins
    since = (counted - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    return pc.if_else(pc.is_valid(months), pa.array(since, pa.date32()), pa.scalar(None, pa.date32()))


def _safe(values: pa.Array) -> pa.Array:
    """Put an apostrophe before texts that a spreadsheet would run as a formula; leave out what is not a number."""
    if pa.types.is_floating(values.type):
        return pc.if_else(pc.is_finite(values), values, pa.scalar(None, values.type))
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return values
    texts = values.cast(pa.string())
    quoted = pc.binary_join_element_wise(pa.scalar("'"), texts, pa.scalar(""))
    return pc.if_else(pc.match_substring_regex(texts, _RUNS), quoted, texts)


def _dictionary() -> Any:
    """Return a row for each column of the tables: table, name, label, unit and meaning."""
    import pandas as pd

    keys = [each._replace(table="any") for each in columns.KEYS]
    return pd.DataFrame([*keys, *columns.TABLE], columns=columns.Column._fields)
