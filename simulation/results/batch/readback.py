"""Read a batch and its supporting runs back for charts and papers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.columns import HEADLINES
from simulation.experiment.addresses import Value, find_moved
from simulation.experiment.entries import PaperTexts
from simulation.experiment.schema import SENSITIVITY, Variant
from simulation.experiment.supporting import with_held
from simulation.limits import MOST_REPLICATES, MOST_STUDIES
from simulation.results.batch.common_cases import Omitted
from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.finished import is_finished, unfinished_parts, why_unjudged
from simulation.results.batch.goals import Goals
from simulation.results.batch.manifest import Design
from simulation.results.batch.omitted import REFERENCE, omitted_beside, omitted_of
from simulation.results.batch.opened import Batch, in_plain_words, open_all
from simulation.results.batch.store import INDICES
from simulation.results.batch.supporting_kinds import refuse_supporting
from simulation.results.batch.tables import last_rows, numbers_of, schema_of
from simulation.results.batch.unread import find_unread
from simulation.results.comparison import Case, Comparison
from simulation.results.ensemble import Ensemble
from simulation.results.financial_year import financial_years
from simulation.results.indices import Sensitivity
from simulation.results.left_out import LeftOut, left_out_words
from simulation.results.reading import NEEDED, measured, read_ensemble
from simulation.results.replicates import VARIED
from simulation.results.search_record import SearchRecord, find_search
from simulation.results.size import unknown_values
from simulation.results.supporting_runs import DesignResult, SupportingResults
from simulation.results.unchecked import not_judged, unchecked, with_left_out
from simulation.scenario.months import month_names
from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]

_MONTHS = frozenset({"start", "months"})
"""Factors with which designs have other financial years."""

_COMBINATIONS = frozenset({"attribution", "attribution-ranges"})
"""Kinds of supporting runs of lever combinations."""


def load_batch(folder: Path, *, skip_integrity_check: bool = False) -> Comparison:
    """Read a batch, finished or not, and its supporting runs.

    Args:
        folder: The batch's folder.
        skip_integrity_check: True to read its files as they are.

    Raises:
        NoBatchError: If it holds none, or supporting runs of another, or it cannot be read.
        DamagedResultsError: If a file is not as it was written.
    """
    if not skip_integrity_check:
        return _load_batch(*open_all(folder))
    with in_plain_words(folder):
        return unchecked(_load_batch(*open_all(folder, skip_integrity_check=True)))


def _load_batch(batch: Batch, supporting: Sequence[Batch]) -> Comparison:
    folder = batch.folder
    refuse_supporting(folder, batch.manifest.supporting)
    manifest, finished = batch.manifest, [each for each in supporting if is_finished(each, batch)]
    missing = unfinished_parts(batch, supporting)
    variants = batch.read_variants()
    omitted = omitted_of(batch, finished)
    found, said = _supporting_results(finished, variants, omitted)
    cases = tuple(_cases(batch, variants, found, omitted))
    if all(np.isnan(case.gaps).all() for case in cases):
        raise NoBatchError(f"{folder} {_why_nothing(omitted, folder)}")
    search, other_search = _search(batch)
    missing += [other_search] if other_search else []
    missing += [f"{each.label} (not run)" for each in cases if np.isnan(each.gaps).all() and not omitted.said]
    comparison = Comparison(
        name=manifest.name,
        title=manifest.title,
        question=manifest.question,
        seed=manifest.seed,
        replicates=_fewest(cases),
        model=manifest.model,
        made=manifest.made,
        command=f"trustsim batch {manifest.source or manifest.name + '.yaml'} "
        f"--replicates {max(manifest.replicates, most_held(batch))} --seed {manifest.seed}",
        scenario=next(iter(variants.values())).scenario,
        cases=cases,
        no_joint_action=_no_joint_action(finished, found, omitted),
        factors=tuple(manifest.factors),
        choices=tuple(manifest.choices),
        design=str(manifest.design["kind"]),
        attribution=found.attribution,
        attribution_over_ranges=found.attribution_over_ranges,
        sensitivity=tuple(sensitivity_beside(batch).values()),
        paper=PaperTexts(**manifest.paper),
        missing=tuple(missing),
        search=search,
        unread=find_unread(variants, manifest.factors, ((case.variant, case.values) for case in cases)),
    )
    return not_judged(with_left_out(comparison, (*omitted.said, *said)), why_unjudged(batch, finished))


def _why_nothing(omitted: Omitted, folder: Path) -> str:
    if not omitted.said:
        return "holds no replicate yet; run the same `trustsim batch` to go on"
    said = left_out_words(omitted.said, folder)
    return f"holds nothing to compare, since in every case a replicate of some scenario failed. {said}"


def _search(batch: Batch) -> tuple[SearchRecord | None, str]:
    """Read the record of the search that found what a batch compares, and why it is left out if it is."""
    manifest = batch.manifest
    return find_search(
        batch.folder,
        model=manifest.model,
        seed=manifest.seed,
        scenarios={each["name"]: each["hash"] for each in manifest.variants},
        skip_integrity_check=not batch.is_checked,
    )


def sensitivity_beside(batch: Batch) -> dict[Path, Sensitivity]:
    """Read the sensitivity indices that are of a batch's model, seed and scenarios, by the folder of their run.

    Args:
        batch: The batch, in whose folder they are.

    Raises:
        DamagedResultsError: If they are not as they were written.
    """
    manifest, found = batch.manifest, dict[Path, Sensitivity]()
    hashes = {variant["name"]: variant["hash"] for variant in manifest.variants}
    for name in INDICES:
        for path in batch.folder.glob(f"{SENSITIVITY}*/{name}"):
            each = Sensitivity.read(path, skip_integrity_check=not batch.is_checked)
            shared = each.scenarios.items() & hashes.items()
            if (each.model, each.seed) == (manifest.model, manifest.seed) and shared == hashes.items():
                found[path.parent] = each
    return found


def _supporting_results(
    supporting: Sequence[Batch], variants: Mapping[str, Variant], omitted: Omitted
) -> tuple[SupportingResults, list[LeftOut]]:
    """Return the results of supporting runs, and what is left out of them."""
    found, known = SupportingResults(), dict(variants)
    said: list[LeftOut] = []
    for each in supporting:
        kind, names = each.manifest.supporting, [variant["name"] for variant in each.manifest.variants]
        if not known.keys() >= {*names}:
            known |= each.read_variants()
        if kind is not None and kind != REFERENCE:
            lost, words = omitted_beside(each, kind, omitted)
            how = (kind, each.manifest.factors, [known[name] for name in names])
            if kind in _COMBINATIONS:
                found.add_combinations(*how, last_values(each, ["gap"])[0], each.manifest.stretch, left_out=lost)
            else:
                found.add(*how, _results(each, known), each.manifest.stretch, left_out=lost)
            said += words
    return found, said


def _no_joint_action(supporting: Sequence[Batch], found: SupportingResults, omitted: Omitted) -> Case | None:
    """Return the place without levers, if it was run and is none of the compared scenarios."""
    for batch in supporting:
        if batch.manifest.supporting == REFERENCE:
            (case,) = _cases(batch, batch.read_variants(), found, omitted._replace(designs=frozenset()))
            return None if np.isnan(case.gaps).all() else case
    return None


def _cases(batch: Batch, variants: Mapping[str, Variant], found: SupportingResults, omitted: Omitted) -> Iterator[Case]:
    manifest = batch.manifest
    lost = np.array(sorted(omitted.replicates), dtype=np.intp)
    alone = manifest.design["kind"] == "one-at-a-time"
    whole = set(NEEDED) <= set(manifest.tables) and len(batch.designs) <= MOST_STUDIES
    ends = zip(*last_values(batch, HEADLINES, most_held(batch)), strict=True)
    goals = Goals(variants, manifest.factors)
    for design, label, end in zip(batch.designs, batch.labels(), ends, strict=True):
        gaps, positions = (_remaining(each, design, lost, omitted) for each in end)
        values = batch.values(design)
        goal, before = goals.of(design.variant, values)
        study = None
        if whole and not np.isnan(gaps).all():
            scenario = variants[design.variant].with_values(values)
            supporting = SupportingResults() if values else found
            ensemble = read_ensemble(scenario, manifest.seed, partial(batch.table, design=design))
            if len(lost):
                ensemble = _without(ensemble, lost)
            study = supporting.study(
                ensemble,
                design.variant,
                version=manifest.model.partition("+")[0],
                made=manifest.made,
            )
        yield Case(
            label=label,
            variant=design.variant,
            values=values,
            baseline=design.baseline,
            point=design.point,
            target=goal,
            before_savings=before,
            gaps=gaps,
            positions=positions,
            study=study,
            moved=find_moved(variants[design.variant].scenario, values) if alone else None,
            base=variants[design.variant].scenario,
        )


def _remaining(values: Floats, design: Design, lost: NDArray[np.intp], omitted: Omitted) -> Floats:
    """Return a design's replicates without those that are left out; NaN if it is left out itself."""
    kept = np.delete(values, lost[lost < len(values)]) if len(lost) else values
    return np.full(len(kept), np.nan) if design.number in omitted.designs else kept


def _without(ensemble: Ensemble, lost: NDArray[np.intp]) -> Ensemble:
    """Return an ensemble without some of its replicates, which are given by their numbers."""
    kept = ~np.isin(ensemble.replicates, lost)
    chosen: dict[str, Any] = {name: getattr(ensemble, name)[kept] for name in ensemble.arrays}
    return replace(ensemble, **chosen)


def most_held(batch: Batch) -> int:
    """Return the largest number of replicates that a design of a batch has, whatever number was last asked for.

    Args:
        batch: The batch, finished or not.
    """
    held = [after for spans in batch.store.held().values() for _, after in spans]
    return min(max(held, default=1), MOST_REPLICATES)


def _fewest(cases: Sequence[Case]) -> int:
    """Return the smallest number of replicates of those cases that have any."""
    counts = [int(np.count_nonzero(~np.isnan(case.gaps))) for case in cases]
    return min(count for count in counts if count)


def _results(batch: Batch, variants: Mapping[str, Variant]) -> Iterator[DesignResult]:
    """Yield every design of supporting runs other than lever combinations; NaN where a replicate is missing."""
    if batch.manifest.supporting == "stretched":
        ends = zip(*last_values(batch, HEADLINES), strict=True)
        for design, each in zip(batch.designs, ends, strict=True):
            last = {name: values[:, np.newaxis] for name, values in zip(HEADLINES, each, strict=True)}
            yield DesignResult(design.variant, _assumed(batch, design, variants), last)
        return
    names = VARIED if batch.manifest.supporting == "assumptions" else ("gap",)
    monthly = _monthly_values(batch, names, max(each.scenario.months for each in variants.values()))
    replicates = _width(batch)
    by_year = read_outturns(batch, variants, replicates)[1] if "outturns" in batch.manifest.tables else None
    for design in batch.designs:
        months = variants[design.variant].scenario.months
        columns = {name: each[design.number, :, :months] for name, each in zip(names, monthly, strict=True)}
        outturns = None if by_year is None else by_year[design.number]
        yield DesignResult(design.variant, _assumed(batch, design, variants), columns, outturns)


def _assumed(batch: Batch, design: Design, variants: Mapping[str, Variant]) -> tuple[Value | None, ...]:
    """Return what a design of a sample assumes, the scenario's own numbers included."""
    return with_held(batch.manifest.factors, design.values, variants[design.variant].scenario)


def read_outturns(
    batch: Batch, variants: Mapping[str, Variant] | None = None, replicates: int | None = None
) -> tuple[dict[int, Scenario], dict[int, Floats]]:
    """Read every design's outturns, `[replicate, year, organisation]`, £m; NaN where a replicate is missing.

    Args:
        batch: A batch that kept outturns.
        variants: The compared scenarios by name; read from the batch's own folder if left out.
        replicates: How many of each design; as many as any design has if left out.

    Returns:
        The scenario and the outturns of each design, by its number.
    """
    named = batch.read_variants() if variants is None else variants
    kept = batch.by_design("outturns", ["outturn"])
    count = most_held(batch) if replicates is None else replicates
    moves = not _MONTHS.isdisjoint(batch.manifest.factors)
    scenarios, outturns = {}, {}
    for design in batch.designs:
        variant = named[design.variant]
        scenario = variant.with_values(batch.values(design)) if moves else variant.scenario
        rows = kept.get(design.number, schema_of("outturns").empty_table())
        years = len(financial_years(month_names(scenario.start, scenario.months)))
        shape = (years, len(scenario.organisations))
        scenarios[design.number] = scenario
        outturns[design.number] = _by_replicate(rows, "outturn", count, shape)
    return scenarios, outturns


def _width(batch: Batch) -> int:
    """Return for how many replicates there must be room: one more than any design has, if more are asked for.

    So a design that is not finished lacks one, and memory follows what is there.
    """
    held = [after for spans in batch.store.held().values() for _, after in spans]
    return min(batch.manifest.replicates, 1 + max(held, default=0))


def _by_replicate(rows: pa.Table, name: str, replicates: int, shape: tuple[int, ...]) -> Floats:
    """Return a column of one design, `[replicate, …]`; NaN where a replicate is missing."""
    values = unknown_values((replicates, *shape))
    numbers = np.asarray(rows["replicate"])[:: math.prod(shape)]
    wanted = numbers < replicates
    values[numbers[wanted]] = measured(rows, [name]).reshape(-1, *shape)[wanted]
    return values


def _monthly_values(batch: Batch, names: Sequence[str], months: int) -> Floats:
    """Return columns, `[column, design, replicate, month]`; NaN where a replicate is missing."""
    values = unknown_values((len(names), len(batch.designs), _width(batch), months))
    for rows in batch.store.rows("system", batch.designs, ["month", *names]):
        at = tuple(numbers_of(rows[name]) for name in ("design", "replicate", "month"))
        wanted = at[1] < values.shape[2]
        for column, name in zip(values, names, strict=True):
            column[tuple(each[wanted] for each in at)] = np.asarray(rows[name])[wanted]
    return values


def last_values(batch: Batch, names: Sequence[str], most: int | None = None) -> Floats:
    """Return columns in the last month, `[column, design, replicate]`; NaN where a replicate is missing."""
    values = unknown_values((len(names), len(batch.designs), max(1, most or _width(batch))))
    for rows in batch.store.rows(batch.store.headlines, batch.designs, names):
        designs, replicates = numbers_of(rows["design"]), numbers_of(rows["replicate"])
        last = last_rows(designs, replicates)
        wanted = last[replicates[last] < values.shape[2]]
        for column, name in zip(values, names, strict=True):
            column[designs[wanted], replicates[wanted]] = np.asarray(rows[name])[wanted]
    return values
