"""Finished tables as their digests say, but of a shape that no batch writes: of other columns, or of other rows."""

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.formatting import counted
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.errors import DamagedResultsError
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.store import Finished, read_finished
from simulation.results.batch.tables import schema_of
from simulation.results.integrity import Damage

_NOT_A_TABLE = "does not say of which replicates it is, as every table of a batch does"


def find_misshapen(folder: Path, manifest: Manifest, without: Collection[Path]) -> list[Damage]:
    """Return the finished tables whose columns, or number of rows, no batch writes.

    Args:
        folder: The batch's folder.
        manifest: Its record.
        without: Files that are damaged already, which are not read.
    """
    return [
        Damage(path, what)
        for path in _finished(folder, manifest, without)
        for what in _faults(path, is_of_one_length="months" not in manifest.factors)
    ]


def find_made_otherwise(folder: Path, manifest: Manifest, without: Collection[Path] = ()) -> Iterator[str]:
    """Yield what the record says of seed and model otherwise than a finished table, in words that follow its path.

    Args:
        folder: The batch's folder.
        manifest: Its record.
        without: Files that are damaged, which are not read.
    """
    for path in _finished(folder, manifest, without):
        about = read_finished(path)
        for name, recorded, made in (("seed", manifest.seed, about.seed), ("model", manifest.model, about.model)):
            if recorded != made:
                yield f"says {name} {recorded}, and {path.name} was made with {made}"


def _finished(folder: Path, manifest: Manifest, without: Collection[Path]) -> Iterator[Path]:
    for path in (folder / f"{table}.parquet" for table in manifest.tables):
        if path.exists() and path not in without:
            yield path


def _faults(path: Path, *, is_of_one_length: bool) -> Iterator[str]:
    try:
        about, schema = read_finished(path), pq.read_schema(arrow_path(path)).remove_metadata()
        rows = pq.read_metadata(arrow_path(path)).num_rows
    except (OSError, pa.ArrowException, DamagedResultsError):
        yield _NOT_A_TABLE
        return
    if not schema.equals(schema_of(path.stem)):
        yield "has other columns than a batch writes"
    elif path.stem == "system" and is_of_one_length and _is_impossible(about, rows):
        yield f"has {counted(rows, 'row')}, which {about.rows_of:,} replicates cannot have"


def _is_impossible(about: Finished, rows: int) -> bool:
    return about.rows_of > 0 and rows % about.rows_of > 0
