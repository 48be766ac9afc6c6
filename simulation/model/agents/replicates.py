"""Run a batch with the agents, one replicate after the other."""

from collections.abc import Callable, Iterator

from simulation.model.agents.model import TrustModel
from simulation.model.batches import Batch
from simulation.results.ensemble import Ensemble, Keep
from simulation.results.trajectory import Trajectory


def run_batch(batch: Batch, *, seed: int, keep: Keep, progress: Callable[[int], None] | None = None) -> Ensemble:
    """All replicates of a batch.

    Args:
        batch: What is to be run.
        seed: Random seed.
        keep: Which monthly tables are kept, of which months.
        progress: Told of each replicate that is done.
    """
    return Ensemble.gather(_replicates(batch, seed, progress), keep)


def _replicates(batch: Batch, seed: int, progress: Callable[[int], None] | None) -> Iterator[Trajectory]:
    systems = [
        batch.system if row is batch.system.parameters else batch.system.with_parameters(row) for row in batch.rows
    ]
    for number, assumed in zip(batch.numbers.tolist(), batch.assumed.tolist(), strict=True):
        yield TrustModel(systems[assumed], seed=seed, replicate=number).run()
        if progress is not None:
            progress(1)
