"""Run the tasks of a batch, store each result, decide when to stop, and compact the tables."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from simulation.execution.executors import WorkerDiedError, Workers, run_tasks
from simulation.execution.headline import Headline
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.outcome import FinishedBatch, OnProgress, Progress, Stop
from simulation.execution.plan import Plan
from simulation.execution.repeated_designs import repeated_designs
from simulation.execution.rounds import round_ends
from simulation.execution.tasks import OtherModelError, Task, TaskResult, simulate
from simulation.model.run import prepare_engine
from simulation.results.batch.chunks import Entry
from simulation.results.batch.common_cases import Asked, Omitted, find_omitted
from simulation.results.batch.manifest import Design, key_of
from simulation.results.batch.store import Store, whole_from_start

_FURTHER = 1.05
"""Growth in replicates after which progress reports the precision again."""


def entries_of(task: Task) -> list[Entry]:
    """Return the entries of a task's result for the store."""
    return [
        Entry(
            key=key_of(design.scenario_hash, design.point, task.seed, task.first, task.count, task.model),
            scenario_hash=design.scenario_hash,
            point=design.point,
            design=design.number,
            first=task.first,
            count=task.count,
        )
        for design in task.designs
    ]


class BatchRunner:
    """A runner of the missing replicates of a batch.

    Args:
        plan: The designs and replicates to run.
        store: The results so far, to which new ones are added; locked by this process.
        workers: The workers that run tasks.
        stop: The rule for stopping the batch.
        progress: Called after each task.
    """

    def __init__(self, plan: Plan, store: Store, workers: Workers, stop: Stop, progress: OnProgress | None) -> None:
        self.plan, self.store, self.workers, self.stop, self.progress = plan, store, workers, stop, progress
        self.headline = Headline.of(plan.designs, store)
        self.replicates = _most_held(plan, store)
        self.new = self.there = self.total = 0
        self.failed = len(store.failures())
        self.halted = False
        self._widest, self._due = float("nan"), 0.0

    def run_until_done(self) -> None:
        """Run the missing replicates, then further rounds until the headline is as precise as requested."""
        replicates, further = 0, self.plan.experiment.replicates
        while replicates < further and not self.halted:
            replicates = further
            self._run_up_to(replicates)
            further = self._next_target(replicates)
        self.replicates = max(replicates, self.replicates)
        if not self.halted:
            self._run_up_to(self.replicates)  # an earlier run may have been stopped further on, with gaps before that

    def _next_target(self, replicates: int) -> int:
        """Return the next target: the end of the round with about 90% of the replicates that are needed.

        It depends only on the replicates so far, so a batch that was stopped takes the same steps again.
        """
        half_width, most = self.stop.half_width, self.stop.most
        widest = self.headline.widest(replicates)
        if half_width is None or replicates >= most or not widest > half_width:
            return replicates
        needed = max(replicates + 1, 0.9 * replicates * (widest / half_width) ** 2)
        return min(most, next(end for end in round_ends(self.plan.largest_round) if end >= min(needed, most)))

    def retry(self, failures: Iterable[tuple[str, int]]) -> None:
        """Run single replicates again, designs that share a replicate in one task.

        Args:
            failures: Identity of the design and number of the replicate, for each replicate that failed.
        """
        designs = {design.identity: design for design in reversed(self.plan.designs)}
        by_replicate: dict[int, list[Design]] = {}
        for identity, replicate in failures:
            if identity in designs:
                by_replicate.setdefault(replicate, []).append(designs[identity])
        tasks = [
            self.plan.task(sorted(some, key=lambda design: design.number), replicate, 1)
            for replicate, some in sorted(by_replicate.items())
        ]
        self.total = sum(len(task) for task in tasks)
        self.replicates = max(self.replicates, self.plan.experiment.replicates)
        self._run_tasks(tasks)

    def finish(self, folder: Path, stopped: str | None) -> FinishedBatch:
        """Compact the tables if the batch is complete, and return how it ended.

        Args:
            folder: The batch's folder.
            stopped: The process that held the folder before and was stopped.
        """
        held = self.store.held()
        least = min(whole_from_start(held.get(design.identity, ())) for design in self.plan.designs)
        complete = least >= self.replicates and not self.halted
        if complete and not self._is_compact(least):
            self.store.compact(self.plan.designs, self.plan.tables, least)
        elif not complete:
            self.store.write_failures(self.plan.designs)
        omitted = self._omitted()
        return FinishedBatch(
            folder=folder,
            plan=self.plan,
            replicates=least,
            new=self.new,
            failures=tuple(self.store.failures().values()),
            precisions=tuple(self.headline.precisions(omitted)),
            complete=complete,
            stopped=stopped,
            left_out=omitted.said,
            repeated=self._repeated(),
        )

    @property
    def _asked(self) -> Asked:
        """The designs, and which of their values are choices."""
        experiment = self.plan.experiment
        return Asked(self.plan.designs, experiment.design, self.plan.experiment.addresses, experiment.choices)

    def _repeated(self) -> frozenset[int]:
        """Return the numbers of designs that repeat a point; supporting runs have no points that are counted."""
        experiment = self.plan.experiment
        if experiment.supporting is not None:
            return frozenset()
        return repeated_designs(self._asked, lambda: {each.name: each.scenario for each in experiment.variants})

    def _omitted(self) -> Omitted:
        """Return what is left out of all designs; supporting runs have no headline that compares them."""
        return Omitted() if self.plan.experiment.supporting is not None else find_omitted(self._asked, self.store)

    def _is_compact(self, replicates: int) -> bool:
        identities = tuple(design.identity for design in self.plan.designs)
        finished = self.store.finished
        return self.store.is_compact and finished.identities == identities and finished.replicates == replicates

    def _run_up_to(self, replicates: int) -> None:
        held = self.store.held()
        self.total = replicates * len(self.plan.designs)
        self.there = sum(
            min(after, replicates) - min(first, replicates)
            for design in self.plan.designs
            for first, after in held.get(design.identity, ())
        )
        self._report_progress()
        if self.there < self.total:
            self._run_tasks(self.plan.tasks(held, replicates))

    def _run_tasks(self, tasks: Iterable[Task]) -> None:
        """Run tasks; split a task that kills its worker in two, until the design at fault is alone."""
        if isinstance(self.workers, LocalWorkers):
            prepare_engine(self.plan.experiment.variants[0].scenario)
        while tasks:
            halves: list[Task] = []
            results = run_tasks(tasks, simulate, self.workers)
            for task, result in results:
                if isinstance(result, WorkerDiedError) and len(task.designs) > 1:
                    halves += self._halve(task)
                    continue
                failed = self._store_result(task, result)
                if failed and self.stop.at_failure:
                    self.halted = True
                    results.close()
                    return
            tasks = halves

    def _store_result(self, task: Task, result: TaskResult | Exception) -> int:
        """Write a task's result to disk and return the number of replicates that failed."""
        if isinstance(result, OtherModelError):
            raise result
        if isinstance(result, Exception):
            result = TaskResult.failed(task, result)
        self.store.add(entries_of(task), result.tables, result.failures)
        replicates = np.arange(task.first, task.first + task.count)
        for design, ends in zip(task.designs, result.ends, strict=True):
            self.headline.add(design.number, replicates, ends)
        self.new += len(task)
        self.there += len(task)
        self.failed += len(result.failures)
        self._report_progress()
        return len(result.failures)

    def _halve(self, task: Task) -> list[Task]:
        designs = [self.plan.designs[design.number] for design in task.designs]
        middle = len(designs) // 2
        return [self.plan.task(half, task.first, task.count) for half in (designs[:middle], designs[middle:])]

    def _report_progress(self) -> None:
        if self.progress is None:
            return
        if self.there >= min(self._due, self.total):
            # It looks at every replicate so far: after each task, that would take longer than large batches run.
            self._widest, self._due = self.headline.widest(), self.there * _FURTHER
        self.progress(
            Progress(replicates=self.there, total=self.total, new=self.new, half_width=self._widest, failed=self.failed)
        )


def _most_held(plan: Plan, store: Store) -> int:
    """Return the largest number of replicates that any design has; the other designs need as many."""
    held = store.held()
    return max(after for design in plan.designs for _, after in held.get(design.identity, ((0, 0),)))
