"""A run's folder: Parquet tables, the resolved scenario and the record, written whole or not at all."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulation.formatting import counted
from simulation.results.arrow_paths import arrow_path
from simulation.results.axes import chosen_months
from simulation.results.batch.errors import DamagedResultsError
from simulation.results.digests import digest_of
from simulation.results.integrity import (
    FORMAT,
    MISSING,
    Damage,
    Recorded,
    check_format,
    find_damage,
    in_words,
)
from simulation.results.provenance import RunRecord
from simulation.results.record_fields import problems_of
from simulation.results.sealed import RecordChangedError, RecordError, read_json_object, read_sealed_json
from simulation.results.study import Study
from simulation.results.supporting_tables import supporting_tables
from simulation.scenario.writing import scenario_to_yaml

if TYPE_CHECKING:
    import pandas as pd

RECORD = "run.json"
SCENARIO = "scenario.yaml"
WITHOUT_LEVERS: Final = "no-joint-action"
"""The folder, within a run's, of the same place without levers."""
RUN_AGAIN = "run the same `trustsim run` again, which restores it"
_ABOUT = b"trustsim"
"""Key of a table's metadata: the run that it is of."""

SUMMARY_TABLES = ("system", "outturns", "agreements", "memberships")


class FolderInUseError(Exception):
    """A folder that holds something else, which is never overwritten."""


def find_record(folder: Path) -> dict[str, object] | None:
    """Return the record of the run in a folder, which nobody checked; None if there is none."""
    try:
        return read_json_object(folder / RECORD)
    except (OSError, RecordError):
        return None


def find_day_made(folder: Path) -> str | None:
    """Return the day on which the run in a folder was first made; None if there is none, or its record was changed."""
    try:
        made = read_sealed_json(folder / RECORD).get("made")
    except (OSError, RecordError):
        return None
    return made if isinstance(made, str) else None


def read_record(folder: Path, *, skip_integrity_check: bool = False, use_cache: bool = True) -> RunRecord:
    """Read the record of a run, and check that its files are as they were written.

    Args:
        folder: The run's folder.
        skip_integrity_check: True to read it even if they are not.
        use_cache: False to hash every file again.

    Raises:
        DamagedResultsError: If a file is not as it was written, or the results have another format.
    """
    path = folder / RECORD
    try:
        data = read_sealed_json(path, skip_integrity_check=skip_integrity_check)
    except FileNotFoundError:
        raise DamagedResultsError(in_words([Damage(path, MISSING)], RUN_AGAIN)) from None
    except RecordChangedError as error:
        raise DamagedResultsError(in_words([Damage(path, str(error))], RUN_AGAIN)) from None
    except RecordError as error:
        message = f"{path} {error}: {RUN_AGAIN}"
        raise DamagedResultsError([message]) from None
    number = data.get("format", 1)
    if isinstance(number, int) and not (skip_integrity_check and number < FORMAT):
        check_format(path, number, "make them again in another folder")
    if problems := problems_of(RunRecord, data):
        raise DamagedResultsError([f"{path}: {each}: {RUN_AGAIN}" for each in problems])
    record = RunRecord(**data)
    if not skip_integrity_check:
        damages = find_damage(folder, Recorded(record.files), use_cache=use_cache) or [*_contradictions(folder, record)]
        if damages:
            raise DamagedResultsError(in_words(damages, RUN_AGAIN))
    return record


def _contradictions(folder: Path, record: RunRecord) -> Iterator[Damage]:
    """Yield what the record says otherwise than the tables themselves."""
    import pyarrow.parquet as pq

    for name in (each for each in record.files if each.endswith(".parquet")):
        about = json.loads((pq.read_metadata(arrow_path(folder / name)).metadata or {}).get(_ABOUT, b"{}"))
        for key, made in about.items():
            if (recorded := getattr(record, key, None)) != made:
                yield Damage(folder / RECORD, f"says {key} {recorded}, and {name} was made with {made}")
    rows = pq.read_metadata(arrow_path(folder / "system.parquet")).num_rows
    if rows % record.replicates:
        yield Damage(
            folder / "system.parquet", f"has {counted(rows, 'row')}, which {record.replicates:,} replicates cannot have"
        )


def check_folder_is_free(folder: Path, run: str, taken_by: str | None = None) -> None:
    """Check that a folder is free for a run: it does not exist, is empty, or holds the same run.

    Args:
        folder: The folder for the run.
        run: The run's name.
        taken_by: Another run that will be written to the folder, if any.

    Raises:
        FolderInUseError: If it holds anything else, or is a file.
    """
    if taken_by not in (None, run):
        message = f"{folder} would hold two runs: two of the scenario files have the same name; run them apart"
        raise FolderInUseError(message)
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    record = find_record(folder)
    if record is None and (folder / SCENARIO).exists() and run in {folder.name, *_runs_in(folder)}:
        return  # the same run, whose record is damaged
    if record is None:
        message = f"{folder} holds files that are not a run; name another folder with --out, or empty this one"
        raise FolderInUseError(message)
    if record.get("run") != run:
        message = (
            f"{folder} holds another run ({record.get('run')}: seed {record.get('seed')}, "
            f"{record.get('replicates')} replicates, version {record.get('version')}), which is not overwritten; "
            "name another folder with --out, or remove this one"
        )
        raise FolderInUseError(message)


def _runs_in(folder: Path) -> Iterator[object]:
    """Yield the name of the run that each table in a folder is of, as far as it can be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in folder.glob("*.parquet"):
        with suppress(OSError, ValueError, AttributeError, pa.ArrowException):
            yield json.loads((pq.read_metadata(arrow_path(path)).metadata or {}).get(_ABOUT, b"{}")).get("run")


@contextmanager
def fill_folder(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder to write to, and move its files to the run's folder when all are written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.parent / f".{folder.name}-{os.getpid()}"
    try:
        partial.mkdir()
        yield partial
        _put_in_place(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _put_in_place(partial: Path, folder: Path) -> None:
    partial.chmod(0o755)
    if not folder.exists():
        partial.rename(folder)
        return
    for written in sorted(partial.rglob("*"), key=lambda path: path.name == RECORD):
        if written.is_file():
            target = folder / written.relative_to(partial)
            target.parent.mkdir(parents=True, exist_ok=True)
            written.replace(target)


def write_run(
    folder: Path,
    study: Study,
    record: RunRecord,
    *,
    tables: "Mapping[str, pd.DataFrame] | None" = None,
    no_joint_action: Study | None = None,
) -> None:
    """Write a run's tables, its resolved scenario and its record.

    Args:
        folder: An empty folder.
        study: The replicates with their supporting runs.
        record: Its record.
        tables: Tables to write besides the summary, by name.
        no_joint_action: The same place without levers, for a folder within, if it was run.
    """
    about = {key: getattr(record, key) for key in ("run", "seed", "replicates", "version")}
    _write_study(folder, study, about)
    for name, frame in (tables or {}).items():
        _write_table(frame, folder / f"{name}.parquet", about)
    if no_joint_action is not None:
        (folder / WITHOUT_LEVERS).mkdir()
        _write_study(folder / WITHOUT_LEVERS, no_joint_action, about)
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {name: digest_of(folder / name) for name in names}
    (folder / RECORD).write_text(replace(record, files=files).to_json(), encoding="utf-8")


def _write_study(folder: Path, study: Study, about: Mapping[str, object]) -> None:
    """Write a scenario, its tables and those of its supporting runs."""
    ensemble = study.ensemble
    for table in SUMMARY_TABLES:
        _write_table(ensemble.to_pandas(table), folder / f"{table}.parquet", about)
    if ensemble.relationships is not None:
        trust = ensemble.to_pandas("relationships")
        shown = trust["month"].isin(chosen_months(len(ensemble.axes.months)))
        _write_table(trust[shown], folder / "trust.parquet", about)
    for name, frame in supporting_tables(study):
        _write_table(frame, folder / f"{name}.parquet", about)
    (folder / SCENARIO).write_text(scenario_to_yaml(ensemble.scenario), encoding="utf-8")


def _write_table(frame: "pd.DataFrame", path: Path, about: Mapping[str, object]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stored = frame.drop(columns="date", errors="ignore")  # follows from the month and the scenario's start
    table = pa.Table.from_pandas(stored, preserve_index=False)
    with path.open("wb") as file, pq.ParquetWriter(file, table.schema, compression="zstd") as writer:
        writer.write_table(table, row_group_size=1_000_000)
        writer.add_key_value_metadata({_ABOUT: json.dumps(about)})
