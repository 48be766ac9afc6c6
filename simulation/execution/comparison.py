"""Compare scenarios with common random numbers in memory, for notebooks."""

from collections.abc import Mapping
from dataclasses import replace

from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import default_supporting_experiments, supporting_experiments
from simulation.experiment.entries import Attribution
from simulation.experiment.schema import Experiment, Variant
from simulation.model.run import Engine, OnProgress
from simulation.results.comparison import Comparison
from simulation.results.ensemble import whole
from simulation.scenario.schema import Scenario


def run_comparison(
    scenarios: Mapping[str, Scenario],
    *,
    replicates: int,
    seed: int,
    title: str = "",
    supporting_runs: bool = False,
    attribution: tuple[str, str] | None = None,
    made: str = "",
    engine: Engine = "auto",
    progress: OnProgress | None = None,
) -> Comparison:
    """Run scenarios with common random numbers, for charts and analysis.

    Args:
        scenarios: The scenarios to compare, by their names in charts; the first is the baseline.
        replicates: Replicates of each, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        title: The title in charts; the baseline's title if left out.
        supporting_runs: Also run each scenario with every stance fixed, with its assumptions varied, and with each
            organisation never moving, as `trustsim run` does.
        attribution: Two of the names: also run every combination of what differs between them, so that
            `analysis.attribute` can say what each lever is worth. Ten levers make 1,024 combinations.
        made: The day, for the charts' source line, YYYY-MM-DD.
        engine: Which engine runs them.
        progress: Called with the number of replicates done since it was last called.

    Raises:
        ValueError: If there is no scenario, a number is out of range, or a name is not one of them.
    """
    if not scenarios:
        message = "a comparison needs at least one scenario"
        raise ValueError(message)
    for name in attribution or ():
        if name not in scenarios:
            message = f"there is no scenario {name!r} for attribution; there are {', '.join(map(repr, scenarios))}"
            raise ValueError(message)
    replicates = whole("replicates", replicates, 1, 2**31)
    experiment = Experiment(
        name="comparison",
        title=title or next(iter(scenarios.values())).title,
        seed=seed,
        replicates=replicates,
        variants=tuple(Variant(name=name, scenario=scenario) for name, scenario in scenarios.items()),
        detail=("trust",),
    )
    supporting = default_supporting_experiments(experiment) if supporting_runs else []
    if attribution is not None:
        first, second = attribution
        asked = Attribution(first=first, second=second, replicates=replicates)
        supporting += supporting_experiments(replace(experiment, attribution=asked))
    return run_in_memory(experiment, supporting, made=made, engine=engine, progress=progress)
