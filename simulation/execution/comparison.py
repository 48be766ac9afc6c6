"""Scenarios side by side with common random numbers, in memory, for notebooks."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from simulation.execution.study import run_for_charts, run_study
from simulation.model.run import Engine, Progress, run_designs
from simulation.results.comparison import Comparison, LeverCombinations, side_by_side
from simulation.results.study import Study
from simulation.scenario.changes import find_differing_levers, mix_scenarios
from simulation.scenario.schema import Scenario
from simulation.version import __version__


def run_comparison(
    scenarios: Mapping[str, Scenario],
    *,
    replicates: int,
    seed: int,
    title: str = "",
    perspective: bool = False,
    attribution: tuple[str, str] | None = None,
    made: str = "",
    engine: Engine = "auto",
    progress: Progress | None = None,
) -> Comparison:
    """Run scenarios with common random numbers, for charts and analysis.

    Args:
        scenarios: What is compared, by the name that charts give it; the first is the baseline.
        replicates: How many replicates of each, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        title: What charts call the comparison; the baseline's title if left out.
        perspective: Also run each with everyone of one mind, with its assumptions varied, and with each organisation
            never moving, as `trustsim run` does.
        attribution: Two of the names: run every mix of what differs between them too, so that `analysis.attribute` can
            tell what each is worth. Of ten levers there are 1,024.
        made: The day, for the charts' source line, YYYY-MM-DD.
        engine: Which engine runs them.
        progress: Told of replicates as they are done.

    Raises:
        ValueError: If there is no scenario, a number is out of range, or a name is not one of them.
    """
    if not scenarios:
        message = "a comparison needs one scenario at least"
        raise ValueError(message)
    for name in attribution or ():
        if name not in scenarios:
            message = f"there is no scenario {name!r} to take apart; there are {', '.join(map(repr, scenarios))}"
            raise ValueError(message)
    studies = {}
    for label, scenario in scenarios.items():
        ensemble = run_for_charts(scenario, replicates=replicates, seed=seed, engine=engine, progress=progress)
        studies[label] = Study(ensemble=ensemble, version=__version__, made=made)
        if perspective:
            studies[label] = run_study(
                ensemble, seed=seed, version=__version__, made=made, engine=engine, progress=progress
            )
    lever_combinations = None
    if attribution is not None:
        lever_combinations = _run_lever_combinations(scenarios, attribution, replicates, seed, engine, progress)
    return side_by_side(studies, title=title, attribution=lever_combinations)


def _run_lever_combinations(
    scenarios: Mapping[str, Scenario],
    names: tuple[str, str],
    replicates: int,
    seed: int,
    engine: Engine,
    progress: Progress | None,
) -> LeverCombinations:
    first, second = (scenarios[name] for name in names)
    levers = find_differing_levers(first, second)
    joined = list(product((False, True), repeat=len(levers)))
    mixes = (
        mix_scenarios(first, second, frozenset(who for who, is_in in zip(levers, each, strict=True) if is_in))
        for each in joined
    )
    runs = run_designs(mixes, replicates=replicates, seed=seed, engine=engine, progress=progress)
    gaps = np.stack([ensemble["gap"][:, -1] for ensemble in runs], axis=1)
    return LeverCombinations(first=names[0], second=names[1], levers=levers, gaps=gaps.reshape(-1, *[2] * len(levers)))
