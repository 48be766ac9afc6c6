"""One execution of a batch: hand out what is missing, keep what comes, go on or stop, and put the tables together."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from simulation.execution.executors import WorkerDiedError, Workers, carry_out
from simulation.execution.headline import Headline
from simulation.execution.local_workers import LocalWorkers
from simulation.execution.outcome import FinishedBatch, Progress, Progressed, Stop
from simulation.execution.plan import Plan
from simulation.execution.rounds import block_ends
from simulation.execution.tasks import Brought, OtherModelError, Piece, failure_of, simulate
from simulation.model.run import prepare_engine
from simulation.results.batch.chunks import Entry
from simulation.results.batch.manifest import Design, key_of
from simulation.results.batch.store import Store, whole_from_start


def entries_of(piece: Piece) -> list[Entry]:
    """What a piece of work holds, for the store."""
    return [
        Entry(
            key=key_of(wanted.scenario_hash, piece.seed, piece.first, piece.count, piece.model),
            scenario_hash=wanted.scenario_hash,
            design=wanted.number,
            first=piece.first,
            count=piece.count,
        )
        for wanted in piece.designs
    ]


class Execution:
    """One execution of a batch.

    Args:
        plan: What is to be run.
        store: What is there already, and where results go; held by this process.
        workers: Who runs it.
        stop: When it is done.
        progress: Told of every piece of work that is done.
    """

    def __init__(self, plan: Plan, store: Store, workers: Workers, stop: Stop, progress: Progress | None) -> None:
        self.plan, self.store, self.workers, self.stop, self.progress = plan, store, workers, stop, progress
        self.headline = Headline.of(plan.designs, store)
        self.replicates = _most_held(plan, store)
        self.new = self.there = self.total = 0
        self.failed = len(store.failures())
        self.halted = False

    def until_done(self) -> None:
        """Run what is missing, and further blocks as long as the headline isn't known as precisely as wanted."""
        replicates, further = 0, self.plan.experiment.replicates
        while replicates < further and not self.halted:
            replicates = further
            self._up_to(replicates)
            further = self._further(replicates)
        self.replicates = max(replicates, self.replicates)
        if not self.halted:
            self._up_to(self.replicates)  # nothing is left, unless an earlier run was stopped further on

    def _further(self, replicates: int) -> int:
        """How many replicates to go on to: the end of the block at which about a tenth less than needed are there.

        It is reckoned from the replicates up to here alone, so that a batch that was stopped goes the same way again.
        """
        wanted, most = self.stop.half_width, self.stop.most
        widest = self.headline.widest(replicates)
        if wanted is None or replicates >= most or not widest > wanted:
            return replicates
        needed = max(replicates + 1, 0.9 * replicates * (widest / wanted) ** 2)
        return min(most, next(end for end in block_ends(self.plan.largest_block) if end >= min(needed, most)))

    def again(self, failures: Iterable[tuple[str, int]]) -> None:
        """Run single replicates again, those of one replicate together."""
        designs = {design.scenario_hash: design for design in reversed(self.plan.designs)}
        by_replicate: dict[int, list[Design]] = {}
        for scenario_hash, replicate in failures:
            if scenario_hash in designs:
                by_replicate.setdefault(replicate, []).append(designs[scenario_hash])
        pieces = [
            self.plan.piece(sorted(some, key=lambda design: design.number), replicate, 1)
            for replicate, some in sorted(by_replicate.items())
        ]
        self.total = sum(len(piece) for piece in pieces)
        self.replicates = max(self.replicates, self.plan.experiment.replicates)
        self._carry_out(pieces)

    def finish(self, folder: Path, stopped: str | None) -> FinishedBatch:
        """Put the tables together and say what came of it."""
        held = self.store.held()
        least = min(whole_from_start(held.get(design.scenario_hash, ())) for design in self.plan.designs)
        complete = least >= self.replicates and not self.halted
        if complete and not self._is_put_together(least):
            self.store.compact(self.plan.designs, self.plan.tables, least)
        elif not complete:
            self.store.write_failures(self.plan.designs)
        return FinishedBatch(
            folder=folder,
            plan=self.plan,
            replicates=least,
            new=self.new,
            failures=tuple(self.store.failures().values()),
            precisions=tuple(self.headline.precisions()),
            complete=complete,
            stopped=stopped,
        )

    def _is_put_together(self, replicates: int) -> bool:
        hashes = tuple(design.scenario_hash for design in self.plan.designs)
        finished = self.store.finished
        return self.store.is_compact and finished.hashes == hashes and finished.replicates == replicates

    def _up_to(self, replicates: int) -> None:
        held = self.store.held()
        self.total = replicates * len(self.plan.designs)
        self.there = sum(
            min(after, replicates) - min(first, replicates)
            for design in self.plan.designs
            for first, after in held.get(design.scenario_hash, ())
        )
        self._tell()
        if self.there < self.total:
            self._carry_out(self.plan.pieces(held, replicates))

    def _carry_out(self, pieces: Iterable[Piece]) -> None:
        """Run pieces of work; one that kills its worker is halved until the design at fault is alone."""
        if isinstance(self.workers, LocalWorkers):
            prepare_engine(self.plan.experiment.variants[0].scenario)
        while pieces:
            halves: list[Piece] = []
            done = carry_out(pieces, simulate, self.workers)
            for piece, brought in done:
                if isinstance(brought, WorkerDiedError) and len(piece.designs) > 1:
                    halves += self._halve(piece)
                    continue
                failed = self._keep(piece, brought)
                if failed and self.stop.at_failure:
                    self.halted = True
                    done.close()
                    return
            pieces = halves

    def _keep(self, piece: Piece, brought: Brought | Exception) -> int:
        """Put on disk what a piece of work brought; how many of its replicates failed."""
        if isinstance(brought, OtherModelError):
            raise brought
        if isinstance(brought, Exception):
            brought = self._nothing(piece, brought)
        self.store.add(entries_of(piece), brought.tables, brought.failures)
        replicates = np.arange(piece.first, piece.first + piece.count)
        for wanted, gaps in zip(piece.designs, brought.gaps, strict=True):
            self.headline.take(wanted.number, replicates, gaps)
        self.new += len(piece)
        self.there += len(piece)
        self.failed += len(brought.failures)
        self._tell()
        return len(brought.failures)

    def _nothing(self, piece: Piece, error: Exception) -> Brought:
        """All replicates of a piece as failures."""
        failures = tuple(
            failure_of(piece, wanted, replicate, error)
            for wanted in piece.designs
            for replicate in range(piece.first, piece.first + piece.count)
        )
        return Brought(tables={}, gaps=(np.full(piece.count, np.nan),) * len(piece.designs), failures=failures)

    def _halve(self, piece: Piece) -> list[Piece]:
        designs = [self.plan.designs[wanted.number] for wanted in piece.designs]
        middle = len(designs) // 2
        return [self.plan.piece(half, piece.first, piece.count) for half in (designs[:middle], designs[middle:])]

    def _tell(self) -> None:
        if self.progress is not None:
            widest = self.headline.widest()
            self.progress(
                Progressed(replicates=self.there, total=self.total, new=self.new, half_width=widest, failed=self.failed)
            )


def _most_held(plan: Plan, store: Store) -> int:
    """How many replicates the design with most has: no design is left with fewer."""
    held = store.held()
    return max(after for design in plan.designs for _, after in held.get(design.scenario_hash, ((0, 0),)))
