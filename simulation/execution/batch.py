"""Run a batch: what is missing, in balanced order, every result on disk as it comes."""

from pathlib import Path

from simulation.execution.batch_runner import BatchRunner
from simulation.execution.executors import Workers
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.outcome import FinishedBatch, Progress, Stop
from simulation.execution.plan import Plan
from simulation.execution.record import check_same, write_record
from simulation.results.batch.chunks import PARTS
from simulation.results.batch.files import remove_unfinished
from simulation.results.batch.lock import hold
from simulation.results.batch.store import Store, check_folder, clear


def run_batch(
    plan: Plan,
    folder: Path,
    *,
    workers: Workers | None = None,
    fresh: bool = False,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> FinishedBatch:
    """Run what is missing of a batch and put its tables together.

    Killed at any moment, the same call finishes the rest, and the tables come out the same to the byte, with any number
    of workers anywhere.

    Args:
        plan: What is to be run.
        folder: Where results go, or are already.
        workers: Who runs it; all processors of this machine if left out.
        fresh: Remove what is there and start anew.
        stop: When it is done; after the plan's replicates if left out.
        progress: Called after each task.

    Raises:
        FolderHeldError: If another batch is at work in the folder.
        NoBatchError: If the folder holds something else.
        OtherBatchError: If it holds a batch whose results would be lost or mixed.
        OSError: If nothing can be written; what is there stays.
    """
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with hold(folder) as stopped:
        if fresh:
            clear(folder)
        remove_unfinished(folder)
        remove_unfinished(folder / PARTS)
        store = Store(folder)
        check_same(folder, plan, store)
        write_record(folder, plan)
        runner = BatchRunner(plan, store, workers or LocalWorkers(), stop or Stop(), progress)
        runner.run_until_done()
        return runner.finish(folder, stopped)


def retry_batch(
    plan: Plan, folder: Path, *, workers: Workers | None = None, progress: Progress | None = None
) -> FinishedBatch:
    """Run those replicates of a batch again that failed, and no others.

    Args:
        plan: What was asked, see `record.read_plan`.
        folder: The batch's folder.
        workers: Who runs it; all processors of this machine if left out.
        progress: Called after each task.

    Raises:
        FolderHeldError: If another batch is at work in the folder.
        OtherBatchError: If it was made by another version of the model.
        OSError: If nothing can be written; what is there stays.
    """
    with hold(folder) as stopped:
        remove_unfinished(folder)
        remove_unfinished(folder / PARTS)
        store = Store(folder)
        check_same(folder, plan, store)
        runner = BatchRunner(plan, store, workers or LocalWorkers(), Stop(), progress)
        runner.retry(store.failures())
        return runner.finish(folder, stopped)
