"""Supporting experiments: no joint action, assumptions varied, stances fixed, and every combination of levers."""

from collections.abc import Sequence
from dataclasses import replace

from simulation.execution.assumptions import assumption_factors
from simulation.execution.points import count_points
from simulation.experiment.entries import FOR_CHARTS, AssumptionSample, Attribution, DesignKind
from simulation.experiment.schema import Distribution, Experiment, Factor, Values, Variant
from simulation.experiment.supporting import (
    ALL_INSTITUTIONAL,
    ALL_POPULATION_FIRST,
    PARAMETERS,
    WHO_NEVER_MOVES,
    WITHIN,
    FixedStanceVariant,
    MixedPlaceVariant,
    MixedVariant,
    PlaceVariant,
    name_without_levers,
)
from simulation.formatting import Stretch
from simulation.scenario.changes import differ_in_levers_alone, find_differing_levers, without_levers
from simulation.scenario.held import held_parameters
from simulation.scenario.own_numbers import find_own_numbers

BOUND_REPLICATES = 10
"""Replicates of a bound in a run; with every stance fixed, only delivery is left to chance."""

FIXED_STANCE_REPLICATES = 200
MOST_ORGANISATIONS = 40
"""Above this number of organisations, a run does not fix the stance of each in turn."""

MOST_OVER_RANGES = 65_536
"""Replicates of an attribution over the ranges: 64 points with ten levers, 1,024 with six."""

MOST_VALUES_OVER_RANGES = 2**23
"""Numbers that are set in all its designs together: many own numbers of a place leave room for fewer points."""

LEAST_POINTS = 2

_BOUNDS = (ALL_POPULATION_FIRST, ALL_INSTITUTIONAL)
_FULL = 1000
"""Replicates of a run that are enough for a full sample of its assumptions; with fewer, each point has fewer."""


def supporting_experiments(experiment: Experiment) -> list[Experiment]:
    """Return the supporting experiments that an experiment file asks for, each a batch of its own.

    None has more replicates of a design than the experiment itself.

    Args:
        experiment: As its file, or the command line, asks for it.
    """
    reference = None if experiment.is_scenario else find_reference(experiment)
    found = [] if reference is None else [_no_joint_action(experiment, reference)]
    if experiment.assumptions is not None:
        everything = replace(experiment, variants=_with(experiment, reference))
        found.append(_assumptions(everything, experiment.assumptions))
        found += _stretched(everything, experiment.assumptions)
    if experiment.fixed_stances is not None:
        who = dict.fromkeys(name for variant in experiment.variants for name in sorted(variant.scenario.organisations))
        found.append(_fixed_stances(experiment, (*_BOUNDS, *who), experiment.fixed_stances, "one-at-a-time"))
    if experiment.attribution is not None:
        found.append(_attribution(experiment, experiment.attribution))
        if experiment.assumptions is not None:
            found.append(_attribution_over_ranges(experiment, experiment.attribution, experiment.assumptions))
    return found


def default_supporting_experiments(experiment: Experiment) -> list[Experiment]:
    """Return the supporting experiments of a run: no joint action, bounds, assumptions varied, and stances fixed.

    Each compared scenario has its own, since organisations may differ. A single replicate shows only no joint action
    and the bounds.

    Args:
        experiment: A comparison without factors.
    """
    found = []
    reference = find_reference(experiment)
    if reference is not None:
        found.append(_no_joint_action(experiment, reference))
        if experiment.replicates > 1:
            found.append(_assumptions(replace(experiment, variants=(reference,)), _sample_for(experiment.replicates)))
    for variant in experiment.variants:
        alone = replace(experiment, variants=(variant,))
        found.append(_fixed_stances(alone, _BOUNDS, BOUND_REPLICATES, "grid"))
        if experiment.replicates > 1:
            found.append(_assumptions(alone, _sample_for(experiment.replicates)))
            if len(variant.scenario.organisations) <= MOST_ORGANISATIONS:
                who = sorted(variant.scenario.organisations)
                found.append(_fixed_stances(alone, who, FIXED_STANCE_REPLICATES, "grid"))
    return found


def find_reference(experiment: Experiment) -> Variant | None:
    """Return the same place without levers, to compare with, where none of the compared scenarios is that.

    Args:
        experiment: As its file, or the command line, asks for it.

    Returns:
        The first scenario without its levers; None if a compared scenario uses no lever, something is varied, or the
        scenarios differ in more than their levers, so that no place without levers is a measure of all of them.
    """
    scenarios = [variant.scenario for variant in experiment.variants]
    if experiment.factors or not all(each.levers for each in scenarios) or not differ_in_levers_alone(scenarios):
        return None
    name = name_without_levers([variant.name for variant in experiment.variants])
    return Variant(name=name, scenario=without_levers(experiment.variants[0].scenario))


def plain_variants(experiment: Experiment) -> list[Variant]:
    """Return the scenarios of an experiment; for lever combinations, the two that are combined."""
    found = []
    for each in experiment.variants:
        found += (
            [each, Variant(name=each.other_name, scenario=each.other)] if isinstance(each, MixedVariant) else [each]
        )
    return found


def held_in_draws(experiment: Experiment) -> dict[str, dict[str, float | str]] | None:
    """Return the parameters that each scenario holds where assumptions are drawn, by its name.

    Args:
        experiment: Supporting runs.

    Returns:
        None if no assumption is drawn in them.
    """
    if experiment.supporting is None or not any(each.address.startswith(PARAMETERS) for each in experiment.factors):
        return None
    return {each.name: held_parameters(each.scenario).written for each in plain_variants(experiment)}


def count_replicates(experiments: Sequence[Experiment]) -> int:
    """Return the total number of replicates of experiments in which every variant accepts every factor."""
    return sum(count_points(each) * len(each.variants) * each.replicates for each in experiments)


def _with(experiment: Experiment, reference: Variant | None) -> tuple[Variant, ...]:
    return (*experiment.variants, *([] if reference is None else [reference]))


def _no_joint_action(experiment: Experiment, reference: Variant) -> Experiment:
    """Return the same place without levers, with as many replicates and the same tables as the compared scenarios."""
    return replace(
        bare_comparison(experiment),
        supporting="no-joint-action",
        title=f"{experiment.title}: {reference.name}",
        variants=(reference,),
        detail=tuple(table for table in experiment.detail if table in FOR_CHARTS),
    )


def _assumptions(experiment: Experiment, sample: AssumptionSample) -> Experiment:
    """Return every compared scenario at points spread over the ranges of all parameters.

    If the sample asks for it, the place's own uncertain numbers vary as well, each scenario's within its own ranges.
    """
    also = " and the place's own assumed numbers" if sample.place else ""
    return replace(
        bare_comparison(experiment),
        supporting="assumptions",
        title=f"{experiment.title}: assumptions{also} varied",
        replicates=min(sample.replicates, experiment.replicates),
        variants=as_places(experiment.variants) if sample.place else experiment.variants,
        factors=varied_factors(experiment, sample, sample.stretch),
        stretch=stretch_of(sample, sample.stretch),
        design="latin-hypercube",
        points=sample.points,
        detail=("outturns",),
    )


def _stretched(experiment: Experiment, sample: AssumptionSample) -> list[Experiment]:
    """Return every compared scenario over wider and narrower ranges, at half as many points."""
    stretches = sorted({*sample.also_stretched} - {sample.stretch})
    return [
        replace(
            _assumptions(experiment, sample),
            supporting="stretched",
            factors=varied_factors(experiment, sample, stretch),
            stretch=stretch_of(sample, stretch),
            points=max(2, sample.points // 2),
            detail=(),
        )
        for stretch in stretches
    ]


def stretch_of(sample: AssumptionSample, stretch: float) -> float:
    """Return a stretch that knows if the sample varies the place's own numbers too."""
    return Stretch(stretch, with_place=True) if sample.place else stretch


def as_places(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Return scenarios whose own uncertain numbers can be varied."""
    return tuple(PlaceVariant(name=variant.name, scenario=variant.scenario) for variant in variants)


def varied_factors(experiment: Experiment, sample: AssumptionSample, stretch: float) -> tuple[Factor, ...]:
    """Return a factor for each parameter over its stretched range, and for each own number if the sample asks for it.

    A number differs between scenarios where they differ, so its factor says where it lies within the range of each.
    """
    parameters = assumption_factors(stretch)
    if not sample.place:
        return parameters
    numbers = [each for variant in experiment.variants for each in find_own_numbers(variant.scenario)]
    within = Distribution(distribution="uniform", low=0.0, high=1.0)
    names = dict.fromkeys(each.where for each in numbers if each.is_varied)
    return (*parameters, *(Factor(address=f"{WITHIN}{name}", values=within) for name in names))


def _sample_for(replicates: int) -> AssumptionSample:
    full = AssumptionSample()
    share = full.replicates * replicates // _FULL
    return AssumptionSample(points=min(full.points, replicates), replicates=max(1, min(full.replicates, share)))


def _fixed_stances(experiment: Experiment, who: Sequence[str], replicates: int, design: DesignKind) -> Experiment:
    """Return every compared scenario with the stance of one organisation, or of all, fixed."""
    return replace(
        bare_comparison(experiment),
        supporting="fixed-stances",
        title=f"{experiment.title}: stances fixed",
        replicates=min(replicates, experiment.replicates),
        variants=tuple(
            FixedStanceVariant(name=variant.name, scenario=variant.scenario) for variant in experiment.variants
        ),
        factors=(Factor(address=WHO_NEVER_MOVES, values=Values(values=tuple(who))),),
        design=design,
        detail=("outturns",),
    )


def _attribution(experiment: Experiment, asked: Attribution) -> Experiment:
    """Return every combination of the levers in which two compared scenarios differ."""
    first, second = (next(a for a in experiment.variants if a.name == name) for name in (asked.first, asked.second))
    levers = find_differing_levers(first.scenario, second.scenario)
    return replace(
        bare_comparison(experiment),
        supporting="attribution",
        title=f"{experiment.title}: from {first.name} to {second.name}",
        replicates=min(asked.replicates, experiment.replicates),
        variants=(
            MixedVariant(name=first.name, scenario=first.scenario, other_name=second.name, other=second.scenario),
        ),
        factors=tuple(Factor(address=lever, values=Values(values=(first.name, second.name))) for lever in levers),
        design="grid",
    )


def _attribution_over_ranges(experiment: Experiment, asked: Attribution, sample: AssumptionSample) -> Experiment:
    """Return every combination of the levers at points spread over the ranges of all parameters, one replicate each.

    If the sample asks for it, the place's own uncertain numbers vary as well, as they do where no lever is split. With
    as many points, they are the points of the sample.

    The more combinations, the fewer points: worths of a few orders in which levers are added would be less exact than
    the ranges are wide.
    """
    combinations = _attribution(experiment, asked)
    factors = (*combinations.factors, *varied_factors(experiment, sample, sample.stretch))
    most = min(MOST_OVER_RANGES, MOST_VALUES_OVER_RANGES // len(factors))
    fitting = most // 2 ** len(combinations.factors)
    return replace(
        combinations,
        supporting="attribution-ranges",
        title=f"{combinations.title}, over the ranges",
        replicates=1,
        variants=_mixed_places(combinations.variants) if sample.place else combinations.variants,
        factors=factors,
        stretch=stretch_of(sample, sample.stretch),
        design="latin-hypercube",
        points=max(LEAST_POINTS, min(sample.points, fitting)),
    )


def _mixed_places(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """Return pairs of scenarios that can be mixed once their own uncertain numbers are varied."""
    return tuple(
        MixedPlaceVariant(name=each.name, scenario=each.scenario, other_name=each.other_name, other=each.other)
        for each in variants
        if isinstance(each, MixedVariant)
    )


def bare_comparison(experiment: Experiment) -> Experiment:
    """Return the comparison without supporting runs, and with no table but the monthly summary."""
    return replace(experiment, attribution=None, assumptions=None, fixed_stances=None, detail=())
