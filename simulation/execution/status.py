"""How a batch stands, from its folder alone."""

from dataclasses import dataclass, field
from pathlib import Path

from simulation.execution.headline import DesignPrecision, Headline
from simulation.results.batch.chunks import Failure
from simulation.results.batch.lock import holder_of
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.readback import read_designs
from simulation.results.batch.store import Store

_LOOKS = 3
"""How often a folder is looked at anew whose parts were put together while they were being read."""


@dataclass(frozen=True, kw_only=True)
class Status:
    """How a batch stands.

    Attributes:
        folder: Where it is.
        manifest: What was asked.
        replicates: How many of the replicates asked for were run.
        total: How many are asked for.
        failures: Replicates that could not be run.
        precisions: How precisely each design's headline is known.
        holder: Who is at work in the folder; None if nobody is.
        put_together: Whether the finished tables hold all that there is.
    """

    folder: Path
    manifest: Manifest
    replicates: int
    total: int
    failures: tuple[Failure, ...] = field(repr=False)
    precisions: tuple[DesignPrecision, ...] = field(repr=False)
    holder: str | None
    put_together: bool


def read_status(folder: Path) -> Status:
    """How the batch in a folder stands; it may be at work.

    Raises:
        NoBatchError: If the folder holds no batch.
    """
    for _ in range(_LOOKS):
        try:
            return _look(folder)
        except FileNotFoundError:
            continue
    return _look(folder)


def _look(folder: Path) -> Status:
    manifest = Manifest.read(folder)
    designs = read_designs(folder, manifest.factors)
    store = Store(folder)
    held = store.held()
    there = [sum(after - first for first, after in held.get(design.scenario_hash, ())) for design in designs]
    return Status(
        folder=folder,
        manifest=manifest,
        replicates=sum(there),
        total=max(manifest.replicates, *there) * len(designs),
        failures=tuple(store.failures().values()),
        precisions=tuple(Headline.of(designs, store).precisions()),
        holder=holder_of(folder),
        put_together=store.is_compact and bool(store.finished.hashes),
    )
