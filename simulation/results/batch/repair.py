"""Remove from a batch's folder what is not as it was written, so that the batch makes it again."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from simulation.results.batch.chunks import CHUNKS, FAILURES
from simulation.results.batch.errors import DamagedResultsError, NoBatchError, OtherBatchError, OtherFormatError
from simulation.results.batch.manifest import DIGEST_OF_FILES, MANIFEST, SCENARIOS, Manifest
from simulation.results.batch.opened import find_batch_damage
from simulation.results.batch.shape import find_made_otherwise
from simulation.results.batch.store import CHANGES, read_finished
from simulation.results.batch.tables import TABLES
from simulation.results.digests import digests_of
from simulation.results.integrity import CHANGED, MISSING, Damage
from simulation.results.sealed import RecordError, digest_of_record, read_json_object

WAY_OUT = "start again with --fresh, which removes these results, or name another folder with --out DIR"

_TABLES = tuple(f"{table}.parquet" for table in TABLES)
_FINISHED = (*_TABLES, FAILURES)
"""Files that go together: without one of them, the others are made again too."""


def repair(folder: Path, record: Manifest) -> tuple[Damage, ...]:
    """Remove damaged chunks and tables, and write the record again if it is damaged.

    Only files that have the digests of the record that is there are kept. Of a record that was changed, or that says
    another seed or model than the tables, the digests of tables count if none of the digests was changed, and the
    tables were made with the seed and the model of this batch.

    Args:
        folder: The folder of a batch, locked by this process.
        record: The record to write if that in the folder is damaged, without digests.

    Returns:
        What was damaged.

    Raises:
        DamagedResultsError: If a folder is in the place of a file, or the results have another format.
        OtherBatchError: If the record is damaged and the results are those of another seed or version.
    """
    if _is_not_begun(folder):
        return ()
    manifest, damages = _find_damage(folder, record)
    if (folder / MANIFEST).is_dir():
        _remove([folder / MANIFEST])
    spoilt = {each.path.relative_to(folder).parts for each in damages}
    for parts in spoilt:
        if parts[0] == CHUNKS:
            shutil.rmtree(folder / CHUNKS / parts[1], ignore_errors=True)
    lost = {parts[0] for parts in spoilt if len(parts) == 1} - {MANIFEST}
    if lost & {*_FINISHED}:
        lost |= {*_FINISHED}
    _remove(
        folder / name for name in (*lost, *(f"{SCENARIOS}/{parts[1]}" for parts in spoilt if parts[0] == SCENARIOS))
    )
    settled = _settle(folder, manifest)
    if damages or settled != manifest:
        settled.write(folder)
    return tuple(damages)


def check_repairable(folder: Path, record: Manifest) -> tuple[Damage, ...]:
    """Check that what is damaged in a batch's folder can be made again; nothing is changed.

    Args:
        folder: The folder of a batch.
        record: The record to write if that in the folder is damaged, without digests.

    Returns:
        What is damaged.

    Raises:
        DamagedResultsError: If a folder is in the place of a file, or the results have another format.
        OtherBatchError: If the record is damaged and the results are those of another seed or version.
    """
    if _is_not_begun(folder):
        return ()
    _, damages = _find_damage(folder, record)
    for each in damages:
        if each.path.parent.name != CHUNKS and each.path.is_dir() and any(each.path.iterdir()):
            raise _in_the_way(each.path)
    return tuple(damages)


def _find_damage(folder: Path, record: Manifest) -> tuple[Manifest, list[Damage]]:
    """Return the record that counts, and what is damaged, the record included."""
    try:
        manifest = Manifest.read(folder)
    except OtherFormatError:
        raise
    except (NoBatchError, DamagedResultsError):
        manifest = replace(record, files=_salvaged(folder, record))
        changed = Damage(folder / MANIFEST, CHANGED if (folder / MANIFEST).exists() else MISSING)
        return manifest, [changed, *find_batch_damage(folder, manifest)]
    damages = find_batch_damage(folder, manifest)
    if otherwise := [*find_made_otherwise(folder, manifest, without={each.path for each in damages})]:
        manifest = replace(record, files=_salvaged(folder, record))
        damages = [Damage(folder / MANIFEST, otherwise[0]), *find_batch_damage(folder, manifest)]
    return manifest, damages


def _salvaged(folder: Path, record: Manifest) -> dict[str, str]:
    """Return the digests of tables in a changed record, of those tables that were made as this record says."""
    try:
        data = read_json_object(folder / MANIFEST)
    except (OSError, RecordError):
        return {}
    files = data.get("files")
    if not isinstance(files, Mapping) or data.get(DIGEST_OF_FILES) != digest_of_record(files):
        return {}
    known = {name: digest for name, digest in files.items() if isinstance(digest, str)}
    same = digests_of(folder, [name for name in _TABLES if name in known])
    kept = {name: digest for name, digest in same.items() if digest and digest == known[name]}
    for name in kept:
        _check_made_by(folder / name, record)
    return kept | {name: known[name] for name in (FAILURES, CHANGES) if kept and name in known}


def _is_not_begun(folder: Path) -> bool:
    """Return True if a folder has neither a record nor results."""
    return not any((folder / name).exists() for name in (MANIFEST, CHUNKS, *_FINISHED))


def _check_made_by(path: Path, record: Manifest) -> None:
    about = read_finished(path)
    if (about.seed, about.model) != (record.seed, record.model):
        message = (
            f"{path} was made at seed {about.seed} by version {about.model} of the model, and this batch has seed "
            f"{record.seed} and {record.model}: {WAY_OUT}"
        )
        raise OtherBatchError(message)


def _settle(folder: Path, manifest: Manifest) -> Manifest:
    """Return a record that lists what is there: of files that were being replaced, the old or the new ones."""
    there = digests_of(folder, [name for name in {**manifest.files, **manifest.replacing} if (folder / name).exists()])
    files = {name: digest for name, digest in sorted(there.items()) if digest}
    return replace(manifest, files=files, replacing={})


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.is_dir():
            path.unlink(missing_ok=True)
            continue
        try:
            path.rmdir()
        except OSError:
            raise _in_the_way(path) from None


def _in_the_way(path: Path) -> DamagedResultsError:
    return DamagedResultsError(
        [f"{path} is a folder, and a file belongs there: move it elsewhere, then run the same command again"]
    )
