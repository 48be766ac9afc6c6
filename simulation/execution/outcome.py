"""What a batch is told and tells: when it is done, how far it is, and what it came to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from simulation.execution.headline import DesignPrecision
from simulation.execution.plan import Plan
from simulation.results.batch.chunks import Failure

MOST_REPLICATES = 10_000
"""How many replicates of each design a half-width may take, unless told otherwise."""


@dataclass(frozen=True, kw_only=True)
class Progressed:
    """How far a batch is.

    Attributes:
        replicates: How many of those asked for are there.
        total: How many are asked for.
        new: How many of them this run has made.
        half_width: The widest 95% interval of any design's gap, half of it, £m a year; NaN if none is known.
        failed: How many replicates failed.
    """

    replicates: int
    total: int
    new: int
    half_width: float
    failed: int


Progress = Callable[[Progressed], None]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """When a batch is done, if not after the replicates that the experiment asks for.

    Attributes:
        half_width: Go on in blocks until the 95% interval of every design's gap is no wider than this to either
            side, £m a year.
        most: But not beyond so many replicates of each.
        at_failure: Stop at the first failure.
    """

    half_width: float | None = None
    most: int = MOST_REPLICATES
    at_failure: bool = False


@dataclass(frozen=True, kw_only=True)
class FinishedBatch:
    """What a batch came to.

    Attributes:
        folder: Where it is.
        plan: What was asked.
        replicates: How many replicates of each design there are.
        new: How many replicates this run made.
        failures: Replicates that could not be run.
        precisions: How precisely each design's headline is known.
        complete: Whether nothing is missing; false only if it was to stop at the first failure.
        stopped: Who was at work in the folder before and was stopped; None if nobody.
    """

    folder: Path
    plan: Plan
    replicates: int
    new: int
    failures: tuple[Failure, ...] = field(repr=False)
    precisions: tuple[DesignPrecision, ...] = field(repr=False)
    complete: bool = True
    stopped: str | None = None
