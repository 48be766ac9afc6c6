"""Folders of results, of a run and of a batch, that were damaged or edited; then something reads them.

What is done to a folder is kept as data, so that it can be done again to results of a later version.
"""

import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.sealed import to_sealed_json
from tests.fuzz.cases import Case
from tests.fuzz.documents import change_document, places_in
from tests.fuzz.values import NUMBERS, TEXTS, any_value

Draw = random.Random

READERS = {
    "batch": (
        *[["status", "batch"]] * 3,
        ["status", "batch", "--json"],
        *[["batch", "e.yaml", "--workers", "1", "--out", "batch"]] * 3,
        ["report", "batch", "--format", "csv", "--out", "out"],
        ["report", "batch", "--format", "xlsx", "--out", "out"],
        ["report", "batch", "--format", "html", "--out", "out"],
        ["chart", "batch", "--only", "scenario_table", "--out", "out"],
        ["retry", "batch", "--workers", "1"],
        ["status", "batch", "--skip-integrity-check"],
        ["report", "batch", "--format", "csv", "--out", "out", "--skip-integrity-check"],
    ),
    "unfinished": (
        *[["status", "batch"]] * 3,
        *[["batch", "e.yaml", "--replicates", "70", "--workers", "1", "--out", "batch"]] * 4,
        ["report", "batch", "--format", "csv", "--out", "out"],
        ["chart", "batch", "--only", "scenario_table", "--out", "out"],
        ["retry", "batch", "--workers", "1"],
    ),
    "run": (
        ["report", "run/two-trusts", "--format", "csv", "--out", "out"],
        ["report", "run/two-trusts", "--format", "xlsx", "--out", "out"],
        ["report", "run/two-trusts", "--format", "html", "--out", "out"],
        ["chart", "run/two-trusts", "--only", "trajectory", "--out", "out"],
        ["status", "run/two-trusts"],
        ["report", "run/two-trusts", "--format", "csv", "--out", "out", "--skip-integrity-check"],
    ),
}
"""The commands that read each kind of results; an unfinished batch has chunks."""

EXPERIMENT = b"""title: Two ways
scenario: place.yaml
seed: 3
replicates: 2
compare: {a: {}, b: {levers: {coaching: {strength: 0.5}}}}
"""
FOLDERS = {"batch": "batch", "unfinished": "batch", "run": "run"}
"""The folder of each kind."""
MAKING = {
    "batch": ["batch", "e.yaml", "--workers", "1", "--out", "batch"],
    "unfinished": ["batch", "e.yaml", "--replicates", "70", "--workers", "1", "--out", "whole"],
    "run": ["run", "two-trusts.yaml", "--replicates", "2", "--no-charts", "--out", "run"],
}
"""The commands that make the results; of an unfinished batch, those that it should have in the end."""
STOPPING = ["e.yaml", "70", "batch"]
"""The arguments of `tests.fuzz.unfinished` that make the batch itself."""

RECORDS = ("manifest.json", "run.json")


def make(draw: Draw, name: str) -> Case:
    """Make a case."""
    kind = draw.choice(("batch", "batch", "unfinished", "run"))
    changes = [[draw.choice(sorted(CHANGES)), draw.randrange(2**32)] for _ in range(draw.choice((1, 1, 1, 2, 3)))]
    words = draw.choice(READERS[kind])
    writes = ["out", "batch"] if words[0] in {"batch", "retry"} else ["out", "batch/lock"]
    return Case(name, [words], results=kind, changes=changes, writes=writes)


def change_results(folder: Path, changes: Any) -> None:
    """Do to a folder of results what a case says: each change by its name, with a seed for the rest."""
    for name, seed in changes:
        CHANGES[name](random.Random(seed), folder)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")


def _file(draw: Draw, folder: Path, suffix: str = "") -> Path | None:
    found = [path for path in _files(folder) if path.name.endswith(suffix)]
    return draw.choice(found) if found else None


def _record(folder: Path) -> Path | None:
    return next((path for path in _files(folder) if path.name in RECORDS), None)


def truncate(draw: Draw, folder: Path) -> None:
    """Cut a file short."""
    if path := _file(draw, folder):
        content = path.read_bytes()
        path.write_bytes(content[: draw.choice((0, 1, len(content) // 2, max(0, len(content) - 1)))])


def flip(draw: Draw, folder: Path) -> None:
    """Change a byte of a file."""
    if (path := _file(draw, folder)) and (content := bytearray(path.read_bytes())):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        path.write_bytes(content)


def swap(draw: Draw, folder: Path) -> None:
    """Swap two files."""
    one, other = _file(draw, folder, ".parquet"), _file(draw, folder, draw.choice((".parquet", ".yaml", "")))
    if one and other:
        contents = one.read_bytes(), other.read_bytes()
        other.write_bytes(contents[0])
        one.write_bytes(contents[1])


def edit_value(draw: Draw, folder: Path) -> None:
    """Halve a number of a table."""
    path = _file(draw, folder, ".parquet")
    if path is None:
        return
    with suppress(pa.ArrowException, OSError):
        table = pq.read_table(path)
        names = [field.name for field in table.schema if pa.types.is_floating(field.type)]
        if names and table.num_rows:
            name, row = draw.choice(names), draw.randrange(table.num_rows)
            values = table[name].to_pylist()
            values[row] = (values[row] or 8.0) / 2
            at = table.schema.get_field_index(name)
            pq.write_table(
                table.set_column(at, table.schema.field(name), pa.array(values, table.schema.field(name).type)), path
            )


def cut_rows(draw: Draw, folder: Path) -> None:
    """Leave rows out of a table, or repeat them, or take a column away or its kind."""
    path = _file(draw, folder, ".parquet")
    if path is None:
        return
    with suppress(pa.ArrowException, OSError, ValueError):
        table = pq.read_table(path)
        column = draw.randrange(table.num_columns)
        how = draw.choice(("cut", "repeat", "none", "column", "type", "metadata"))
        if how == "cut":
            table = table.slice(0, table.num_rows // 2)
        elif how == "repeat":
            table = pa.concat_tables([table, table])
        elif how == "none":
            table = table.slice(0, 0)
        elif how == "column":
            table = table.remove_column(column)
        elif how == "type":
            table = table.set_column(column, table.column_names[column], pa.array(["x"] * table.num_rows))
        else:
            table = table.replace_schema_metadata(None)
        pq.write_table(table, path)


def delete(draw: Draw, folder: Path) -> None:
    """Remove a file."""
    if path := _file(draw, folder):
        path.unlink()


def add_foreign(draw: Draw, folder: Path) -> None:
    """Add a file that nobody wrote."""
    names = (
        "notes.txt", "system (1).parquet", "conflict.yaml", ".DS_Store", "transfers.parquet", "parts/x", "chunks",
        "~$a", "manifest.json.tmp", "scenarios/00-a (1).yaml", "supporting/assumptions/manifest.json", "a\nb",
    )  # fmt: skip
    path = folder / draw.choice(names)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw.choice((b"", b"x", b"{}", b"PAR1", b"\0" * 1000)))


def empty(draw: Draw, folder: Path) -> None:
    """Empty a file."""
    if path := _file(draw, folder):
        path.write_bytes(b"")


def put_folder(draw: Draw, folder: Path) -> None:
    """Put a folder in place of a file."""
    if path := _file(draw, folder):
        path.unlink()
        path.mkdir()


def put_other(draw: Draw, folder: Path) -> None:
    """Put something that is no file in place of one: a pipe, a device, or a link."""
    if path := _file(draw, folder):
        path.unlink()
        how = draw.choice(("pipe", "/dev/zero", "/dev/null", "missing", str(path)))
        if how == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(how)


def empty_folder(draw: Draw, folder: Path) -> None:
    """Remove a folder, or everything in it."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    gone = draw.choice(sorted(folders))
    shutil.rmtree(gone)
    if draw.random() < 0.5:
        gone.mkdir()


def _read_record(folder: Path) -> tuple[Path | None, dict[str, Any]]:
    """Return the record's path and what it holds; no path if it cannot be read."""
    path = _record(folder)
    with suppress(ValueError, RecursionError):
        record = json.loads(path.read_bytes()) if path else None
        if isinstance(record, dict):
            return path, record
    return None, {}


def edit_record(draw: Draw, folder: Path) -> None:
    """Edit the record."""
    _edit_record(draw, folder, seal=False)


def edit_and_seal_record(draw: Draw, folder: Path) -> None:
    """Edit the record and compute its digest again, as someone would who knows how."""
    _edit_record(draw, folder, seal=True)


def _edit_record(draw: Draw, folder: Path, *, seal: bool) -> None:
    path, record = _read_record(folder)
    if path is None:
        return
    if draw.random() < 0.5:
        change_document(draw, record)
    else:
        part, key = draw.choice(list(places_in(record)) or [(record, "seed")])
        part[key] = draw.choice(
            (any_value(draw), draw.choice(NUMBERS), draw.choice(TEXTS), 2**70, "../../x", "/etc/passwd")
        )
    with suppress(ValueError, RecursionError):
        text = json.dumps(record, indent=2, ensure_ascii=draw.random() < 0.9)
        if seal:
            record.pop("digest", None)
            text = to_sealed_json(record)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))


def spoil_digest(draw: Draw, folder: Path) -> None:
    """Edit a field of the record, and take its digest away or put something else there."""
    path, record = _read_record(folder)
    if path is None or not record:
        return
    record[draw.choice(sorted(record))] = draw.choice((any_value(draw), 7, "x"))
    digest = draw.choice(("", None, [], {}, 1, "x" * 64, record.pop("digest", None)))
    if draw.random() < 0.7:
        record["digest"] = digest
    path.write_bytes(json.dumps(record, indent=2).encode("utf-8", "surrogatepass"))


def garble_record(draw: Draw, folder: Path) -> None:
    """Put other text in place of the record."""
    if path := _record(folder):
        texts = (
            b"", b"null", b"[]", b"{}", b"1", b'"a"', b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe", b"\0", b"NaN",
            b'{"replicates": 1000000000}', b'{"format": 99}', b'{"format": 1}', b'{"seed": ' + b"9" * 5001 + b"}",
            b" " * 1_000_000,
        )  # fmt: skip
        path.write_bytes(draw.choice(texts))


def add_part(draw: Draw, folder: Path) -> None:
    """Add what looks like unfinished work."""
    name = draw.choice(("parts", "chunks", "part-0000", "chunks/0-00000000", "failures.json", "stopped.json", "lock"))
    path = folder / name
    with suppress(OSError):
        if draw.random() < 0.5:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(draw.choice((b"", b"{}", b"[]", b"x", b"null")))


CHANGES: dict[str, Callable[[Draw, Path], None]] = {
    each.__name__: each
    for each in (
        truncate, flip, swap, edit_value, cut_rows, delete, add_foreign, empty, put_folder, put_other, empty_folder,
        edit_record, edit_and_seal_record, spoil_digest, garble_record, add_part,
    )
}  # fmt: skip
"""The changes, by name."""
