"""The status of a batch, read from its folder."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulation.execution.headline import DesignPrecision, Headline
from simulation.execution.repeated_designs import repeated_designs
from simulation.results.batch.chunks import Failure
from simulation.results.batch.common_cases import Asked, Omitted
from simulation.results.batch.lock import lock_owner
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.omitted import omitted_of
from simulation.results.batch.opened import Batch, in_plain_words, open_all
from simulation.results.left_out import LeftOut
from simulation.scenario.schema import Scenario

_TRIES = 3
"""Tries to read a folder whose chunks are merged at the same time."""


@dataclass(frozen=True, kw_only=True)
class Status:
    """The status of a batch.

    Attributes:
        folder: Its folder.
        manifest: Its record.
        replicates: Replicates that were run, of those asked for.
        total: Replicates asked for.
        failures: Replicates that could not be run.
        precisions: How precisely each design's headline is known.
        owner: The process that is writing to the folder, in words; None if there is none.
        is_compact: True if the finished tables hold all replicates.
        left_out: What is left out of the headline of every design because replicates of one failed.
        repeated: Numbers of designs that repeat a point, which counts once.
    """

    folder: Path
    manifest: Manifest
    replicates: int
    total: int
    failures: tuple[Failure, ...] = field(repr=False)
    precisions: tuple[DesignPrecision, ...] = field(repr=False)
    owner: str | None
    is_compact: bool
    left_out: tuple[LeftOut, ...] = ()
    repeated: frozenset[int] = frozenset()


def read_statuses(folder: Path, *, skip_integrity_check: bool = False) -> tuple[Status, list[Status]]:
    """Read the status of the batch in a folder and of its supporting runs; they may be running.

    Args:
        folder: The batch's folder.
        skip_integrity_check: True to read its files as they are.

    Raises:
        NoBatchError: If the folder holds no batch.
        DamagedResultsError: If a file is not as it was written.
    """
    for _ in range(_TRIES - 1):
        try:
            return _read(folder, skip_integrity_check=skip_integrity_check)
        except FileNotFoundError:
            continue
    return _read(folder, skip_integrity_check=skip_integrity_check)


def read_status(folder: Path, *, skip_integrity_check: bool = False) -> Status:
    """Read the status of the batch in a folder, without its supporting runs; see `read_statuses`."""
    return read_statuses(folder, skip_integrity_check=skip_integrity_check)[0]


def _read(folder: Path, *, skip_integrity_check: bool) -> tuple[Status, list[Status]]:
    batch, supporting = open_all(folder, skip_integrity_check=skip_integrity_check)
    if not skip_integrity_check:
        return _statuses(batch, supporting)
    with in_plain_words(folder):
        return _statuses(batch, supporting)


def _statuses(batch: Batch, supporting: Sequence[Batch]) -> tuple[Status, list[Status]]:
    return _status(batch, omitted_of(batch, supporting)), [_status(each, Omitted()) for each in supporting]


def _status(batch: Batch, omitted: Omitted) -> Status:
    held = batch.store.held()
    run = [sum(after - first for first, after in held.get(design.identity, ())) for design in batch.designs]
    return Status(
        folder=batch.folder,
        manifest=batch.manifest,
        replicates=sum(run),
        total=max(batch.manifest.replicates, *run) * len(batch.designs),
        failures=tuple(batch.store.failures().values()),
        precisions=tuple(Headline.of(batch.designs, batch.store).precisions(omitted)),
        left_out=omitted.said,
        repeated=_repeated(batch),
        owner=lock_owner(batch.folder),
        is_compact=batch.store.is_compact and bool(batch.store.finished.identities),
    )


def _repeated(batch: Batch) -> frozenset[int]:
    """Return the numbers of designs that repeat a point; supporting runs have no points that are counted."""
    if batch.manifest.supporting is not None:
        return frozenset()

    def scenarios() -> dict[str, Scenario]:
        return {name: variant.scenario for name, variant in batch.read_variants().items()}

    return repeated_designs(Asked.of(batch.designs, batch.manifest), scenarios)
