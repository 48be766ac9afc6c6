"""Run the missing replicates of a batch in balanced order, and write each result to disk at once."""

from dataclasses import replace
from pathlib import Path

from simulation.execution.batch_runner import BatchRunner
from simulation.execution.changes import write_changes
from simulation.execution.executors import Workers
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.outcome import FinishedBatch, OnProgress, Stop
from simulation.execution.plan import Plan
from simulation.execution.record import check_designs, check_record, record_of, write_record
from simulation.interrupts import hold_interrupts
from simulation.results.batch.chunks import CHUNKS
from simulation.results.batch.files import remove_unfinished
from simulation.results.batch.lock import lock_folder
from simulation.results.batch.opened import Batch
from simulation.results.batch.repair import repair
from simulation.results.batch.store import CHANGES, Store, check_folder, clear


def run_batch(
    plan: Plan,
    folder: Path | str,
    *,
    workers: Workers | None = None,
    fresh: bool = False,
    stop: Stop | None = None,
    progress: OnProgress | None = None,
) -> FinishedBatch:
    """Run the missing replicates of a batch and merge its tables.

    If it is killed, the same call runs the rest. Files that are not as they were written are made again. The tables
    are the same to the byte with any number of workers. Ctrl-C is let in when nothing is half written; pressed a second
    time, at once.

    Args:
        plan: What to run.
        folder: The batch's folder.
        workers: Who runs it; all processors of this machine if left out.
        fresh: True to remove earlier results and start again.
        stop: When to stop; after the plan's replicates if left out.
        progress: Called after each task.

    Raises:
        FolderLockedError: If another process is writing to the folder.
        NoBatchError: If the folder holds other files.
        OtherBatchError: If it holds a batch whose results would be lost or mixed.
        DamagedResultsError: If a folder is in the place of a file, or the results have another format.
        OSError: If it cannot be written; earlier results stay.
    """
    folder = Path(folder)
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with lock_folder(folder) as stopped:
        if fresh:
            clear(folder)
        remove_unfinished(folder)
        remove_unfinished(folder / CHUNKS)
        record = record_of(folder, plan)
        check_record(folder, plan)
        repaired = repair(folder, record)
        store = Store(folder)
        check_designs(folder, plan, store)
        write_record(folder, plan, record)
        runner = BatchRunner(plan, store, workers or LocalWorkers(), stop or Stop(), progress)
        with hold_interrupts():
            runner.run_until_done()
            done = replace(runner.finish(folder, stopped), repaired=repaired)
        _write_changes(done)
        return done


def retry_batch(
    plan: Plan, folder: Path, *, workers: Workers | None = None, progress: OnProgress | None = None
) -> FinishedBatch:
    """Run only those replicates of a batch again that failed.

    Args:
        plan: The batch's plan, see `record.read_plan`.
        folder: The batch's folder.
        workers: Who runs it; all processors of this machine if left out.
        progress: Called after each task.

    Raises:
        FolderLockedError: If another process is writing to the folder.
        OtherBatchError: If it was made by another version of the model.
        DamagedResultsError: If a file is not as it was written.
        OSError: If it cannot be written; earlier results stay.
    """
    with lock_folder(folder) as stopped:
        remove_unfinished(folder)
        remove_unfinished(folder / CHUNKS)
        store = Batch.open(folder).store
        check_record(folder, plan)
        check_designs(folder, plan, store)
        runner = BatchRunner(plan, store, workers or LocalWorkers(), Stop(), progress)
        with hold_interrupts():
            runner.retry(store.failures())
            done = runner.finish(folder, stopped)
        _write_changes(done)
        return done


def _write_changes(done: FinishedBatch) -> None:
    """Compare organisations' books with the baseline's, in a batch that is complete."""
    is_new = done.new or not (done.folder / CHANGES).exists()
    if done.complete and is_new and done.plan.experiment.supporting is None:
        write_changes(done.folder, done.plan.experiment.variants)
