"""Run a set of replicates with the agents, one replicate after the other."""

from collections.abc import Callable, Iterator

from simulation.model.agents.model import TrustModel
from simulation.model.replicate_sets import ReplicateSet
from simulation.results.ensemble import Ensemble, Keep
from simulation.results.trajectory import Trajectory


def run_replicate_set(
    replicates: ReplicateSet, *, seed: int, keep: Keep, progress: Callable[[int], None] | None = None
) -> Ensemble:
    """Run a set of replicates.

    Args:
        replicates: The set.
        seed: Random seed.
        keep: The monthly tables that are kept, and their months.
        progress: Called with 1 after each replicate.
    """
    return Ensemble.gather(_run(replicates, seed, progress), keep)


def _run(replicates: ReplicateSet, seed: int, progress: Callable[[int], None] | None) -> Iterator[Trajectory]:
    system = replicates.system
    systems = [system if row is system.parameters else system.with_parameters(row) for row in replicates.rows]
    for number, assumed in zip(replicates.numbers.tolist(), replicates.assumed.tolist(), strict=True):
        yield TrustModel(systems[assumed], seed=seed, replicate=number, collect=False).run()
        if progress is not None:
            progress(1)
