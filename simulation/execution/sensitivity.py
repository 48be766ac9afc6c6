"""Sensitivity of an experiment's choices: its supporting run, by the usual designs and batches, and its indices."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.analysis.held import Held, held_by_all
from simulation.analysis.parameter_information import find_parameter_information
from simulation.analysis.sensitivity_indices import find_indices
from simulation.analysis.shapley_effects import find_shapley_effects
from simulation.execution.assumptions import assumption_factors
from simulation.execution.plan import Plan
from simulation.execution.points import count_points, places_at, portions
from simulation.execution.supporting_runs import as_places, bare_comparison, find_reference, stretch_of, varied_factors
from simulation.experiment.entries import AssumptionSample, DesignKind
from simulation.experiment.schema import Experiment, SupportingKind, Variant
from simulation.experiment.supporting import PARAMETERS, WITHIN
from simulation.results.batch.lock import lock_folder
from simulation.results.batch.manifest import Manifest
from simulation.results.batch.opened import Batch
from simulation.results.batch.readback import last_values
from simulation.results.batch.replacing import replace_files
from simulation.results.comparison import JOINT_ACTION
from simulation.results.indices import Method, OutcomeIndices, Quantity, Sensitivity
from simulation.scenario.held import held_parameters
from simulation.scenario.own_numbers import find_own_numbers
from simulation.scenario.own_values import places_used
from simulation.scenario.schema import Scenario

Floats = NDArray[np.float64]

_Asked = tuple[Quantity, str, str, Floats]
"""An outcome: quantity, choice, the one that is taken off it, and `[point, replicate]`."""

_COLUMN: dict[Quantity, str] = {"gap": "gap", "position": "cumulative_position"}


class Sample(NamedTuple):
    """The sample of a method, and its usual size."""

    design: DesignKind
    kind: SupportingKind
    points: int
    replicates: int


SAMPLES: dict[Method, Sample] = {
    "sobol": Sample("sobol", "sensitivity-sobol", 256, 4),
    "morris": Sample("morris", "sensitivity-morris", 32, 8),
    "pawn": Sample("latin-hypercube", "sensitivity-latin-hypercube", 1024, 8),
}


class SensitivityError(ValueError):
    """An experiment or a sample of which there can be no sensitivity indices."""


def sensitivity_experiment(
    experiment: Experiment, method: Method, *, points: int | None = None, replicates: int | None = None
) -> Experiment:
    """Return the supporting experiment of a method: every choice at the points of a sample over all ranges.

    The ranges are those of the experiment's `assumptions`, stretched as there and with the place's own numbers if they
    are varied there. A parameter that a scenario sets itself is held in that scenario, and left out if all set it. A
    scenario with levers is compared with the same place without them.

    Args:
        experiment: As its file, or the command line, asks for it.
        method: The method.
        points: Base points of a Sobol sample, trajectories of a Morris sample, or points of a Latin hypercube; a usual
            number if left out.
        replicates: Replicates at each point, 2 or more; a usual number if left out.

    Raises:
        SensitivityError: If the experiment varies something itself, or the sample is not one of the method.
    """
    if experiment.factors:
        message = (
            "it varies numbers itself (vary); sensitivity varies the parameters of scenarios that are compared as they "
            "are: remove vary, or name a scenario"
        )
        raise SensitivityError(message)
    usual = SAMPLES[method]
    wanted = usual.points if points is None else points
    _check_points(method, wanted)
    asked = experiment.assumptions or AssumptionSample()
    variants = _compared(experiment)
    compared = replace(experiment, variants=variants)
    held = {f"{PARAMETERS}{name}" for name in held_by_all(_held(variants))}
    factors = tuple(each for each in varied_factors(compared, asked, asked.stretch) if each.address not in held)
    if not factors:
        raise SensitivityError("every scenario sets every parameter itself, so there is none to vary: leave some out")
    return replace(
        bare_comparison(compared),
        supporting=usual.kind,
        title=f"{experiment.title}: sensitivity",
        replicates=usual.replicates if replicates is None else replicates,
        variants=as_places(variants) if asked.place else variants,
        factors=factors,
        stretch=stretch_of(asked, asked.stretch),
        design=usual.design,
        points=wanted,
        is_scenario=False,
    )


def _check_points(method: Method, points: int) -> None:
    if method == "sobol" and points & (points - 1):
        message = f"a Sobol sample needs a power of 2 as its number of points, such as 256 (given: {points:,})"
        raise SensitivityError(message)
    least = {"sobol": 4, "morris": 4, "pawn": 100}[method]
    if points < least:
        what = {"sobol": "points", "morris": "trajectories", "pawn": "points"}[method]
        message = f"{method} needs {least} {what} or more (given: {points:,})"
        raise SensitivityError(message)


def _compared(experiment: Experiment) -> tuple[Variant, ...]:
    """Return the choices, the one that others are compared with first."""
    variants = experiment.variants
    if experiment.is_scenario and variants[0].scenario.levers:
        variants = (replace(variants[0], name=JOINT_ACTION),)
    reference = find_reference(replace(experiment, variants=variants))
    return variants if reference is None else (reference, *variants)


def write_indices(folder: Path, plan: Plan, method: Method) -> Sensitivity:
    """Calculate the indices of a finished sensitivity run and write them to its folder.

    Args:
        folder: The folder of the supporting run.
        plan: Its plan.
        method: The method.

    Raises:
        SensitivityError: If a replicate is missing or failed.
        FolderLockedError: If another process is writing to the folder.
        DamagedResultsError: If a file is not as it was written.
    """
    with lock_folder(folder):
        found = find_sensitivity(Batch.open(folder), plan.experiment, method)
        replace_files(folder, {f"indices-{method}.json": found.to_json().encode()})
    return found


def find_sensitivity(batch: Batch, experiment: Experiment, method: Method) -> Sensitivity:
    """Calculate the indices of a finished sensitivity run.

    Args:
        batch: The supporting run.
        experiment: Its experiment.
        method: The method.

    Raises:
        SensitivityError: If a replicate is missing or failed.
    """
    manifest = batch.manifest
    names, points = list(manifest.factors), count_points(experiment)
    sample = portions(experiment.design, experiment.factors, experiment.points or 1, experiment.seed)
    places = _places(experiment, sample) if method == "morris" else None
    choices = [variant["name"] for variant in manifest.variants]
    last = last_values(batch, [*_COLUMN.values()], experiment.replicates)
    by_quantity = dict(zip(_COLUMN, last.reshape(len(_COLUMN), len(choices), points, -1), strict=True))
    if any(np.isnan(values).any() for values in by_quantity.values()):
        message = f"replicates are missing or failed; run `trustsim retry {batch.folder}`, then the same command again"
        raise SensitivityError(message)
    asked = list(_outcomes(by_quantity, choices))
    held = _held(experiment.variants)
    outcomes = [_indices_of(method, sample, places, names, each, held) for each in asked]
    return Sensitivity(
        method=method,
        name=manifest.name,
        title=manifest.title.removesuffix(": sensitivity"),
        points=experiment.points or 1,
        designs=points,
        replicates=experiment.replicates,
        stretch=float(experiment.stretch),
        seed=experiment.seed,
        model=manifest.model,
        made=manifest.made,
        scenarios=_hashes(manifest),
        outcomes=tuple(outcomes),
        held=held,
        information=find_parameter_information(method, sample, by_quantity["position"], names, experiment.seed),
    )


def _places(experiment: Experiment, sample: Floats) -> Floats:
    """Return where the numbers used lie within their ranges, `[point, factor]`, 0–1: whole ones at few places.

    A number of the place's own that several scenarios have lies where it does in the first; shares and savings of a
    programme lie where they were held together.
    """
    parameters = {factor.address: factor for factor in assumption_factors(float(experiment.stretch))}
    drawn = dict(zip(experiment.addresses, sample.T, strict=True))
    columns: dict[str, Floats] = {}
    for variant in reversed(experiment.variants):
        columns |= _places_of_own(variant.scenario, drawn)
    columns |= {
        address: places_at(factor, drawn[address]) for address, factor in parameters.items() if address in drawn
    }
    return np.column_stack([columns[address] for address in drawn])


def _places_of_own(place: Scenario, drawn: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return where a place's own numbers lie that were drawn, by address."""
    own = {f"{WITHIN}{each.where}": each for each in find_own_numbers(place) if each.is_varied}
    own = {address: each for address, each in own.items() if address in drawn}
    places = places_used(place, own, {address: drawn[address].tolist() for address in own})
    return {address: np.array(column) for address, column in places.items()}


def _indices_of(
    method: Method, sample: Floats, places: Floats | None, names: Sequence[str], asked: _Asked, held: Held
) -> OutcomeIndices:
    """Return the indices of an outcome, without those of parameters that are not drawn in any of its scenarios."""
    quantity, choice, against, values = asked
    shapley = find_shapley_effects(values, len(names)) if method == "sobol" else None
    fixed = held_by_all({name: held[name] for name in (choice, against) if name})
    more = None if shapley is None else {"shapley": shapley.effects}
    found = find_indices(method, sample, values, names, more, places=places)
    return OutcomeIndices(
        quantity=quantity,
        choice=choice,
        against=against,
        mean=float(values.mean()),
        sd=found.sd,
        chance=found.chance,
        chance_index=found.chance_index,
        parameters=tuple(each for each in found.parameters if each.factor.removeprefix(PARAMETERS) not in fixed),
        order=None if shapley is None or not isfinite(shapley.order) else shapley.order,
    )


def _held(variants: Sequence[Variant]) -> dict[str, dict[str, float | str]]:
    """Return the parameters that each scenario holds."""
    return {each.name: held_parameters(each.scenario).written for each in variants}


def _hashes(manifest: Manifest) -> dict[str, str]:
    return {variant["name"]: variant["hash"] for variant in manifest.variants}


def _outcomes(by_quantity: dict[Quantity, Floats], choices: Sequence[str]) -> Iterator[_Asked]:
    """Yield each outcome, `[point, replicate]`: each choice's own, its difference from the first, and the closest call.

    The closest call is the difference between the two choices with the best means.
    """
    for quantity, values in by_quantity.items():
        best = leading_pair(quantity, values.mean(axis=(1, 2)))
        pairs = [*((n, 0) for n in range(1, len(choices))), *([best] if best and 0 not in best else [])]
        for n, choice in enumerate(choices):
            yield quantity, choice, "", values[n]
        for n, other in pairs:
            yield quantity, choices[n], choices[other], values[n] - values[other]


def leading_pair(quantity: Quantity, means: Floats) -> tuple[int, int] | None:
    """Return the numbers of the best and the second-best choice by their means; None for a single choice.

    Args:
        quantity: gap, of which less is better, or position, of which more is better.
        means: Mean of each choice, £m.
    """
    if len(means) < 2:
        return None
    order = np.argsort(means if quantity == "gap" else -means, kind="stable")
    best, second = int(order[0]), int(order[1])
    return best, second
