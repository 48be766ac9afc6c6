"""What is run beside a comparison: assumptions varied, stances fixed, and every coalition of levers."""

from dataclasses import replace

from simulation.experiments.assumptions import assumption_factors
from simulation.scenario.experiment import Experiment, Factor, Levels
from simulation.scenario.variants import (
    ALL_INSTITUTIONAL,
    ALL_POPULATION_FIRST,
    WHO_NEVER_MOVES,
    FixedStanceArm,
    MixedArm,
    find_players,
)


def experiments_beside(experiment: Experiment) -> list[Experiment]:
    """The experiments that are run beside one, each a batch of its own in a folder of the first one's.

    None has more histories of a design than the experiment itself.

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
        beside="assumptions",
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
    who = {name: None for arm in experiment.arms for name in sorted(arm.scenario.organisations)}
    return replace(
        _bare(experiment),
        beside="fixed-stances",
        title=f"{experiment.title}: stances fixed",
        replicates=min(experiment.fixed_stances, experiment.replicates),
        arms=tuple(FixedStanceArm(name=arm.name, scenario=arm.scenario) for arm in experiment.arms),
        factors=(
            Factor(address=WHO_NEVER_MOVES, values=Levels(values=(ALL_POPULATION_FIRST, ALL_INSTITUTIONAL, *who))),
        ),
        design="one-at-a-time",
        detail=("outturns",),
    )


def _attribution(experiment: Experiment) -> Experiment | None:
    """Every coalition of what differs between two compared scenarios."""
    asked = experiment.attribution
    if asked is None:
        return None
    first, second = (next(a for a in experiment.arms if a.name == name) for name in (asked.first, asked.second))
    mixed = MixedArm(name=first.name, scenario=first.scenario, other_name=second.name, other=second.scenario)
    players = find_players(first.scenario, second.scenario)
    return replace(
        _bare(experiment),
        beside="attribution",
        title=f"{experiment.title}: from {first.name} to {second.name}",
        replicates=min(asked.replicates, experiment.replicates),
        arms=(mixed,),
        factors=tuple(Factor(address=player, values=Levels(values=(first.name, second.name))) for player in players),
        design="grid",
    )


def _bare(experiment: Experiment) -> Experiment:
    """The same comparison with nothing beside it, and no table but the monthly summary."""
    return replace(experiment, attribution=None, assumptions=None, fixed_stances=None, detail=())
