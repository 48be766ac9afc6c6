"""Write a batch's record before anything is run, and read its plan back to resume it."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from simulation.execution.plan import Plan
from simulation.execution.supporting_runs import plain_variants
from simulation.experiment.entries import PaperTexts
from simulation.experiment.schema import Experiment, Factor, Values, Variant
from simulation.experiment.supporting import WITHIN, FixedStanceVariant, MixedVariant, PlaceVariant
from simulation.results.batch.errors import NoBatchError, OtherBatchError
from simulation.results.batch.files import write_whole
from simulation.results.batch.manifest import (
    MANIFEST,
    SCENARIOS,
    Manifest,
    write_designs,
)
from simulation.results.batch.readback import read_designs, read_variants
from simulation.results.batch.store import Store
from simulation.results.provenance import describe_machine, model_version
from simulation.scenario.writing import scenario_hash, scenario_to_yaml

_WAY_OUT = "start again with --fresh, which removes these results, or name another folder with --out DIR"


def check_same(folder: Path, plan: Plan, store: Store) -> None:
    """Check that a plan includes the results in a folder.

    Raises:
        OtherBatchError: If going on would lose results or mix them.
    """
    if not (folder / MANIFEST).exists():
        return
    manifest = Manifest.read(folder)
    if manifest.model != plan.model:
        message = (
            f"{folder} holds results of version {manifest.model} of the model, and this is {plan.model}; "
            f"results of two versions are never mixed: {_WAY_OUT}"
        )
    elif manifest.seed != plan.experiment.seed:
        message = f"{folder} holds results at seed {manifest.seed}, not {plan.experiment.seed}: {_WAY_OUT}"
    elif tuple(manifest.tables) != plan.tables:
        kept = ", ".join(manifest.tables)
        message = f"{folder} holds the tables {kept}, not {', '.join(plan.tables)}: {_WAY_OUT}"
    elif lost := store.hashes - {design.scenario_hash for design in plan.designs}:
        message = (
            f"{folder} holds results of {len(lost)} designs that are no longer asked for, "
            f"since the experiment or its scenario was changed: {_WAY_OUT}"
        )
    else:
        return
    raise OtherBatchError(message)


def write_record(folder: Path, plan: Plan) -> None:
    """Write the manifest, the designs and the compared scenarios of a batch to its folder."""
    experiment = plan.experiment
    variants = plain_variants(experiment)
    files = _files(variants)
    before = Manifest.read(folder).made if (folder / MANIFEST).exists() else None
    (folder / SCENARIOS).mkdir(exist_ok=True)
    for variant, file in zip(variants, files, strict=True):
        write_whole(folder / file, scenario_to_yaml(variant.scenario, schema=None).encode())
    write_designs(folder, plan.designs, plan.addresses)
    software = describe_machine()
    Manifest(
        name=experiment.name,
        title=experiment.title,
        question=experiment.question,
        seed=experiment.seed,
        replicates=experiment.replicates,
        model=plan.model,
        design={"kind": experiment.design, "points": experiment.points},
        factors=plan.addresses,
        choices=experiment.choices,
        variants=[
            {"name": variant.name, "file": file, "hash": scenario_hash(variant.scenario)}
            for variant, file in zip(variants, files, strict=True)
        ],
        designs=len(plan.designs),
        tables=plan.tables,
        made=before or date.today().isoformat(),
        software=software,
        supporting=experiment.supporting,
        stretch=experiment.stretch,
        paper=experiment.paper.model_dump(),
        source=experiment.source,
    ).write(folder)


def read_plan(folder: Path) -> Plan:
    """Read the plan of a batch from its folder, to go on with it.

    Raises:
        NoBatchError: If the folder holds no batch, or it cannot be read.
    """
    manifest = Manifest.read(folder)
    designs = read_designs(folder, manifest.factors)
    variants = list(read_variants(folder, manifest).values())
    changed = [
        variant
        for variant, recorded in zip(variants, manifest.variants, strict=True)
        if scenario_hash(variant.scenario) != recorded["hash"]
    ]
    if changed:
        message = f"{folder / SCENARIOS}: the scenario of {changed[0].name} was changed after it was run: {_WAY_OUT}"
        raise NoBatchError(message)
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
    return Plan(experiment=experiment, designs=designs, tables=tuple(manifest.tables), model=model_version())


def _as_run(manifest: Manifest, variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Return a batch's variants from the scenarios in its folder: the inverse of `plain_variants`."""
    supporting = manifest.supporting
    if supporting in {"attribution", "attribution-ranges"}:
        first, second = variants
        return (MixedVariant(name=first.name, scenario=first.scenario, other_name=second.name, other=second.scenario),)
    if supporting == "fixed-stances":
        return tuple(FixedStanceVariant(name=variant.name, scenario=variant.scenario) for variant in variants)
    if any(address.startswith(WITHIN) for address in manifest.factors):
        return tuple(PlaceVariant(name=variant.name, scenario=variant.scenario) for variant in variants)
    return tuple(variants)


def _files(variants: Sequence[Variant]) -> list[str]:
    """Return a file name for each variant's scenario: its index, and its name in plain characters."""
    names = [re.sub(r"[^A-Za-z0-9]+", "-", variant.name).strip("-").lower() or "scenario" for variant in variants]
    return [f"{SCENARIOS}/{index:02d}-{name}.yaml" for index, name in enumerate(names)]
