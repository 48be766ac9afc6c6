"""Run many histories of a scenario."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from simulation.model.system import System, build_system
from simulation.parameters import Parameters
from simulation.results.ensemble import Ensemble
from simulation.results.trajectory import Trajectory
from simulation.scenario.schema import Scenario

Progress = Callable[[int], None]
"""Called with the number of histories done since it was last called."""


def run_ensemble(
    scenario: Scenario,
    *,
    replicates: int,
    seed: int,
    first: int = 0,
    detail: Sequence[str] = (),
    progress: Progress | None = None,
) -> Ensemble:
    """Run replicates `first` to `first + replicates − 1` of a scenario.

    A replicate depends on nothing but the scenario, the seed and its own number: any of them can be run alone.

    Args:
        scenario: The place.
        replicates: How many histories, 1 or more.
        seed: Names the luck, 0 to 2⁶⁴ − 1.
        first: Number of the first history, 0 or more.
        detail: Monthly tables to keep besides the summary: organisations, relationships, opportunities.
        progress: Told of each history that is done.

    Returns:
        All histories.

    Raises:
        ValueError: If a number is out of range or `detail` names a table that there is not.
    """
    if replicates < 1:
        message = f"replicates must be 1 or more (given: {replicates})"
        raise ValueError(message)
    system = build_system(scenario)
    return Ensemble.gather(
        _histories(((system, replicate) for replicate in range(first, first + replicates)), seed, progress), detail
    )


def run_with_parameters(
    scenario: Scenario, rows: Sequence[Parameters], *, seed: int, progress: Progress | None = None
) -> Ensemble:
    """Run one history for each set of parameters: row 0 as replicate 0, row 1 as replicate 1, and so on.

    Args:
        scenario: The place.
        rows: What to assume in each history, one row or more.
        seed: Names the luck, 0 to 2⁶⁴ − 1.
        progress: Told of each history that is done.

    Raises:
        ValueError: If there is no row.
    """
    systems = (build_system(scenario, row) for row in rows)
    return Ensemble.gather(_histories(zip(systems, range(len(rows)), strict=True), seed, progress))


def _histories(replicates: Iterable[tuple[System, int]], seed: int, progress: Progress | None) -> Iterator[Trajectory]:
    from simulation.model.agents.model import TrustModel

    for system, replicate in replicates:
        yield TrustModel(system, seed=seed, replicate=replicate).run()
        if progress is not None:
            progress(1)
