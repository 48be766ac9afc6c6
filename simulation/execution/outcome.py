"""A batch's stopping rule, progress and outcome."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from simulation.execution.headline import DesignPrecision
from simulation.execution.plan import Plan
from simulation.results.batch.chunks import Failure
from simulation.results.integrity import Damage
from simulation.results.left_out import LeftOut

MOST_WITH_HALF_WIDTH = 10_000
"""Default limit of replicates per design when a half-width is asked for."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Progress of a batch.

    Attributes:
        replicates: Replicates that exist, of those asked for.
        total: Replicates asked for.
        new: Replicates that this execution has added.
        half_width: Half the widest 95% interval of any design's mean gap, £m a year; NaN if none is known.
        failed: Replicates that failed.
    """

    replicates: int
    total: int
    new: int
    half_width: float
    failed: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A rule for stopping a batch, if not after the replicates that the experiment asks for.

    Attributes:
        half_width: Add rounds until the 95% interval of every design's mean gap is within ± this many £m a year.
        most: Maximum replicates per design.
        at_failure: True to stop at the first failure.
    """

    half_width: float | None = None
    most: int = MOST_WITH_HALF_WIDTH
    at_failure: bool = False


@dataclass(frozen=True, kw_only=True)
class FinishedBatch:
    """The outcome of a batch.

    Attributes:
        folder: Its folder.
        plan: Its plan.
        replicates: Replicates of each design.
        new: Replicates that this execution has added.
        failures: Replicates that could not be run.
        precisions: How precisely each design's headline is known.
        complete: True if no replicate is missing; False only after a stop at the first failure.
        repaired: Files that were not as they were written, and were made again.
        stopped: The process that was stopped while it wrote to the folder before, in words; None if there was none.
        left_out: What is left out of the headline of every design because replicates of one failed.
        repeated: Numbers of designs that repeat a point, which counts once.
    """

    folder: Path
    plan: Plan
    replicates: int
    new: int
    failures: tuple[Failure, ...] = field(repr=False)
    precisions: tuple[DesignPrecision, ...] = field(repr=False)
    complete: bool = True
    repaired: tuple[Damage, ...] = ()
    stopped: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    repeated: frozenset[int] = frozenset()
