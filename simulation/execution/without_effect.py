"""Find what is varied or drawn and changes nothing in a simulation, without running any: for warnings.

A place is compared with itself at the ends of a factor, as the arrays from which the engines start. Parameters that no
rule reads in such a place, such as the effect of a lever without settings, are left out of the comparison.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from simulation.execution.corners import corners_of, ends_of
from simulation.execution.free_levers import find_free_levers
from simulation.experiment.addresses import Value, parse_address
from simulation.experiment.factors import may_contradict
from simulation.experiment.oddities import find_experiment_oddities
from simulation.experiment.schema import Experiment, Factor, Variant
from simulation.experiment.supporting import PARAMETERS
from simulation.formatting import first_few
from simulation.model.system import System, build_system
from simulation.parameters import TABLE
from simulation.results.axes import Axes, axes_of
from simulation.results.unread_parameters import OPENING, conditional_parameters, needs_lever, why_unread
from simulation.scenario.held import held_parameters

_COMPARED = {"parameters", "organisations", "contracts", "programmes", "relationships", "levers", "events"}
"""Fields of a scenario that reach results through the arrays alone."""

_SAME = "the simulation is the same at all its values"
_LABELS = {row.name: row.label[0].lower() + row.label[1:] for row in TABLE}


def find_all_oddities(experiment: Experiment, *, left_out: bool = True) -> list[str]:
    """Return what is odd about an experiment, what it varies or draws without effect, and levers that lack a cost.

    Args:
        experiment: As its file asks for it.
        left_out: False to pass over numbers that are left out and whose default is taken.
    """
    return [
        *find_experiment_oddities(experiment, left_out=left_out),
        *find_without_effect(experiment),
        *find_free_levers(experiment),
    ]


def find_without_effect(experiment: Experiment) -> list[str]:
    """Return a sentence for each factor, and for the drawn assumptions, that change nothing in a simulation.

    A factor whose values may contradict those of another is passed over, and so is the effect of a lever that some
    of the compared scenarios use.

    Args:
        experiment: With its compared scenarios and factors.
    """
    passed_over = may_contradict(experiment.addresses)
    factors = () if passed_over else experiment.factors
    found = [_describe_factor(experiment, factor) for factor in factors]
    return [*(each for each in found if each), *_describe_drawn(experiment)]


def _describe_factor(experiment: Experiment, factor: Factor) -> str | None:
    """Return the warning about a factor; None if it changes something, or that cannot be shown."""
    address = factor.address
    name = address.removeprefix(PARAMETERS) if address.startswith(PARAMETERS) else ""
    if parse_address(address)[0] not in _COMPARED or (name and name not in conditional_parameters()):
        return None
    variants = [each for each in experiment.variants if each.accepts(address)]
    others = [each for each in experiment.factors if each is not factor]
    has_own = experiment.design == "one-at-a-time"
    idle = [each for each in variants if not _changes_anything(each, factor, others, has_own=has_own)]
    if not idle or (len(idle) < len(variants) and needs_lever(name)):
        return None
    reason = _reason(name, [axes_of(each.scenario) for each in idle])
    return f"vary.{address}: changes nothing{_where(idle, experiment.variants)}, because {reason}"


def _describe_drawn(experiment: Experiment) -> Iterator[str]:
    """Say which drawn assumptions stand for what the compared places give themselves."""
    if experiment.assumptions is None or experiment.assumptions.place:
        return
    axes = {each.name: axes_of(each.scenario) for each in experiment.variants}
    for name, (is_given, reason) in OPENING.items():
        drawing = [each for each in experiment.variants if name not in held_parameters(each.scenario).values]
        idle = [each for each in drawing if is_given(axes[each.name])]
        if idle:
            yield (
                f"assumptions: what is drawn for {_LABELS[name]} changes nothing{_where(idle, experiment.variants)}, "
                f"because {reason}; place: true draws the place's own assumed numbers too"
            )


def _where(idle: Sequence[Variant], compared: Sequence[Variant]) -> str:
    """Name the scenarios in which something changes nothing, unless it is the only one."""
    if len(compared) == 1:
        return ""
    return " in any scenario" if len(idle) == len(compared) else f" in {first_few([each.name for each in idle], 3)}"


def _reason(name: str, places: Sequence[Axes]) -> str:
    """Return why a parameter, or another number if the name is empty, changes nothing in some places."""
    reasons = {why_unread(name, axes) for axes in places}
    return min(reasons) or _SAME


def _changes_anything(variant: Variant, factor: Factor, others: Sequence[Factor], *, has_own: bool) -> bool:
    """Return True if a scenario's simulation may differ between two of a factor's values, whatever the others are.

    The scenario's own value is among them if the design runs it too, and if there is no second one.
    """
    accepted = [each for each in others if variant.accepts(each.address)]
    settings: list[dict[str, Value]] = [{factor.address: value} for value in ends_of(factor)]
    if has_own or len(settings) == 1:
        settings.append({})
    for beside in corners_of(accepted):
        first, *later = [beside | each for each in settings]
        read = _read_by_rules(build_system(variant.with_values(first)))
        if any(not _are_equal(read, _read_by_rules(build_system(variant.with_values(each)))) for each in later):
            return True
    return False


def _read_by_rules(system: System) -> list[Any]:
    """Return all that the rules read of a place; some parameters are in the arrays of its opening state."""
    schedule, axes = system.schedule, system.axes
    parameters = {name: value for name, value in system.parameters._asdict().items() if name not in OPENING}
    arrays = [
        getattr(system, each.name)
        for each in fields(system)
        if each.name not in {"scenario", "parameters", "axes", "schedule", "overrides"}
    ]
    by_month = [getattr(schedule, each.name) for each in fields(schedule) if each.name not in {"strength", "shares"}]
    return [
        *arrays,
        *by_month,
        *schedule.strength.values(),
        *schedule.shares,
        axes.organisations,
        axes.relationships,
        axes.opportunities,
        axes.memberships,
        [value for name, value in parameters.items() if not why_unread(name, axes)],
    ]


def _are_equal(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f") if isinstance(a, np.ndarray) else a == b
        for a, b in zip(one, other, strict=True)
    )
