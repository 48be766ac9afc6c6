"""A run's folder: Parquet tables, the resolved scenario and the record, written whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.results.axes import chosen_months
from simulation.results.provenance import RunRecord
from simulation.results.study import Study
from simulation.results.supporting_tables import supporting_tables
from simulation.scenario.writing import scenario_to_yaml

if TYPE_CHECKING:
    import pandas as pd

RECORD = "run.json"
WITHOUT_LEVERS = "no-joint-action"
"""The folder, within a run's, of the same place without levers."""
SUMMARY_TABLES = ("system", "outturns", "agreements", "memberships")


class FolderInUseError(Exception):
    """A folder that holds something else, which is never overwritten."""


def find_record(folder: Path) -> dict[str, object] | None:
    """Return the record of the run in a folder; None if there is none."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


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


@contextmanager
def fill_folder(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder to write to, and move its files to the run's folder when all are written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
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
    _write_study(folder, study)
    for name, frame in (tables or {}).items():
        _write_table(frame, folder / f"{name}.parquet")
    if no_joint_action is not None:
        (folder / WITHOUT_LEVERS).mkdir()
        _write_study(folder / WITHOUT_LEVERS, no_joint_action)
    (folder / RECORD).write_text(record.to_json(), encoding="utf-8")


def _write_study(folder: Path, study: Study) -> None:
    """Write a scenario, its tables and those of its supporting runs."""
    ensemble = study.ensemble
    for table in SUMMARY_TABLES:
        _write_table(ensemble.to_pandas(table), folder / f"{table}.parquet")
    if ensemble.relationships is not None:
        trust = ensemble.to_pandas("relationships")
        shown = trust["month"].isin(chosen_months(len(ensemble.axes.months)))
        _write_table(trust[shown], folder / "trust.parquet")
    for name, frame in supporting_tables(study):
        _write_table(frame, folder / f"{name}.parquet")
    (folder / "scenario.yaml").write_text(scenario_to_yaml(ensemble.scenario), encoding="utf-8")


def _write_table(frame: "pd.DataFrame", path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stored = frame.drop(columns="date", errors="ignore")  # follows from the month and the scenario's start
    table = pa.Table.from_pandas(stored, preserve_index=False)
    pq.write_table(table, path, compression="zstd", row_group_size=1_000_000)
