"""Compare scenarios with common random numbers in memory, for notebooks."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulation.execution.memory_needed import check_study
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import default_supporting_experiments, supporting_experiments
from simulation.experiment.entries import Attribution
from simulation.experiment.schema import Experiment, Variant
from simulation.experiment.variants import say_other_months
from simulation.known_names import check_name
from simulation.limits import MOST_REPLICATES
from simulation.model.run import Engine, OnProgress
from simulation.results.comparison import Comparison
from simulation.results.ensemble import Keep, whole
from simulation.scenario.alike_names import NamesSeen, say_alike
from simulation.scenario.changes import title_of_case, titles_together
from simulation.scenario.given import scenario_of
from simulation.scenario.schema import Scenario


def run_comparison(
    scenarios: Mapping[str, Scenario | str | os.PathLike[str]],
    *,
    replicates: int,
    seed: int,
    title: str = "",
    supporting_runs: bool = False,
    attribution: tuple[str, str] | None = None,
    detail: Sequence[str] = (),
    made: str = "",
    engine: Engine = "auto",
    progress: OnProgress | None = None,
) -> Comparison:
    """Run scenarios with common random numbers, for charts and analysis.

    Args:
        scenarios: The scenarios to compare, or the paths of their files, by their names in charts; the first is the
            baseline. All have the same start and months. In the results each has its name as its title, after what
            their titles have in common, or after its own title if that has nothing in common with the first.
        replicates: Replicates of each, 1 or more.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        title: The title in charts; what the scenarios' titles have in common if left out.
        supporting_runs: Also run each scenario with every stance fixed, with its assumptions varied, and with each
            organisation never moving, as `trustsim run` does.
        attribution: Two of the names: also run every combination of what differs between them, so that
            `analysis.attribute` can say what each lever is worth. Ten levers make 1,024 combinations.
        detail: Monthly tables to keep of each besides the summary, for every month: organisations, relationships,
            opportunities. `comparison[name].trust_between` and `trust_graph` read relationships.
        made: The day, for the charts' source line, YYYY-MM-DD.
        engine: Which engine runs them.
        progress: Called with the number of replicates done since it was last called.

    Raises:
        ScenarioError: If there is a mistake in a file.
        TypeError: If the scenarios come without names, or one is neither a scenario nor a path.
        ValueError: If there is no scenario, a number is out of range, a name is not one of them, there is no such
            table, one runs over other months, or readers cannot distinguish two names.
        TooLargeError: If the results need more memory than this machine has.
    """
    variants = _named(scenarios)
    together = titles_together([each.scenario for each in variants])
    for name in attribution or ():
        check_name("scenario", name, scenarios)
    replicates = whole("replicates", replicates, 1, MOST_REPLICATES)
    experiment = Experiment(
        name="comparison",
        title=title or together,
        seed=seed,
        replicates=replicates,
        variants=variants if len(variants) == 1 else tuple(_titled(each, together) for each in variants),
        detail=("trust", *Keep.of(1, detail).tables),
    )
    supporting = default_supporting_experiments(experiment) if supporting_runs else []
    if attribution is not None:
        first, second = attribution
        asked = Attribution(first=first, second=second, replicates=replicates)
        supporting += supporting_experiments(replace(experiment, attribution=asked))
    check_study(experiment, supporting)
    return run_in_memory(experiment, supporting, made=made, engine=engine, progress=progress)


def _named(scenarios: Mapping[str, Scenario | str | os.PathLike[str]]) -> tuple[Variant, ...]:
    """Return the scenarios under their names.

    Raises:
        TypeError: If they come without names.
        ValueError: If there is none, one runs over other months than the first, or two names look the same.
    """
    if not isinstance(scenarios, Mapping):
        message = 'scenarios are compared by name: give {"as it is": place, "changed": changed}'
        raise TypeError(message)
    if not scenarios:
        message = "a comparison needs at least one scenario"
        raise ValueError(message)
    read = [Variant(name=name, scenario=scenario_of(each)) for name, each in scenarios.items()]
    seen = NamesSeen()
    alike = [(each.name, say_alike(before)) for each in read if (before := seen.add(str(each.name))) is not None]
    others = [(each.name, what) for each in read if (what := say_other_months(read[0], each)) is not None]
    found = alike + others
    if found:
        raise ValueError("\n".join(f"run_comparison: {name}: {what}" for name, what in found))
    return tuple(read)


def _titled(variant: Variant, together: str) -> Variant:
    """Return a variant whose scenario has its name in its title, so that charts of it alone say which it is."""
    own = variant.scenario.title
    title = title_of_case(together if own.startswith(together) else own, variant.name)
    return replace(variant, scenario=variant.scenario.model_copy(update={"title": title}))
