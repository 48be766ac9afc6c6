"""Read a folder of results back for charts and papers: a run, or a batch with its supporting runs."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from errno import ENOENT
from os import strerror
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.formatting import counted
from simulation.input_files import readable
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.errors import DamagedResultsError, NoBatchError
from simulation.results.batch.manifest import DESIGNS, MANIFEST
from simulation.results.batch.readback import load_batch
from simulation.results.batch.supporting_kinds import folder_above, refuse_supporting
from simulation.results.comparison import Comparison, as_comparison
from simulation.results.integrity import Damage, in_words
from simulation.results.other_model import other_model_mark
from simulation.results.provenance import RunRecord
from simulation.results.reading import read_ensemble
from simulation.results.sealed import RecordError, read_json_object
from simulation.results.search_record import COMPARED, SEARCH_RECORD
from simulation.results.store import RECORD, RUN_AGAIN, SCENARIO, WITHOUT_LEVERS, read_record
from simulation.results.study import Study
from simulation.results.supporting_tables import read_supporting_tables
from simulation.results.table_rows import rows_at_least, rows_of_replicate
from simulation.results.unchecked import of_other_model, unchecked
from simulation.results.verification import find_verification
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_hash


def results_folder(folder: Path) -> Path:
    """Return a folder of results: the one given, or the only run in it, or the batch of what a search found.

    `results/<scenario>` holds runs, and the folder of `trustsim decide` a batch.

    Args:
        folder: As the user named it. It is returned as it is if it holds results, none, or those of several runs.
    """
    if is_batch(folder) or is_run(folder):
        return folder
    if (folder / SEARCH_RECORD).exists() and is_batch(folder / COMPARED):
        return folder / COMPARED
    runs = [path.parent for path in folder.glob(f"*/{RECORD}")]
    return runs[0] if len(runs) == 1 else folder


def load_comparison(folder: Path | str, *, skip_integrity_check: bool = False) -> Comparison:
    """Read the results of a run or of a batch, finished or not.

    Args:
        folder: `results/<scenario>/<run>` of a run, or `results/<experiment>` of a batch.
        skip_integrity_check: True to read files that are not as they were written; `is_checked` is False then.

    Raises:
        NoBatchError: If it holds neither, or supporting runs of either, or what it holds cannot be read.
        DamagedResultsError: If a file is not as it was written.
    """
    place = Path(folder)
    if place.resolve().name == WITHOUT_LEVERS and (folder_above(place) / RECORD).exists():
        refuse_supporting(place, WITHOUT_LEVERS)
    named = readable(place.name if place.is_absolute() or ".." in place.parts else place.as_posix())
    if is_batch(place) or is_run(place):
        load = load_batch if is_batch(place) else _load_run
        comparison = load(place, skip_integrity_check=skip_integrity_check)
        verification = find_verification(place, recorded_files(place)) if comparison.is_checked else None
        comparison = of_other_model(comparison, other_model_mark(place))
        return replace(comparison, folder=named, verification=verification)
    raise no_results(place, with_supporting=False)


def no_results(folder: Path, *, with_supporting: bool = True) -> NoBatchError:
    """Return the error for a folder that holds neither a run nor a batch; it names results below.

    Args:
        folder: As the user named it.
        with_supporting: False if supporting runs will not do, such as a sensitivity run alone.
    """
    within = sorted(path.parent for path in folder.glob(f"*/{RECORD}")) + sorted(
        path.parent for path in folder.glob(f"*/{MANIFEST}") if with_supporting or not _is_supporting(path.parent)
    )
    more = f"; there are results in {', '.join(map(str, within[:3]))}: name one of them" if within else ""
    return NoBatchError(f"{folder} holds no results: there is neither {RECORD} nor {MANIFEST} in it{more}")


def _is_supporting(folder: Path) -> bool:
    """True if the record in a folder, which nobody checked, says that its batch is supporting runs of another."""
    with suppress(OSError, RecordError):
        return read_json_object(folder / MANIFEST).get("supporting") is not None
    return False


def recorded_files(folder: Path) -> dict[str, str]:
    """Return the digest of each file that the records in a folder and below list, which nobody checked.

    Args:
        folder: A folder of results.
    """
    found: dict[str, str] = {}
    for path in (each for name in (MANIFEST, RECORD) for each in (folder / name, *folder.glob(f"*/{name}"))):
        with suppress(OSError, RecordError):
            files = read_json_object(path).get("files")
            if isinstance(files, dict):
                found |= {(path.parent / name).relative_to(folder).as_posix(): str(files[name]) for name in files}
    return found


def is_batch(folder: Path) -> bool:
    """True if a folder holds a batch, even one whose record is missing."""
    return (folder / MANIFEST).exists() or (folder / DESIGNS).exists()


def is_run(folder: Path) -> bool:
    """True if a folder holds a run, even one whose record is missing."""
    return (folder / RECORD).exists() or ((folder / SCENARIO).exists() and (folder / "system.parquet").exists())


def _load_run(folder: Path, *, skip_integrity_check: bool) -> Comparison:
    record = read_record(folder, skip_integrity_check=skip_integrity_check)
    try:
        study = _read_study(folder, "", record, is_checked=not skip_integrity_check)
        has_reference = any(name.startswith(f"{WITHOUT_LEVERS}/") for name in record.files)
        no_joint_action = (
            _read_study(folder, WITHOUT_LEVERS, record, is_checked=not skip_integrity_check) if has_reference else None
        )
    except FileNotFoundError as error:
        message = (
            f"{folder} lacks {Path(str(error.filename)).name}; charts and papers need a run with its charts: "
            "run it again without --no-charts"
        )
        raise NoBatchError(message) from None
    except (OSError, LookupError, TypeError, ValueError, AttributeError, ScenarioError) as error:
        message = f"{folder} cannot be read as the results of a run: {error}"
        raise NoBatchError(message) from None
    if not skip_integrity_check and scenario_hash(study.ensemble.scenario) != record.scenario_hash:
        changed = Damage(folder / SCENARIO, "is not the scenario that was run")
        raise DamagedResultsError(in_words([changed], RUN_AGAIN))
    source = record.source or SCENARIO
    command = f"trustsim run {source} --replicates {len(study.ensemble)} --seed {study.ensemble.seed}"
    comparison = as_comparison(study, name=folder.parent.name, command=command, no_joint_action=no_joint_action)
    return unchecked(comparison) if skip_integrity_check else comparison


def _wrong_rows(folder: Path, within: str, scenario: Scenario, record: RunRecord) -> Iterator[Damage]:
    """Yield the tables whose rows are not those of so many replicates of a place."""
    whole, part = rows_of_replicate(scenario), rows_at_least(scenario)
    for path in (folder / name for name in record.files if name.endswith(".parquet")):
        if path.parent != folder / within or path.stem not in {*whole, *part}:
            continue
        rows = pq.read_metadata(arrow_path(path)).num_rows
        if path.stem in whole and rows != record.replicates * whole[path.stem]:
            wanted = f"and {record.replicates:,} replicates have {record.replicates * whole[path.stem]:,}"
            yield Damage(path, f"has {counted(rows, 'row')}, {wanted}")
        elif path.stem in part and rows % max(1, part[path.stem]):
            yield Damage(path, f"has {counted(rows, 'row')}, and each replicate has {part[path.stem]:,}")


def _read_study(folder: Path, within: str, record: RunRecord, *, is_checked: bool) -> Study:
    """Read a scenario and its supporting runs from the tables that a record lists, in a run's folder or one within."""
    place = folder / within

    def path_of(table: str) -> Path | None:
        path = place / f"{table}.parquet"
        return path if path.relative_to(folder).as_posix() in record.files else None

    def read(table: str) -> pa.Table:
        path = path_of(table)
        if path is None:
            raise FileNotFoundError(ENOENT, strerror(ENOENT), f"{table}.parquet")
        return pq.read_table(arrow_path(path))

    scenario = load_scenario(place / SCENARIO)
    if is_checked and (damages := [*_wrong_rows(folder, within, scenario, record)]):
        raise DamagedResultsError(in_words(damages, RUN_AGAIN))
    ensemble = read_ensemble(scenario, record.seed, read)
    return Study(ensemble=ensemble, version=record.version, made=record.made, **read_supporting_tables(path_of))
