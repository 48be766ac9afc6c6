"""The task of a worker: run some replicates of some designs and return them as tables."""

import pickle
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.columns import HEADLINES
from simulation.execution.designs import run_scenarios
from simulation.experiment.addresses import Value
from simulation.experiment.schema import Variant
from simulation.model.run import choose_engine
from simulation.results.batch.chunks import Failure
from simulation.results.batch.tables import to_arrow, to_parquet
from simulation.results.ensemble import Ensemble
from simulation.results.provenance import model_version
from simulation.scenario.schema import Scenario


class OtherModelError(Exception):
    """A worker has another version of the model than the batch."""


@dataclass(frozen=True, kw_only=True)
class DesignRequest:
    """One design of a task.

    Attributes:
        number: Number of the design.
        scenario_hash: Hash of its scenario.
        point: The drawn point whose random events it has; None if all designs share theirs.
        variant: Index of its variant.
        overrides: Values to set in the variant's scenario, as pairs of address and value.
    """

    number: int
    scenario_hash: str
    point: int | None
    variant: int
    overrides: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, kw_only=True)
class Task:
    """Replicates `first` to `first + count − 1` of some designs, with all that a worker needs to run them.

    Attributes:
        variants: The variants of these designs, pickled, by index.
        designs: In the order of their numbers.
        first: Number of the first replicate.
        count: Replicates of each design.
        seed: Random seed.
        tables: Names of the tables to keep.
        model: Version of the model that must run them.
    """

    variants: Mapping[int, bytes]
    designs: tuple[DesignRequest, ...]
    first: int
    count: int
    seed: int
    tables: tuple[str, ...]
    model: str

    def __len__(self) -> int:
        """Return the number of replicates of all designs."""
        return self.count * len(self.designs)


@dataclass(frozen=True, kw_only=True)
class TaskResult:
    """The result of a task.

    Attributes:
        tables: Each table as the bytes of a Parquet file; empty if all replicates failed.
        ends: Columns of `HEADLINES` in the last month, `[column, replicate]` for each design; NaN where a replicate
            failed.
        failures: Replicates that could not be run.
    """

    tables: dict[str, bytes]
    ends: tuple[NDArray[np.float64], ...]
    failures: tuple[Failure, ...]

    @classmethod
    def failed(cls, task: Task, error: Exception) -> "TaskResult":
        """Return the result of a task whose replicates all failed.

        Args:
            task: The task.
            error: The reason.
        """
        replicates = range(task.first, task.first + task.count)
        return cls(
            tables={},
            ends=(np.full((len(HEADLINES), task.count), np.nan),) * len(task.designs),
            failures=tuple(_failure(task, design, r, error) for design in task.designs for r in replicates),
        )


def simulate(task: Task) -> TaskResult:
    """Run a task on one thread. A replicate that fails is reported and does not affect the others.

    Args:
        task: What to run.

    Raises:
        OtherModelError: If this is another version of the model than the task's.
    """
    if task.model != model_version():
        message = f"a worker has version {model_version()} of the model, the batch {task.model}; install the same"
        raise OtherModelError(message)
    failures: list[Failure] = []
    try:
        scenarios = (_scenario(task, design) for design in task.designs)
        points = [design.point for design in task.designs]
        ensembles_by_design = [[ensemble] for ensemble in _run(task, scenarios, points, task.first, task.count)]
    except Exception:
        ensembles_by_design = [list(_run_with_failures(task, design, failures)) for design in task.designs]
    numbers = [d.number for d, found in zip(task.designs, ensembles_by_design, strict=True) for _ in found]
    ensembles = [ensemble for found in ensembles_by_design for ensemble in found]
    return TaskResult(
        tables={table: to_parquet(to_arrow(table, numbers, ensembles)) for table in task.tables if ensembles},
        ends=tuple(_ends(task, found) for found in ensembles_by_design),
        failures=tuple(failures),
    )


@lru_cache(maxsize=32)
def _unpickled(pickled: bytes) -> Variant:
    variant: Variant = pickle.loads(pickled)
    return variant


def _variant(task: Task, design: DesignRequest) -> Variant:
    return _unpickled(task.variants[design.variant])


def _scenario(task: Task, design: DesignRequest) -> Scenario:
    return _variant(task, design).with_values(dict(design.overrides))


def _run(
    task: Task, scenarios: Iterable[Scenario], points: Sequence[int | None], first: int, count: int
) -> Iterator[Ensemble]:
    return run_scenarios(
        scenarios,
        tables=task.tables,
        replicates=count,
        seed=task.seed,
        first=first,
        points=points,
        engine=choose_engine(None, count),
        threads=1,
    )


def _run_with_failures(task: Task, design: DesignRequest, failures: list[Failure]) -> Iterator[Ensemble]:
    """Yield one design's replicates, one by one if not all can be run; add those that fail to `failures`."""
    replicates = range(task.first, task.first + task.count)
    try:
        scenario = _scenario(task, design)
    except Exception as error:
        failures += [_failure(task, design, replicate, error) for replicate in replicates]
        return
    try:
        yield from _run(task, [scenario], [design.point], task.first, task.count)
    except Exception:
        for replicate in replicates:
            try:
                yield from _run(task, [scenario], [design.point], replicate, 1)
            except Exception as error:
                failures.append(_failure(task, design, replicate, error))


def _failure(task: Task, design: DesignRequest, replicate: int, error: Exception) -> Failure:
    return Failure(
        design=design.number,
        scenario=_variant(task, design).name,
        replicate=replicate,
        error=f"{type(error).__name__}: {error}",
        traceback="".join(traceback.format_exception(error)),
        scenario_hash=design.scenario_hash,
        point=design.point,
    )


def _ends(task: Task, ensembles: list[Ensemble]) -> NDArray[np.float64]:
    ends = np.full((len(HEADLINES), task.count), np.nan)
    for ensemble in ensembles:
        for column, name in enumerate(HEADLINES):
            ends[column, ensemble.replicates - task.first] = ensemble[name][:, -1]
    return ends
