"""A batch and all that was run beside it, read back for charts and papers."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.experiment.addresses import Value
from simulation.experiment.schema import PaperTexts, Variant
from simulation.experiment.supporting import ALL_INSTITUTIONAL, ALL_POPULATION_FIRST, WHO_NEVER_MOVES
from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.manifest import DESIGNS, Design, Manifest, supporting_folders
from simulation.results.batch.store import Store, whole_from_start
from simulation.results.batch.tables import schema_of
from simulation.results.comparison import Case, Comparison, LeverCombinations
from simulation.results.reading import NEEDED, measured, read_ensemble
from simulation.results.replicates import VARIED, Replicates, parameter_number
from simulation.results.study import Study
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError

Floats = NDArray[np.float64]

MOST_STUDIES = 24
"""Designs of which whole replicates are read; a paper has no room for more."""


class Batch(NamedTuple):
    """A batch's folder as it was opened."""

    folder: Path
    manifest: Manifest
    designs: tuple[Design, ...]
    store: Store

    @classmethod
    def open(cls, folder: Path) -> "Batch":
        """Read what a folder says of its batch.

        Raises:
            NoBatchError: If it holds none.
        """
        manifest = Manifest.read(folder)
        return cls(folder, manifest, read_designs(folder, manifest.factors), Store(folder))

    def table(self, name: str, design: Design) -> pa.Table:
        """The rows of one design."""
        found = [rows for _, rows in self.store.rows(name, [design])]
        return pa.concat_tables(found) if found else schema_of(name).empty_table()

    def by_design(self, name: str, columns: Sequence[str]) -> dict[int, pa.Table]:
        """The rows of each design, by its number, read in one go."""
        found: dict[int, list[pa.Table]] = {}
        for design, rows in self.store.rows(name, self.designs, columns):
            found.setdefault(design.number, []).append(rows)
        return {number: pa.concat_tables(tables) for number, tables in found.items()}

    @property
    def is_whole(self) -> bool:
        """Whether every replicate that was asked for was run."""
        held = self.store.held()
        wanted = self.manifest.replicates
        return all(whole_from_start(held.get(design.scenario_hash, [])) >= wanted for design in self.designs)


def read_designs(folder: Path, factors: Sequence[str]) -> tuple[Design, ...]:
    """The designs of a batch, as its folder tells of them.

    Raises:
        NoBatchError: If they cannot be read.
    """
    try:
        rows = pq.read_table(folder / DESIGNS).to_pylist()
    except (OSError, ValueError) as error:
        message = f"{folder / DESIGNS} cannot be read: {error}"
        raise NoBatchError(message) from None
    return tuple(
        Design(
            number=row["design"],
            variant=row["scenario"],
            values=tuple(row[factor] for factor in factors),
            scenario_hash=row["scenario_hash"],
            baseline=row["baseline"],
        )
        for row in rows
    )


def load_batch(folder: Path) -> Comparison:
    """Read a batch, finished or not, and what was run beside it.

    Args:
        folder: The batch's folder.

    Raises:
        NoBatchError: If it holds none, or it cannot be read.
    """
    batch = Batch.open(folder)
    supporting = {each.manifest.supporting: each for each in map(Batch.open, supporting_folders(folder))}
    missing = [f"{name} (not finished)" for name, each in supporting.items() if not each.is_whole]
    missing += [] if batch.is_whole else ["the comparison itself (not finished)"]
    manifest = batch.manifest
    attribution = supporting.get("attribution")
    variants = _variants(batch)
    cases = tuple(_cases(batch, variants, supporting.get("assumptions"), supporting.get("fixed-stances")))
    if all(np.isnan(case.gaps).all() for case in cases):
        message = f"{folder} holds no replicate yet; the same `trustsim batch` goes on"
        raise NoBatchError(message)
    missing += [f"{case.label} (no replicate of it could be run)" for case in cases if np.isnan(case.gaps).all()]
    return Comparison(
        name=manifest.name,
        title=manifest.title,
        question=manifest.question,
        seed=manifest.seed,
        replicates=manifest.replicates,
        model=manifest.model,
        made=manifest.made,
        command=f"trustsim batch {manifest.source or manifest.name + '.yaml'} "
        f"--replicates {manifest.replicates} --seed {manifest.seed}",
        scenario=next(iter(variants.values())).scenario,
        cases=cases,
        factors=tuple(manifest.factors),
        design=str(manifest.design["kind"]),
        attribution=None if attribution is None else _lever_combinations(attribution),
        paper=PaperTexts(**manifest.paper),
        missing=tuple(missing),
    )


def _cases(
    batch: Batch, variants: Mapping[str, Variant], assumptions: Batch | None, fixed: Batch | None
) -> Iterator[Case]:
    whole = set(NEEDED) <= set(batch.manifest.tables) and len(batch.designs) <= MOST_STUDIES
    held_out = {} if fixed is None else _fixed_stances(fixed, variants)
    gaps = _last_gaps(batch)
    for design, own in zip(batch.designs, gaps, strict=True):
        values = _values(batch.manifest, design)
        study = None
        if whole and not np.isnan(own).all():
            supporting = {} if values else held_out.get(design.variant, {})
            study = _study(batch, design, variants[design.variant], values, None if values else assumptions, supporting)
        yield Case(
            label=_label(design, values, alone=len(batch.manifest.variants) == 1),
            variant=design.variant,
            values=values,
            baseline=design.baseline,
            gaps=own,
            study=study,
        )


def _study(
    batch: Batch,
    design: Design,
    variant: Variant,
    values: Mapping[str, Value],
    assumptions: Batch | None,
    fixed: Mapping[str, Replicates],
) -> Study:
    manifest = batch.manifest
    bounds = (ALL_POPULATION_FIRST, ALL_INSTITUTIONAL)
    return Study(
        ensemble=read_ensemble(variant.with_values(values), manifest.seed, lambda table: batch.table(table, design)),
        all_population_first=fixed.get(ALL_POPULATION_FIRST),
        all_institutional=fixed.get(ALL_INSTITUTIONAL),
        assumptions=None if assumptions is None else _varied(assumptions, variant),
        holding_out={who: replicates for who, replicates in fixed.items() if who not in bounds},
        version=manifest.model.partition("+")[0],
        made=manifest.made,
    )


def _varied(batch: Batch, variant: Variant) -> Replicates | None:
    """An variant's replicates with the assumptions varied; None if not all are there."""
    designs, months = [design for design in batch.designs if design.variant == variant.name], variant.scenario.months
    found = [rows for _, rows in batch.store.rows("system", designs, list(VARIED))]
    rows = pa.concat_tables(found) if found else None
    if rows is None or len(rows) != len(designs) * batch.manifest.replicates * months:
        return None
    names = [factor.removeprefix("parameters.") for factor in batch.manifest.factors]
    drawn = [[parameter_number(design.values[position]) for design in designs] for position in range(len(names))]
    return Replicates(
        columns={name: measured(rows, [name]).reshape(-1, months) for name in VARIED},
        parameters={name: np.array(values) for name, values in zip(names, drawn, strict=True)},
    )


def _fixed_stances(batch: Batch, variants: Mapping[str, Variant]) -> dict[str, dict[str, Replicates]]:
    """Each variant's replicates by who never moves, as far as all of them are there."""
    who_at = batch.manifest.factors.index(WHO_NEVER_MOVES)
    gaps, outturns = batch.by_design("system", ["gap"]), batch.by_design("outturns", ["outturn"])
    found: dict[str, dict[str, Replicates]] = {}
    for design in batch.designs:
        scenario, who = variants[design.variant].scenario, design.values[who_at]
        if who is None or design.number not in gaps or design.number not in outturns:
            continue
        gap = measured(gaps[design.number], ["gap"]).reshape(-1, scenario.months)
        if len(gap) == batch.manifest.replicates:
            by_year = measured(outturns[design.number], ["outturn"])
            summed = by_year.reshape(len(gap), -1, len(scenario.organisations)).sum(axis=1)
            found.setdefault(design.variant, {})[str(who)] = Replicates(columns={"gap": gap}, outturns=summed)
    return found


def _lever_combinations(batch: Batch) -> LeverCombinations | None:
    """The gap in every lever combination; None if a lever combination is missing."""
    gaps = _last_gaps(batch)
    whole = gaps[:, ~np.isnan(gaps).any(axis=0)]
    if not whole.shape[1]:
        return None
    levers = tuple(batch.manifest.factors)
    first, second = (variant["name"] for variant in batch.manifest.variants)
    return LeverCombinations(first=first, second=second, levers=levers, gaps=whole.T.reshape(-1, *(2 for _ in levers)))


def _last_gaps(batch: Batch) -> Floats:
    """The gap in the last month, `[design, replicate]`; NaN where a replicate is missing."""
    gaps = np.full((len(batch.designs), max(1, batch.manifest.replicates)), np.nan)
    for design, rows in batch.store.rows("system", batch.designs, ["gap"]):
        replicates = np.asarray(rows["replicate"])
        last = np.flatnonzero(np.diff(replicates, append=-1))
        wanted = last[replicates[last] < gaps.shape[1]]
        gaps[design.number, replicates[wanted]] = np.asarray(rows["gap"])[wanted]
    return gaps


def _variants(batch: Batch) -> dict[str, Variant]:
    try:
        return {
            each["name"]: Variant(name=each["name"], scenario=load_scenario(batch.folder / each["file"]))
            for each in batch.manifest.variants
        }
    except ScenarioError as error:
        raise NoBatchError(str(error)) from None


def _values(manifest: Manifest, design: Design) -> dict[str, Value]:
    told = zip(manifest.factors, design.values, strict=True)
    return {address: value for address, value in told if value is not None}


def _label(design: Design, values: Mapping[str, Value], *, alone: bool) -> str:
    told = ", ".join(f"{_words(address)} {_shown(value)}" for address, value in values.items())
    if not told:
        return design.variant
    return told if alone else f"{design.variant}, {told}"


def _words(address: str) -> str:
    """An address as people would say it: opening trust, coaching strength, levers from."""
    named = address if ".*." in address else address.removeprefix("levers.")
    return named.removeprefix("parameters.").replace(".*.", " ").replace(".", " ").replace("_", " ")


def _shown(value: Value) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
