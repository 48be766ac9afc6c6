"""Write a batch's record before anything is run, and read its plan back to resume it."""

import re
from collections.abc import Sequence
from pathlib import Path

from simulation.execution.plan import Plan
from simulation.execution.supporting_runs import plain_variants, supporting_experiments
from simulation.experiment.entries import PaperTexts
from simulation.experiment.schema import Experiment, Factor, Values, Variant
from simulation.experiment.supporting import WITHIN, FixedStanceVariant, MixedPlaceVariant, MixedVariant, PlaceVariant
from simulation.formatting import counted
from simulation.results.batch.errors import (
    BatchFolderError,
    DamagedResultsError,
    NoBatchError,
    OtherBatchError,
    OtherFormatError,
)
from simulation.results.batch.lock import check_unlocked
from simulation.results.batch.manifest import DESIGNS, SCENARIOS, Manifest, designs_to_parquet
from simulation.results.batch.opened import Batch
from simulation.results.batch.repair import WAY_OUT, check_repairable
from simulation.results.batch.replacing import replace_files
from simulation.results.batch.store import CHANGES, Store
from simulation.results.day_made import day_made
from simulation.results.digests import is_file_of
from simulation.results.provenance import describe_machine, model_version
from simulation.scenario.writing import Fingerprints, scenario_hash, scenario_to_yaml


def check_record(folder: Path, plan: Plan) -> None:
    """Check that a folder's record has a plan's model, seed and tables; a damaged record says nothing.

    Raises:
        OtherBatchError: If going on would lose results or mix them.
        OtherFormatError: If they have another format.
    """
    try:
        manifest = Manifest.read(folder)
    except OtherFormatError:
        raise
    except (NoBatchError, DamagedResultsError):
        return
    if manifest.model != plan.model:
        message = (
            f"{folder} holds results of version {manifest.model} of the model, and this is {plan.model}; "
            f"results of two versions are never mixed: {WAY_OUT}"
        )
    elif manifest.seed != plan.experiment.seed:
        message = f"{folder} holds results at seed {manifest.seed}, not {plan.experiment.seed}: {WAY_OUT}"
    elif tuple(manifest.tables) != plan.tables:
        kept = ", ".join(manifest.tables)
        message = f"{folder} holds the tables {kept}, not {', '.join(plan.tables)}: {WAY_OUT}"
    else:
        return
    raise OtherBatchError(message)


def check_designs(folder: Path, plan: Plan, store: Store) -> None:
    """Check that a plan has all designs of which there are results in a folder.

    Raises:
        OtherBatchError: If going on would lose results.
    """
    if lost := store.identities - {design.identity for design in plan.designs}:
        message = (
            f"{folder} holds results of {counted(len(lost), 'design that is', 'designs that are')} no longer asked "
            f"for, since the experiment or its scenario was changed: {WAY_OUT}"
        )
        raise OtherBatchError(message)


def check_folder_of(folder: Path, plan: Plan) -> None:
    """Check all that can be refused of a batch's folder before anything is run; nothing is changed.

    Args:
        folder: The batch's folder, which need not exist.
        plan: Its plan.

    Raises:
        BatchFolderError: If another process is writing to it, or what it holds would be lost or mixed.
    """
    check_unlocked(folder)
    check_record(folder, plan)
    if not check_repairable(folder, record_of(folder, plan)):
        check_designs(folder, plan, Store(folder))


def record_of(folder: Path, plan: Plan) -> Manifest:
    """Return the record of a batch, without digests; it keeps the day on which an earlier one says that it was made."""
    experiment = plan.experiment
    variants = plain_variants(experiment)
    return Manifest(
        name=experiment.name,
        title=experiment.title,
        question=experiment.question,
        seed=experiment.seed,
        replicates=experiment.replicates,
        model=plan.model,
        design={"kind": experiment.design, "points": experiment.points},
        factors=plan.experiment.addresses,
        choices=experiment.choices,
        variants=[
            {"name": variant.name, "file": file, "hash": scenario_hash(variant.scenario)}
            for variant, file in zip(variants, _files(variants), strict=True)
        ],
        designs=len(plan.designs),
        tables=plan.tables,
        made=_first_made(folder) or day_made(),
        software=describe_machine(),
        supporting=experiment.supporting,
        stretch=experiment.stretch,
        paper=experiment.paper.model_dump(),
        source=experiment.source,
        supporting_runs=_supporting_runs(experiment),
    )


def write_record(folder: Path, plan: Plan, record: Manifest) -> None:
    """Write the manifest, the designs and the compared scenarios of a batch to its folder.

    Args:
        folder: The batch's folder.
        plan: Its plan.
        record: Its record, see `record_of`.
    """
    (folder / SCENARIOS).mkdir(exist_ok=True)
    contents: dict[str, bytes | Path | None] = {
        recorded["file"]: scenario_to_yaml(variant.scenario, schema=None).encode()
        for variant, recorded in zip(plain_variants(plan.experiment), record.variants, strict=True)
    }
    contents[DESIGNS] = designs = designs_to_parquet(plan.designs, plan.experiment.addresses)
    if not is_file_of(folder / DESIGNS, designs):
        contents[CHANGES] = None  # it names the designs, and compares them with their baselines
    replace_files(folder, contents, record)


def _first_made(folder: Path) -> str | None:
    try:
        return Manifest.read(folder).made
    except BatchFolderError:
        return None


def read_plan(folder: Path) -> Plan:
    """Read the plan of a batch from its folder, to go on with it.

    Raises:
        NoBatchError: If the folder holds no batch, or it cannot be read.
        DamagedResultsError: If a file is not as it was written.
    """
    return plan_of(Batch.open(folder))


def plan_of(batch: Batch) -> Plan:
    """Return the plan of an open batch."""
    manifest = batch.manifest
    variants = list(batch.read_variants().values())
    experiment = Experiment(
        name=manifest.name,
        title=manifest.title,
        question=manifest.question,
        seed=manifest.seed,
        replicates=manifest.replicates,
        variants=_as_run(manifest, variants),
        supporting=manifest.supporting,
        stretch=manifest.stretch,
        paper=PaperTexts(**manifest.paper),
        source=manifest.source,
        factors=tuple(
            Factor(address=address, values=Values(values=()), is_choice=address in manifest.choices)
            for address in manifest.factors
        ),
        design=manifest.design["kind"],
        points=manifest.design["points"],
    )
    return Plan(experiment=experiment, designs=batch.designs, tables=tuple(manifest.tables), model=model_version())


def _as_run(manifest: Manifest, variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Return a batch's variants from the scenarios in its folder: the inverse of `plain_variants`."""
    supporting = manifest.supporting
    with_place = any(address.startswith(WITHIN) for address in manifest.factors)
    if supporting in {"attribution", "attribution-ranges"}:
        first, second = variants
        mixed = MixedPlaceVariant if with_place else MixedVariant
        return (mixed(name=first.name, scenario=first.scenario, other_name=second.name, other=second.scenario),)
    if supporting == "fixed-stances":
        return tuple(FixedStanceVariant(name=variant.name, scenario=variant.scenario) for variant in variants)
    if with_place:
        return tuple(PlaceVariant(name=variant.name, scenario=variant.scenario) for variant in variants)
    return tuple(variants)


def _supporting_runs(experiment: Experiment) -> dict[str, dict[str, str]]:
    """Return the hash of each scenario of an experiment's supporting runs, by their folder and its name."""
    if experiment.supporting is not None:
        return {}
    fingerprints = Fingerprints()
    return {
        each.supporting_folder: {
            variant.name: fingerprints.hash_of(variant.scenario) for variant in plain_variants(each)
        }
        for each in supporting_experiments(experiment)
    }


def _files(variants: Sequence[Variant]) -> list[str]:
    """Return a file name for each variant's scenario: its index, and its name in plain characters."""
    names = [re.sub(r"[^A-Za-z0-9]+", "-", variant.name).strip("-").lower() or "scenario" for variant in variants]
    return [f"{SCENARIOS}/{index:02d}-{name}.yaml" for index, name in enumerate(names)]
