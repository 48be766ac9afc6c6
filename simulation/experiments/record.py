"""What a batch's folder says of it: written before anything is run, and read again to go on."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from simulation.experiments.plan import Plan
from simulation.results.batch.errors import NoBatchError, OtherBatchError
from simulation.results.batch.files import write_whole
from simulation.results.batch.manifest import (
    MANIFEST,
    SCENARIOS,
    Manifest,
    write_designs,
)
from simulation.results.batch.readback import read_designs
from simulation.results.batch.store import Store
from simulation.results.provenance import describe_machine, model_version
from simulation.scenario.experiment import Arm, Beside, Experiment, Factor, Levels, PaperTexts
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.variants import FixedStanceArm, MixedArm
from simulation.scenario.writing import scenario_hash, scenario_to_yaml

_WAY_OUT = "--fresh removes what is there and starts anew, --out DIR goes elsewhere"


def check_same(folder: Path, plan: Plan, store: Store) -> None:
    """Make sure that what a folder holds is part of what a plan asks for.

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
        told = ", ".join(manifest.tables)
        message = f"{folder} holds the tables {told}, and now {', '.join(plan.tables)} are asked for: {_WAY_OUT}"
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
    arms = [part for arm in experiment.arms for part in _parts(arm)]
    files = _files(arms)
    before = Manifest.read(folder).made if (folder / MANIFEST).exists() else None
    (folder / SCENARIOS).mkdir(exist_ok=True)
    for arm, file in zip(arms, files, strict=True):
        write_whole(folder / file, scenario_to_yaml(arm.scenario, schema=None).encode())
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
        arms=[
            {"name": arm.name, "file": file, "hash": scenario_hash(arm.scenario)}
            for arm, file in zip(arms, files, strict=True)
        ],
        designs=len(plan.designs),
        tables=plan.tables,
        made=before or date.today().isoformat(),
        software=software,
        beside=experiment.beside,
        paper=asdict(experiment.paper),
        source=experiment.source,
    ).write(folder)


def read_plan(folder: Path) -> Plan:
    """The plan of a batch, as its folder tells of it, so that it can be gone on with.

    Raises:
        NoBatchError: If the folder holds none, or what it holds cannot be read.
    """
    manifest = Manifest.read(folder)
    designs = read_designs(folder, manifest.factors)
    try:
        arms = [Arm(name=arm["name"], scenario=load_scenario(folder / arm["file"])) for arm in manifest.arms]
    except ScenarioError as error:
        raise NoBatchError(str(error)) from None
    changed = [a for a, told in zip(arms, manifest.arms, strict=True) if scenario_hash(a.scenario) != told["hash"]]
    if changed:
        message = f"{folder / SCENARIOS}: the scenario of {changed[0].name} was changed after it was run"
        raise NoBatchError(message)
    experiment = Experiment(
        name=manifest.name,
        title=manifest.title,
        question=manifest.question,
        seed=manifest.seed,
        replicates=manifest.replicates,
        arms=_as_run(manifest.beside, arms),
        beside=manifest.beside,
        paper=PaperTexts(**manifest.paper),
        source=manifest.source,
        factors=tuple(Factor(address=address, values=Levels(values=())) for address in manifest.factors),
        design=manifest.design["kind"],
        points=manifest.design["points"],
    )
    return Plan(experiment=experiment, designs=designs, tables=tuple(manifest.tables), model=model_version())


def _parts(arm: Arm) -> list[Arm]:
    """An arm, and the other one with which it is mixed, if it is."""
    return [arm, Arm(name=arm.other_name, scenario=arm.other)] if isinstance(arm, MixedArm) else [arm]


def _as_run(beside: Beside | None, arms: Sequence[Arm]) -> tuple[Arm, ...]:
    """The arms of a batch by the scenarios that are written in its folder: the other way round of `_parts`."""
    if beside == "attribution":
        first, second = arms
        return (MixedArm(name=first.name, scenario=first.scenario, other_name=second.name, other=second.scenario),)
    if beside == "fixed-stances":
        return tuple(FixedStanceArm(name=arm.name, scenario=arm.scenario) for arm in arms)
    return tuple(arms)


def _files(arms: Sequence[Arm]) -> list[str]:
    """A file for each arm's scenario: its position and what of its name can stand in a file's."""
    names = [re.sub(r"[^A-Za-z0-9]+", "-", arm.name).strip("-").lower() or "scenario" for arm in arms]
    return [f"{SCENARIOS}/{position:02d}-{name}.yaml" for position, name in enumerate(names)]
