"""Make a batch that was stopped after its first task: `python -m tests.fuzz.unfinished e.yaml 70 batch`."""

import sys
from pathlib import Path

from simulation.execution.inputs import load_experiments
from simulation.execution.outcome import Progress
from simulation.execution.plan import plan_batch
from tests.execution.small import run


def main(file: str, replicates: str, folder: str) -> int:
    """Run a batch and stop it; return 1 if it ended before."""
    (experiment,) = load_experiments([file], replicates=int(replicates), seed=None).values()
    try:
        run(plan_batch(experiment), Path(folder), progress=_stop)
    except KeyboardInterrupt:
        return 0
    return 1


def _stop(progress: Progress) -> None:
    if progress.new:
        raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
