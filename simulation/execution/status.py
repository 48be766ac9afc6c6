"""The status of a batch, read from its folder."""

from dataclasses import dataclass, field
from pathlib import Path

from simulation.execution.headline import DesignPrecision, Headline
from simulation.results.batch.chunks import Failure
from simulation.results.batch.lock import lock_owner
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.readback import read_designs
from simulation.results.batch.store import Store

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
    """

    folder: Path
    manifest: Manifest
    replicates: int
    total: int
    failures: tuple[Failure, ...] = field(repr=False)
    precisions: tuple[DesignPrecision, ...] = field(repr=False)
    owner: str | None
    is_compact: bool


def read_status(folder: Path) -> Status:
    """Read the status of the batch in a folder; it may be running.

    Raises:
        NoBatchError: If the folder holds no batch.
    """
    for _ in range(_TRIES - 1):
        try:
            return _read(folder)
        except FileNotFoundError:
            continue
    return _read(folder)


def _read(folder: Path) -> Status:
    manifest = Manifest.read(folder)
    designs = read_designs(folder, manifest.factors)
    store = Store(folder)
    held = store.held()
    run = [sum(after - first for first, after in held.get(design.scenario_hash, ())) for design in designs]
    return Status(
        folder=folder,
        manifest=manifest,
        replicates=sum(run),
        total=max(manifest.replicates, *run) * len(designs),
        failures=tuple(store.failures().values()),
        precisions=tuple(Headline.of(designs, store).precisions()),
        owner=lock_owner(folder),
        is_compact=store.is_compact and bool(store.finished.hashes),
    )
