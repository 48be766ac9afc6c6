"""Open a batch's folder to read it: its record, designs and tables, checked to be as they were written."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.experiment.addresses import Value
from simulation.experiment.schema import Variant
from simulation.experiment.supporting import WHO_NEVER_MOVES
from simulation.formatting import counted
from simulation.results.arrow_paths import arrow_path
from simulation.results.batch.baselines import find_wrong_baselines
from simulation.results.batch.belonging import belongs
from simulation.results.batch.chunks import CHUNKS, FAILURES, read_chunks
from simulation.results.batch.errors import DamagedResultsError, NoBatchError
from simulation.results.batch.manifest import DESIGNS, MANIFEST, Design, Manifest, key_of, supporting_folders
from simulation.results.batch.shape import find_made_otherwise, find_misshapen
from simulation.results.batch.store import CHANGES, INDICES, Store, read_finished, whole_from_start
from simulation.results.batch.tables import TABLES, numbers_of, schema_of
from simulation.results.case_labels import label_cases
from simulation.results.integrity import BATCH_AGAIN, FOREIGN, Damage, Recorded, find_damage, in_words
from simulation.results.table_rows import rows_of_replicate
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.schema import Scenario
from simulation.scenario.writing import scenario_hash

_KNOWN = (*(f"{table}.parquet" for table in TABLES), DESIGNS, FAILURES, CHANGES, *INDICES)
"""Files of a batch that readers read if they are there."""

_KEEP_ROWS = ("parameters.", "levers.", WHO_NEVER_MOVES)
"""Starts of addresses of what changes no number of rows."""

_TRIES = 3
"""Tries to read a folder that a batch writes to at the same time."""


class Batch(NamedTuple):
    """An open batch's folder."""

    folder: Path
    manifest: Manifest
    designs: tuple[Design, ...]
    store: Store
    is_checked: bool
    """True if its files are as they were written; False if nobody checked."""

    @classmethod
    def open(cls, folder: Path, *, skip_integrity_check: bool = False) -> Self:
        """Open the batch in a folder, which may be running.

        Args:
            folder: The folder.
            skip_integrity_check: True to read its files as they are.

        Raises:
            NoBatchError: If it holds none.
            DamagedResultsError: If a file is not as it was written.
        """
        for _ in range(_TRIES - 1):
            before = _stamp(folder)
            try:
                return cls._open(folder, skip_integrity_check=skip_integrity_check)
            except (DamagedResultsError, OSError):
                if _stamp(folder) == before:
                    raise
        return cls._open(folder, skip_integrity_check=skip_integrity_check)

    @classmethod
    def _open(cls, folder: Path, *, skip_integrity_check: bool) -> Self:
        manifest = Manifest.read(folder, skip_integrity_check=skip_integrity_check)
        if skip_integrity_check:
            with in_plain_words(folder):
                return cls(folder, manifest, read_designs(folder, manifest.factors), Store(folder), is_checked=False)
        if damages := find_batch_damage(folder, manifest):
            raise DamagedResultsError(in_words(damages, BATCH_AGAIN))
        batch = cls(folder, manifest, read_designs(folder, manifest.factors), Store(folder), is_checked=True)
        if damages := [*_contradictions(batch)]:
            raise DamagedResultsError(in_words(damages, BATCH_AGAIN))
        return batch

    def table(self, name: str, design: Design) -> pa.Table:
        """Return the rows of one design."""
        found = list(self.store.rows(name, [design]))
        return pa.concat_tables(found) if found else schema_of(name).empty_table()

    def by_design(self, name: str, columns: Sequence[str]) -> dict[int, pa.Table]:
        """Return the rows of each design by its number, read in one pass."""
        found: dict[int, list[pa.Table]] = {}
        for rows in self.store.rows(name, self.designs, columns):
            numbers, firsts = np.unique(numbers_of(rows["design"]), return_index=True)
            for number, first, after in zip(numbers.tolist(), firsts, [*firsts[1:], len(rows)], strict=True):
                found.setdefault(number, []).append(rows.slice(first, after - first))
        return {number: pa.concat_tables(tables) for number, tables in found.items()}

    def values(self, design: Design) -> dict[str, Value]:
        """Return the values that are set in a design, by address."""
        pairs = zip(self.manifest.factors, design.values, strict=True)
        return {address: value for address, value in pairs if value is not None}

    def labels(self) -> list[str]:
        """Return the name of each design: its variant, and the values that are set in it."""
        cases = [(design.variant, self.values(design)) for design in self.designs]
        return label_cases(cases, alone=len(self.manifest.variants) == 1)

    def read_variants(self) -> dict[str, Variant]:
        """Read the compared scenarios, by name.

        Raises:
            NoBatchError: If one cannot be read.
            DamagedResultsError: If one is not the scenario that was run.
        """
        files = {each["name"]: self.folder / each["file"] for each in self.manifest.variants}
        try:
            scenarios = {name: load_scenario(path) for name, path in files.items()}
        except ScenarioError as error:
            raise NoBatchError(str(error)) from None
        changed = [
            Damage(files[each["name"]], "is not the scenario that was run")
            for each in self.manifest.variants
            if self.is_checked and scenario_hash(scenarios[each["name"]]) != each["hash"]
        ]
        if self.is_checked and not changed:
            changed += _wrong_rows(self, scenarios)
        if changed:
            raise DamagedResultsError(in_words(changed, BATCH_AGAIN))
        return {name: Variant(name=name, scenario=scenario) for name, scenario in scenarios.items()}

    @property
    def is_whole(self) -> bool:
        """True if every requested replicate was run."""
        held = self.store.held()
        wanted = self.manifest.replicates
        return all(whole_from_start(held.get(design.identity, [])) >= wanted for design in self.designs)


def open_all(folder: Path, *, skip_integrity_check: bool = False) -> tuple[Batch, list[Batch]]:
    """Open a batch and its supporting runs.

    Args:
        folder: The batch's folder.
        skip_integrity_check: True to read their files as they are.

    Raises:
        NoBatchError: If it holds none.
        DamagedResultsError: If a file is not as it was written, or supporting runs belong to another batch.
    """
    problems: list[str] = []
    opened: list[Batch] = []
    for each in (folder, *supporting_folders(folder)):
        if opened and not skip_integrity_check and each.name not in opened[0].manifest.supporting_runs:
            continue  # of an earlier version of the experiment
        try:
            opened.append(Batch.open(each, skip_integrity_check=skip_integrity_check))
        except DamagedResultsError as error:
            problems += error.problems
            if not opened:
                break
    if problems:
        raise DamagedResultsError(problems)
    batch, *supporting = opened
    strangers = [each for each in supporting if not belongs(each.manifest, each.folder.name, batch.manifest)]
    if strangers and not skip_integrity_check:
        raise DamagedResultsError(in_words([Damage(each.folder, FOREIGN) for each in strangers], BATCH_AGAIN))
    return batch, supporting


def find_batch_damage(folder: Path, manifest: Manifest, *, use_cache: bool = True) -> list[Damage]:
    """Return the damage to a batch's files, those of its chunks included, and tables that no batch writes.

    Args:
        folder: The batch's folder.
        manifest: Its record.
        use_cache: False to hash every file again.
    """
    chunks, found = read_chunks(folder)
    files = dict(manifest.files)
    for chunk in chunks:
        name = f"{CHUNKS}/{chunk.folder.name}"
        files |= {f"{name}/{file}": digest for file, digest in chunk.files.items()}
        keys = (
            key_of(each.scenario_hash, each.point, manifest.seed, each.first, each.count, manifest.model)
            for each in chunk.entries
        )
        if [*keys] != [each.key for each in chunk.entries]:
            found.append(Damage(chunk.folder, FOREIGN))
    found += find_damage(folder, Recorded(files, manifest.replacing), known=_KNOWN, use_cache=use_cache)
    return found + find_misshapen(folder, manifest, without={each.path for each in found})


def read_designs(folder: Path, factors: Sequence[str]) -> tuple[Design, ...]:
    """Read the designs of a batch from its folder.

    Raises:
        NoBatchError: If they cannot be read.
    """
    with in_plain_words(folder / DESIGNS):
        table = pq.read_table(arrow_path(folder / DESIGNS))
        column = {name: table[name].to_pylist() for name in table.column_names}
        values = zip(*(column[factor] for factor in factors), strict=True) if factors else repeat((), len(table))
        return tuple(
            Design(number=number, variant=variant, values=each, scenario_hash=hashed, baseline=baseline, point=point)
            for number, variant, each, hashed, baseline, point in zip(
                column["design"],
                column["scenario"],
                values,
                column["scenario_hash"],
                column["baseline"],
                column.get("point", [None] * len(table)),
                strict=True,
            )
        )


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn what goes wrong while unchecked results are read into one message.

    Args:
        path: What is read.

    Raises:
        NoBatchError: If it cannot be read.
    """
    try:
        yield
    except (OSError, LookupError, TypeError, ValueError, AttributeError, pa.ArrowException) as error:
        said = str(error).splitlines() or [type(error).__name__]
        message = f"{path} cannot be read: {said[0]}"
        raise NoBatchError(message) from None


def _contradictions(batch: Batch) -> Iterator[Damage]:
    """Yield what the record and the designs say otherwise than the tables themselves."""
    folder, manifest = batch.folder, batch.manifest
    if manifest.designs != len(batch.designs):
        said = f"says {counted(manifest.designs, 'design')}, and {DESIGNS} has {len(batch.designs)}"
        yield Damage(folder / MANIFEST, said)
    unknown = {design.variant for design in batch.designs} - {each["name"] for each in manifest.variants}
    if unknown:
        yield Damage(folder / MANIFEST, f"has no scenario {min(unknown)!r}, and {DESIGNS} has it")
    if (wrong := next(find_wrong_baselines(batch.designs, manifest), None)) is not None:
        yield Damage(
            folder / DESIGNS, f"compares design {wrong.number} with {wrong.baseline}, which isn't its baseline"
        )
    for what in find_made_otherwise(folder, manifest):
        yield Damage(folder / MANIFEST, what)
    identities = {design.identity for design in batch.designs}
    for path in (folder / f"{table}.parquet" for table in manifest.tables):
        if not path.exists():
            continue
        if not {*read_finished(path).identities} <= identities:
            yield Damage(path, "holds designs that are not in " + DESIGNS)


def _wrong_rows(batch: Batch, scenarios: Mapping[str, Scenario]) -> Iterator[Damage]:
    """Yield finished tables whose rows are not those of their replicates, unless a factor changes their number."""
    if not all(address.startswith(_KEEP_ROWS) for address in batch.manifest.factors):
        return
    each = {name: rows_of_replicate(scenario) for name, scenario in scenarios.items()}
    variants = {design.identity: design.variant for design in batch.designs}
    for table in batch.manifest.tables:
        path = batch.folder / f"{table}.parquet"
        if not path.exists():
            continue
        about, rows = read_finished(path), pq.read_metadata(arrow_path(path)).num_rows
        failed = Counter(identity for identity, replicate in batch.store.failures() if replicate < about.replicates)
        wanted = sum((about.replicates - failed[one]) * each[variants[one]][table] for one in about.identities)
        if rows != wanted:
            yield Damage(path, f"has {counted(rows, 'row')}, and its {about.rows_of:,} replicates have {wanted:,}")


def _stamp(folder: Path) -> tuple[object, ...]:
    """Return what changes whenever a batch writes its record or a chunk, or removes one."""
    return tuple(_changed(path) for path in (folder / MANIFEST, folder / CHUNKS))


def _changed(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
