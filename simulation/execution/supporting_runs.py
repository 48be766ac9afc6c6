"""What is run beside a comparison: assumptions varied, stances fixed, and every lever combination of levers."""

from dataclasses import replace

from simulation.execution.assumptions import assumption_factors
from simulation.experiment.schema import Experiment, Factor, Values
from simulation.experiment.supporting import (
    ALL_INSTITUTIONAL,
    ALL_POPULATION_FIRST,
    WHO_NEVER_MOVES,
    FixedStanceVariant,
    MixedVariant,
)
from simulation.scenario.changes import find_differing_levers


def experiments_beside(experiment: Experiment) -> list[Experiment]:
    """The experiments that are run beside one, each a batch of its own in a folder of the first one's.

    None has more replicates of a design than the experiment itself.

    Args:
        experiment: As its file, or the command line, asks for it.
    """
    found = [_assumptions(experiment), _fixed_stances(experiment), _attribution(experiment)]
    return [each for each in found if each is not None]


def _assumptions(experiment: Experiment) -> Experiment | None:
    """Every compared scenario at points spread over the ranges of all parameters."""
    sample = experiment.assumptions
    if sample is None:
        return None
    return replace(
        _bare(experiment),
        supporting="assumptions",
        title=f"{experiment.title}: assumptions varied",
        replicates=min(sample.replicates, experiment.replicates),
        factors=assumption_factors(),
        design="latin-hypercube",
        points=sample.points,
    )


def _fixed_stances(experiment: Experiment) -> Experiment | None:
    """Every compared scenario with one organisation that never moves, each in turn, and with nobody who does."""
    if experiment.fixed_stances is None:
        return None
    who = {name: None for variant in experiment.variants for name in sorted(variant.scenario.organisations)}
    return replace(
        _bare(experiment),
        supporting="fixed-stances",
        title=f"{experiment.title}: stances fixed",
        replicates=min(experiment.fixed_stances, experiment.replicates),
        variants=tuple(
            FixedStanceVariant(name=variant.name, scenario=variant.scenario) for variant in experiment.variants
        ),
        factors=(
            Factor(address=WHO_NEVER_MOVES, values=Values(values=(ALL_POPULATION_FIRST, ALL_INSTITUTIONAL, *who))),
        ),
        design="one-at-a-time",
        detail=("outturns",),
    )


def _attribution(experiment: Experiment) -> Experiment | None:
    """Every lever combination of what differs between two compared scenarios."""
    asked = experiment.attribution
    if asked is None:
        return None
    first, second = (next(a for a in experiment.variants if a.name == name) for name in (asked.first, asked.second))
    mixed = MixedVariant(name=first.name, scenario=first.scenario, other_name=second.name, other=second.scenario)
    levers = find_differing_levers(first.scenario, second.scenario)
    return replace(
        _bare(experiment),
        supporting="attribution",
        title=f"{experiment.title}: from {first.name} to {second.name}",
        replicates=min(asked.replicates, experiment.replicates),
        variants=(mixed,),
        factors=tuple(Factor(address=lever, values=Values(values=(first.name, second.name))) for lever in levers),
        design="grid",
    )


def _bare(experiment: Experiment) -> Experiment:
    """The same comparison with nothing beside it, and no table but the monthly summary."""
    return replace(experiment, attribution=None, assumptions=None, fixed_stances=None, detail=())
